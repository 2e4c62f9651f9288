"""The summary: counts, tables whose cells stay in their row."""

from __future__ import annotations

from sample_view import view_of

from vaultkit.report import markdown


def test_tables(render, view):
    lines = render("markdown", view).split("\n")
    assert lines[0] == "## vaultkit: 1 error, 2 warning, 1 info in 5 notes"
    assert "| LK001 | missing-note | 2 |" in lines
    row = next(line for line in lines if "EM003" in line and "two sizes" in line)
    assert row.startswith(r"| Deck: 100% a, b \<c\>&")


def test_bars_and_marks_are_escaped(render):
    row = render("markdown", view_of({"a.md": "![[b.png|1|x|300px]]", "b.png": ""})).split("\n")[-1]
    assert row.count(" | ") == 2


def test_long_lists_are_cut(render, monkeypatch):
    monkeypatch.setattr(markdown, "MAX_ROWS", 1)
    assert render("markdown", view_of({"a.md": "[[x]] [[y]] [[z]]"})).endswith("\n… and 2 more")


def test_nothing_found(render, clean):
    assert render("markdown", clean) == "**vaultkit**: 2 notes checked, no findings"
