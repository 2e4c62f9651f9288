"""What a flashcard is, whatever it was written in.

A *block* is what an author writes as one question; it yields one or more *cards*, the siblings
that are studied (two for a reversed block, one for each number of a cloze). Offsets are code
points in the note's text, half-open; lines count from 1, front matter included.
"""

from __future__ import annotations

from typing import Literal

from vaultkit.base.record import record

Kind = Literal[
    "single-basic",
    "single-reversed",
    "multi-basic",
    "multi-reversed",
    "cloze",
    "heading",
    "heading-reversed",
    "heading-prompt",
    "qa",
    "worksheet",
    "callout",
    "callout-reversed",
    "brainscape",
    "quizwiz",
]
PLUGIN_KINDS: tuple[Kind, ...] = ("single-basic", "single-reversed", "multi-basic", "multi-reversed", "cloze")
"""The kinds that the spaced-repetition plugin has."""
Dialect = Literal["osr", "vaultkit"]
Compat = Literal["same", "plugin-loses", "plugin-invents", "plugin-differs"]


@record
class Schedule:
    """One entry of an ``<!--SR:…-->`` comment.

    due:       ISO date, "" when the entry is broken.
    interval:  days, None when absent.
    ease:      SM-2 only.
    algorithm: "sm2" or "fsrs".
    is_new:    never reviewed yet (the plugin writes 2000-01-01, or FSRS state 0).
    raw:       the entry as written, without its "!".
    """

    due: str
    interval: float | None
    ease: int | None
    algorithm: str
    is_new: bool
    raw: str
    stability: float | None = None
    difficulty: float | None = None
    state: int | None = None
    last_review: str = ""


@record
class Card:
    """One study card.

    hint:   what the author gave as a help.
    number: the cloze number, 0 for other kinds.
    asked:  of a cloze, the words that its front hides; several are joined by ", ".
    """

    front: str
    back: str
    hint: str = ""
    number: int = 0
    asked: str = ""


@record
class CardBlock:
    """One question as it stands in a note.

    decks:       without "#"; empty when the note names none.
    start, end:  the whole block, its schedule included.
    front_start … back_end: where the two sides are written; empty spans when a side is empty.
    front, back: the two sides as written; for a cloze both are the text with its marks.
    block_id:    with its "^", "" when there is none.
    extra:       of a cloze, what is shown with the answer only.
    placeholder: the stand-in that a worksheet has for the answer.
    context:     the headings above.
    compat, why: what the spaced-repetition plugin makes of it.
    """

    kind: Kind
    decks: tuple[str, ...]
    line: int
    end_line: int
    start: int
    end: int
    front_start: int
    front_end: int
    back_start: int
    back_end: int
    front: str
    back: str
    cards: tuple[Card, ...]
    schedules: tuple[Schedule, ...] = ()
    block_id: str = ""
    placeholder: str = ""
    extra: str = ""
    hint: str = ""
    context: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    compat: Compat = "same"
    why: str = ""


DEFAULT_CLOZE = "==[123;;]answer[;;hint]=="


@record
class CardSettings:
    """The separators and tags that make cards; an empty separator disables its kind.

    flashcard_tags: with "#".
    ignored_tags:   notes with one of these tags, or one below it, hold no cards.
    ignored_paths:  patterns of notes and folders that hold no cards.
    callouts:       callout types that are cards.
    formats:        of "sr", "heading", "callout", "qa", "worksheet", "brainscape", "quizwiz", the only ones that are
                    read; empty for all.
    """

    single: str = "::"
    single_reversed: str = ":::"
    multi: str = "?"
    multi_reversed: str = "??"
    end_marker: str = ""
    flashcard_tags: tuple[str, ...] = ("#flashcards",)
    folders_as_decks: bool = False
    cloze_patterns: tuple[str, ...] = (DEFAULT_CLOZE,)
    ignored_tags: tuple[str, ...] = ()
    ignored_paths: tuple[str, ...] = ("**/*.excalidraw.md",)
    callouts: tuple[str, ...] = ("card", "sr", "flashcard", "anki")
    formats: tuple[str, ...] = ()
    source: str = "defaults"
