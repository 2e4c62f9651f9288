"""Where in a property block a property is written."""

from __future__ import annotations

import re

from vaultkit.note.model import Frontmatter


def key_span(text: str, matter: Frontmatter, key: str) -> tuple[int, int]:
    """The name of a top-level property as it is written; the block's first line when YAML hides it."""
    written = re.compile(rf"^(?:\"{re.escape(key)}\"|'{re.escape(key)}'|{re.escape(key)})(?=[ \t]*:)", re.MULTILINE)
    match = written.search(text, matter.content_start, matter.content_end)
    return match.span() if match else (matter.start, matter.start + 3)


def value_span(text: str, matter: Frontmatter, key: str) -> tuple[int, int]:
    """Return the span of the value after the colon, up to the next property, without blanks at its ends."""
    start, end = key_span(text, matter, key)
    colon = text.find(":", end, matter.content_end)
    if start == matter.start or colon < 0:
        return start, end
    following = re.compile(r"^[^\s#-]", re.MULTILINE).search(text, colon + 1, matter.content_end)
    stop = following.start() if following else matter.content_end
    raw = text[colon + 1 : stop]
    if not raw.strip():
        return colon + 1, colon + 1
    return colon + 1 + len(raw) - len(raw.lstrip()), colon + 1 + len(raw.rstrip())
