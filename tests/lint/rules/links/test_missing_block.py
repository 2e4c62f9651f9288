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


@pytest.mark.parametrize(
    ("files", "help_"),
    [
        pytest.param(
            {"a.md": "[[b#^claim]]", "b.md": "One\n\nA claim.^Claim\n"},
            "write a space before `^claim` in line 3",
            id="behind a stop",
        ),
        pytest.param(
            {"a.md": "[[b#^5-9]]", "b.md": "- 写作。^5-9\r\n- x\r\n"},
            "write a space before `^5-9` in line 1",
            id="in a list, Windows line ends",
        ),
        pytest.param(
            {"a.md": "[[#^x]] and [[a]]\n\n[[c]]^x"},
            "write a space before `^x` in line 3",
            id="behind a link, in this note",
        ),
        pytest.param(
            {"a.md": '---\nup: "[[b#^x]]"\n---\n', "b.md": "End^x"},
            "write a space before `^x` in line 1",
            id="a property",
        ),
        pytest.param({"a.md": "[[b#^x]]", "b.md": "2^x is more\n\n2^xy"}, "", id="inside the text, a longer one"),
        pytest.param({"a.md": "[[b#^x]]", "b.md": "Nothing."}, "", id="nowhere"),
        pytest.param({"a.md": "![[b.png#^x]]", "b.png": None}, "", id="no note"),
    ],
)
def test_an_id_right_behind_text_is_named(findings, files, help_):
    assert {one.help for one in findings(files, "LK004")} <= {help_}
    assert findings(files, "LK004") or not help_
