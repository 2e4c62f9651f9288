"""Reference definitions as a move sees them: those of CommonMark 4.7 are rewritten, running text never."""

from __future__ import annotations

import pytest

from vaultkit.refactor.plan import plan_move
from vaultkit.refactor.renaming import renaming
from vaultkit.vault.load import snapshot_of_texts as vault_of


def after(text: str, old: str = "Can.md", new: str = "Could.md") -> str:
    texts = {"t.md": text, "Can.md": ""}
    vault = vault_of(texts)
    move = plan_move(vault, renaming(vault, old, new), lambda path: texts[path].encode())
    return next((rewrite.after.decode() for rewrite in move.rewrites if rewrite.path == "t.md"), text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[Speaker]: Can we start?", id="words follow"),
        pytest.param("[1]: Can you see this?\n[2]: Can: a word", id="a footnote by hand"),
        pytest.param("Some text\n[1]: Can", id="the last line of a paragraph"),
        pytest.param("Some text\n[1]: Can\nmore", id="within a paragraph"),
        pytest.param("Some text\n[1]: Can 'title'", id="within a paragraph, with a title"),
        pytest.param("> Some text\n> [1]: Can", id="within a paragraph of a quote"),
        pytest.param("> Some text\n[1]: Can", id="a lazy line of a quote"),
        pytest.param("- Some text\n  [1]: Can", id="within a paragraph of a list item"),
        pytest.param("- Some text\n[1]: Can", id="a lazy line of a list item"),
        pytest.param("> [!note] Some text\n> [1]: Can", id="below the title of a callout"),
        pytest.param("[1]: Can 'no end", id="a title without an end"),
        pytest.param("[1]: Can 'title' more", id="words behind the title"),
        pytest.param("[1]: Can'title'", id="a title without a space"),
        pytest.param("[r]: Can.md\n'T' more", id="words behind a title on the next line"),
        pytest.param('[1]: Can"t do', id="quotes in a word"),
        pytest.param("[1] : Can", id="a space before the colon"),
        pytest.param("[^1]: Can", id="a footnote"),
        pytest.param("[ ]: Can", id="an empty label"),
        pytest.param("[a[b]: Can", id="a bracket in the label"),
        pytest.param("[1]: <Can", id="an angle bracket without its end"),
        pytest.param("[1]: <Can> you", id="words behind angle brackets"),
        pytest.param("[1]: (Can", id="an open bracket"),
        pytest.param("[1]:\n\nCan", id="a blank line before the destination"),
        pytest.param("[1]:\nCan you?", id="words on the next line"),
        pytest.param("`\n[1]: Can\n`", id="in code that spans lines"),
        pytest.param("```\n[1]: Can\n```", id="in a code block"),
        pytest.param("    [1]: Can", id="in an indented code block"),
        pytest.param("$$\n[1]: Can\n$$", id="in a formula"),
        pytest.param("<div>\n[1]: Can\n</div>", id="in HTML"),
        pytest.param("<!--\n[1]: Can\n-->", id="in a comment of HTML"),
        pytest.param("| a |\n|---|\n| [1]: Can |", id="in a cell"),
        pytest.param("> [!Can]: Can", id="the head of a callout"),
        pytest.param("Text [1]: Can", id="within a line"),
        pytest.param("\\[1]: Can", id="an escaped bracket"),
        pytest.param("[1]: https://Can.io/Can", id="an address of the web"),
    ],
)
def test_running_text_is_never_rewritten(text):
    assert after(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[r]: Can.md", "[r]: Could.md", id="plain"),
        pytest.param("[r]: Can", "[r]: Could", id="without extension"),
        pytest.param("[r]:Can.md", "[r]:Could.md", id="without a space"),
        pytest.param("[r]: Can.md#A%20b", "[r]: Could.md#A%20b", id="with a heading"),
        pytest.param("[r]: <Can.md>", "[r]: <Could.md>", id="angle brackets"),
        pytest.param("[r]: Can.md  ", "[r]: Could.md  ", id="blanks behind"),
        pytest.param("[r]: Can.md 'T'", "[r]: Could.md 'T'", id="single quotes"),
        pytest.param('[r]: Can.md "T"', '[r]: Could.md "T"', id="double quotes"),
        pytest.param("[r]: Can.md (T)", "[r]: Could.md (T)", id="round brackets"),
        pytest.param("[r]: Can.md\n'T'", "[r]: Could.md\n'T'", id="a title on the next line"),
        pytest.param("[r]: Can.md 'T\nU'", "[r]: Could.md 'T\nU'", id="a title of two lines"),
        pytest.param("[u]:\n  Can.md", "[u]:\n  Could.md", id="the destination on the next line"),
        pytest.param("> [u]:\n> Can.md", "> [u]:\n> Could.md", id="on the next line of a quote"),
        pytest.param("> [r]: Can.md", "> [r]: Could.md", id="in a quote"),
        pytest.param("> > [r]: Can.md", "> > [r]: Could.md", id="in a quote of a quote"),
        pytest.param("text\n> [r]: Can.md", "text\n> [r]: Could.md", id="a quote that interrupts a paragraph"),
        pytest.param("> [!note]\n>\n> [r]: Can.md", "> [!note]\n>\n> [r]: Could.md", id="in a callout"),
        pytest.param("- [r]: Can.md", "- [r]: Could.md", id="the head of a list item"),
        pytest.param("- text\n\n  [r]: Can.md", "- text\n\n  [r]: Could.md", id="in a list item"),
        pytest.param("1. text\n2. [r]: Can.md", "1. text\n2. [r]: Could.md", id="in a numbered item"),
        pytest.param("# H\n[r]: Can.md", "# H\n[r]: Could.md", id="below a heading"),
        pytest.param("text\n\n---\n[r]: Can.md", "text\n\n---\n[r]: Could.md", id="below a rule"),
        pytest.param("```\nx\n```\n[r]: Can.md", "```\nx\n```\n[r]: Could.md", id="below a code block"),
        pytest.param("[q]: x.md\n[r]: Can.md", "[q]: x.md\n[r]: Could.md", id="below another definition"),
        pytest.param(
            "[q]: https://x.io 'T'\n[r]: Can.md", "[q]: https://x.io 'T'\n[r]: Could.md", id="below a web one"
        ),
        pytest.param("[r]: Can.md\ntext", "[r]: Could.md\ntext", id="above a paragraph"),
        pytest.param("   [r]: Can.md", "   [r]: Could.md", id="three blanks before"),
        pytest.param("[a\\]b]: Can.md", "[a\\]b]: Could.md", id="an escaped bracket in the label"),
        pytest.param("---\na: 1\n---\n[r]: Can.md", "---\na: 1\n---\n[r]: Could.md", id="below the properties"),
        pytest.param("[r]: Can.md\r\n[s]: Can.md\r\n", "[r]: Could.md\r\n[s]: Could.md\r\n", id="CRLF"),
        pytest.param("[x][r] [[Can]]\n\n[r]: Can.md", "[x][r] [[Could]]\n\n[r]: Could.md", id="beside a wikilink"),
    ],
)
def test_definitions_are_rewritten(text, expected):
    assert after(text) == expected
    assert after(expected, "Can.md", "Zen.md") == expected, "another name is not touched"
