"""LK001: a link in double brackets that names no note."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[[cell]]", "Biology/Cell.md": ""}, id="case does not matter"),
        pytest.param({"a.md": "[[#Part]]\n# Part"}, id="an empty name is this note"),
        pytest.param({"a.md": "`[[Nowhere]]`"}, id="code is not read"),
        pytest.param({"a.md": "[[Soft\u200bmax]]", "Softmax.md": ""}, id="hidden characters are another rule"),
        pytest.param({"a.md": "[[Folder/Nowhere]]"}, id="a path is another rule"),
        pytest.param(
            {"a.md": "[[2026-01-01]]", "vaultkit.toml": '[rules.LK001]\nallow = ["2026-*"]\n'}, id="a planned name"
        ),
    ],
)
def test_missing_note_is_silent(lint, files):
    assert lint(files, "LK001") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[Nowhere]]"}, ["a.md:1:1: LK001 missing-note: [[Nowhere]] names no note"], id="nothing near"
        ),
        pytest.param(
            {"a.md": "one\ntwo [[Mitocondria]]", "Mitochondria.md": ""},
            ["a.md:2:5: LK001 missing-note: [[Mitocondria]] names no note; did you mean [[Mitochondria]]?"],
            id="one near name",
        ),
        pytest.param(
            {"a.md": "[[ATP]]", "Adenosine.md": "---\naliases: [ATP]\n---\n"},
            [
                "a.md:1:1: LK001 missing-note: [[ATP]] names no note: it is an alias, which Obsidian does not follow; write [[Adenosine|ATP]]"
            ],
            id="an alias is no target",
        ),
        pytest.param(
            {"a.md": "[[Gradients]]", "Gradient.md": "", "gradiënt.md": "", "x/Gradient.md": ""},
            ["a.md:1:1: LK001 missing-note: [[Gradients]] names no note; did you mean [[Gradient]]?"],
            id="a near name that two files have",
        ),
        pytest.param(
            {"a.md": "[[https://example.org/x]]"},
            ["a.md:1:1: LK001 missing-note: [[https://example.org/x]] is a URL, not a note; write [text](URL)"],
            id="a URL",
        ),
        pytest.param(
            {"a.md": "[[Plan]]", "b.md": "[[plan]]", "vaultkit.toml": "[rules.LK001]\nplanned-after = 2\n"},
            [
                "a.md:1:1: LK001 missing-note: [[Plan]] names no note",
                "b.md:1:1: LK001 missing-note: [[plan]] names no note",
            ],
            id="planned by two notes, told as info",
        ),
        pytest.param(
            {"a.md": "![[Nowhere]]"}, ["a.md:1:1: LK001 missing-note: ![[Nowhere]] names no note"], id="a transclusion"
        ),
        pytest.param(
            {"a.md": "[[Soft\u200bmix]]"},
            ["a.md:1:1: LK001 missing-note: [[Soft\u200bmix]] names no note"],
            id="a character that cannot be seen and no file either",
        ),
    ],
)
def test_missing_note_is_found(lint, files, expected):
    assert lint(files, "LK001") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[Mitocondria#Role|it]]", "Mitochondria.md": ""},
            {"a.md": "[[Mitochondria#Role|it]]"},
            id="near name",
        ),
        pytest.param(
            {"a.md": "[[ATP]]", "Adenosine.md": "---\naliases: [ATP]\n---\n"}, {"a.md": "[[Adenosine|ATP]]"}, id="alias"
        ),
        pytest.param(
            {"a.md": "| x |\n| - |\n| [[ATP]] |\n", "Adenosine.md": "---\naliases: [ATP]\n---\n"},
            {"a.md": "| x |\n| - |\n| [[Adenosine\\|ATP]] |\n"},
            id="alias in a table",
        ),
    ],
)
def test_missing_note_is_mended(fixed, lint, files, expected):
    once = fixed(files, "LK001")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "LK001") == []
    assert fixed({**files, **once}, "LK001") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[2026-01]] [[x-1]]", "vaultkit.toml": '[rules.LK001]\nallow = ["/^\\\\d{4}/"]\n'},
            ["a.md:1:13: LK001 missing-note: [[x-1]] names no note"],
            id="allowed by a regular expression",
        ),
    ],
)
def test_missing_note_elsewhere(lint, files, expected):
    assert lint(files, "LK001") == expected
