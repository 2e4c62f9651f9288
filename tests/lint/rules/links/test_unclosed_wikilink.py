"""LK006: double brackets that are not closed."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[[b]]", "b.md": ""}, id="closed"),
        pytest.param({"a.md": "a = [[1, 2], [3, 4]"}, id="an array"),
        pytest.param({"a.md": "`[[b`"}, id="code"),
        pytest.param({"a.md": "if [[ -f $x ]; then"}, id="a shell test"),
        pytest.param({"a.md": "Cost falls [[b](https://b.io/x)].", "b.md": ""}, id="a bracketed citation"),
        pytest.param({"a.md": "Cost falls [[b](https://b.io/x).", "b.md": ""}, id="a citation, its bracket left open"),
        pytest.param({"a.md": "- [[b](c.md), [c](b.md)]", "b.md": "", "c.md": ""}, id="a bracketed list of links"),
        pytest.param({"a.md": "[[b][1]]\n\n[1]: https://b.io", "b.md": ""}, id="a reference link in brackets"),
        pytest.param({"a.md": "f -> Callable[[b], Dict]", "b.md": ""}, id="a type annotation"),
        pytest.param({"a.md": "f: Callable[[int, b], None] = None", "b.md": ""}, id="one with several arguments"),
        pytest.param({"a.md": "f -> list[Callable[[b],", "b.md": ""}, id="one that goes on in the next line"),
        pytest.param({"a.md": "[[:alpha:]_] and [^[:space:]]"}, id="a POSIX class"),
        pytest.param({"a.md": "[[.hyphen.]a] [[=e=]x]"}, id="other classes"),
        pytest.param({"a.md": "[[b]_1", "b.md": ""}, id="an index"),
        pytest.param({"a.md": "x = m[[b][0]", "b.md": ""}, id="an index of an index"),
        pytest.param({"a.md": "df[[b]", "b.md": ""}, id="an index that is never closed"),
        pytest.param({"a.md": "[[a], [b]]", "b.md": ""}, id="a matrix of words"),
        pytest.param({"a.md": "[[b] and more]", "b.md": ""}, id="brackets in brackets"),
        pytest.param({"a.md": "[[b]+{2}", "b.md": ""}, id="a regular expression"),
        pytest.param({"a.md": "(?<x>[[b]?:y", "b.md": ""}, id="another"),
        pytest.param({"a.md": "std::vector<int> v[[b]", "b.md": ""}, id="an attribute of C++"),
        pytest.param({"a.md": "[[b]:https://b.io", "b.md": ""}, id="a definition of a reference"),
        pytest.param({"a.md": "$[[b]$ and `[[b]`", "b.md": ""}, id="formula and code"),
    ],
)
def test_unclosed_wikilink_is_silent(lint, files):
    assert lint(files, "LK006") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "See [[b] for more.", "b.md": ""},
            ["a.md:1:5: LK006 unclosed-wikilink: unclosed wikilink `[[b`: Obsidian shows the brackets as text"],
            id="one bracket",
        ),
        pytest.param(
            {"a.md": "See [[b", "b.md": ""},
            ["a.md:1:5: LK006 unclosed-wikilink: unclosed wikilink `[[b`: Obsidian shows the brackets as text"],
            id="none",
        ),
        pytest.param(
            {"a.md": "See [[Nowhere] now"},
            [
                "a.md:1:5: LK006 unclosed-wikilink: unclosed wikilink `[[Nowhere`: Obsidian shows the brackets as text; add `]`"
            ],
            id="no such note",
        ),
        pytest.param(
            {"a.md": "See [[b], then [x](y)", "b.md": ""},
            ["a.md:1:5: LK006 unclosed-wikilink: unclosed wikilink `[[b`: Obsidian shows the brackets as text"],
            id="a comma and a link behind it",
        ),
        pytest.param(
            {"a.md": "参见[[b]。", "b.md": ""},
            ["a.md:1:3: LK006 unclosed-wikilink: unclosed wikilink `[[b`: Obsidian shows the brackets as text"],
            id="a language without spaces",
        ),
        *(
            pytest.param(
                {"a.md": text, "b.md": ""},
                [
                    f"a.md:1:{text.index('[[') + 1}: LK006 unclosed-wikilink: unclosed wikilink `[[b`: "
                    "Obsidian shows the brackets as text"
                ],
                id=text,
            )
            for text in (
                "**[[b]**",
                "_[[b]_",
                "(see [[b])",
                "[[b]: a note",
                "Is it [[b]?",
                "- [ ] [[b]",
                "> [[b].",
                "| [[b] |",
            )
        ),
    ],
)
def test_unclosed_wikilink_is_found(lint, files, expected):
    assert lint(files, "LK006") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "See [[b] for more.", "b.md": ""}, {"a.md": "See [[b]] for more."}, id="one bracket"),
        pytest.param({"a.md": "[[b", "b.md": ""}, {"a.md": "[[b]]"}, id="none"),
        pytest.param(
            {"a.md": "| a |\n|---|\n| [[b |\n", "b.md": ""},
            {"a.md": "| a |\n|---|\n| [[b]] |\n"},
            id="the cell of a table ends it",
        ),
        pytest.param(
            {"a.md": "> The [[b|wrapped\n> text]] of it", "b.md": ""},
            {"a.md": "> The [[b|wrapped text]] of it"},
            id="a link that was broken into two lines",
        ),
    ],
)
def test_unclosed_wikilink_is_mended(fixed, lint, files, expected):
    once = fixed(files, "LK006")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "LK006") == []
    assert fixed({**files, **once}, "LK006") == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("See [[b] for more.", "", id="one bracket"),
        pytest.param("See [[b", "", id="both"),
        pytest.param("See [[b|x\ny]] z", "a wikilink cannot span two lines", id="two lines"),
    ],
)
def test_a_fix_is_never_safe(findings, text, expected):
    [found] = findings({"a.md": text, "b.md": ""}, "LK006")
    assert found.help == expected
    assert found.fix is not None
    assert not found.fix.is_safe


def test_a_fix_makes_no_link_that_opens_nothing(findings):
    assert [found.fix for found in findings({"a.md": "[[Nowhere] and [[else"}, "LK006")] == [None, None]
