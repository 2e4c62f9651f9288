"""LK005: a bare name that fits several files."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[[Notes]]", "x/Notes.md": ""}, id="one file"),
        pytest.param({"a.md": "[[x/Notes]]", "x/Notes.md": "", "y/Notes.md": ""}, id="a path"),
        pytest.param({"a.md": "[[Notes]]", "Notes.md": "", "y/Notes.md": ""}, id="the file at the root is meant"),
        pytest.param({"x/a.md": "[[Notes]]", "x/Notes.md": "", "y/Notes.md": ""}, id="the own folder comes first"),
        pytest.param({"x/a.md": "[n](notes.md)", "x/Notes.md": "", "y/Notes.md": ""}, id="so it does in Markdown"),
        pytest.param({"x/a.md": "![[p.png]]", "x/p.png": None, "p/p.png": None}, id="and for pictures"),
        pytest.param({"x/Notes.md": "[[Notes#A]]\n# A", "y/Notes.md": ""}, id="a note that links to itself"),
        pytest.param({"x/a.md": '---\nup: "[[n]]"\n---\n', "x/n.md": "", "y/n.md": ""}, id="own folder, in a property"),
        pytest.param({"a.md": "[[p.png]]", "x/p.png.md": "", "y/p.png": None}, id="a note comes before a file"),
    ],
)
def test_ambiguous_link_is_silent(lint, files):
    assert lint(files, "LK005") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[Notes]]", "x/Notes.md": "", "yy/Notes.md": ""},
            [
                "a.md:1:1: LK005 ambiguous-link: `Notes` is ambiguous: opens `x/Notes.md`, but `yy/Notes.md` has the same name"
            ],
            id="two folders",
        ),
        pytest.param(
            {"a.md": "[[n]]", "x/n.md": "", "y/n.md": "", "z/n.md": ""},
            [
                "a.md:1:1: LK005 ambiguous-link: `n` is ambiguous: probably opens `x/n.md`, "
                "but `y/n.md`, `z/n.md` have the same name"
            ],
            id="equally near",
        ),
        pytest.param(
            {"a.md": "![[p.png]]", "x/p.png": None, "yy/p.png": None},
            ["a.md:1:1: LK005 ambiguous-link: `p.png` is ambiguous: opens `x/p.png`, but `yy/p.png` has the same name"],
            id="pictures",
        ),
    ],
)
def test_ambiguous_link_is_found(lint, files, expected):
    assert lint(files, "LK005") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[Notes]] and [[Notes|n]]", "x/Notes.md": "", "yy/Notes.md": ""},
            {"a.md": "[[x/Notes|Notes]] and [[x/Notes|n]]"},
            id="the path is written, the look stays",
        ),
        pytest.param(
            {
                "a.md": "[[Notes|n]]",
                "deep/x/Notes.md": "",
                "deeper/yy/Notes.md": "",
                "vaultkit.toml": '[rules.LK005]\nstyle = "shortest-unique"\n',
            },
            {"a.md": "[[x/Notes|n]]"},
            id="only as much as it takes",
        ),
        pytest.param(
            {"a.md": "| a |\n| - |\n| [[Notes]] |\n", "x/Notes.md": "", "yy/Notes.md": ""},
            {"a.md": "| a |\n| - |\n| [[x/Notes\\|Notes]] |\n"},
            id="in a table the bar is escaped",
        ),
        pytest.param(
            {"c.md": "[[notes]]", "x/Notes.md": "", "yy/Notes.md": ""},
            {"c.md": "[[x/Notes|notes]]"},
            id="the letters that readers see stay",
        ),
    ],
)
def test_ambiguous_link_is_mended(fixed, lint, files, expected):
    once = fixed(files, "LK005")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "LK005") == []
    assert fixed({**files, **once}, "LK005") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": '---\nup: "[[n]]"\n---\n', "x/n.md": "", "y/n.md": ""},
            [
                "a.md:2:6: LK005 ambiguous-link: property `up`: `n` is ambiguous: probably opens `x/n.md`, but `y/n.md` has the same name"
            ],
            id="in a property",
        ),
    ],
)
def test_ambiguous_link_elsewhere(lint, files, expected):
    assert lint(files, "LK005") == expected


@pytest.mark.parametrize(
    ("files", "is_safe"),
    [
        pytest.param({"a.md": "[[n]]", "x/n.md": "", "x/y/n.md": ""}, True, id="the shorter path wins"),
        pytest.param({"a.md": "[[n]]", "x/n.md": "", "y/n.md": ""}, False, id="equally near: a guess"),
    ],
)
def test_ambiguous_link_guesses_only_where_it_says_so(findings, files, is_safe):
    found = findings(files, "LK005")
    assert [(finding.fix.title, finding.fix.is_safe) for finding in found if finding.fix] == [("write `x/n`", is_safe)]


RELATIVE = '{"newLinkFormat": "relative", "useMarkdownLinks": true}'
ABSOLUTE = '{"newLinkFormat": "absolute"}'


@pytest.mark.parametrize(
    ("app", "before", "after"),
    [
        pytest.param(RELATIVE, "[n](n.md)", "[n](../../x/n.md)", id="Markdown, relative"),
        pytest.param(RELATIVE, "[n](n.md#A%20b)", "[n](../../x/n.md#A%20b)", id="with a heading"),
        pytest.param(RELATIVE, "[[n]]", "[[../../x/n|n]]", id="a wikilink, relative"),
        pytest.param(ABSOLUTE, "[n](n.md)", "[n](x/n.md)", id="Markdown, from the root"),
        pytest.param("{}", "[n](n.md)", "[n](x/n.md)", id="Markdown, shortest"),
    ],
)
def test_the_fix_writes_as_the_vault_does(fixed, lint, app, before, after):
    files = {".obsidian/app.json": app, "a/b/c.md": before, "x/n.md": "# A b", "long/n.md": ""}
    once = fixed(files, "LK005")
    assert once["a/b/c.md"] == after
    assert lint({**files, **once}, "LK005") == []
