"""Importing the same cards again changes nothing, whatever their text; names that every system takes."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from test_round_trip import cards

from vaultkit.cards.importers.model import ImportedCard
from vaultkit.cards.notes.merge import Merge, merge
from vaultkit.cards.notes.writing import Style, deck_tag, note_name
from vaultkit.cards.render.from_html import markdown_of
from vaultkit.cards.render.html import card_html

EXAMPLES = int(os.environ.get("VAULTKIT_EXAMPLES", "200"))


@pytest.mark.parametrize("style", ["plain", "heading"])
def test_a_second_import_is_the_same_text(style: Style) -> None:
    @settings(max_examples=EXAMPLES, deadline=None)
    @given(cards)
    def run(rows: list[tuple[str, str, str, bool]]) -> None:
        listed = [
            ImportedCard(front, back, 0, 0, 0, 0, n, kind=kind, tags=("t",) if tagged else ())
            for n, (front, back, kind, tagged) in enumerate(rows)
            if front or back
        ]
        names = {"deck": "D", "source": "D", "format_name": "csv", "sha256": "0" * 64}
        first = merge(None, listed, listed, {}, style=style, **names)
        known = {key: dict(value) for key, value in first.record.items()}
        second = merge(first.text, listed, listed, known, style=style, **names)
        assert second.text == first.text
        assert (second.written, second.updated, second.conflicts, second.gone) == (0, 0, (), ())
        assert second.record == first.record
        without_side_car = merge(first.text, listed, listed, {}, style=style, **names)
        assert without_side_car.text == first.text

    run()


def test_a_cloze_follows_its_source_unless_the_user_changed_it() -> None:
    names = {"deck": "D", "source": "D", "format_name": "apkg", "sha256": "0" * 64}
    old = [ImportedCard("==1;;Oslo== is cold", "", 0, 0, 0, 0, 1, kind="cloze", key="g1")]
    new = [ImportedCard("==1;;Oslo== is ==2;;cold==", "", 0, 0, 0, 0, 1, kind="cloze", key="g1")]
    first = merge(None, old, old, {}, **names)
    known = {key: dict(value) for key, value in first.record.items()}
    second = merge(first.text, new, new, known, **names)
    assert (second.updated, second.conflicts) == (1, ())
    assert "==1;;Oslo== is ==2;;cold== ^vk-" in second.text
    edited = first.text.replace("is cold", "is very cold")
    third = merge(edited, new, new, known, **names)
    assert (third.text, third.conflicts) == (edited, ("==1;;Oslo== is ==2;;cold==",))


@pytest.mark.parametrize(
    ("deck", "name", "tag"),
    [
        ("Generative AI", "Generative AI", "flashcards/generative-ai"),
        ("A::B/C", "A - B-C", "flashcards/a/b/c"),
        ("../../etc", "-..-etc", "flashcards/etc"),
        ("CON", "CON cards", "flashcards/con"),
        ('a<b>:"|?*#^[]', "ab", "flashcards/a-b"),
        ("🎴", "🎴", "flashcards"),
        ("", "Flashcards cards", "flashcards"),
        ("2024", "2024", "flashcards/n2024"),
        ("x" * 300, "x" * 120, "flashcards/" + "x" * 300),
    ],
)
def test_names(deck: str, name: str, tag: str) -> None:
    assert note_name(deck) == name
    assert deck_tag(deck) == tag


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a **b** *c* `d<` ==e==", "<p>a <strong>b</strong> <em>c</em> <code>d&lt;</code> <mark>e</mark></p>"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("- a\n    - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("```py\nx < 1\n```", '<pre><code class="language-py">x &lt; 1</code></pre>'),
        (
            "| a | b |\n| - | - |\n| 1 | 2 |",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
        ("$x^2$ and $$y$$", "<p>\\(x^2\\) and \\[y\\]</p>"),
        (
            "[[Note|word]] [[Other#Head]]",
            '<p><span class="link" data-to="Note">word</span> <span class="link" data-to="Other#Head">Other &gt; Head</span></p>',
        ),
        ("[x](javascript:alert(1))", '<p><span class="link">x</span></p>'),
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("> q", "<blockquote><p>q</p></blockquote>"),
        ("snake_case_name and 2 * 3 * 4", "<p>snake_case_name and 2 * 3 * 4</p>"),
    ],
)
def test_card_html(markdown: str, html: str) -> None:
    assert card_html(markdown) == html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("a<br>b&nbsp;&amp; c", "a\nb & c"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ('<img src="p q.png" width="30">[sound:s.mp3]', "![[p q.png|30]]![[s.mp3]]"),
        (r"\(x\) \[y\]", "$x$ $$y$$"),
        ("<script>x</script><style>y</style>z", "z"),
        ('<a href="https://e.org">w</a> <i>i</i> <u>u</u>', "[w](https://e.org) *i* <u>u</u>"),
        ("1 < 2 and a<b", "1 < 2 and a\\<b"),
    ],
)
def test_markdown_of_anki_html(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


@pytest.mark.parametrize("style", ["plain", "heading"])
def test_a_hint_follows_its_source_unless_the_user_changed_it(style: Style) -> None:
    def card(hint: str) -> list[ImportedCard]:
        return [ImportedCard("q", "a", 0, 0, 0, 0, 1, hint=hint)]

    def again(text: str, hint: str, known: dict[str, dict[str, str]]) -> Merge:
        return merge(text, card(hint), card(hint), known, style=style, **names)

    names = {"deck": "D", "source": "D", "format_name": "csv", "sha256": "0" * 64}
    first = merge(None, card("one"), card("one"), {}, style=style, **names)
    known = {key: dict(value) for key, value in first.record.items()}
    assert "(hint: one)" in first.text
    assert (again(first.text, "one", known).text, again(first.text, "one", {}).text) == (first.text, first.text)
    assert again(first.text, "two", known).text == first.text.replace("one", "two")
    assert "(hint" not in again(first.text, "", known).text
    mine = first.text.replace("one", "mine")
    assert (again(mine, "one", known).text, again(mine, "two", known).conflicts) == (mine, ("q",))


def test_a_table_of_html_keeps_its_rule() -> None:
    table = "Sizes\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"
    assert markdown_of(card_html(table)) == table
