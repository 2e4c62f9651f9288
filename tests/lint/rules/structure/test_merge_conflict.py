"""ST004: git's conflict markers."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "a < b\n"}, id="none"),
        pytest.param({"a.md": "Title\n=======\n"}, id="a setext heading"),
        pytest.param(
            {"a.md": "```\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n```\n"}, id="an example in a code block"
        ),
        pytest.param({"a.md": ">>>>>>> deep\n"}, id="quotes in quotes"),
    ],
)
def test_merge_conflict_is_silent(lint, files):
    assert lint(files, "ST004") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "text\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n"},
            [
                "a.md:2:1: ST004 merge-conflict: unresolved merge conflict; keep one version and delete the three markers"
            ],
            id="one",
        ),
        pytest.param(
            {
                "a.md": "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n"
            },
            [
                "a.md:1:1: ST004 merge-conflict: unresolved merge conflict; keep one version and delete the three markers",
                "a.md:7:1: ST004 merge-conflict: unresolved merge conflict; keep one version and delete the three markers",
            ],
            id="two",
        ),
        pytest.param(
            {"a.md": "<<<<<<< a\nx\n||||||| b\ny\n=======\nz\n>>>>>>> c\n"},
            [
                "a.md:1:1: ST004 merge-conflict: unresolved merge conflict; keep one version and delete the three markers"
            ],
            id="with the common ancestor",
        ),
        pytest.param(
            {"a.md": "---\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n---\n"},
            [
                "a.md:2:1: ST004 merge-conflict: unresolved merge conflict; keep one version and delete the three markers"
            ],
            id="among the properties",
        ),
        pytest.param(
            {"a.md": "<<<<<<< HEAD\r\nours\r\n=======\r\ntheirs\r\n>>>>>>> branch\r\n"},
            [
                "a.md:1:1: ST004 merge-conflict: unresolved merge conflict; keep one version and delete the three markers"
            ],
            id="Windows line ends",
        ),
    ],
)
def test_merge_conflict_is_found(lint, files, expected):
    assert lint(files, "ST004") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "<<<<<<< HEAD\ntext\n"},
            [
                "a.md:1:1: ST004 merge-conflict: leftover merge conflict marker; check the text around it, then delete it"
            ],
            id="only the first",
        ),
        pytest.param(
            {"a.md": "text\n>>>>>>> 1234abc\n"},
            [
                "a.md:2:1: ST004 merge-conflict: leftover merge conflict marker; check the text around it, then delete it"
            ],
            id="only the last",
        ),
    ],
)
def test_merge_conflict_elsewhere(lint, files, expected):
    assert lint(files, "ST004") == expected
