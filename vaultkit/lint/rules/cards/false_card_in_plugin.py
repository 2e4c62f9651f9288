"""Text that the spaced-repetition plugin reads as a flashcard, although it is not one.

Why:    the plugin reviews it as a card: a comment, code, a link such as ``[[std::vector]]``, a field or a table row.
Fix:    none: change the separator in the plugin's settings, or write the text in another way.
Source: the spaced-repetition plugin 1.15.4, compared with vaultkit's reader.

A line such as ``status:: done`` is also reported: it looks like a Dataview field, but the plugin reads a card.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import (
    PLUGIN_DEFAULTS,
    all_cards_of,
    cards_of,
    is_deck,
    is_export,
    may_have_cards,
    question_of,
    quoted,
    seen_by_plugin,
)
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "FC015"
SEVERITY = "info"
PRESETS = ("learning",)
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nSee [[std::vector]] for more\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is RAG?::Retrieval first\n"}
_KEY = lazy_pattern(r"[a-z][\w-]*")


@note_rule
def check(note: Note, text: str, options: object, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report each card that only the plugin reads, and cards that look like a field."""
    from vaultkit.cards.reader.read import invented

    blocks = cards_of(note, text, cards=cards)
    if not is_deck(note, cards) or is_export(note, text, cards):
        return
    for block in invented(seen_by_plugin(note, text, cards=cards), all_cards_of(note, text, cards=cards)):
        message = f"the spaced-repetition plugin reads {quoted(text[block.start : block.end])} as a card"
        yield Violation(block.start, block.end, message, question_of(block))
    for block in blocks:
        between = text[block.front_end : block.back_start]
        # A space behind the separator and none before it: so fields are written, and hardly a card.
        is_spaced = between != cards.single and between.rstrip(" ") == cards.single
        if block.kind == "single-basic" and is_spaced and _KEY.fullmatch(block.front):
            words = quoted(text[block.front_start : block.back_end])
            message = f"{words} looks like a Dataview field, but the spaced-repetition plugin reads it as a card"
            yield Violation(block.front_start, block.back_end, message, question_of(block))
