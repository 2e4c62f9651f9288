"""Blocks: sections, list items and tasks, block ids, callouts, footnotes, comments, math (rules R36, R54 to R58).

What positions and parents look like was read from Obsidian's own cache of real notes.
"""

from __future__ import annotations

import pytest

from vaultkit.note.parse import parse_text


def sections(text: str) -> list[tuple[str, str]]:
    """Kind and text of each section."""
    return [(item.kind, text[item.start : item.end]) for item in parse_text(text).sections]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="an empty note"),
        pytest.param("\n \t\n", [], id="blank lines"),
        pytest.param("a\nb\n\nc", [("paragraph", "a\nb"), ("paragraph", "c")], id="paragraphs"),
        pytest.param("a\r\nb\r\n\r\nc\r\n", [("paragraph", "a\r\nb"), ("paragraph", "c")], id="with CRLF"),
        pytest.param("# A\nb", [("heading", "# A"), ("paragraph", "b")], id="heading"),
        pytest.param("A\n---\nb", [("heading", "A\n---"), ("paragraph", "b")], id="setext heading"),
        pytest.param("- a\n  - b\n\n1. c", [("list", "- a\n  - b"), ("list", "1. c")], id="lists: another mark, another list"),
        pytest.param("> a\nb\n\n> c", [("blockquote", "> a\nb"), ("blockquote", "> c")], id="quotes, one with a lazy line"),
        pytest.param("  > a", [("blockquote", "  > a")], id="a quote owns the spaces before its mark"),
        pytest.param("> [!tip] a\n> b", [("callout", "> [!tip] a\n> b")], id="R56 callout"),
        pytest.param("> > [!tip] a", [("blockquote", "> > [!tip] a")], id="R56 a callout in a quote leaves that a quote"),
        pytest.param("> a\n> [!tip] b", [("blockquote", "> a\n> [!tip] b")], id="R56 in its first line only"),
        pytest.param("```py\na\n```\nb", [("code", "```py\na\n```"), ("paragraph", "b")], id="fence"),
        pytest.param("x\n\n    a\n\n    b\n\ny", [("paragraph", "x"), ("code", "    a\n\n    b"), ("paragraph", "y")], id="indented code owns its indent"),
        pytest.param("| a |\n|---|\n| b |\n\nc", [("table", "| a |\n|---|\n| b |"), ("paragraph", "c")], id="table"),
        pytest.param("a\n\n***\n\nb", [("paragraph", "a"), ("thematicBreak", "***"), ("paragraph", "b")], id="rule"),
        pytest.param("<div>\na\n</div>\n\nb", [("html", "<div>\na\n</div>"), ("paragraph", "b")], id="HTML"),
        pytest.param("[^1]: a\n\n    b\n\nc", [("footnoteDefinition", "[^1]: a\n\n    b"), ("paragraph", "c")], id="footnote"),
        pytest.param("---\na: b\n---\nc", [("yaml", "---\na: b\n---"), ("paragraph", "c")], id="properties"),
        pytest.param("a\n$$\nb\n$$\nc", [("paragraph", "a"), ("math", "$$\nb\n$$"), ("paragraph", "c")], id="math"),
        pytest.param("a\n\n$$\nb\n\nc", [("paragraph", "a"), ("math", "$$\nb\n\nc")], id="math nobody closes runs to the end"),
        pytest.param("$$a$$\nb", [("paragraph", "$$a$$\nb")], id="math on one line is a paragraph"),
        pytest.param("a\n%%\n# b\n%%\nc", [("paragraph", "a"), ("comment", "%%\n# b\n%%"), ("paragraph", "c")], id="comment"),
        pytest.param("%% a %%\nb", [("paragraph", "%% a %%\nb")], id="a comment on one line is a paragraph"),
        pytest.param("%%a%%b", [("paragraph", "%%a%%b")], id="a comment before text is inline"),
        pytest.param("%%\na", [("comment", "%%\na")], id="a comment nobody closes runs to the end"),
        pytest.param("```\n%%\n$$\n```\na", [("code", "```\n%%\n$$\n```"), ("paragraph", "a")], id="marks in code open nothing"),
        pytest.param("[r]: a.md\n\nb", [("definition", "[r]: a.md"), ("paragraph", "b")], id="a link definition"),
    ],
)  # fmt: skip
def test_sections(text: str, expected: list[tuple[str, str]]) -> None:
    assert sections(text) == expected


def items(text: str) -> list[tuple[str, int]]:
    """Text and parent of each list item."""
    return [(text[item.start : item.end], item.parent) for item in parse_text(text).list_items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("- a\n- b", [("- a", -1), ("- b", -1)], id="root items at line 0 name -1"),
        pytest.param("x\n- a\n- b", [("- a", -1), ("- b", -1)], id="and so do those of a list at line 1"),
        pytest.param("x\n\n- a\n- b", [("- a", -2), ("- b", -2)], id="further down: minus the list's first line"),
        pytest.param("- a\n\t- b\n\t\t- c\n- d", [("- a", -1), ("- b", 0), ("- c", 1), ("- d", -1)], id="nested: the parent's line"),
        pytest.param("- a\n  - b\n  - c", [("- a", -1), ("- b", 0), ("- c", 0)], id="siblings name one parent"),
        pytest.param("# H\n- a\n\n# I\n- b", [("- a", -1), ("- b", -4)], id="each list of its own"),
        pytest.param("1. a\n2) b", [("1. a", -1), ("2) b", -1)], id="numbers; another mark is another list"),
        pytest.param("- a\n  b\nc", [("- a\n  b\nc", -1)], id="lines that belong to it, lazy ones too"),
        pytest.param("- a\n    - b", [("- a", -1), ("  - b", 0)], id="a bullet owns the spaces its parent leaves over"),
        pytest.param("- a\n     1. b", [("- a", -1), ("   1. b", 0)], id="and so does a number"),
        pytest.param("- a\n\n- b\n\nx", [("- a\n", -1), ("- b", -1)], id="a blank line before the next one belongs to it"),
        pytest.param("- a\n\n\n- b", [("- a\n", -1), ("- b", -1)], id="but only the first"),
        pytest.param("> - a\n>   - b\n", [("- a", -1), ("- b", 0)], id="in a quote"),
        pytest.param("- a\n- \n- c", [("- a", -1), ("- ", -1), ("- c", -1)], id="an empty one"),
        pytest.param("-a\n\n1.b", [], id="a mark needs a space"),
        pytest.param("%%\n- a\n%%", [], id="R36 not in a block comment"),
        pytest.param("- a\r\n  - b\r\n", [("- a", -1), ("- b", 0)], id="with CRLF"),
    ],
)  # fmt: skip
def test_list_items(text: str, expected: list[tuple[str, int]]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("- [ ] a\n* [x] b\n+ [-] c", [" ", "x", "-"], id="R58 any bullet, any character"),
        pytest.param("1. [ ] a\n2) [X] b", [" ", "X"], id="R58 numbers"),
        pytest.param("- [😀] a", ["😀"], id="R58 one character outside the basic plane"),
        pytest.param("- [ ]", [" "], id="R58 nothing behind the brackets"),
        pytest.param("- [ ]\ta", [" "], id="R58 a tab behind the brackets"),
        pytest.param("- [ ]a", [None], id="R58 no space behind the brackets"),
        pytest.param("- []  a\n- [xx] b", [None, None], id="R58 none or two characters"),
        pytest.param("- \\[ ] a", [None], id="an escaped bracket"),
        pytest.param("- [a](b.md)", [None], id="a link is none"),
        pytest.param("> - [x] a\n\n> [!todo]\n> - [ ] b", ["x", " "], id="in quotes and callouts"),
        pytest.param("- a\n  - [x] b", [None, "x"], id="nested"),
        pytest.param("- [ ] 1. a", [" ", None], id="to Obsidian a marker behind the brackets is a list of its own"),
        pytest.param("[ ] a", [], id="no list, no task"),
        pytest.param("```\n- [ ] a\n```", [], id="not in code"),
    ],
)
def test_tasks(text: str, expected: list[str | None]) -> None:
    assert [item.task for item in parse_text(text).list_items] == expected


def block_ids(text: str) -> list[tuple[str, str]]:
    """Each id with the text of the block it names."""
    note = parse_text(text)
    assert all(text[block.caret] == "^" for block in note.blocks)
    return [(block.id, text[block.start : block.end]) for block in note.blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a ^id", [("id", "a ^id")], id="R54 at the end of a paragraph"),
        pytest.param("a\nb ^id\n\nc", [("id", "a\nb ^id")], id="R54 of its last line"),
        pytest.param("a ^Id-2  \r\n", [("Id-2", "a ^Id-2  ")], id="R54 letters, digits, dashes; spaces may follow"),
        pytest.param("a ^id\nb", [], id="R54 not in the middle"),
        pytest.param("a ^id b", [], id="R54 not before other text"),
        pytest.param("a^id", [], id="R54 a space is needed"),
        pytest.param("a ^b_c\n\nd ^e.f\n\ng ^ß", [], id="R54 no underscore, no dot, Latin letters only"),
        pytest.param("a ^", [], id="a caret alone"),
        pytest.param("- a ^x\n  - b ^y\n- c", [("x", "- a ^x"), ("y", "- b ^y")], id="R54 of a list item"),
        pytest.param("# H ^h", [("h", "# H ^h")], id="of a heading"),
        pytest.param("a ^id\n# H", [("id", "a ^id")], id="before a block that interrupts"),
        pytest.param("> a\n\n^q", [("q", "> a")], id="R55 alone, it names the quote above"),
        pytest.param("| a |\n|---|\n\n^t\n", [("t", "| a |\n|---|")], id="R55 the table above"),
        pytest.param("- a\n- b\n\n^l", [("l", "- a\n- b")], id="R55 the list above"),
        pytest.param("> [!a] b\n\n^c", [("c", "> [!a] b")], id="R55 the callout above"),
        pytest.param("```\na\n```\n\n^k", [("k", "```\na\n```")], id="the code block above"),
        pytest.param("> a ^q", [("q", "> a ^q")], id="at the end of a quote"),
        pytest.param("^id", [("id", "^id")], id="with nothing above it names itself"),
        pytest.param("```\na ^id\n```", [], id="not in code"),
        pytest.param("$a ^id$\n\n$$\nb ^id\n$$", [], id="not in math"),
    ],
)
def test_block_ids(text: str, expected: list[tuple[str, str]]) -> None:
    assert block_ids(text) == expected


def test_sections_and_items_know_their_id() -> None:
    note = parse_text("a ^p\n\n- b ^i\n- c\n\n^l\n")
    assert [section.block_id for section in note.sections] == ["p", "l"]  # the lone id is no section
    assert [item.block_id for item in note.list_items] == ["i", None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("> [!note]", [("note", None)], id="R56 the plain case"),
        pytest.param("> [!WARNING] Hot", [("warning", None)], id="R56 case does not matter"),
        pytest.param("> [!faq]- a\n\n> [!faq]+ b", [("faq", "-"), ("faq", "+")], id="R56 folded, unfolded"),
        pytest.param("> [!my-own type] a", [("my-own type", None)], id="R56 unknown types are kept"),
        pytest.param(">[!tip]", [("tip", None)], id="no space needed"),
        pytest.param("> > [!tip] a", [("tip", None)], id="in a quote, which is none itself"),
        pytest.param("- > [!tip] a", [("tip", None)], id="in a list item"),
        pytest.param("> [!a]\n> > [!b]", [("a", None), ("b", None)], id="one in another"),
        pytest.param("> a\n> [!tip]", [], id="R56 in the first line only"),
        pytest.param("> [tip]\n\n[!tip]", [], id="no mark, no quote: no callout"),
        pytest.param("> [!]", [], id="no type"),
    ],
)
def test_callouts(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(callout.type, callout.fold) for callout in parse_text(text).callouts] == expected


@pytest.mark.parametrize(
    ("text", "references", "definitions"),
    [
        pytest.param("a[^1]\n\n[^1]: b", ["1"], ["1"], id="R57 the plain case"),
        pytest.param("a[^long-name]\n\n[^long-name]: b", ["long-name"], ["long-name"], id="R57 a name"),
        pytest.param("[^1]: a\n[^2]: b", [], ["1", "2"], id="two definitions"),
        pytest.param("a[^1]", ["1"], [], id="a reference without definition"),
        pytest.param("a[^b c]", [], [], id="R57 no spaces in an id"),
        pytest.param("a[^]", [], [], id="no id"),
        pytest.param("a^[b] c^[d]", [], ["[inline0", "[inline1"], id="R57 inline ones are numbered"),
        pytest.param(r"a\[^1]", [], [], id="escaped"),
        pytest.param("`[^1]`", [], [], id="in code"),
        pytest.param("a[^É]\n\n[^É]: b", ["É"], ["É"], id="as it is written"),
    ],
)
def test_footnotes(text: str, references: list[str], definitions: list[str]) -> None:
    note = parse_text(text)
    assert [reference.id for reference in note.footnote_refs] == references
    assert [definition.id for definition in note.footnotes] == definitions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a %% b %% c", ["%% b %%"], id="inline"),
        pytest.param("a %% b\nc %% d", ["%% b\nc %%"], id="over a line end"),
        pytest.param("a %% b\n\nc %% d", [], id="not over a blank line"),
        pytest.param("%%\na\n\nb\n%%", ["%%\na\n\nb\n%%"], id="a block, over blank lines"),
        pytest.param("a %%%% b", ["%%%%"], id="an empty one"),
        pytest.param("`%%` a %% b %%", ["%% b %%"], id="marks in code do not count"),
        pytest.param("100 %% a", [], id="a lone mark"),
        pytest.param("    %%\n    a\n    %%", [], id="indented code"),
    ],
)
def test_comments(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in parse_text(text).comments] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("`a` ``b``", [("code", "`a`"), ("code", "``b``")], id="R30 code spans"),
        pytest.param("```\na\n```", [("code", "```\na\n```")], id="R31 a fence"),
        pytest.param("$a$ and $$b$$", [("math", "$a$"), ("math", "$$b$$")], id="R33 inline math"),
        pytest.param("$$\na\n\nb\n$$", [("math", "$$\na\n\nb\n$$")], id="R33 a block, over blank lines"),
        pytest.param("it costs $5 or $6", [], id="R33 prices"),
        pytest.param("a $ b $", [], id="R33 no space inside the marks"),
        pytest.param("<b>a</b>", [("html", "<b>"), ("html", "</b>")], id="R35 tags, not what they hold"),
        pytest.param("<!-- a -->", [("html", "<!-- a -->")], id="R34 a comment"),
    ],
)
def test_where_syntax_is_dead(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(span.kind, text[span.start : span.end]) for span in parse_text(text).dead] == expected
