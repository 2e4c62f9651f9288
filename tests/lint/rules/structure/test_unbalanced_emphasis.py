"""ST003: marks of emphasis that show as they stand."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "**a** and ==b== and ~~c~~"}, id="bold"),
        pytest.param({"a.md": "2 ** 3 and x == y"}, id="a power"),
        pytest.param({"a.md": "____ is the **____** of ____"}, id="blanks"),
        pytest.param({"a.md": "It takes *args and **kwargs."}, id="arguments"),
        pytest.param({"a.md": "`a**` $b**$"}, id="code and math"),
        pytest.param({"a.md": "\\*\\*a"}, id="escaped"),
        pytest.param({"a.md": "https://example.org/?q=YWJj==&x=**"}, id="an address"),
        pytest.param({"a.md": "Use **/*.md here"}, id="a pattern of paths"),
        pytest.param({"a.md": "note 5**\n\nvalue 3**"}, id="two paragraphs"),
        pytest.param({"a.md": "[[a**b]]"}, id="a link"),
        pytest.param(
            {"a.md": "==end:==\n\n==Wow!== and ==a==\n\n## ==Advantages:==\n"}, id="punctuation before the end"
        ),
        pytest.param({"a.md": "==<b>x</b>== and <b>==x==</b>"}, id="tags inside and outside"),
        pytest.param(
            {"a.md": "==100 %== ==(a)== ==“b”== =={c}== ==d?== ==e;== ==f>== ==g/== ==¡h!=="}, id="other signs"
        ),
        pytest.param({"a.md": "x ==a=> b== and a ==> b, c <== d"}, id="arrows"),
        pytest.param({"a.md": "in JS x!==y and ==z== is marked, a<==b or c>==d"}, id="operators beside a highlight"),
        pytest.param({"a.md": "Title\n=====\n\n==a===\n\n| a==b | c |\n"}, id="longer runs"),
        pytest.param({"a.md": "**块编**1，如 **café**s et **e\u0301**x"}, id="letters of other scripts at the marks"),
    ],
)
def test_unbalanced_emphasis_is_silent(lint, files):
    assert lint(files, "ST003") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "**Sparse attention **skips pairs."},
            ["a.md:1:1: ST003 unbalanced-emphasis: unmatched `**`, shown literally"],
            id="a space inside",
        ),
        pytest.param(
            {"a.md": "**\u00a0attention** pairs"},
            ["a.md:1:1: ST003 unbalanced-emphasis: unmatched `**`, shown literally"],
            id="a no-break space inside",
        ),
        pytest.param(
            {"a.md": "**（见）**图"},
            [
                "a.md:1:1: ST003 unbalanced-emphasis: unmatched `**`, shown literally: between punctuation and a letter it cannot open or close"
            ],
            id="full-width punctuation inside",
        ),
        pytest.param(
            {"a.md": "an intriguing** variant of it (GLU)** activation"},
            ["a.md:1:14: ST003 unbalanced-emphasis: unmatched `**`, shown literally"],
            id="wrong side of both",
        ),
        pytest.param(
            {"a.md": "**What is SwiGLU?\n**It is new."},
            [
                "a.md:1:1: ST003 unbalanced-emphasis: unmatched `**`, shown literally",
                "a.md:2:1: ST003 unbalanced-emphasis: unmatched `**`, shown literally",
            ],
            id="cut by a line break",
        ),
        pytest.param(
            {"a.md": "**1. Chain:\n** - a series"},
            [
                "a.md:1:1: ST003 unbalanced-emphasis: unmatched `**`, shown literally",
                "a.md:2:1: ST003 unbalanced-emphasis: unmatched `**`, shown literally",
            ],
            id="lone mark of a list",
        ),
        pytest.param(
            {"a.md": "- **Note this"},
            ["a.md:1:3: ST003 unbalanced-emphasis: unmatched `**`, shown literally"],
            id="never closed",
        ),
        pytest.param(
            {"a.md": "a ==word and more"},
            ["a.md:1:3: ST003 unbalanced-emphasis: unmatched `==`, shown literally"],
            id="highlight",
        ),
        pytest.param(
            {"a.md": "==Wow!== and ==word and more"},
            ["a.md:1:14: ST003 unbalanced-emphasis: unmatched `==`, shown literally"],
            id="a highlight behind one that ends in punctuation",
        ),
        pytest.param(
            {"a.md": "~~gone and more"},
            ["a.md:1:1: ST003 unbalanced-emphasis: unmatched `~~`, shown literally"],
            id="strike-through",
        ),
    ],
)
def test_unbalanced_emphasis_is_found(lint, files, expected):
    assert lint(files, "ST003") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "**Sparse attention **skips pairs."},
            {"a.md": "**Sparse attention** skips pairs."},
            id="a space inside",
        ),
        pytest.param(
            {"a.md": "an intriguing** variant of it (GLU)** activation"},
            {"a.md": "an intriguing **variant of it (GLU)** activation"},
            id="wrong side of both",
        ),
        pytest.param(
            {"a.md": "**What is SwiGLU?\n**It is new."},
            {"a.md": "**What is SwiGLU?**\nIt is new."},
            id="cut by a line break",
        ),
        pytest.param(
            {"a.md": "**1. Chain:\n** - a series"}, {"a.md": "**1. Chain:**\n - a series"}, id="lone mark of a list"
        ),
    ],
)
def test_unbalanced_emphasis_is_mended(fixed, lint, files, expected):
    once = fixed(files, "ST003")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "ST003") == []
    assert fixed({**files, **once}, "ST003") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "** bold**"},
            ["a.md:1:1: ST003 unbalanced-emphasis: unmatched `**`, shown literally"],
            id="at the very beginning",
        ),
    ],
)
def test_unbalanced_emphasis_elsewhere(lint, files, expected):
    assert lint(files, "ST003") == expected


def test_marks_of_scripts_without_spaces_are_told_as_info(findings):
    found = findings({"a.md": "**真，**她\n\n**真 **她\n"}, "ST003")
    assert [(finding.line, finding.severity) for finding in found] == [(1, "info"), (3, "warning")]
