"""ST006: links to a heading that stands twice."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[[b#Results]]", "b.md": "# Results"}, id="once"),
        pytest.param({"b.md": "# Results\n# Results\n"}, id="nobody links there"),
        pytest.param(
            {"a.md": "[[b#Mice#Results]]", "b.md": "# Mice\n## Results\n# Rats\n## Results\n"}, id="the parent is named"
        ),
        pytest.param({"a.md": "[[b#Nowhere]]", "b.md": "# A\n# A\n"}, id="missing is another rule"),
    ],
)
def test_ambiguous_heading_is_silent(lint, files):
    assert lint(files, "ST006") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[b#Results]]", "b.md": "# Mice\n## Results\n# Rats\n## Results\n"},
            [
                'a.md:1:1: ST006 ambiguous-heading: b has the heading "Results" 2 times; the link opens the first, line 2'
            ],
            id="twice",
        ),
        pytest.param(
            {"a.md": "[[#Results]]\n# Results\n# Results"},
            [
                'a.md:1:1: ST006 ambiguous-heading: this note has the heading "Results" 2 times; the link opens the first, line 2'
            ],
            id="in this note",
        ),
        pytest.param(
            {"a.md": "one\n[x](b.md#Results)", "b.md": "# Results\n# Results\n"},
            [
                'a.md:2:1: ST006 ambiguous-heading: b has the heading "Results" 2 times; the link opens the first, line 1'
            ],
            id="Markdown",
        ),
        pytest.param(
            {"a.md": '---\nup: "[[b#R]]"\n---\n', "b.md": "# R\n# R\n"},
            [
                'a.md:2:6: ST006 ambiguous-heading: property up: b has the heading "R" 2 times; the link opens the first, line 1'
            ],
            id="in a property",
        ),
    ],
)
def test_ambiguous_heading_is_found(lint, files, expected):
    assert lint(files, "ST006") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[b#Results|r]]", "b.md": "# Mice\n## Results\n# Rats\n## Results\n"},
            {"a.md": "[[b#Mice#Results|r]]"},
            id="the parent is written",
        ),
    ],
)
def test_ambiguous_heading_is_mended(fixed, lint, files, expected):
    once = fixed(files, "ST006")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "ST006") == []
    assert fixed({**files, **once}, "ST006") == once
