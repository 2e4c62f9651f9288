"""LK004: a block id that is not there."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[[b#^claim]]", "b.md": "A claim. ^claim"}, id="the id is there"),
        pytest.param({"a.md": "[[b#^Claim]]", "b.md": "A claim. ^claim"}, id="case does not matter"),
        pytest.param({"a.md": "[[b#^x]]"}, id="the note is missing"),
    ],
)
def test_missing_block_is_silent(lint, files):
    assert lint(files, "LK004") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[b#^claim]]", "b.md": "A claim. ^thesis"},
            ["a.md:1:1: LK004 missing-block: no block `^claim` in `b`"],
            id="other id",
        ),
        pytest.param(
            {"a.md": "[[#^claim]]"},
            ["a.md:1:1: LK004 missing-block: no block `^claim` in this note"],
            id="in this note",
        ),
        pytest.param(
            {"a.md": "![[b#^claim]]", "b.md": "Text."},
            ["a.md:1:1: LK004 missing-block: no block `^claim` in `b`"],
            id="embed",
        ),
    ],
)
def test_missing_block_is_found(lint, files, expected):
    assert lint(files, "LK004") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": '---\nup: "[[b#^no]]"\n---\n', "b.md": "text ^yes"},
            ["a.md:2:6: LK004 missing-block: property `up`: no block `^no` in `b`"],
            id="in a property",
        ),
    ],
)
def test_missing_block_elsewhere(lint, files, expected):
    assert lint(files, "LK004") == expected
