"""The cards of a note, as people write them and as the plugin sees them."""

from __future__ import annotations

import pytest

from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.reader.read import invented, read_as_plugin, read_cards
from vaultkit.cards.settings import card_settings, settings_from
from vaultkit.note.parse import parse_note


def read(text: str, dialect: str = "vaultkit", settings: CardSettings | None = None) -> tuple[CardBlock, ...]:
    return read_cards("n.md", parse_note(text.encode()), text, settings or CardSettings(), dialect)  # type: ignore[arg-type]


def brief(text: str, dialect: str = "vaultkit", settings: CardSettings | None = None) -> list[tuple[str, str, str]]:
    return [(block.kind, block.front, block.back) for block in read(text, dialect, settings)]


DECK = "#flashcards\n\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Oslo::Norway", [("single-basic", "Oslo", "Norway")]),
        ("chat ::: cat", [("single-reversed", "chat", "cat")]),
        ("- [ ] task::done", [("single-basic", "task", "done")]),
        ("> quoted::yes", [("single-basic", "quoted", "yes")]),
        ("`std::vector` is::an array", [("single-basic", "`std::vector` is", "an array")]),
        ("| a::b | c |\n| --- | --- |\n| d::e | f |", []),
        ("$a::b$ and [[A::B]] and [due:: 2024] and (k:: v)", []),
        ("Why?\n?\nBecause", [("multi-basic", "Why?", "Because")]),
        ("a\n??\nb", [("multi-reversed", "a", "b")]),
        ("a\n?\nb\nc::d", [("multi-basic", "a", "b"), ("single-basic", "c", "d")]),
        ("q\n?\none\n<br>\ntwo", [("multi-basic", "q", "one\n\ntwo")]),
        ("q\n?\n\\?\nx :\\: y", [("multi-basic", "q", "?\nx :: y")]),
        ("Price::$\\$5$ each", [("single-basic", "Price", "$\\$5$ each")]),
        ("## H #card\nback\n\nmore\n### Sub\nx::y", [("heading", "H", "back\n\nmore\n### Sub\nx::y")]),
        ("## Think #card/spaced\n", [("heading-prompt", "Think", "")]),
        ("## H #card-reverse\nb", [("heading-reversed", "H", "b")]),
        ("Frage: Was?\nAntwort: Das", [("qa", "Was?", "Das")]),
        ("**Q1.** What?\n**A1.** That", [("qa", "What?", "That")]),
        ("问：什么？\n答：这个", [("qa", "什么？", "这个")]),
        ("Q: a?\nA: b\n\n- c\n\nProse.", [("qa", "a?", "b\n\n- c")]),
        ("Q::A", [("single-basic", "Q", "A")]),
        ("- What? [your answer here]", [("worksheet", "What?", "")]),
        ("> [!card]- T\n> b", [("callout", "T", "b")]),
        ("> [!anki-reverse] T\n> b", [("callout-reversed", "T", "b")]),
        ("%%\na::b\n%%\nc::d", [("single-basic", "c", "d")]),
        ("<!--\na::b\n-->\nc::d", [("single-basic", "c", "d")]),
        ("````\n```\na::b\n```\n````\nc::d", [("single-basic", "c", "d")]),
    ],
)
def test_kinds(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert brief(DECK + body) == expected


@pytest.mark.parametrize(
    ("body", "fronts"),
    [
        ("==a== and ==b==", ["[...] and b", "a and [...]"]),
        ("==1;;a== ==2;;b== ==1;;c==", ["[...] b [...]", "a [...] c"]),
        ("==3;;a== ==7;;b==", ["[...] b", "a [...]"]),
        ("==ah;;x== ==ha;;y==", ["[...] ...", "... [...]"]),
        ("==ash;;x== ==sah;;y==", ["[...] y", "x [...]"]),
        ("==x;;hint==", ["[hint]"]),
        ("`==a==` ==b==", ["`==a==` [...]"]),
        ("- one ==a==\n- two ==b==", ["- one [...]\n- two b", "- one a\n- two [...]"]),
    ],
)
def test_clozes(body: str, fronts: list[str]) -> None:
    (block,) = read(DECK + body)
    assert block.kind == "cloze"
    assert [card.front for card in block.cards] == fronts


@pytest.mark.parametrize(
    "body",
    [
        "status:: done",
        "Release date:: 2020",
        "[due:: 2024-01-01] and (a:: b)",
        "std::cout << x;",
        "Use std::move here",
        "call Foo::bar() twice",
        "fe80::1",
        "at 12::30 sharp",
        "| a::b | c |\n| - | - |\n| d::e | f |",
        "    int::x",
        "a ==highlight== and ==another==",
        "::: note",
    ],
)
def test_nothing_is_a_card_without_a_deck(body: str) -> None:
    assert brief(body + "\n") == []


def test_a_card_without_a_deck_is_kept_for_a_rule_to_say_so() -> None:
    (block,) = read("Capital of Peru::Lima\n")
    assert (block.decks, block.compat, block.why) == ((), "plugin-loses", "the note has no deck")


def test_decks_from_tags_properties_and_lines() -> None:
    text = "---\ntags: [flashcards/a]\n---\nq1::a\n\n#flashcards/b #flashcards/c\nq2::a\n#flashcards/d q3::a\nq4::a\n"
    assert [block.decks for block in read(text)] == [
        ("flashcards/a",),
        ("flashcards/b", "flashcards/c"),
        ("flashcards/d",),
        ("flashcards/b", "flashcards/c"),
    ]


@pytest.mark.parametrize(
    ("body", "compat"),
    [
        ("q::a", "same"),
        ("<!-- x -->\nq::a", "plugin-loses"),
        ("q\n?\na\nb::c", "plugin-loses"),
        ("`a::b` is::c", "plugin-loses"),
        ("- q::a\n  <!--SR:!2024-01-01,3,250-->", "plugin-differs"),
        ("Q: x\nA: y", "plugin-loses"),
    ],
)
def test_each_card_says_what_the_plugin_makes_of_it(body: str, compat: str) -> None:
    assert read(DECK + body)[0].compat == compat


def test_what_the_plugin_invents() -> None:
    text = DECK + "[[A::B]]\n\n%%\nx::y\n%%\n"
    note = parse_note(text.encode())
    seen = read_as_plugin("n.md", note, text, CardSettings())
    found = invented(seen, read_cards("n.md", note, text, CardSettings()))
    assert [(block.line, block.compat) for block in found] == [(3, "plugin-invents"), (6, "plugin-invents")]


def test_spans_point_at_the_two_sides_in_any_line_ends() -> None:
    text = DECK.replace("\n", "\r\n") + "- Front text:: back ^id\r\n<!--SR:!2024-01-01,3,250-->\r\n\r\nm\r\n?\r\nn\r\n"
    one, two = read(text)
    assert text[one.front_start : one.front_end] == "Front text"
    assert text[one.back_start : one.back_end] == "back"
    assert (one.block_id, one.line, one.end_line, one.schedules[0].interval) == ("^id", 3, 4, 3)
    assert (text[two.front_start : two.front_end], text[two.back_start : two.back_end]) == ("m", "n")


def test_the_plugins_settings_file_is_honoured(tmp_path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / ".obsidian/plugins/obsidian-spaced-repetition"
    folder.mkdir(parents=True)
    (folder / "data.json").write_text('{"settings": {"singleLineCardSeparator": ";;", "flashcardTags": ["#deck"]}}')
    settings, fault = card_settings(str(tmp_path))
    assert fault == ""
    assert brief("#deck\n\na;;b\nc::d", settings=settings) == [("single-basic", "a", "b")]
    (folder / "data.json").write_text("{broken")
    assert card_settings(str(tmp_path))[0] == CardSettings()
    assert card_settings(str(tmp_path))[1] != ""


def test_an_empty_separator_turns_its_kind_off() -> None:
    settings = settings_from({"singleLineCardSeparator": "", "multilineCardSeparator": ""})
    assert brief(DECK + "a::b\n\nq\n?\nx", settings=settings) == []


def test_end_marker_lets_an_answer_hold_blank_lines() -> None:
    settings = settings_from({"multilineCardEndMarker": "+++"})
    assert brief(DECK + "q\n?\na\n\n| x |\n+++\nafter", settings=settings) == [("multi-basic", "q", "a\n\n| x |")]


@pytest.mark.parametrize(
    "text", ["`" * 10_000, "a::" * 50_000, "==" * 50_000, "> " * 20_000 + "x", "?\n" * 20_000, "Q: " * 9_000]
)
def test_odd_text_makes_no_card_larger_than_its_note(text: str) -> None:
    """Also that it ends: a quadratic reader would take minutes over these."""
    for dialect in ("vaultkit", "osr"):
        for block in read(DECK + text, dialect):
            sides = (block.front,) if block.kind == "cloze" else (block.front, block.back)  # the same text, read twice
            assert sum(map(len, sides)) <= len(DECK + text)
