"""What the score of a suggestion rises and falls with, and which kinds of wrong links it keeps out."""

from __future__ import annotations

from typing import Any

import pytest

from vaultkit.graph.evidence import LISTED, WRITTEN, Evidence, everyday, share_right
from vaultkit.graph.suggest import Suggestion, suggestions
from vaultkit.vault.load import snapshot_of_texts as vault_of

GOOD = {
    "linking": 8,
    "naming": 4,
    "common": 2,
    "links_back": False,
    "fit": 0.9,
    "topical": 0.7,
    "everyday": 0.0,
    "is_verb": False,
    "is_bare": False,
}


def score(**changed: Any) -> float:
    return share_right(Evidence(**(GOOD | changed)))


def test_good_evidence_is_written() -> None:
    assert score() > WRITTEN > LISTED


@pytest.mark.parametrize(
    "worse",
    [
        {"linking": 1},
        {"naming": 60},
        {"common": 0},
        {"fit": 0.2},
        {"topical": 0.4},
        {"everyday": 0.6},
        {"is_verb": True},
        {"is_bare": True},
    ],
    ids=str,
)
def test_each_evidence_counts(worse: dict[str, Any]) -> None:
    assert score(**worse) < score()


PHYSICS = {
    f"p{at}.md": "voltage resistance circuit charge ampere [[Electric current]] [[Resistance]]" for at in range(8)
} | {
    "Electric current.md": "---\naliases: [current]\n---\ncharge ampere circuit",
    "Resistance.md": "ohm voltage circuit",
}
METHODS = {f"m{at}.md": "writing outline draft habits routine" for at in range(12)}


def found(texts: dict[str, str], source: str, target: str) -> Suggestion:
    (item,) = (
        item
        for item in suggestions(vault_of(texts), lambda path: texts[path])
        if (item.source, item.target) == (source, target)
    )
    return item


def test_an_everyday_word_is_told_by_its_context() -> None:
    texts = PHYSICS | METHODS
    texts["right.md"] = "The current through the circuit, its [[Resistance]] and [[p1]], voltage and charge in ampere."
    texts["wrong.md"] = "My current method of writing: outline, draft, habits, routine."
    right, wrong = (found(texts, path, "Electric current.md") for path in ("right.md", "wrong.md"))
    assert right.evidence is not None
    assert wrong.evidence is not None
    assert right.evidence.fit > 0.5 > wrong.evidence.fit
    assert right.score >= LISTED
    assert wrong.score < min(WRITTEN, right.score - 0.05)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("process", 1, 1),
        ("States", 1, 1),
        ("movies", 1, 1),
        ("link is broken", 0.5, 0.7),
        ("limiting", 0.5, 0.9),
        ("Objekt", 0, 1),
        ("玩家", 1, 1),
        ("cosa", 1, 1),
        ("Adjacency matrix", 0, 0),
        ("eigenvalue", 0, 0),
        ("hashing", 0, 0),
        ("string theory of everything", 0, 0.7),
        ("神经网络", 0, 0),
    ],
)
def test_everyday_words(text: str, least: float, most: float) -> None:
    assert least <= everyday(text) <= most


def test_words_of_languages_without_a_list_are_doubtful() -> None:
    finnish = {f"n{at}.md": "kissa istuu talon katolla ja katsoo miten koira juoksee pihalla" for at in range(5)}
    assert everyday("kissa", is_listed=False) > everyday("kissa") == 0
    texts = finnish | {"Kissa.md": ""}
    item = found(texts, "n1.md", "Kissa.md")
    assert item.evidence is not None
    assert item.evidence.everyday == everyday("kissa", is_listed=False)


@pytest.mark.parametrize(
    ("body", "bare"),
    [
        ("", True),
        ("![image](p2623499790.jpg)\n\n---\n\nComment:", True),
        ("---\ntags: [film]\ncreated: 2024-01-01\n---\n> [!note]\n> Definition here", True),
        ("Zorb, the Zorb of all Zorbs", True),
        ("A machine that grinds zinc.", False),
        ("神经网络", False),
    ],
    ids=["empty", "picture only", "stub", "its own name only", "one sentence", "Chinese"],
)
def test_a_target_without_words_is_doubtful(body: str, bare: bool) -> None:
    item = found({"Zorb.md": body, "a.md": "The Zorb of all this."}, "a.md", "Zorb.md")
    assert item.evidence is not None
    assert item.evidence.is_bare is bare


@pytest.mark.parametrize("word", ["process", "settings", "paths"])
def test_an_everyday_word_that_nothing_speaks_for_is_not_listed(word: str) -> None:
    texts = {f"{word}.md": "", "a.md": f"The {word} of all this.", "b.md": "Some other text of the same vault."}
    assert found(texts, "a.md", f"{word}.md").score < LISTED


def test_the_score_is_the_same_for_one_note_and_for_all() -> None:
    texts = PHYSICS | METHODS | {"x.md": "charge and current of a circuit", "y.md": "the current draft and outline"}
    vault = vault_of(texts)
    every = {(item.source, item.target): item.score for item in suggestions(vault, lambda path: texts[path])}
    for path in ("x.md", "y.md", "Electric current.md"):
        for item in suggestions(vault, lambda path: texts[path], only=path):
            assert item.score == every[item.source, item.target]


@pytest.mark.parametrize(
    "text", ["View or restore it.", "To view nested ones.", "We view it.", "Then view the rest."], ids=str
)
def test_a_verb_is_no_plural(text: str) -> None:
    assert found({"Views.md": "", "a.md": text}, "a.md", "Views.md").score < LISTED


@pytest.mark.parametrize(
    "text",
    [
        '[a][r]\n\n[r]: http://x.y "Zorb"',
        "[r]: <http://x.y>\n  'the Zorb'",
        "[r]: note.md (Zorb)",
        '> [r]: http://x.y\n> "Zorb"',
        '[l](http://x.y "Zorb")',
        "the [[Grand Zorb machine]] is a Grand Zorb machine",
        "2. Zorb is the second",
        "> 2. Zorb",
        "  - Zorb: a marker",
    ],
    ids=[
        "title",
        "title on the next line",
        "title of a note",
        "in a quote",
        "title of a link",
        "in a longer term",
        "item number",
        "item number in a quote",
        "marker",
    ],
)
def test_places_that_are_no_mention(text: str) -> None:
    name = "2. Zorb" if "2." in text else "- Zorb" if "- Z" in text else "Zorb"
    texts = {f"{name}.md": "", "a.md": text}
    assert suggestions(vault_of(texts), lambda path: texts[path]) == ()


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Vector calculus", "all of vector calculus"),
        ("conjuntos de instruções", "os conjuntos de instruções"),
        ("信号量", "信号量的值"),
    ],
    ids=["English", "Portuguese", "Chinese"],
)
def test_a_name_within_a_term_that_others_link_to_is_no_mention(term: str, text: str) -> None:
    texts = {"Calculus.md": "", "Conjuntos.md": "", "信号.md": "", "a.md": text, "b.md": f"[[{term}]]"}
    assert suggestions(vault_of(texts), lambda path: texts[path]) == ()


def test_numbered_templates_neither_ask_nor_offer() -> None:
    texts = {"01 - Templates/Daily.md": "Zorb", "01 - Templates/Flimp.md": "", "Zorb.md": "", "a.md": "Zorb and Flimp"}
    assert {(item.source, item.target) for item in suggestions(vault_of(texts), lambda path: texts[path])} == {
        ("a.md", "Zorb.md")
    }


@pytest.mark.parametrize(
    ("linking", "least", "most"),
    [(0, 0.4, LISTED - 0.01), (15, 0.7, 1.0)],
    ids=["nobody links the shelf", "many link to it"],
)
def test_a_tag_is_worth_what_its_notes_link(linking: int, least: float, most: float) -> None:
    texts = {f"n{at}.md": "#object " + ("[[Object]]" if at < linking else "") for at in range(30)} | {"Object.md": ""}
    score = found(texts, "n29.md", "Object.md").score
    assert least <= score <= most


@pytest.mark.parametrize(
    ("text", "is_suggested"),
    [
        ("A theorem is proven.", True),
        ("ID:: <% tp.user.make_uuid() %>", False),
        ("<%* await tp.file.move('x') %>", False),
        ("# {{title}}\n{{date:YYYY-MM-DD}}", False),
        ("{{name}} and <% of a page %>", True),
    ],
    ids=["a note", "Templater", "Templater, a block", "Obsidian's templates", "other braces"],
)
def test_the_tag_of_a_template_is_the_kind_of_a_note(text: str, is_suggested: bool) -> None:
    texts = {"a.md": "#theorem", "b.md": "#theorem [[Theorem]]", "Kinds/Theorem.md": text}
    found = suggestions(vault_of(texts), lambda path: texts[path])
    assert [(item.source, item.kind) for item in found] == ([("a.md", "tag")] if is_suggested else [])
