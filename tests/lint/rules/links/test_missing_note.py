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
            {"a.md": "[[Nowhere]]"}, ["a.md:1:1: LK001 missing-note: no note named `Nowhere`"], id="nothing near"
        ),
        pytest.param(
            {"a.md": "one\ntwo [[Mitocondria]]", "Mitochondria.md": ""},
            ["a.md:2:5: LK001 missing-note: no note named `Mitocondria`; did you mean `Mitochondria`?"],
            id="one near name",
        ),
        pytest.param(
            {"a.md": "[[ATP]]", "Adenosine.md": "---\naliases: [ATP]\n---\n"},
            [
                "a.md:1:1: LK001 missing-note: `ATP` is an alias of `Adenosine`; links cannot use aliases; write `[[Adenosine|ATP]]`"
            ],
            id="an alias is no target",
        ),
        pytest.param(
            {"a.md": "[[Gradients]]", "y/Gradient.md": "", "x/Gradient.md": ""},
            ["a.md:1:1: LK001 missing-note: no note named `Gradients`; did you mean `Gradient`?"],
            id="a near name that two files have",
        ),
        pytest.param(
            {"a.md": "[[https://example.org/x]]"},
            ["a.md:1:1: LK001 missing-note: `https://example.org/x` is a URL, not a note; write `[text](URL)`"],
            id="a URL",
        ),
        pytest.param(
            {"a.md": "[[Plan]]", "b.md": "[[plan]]", "vaultkit.toml": "[rules.LK001]\nplanned-after = 2\n"},
            [
                "a.md:1:1: LK001 missing-note: no note named `Plan`",
                "b.md:1:1: LK001 missing-note: no note named `plan`",
            ],
            id="planned by two notes, told as info",
        ),
        pytest.param(
            {"a.md": "![[Nowhere]]"}, ["a.md:1:1: LK001 missing-note: no note named `Nowhere`"], id="a transclusion"
        ),
        pytest.param(
            {"a.md": "[[Soft\u200bmix]]"},
            ["a.md:1:1: LK001 missing-note: no note named `Soft\u200bmix`"],
            id="a character that cannot be seen and no file either",
        ),
        pytest.param(
            {"a.md": "[[ATP]]", "A.md": "---\naliases: [ATP]\n---\n", "B.md": "---\naliases: [ATP]\n---\n"},
            [
                "a.md:1:1: LK001 missing-note: `ATP` is an alias of `A` and `B`; links cannot use aliases; "
                "write the name of one of them"
            ],
            id="an alias of two notes",
        ),
        pytest.param(
            {"x/y/a.md": "[[Gradients]]", "gradiënt.md": "", "x/Gradient.md": ""},
            ["x/y/a.md:1:1: LK001 missing-note: no note named `Gradients`; did you mean `Gradient` or `gradiënt`?"],
            id="two near names, that in a shared folder first",
        ),
        pytest.param(
            {"a.md": "[[Mitocondria]]", "b.md": "[[mitocondria]]", "Mitochondria.md": ""},
            [
                "a.md:1:1: LK001 missing-note: no note named `Mitocondria`",
                "b.md:1:1: LK001 missing-note: no note named `mitocondria`",
            ],
            id="what is wanted twice is a name",
        ),
        pytest.param(
            {"a.md": "[[Mitocondria]]", "b.md": '---\nup: "[[Mitocondria]]"\n---\n', "Mitochondria.md": ""},
            ["a.md:1:1: LK001 missing-note: no note named `Mitocondria`"],
            id="wanted once more in a property",
        ),
        pytest.param(
            {"Gradient.md": "[[Gradients]]"},
            ["Gradient.md:1:1: LK001 missing-note: no note named `Gradients`"],
            id="the note itself is not meant",
        ),
        pytest.param(
            {"a.md": "[[MIPS Set]]", "papers/MIPS Set.pdf": None},
            [
                "a.md:1:1: LK001 missing-note: no note named `MIPS Set`, but `papers/MIPS Set.pdf` exists; "
                "write `[[MIPS Set.pdf]]`"
            ],
            id="a file of another type has the name",
        ),
        pytest.param(
            {"a.md": "[[Plan]]", "Plan.canvas": "{}", "Plan.docx": None},
            [
                "a.md:1:1: LK001 missing-note: no note named `Plan`, but `Plan.canvas` exists; "
                "write `[[Plan.canvas]]` or `[[Plan.docx]]`"
            ],
            id="two such files",
        ),
        pytest.param(
            {"a.md": "as in [[15]](https://example.org/a_(b))."},
            [
                "a.md:1:7: LK001 missing-note: `[[15]]` before a URL is a wikilink: Obsidian shows the URL as text; "
                "write `[\\[15\\]](…)`"
            ],
            id="a citation in double brackets",
        ),
        pytest.param(
            {"a.md": "[[Nowhere]](see below) [[else]](2020)"},
            [
                "a.md:1:1: LK001 missing-note: no note named `Nowhere`",
                "a.md:1:24: LK001 missing-note: no note named `else`",
            ],
            id="words in parentheses behind a link",
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
        pytest.param({"a.md": "[[Set|s]]", "x/Set.pdf": None}, {"a.md": "[[Set.pdf|s]]"}, id="a file of another type"),
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
            ["a.md:1:13: LK001 missing-note: no note named `x-1`"],
            id="allowed by a regular expression",
        ),
    ],
)
def test_missing_note_elsewhere(lint, files, expected):
    assert lint(files, "LK001") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "[[Nowhere]]"}, "info", id="nothing tells what was meant"),
        pytest.param({"a.md": "[[Nowheer]]", "Nowhere.md": ""}, "warning", id="a near name"),
        pytest.param({"a.md": "[[N]]", "b.md": "---\naliases: N\n---\n"}, "warning", id="an alias"),
        pytest.param({"a.md": "[[N]]", "N.pdf": None}, "warning", id="a file of another type"),
        pytest.param({"a.md": "[[https://x.io]]"}, "warning", id="a URL"),
        pytest.param({"a.md": "[[15]](https://x.io)"}, "warning", id="a citation"),
        pytest.param({"a.md": "%% [[Nowheer]] %%", "Nowhere.md": ""}, "info", id="in a comment"),
        pytest.param(
            {"a.md": "[[Nowheer]]", "Nowhere.md": "", "vaultkit.toml": "[rules.LK001]\nplanned-after = 1\n"},
            "info",
            id="planned",
        ),
        pytest.param(
            {"a.md": "[[N]]", "vaultkit.toml": '[lint.severity]\nLK001 = "error"\n'}, "error", id="as it is configured"
        ),
    ],
)
def test_a_missing_note_is_a_warning_where_something_tells_what_was_meant(findings, files, expected):
    assert [finding.severity for finding in findings(files, "LK001")] == [expected]
