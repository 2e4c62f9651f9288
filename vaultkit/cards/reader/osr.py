"""Dialect ``osr``: what the spaced-repetition plugin itself sees in a note, its losses included.

Kept apart from the grammar of vaultkit because it must stay wrong where the plugin is wrong.
Source: behaviour of obsidian-spaced-repetition 1.15.4, observed by running it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultkit.base.record import record
from vaultkit.cards.model import Card, CardBlock, CardSettings, Kind, Schedule
from vaultkit.cards.reader.decks import Decks
from vaultkit.cards.reader.osr_cloze import has_cloze, osr_cloze_cards
from vaultkit.cards.reader.schedule import comments_in, read_entries, without_comments

_TAG_AT_START = re.compile(r"\s*(#[^\s#]+)\s*")
_BLOCK_ID = re.compile(r" (\^[a-zA-Z0-9-]+)\Z")
_CALLOUT = "> [!sr|card-metadata]"
_FENCE = re.compile(r"`+|~+")


@record
class _Question:
    """One question, raw: kind, text, first and last line from 0."""

    kind: Kind
    text: str
    first: int
    last: int


def _has_inline(line: str, separator: str) -> bool:
    at = line.find(separator)
    if at < 0:
        return False
    before, after = line.count("`", 0, at), line.count("`", at + len(separator))
    return not (before % 2 and after % 2)


def _questions(lines: Sequence[str], settings: CardSettings) -> list[_Question]:
    found: list[_Question] = []
    inline: list[tuple[str, Kind]] = [
        (settings.single, "single-basic"),
        (settings.single_reversed, "single-reversed"),
    ]
    inline = sorted((pair for pair in inline if pair[0]), key=lambda pair: -len(pair[0]))
    kind: Kind | None = None
    card: list[str] = []
    first = 0
    at = -1
    while at + 1 < len(lines):
        at += 1
        line = lines[at]
        trimmed = line.strip()
        if line.startswith("<!--") and not line.startswith("<!--SR:"):
            at = at + 1 if "-->" in line else len(lines)
            continue
        is_end = bool(settings.end_marker) and trimmed == settings.end_marker
        if is_end or (not trimmed and (not settings.end_marker or kind is None)):
            if kind is not None:
                found.append(_Question(kind, "\n".join(card).rstrip(), first, at - 1))
            kind, card, first = None, [], at + 1
            continue
        card.append(line.rstrip())
        for separator, name in inline:
            if separator in line and _has_inline(line, separator):
                kind = name
                break
        if kind in ("single-basic", "single-reversed"):
            text, first = line, at
            if at + 1 < len(lines) and lines[at + 1].startswith("<!--SR:"):
                at += 1
                text += "\n" + lines[at]
            elif at + 2 < len(lines) and lines[at + 1].startswith(_CALLOUT) and lines[at + 2].startswith("> <!--SR:"):
                text += "\n" + lines[at + 1] + "\n" + lines[at + 2]
                at += 2
            found.append(_Question(kind, text, first, at))
            kind, card = None, []  # what follows without a blank line is said to begin here, too
        elif settings.multi and trimmed == settings.multi:
            if len(card) > 1 or len(card[0]) > 1:
                kind = "multi-basic"
        elif settings.multi_reversed and trimmed == settings.multi_reversed:
            if len(card) > 1 or len(card[0]) > 1:
                kind = "multi-reversed"
        elif line.startswith(("```", "~~~")):
            fence = _FENCE.match(line)
            assert fence is not None
            while at + 1 < len(lines) and not lines[at + 1].startswith(fence[0]):
                at += 1
                card.append(lines[at])
            card.append(fence[0])
            at += 1
        elif kind is None and has_cloze(line, settings.cloze_patterns):
            kind = "cloze"
    if kind is not None and card:
        found.append(_Question(kind, "\n".join(card).rstrip(), first, len(lines) - 1))
    return found


def own_tag(text: str) -> str:
    """The tag at the start of a card's text that names the deck of this card alone, or ""."""
    match = _TAG_AT_START.match(text)
    return match[1] if match else ""


def read_osr(
    lines: Sequence[str], starts: Sequence[int], length: int, settings: CardSettings, decks_at: Decks
) -> tuple[CardBlock, ...]:
    """The blocks the plugin sees. lines: without front matter (blanked). starts: offset of each line."""
    blocks = []
    questions = _questions(lines, settings)
    taken = {row for question in questions for row in range(question.first, question.last + 1)}
    decks_at.leave_out(taken)
    for question in questions:
        text = question.text
        entries: tuple[Schedule, ...] = ()
        if "<!--SR:" in text:
            entries = tuple([entry for match in comments_in(text) for entry in read_entries(match[1])])
            text = without_comments(text)
        tag = own_tag(text)
        decks = (tag[1:],) if tag and not settings.folders_as_decks else decks_at(question.first)
        if not decks:
            continue
        if tag:
            text = text[len(_TAG_AT_START.match(text)[0]) :]  # type: ignore[index]
        text = text.rstrip()
        block_id = ""
        match = _BLOCK_ID.search(text) if "^" in text else None
        if match:
            block_id, text = match[1], text[: match.start()]
        sides = _sides(question.kind, text, settings)
        if sides is None:
            continue
        front, back, cards = sides
        start = starts[question.first]
        end = starts[question.last + 1] - 1 if question.last + 1 < len(starts) else length
        blocks.append(
            CardBlock(
                kind=question.kind,
                decks=decks,
                line=question.first + 1,
                end_line=question.last + 1,
                start=start,
                end=end,
                front_start=start,
                front_end=end,
                back_start=start,
                back_end=end,
                front=front,
                back=back,
                cards=cards,
                schedules=entries,
                block_id=block_id,
            )
        )
    return tuple(blocks)


def _sides(kind: Kind, text: str, settings: CardSettings) -> tuple[str, str, tuple[Card, ...]] | None:
    if kind == "cloze":
        return text, text, osr_cloze_cards(text, settings.cloze_patterns)
    if kind in ("single-basic", "single-reversed"):
        separator = settings.single if kind == "single-basic" else settings.single_reversed
        front, _, back = text.partition(separator)
    else:
        separator = settings.multi if kind == "multi-basic" else settings.multi_reversed
        rows = text.split("\n")
        at = next((index for index, row in enumerate(rows) if row.strip() == separator), None)
        if at is None:
            return None
        front, back = "\n".join(rows[:at]), "\n".join(rows[at + 1 :])
    front, back = front.strip(), back.strip()
    cards = [Card(front, back)]
    if kind.endswith("reversed"):
        cards.append(Card(back, front))
    return front, back, tuple(cards)
