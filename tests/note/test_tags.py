"""Tags in the body and in properties (rules R40 to R45, read back from Obsidian 1.13)."""

from __future__ import annotations

import pytest

from vaultkit.note.parse import parse_text
from vaultkit.note.properties import property_tags


def tags(text: str) -> list[str]:
    note = parse_text(text)
    for tag in note.tags:
        assert text[tag.start : tag.end] == tag.tag
    return [tag.tag for tag in note.tags]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("#a", ["#a"], id="at the start of the note"),
        pytest.param("x #a-b_c/d", ["#a-b_c/d"], id="R40 dash, underscore, slash"),
        pytest.param("#naïve #日本 #ёж", ["#naïve", "#日本", "#ёж"], id="R40 letters of every script"),
        pytest.param("#🌱 #a🌱b", ["#🌱", "#a🌱b"], id="R40 emoji"),
        pytest.param("#👩‍🚀", ["#👩"], id="R40 a zero-width joiner ends it"),
        pytest.param("#a，b", ["#a，b"], id="R40 full-width punctuation is part of it"),
        pytest.param("#a§b", ["#a§b"], id="R40 symbols outside ASCII, too"),
        pytest.param("#a—b", ["#a"], id="R40 a dash of the General Punctuation block ends it"),
        pytest.param("#a⸀b", ["#a"], id="R40 so does Supplemental Punctuation"),
        pytest.param("#a. #b, #c! #d)", ["#a", "#b", "#c", "#d"], id="R40 ASCII punctuation ends it"),
        pytest.param("#a\\b #c`d", ["#a", "#c"], id="R40 backslash and backtick end it"),
        pytest.param("#a\u00a0b", ["#a"], id="R40 a no-break space ends it"),
        pytest.param("a\t#b\u00a0#c\u3000#d", ["#b", "#c", "#d"], id="R41 any white space may stand before it"),
        pytest.param("#a#b", ["#a", "#b"], id="R41 directly behind another tag"),
        pytest.param("##a", [], id="R41 a second # in front"),
        pytest.param("x#a (#b -#c \"#d /#e :#f", [], id="R41 any other character in front forbids it"),
        pytest.param("**#a** *#b* _#c_ ~~#d~~ ==#e==", ["#a", "#b", "#c", "#d", "#e"], id="R41 at the start of emphasis"),
        pytest.param("**x#a**", [], id="R41 not within emphasis"),
        pytest.param("[#a](b.md)", ["#a"], id="R41 at the start of a link's text"),
        pytest.param("[x #a](b.md)", ["#a"], id="R41 inside a link's text"),
        pytest.param("[x](b.md#c) [x](#c)", [], id="R41 never in a destination"),
        pytest.param("[[x #a]] [[#b]]", [], id="R41 never in a wikilink"),
        pytest.param("[x](https://a.org/#b) https://a.org/#c", [], id="R41 never in a URL"),
        pytest.param("|#a|x #b|\n|--|--|\n|#c|x#d|", ["#a", "#b", "#c"], id="R41 at the start of a table cell"),
        pytest.param("\\#a", [], id="R41 an escaped # is text"),
        pytest.param("\\*#a \\[#b", ["#a", "#b"], id="R41 behind an escaped character"),
        pytest.param(">#a\n> > #b", ["#a", "#b"], id="R41 behind the mark of a quote"),
        pytest.param("x >#a", [], id="R41 not behind a greater-than within the line"),
        pytest.param("#1 #123", [], id="R42 digits alone"),
        pytest.param("#1a #2024/05", ["#1a", "#2024/05"], id="R42 digits and something else"),
        pytest.param("#a/ #b//", ["#a", "#b"], id="R43 a trailing slash is no part of it"),
        pytest.param("#/", [], id="R43 nothing but a slash"),
        pytest.param("#/a", ["#/a"], id="R43 a leading slash is"),
        pytest.param("# a\n#\n#b c", ["#b"], id="a heading's mark is none"),
        pytest.param("# On #a", ["#a"], id="R44 in a heading"),
        pytest.param("- [ ] x #a", ["#a"], id="R44 in a task"),
        pytest.param("> [!note] #a\n> #b", ["#a", "#b"], id="R44 in a callout"),
        pytest.param("x[^1]\n\n[^1]: #a", ["#a"], id="R44 in a footnote"),
        pytest.param("%% #a %%\n\n%%\n#b\n%%", ["#a", "#b"], id="R44 in comments"),
        pytest.param("`#a` $#b$ <!-- #c --> <i id='#d'>", [], id="R44 not in code, math, comments of HTML, attributes"),
        pytest.param("```\n#a\n```\n$$\n#b\n$$", [], id="R44 not in blocks of code and math"),
        pytest.param("<div>\n#a\n</div>", [], id="R44 not in an HTML block"),
        pytest.param("<b>x</b> #a", ["#a"], id="R44 behind inline HTML"),
        pytest.param("---\na: '#x'\n---\n#b", ["#b"], id="R37 R44 not in a text property"),
        pytest.param("#a #A", ["#a", "#A"], id="R43 each as it is written"),
        pytest.param("_#a_b_", ["#a_b"], id="the closing mark of emphasis is no part of it"),
    ],
)  # fmt: skip
def test_body_tags(text: str, expected: list[str]) -> None:
    assert tags(text) == expected


def test_tags_in_comments_are_flagged() -> None:
    assert [(tag.tag, tag.in_comment) for tag in parse_text("#a %% #b %%").tags] == [("#a", False), ("#b", True)]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param("tags: [a, b/c]", ("a", "b/c"), id="a list"),
        pytest.param("tags:\n  - a\n  - '#b'", ("a", "b"), id="R45 a leading # is dropped"),
        pytest.param("tags: a", ("a",), id="R45 one text"),
        pytest.param("TAGS: [a]", ("a",), id="R45 the key in any case"),
        pytest.param("tags: a, b", (), id="R45 a text with a comma is invalid"),
        pytest.param("tags: [a, 'b, c']", ("a",), id="R45 in a list only that member"),
        pytest.param("tags: [a, 'b c']", ("a",), id="R45 a space is no part of a tag"),
        pytest.param("tags: [2024, a]", ("2024", "a"), id="a number is read as text"),
        pytest.param("tags:", (), id="nothing"),
        pytest.param("tags: [a, null, '']", ("a",), id="empty members"),
        pytest.param("tag: a", (), id="R45 the old key is not read"),
        pytest.param("tags: {a: b}", (), id="a mapping is none"),
        pytest.param("tags: true", (), id="a truth value is none"),
    ],
)
def test_property_tags(block: str, expected: tuple[str, ...]) -> None:
    assert property_tags(parse_text(f"---\n{block}\n---\n").properties) == expected
