"""ST002: blocks that are opened and never closed."""

from __future__ import annotations

import pytest

from vaultkit.note.parse import parse_note


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "```\nx\n```\n\n$$\ny\n$$\n\n%%\nz\n%%\n\n<!-- w -->\n"}, id="closed"),
        pytest.param({"a.md": "`x` $y$ %%z%%"}, id="inline"),
        pytest.param({"a.md": "It costs $5."}, id="a price"),
        pytest.param({"a.md": "---\nexcalidraw-plugin: parsed\n---\n%%\n# Drawing\n"}, id="a drawing"),
        pytest.param(
            {
                "a.md": "/*\n![](https://raw.githubusercontent.com/zsviczian/obsidian-excalidraw-plugin/master/images/x.jpg)\n```javascript\n*/\n"
            },
            id="a script of Excalidraw",
        ),
    ],
)
def test_unclosed_block_is_silent(lint, files):
    assert lint(files, "ST002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "text\n\n```python\nx\n"},
            ["a.md:3:1: ST002 unclosed-block: unclosed code block: the rest of the note is shown as code"],
            id="fence",
        ),
        pytest.param(
            {"a.md": "$$\nx\n"},
            ["a.md:1:1: ST002 unclosed-block: unclosed math block `$$`: the rest of the note is shown as math"],
            id="math",
        ),
        pytest.param(
            {"a.md": "%%\nx\n"},
            ["a.md:1:1: ST002 unclosed-block: unclosed comment `%%`: the rest of the note is hidden"],
            id="comment",
        ),
        pytest.param(
            {"a.md": "<!-- x\n"},
            ["a.md:1:1: ST002 unclosed-block: unclosed HTML comment `<!--`: the rest of the note is hidden"],
            id="HTML comment",
        ),
    ],
)
def test_unclosed_block_is_found(lint, files, expected):
    assert lint(files, "ST002") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "```python\nx\n\nText\n"}, {"a.md": "```python\nx\n```\n\nText\n"}, id="fence"),
        pytest.param({"a.md": "$$\nx"}, {"a.md": "$$\nx\n$$"}, id="math"),
        pytest.param({"a.md": "%%\nx\n\nText"}, {"a.md": "%%\nx\n%%\n\nText"}, id="comment"),
        pytest.param({"a.md": "<!-- x\n\nText\n"}, {"a.md": "<!-- x\n-->\n\nText\n"}, id="HTML comment"),
        pytest.param(
            {"a.md": "~~~~\r\nx\r\n\r\nText\r\n"}, {"a.md": "~~~~\r\nx\r\n~~~~\r\n\r\nText\r\n"}, id="Windows line ends"
        ),
    ],
)
def test_unclosed_block_is_mended(fixed, lint, files, expected):
    once = fixed(files, "ST002")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "ST002") == []
    assert fixed({**files, **once}, "ST002") == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("> ```python\n> x\n\nText\n", [("info", "unclosed code block: ends with its quote")], id="quote"),
        pytest.param("> [!tip]\n> ```\n> x\n", [("info", "unclosed code block: ends with its callout")], id="callout"),
        pytest.param("- a\n\n  ```\n  x\n\nText\n", [("info", "unclosed code block: ends with its list")], id="list"),
        pytest.param(
            "- a\n\n  ```\n  x\n",
            [("error", "unclosed code block: the rest of the note is shown as code")],
            id="a list that ends the note",
        ),
    ],
)
def test_a_block_that_ends_with_its_container_swallows_nothing(findings, text, expected):
    assert [(one.severity, one.message) for one in findings({"a.md": text}, "ST002")] == expected


def test_a_closing_mark_behind_the_end_of_the_quote_names_the_line_that_opened(findings):
    text = "> ```python\n> x\n\n> ```\n> Text\n"
    found = findings({"a.md": text}, "ST002")
    assert [(one.line, one.severity, one.fix) for one in found] == [(1, "info", None), (4, "error", None)]
    assert found[1].message == (
        "unclosed code block: the rest of the quote is shown as code; the block opened in line 1 ends with its quote, "
        "so this mark does not close it"
    )


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        pytest.param(
            "$$\nx\n$$ text\n\nmore\n", 1, "the `$$` in line 3 does not close it: text follows on its line", id="own"
        ),
        pytest.param(
            "$$\nx\n$$Which is\n\n$$\ny\n$$\n",
            7,
            "the `$$` in line 3 does not close the block above it: text follows on its line",
            id="of a block above, which turns all later ones inside out",
        ),
    ],
)
def test_a_mark_with_text_behind_it_is_named(findings, text, line, cause):
    note = parse_note(b"$$\nx\n$$ y\n\nz\n")
    if not note.malformed:
        pytest.skip("the parser takes a mark with text behind it for the end of a block")
    found = findings({"a.md": text}, "ST002")
    assert [(one.line, one.fix) for one in found] == [(line, None)]
    assert found[0].message == f"unclosed math block `$$`: the rest of the note is shown as math; {cause}"


def test_dollars_that_may_be_the_pair_are_named_and_nothing_is_appended(findings):
    text = "##$$\nx\n\nText $5\n\n$$\ny\n"
    assert [(one.line, one.message, one.fix) for one in findings({"a.md": text}, "ST002")] == [
        (
            6,
            "unclosed math block `$$`: the rest of the note is shown as math; the `$$` in line 1 neither opens nor closes a block",
            None,
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Text\n\n$$\n", id="math at the end of the note"),
        pytest.param("Text\n\n$$\n\n#tag", id="math before a blank line"),
        pytest.param("```python\n", id="a fence at the end"),
        pytest.param("```python", id="a fence without a line end"),
        pytest.param("~~~ js \r\n\r\nText\r\n", id="a fence before a blank line"),
        pytest.param("Text\n\n%%\n\nMore", id="a comment before a blank line"),
        pytest.param("<!--\n\nMore", id="an HTML comment before a blank line"),
        pytest.param("$$\na\n$$\n\nb\n$$\nMore text\n", id="a mark that looks like the end of a block"),
    ],
)
def test_no_fix_closes_an_empty_block(findings, text):
    assert [(one.code, one.fix) for one in findings({"a.md": text}, "ST002")] == [("ST002", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("So that\n$$\na = b\n\nText", "So that\n$$\na = b\n$$\n\nText", id="the only block of the note"),
        pytest.param("$$\na\n$$\n\n$$\nb\n\nText", "$$\na\n$$\n\n$$\nb\n$$\n\nText", id="below a blank line"),
    ],
)
def test_math_that_begins_here_is_closed(fixed, text, expected):
    assert fixed({"a.md": text}, "ST002") == {"a.md": expected}


def test_a_block_that_its_list_ends_is_named_as_the_cause(findings):
    text = "- a\n$$\nb\n\n$$\nText\n" + "line\n" * 100 + "\n$$\nc\n$$\n"
    found = [one for one in findings({"a.md": text}, "ST002") if one.severity == "error"]
    assert [one.message.partition("; ")[2] for one in found] == [
        "the `$$` in line 2 opens a block that ends with its list or quote"
    ]
