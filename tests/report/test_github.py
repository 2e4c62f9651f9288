"""Annotations: escapes as GitHub's own toolkit makes them, errors first."""

from __future__ import annotations

from sample_view import view_of

from vaultkit.base.record import changed
from vaultkit.lint.root_causes import RootCause


def test_a_hard_name_is_escaped(render, view):
    line = next(line for line in render("github", view).split("\n") if "EM003" in line)
    assert line == (
        "::warning file=Deck%3A 100%25 a%2C b%0A<c>&\\x01.md,line=3,endLine=3,col=3,endColumn=24,"
        "title=EM003 doubled-size::two sizes in the embed `plot.png`: Obsidian uses `300`"
    )


def test_a_message_is_escaped(render):
    line = render("github", view_of({"a.md": "[[100%, or: more]]"}))
    assert line.endswith("::no note named `100%25, or: more`")


def test_errors_come_first_and_info_is_a_notice(render, view):
    assert [line.split(" ")[0] for line in render("github", view).split("\n")] == [
        "::error", "::warning", "::warning", "::notice",
    ]  # fmt: skip


def test_paths_are_those_of_the_repository(render):
    view = changed(view_of({"a.md": "[[xx://x]]"}), prefix="notes/vault/")
    assert "file=notes/vault/a.md," in render("github", view)


def test_a_place_over_several_lines_has_no_column(render):
    view = view_of({"a.md": "[[xx://x]]"})
    view = changed(view, findings=(changed(view.findings[0], end_line=2),))
    assert render("github", view).startswith("::warning file=a.md,line=1,endLine=2,title=")


def test_nothing_found_is_silent(render, clean):
    assert render("github", clean) == ""


def test_one_annotation_for_a_cause(render):
    view = view_of({"a.md": "[[xx://x]] [[yy://y]] [[zz://z]]"})
    marks = frozenset(finding.fingerprint for finding in view.findings[:2])
    lines = render("github", changed(view, causes=(RootCause("one cause", "do: this", marks),))).split("\n")
    assert [line.rpartition("::")[2] for line in lines] == [
        "one cause; run: do: this",
        "`zz://z` is a URL, not a note; write `[text](URL)`",
    ]
