"""The spaced-repetition plugin makes a flashcard of text that is none.

Why:    it is asked as a card: a comment, code, a link such as ``[[std::vector]]``, a field or a row of a table.
Fix:    none: the text is right, and the separator can be changed in the plugin's settings.
Source: the spaced-repetition plugin 1.15.4, read side by side.

A line such as ``status:: done`` is told as well: by its looks a field of Dataview, to the plugin and to vaultkit a card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_KEY = re.compile(r"[a-z][\w-]*")


@note_rule
def check(note: Note, text: str, options: object, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Each card that only the plugin reads, and what looks like a field."""
    from vaultkit.cards.reader.read import invented

    blocks = cards_of(note, text, cards=cards)
    if not is_deck(note, cards) or is_export(note, text, cards):
        return
    for block in invented(seen_by_plugin(note, text, cards=cards), all_cards_of(note, text, cards=cards)):
        message = f"the plugin takes this for a card, {quoted(text[block.start : block.end])}"
        yield Violation(block.start, block.end, message, question_of(block))
    for block in blocks:
        between = text[block.front_end : block.back_start]
        # A space behind the separator and none before it: so fields are written, and hardly a card.
        is_spaced = between != cards.single and between.rstrip(" ") == cards.single
        if block.kind == "single-basic" and is_spaced and _KEY.fullmatch(block.front):
            words = quoted(text[block.front_start : block.back_end])
            message = f"{words} looks like a field of Dataview, and is a card"
            yield Violation(block.front_start, block.back_end, message, question_of(block))
