"""Block ids for cards that have none, so that a card stays the same one however it is reworded or moved.

An id is written only where Obsidian and the spaced-repetition plugin hide it: behind the last words of an
answer, never behind a fence, a table or a formula, and never where nothing but the question stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.base.text import Edit, apply_edits
from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.reader.fences import fence_lines
from vaultkit.cards.reader.read import read_cards
from vaultkit.cards.text_keys import digest
from vaultkit.note.parse import parse_note

_KINDS = (
    "single-basic", "single-reversed", "multi-basic", "multi-reversed", "cloze", "heading", "heading-reversed", "qa",
)  # fmt: skip


def with_block_ids(text: str, blocks: Sequence[CardBlock], path: str, settings: CardSettings) -> str:
    """The note with an id at each of its cards that has none and can carry one; as it was when its cards would change.

    blocks: the cards of the note.  path: of the note; part of what the ids are made of.
    """
    edits: list[Edit] = []
    used = set()
    for block in blocks:
        end = _line_end(text, block.back_end)
        if block.kind not in _KINDS or block.block_id or not _can_carry(block) or text[block.back_end : end].strip():
            continue
        number = 0
        while (name := "vk-" + digest(f"{path}\0{block.kind}\0{block.front}\0{number}", 10)) in used or name in text:
            number += 1
        used.add(name)
        edits.append(Edit(block.back_end, end, f" ^{name}"))
    written = apply_edits(text, tuple(edits))
    read = read_cards(path, parse_note(written.encode()), written, settings, compare=False)
    return written if [block.cards for block in read] == [block.cards for block in blocks] else text


def _line_end(text: str, offset: int) -> int:
    """Where the line of ``offset`` ends, before its "\\r" too."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if end > offset and text[end - 1] == "\r" else end


def _can_carry(block: CardBlock) -> bool:
    lines = block.back.split("\n")
    return bool(block.back) and not fence_lines(lines)[-1] and not lines[-1].lstrip().startswith(("|", "$$", ">"))
