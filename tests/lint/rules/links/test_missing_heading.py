"""LK003: a subpath that names no heading."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"a.md": "[[b#results part 1]]", "b.md": "# Results: part 1"}, id="punctuation and case do not count"
        ),
        pytest.param({"a.md": "[[b#One#Two]]", "b.md": "# One\n## Two"}, id="a chain"),
        pytest.param({"a.md": "[[b#One]]"}, id="the note is missing"),
        pytest.param({"a.md": "[[b.pdf#page=3]]", "b.pdf": None}, id="a page of a PDF"),
        pytest.param(
            {"a.md": "[x](#whats-new)\n# What's new?", "vaultkit.toml": '[rules.LK003]\nheading-match = "github"\n'},
            id="GitHub's slugs are wanted",
        ),
    ],
)
def test_missing_heading_is_silent(lint, files):
    assert lint(files, "LK003") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[b#Methdos]]", "b.md": "# Methods"},
            ["a.md:1:1: LK003 missing-heading: no heading `Methdos` in `b`; did you mean `Methods`?"],
            id="near heading",
        ),
        pytest.param(
            {"a.md": "[[#Nowhere]]"},
            ["a.md:1:1: LK003 missing-heading: no heading `Nowhere` in this note"],
            id="in this note",
        ),
        pytest.param(
            {"a.md": "[[b#Two#One]]", "b.md": "# One\n## Two"},
            ["a.md:1:1: LK003 missing-heading: no heading `Two#One` in `b`"],
            id="a chain in the wrong order",
        ),
        pytest.param(
            {"a.md": "[x](#whats-new)\n# What's new?"},
            [
                "a.md:1:1: LK003 missing-heading: heading slug `#whats-new` works on GitHub only, not in Obsidian; write `#What's%20new%3F`"
            ],
            id="GitHub's slug",
        ),
        pytest.param(
            {"a.md": "[x](#the-run-command)\n# The `run` command"},
            [
                "a.md:1:1: LK003 missing-heading: heading slug `#the-run-command` opens `` The `run` command `` on GitHub only, not in Obsidian"
            ],
            id="GitHub's slug of a heading with code",
        ),
        pytest.param(
            {"a.md": "[[## k8s]]"},
            ["a.md:1:1: LK003 missing-heading: no heading `k8s` in this note"],
            id="two number signs and a space",
        ),
    ],
)
def test_missing_heading_is_found(lint, files, expected):
    assert lint(files, "LK003") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[b#Methdos|how]]", "b.md": "# Methods"}, {"a.md": "[[b#Methods|how]]"}, id="near heading"
        ),
    ],
)
def test_missing_heading_is_mended(fixed, lint, files, expected):
    once = fixed(files, "LK003")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "LK003") == []
    assert fixed({**files, **once}, "LK003") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": '---\nup: "[[b#Nope]]"\n---\n', "b.md": "# Yes"},
            ["a.md:2:6: LK003 missing-heading: property `up`: no heading `Nope` in `b`"],
            id="in a property",
        ),
    ],
)
def test_missing_heading_elsewhere(lint, files, expected):
    assert lint(files, "LK003") == expected


def test_a_slug_has_no_fix(findings):
    """The fix would break the link where it works today."""
    [found] = findings({"a.md": "[x](#whats-new)\n# What's new?"}, "LK003")
    assert (found.severity, found.fix, found.help) == ("info", None, "write `#What's%20new%3F`")


@pytest.mark.parametrize(
    ("wanted", "heading", "expected"),
    [
        pytest.param("Introducton", "Introduction", "did you mean `Introduction`?", id="a letter too few"),
        pytest.param("Method", "Methods", "did you mean `Methods`?", id="an inflection"),
        pytest.param("Bijection", "Injection", "", id="another word"),
        pytest.param("Part 2", "Part 3", "", id="another number"),
        pytest.param("Left join", "Right join", "", id="another word in a phrase"),
    ],
)
def test_did_you_mean(findings, wanted, heading, expected):
    [found] = findings({"a.md": f"[[b#{wanted}]]", "b.md": f"# {heading}"}, "LK003")
    assert found.help == expected
