"""LK005: a bare name that fits several files."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[[Notes]]", "x/Notes.md": ""}, id="one file"),
        pytest.param({"a.md": "[[x/Notes]]", "x/Notes.md": "", "y/Notes.md": ""}, id="a path"),
        pytest.param({"a.md": "[[Notes]]", "Notes.md": "", "y/Notes.md": ""}, id="the file at the root is meant"),
    ],
)
def test_ambiguous_link_is_silent(lint, files):
    assert lint(files, "LK005") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[Notes]]", "x/Notes.md": "", "yy/Notes.md": ""},
            ["a.md:1:1: LK005 ambiguous-link: Notes also fits yy/Notes.md; it opens x/Notes.md"],
            id="two folders",
        ),
        pytest.param(
            {"x/a.md": "[[Notes]]", "x/Notes.md": "", "y/Notes.md": ""},
            ["x/a.md:1:1: LK005 ambiguous-link: Notes also fits y/Notes.md; it opens x/Notes.md"],
            id="own folder wins",
        ),
        pytest.param(
            {"a.md": "![[p.png]]", "x/p.png": None, "yy/p.png": None},
            ["a.md:1:1: LK005 ambiguous-link: p.png also fits yy/p.png; it opens x/p.png"],
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
            {"x/c.md": "[[notes]]", "x/Notes.md": "", "y/Notes.md": ""},
            {"x/c.md": "[[x/Notes|notes]]"},
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
            ["a.md:2:6: LK005 ambiguous-link: property up: n also fits y/n.md; it opens x/n.md"],
            id="in a property",
        ),
    ],
)
def test_ambiguous_link_elsewhere(lint, files, expected):
    assert lint(files, "LK005") == expected


@pytest.mark.parametrize(
    ("files", "is_safe"),
    [
        pytest.param({"x/a.md": "[[n]]", "x/n.md": "", "y/n.md": ""}, True, id="the own folder wins"),
        pytest.param({"a.md": "[[n]]", "x/n.md": "", "x/y/n.md": ""}, True, id="the shorter path wins"),
        pytest.param({"a.md": "[[n]]", "x/n.md": "", "y/n.md": ""}, False, id="equally near: a guess"),
    ],
)
def test_ambiguous_link_guesses_only_where_it_says_so(findings, files, is_safe):
    found = findings(files, "LK005")
    assert [(finding.fix.title, finding.fix.is_safe) for finding in found if finding.fix] == [
        ("write the path x/n.md", is_safe)
    ]
