from sample_view import view_of


def test_findings_stand_under_their_note(render):
    view = view_of({"a.md": "[[xx://x]]\n\n[[yy://y]]", "b.md": "[[zz://z]]"})
    assert render("grouped", view) == (
        "a.md (2)\n"
        "  1:1  warning  LK001 missing-note: `xx://x` is a URL, not a note; write `[text](URL)`\n"
        "  3:1  warning  LK001 missing-note: `yy://y` is a URL, not a note; write `[text](URL)`\n"
        "\n"
        "b.md (1)\n"
        "  1:1  warning  LK001 missing-note: `zz://z` is a URL, not a note; write `[text](URL)`\n"
    )
