"""Dialect ``vaultkit``: the cards of a note, read without the plugin's losses.

Kinds are looked for in order of precedence (heading sections, callouts, single-line, multi-line,
labels, worksheets, clozes); a line is used once. What stands in code, comments, formulas, links
and tables makes no card.
"""

from __future__ import annotations

from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.reader.decks import Decks
from vaultkit.cards.reader.kinds.callouts import join_metadata_callouts, read_callouts
from vaultkit.cards.reader.kinds.clozes import read_clozes
from vaultkit.cards.reader.kinds.headings import read_deck_headings, read_headings
from vaultkit.cards.reader.kinds.labels import read_labels
from vaultkit.cards.reader.kinds.multi_line import read_multi_lines
from vaultkit.cards.reader.kinds.single_line import read_single_lines
from vaultkit.cards.reader.kinds.worksheets import read_worksheets
from vaultkit.cards.reader.reading import Reading
from vaultkit.note.model import Note

# (its name in `CardSettings.formats`, what reads it), in order of precedence.
_KINDS = (
    ("heading", read_headings),
    ("callout", read_callouts),
    ("sr", read_single_lines),
    ("sr", read_multi_lines),
    ("qa", read_labels),
    ("worksheet", read_worksheets),
    ("sr", read_clozes),
    ("heading", read_deck_headings),
)


def read_grammar(note: Note, text: str, settings: CardSettings, decks: Decks) -> tuple[CardBlock, ...]:
    """All blocks of a note, in order."""
    reading = Reading(note, text, settings, decks)
    formats = settings.formats
    for name, read_kind in _KINDS:
        if not formats or name in formats:
            read_kind(reading)
    join_metadata_callouts(reading)
    blocks = reading.with_decks()
    if len(blocks) > 1:
        blocks.sort(key=lambda block: (block.start, block.end))
    return tuple(blocks)
