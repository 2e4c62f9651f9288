"""A card's schedule into its note, in the plugin's own comment: nothing else in the note changes."""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.base.errors import VaultkitError
from vaultkit.cards.model import CardBlock, CardSettings, Dialect
from vaultkit.cards.reader.read import read_cards, say_the_same
from vaultkit.cards.reader.schedule import comments_in
from vaultkit.cards.study.scheduling import ReviewSettings, new_entry
from vaultkit.note.parse import parse_text


def with_entry(
    text: str, block: CardBlock, sibling: int, entry: str, path: str, cards: CardSettings, reviews: ReviewSettings
) -> str:
    """The note with a new entry for one of the cards of ``block``.

    sibling: which of the block's cards, from 0.

    Raises:
        VaultkitError: the note would be read in another way, or the plugin would not see the schedule.
    """
    numbers = [card.number for card in block.cards]
    if any(numbers) and numbers != list(range(1, len(numbers) + 1)):
        raise VaultkitError(f"{path}:{block.line}: gap in the cloze numbers; no schedule was written")
    entries = [schedule.raw for schedule in block.schedules[: len(block.cards)]]
    entries += [new_entry(reviews)] * (len(block.cards) - len(entries))
    entries[sibling] = entry
    comment = f"<!--SR:!{'!'.join(entries)}-->"
    written = _replaced(text, block, comment) or _inserted(text, block, comment, cards, reviews)
    _verify(text, written, block, entries, path, cards)
    return written


def _replaced(text: str, block: CardBlock, comment: str) -> str:
    """With the comment that the block has, replaced; "" when it has none."""
    found = [match for match in comments_in(text, block.start, block.end) if match[1].strip()]
    if not block.schedules or not found:
        return ""
    first, pieces, position = found[0], [], 0
    for match in found:  # a second comment holds further entries, which are in the first one now
        pieces.append(text[position : match.start()])
        pieces.append(comment if match is first else "")
        position = match.end()
    return "".join(pieces) + text[position:]


def _inserted(text: str, block: CardBlock, comment: str, cards: CardSettings, reviews: ReviewSettings) -> str:
    end = block.end
    if cards.end_marker and block.kind.startswith("multi") and block.back:
        end = _line_end(text, block.back_end)
    at = len(text[:end].rstrip(" \t"))
    line_end = "\r\n" if text.find("\r\n") >= 0 else "\n"
    is_plain = not text[block.start : at].rstrip().endswith(("```", "~~~", "|", "$$"))
    if reviews.in_callout:
        return f"{text[:at]}{line_end}> [!sr|card-metadata] {line_end}> {comment}{text[end:]}"
    if reviews.on_same_line and is_plain and "\n" not in text[at:end]:
        mark = f" {block.block_id}" if block.block_id and text[:at].endswith(f" {block.block_id}") else ""
        return f"{text[: at - len(mark)]} {comment}{mark}{text[end:]}"
    return f"{text[:end]}{line_end}{comment}{text[end:]}"


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if end > offset and text[end - 1] == "\r" else end


def _verify(before: str, after: str, block: CardBlock, entries: Sequence[str], path: str, cards: CardSettings) -> None:
    """Both readers see the same cards as before, and this one with its new schedule.

    Raises:
        VaultkitError: they do not.
    """
    dialects: tuple[Dialect, ...] = ("vaultkit", "osr")
    for dialect in dialects:
        old = read_cards(path, parse_text(before), before, cards, dialect, compare=False)
        new = read_cards(path, parse_text(after), after, cards, dialect, compare=False)
        is_same = [one.decks for one in old] == [one.decks for one in new] and all(
            one.cards == other.cards or (dialect == "osr" and say_the_same(one.cards, other.cards))
            for one, other in zip(old, new, strict=True)
        )
        if not is_same:
            raise VaultkitError(f"{path}:{block.line}: a schedule here would change other cards; none was written")
        for one, other in zip(old, new, strict=True):
            is_it = one.kind == block.kind and one.line <= block.end_line and block.line <= one.end_line
            raw = [entry.raw for entry in other.schedules]
            if raw != (list(entries) if is_it else [entry.raw for entry in one.schedules]):
                reader = "the plugin" if dialect == "osr" else "vaultkit"
                raise VaultkitError(f"{path}:{block.line}: {reader} could not read a schedule here; none was written")


def same_block(blocks: Sequence[CardBlock], wanted: CardBlock) -> CardBlock | None:
    """The block in a note that was read again: the same text, at its old place when there are several."""
    alike = [one for one in blocks if one.kind == wanted.kind and one.cards == wanted.cards]
    return min(alike, key=lambda one: abs(one.line - wanted.line), default=None)
