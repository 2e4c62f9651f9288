"""Checks of the two sides of a card, such as an empty side or a placeholder. They do not check facts or style."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.cards.checks.phrases import REVIEW_MARKER, SEE_IMAGE, may_be_marked, may_point_to_image, whole_placeholder
from vaultkit.cards.checks.problem import Problem, ProblemKind, is_blank, place_of, quoted, sides_of
from vaultkit.cards.model import CardBlock
from vaultkit.cards.text_keys import has_embed, normal

_BLANK = re.compile(r"_{2,}")
_EMPTY_ITEM = re.compile(r"^[ \t]*[-*+][ \t]*$", re.MULTILINE)


def empty_side(block: CardBlock) -> Iterator[Problem]:
    """Find an empty question or answer; prompts without an answer and worksheets are skipped."""
    if block.kind == "cloze":
        return
    if is_blank(block.front):
        yield Problem("empty-question", block, block.front_start, block.front_end, "card without a question")
    if block.kind != "heading-prompt" and not block.placeholder and is_blank(block.back):
        yield Problem("empty-answer", block, block.back_start, block.back_end, f"no answer to {quoted(block.front)}")


def placeholder_answer(block: CardBlock) -> Iterator[Problem]:
    """Find an answer that is only a placeholder."""
    if block.kind == "cloze":
        return
    stand_in = block.placeholder or (block.back if whole_placeholder(block.back) else "")
    if not stand_in:
        return
    kind: ProblemKind = "placeholder-answer"
    if not block.placeholder and whole_placeholder(block.back) == "maybe":
        kind = "maybe-placeholder"
    message = f"placeholder {quoted(stand_in)} as the answer to {quoted(block.front)}"
    yield Problem(kind, block, block.back_start, block.back_end, message)


def answer_needs_image(block: CardBlock) -> Iterator[Problem]:
    """Find words that refer to a picture in a card without one."""
    if not may_point_to_image(f"{block.front}\n{block.back}".casefold()):
        return
    if has_embed(block.front) or has_embed(block.back):
        return
    for side, start, end in sides_of(block):
        match = SEE_IMAGE.search(side)
        if match:
            whole = "all" if match.span() == (0, len(side.strip(" .()"))) else "part"
            place = place_of(block, side, start, end, match.start(), match.end())
            yield Problem(
                "answer-needs-image",
                block,
                *place,
                f"missing picture: the card refers to one with {quoted(match[0])}",
                whole,
            )
            return


def review_marker(block: CardBlock) -> Iterator[Problem]:
    """Find the first to-do remark in a card."""
    for side, start, end in sides_of(block):
        if not may_be_marked(side.casefold()) or whole_placeholder(side):
            continue
        match = REVIEW_MARKER.search(side)
        if match:
            place = place_of(block, side, start, end, match.start(), match.end())
            yield Problem("review-marker", block, *place, f"to-do remark {quoted(match[0])} inside the card")
            return


def unfilled_blank(block: CardBlock, *, min_length: int = 3) -> Iterator[Problem]:
    """Find each blank (``____``) in an answer."""
    if block.kind == "cloze":
        return
    for match in _BLANK.finditer(block.back):
        if len(match[0]) >= min_length:
            place = place_of(block, block.back, block.back_start, block.back_end, match.start(), match.end())
            yield Problem("unfilled-blank", block, *place, f"unfilled blank `{match[0]}` in the answer")


def any_blank(block: CardBlock) -> Iterator[Problem]:
    """Two underscores are a blank to whoever learns the card; the rule for notes asks for three."""
    return unfilled_blank(block, min_length=2)


def empty_item(block: CardBlock) -> Iterator[Problem]:
    """Find each list item of the answer without text."""
    for match in _EMPTY_ITEM.finditer(block.back):
        place = place_of(block, block.back, block.back_start, block.back_end, match.start(), match.end())
        yield Problem("empty-item", block, *place, "empty list item in the answer")


# A question that offers its answers is not circular, and marks that `normal` drops may be all that differs.
_CHOICE = re.compile(r"\b(?:or|ou|oder|either|entre|between)\b", re.IGNORECASE)
_BEYOND_WORDS = re.compile(r"[$`=+<>^*/%|\\]|!\[")
_MOST_WORDS = 6
# Words that add nothing to an answer. Verbs do: to "Which operation adds knowledge?" the answer may be "tell".
_FILLERS = frozenset(
    "a an the of to in on for and is are was were be it its this that these those le la les un une des du de et el los las una "
    "del y es der die das ein eine und ist il lo gli uno e os as um uma do da".split()
)


def circular(block: CardBlock) -> Iterator[Problem]:
    """Find an answer that repeats the question; of a reversed card, a side that contains the other."""
    if block.kind == "cloze" or _BEYOND_WORDS.search(block.back) or _BEYOND_WORDS.search(block.front):
        return
    front, back = normal(block.front), normal(block.back)
    if not front or not back or _CHOICE.search(block.front):
        return
    words = set(back.split()) - _FILLERS
    is_part = 0 < len(words) <= _MOST_WORDS and words <= set(front.split())
    if block.kind.endswith("reversed"):
        is_part = is_part or f" {front} " in f" {back} "
    if front == back or is_part:
        message = f"answer {quoted(block.back)} only repeats the question"
        yield Problem("circular", block, block.back_start, block.back_end, message)


def export_boilerplate(text: str) -> Iterator[Problem]:
    """Find text of a flashcard site in a raw export: rating scales, slogans, lists of other sets.

    Call it for raw exports only; the words alone are not enough.
    """
    from vaultkit.cards.reader.exports_in_notes import boilerplate_spans

    for start, end, reason in boilerplate_spans(text):
        yield Problem("export-boilerplate", None, start, end, f"{reason} of the flashcard site: not part of a card")
