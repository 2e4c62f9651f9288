from sample_view import view_of


def test_findings_stand_under_their_note(render):
    view = view_of({"a.md": "[[x]]\n\n[[y]]", "b.md": "[[z]]"})
    assert render("grouped", view) == (
        "a.md (2)\n"
        "  1:1  warning  LK001 missing-note: [[x]] names no note\n"
        "  3:1  warning  LK001 missing-note: [[y]] names no note\n"
        "\n"
        "b.md (1)\n"
        "  1:1  warning  LK001 missing-note: [[z]] names no note\n"
    )
