"""Links and embeds: what is one, what it names, where it stands (rules R10 to R38 of Obsidian's behaviour)."""

from __future__ import annotations

import pytest

from vaultkit.note.links import default_display, has_scheme, markdown_destination, split_size, wikilink_parts
from vaultkit.note.parse import parse_text


def seen(text: str) -> list[str]:
    """Each link as ``linktext`` or ``linktext | display``, with "!" before an embed."""
    return [
        ("!" if link.is_embed else "") + link.linktext + ("" if link.display is None else f" | {link.display}")
        for link in parse_text(text).links
    ]


def raw(text: str) -> list[str]:
    return [text[link.start : link.end] for link in parse_text(text).links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("See [[Cell]].", ["Cell"], id="the plain case"),
        pytest.param("[[a]][[b]]", ["a", "b"], id="two that touch"),
        pytest.param("[[Krebs cycle#Steps|the steps]]", ["Krebs cycle#Steps | the steps"], id="R11 a bar sets display text"),
        pytest.param("[[a|b|c]]", ["a | b|c"], id="R11 only the first bar separates"),
        pytest.param("[[a|]]", ["a | "], id="R11 an empty display text is one"),
        pytest.param("[[|b]]", ["|b"], id="R11 nothing before the bar: no split"),
        pytest.param("[[a\\|b]]", ["a | b"], id="R12 an escaped bar separates outside tables, too"),
        pytest.param("| x |\n|---|\n| [[a\\|b]] |", ["a | b"], id="R12 an escaped bar in a table cell"),
        pytest.param("[[a#b#c]]", ["a#b#c"], id="R13 the first # splits"),
        pytest.param("[[a#b/c]]", ["a#b/c"], id="R13 a slash behind # is the heading's"),
        pytest.param("[[#Below]]", ["#Below"], id="R82 a heading of this note"),
        pytest.param("[[a#^id]]", ["a#^id"], id="R13 a block"),
        pytest.param("[[ a ]]", ["a"], id="R15 spaces round the name do not count"),
        pytest.param("[[a  b]]", ["a  b"], id="R15 spaces inside the name do"),
        pytest.param("[[100%25]]", ["100%25"], id="R19 a wikilink is never percent-decoded"),
        pytest.param("[[https://a.org/x]]", ["https://a.org/x"], id="R20 a URL in double brackets is a name"),
        pytest.param("[[e\u0301t\u00e9]]", ["été"], id="R72 the linktext is kept in NFC"),
        pytest.param("<中文 [[a]]\n\n[[b]]", ["a", "b"], id="R35 a letter behind < opens no HTML instruction"),
        pytest.param("</é>\n[[a]] <!é> [[b]] é?> [[c]]", ["a", "b", "c"], id="R35 nor does one behind </ or <!"),
        pytest.param("x <é [[a]] é> [[b]]", ["a", "b"], id="R35 nor does one inside a line"),
        pytest.param("[[日本 語|にほんご]]", ["日本 語 | にほんご"], id="any script"),
        pytest.param("[[a]b]]", ["a]b"], id="R10 one closing bracket does not close"),
        pytest.param("[[[a]]", ["[a"], id="R10 a third opening bracket belongs to the name"),
        pytest.param("[[[a]]]", ["[a"], id="R10 of three closing ones the first two count"),
        pytest.param("[[a|[b]]]", ["a | [b"], id="R10 behind an open bracket, too"),
        pytest.param("[[[x] (y)]]", ["[x] (y)"], id="a name with brackets"),
        pytest.param("[[a [[b]]", ["b"], id="R10 an inner opening wins"),
        pytest.param("[[a\nb]]", [], id="R10 never over a line end"),
        pytest.param("[[1, 2],\n [3, 4]]", [], id="R10 an array over two lines"),
        pytest.param("[[]]", [], id="R10 empty brackets"),
        pytest.param("[[  ]]", [], id="R10 nothing but spaces"),
        pytest.param("[[a\n[[b]]", ["b"], id="R10 one that is not closed harms nothing after it"),
        pytest.param("[[a] and [[b]]", ["b"], id="R10 nor on the same line"),
        pytest.param(r"\[[a]]", [], id="R24 an escaped first bracket"),
        pytest.param(r"\[\[a\]\]", [], id="R24 all brackets escaped"),
        pytest.param(r"\\[[a]]", ["a"], id="R24 an escaped backslash escapes nothing"),
    ],
)  # fmt: skip
def test_wikilinks(text: str, expected: list[str]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("![[a.png]]", ["!a.png"], id="R16 a picture"),
        pytest.param("![[Note#Part]]", ["!Note#Part"], id="R16 a part of a note"),
        pytest.param("!![[a]]", ["!a"], id="R16 two marks, one counts"),
        pytest.param("! [[a]]", ["a"], id="R16 a space between mark and brackets"),
        pytest.param(r"\![[a]]", ["a"], id="R24 an escaped mark leaves a link"),
        pytest.param("![[a.pdf#page=3]]", ["!a.pdf#page=3"], id="R18 the viewer's page"),
        pytest.param("![[a.png|100]]", ["!a.png | 100"], id="R17 the width is a display text here"),
        pytest.param("[![alt](p.png)](note.md)", ["note.md | alt", "!p.png | alt"], id="a picture that is a link"),
        pytest.param("![[a]](b.md)", ["!a"], id="no Markdown link out of a wiki embed"),
    ],
)  # fmt: skip
def test_embeds(text: str, expected: list[str]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[t](a.md)", ["a.md | t"], id="R19 the plain case"),
        pytest.param("[](a.md)", ["a.md | "], id="R19 without text"),
        pytest.param("[t](My%20note.md)", ["My note.md | t"], id="R19 percent escapes are decoded"),
        pytest.param("[t](<My note.md>)", ["My note.md | t"], id="R19 angle brackets allow spaces"),
        pytest.param("[t](My note.md)", [], id="R19 a bare space forbids the link"),
        pytest.param('[t](a.md "Title (x)")', ["a.md | t"], id="R19 a title"),
        pytest.param("[t](a(1).md)", ["a(1).md | t"], id="R19 balanced parentheses"),
        pytest.param(r"[t](a\(1.md)", ["a(1.md | t"], id="R19 an escaped parenthesis"),
        pytest.param("[t](a&amp;b.md)", ["a&b.md | t"], id="R19 an entity"),
        pytest.param("[t](a.md#Some%20part)", ["a.md#Some part | t"], id="R19 escapes in the subpath"),
        pytest.param("[t](C%23%20notes.md#x)", ["C# notes.md#x | t"], id="R19 %23 is a letter of the name"),
        pytest.param("[t](#Part)", ["#Part | t"], id="R82 a heading of this note"),
        pytest.param("[t](caf%C3%A9.md)", ["café.md | t"], id="R19 escapes are UTF-8"),
        pytest.param("[t](50%.md)", ["50%.md | t"], id="R19 a lone percent sign stays"),
        pytest.param("[t]()", [], id="R19 an empty destination"),
        pytest.param("[t](<>)", [], id="R19 an empty destination in angle brackets"),
        pytest.param("[t](https://a.org)", [], id="R20 a URL"),
        pytest.param("[t](mailto:me@a.org)", [], id="R20 a mail address"),
        pytest.param("[t](obsidian://open?vault=x)", [], id="R20 a scheme of an app"),
        pytest.param("<me@a.org> <https://a.org>", [], id="R20 autolinks"),
        pytest.param("[t](C:/x.md)", [], id="R20 a colon makes it external"),
        pytest.param("[a]([https://a](https://b/c.md))", [], id="a link in a destination"),
        pytest.param("![t](a.png)", ["!a.png | t"], id="R21 an embed"),
        pytest.param("![t|100x50](a.png)", ["!a.png | t|100x50"], id="R21 its size stands in the text"),
        pytest.param(r"\[t](a.md)", [], id="R24 an escaped bracket"),
        pytest.param("[t][r]\n\n[r]: a.md", [], id="R22 a reference is kept apart"),
        pytest.param("[^1](a.md)", ["a.md | ^1"], id="a Markdown link, no footnote"),
        pytest.param("[[t]](a.md)", ["t"], id="a wikilink before parentheses stays one"),
    ],
)
def test_markdown_links(text: str, expected: list[str]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# On [[a]]", ["a"], id="R25 heading"),
        pytest.param("- x\n    - [ ] [[a]]", ["a"], id="R25 nested task"),
        pytest.param("> > [[a]]", ["a"], id="R25 quote in a quote"),
        pytest.param("> [!tip] [[a]]\n> [[b]]", ["a", "b"], id="R25 callout, title and body"),
        pytest.param("| [[a]] | b |\n| --- | --- |\n| c | [[d]] |", ["a", "d"], id="R25 table, head and body"),
        pytest.param("x[^1]\n\n[^1]: [[a]]", ["a"], id="R25 footnote definition"),
        pytest.param("x ^[see [[a]]]", ["a"], id="R25 inline footnote"),
        pytest.param("**[[a]]** *[[b]]* ~~[[c]]~~ ==[[d]]==", ["a", "b", "c", "d"], id="R25 R59 emphasis"),
        pytest.param("<b>[[a]]</b><br>[[b]]", ["a", "b"], id="R25 between inline HTML tags"),
        pytest.param("%% [[a]] %%", ["a"], id="R36 inline comment"),
        pytest.param("%%\n[[a]]\n%%", ["a"], id="R36 block comment"),
        pytest.param("`[[a]]`", [], id="R30 code span"),
        pytest.param("``[[a]] ` [[b]]``", [], id="R30 code span of two backticks"),
        pytest.param("`x\n[[a]]`", [], id="R30 code span over a soft line break"),
        pytest.param("`x\n\n[[a]]`", ["a"], id="R30 no code span over a blank line"),
        pytest.param("` [[a]]", ["a"], id="R30 one backtick opens nothing"),
        pytest.param("```\n[[a]]\n```\n[[b]]", ["b"], id="R31 fence"),
        pytest.param("~~~\n[[a]]\n```\n~~~\n[[b]]", ["b"], id="R31 a fence closes with its own character"),
        pytest.param("````\n```\n[[a]]\n````\n[[b]]", ["b"], id="R31 and at least its length"),
        pytest.param("```\n[[a]]\n``` x\n[[b]]", [], id="R31 nothing may stand behind the closing fence"),
        pytest.param("- x\n  ```\n  [[a]]\n  ```\n  [[b]]", ["b"], id="R31 fence in a list"),
        pytest.param("> ```\n> [[a]]\n\n[[b]]", ["b"], id="R31 a fence ends with the quote it stands in"),
        pytest.param("x\n\n    [[a]]\n\ny [[b]]", ["b"], id="R32 indented code"),
        pytest.param("x\n    [[a]]", ["a"], id="R32 no indented code inside a paragraph"),
        pytest.param("- x\n\n    [[a]]", ["a"], id="R32 in a list the indent is nesting"),
        pytest.param("$[[a]]$", [], id="R33 inline math"),
        pytest.param("$$\n[[a]]\n$$\n[[b]]", ["b"], id="R33 math block"),
        pytest.param("$5 [[a]] $6", ["a"], id="R33 prices are no math"),
        pytest.param("x <!-- [[a]] --> [[b]]", ["b"], id="R34 HTML comment, inline"),
        pytest.param("<!-- [[a]] --> [[b]]", [], id="R34 at a line's start its whole last line is HTML"),
        pytest.param("<!--\n[[a]]\n\n-->\n\n[[b]]", ["b"], id="R34 HTML comment, block"),
        pytest.param("<div>\n[[a]]\n\n[[b]]", ["b"], id="R35 an HTML block runs to the blank line"),
        pytest.param('<i title="[[a]]">[[b]]</i>', ["b"], id="R35 attributes"),
        pytest.param("---\na: '[[x]]'\n---\n[[b]]", ["b"], id="R37 properties are no body text"),
        pytest.param("```dataview\nLIST FROM [[a]]\n```", [], id="R38 queries are code"),
        pytest.param("```mermaid\ngraph\nA[[a]]\n```", [], id="R38 diagrams are code"),
        pytest.param("text $$\n[[a]]\n$$\n[[b]]", ["a"], id="the last $$ opens a block to the end of the note"),
        pytest.param("[[`a]]`", ["`a"], id="what begins first wins: a link swallows a backtick"),
    ],
)
def test_where_links_live(text: str, expected: list[str]) -> None:
    assert [link.linkpath for link in parse_text(text).links] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ab [[c|d]] e", ["[[c|d]]"], id="the brackets belong to it"),
        pytest.param("ab ![[c]] e", ["![[c]]"], id="and the mark of an embed"),
        pytest.param("😀 [[é]]", ["[[é]]"], id="offsets count characters, not bytes"),
        pytest.param("a\r\n[[b]]\r\n", ["[[b]]"], id="a carriage return is a character"),
        pytest.param("> [t](<a b.md>)", ["[t](<a b.md>)"], id="a Markdown link in a quote"),
        pytest.param("---\na: b\n---\n[[c]]", ["[[c]]"], id="behind properties"),
        pytest.param("%%\n[[c]]\n%%\n[[d]]", ["[[c]]", "[[d]]"], id="in and behind a block comment"),
    ],
)
def test_positions(text: str, expected: list[str]) -> None:
    assert raw(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[[a#b|c]]", "a#b", id="wikilink"),
        pytest.param("[[ a |c]]", " a ", id="the spaces round it belong to it"),
        pytest.param("[[a\\|c]]", "a", id="a backslash before the bar does not"),
        pytest.param("![c](<a b.md> 'x')", "a b.md", id="angle brackets do not"),
        pytest.param("[c](a%20b.md#d)", "a%20b.md#d", id="as it is written"),
    ],
)
def test_where_the_target_is_written(text: str, expected: str) -> None:
    (link,) = parse_text(text).links
    assert text[link.target_start : link.target_end] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("%%[[a]]%% [[b]]", [True, False], id="inline"),
        pytest.param("%%\n[[a]]\n\n[t](c.md)\n%%\n[[b]]", [True, True, False], id="block, over blank lines"),
        pytest.param("%% x [[a]]\n\n[[b]]", [True, True], id="at a line's start it runs to the end of the note"),
        pytest.param("x %% [[a]]\n\n[[b]] %%", [False, False], id="within a line it does not cross a blank line"),
        pytest.param("`%%` [[a]] %%", [False], id="marks in code open nothing"),
    ],
)
def test_links_in_comments_are_flagged(text: str, expected: list[bool]) -> None:
    assert [link.in_comment for link in parse_text(text).links] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("see [[a", [("unclosed-wikilink", "[[a", "a")], id="to the line's end"),
        pytest.param("see [[a] b", [("unclosed-wikilink", "[[a]", "a")], id="one bracket short"),
        pytest.param("[[a [[b]]", [("unclosed-wikilink", "[[a", "a")], id="before another link"),
        pytest.param("![[a.png] b", [("unclosed-embed", "![[a.png]", "a.png")], id="an embed"),
        pytest.param("[[]] [t]()", [("empty-link", "[[]]", ""), ("empty-link", "[t]()", "t")], id="empty links"),
        pytest.param("[t](a b.md)", [("unencoded-destination", "[t](a b.md)", "a b.md")], id="a raw space"),
        pytest.param("![t](a b.png)", [("unencoded-destination", "![t](a b.png)", "a b.png")], id="in an embed"),
        pytest.param("[t](https://a b)", [], id="a URL with a space is none of the vault's"),
        pytest.param("x\n```\ny", [("unclosed-fence", "```", "")], id="a fence"),
        pytest.param("x\n\n$$\ny", [("unclosed-math", "$$", "")], id="a math block"),
        pytest.param("x\n\n%%\ny", [("unclosed-comment", "%%", "")], id="a comment"),
        pytest.param("<!-- y", [("unclosed-html-comment", "<!--", "")], id="an HTML comment"),
        pytest.param("`[[a` ``` x", [], id="nothing in code"),
        pytest.param("[[Guide] to git](https://a.org)", [], id="a bracket in the text of a real link"),
    ],
)
def test_what_only_looks_like_a_link(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(item.kind, text[item.start : item.end], item.text) for item in parse_text(text).malformed]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "definitions", "uses"),
    [
        pytest.param("[t][r]\n\n[r]: a%20b.md#c", [("r", "a b.md", "#c")], [("r", "t")], id="R22 full"),
        pytest.param("[r][]\n\n[r]: <a b.md>", [("r", "a b.md", "")], [("r", "r")], id="R22 collapsed"),
        pytest.param("[r]\n\n[r]: a.md 'Title'", [("r", "a.md", "")], [("r", "r")], id="R22 shortcut"),
        pytest.param("[r]\n\n[r]: https://a.org", [], [("r", "r")], id="R20 a URL is not of the vault"),
        pytest.param("[t][r]", [], [], id="no definition, no link"),
        pytest.param("```\n[r]: a.md\n```", [], [], id="R31 not in code"),
        pytest.param("x[^r]\n\n[^r]: a.md", [], [], id="R57 a footnote is none"),
    ],
)
def test_reference_links(text: str, definitions: list[tuple[str, str, str]], uses: list[tuple[str, str]]) -> None:
    note = parse_text(text)
    assert [(item.id, item.linkpath, item.subpath) for item in note.reference_definitions] == definitions
    assert [(item.id, item.display) for item in note.reference_links] == uses


def test_external_links_are_kept_apart() -> None:
    note = parse_text("[a](https://a.org/x) ![b](http://b.org/c.png) <https://c.org>")
    assert [(link.destination, link.is_embed) for link in note.external_links] == [
        ("https://a.org/x", False),
        ("http://b.org/c.png", True),
    ]


@pytest.mark.parametrize(
    ("linktext", "expected"),
    [
        pytest.param("A", "A", id="a name"),
        pytest.param("A#B#C", "A > B > C", id="R14 each # is shown as >"),
        pytest.param("#B", "B", id="R14 a leading one is dropped"),
        pytest.param("x/A.md", "x/A.md", id="R14 folders and extension stay"),
        pytest.param("A#^id", "A > ^id", id="R14 a block keeps its caret"),
    ],
)
def test_default_display(linktext: str, expected: str) -> None:
    assert default_display(linktext) == expected


@pytest.mark.parametrize(
    ("display", "expected"),
    [
        pytest.param(None, (None, None), id="no bar"),
        pytest.param("300", (None, (300, None)), id="R17 width"),
        pytest.param("300x200", (None, (300, 200)), id="R17 width and height"),
        pytest.param("a cat|300", ("a cat", (300, None)), id="R17 text, then width"),
        pytest.param("a cat\\|300", ("a cat", (300, None)), id="R12 in a table"),
        pytest.param("300|200", ("300", (200, None)), id="R17 only the last field is a size"),
        pytest.param("a cat", ("a cat", None), id="R17 text only"),
        pytest.param("300px", ("300px", None), id="R17 digits only"),
        pytest.param("300X200", ("300X200", None), id="R17 a small x only"),
        pytest.param("x200", ("x200", None), id="R17 a height alone is none"),
        pytest.param("300|", ("300|", None), id="R17 an empty last field"),
        pytest.param("٣٠٠", ("٣٠٠", None), id="R17 digits of other scripts are text"),
    ],
)
def test_split_size(display: str | None, expected: tuple[object, object]) -> None:
    assert split_size(display) == expected


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        pytest.param("a.md", ("a.md", ""), id="a name"),
        pytest.param("a%2Fb.md", ("a/b.md", ""), id="an encoded slash"),
        pytest.param("a%23b.md#c%23d", ("a#b.md", "#c#d"), id="R19 the split comes before the decoding"),
        pytest.param("%ff.md", ("\ufffd.md", ""), id="an escape that is no UTF-8"),
        pytest.param("  ", None, id="blank"),
        pytest.param("tel:123", None, id="R20 a scheme"),
        pytest.param("x_y:z", None, id="R20 a scheme that a plugin registers"),
    ],
)
def test_markdown_destination(destination: str, expected: tuple[str, str] | None) -> None:
    assert markdown_destination(destination) == expected


@pytest.mark.parametrize("destination", ["https:x", "a b:c", "1a:c", "d:c", "#a:", ":"])
def test_a_destination_with_a_colon_is_external(destination: str) -> None:
    assert has_scheme(destination)
    assert markdown_destination(destination) is None


def test_wikilink_parts_tells_how_much_of_the_content_is_linktext() -> None:
    assert wikilink_parts("a\\|b|c") == ("a", "", "b|c", 1)
    assert wikilink_parts("a") == ("a", "", None, 1)
