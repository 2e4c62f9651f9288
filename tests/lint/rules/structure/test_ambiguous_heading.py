"""ST006: links to a heading that occurs twice."""

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
        pytest.param({"a.md": "[[b#Sync]]", "b.md": "## Sync\n### `sync`\n# Other\n### Sync\n"}, id="below it"),
        pytest.param({"a.md": '---\nup: "[[b#R]]"\n---\n', "b.md": "# R\n## R\n"}, id="below it, in a property"),
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
                "a.md:1:1: ST006 ambiguous-heading: ambiguous heading `Results`: occurs twice in `b`; the link opens the first, line 2"
            ],
            id="twice",
        ),
        pytest.param(
            {"a.md": "[[b#R]]", "b.md": "## R\n### R\n# R\n"},
            [
                "a.md:1:1: ST006 ambiguous-heading: ambiguous heading `R`: occurs 3 times in `b`; the link opens the first, line 1"
            ],
            id="one of a higher level",
        ),
        pytest.param(
            {"a.md": "[[#Results]]\n# Results\n# Results"},
            [
                "a.md:1:1: ST006 ambiguous-heading: ambiguous heading `Results`: occurs twice in this note; the link opens the first, line 2"
            ],
            id="in this note",
        ),
        pytest.param(
            {"a.md": "one\n[x](b.md#Results)", "b.md": "# Results\n# Results\n"},
            [
                "a.md:2:1: ST006 ambiguous-heading: ambiguous heading `Results`: occurs twice in `b`; the link opens the first, line 1"
            ],
            id="Markdown",
        ),
        pytest.param(
            {"a.md": '---\nup: "[[b#R]]"\n---\n', "b.md": "# R\n# R\n"},
            [
                "a.md:2:6: ST006 ambiguous-heading: property `up`: ambiguous heading `R`: occurs twice in `b`; the link opens the first, line 1"
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
