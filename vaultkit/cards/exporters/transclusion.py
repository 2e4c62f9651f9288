"""Embedded notes in a card: the note, section or block that Obsidian shows there, as a quote."""

from __future__ import annotations

import html
import re

from vaultkit.cards.exporters.media import named_html
from vaultkit.cards.render.html import Embed, HtmlOutput, card_html
from vaultkit.note.model import Note

# A longer text is no part of a card; its name stands there instead.
LONGEST = 4_000
_BLOCK_ID = re.compile(r"(?<![ \t])[ \t]*\^[a-zA-Z0-9-]+[ \t]*$")
_COMMENT = re.compile(r"<!--SR:.*?-->")


def embedded_text(note: Note, text: str, kind: str, place: int) -> str | None:
    """The Markdown that an embed of a note shows; None when there is no such place, or too much to show.

    kind:  what the embed names: "heading", "block", or "none" for the whole note without its properties.
    place: where that begins in the text.
    """
    start, end = note.frontmatter.end if note.frontmatter else 0, len(text)
    if kind == "heading":
        at = next(index for index, heading in enumerate(note.headings) if heading.start == place)
        start, level = place, note.headings[at].level
        end = next((later.start for later in note.headings[at + 1 :] if later.level <= level), end)
    elif kind == "block":
        block = next(block for block in note.blocks if block.caret == place)
        start, end = block.start, block.end
    elif kind != "none":
        return None
    if end - start > LONGEST:
        return None
    shown = _COMMENT.sub("", text[start:end]).strip()
    return _BLOCK_ID.sub("", shown) if kind == "block" else shown


def embedded_html(target: str, text: str, embed: Embed, output: HtmlOutput) -> str:
    """The quote for an embedded text; ``data-embed`` says what it is, for the way back from Anki.

    embed: shows pictures in the text; a note that is embedded in it is only named.
    """
    if not text:
        return named_html(target)
    shown = card_html(text, embed, output)
    return f'<blockquote class="embed" data-embed="{html.escape(target)}">{shown}</blockquote>'
