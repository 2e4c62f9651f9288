from sample_view import view_of


def test_one_line_a_finding(render, clean):
    assert (
        render("concise", view_of({"a.md": "é [[xx://x]]"}))
        == "a.md:1:3: warning LK001 missing-note: `xx://x` is a URL, not a note; write `[text](URL)`"
    )
    assert render("concise", clean) == ""
