"""``read_cards``: the cards of one note in one dialect, each saying what the plugin makes of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from vaultkit.base.record import changed
from vaultkit.cards.model import PLUGIN_KINDS, Card, CardBlock, CardSettings, Dialect
from vaultkit.cards.reader.decks import Decks
from vaultkit.cards.reader.grammar import read_grammar
from vaultkit.cards.reader.osr import read_osr
from vaultkit.cards.reader.signs import may_hold_cards
from vaultkit.cards.settings import holds_no_cards
from vaultkit.note.model import Note
from vaultkit.note.properties import property_tags

_MARKS = re.compile(
    r"^(?:[ \t]*>)*[ \t]*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)?(?:\[.\][ \t]+)?(?:#{1,6}[ \t]+)?", re.MULTILINE
)
_CALLOUT = re.compile(r"^>[ \t]*\[!sr\|card-metadata\].*$", re.MULTILINE)


def read_cards(
    path: str,
    note: Note,
    text: str,
    settings: CardSettings,
    dialect: Dialect = "vaultkit",
    *,
    compare: bool = True,
) -> tuple[CardBlock, ...]:
    """The blocks of a note in order.

    path:    of the note in the vault; "" when it is not known: no folder is a deck and no path is ignored then.
    compare: also say where the plugin differs (``compat``, ``why``); dialect ``vaultkit`` only.
    """
    if dialect == "osr":
        return read_as_plugin(path, note, text, settings)
    if note.fault:
        return ()
    decks = Decks(path, note, settings, "vaultkit")
    if (not decks and not may_hold_cards(text, note, settings)) or _is_left_out(path, note, settings):
        return ()
    blocks = read_grammar(note, text, settings, decks)
    if not compare or not blocks:
        return blocks
    return compared(blocks, read_as_plugin(path, note, text, settings))


def read_as_plugin(path: str, note: Note, text: str, settings: CardSettings) -> tuple[CardBlock, ...]:
    """The blocks that the plugin sees in a note, in order."""
    if note.fault or _is_left_out(path, note, settings):
        return ()
    decks = Decks(path, note, settings, "osr")
    if not decks:  # the plugin does not even read a note without a flashcard tag
        return ()
    lines = text.replace("\r\n", "\n").split("\n")
    if note.frontmatter:
        for index in range(text.count("\n", 0, note.frontmatter.end) + 1):
            lines[index] = ""
    return read_osr(lines, note.line_starts, len(text), settings, decks)


def invented(seen: tuple[CardBlock, ...], mine: tuple[CardBlock, ...]) -> tuple[CardBlock, ...]:
    """Blocks that the plugin makes of text that is no card: comments, code, links, fields, table rows.

    seen: what the plugin sees.  mine: all cards of the note.
    """
    covered = bytearray(max((block.end_line for block in mine), default=0))
    for block in mine:
        covered[block.line - 1 : block.end_line] = b"\1" * (block.end_line - block.line + 1)
    return tuple(
        changed(block, compat="plugin-invents", why="the plugin reads a card where there is none")
        for block in seen
        if covered.find(1, block.line - 1, block.end_line) < 0
    )


def _is_left_out(path: str, note: Note, settings: CardSettings) -> bool:
    """Whether the settings say that the note holds no cards."""
    return _is_ignored(note, settings) or (bool(path) and holds_no_cards(path, settings))


def _is_ignored(note: Note, settings: CardSettings) -> bool:
    """Whether a tag of the note, in its text or its properties, is ignored or below one that is."""
    ignored = [name for tag in settings.ignored_tags if (name := tag.lstrip("#").casefold())]
    if not ignored:
        return False
    tags = [tag.tag for tag in note.tags] + list(property_tags(note.properties))
    names = [tag.lstrip("#").casefold() for tag in tags]
    return any(name == other or name.startswith(other + "/") for name in names for other in ignored)


def compared(blocks: tuple[CardBlock, ...], seen: tuple[CardBlock, ...]) -> tuple[CardBlock, ...]:
    """The blocks of a note, each with what the plugin makes of it.

    seen: what the plugin sees, in order: neither its first lines nor its last lines go back.
    """
    firsts = [other.line for other in seen]
    lasts = [other.end_line for other in seen]
    return tuple(
        _compared(block, seen[bisect_left(lasts, block.line) : bisect_right(firsts, block.end_line)])
        for block in blocks
    )


def _compared(block: CardBlock, overlapping: tuple[CardBlock, ...]) -> CardBlock:
    """The block with what the plugin makes of its lines."""
    if block.kind not in PLUGIN_KINDS:
        if overlapping:
            return changed(
                block, compat="plugin-differs", why=f"the plugin reads lines of this {block.kind} card as its own kind"
            )
        return changed(block, compat="plugin-loses", why=f"the plugin does not support {block.kind} cards")
    same = [other for other in overlapping if other.kind == block.kind and say_the_same(other.cards, block.cards)]
    if same:
        if len(same[0].schedules) != len(block.schedules):
            return changed(block, compat="plugin-differs", why="the plugin does not read the schedule")
        if block.decks and same[0].decks != block.decks:
            deck = same[0].decks[0]
            return changed(block, compat="plugin-differs", why=f"the plugin studies this card in the deck {deck}")
        return block
    if not block.decks:
        return changed(block, compat="plugin-loses", why="the note has no deck")
    if overlapping:
        return changed(block, compat="plugin-differs", why="the plugin reads different text on the two sides")
    return changed(block, compat="plugin-loses", why="the plugin does not read this card")


def say_the_same(cards: tuple[Card, ...], others: tuple[Card, ...]) -> bool:
    """All sides are the same, but for marks and space."""
    if len(cards) != len(others):
        return False
    sides = [side for card in cards for side in (card.front, card.back)]
    other_sides = [side for card in others for side in (card.front, card.back)]
    return all(side == other or _words(side) == _words(other) for side, other in zip(sides, other_sides, strict=True))


def _words(text: str) -> str:
    """The words of a side; the plugin leaves the frame of a schedule in a callout on it."""
    return " ".join(_MARKS.sub("", _CALLOUT.sub("", text)).replace("<br>", " ").replace("\\", "").split())
