"""PR005: tags among the properties that are none."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "---\ntags: [one, two/three, y2024]\n---\n"}, id="good ones"),
        pytest.param({"a.md": "---\ntags: one, two\n---\n"}, id="commas are another rule"),
        pytest.param({"a.md": "see #42"}, id="a number in the text"),
        pytest.param({"a.md": "---\ntags:\n  - one # a remark\n---\n"}, id="a comment behind"),
    ],
)
def test_invalid_tag_is_silent(lint, files):
    assert lint(files, "PR005") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "---\ntags: [deep learning]\n---\n"},
            [
                "a.md:2:8: PR005 invalid-tag: invalid tag `deep learning`: tags cannot contain spaces; write `deep-learning`"
            ],
            id="space",
        ),
        pytest.param(
            {"a.md": "---\ntags:\n  - 2024\n---\n"},
            ["a.md:3:5: PR005 invalid-tag: invalid tag `2024`: tags need a letter"],
            id="digits",
        ),
        pytest.param(
            {"a.md": "---\ntags:\n  - #nlp\n  - ml\n---\n"},
            ["a.md:3:5: PR005 invalid-tag: tag `#nlp` is ignored: an unquoted `#` starts a YAML comment; write `nlp`"],
            id="a hash makes a comment",
        ),
        pytest.param(
            {"a.md": "---\ntags: #nlp\n---\n"},
            ["a.md:2:7: PR005 invalid-tag: tag `#nlp` is ignored: an unquoted `#` starts a YAML comment; write `nlp`"],
            id="a hash behind the colon",
        ),
        pytest.param(
            {"a.md": "---\ntags: [deep learning]\n---\n", "vaultkit.toml": '[rules.PR005]\nstyle = "_"\n'},
            [
                "a.md:2:8: PR005 invalid-tag: invalid tag `deep learning`: tags cannot contain spaces; write `deep_learning`"
            ],
            id="another joint",
        ),
        pytest.param(
            {"a.md": "---\ntags: 2024\n---\n"},
            ["a.md:2:7: PR005 invalid-tag: invalid tag `2024`: tags need a letter"],
            id="one number",
        ),
        pytest.param(
            {"a.md": "---\ntags: [C#, it’s]\n---\n"},
            [
                "a.md:2:8: PR005 invalid-tag: invalid tag `C#`: tags cannot contain `#`",
                "a.md:2:12: PR005 invalid-tag: invalid tag `it’s`: tags cannot contain `’`",
            ],
            id="signs inside",
        ),
    ],
)
def test_invalid_tag_is_found(lint, files, expected):
    assert lint(files, "PR005") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "---\ntags:\n  - deep learning\n  - ml\n---\n"},
            {"a.md": "---\ntags:\n  - deep-learning\n  - ml\n---\n"},
            id="space",
        ),
        pytest.param(
            {"a.md": "---\ntags:\n  - #nlp\n  - #ml\n---\n"}, {"a.md": "---\ntags:\n  - nlp\n  - ml\n---\n"}, id="hash"
        ),
        pytest.param(
            {"a.md": "---\ntags: #nlp\nb: 1\n---\n"},
            {"a.md": "---\ntags: nlp\nb: 1\n---\n"},
            id="hash behind the colon",
        ),
    ],
)
def test_invalid_tag_is_mended(fixed, lint, files, expected):
    once = fixed(files, "PR005")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "PR005") == []
    assert fixed({**files, **once}, "PR005") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": '---\ntags: ["#one", a!b, x.y]\n---\n'},
            [
                "a.md:2:9: PR005 invalid-tag: unnecessary `#` in a tag of the properties: `#one`; write `one`",
                "a.md:2:16: PR005 invalid-tag: invalid tag `a!b`: tags cannot contain `!`",
                "a.md:2:21: PR005 invalid-tag: invalid tag `x.y`: tags cannot contain `.`",
            ],
            id="signs",
        ),
        pytest.param(
            {"a.md": '---\ntags: "#one"\n---\n'},
            ["a.md:2:8: PR005 invalid-tag: unnecessary `#` in a tag of the properties: `#one`; write `one`"],
            id="a hash in a text",
        ),
    ],
)
def test_invalid_tag_elsewhere(lint, files, expected):
    assert lint(files, "PR005") == expected


def test_needless_hashes_are_reported_once_a_note(findings, fixed):
    files = {"a.md": '---\ntags: ["#one", two, "#three"]\n---\n'}
    assert [(one.line, one.severity, one.message) for one in findings(files, "PR005")] == [
        (2, "info", "unnecessary `#` in a tag of the properties: `#one` and 1 more")
    ]
    assert fixed(files, "PR005") == {"a.md": '---\ntags: ["one", two, "three"]\n---\n'}
