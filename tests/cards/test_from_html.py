"""Anki's HTML as Markdown: markup, plain text that looks like Markdown, gaps, and the way back."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.cards.importers.anki_notes import card_of
from vaultkit.cards.render.from_html import markdown_of
from vaultkit.cards.render.gaps import gapped
from vaultkit.cards.render.html import field_html


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        pytest.param("<div>a</div><div>b</div>", "a\nb", id="lines of Anki's editor"),
        pytest.param("a<div>b</div><div><br></div><div>c</div>", "a\nb\n\nc", id="an empty line of it"),
        pytest.param("a<br><br>b", "a\n\nb", id="breaks"),
        pytest.param("<b>bold </b><i> it</i>", "**bold**  *it*", id="space stays outside of the signs"),
        pytest.param("<b>a<br></b>c <b>x</b><b>y</b>", "**a**\nc **xy**", id="a break in bold, bold beside bold"),
        pytest.param("<b>a</b><i>b</i> x<b>(y)</b>z", "<b>a</b><i>b</i> x<b>(y)</b>z", id="tags where signs are not read"),
        pytest.param("<b>a<br><br>b</b>", "**a**\n\n**b**", id="bold over paragraphs"),
        pytest.param("What is &lt;b&gt; for? vector&lt;int&gt;", "What is \\<b> for? vector\\<int>", id="tags as text"),
        pytest.param("__init__ a_b *x* 2 * 3", r"\_\_init\_\_ a_b \*x\* 2 * 3", id="signs of emphasis as text"),
        pytest.param("$5 and $6", r"\$5 and \$6", id="two dollars"),
        pytest.param("only $5", "only $5", id="one dollar"),
        pytest.param("[[x]] [a](b) [c]", r"\[[x]] \[a](b) [c]", id="brackets as text"),
        pytest.param("`c` x==y==z ~~a~~", r"\`c\` x\==y\==z \~~a\~~", id="other signs as text"),
        pytest.param(r"C:\temp \* \x", r"C:\temp \\\* \x", id="backslashes"),
        pytest.param("&amp;lt; &amp; AT&amp;T", r"\&lt; & AT&T", id="entities as text"),
        pytest.param("<table><tr><td>a</td><td>b|c</td></tr><tr><td>1</td><td>2<br>3</td></tr></table>", "| a | b\\|c |\n| --- | --- |\n| 1 | 2<br>3 |", id="cells with pipes and breaks"),
        pytest.param('<table><tr><td><img src="p.png" width=30></td></tr></table>', "| ![[p.png\\|30]] |\n| --- |", id="a picture in a cell"),
        pytest.param("[latex]$x^2$[/latex] [$]y[/$] [$$]z[/$$]", "$$x^2$$ $y$ $$z$$", id="Anki's older formulas"),
        pytest.param(r"\(a &lt; b<br>c\) \[x_1 * y\]", "$a < b c$ $$x_1 * y$$", id="formulas"),
        pytest.param(r"<code>\(x\)</code> <pre>a_b *c*</pre>", "`\\(x\\)`\n```\na_b *c*\n```", id="nothing in code"),
        pytest.param("x<ol start=3><li>a</li><li>b</li></ol>", "x\n\n3. a\n4. b", id="a list that begins with 3"),
        pytest.param('<img src="my%20pic.png">[sound:a.mp3]', "![[my pic.png]]![[a.mp3]]", id="media"),
        pytest.param('<a href="https://e.org/a_b">https://e.org/a_b</a>', "https://e.org/a_b", id="an address"),
        pytest.param('<a href="javascript:x">w</a>', "w", id="a script"),
    ],
)  # fmt: skip
def test_markdown_of(markup: str, markdown: str) -> None:
    assert markdown_of(markup) == markdown


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("{{c1::Oslo::city}} is {{c2::cold}}", "==1;;Oslo;;city== is ==2;;cold=="),
        ("multi {{c1::line 1<br>line 2}}", "multi ==1;;line 1<br>line 2=="),
        ("only {{c3::x}} and {{c7::y}}", "only ==1;;x== and ==2;;y=="),
        (r"\(a = {{c1::b}}\)", "==1;;$a = b$=="),
        (r"{{c1::\(\frac{1}{x}\)}} y", r"==1;;$\frac{1}{x}$== y"),
        (r"{{c1::\frac{1}{2}}}", r"==1;;\frac{1}{2}=="),
        ("{{c1::<ul><li>a</li><li>b</li></ul>}}", "- ==1;;a==\n- ==1;;b=="),
        ("{{c1::a == b}}", r"==1;;a =\= b=="),
        ("{{c1::{{c2::x::...}}}} {{c2::y}}", "==ah;;x== ==sa;;y=="),
        ("{{c1::<b>x</b>}} <b>{{c2::y}}</b>", "==1;;**x**== **==2;;y==**"),
        ("{{c1::a}} and {{c1::open", "==1;;a== and {{c1::open"),
    ],
)
def test_gaps(markup: str, markdown: str) -> None:
    assert markdown_of(gapped(markup).field) == markdown


@pytest.mark.parametrize(
    ("fields", "names", "label", "reversed_", "expected"),
    [
        (["q", "a", ""], ["Front", "Back", "Add Reverse"], "Basic (optional reversed card)", False, ("basic", "q", "a", [])),
        (["q", "a", "y"], ["Front", "Back", "Add Reverse"], "Basic (optional reversed card)", True, ("reversed", "q", "a", [])),
        (["q", "a", "y"], ["Vorne", "Hinten", "Rückwärts"], "Einfach (optional)", True, ("reversed", "q", "a", [])),
        (["q", "a"], ["Front", "Back"], "Basic (type in the answer)", False, ("basic", "q", "a", [])),
        (["q", "a", "more"], ["Front", "Back", "Note"], "Mine", False, ("basic", "q", "a\n\nmore", ["1 further field of note type 'Mine' was added to the answer"])),
        (["{{c1::image-occlusion:rect:left=.1}}", '<img src="p.png">', "H", "why", ""], ["Occlusion", "Image", "Header", "Back Extra", "Comments"], "Image Occlusion", False, ("basic", "H\n![[p.png]]", "why", ["its image masks were skipped"])),
        (["a {{c1::b}}", "extra"], ["Text", "Back Extra"], "Cloze", False, ("cloze", "a ==1;;b==", "extra", [])),
    ],
)  # fmt: skip
def test_note_types(fields, names, label, reversed_, expected) -> None:  # type: ignore[no-untyped-def]
    card, remarks = card_of(fields, names, label, is_cloze=label == "Cloze", is_reversed=reversed_)
    assert (card.kind, card.front, card.back, remarks) == expected


_PIECES = st.sampled_from(
    ["word", "two words", "*", "_", "**", "`", "$", "$x$", "==", "==a==", "[[", "]]", "[a](b)", "<b>", "&lt;", "&", "\\", "|", "~~", "#", "::", " ", "\n", "1.", "- "]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_plain_text_of_anki_comes_back_as_it_was(text: str) -> None:
    """Text without markup: Anki shows the same words after the way through a note."""
    shown = text.replace("\n", " ")
    if re.match(r"\s*(?:[-+*>#|]|\d+[.)])", shown) or "$$" in shown or "\\" in shown:
        return  # what begins like a block is one in Obsidian, too
    field = html.escape(shown, quote=False)
    back = field_html(markdown_of(field))
    plain = html.unescape(re.sub(r"<[^>]*>", "", back))
    assert plain.replace("\u2060", "").split() == shown.split()
