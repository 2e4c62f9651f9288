"""What is wrong with a card, and which cards ask the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.cards.checks.phrases import whole_placeholder
from vaultkit.cards.checks.problems import CHECKS, problems_of, status_of, suspicions
from vaultkit.cards.checks.schedules import stray_schedules
from vaultkit.cards.checks.sides import export_boilerplate
from vaultkit.cards.checks.syntax import broken_separators
from vaultkit.cards.checks.twins import find_twins, is_typing_error
from vaultkit.cards.model import Card, CardBlock, CardSettings
from vaultkit.cards.reader.exports_in_notes import export_cards
from vaultkit.cards.reader.read import read_cards
from vaultkit.note.parse import parse_note


def read(text: str) -> tuple[CardBlock, ...]:
    return read_cards("n.md", parse_note(text.encode()), text, CardSettings())


def card(front: str, back: str) -> tuple[str, CardBlock]:
    text = f"#flashcards\n\n{front}\n?\n{back}\n"
    (block,) = read(text)
    return text, block


@pytest.mark.parametrize(
    ("front", "back", "expected"),
    [
        ("What?", "That.", []),
        ("What?", "", [("empty-answer", "")]),
        ("What?", "<br>", [("empty-answer", "<br>")]),
        ("What?", "![[a.png]]", []),
        ("What?", "TO DO", [("placeholder-answer", "TO DO")]),
        ("What?", "[your answer here]", [("placeholder-answer", "[your answer here]")]),
        ("Any?", "N/A", [("maybe-placeholder", "N/A")]),
        ("What? COME BACK TO THIS ONE", "Salt", [("review-marker", "COME BACK TO THIS ONE")]),
        ("What do you need to do?", "List HOW TO DO it, then do it", []),
        ("What?", "See IMage", [("answer-needs-image", "See IMage")]),
        ("What?", "see image ![[a.png]]", []),
        ("What?", "Remove some (see below) of the words", []),
        ("Explain the step shown above", "It adds", [("answer-needs-image", "shown above")]),
        ("What?", "It is used by the people who", [("truncated-answer", "who")]),
        ("What?", "It is a thing that people rely on", []),
        ("What?", "One is so. Two is so. How backprop", [("truncated-answer", "How backprop")]),
        ("What?", "DEFINITION Classification", [("truncated-answer", "DEFINITION Classification")]),
        ("What?", "Sizes matter a lot here EXAMPLE", [("dangling-section", "EXAMPLE")]),
        ("What?", "The year 2023 WINNER SPARSE", []),
        ("What?", "text\n## Head", [("dangling-section", "## Head")]),
        ("What?", "A ___ and a __", [("unfilled-blank", "___"), ("unfilled-blank", "__")]),
        ("What?", "- a\n-\n- b", [("empty-item", "-")]),
    ],
)
def test_problems(front: str, back: str, expected: list[tuple[str, str]]) -> None:
    text, block = card(front, back)
    assert [(p.kind, text[p.start : p.end].strip()) for p in problems_of(block)] == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [("wha\nwhat is DPO?", ["wha"]), ("What is it\n(hint: salt)", []), ("what is\nwhat is RAG? how?", ["what is"])],
)
def test_leftover_beginnings(front: str, expected: list[str]) -> None:
    text, block = card(front, "x.")
    assert [text[p.start : p.end] for p in problems_of(block) if p.kind == "truncated-question"] == expected


def test_worst_first() -> None:
    _, block = card("What? COME BACK TO THIS ONE", "TBD")
    assert status_of(problems_of(block)) == "todo"
    assert status_of([]) == "ok"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("answer goes here", "yes"), ("(fill in)", "yes"), ("___", "yes"), ("…", "yes"), ("à compléter", "yes"),
        ("[answer goes here, hint, see p. 3]", "yes"), ("待补充", "yes"), ("none", "maybe"), ("-", "maybe"),
        ("nothing is done here", ""), ("to do the work", ""), ("", ""),
    ],
)  # fmt: skip
def test_placeholders(text: str, expected: str) -> None:
    assert whole_placeholder(text) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("q::a\n<!--SR:!2026-01-01,3,250-->", []),
        ("prose\n\n<!--SR:!2026-01-01,3,250-->", ["orphan"]),
        ("q::a <!--SR:!2026-01-01,3,250-->\n<!--SR:!2026-02-01,3,250-->", ["twice"]),
        ("q::a\n<!--SR:!2026-01-01,3,250!2026-01-01,3,250-->", ["too-many"]),
        ("q::a\n<!--SR:!2026-13-41,3,250-->", ["broken"]),
    ],
)
def test_schedules(body: str, expected: list[str]) -> None:
    text = f"#flashcards\n\n{body}\n"
    assert [problem.detail for problem in stray_schedules(text, read(text))] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("q\n?\na", []),
        ("?\nanswer only", ["?"]),
        ("q\n?\n\nThe answer, after a blank line.", ["?"]),
        ("q\n?\n\nnext::card", []),
        ("open ==cloze here", ["open ==cloze here"]),
        ("`==` in code", []),
    ],
)
def test_broken_separators(body: str, expected: list[str]) -> None:
    text = f"#flashcards\n\n{body}\n"
    note = parse_note(text.encode())
    found = broken_separators(note, text, read(text), CardSettings())
    assert [text[p.start : p.end] for p in found] == expected


def test_boilerplate_only_in_exports() -> None:
    rating = "How well did you know this?\n1\nNot at all\n2\n3\n4\n5\nPerfectly\n"
    export = f"X Flashcards\n\n1\nQ\n\na\n\nA\n\nb\n\n{rating}2\nQ\n\nc\n\nA\n\nd\n"
    (found,) = export_boilerplate(export)
    assert export[found.start : found.end] == rating.rstrip("\n")
    assert len(export_cards(export)) == 2
    assert list(export_boilerplate(f"# A note about surveys\n\n{rating}")) == []
    assert export_cards("# Ordinary\n\nText with Quizwiz in it.\n") == ()


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("What is RAG?", "a"), ("what is **RAG**", "a")], ["duplicate"]),
        ([("What is RAG?", "a"), ("what is RAG", "")], ["duplicate"]),
        ([("What is RAG?", "a"), ("#nlp What is RAG?", "b")], ["conflicting-answers"]),
        ([("what are x-formers", ""), ("what are xformers?", "")], ["duplicate"]),
        ([("Explain multimodal learning", "a"), ("Explain mulitmodal learning", "b")], ["near-duplicate"]),
        ([("Explain Top-P sampling", "a"), ("Explain Top-K sampling", "b")], []),
        ([("What is a high temperature?", "a"), ("What is a low temperature?", "b")], []),
        ([("What is attention?", "a"), ("What is self attention?", "b")], []),
        ([("What is RAG?", "a"), ("What is RAG? How is it built?", "b")], ["overlap"]),
        ([("", "a"), ("", "b")], []),
    ],
)
def test_twins(pairs: list[tuple[str, str]], expected: list[str]) -> None:
    assert [twins.kind for twins in find_twins(pairs)] == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("model", "models", True),
        ("layer3", "layer4", False),
        ("cat", "car", False),
        ("optimization", "optimisation", True),
    ],
)
def test_typing_errors(one: str, other: str, expected: bool) -> None:
    assert is_typing_error(one, other) is expected


def test_many_cards_of_one_pattern_are_compared_in_linear_time() -> None:
    pairs = [(f"Define concept{number:05d}x please", "a") for number in range(3000)]
    assert list(find_twins(pairs)) == []


_PIECES = (
    "what is", "wha", "A sentence. Another one. A third", "EXAMPLE", "HOW TO", "AN MDP IS ", "see image", "TODO:", "TBD", "n/a", "?", "who",
    "and the", "==x", "____", "__", "# Head", "- ", "-", "* ", "\n", "\n\n", " ", ".", ":", "![[a.png]]", "<br>", "%%x%%", "^id", "1", "…",
)  # fmt: skip
_SIDES = st.lists(st.sampled_from(_PIECES) | st.text(max_size=6), max_size=7).map(" ".join)


@given(_SIDES, _SIDES, st.sampled_from(["single-basic", "multi-basic", "cloze", "qa", "heading-prompt"]))
def test_a_quick_look_rules_out_only_what_no_check_finds(front: str, back: str, kind: str) -> None:
    block = CardBlock(
        kind=kind, decks=("d",), line=1, end_line=1, start=0, end=1, front_start=0, front_end=0, back_start=0, back_end=0,
        front=front.strip(), back=back.strip(), cards=(Card(front, back, number=1),),
    )  # type: ignore[arg-type]  # fmt: skip
    suspected = suspicions([block])
    assert {name for name, check in CHECKS if any(check(block))} <= suspected
