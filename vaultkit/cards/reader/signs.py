"""The signs of cards in a line, found before anything is read, and small functions on lines."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from vaultkit.cards.checks.phrases import may_hold_placeholder
from vaultkit.cards.model import CardSettings, Kind, Schedule
from vaultkit.cards.reader.cloze import opening_of
from vaultkit.cards.reader.decks import is_deck_tag
from vaultkit.cards.reader.prefilter import has_label, has_line
from vaultkit.cards.reader.schedule import comments_in, read_entries
from vaultkit.note.model import Note
from vaultkit.note.properties import property_tags

ONE_QUOTE = re.compile(r"[ \t]*>[ \t]?")
CALLOUT = re.compile(r"[ \t]*>[ \t]*\[!([^\]\n|]+)(\|[^\]\n]*)?\][+-]?[ \t]*(.*)$")
BLOCK_ID = re.compile(r"[ \t](\^[a-zA-Z0-9-]+)$")

# All that `str.strip` takes off but the line end: one class, since two in a row would take turns on a long run of it.
_SPACE = r" \t\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_LABELS = ("Q", "Frage", "Pregunta", "Domanda", "Pergunta", "Вопрос", "问", "問")


def may_hold_cards(text: str, note: Note, settings: CardSettings) -> bool:
    """Whether reading on can find anything: a cheap look that most notes do not pass."""
    return (
        settings.folders_as_decks
        or bool(settings.single and settings.single in text)
        or bool(settings.single_reversed and settings.single_reversed in text)
        or any(is_deck_tag(tag.tag, settings, "vaultkit") for tag in note.tags)
        or any(is_deck_tag(f"#{tag}", settings, "vaultkit") for tag in property_tags(note.properties))
        or "cards-deck" in note.properties
        or any(mark and has_line(text, mark) for mark in (settings.multi, settings.multi_reversed))
        or "#card" in text
        or ("[!" in text and any(f"[!{name}" in text.lower() for name in settings.callouts))
        or has_label(text)
        or may_hold_placeholder(text)
    )


@lru_cache(maxsize=16)
def separators_of(single: str, single_reversed: str) -> tuple[tuple[str, Kind], ...]:
    """The separators within a line, longer first: it wins."""
    pairs: list[tuple[str, Kind]] = [(single_reversed, "single-reversed"), (single, "single-basic")]
    return tuple(sorted((pair for pair in pairs if pair[0]), key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=16)
def shortest_of(*separators: str) -> tuple[str, ...]:
    """The separators that hold no other one: where one of all stands, one of these does."""
    used = [separator for separator in separators if separator]
    return tuple([one for one in used if not any(other in one for other in used if other != one)])


@lru_cache(maxsize=16)
def openings_of(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The texts with which deletions of these patterns begin."""
    return tuple(dict.fromkeys(filter(None, map(opening_of, patterns))))


@lru_cache(maxsize=16)
def telling_line(*separators: str) -> re.Pattern[str]:
    """A line that may be a heading, hold nothing but a separator, or begin with a label: found in one go for all three."""
    words = "|".join(["#", *_LABELS, *map(re.escape, filter(None, separators))])
    return re.compile(rf"\n[{_SPACE}>*_+\-\d.)]*(?:{words})")


def holds_only(line: str, separators: Container[str]) -> bool:
    """Whether a line may hold a separator and nothing else but space and quote marks."""
    return line.strip() in separators or line.replace(">", " ").strip() in separators


def schedules_in(line: str) -> tuple[Schedule, ...]:
    """The entries of all schedules in the text."""
    if "<!--SR:" not in line:
        return ()
    return tuple([entry for match in comments_in(line) for entry in read_entries(match[1])])


def unquoted(line: str, depth: int) -> str:
    """The line without its first ``depth`` quote marks."""
    for _ in range(depth):
        line = ONE_QUOTE.sub("", line, count=1)
    return line
