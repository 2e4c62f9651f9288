"""``read_cards``: the cards of one note in one dialect, each saying what the plugin makes of it."""

from __future__ import annotations

import re

from vaultkit.base.record import changed
from vaultkit.cards.model import PLUGIN_KINDS, Card, CardBlock, CardSettings, Dialect
from vaultkit.cards.reader.decks import Decks
from vaultkit.cards.reader.grammar import Grammar, may_hold_cards
from vaultkit.cards.reader.osr import read_osr
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
    if note.fault or not may_hold_cards(text, note, settings):
        return ()
    if _is_ignored(note, settings) or (path and holds_no_cards(path, settings)):
        return ()
    if dialect == "osr":
        return _osr(path, note, text, settings)
    blocks = Grammar(path, note, text, settings).read()
    if not compare or not blocks:
        return blocks
    seen = _osr(path, note, text, settings)
    return tuple(_compared(block, seen) for block in blocks)


def invented_by_plugin(path: str, note: Note, text: str, settings: CardSettings) -> tuple[CardBlock, ...]:
    """Blocks that the plugin makes of text that is no card: comments, code, links, fields, table rows."""
    if note.fault or not may_hold_cards(text, note, settings) or _is_ignored(note, settings):
        return ()
    mine = Grammar(path, note, text, settings).read()
    return tuple(
        changed(block, compat="plugin-invents", why="what the plugin takes for a card is none")
        for block in _osr(path, note, text, settings)
        if not any(other.line <= block.end_line and block.line <= other.end_line for other in mine)
    )


def _is_ignored(note: Note, settings: CardSettings) -> bool:
    """Whether a tag of the note, in its text or its properties, is ignored or below one that is."""
    ignored = [name for tag in settings.ignored_tags if (name := tag.lstrip("#").casefold())]
    if not ignored:
        return False
    tags = [tag.tag for tag in note.tags] + list(property_tags(note.properties))
    names = [tag.lstrip("#").casefold() for tag in tags]
    return any(name == other or name.startswith(other + "/") for name in names for other in ignored)


def _osr(path: str, note: Note, text: str, settings: CardSettings) -> tuple[CardBlock, ...]:
    decks = Decks(path, note, settings, "osr")
    if not decks:  # the plugin does not even read a note without a flashcard tag
        return ()
    lines = text.replace("\r\n", "\n").split("\n")
    if note.frontmatter:
        for index in range(text.count("\n", 0, note.frontmatter.end) + 1):
            lines[index] = ""
    return read_osr(lines, note.line_starts, len(text), settings, decks)


def _compared(block: CardBlock, seen: tuple[CardBlock, ...]) -> CardBlock:
    overlapping = [other for other in seen if other.line <= block.end_line and block.line <= other.end_line]
    if block.kind not in PLUGIN_KINDS:
        if overlapping:
            return changed(
                block, compat="plugin-differs", why=f"the plugin reads lines of this {block.kind} card as its own kind"
            )
        return changed(block, compat="plugin-loses", why=f"the plugin knows no {block.kind} cards")
    same = [other for other in overlapping if other.kind == block.kind and say_the_same(other.cards, block.cards)]
    if same:
        if len(same[0].schedules) != len(block.schedules):
            return changed(block, compat="plugin-differs", why="the plugin does not see the schedule")
        if block.decks and same[0].decks != block.decks:
            deck = same[0].decks[0]
            return changed(block, compat="plugin-differs", why=f"the plugin studies this card in the deck {deck}")
        return block
    if not block.decks:
        return changed(block, compat="plugin-loses", why="the note names no deck")
    if overlapping:
        return changed(block, compat="plugin-differs", why="the plugin reads other text on the two sides")
    return changed(block, compat="plugin-loses", why="the plugin does not see this card")


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
