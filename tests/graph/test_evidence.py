"""What the score of a suggestion rises and falls with, and which kinds of wrong links it keeps out."""

from __future__ import annotations

from typing import Any

import pytest

from vaultkit.graph.evidence import LISTED, WRITTEN, Evidence, share_right
from vaultkit.graph.suggest import Suggestion, suggestions
from vaultkit.vault.load import vault_of

GOOD = {
    "linking": 8,
    "naming": 4,
    "common": 2,
    "links_back": False,
    "fit": 0.9,
    "specific": 1.0,
    "is_everyday_alias": False,
    "is_verb": False,
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
        {"specific": 0.4},
        {"is_everyday_alias": True},
        {"is_verb": True},
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
    texts["right.md"] = "The current through the circuit, its voltage and charge in ampere."
    texts["wrong.md"] = "My current method of writing: outline, draft, habits, routine."
    right, wrong = (found(texts, path, "Electric current.md") for path in ("right.md", "wrong.md"))
    assert right.evidence is not None
    assert wrong.evidence is not None
    assert right.evidence.fit > 0.5 > wrong.evidence.fit
    assert right.score >= LISTED
    assert wrong.score < min(WRITTEN, right.score - 0.05)


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
    ],
    ids=["title", "title on the next line", "title of a note", "in a quote", "title of a link", "in a longer term"],
)
def test_places_that_are_no_mention(text: str) -> None:
    texts = {"Zorb.md": "", "a.md": text}
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
