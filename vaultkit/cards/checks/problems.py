"""All checks of one card: what may be wrong at a quick look, what is wrong, and the worst of it in a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from vaultkit.cards.checks.phrases import may_be_marked, may_point_to_image, whole_placeholder
from vaultkit.cards.checks.problem import Problem, ProblemKind
from vaultkit.cards.checks.sections import dangling_section, has_capital_link
from vaultkit.cards.checks.sides import (
    answer_needs_image,
    any_blank,
    empty_item,
    empty_side,
    placeholder_answer,
    review_marker,
)
from vaultkit.cards.checks.syntax import broken_syntax
from vaultkit.cards.checks.truncation import truncated_answer, truncated_question
from vaultkit.cards.model import CardBlock

_SOUND_ENDS = frozenset(".!?…:;)]}")
_MAY_LEAVE_A_GAP = ("\n\n", "\n ", "\n\t")
CHECKS: tuple[tuple[ProblemKind, Callable[[CardBlock], Iterator[Problem]]], ...] = (
    ("empty-answer", empty_side),
    ("placeholder-answer", placeholder_answer),
    ("review-marker", review_marker),
    ("answer-needs-image", answer_needs_image),
    ("truncated-answer", truncated_answer),
    ("dangling-section", dangling_section),
    ("truncated-question", truncated_question),
    ("unfilled-blank", any_blank),
    ("empty-item", empty_item),
    ("broken-syntax", broken_syntax),
)


def suspicions(blocks: Iterable[CardBlock]) -> set[ProblemKind]:
    """Kinds of problem that a quick look at the cards does not rule out, named as in `CHECKS`; of most cards none.

    One look at all sides costs a tenth of asking every check, and nearly every card is sound.
    """
    found: set[ProblemKind] = set()
    fronts: list[str] = []
    backs: list[str] = []
    for block in blocks:
        front, back = block.front, block.back
        fronts.append(front)
        backs.append(back)
        if not (front[:1].isalnum() and back[:1].isalnum()):
            found.add("empty-answer")
        if block.placeholder or whole_placeholder(back):
            found.add("placeholder-answer")
        if "\n" in front:
            found.add("truncated-question")
        if "\n" in back:
            found.add("empty-item")
        if back[-1:] not in _SOUND_ENDS or any(map(back.__contains__, _MAY_LEAVE_A_GAP)):
            found.add("truncated-answer")
        if back.rstrip(": \n")[-2:].isupper() or back.rstrip("*_ \n")[-1:] == ":":
            found.add("dangling-section")
        if back[:1] in ("-", "*", "+", " ", "\t"):
            found.add("empty-item")
        if block.kind == "cloze":
            found.add("broken-syntax")
    answers = "\n".join(backs)
    if "#" in answers or (not answers.islower() and has_capital_link(answers)):
        found.add("dangling-section")
    if "__" in answers:
        found.add("unfilled-blank")
    folded = "\n".join((*fronts, answers)).casefold()
    if may_be_marked(folded):
        found.add("review-marker")
    if may_point_to_image(folded):
        found.add("answer-needs-image")
    return found


# The single word for a card in reports, worst first.
_STATUS: tuple[tuple[ProblemKind, str], ...] = (
    ("empty-question", "empty"),
    ("empty-answer", "empty"),
    ("placeholder-answer", "placeholder"),
    ("review-marker", "todo"),
    ("answer-needs-image", "see-image"),
    ("truncated-answer", "truncated"),
    ("dangling-section", "dangling-heading"),
    ("truncated-question", "question-fragment"),
    ("unfilled-blank", "fill-in"),
)


def problems_of(block: CardBlock) -> list[Problem]:
    """Everything that is wrong with one block."""
    kinds = suspicions((block,))
    if not kinds:
        return []
    return [problem for kind, check in CHECKS if kind in kinds for problem in check(block)]


def status_of(problems: Iterable[Problem]) -> str:
    """The worst of the problems in one word, "ok" when there is none.

    A note to self in the question outranks a stand-in answer: the author knows the card is unfinished.
    """
    kinds = {problem.kind for problem in problems}
    if "review-marker" in kinds and not kinds & {"empty-answer", "empty-question"}:
        return "todo"
    return next((word for kind, word in _STATUS if kind in kinds), "ok")
