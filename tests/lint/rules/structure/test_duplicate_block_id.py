"""ST005: block ids that stand twice."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "One. ^a\n\nTwo. ^b\n"}, id="two ids"),
        pytest.param({"a.md": "One. ^a\n\n```\nTwo. ^a\n```\n"}, id="code"),
        pytest.param({"a.md": "One. ^a\n", "b.md": "Two. ^a\n"}, id="two notes"),
    ],
)
def test_duplicate_block_id_is_silent(lint, files):
    assert lint(files, "ST005") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "One. ^a\n\nTwo. ^a\n"},
            ["a.md:3:6: ST005 duplicate-block-id: duplicate block id `^a`: links open line 1"],
            id="twice",
        ),
        pytest.param(
            {"a.md": "One. ^Claim\n\n- Two ^claim\n"},
            ["a.md:3:7: ST005 duplicate-block-id: duplicate block id `^claim`: links open line 1"],
            id="case does not count",
        ),
        pytest.param(
            {"a.md": "One. ^a\n\nTwo. ^a\n\nThree. ^a\n"},
            [
                "a.md:3:6: ST005 duplicate-block-id: duplicate block id `^a`: links open line 1",
                "a.md:5:8: ST005 duplicate-block-id: duplicate block id `^a`: links open line 1",
            ],
            id="three times",
        ),
    ],
)
def test_duplicate_block_id_is_found(lint, files, expected):
    assert lint(files, "ST005") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "One. ^a\n\nTwo. ^a\n\nThree. ^a\n\nFour. ^a-2\n"},
            {"a.md": "One. ^a\n\nTwo. ^a-3\n\nThree. ^a-4\n\nFour. ^a-2\n"},
            id="the later ones are renamed",
        ),
    ],
)
def test_duplicate_block_id_is_mended(fixed, lint, files, expected):
    once = fixed(files, "ST005")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "ST005") == []
    assert fixed({**files, **once}, "ST005") == once
