"""The format for people: the line, a mark under the place, what a fix would do."""

from __future__ import annotations

from sample_view import view_of

from vaultkit.base.record import changed
from vaultkit.lint.root_causes import RootCause
from vaultkit.report.format import Style


def test_the_place_is_marked(render):
    view = view_of({"a.md": "日本 ![[plot.png|300|300]]", "plot.png": ""})
    assert render("full", view).split("\n") == [
        "a.md",
        "       1:4  warning EM003 doubled-size  two sizes in the embed `plot.png`: Obsidian uses `300`",
        "            │ 日本 ![[plot.png|300|300]]",
        "            │      ^^^^^^^^^^^^^^^^^^^^^",
        "            ╰ fix: keep one size: `300`",
        "",
        "  vaultkit check --fix  make 1 safe fix",
    ]


def test_many_of_one_rule_are_folded(render):
    view = view_of({"a.md": "[[xx://x]] [[yy://y]] [[zz://z]]"})
    lines = render("full", changed(view, style=Style(max_per_rule=1))).split("\n")
    assert "… and 2 more of LK001 (--max-per-rule 0 shows all)" in lines


def test_paths_open_in_obsidian_on_a_terminal(render):
    view = view_of({"a b.md": "[[xx://x]]"})
    first = render("full", changed(view, style=Style(obsidian_links=True))).split("\n")[0]
    assert first == "\x1b]8;;obsidian://open?vault=My%20vault&file=a%20b.md\x1b\\a b.md\x1b]8;;\x1b\\"


def test_a_cause_comes_first_and_folds_its_findings(render):
    view = view_of({"a.md": "[[xx://x]] [[yy://y]] [[zz://z]]"})
    cause = RootCause("two links with the same error: tell us", "vaultkit check --fix", frozenset(
        finding.fingerprint for finding in view.findings[:2]
    ))  # fmt: skip
    lines = render("full", changed(view, causes=(cause,), style=Style(max_per_rule=20))).split("\n")
    assert lines[:3] == ["● two links with the same error: tell us", "  ╰ run: vaultkit check --fix", ""]
    assert [line.split()[0] for line in lines if "is a URL" in line] == ["1:1", "1:23"]
    assert "… and 1 more with the same cause: two links with the same error" in lines
    every = render("full", changed(view, causes=(cause,), style=Style(max_per_rule=0)))
    assert every.count("is a URL") == 3
