"""New texts of notes for what is appended, prepended, checked off or made from a template."""

from __future__ import annotations

from vaultkit.note.model import Note
from vaultkit.note.properties import frontmatter


def line_end_of(text: str) -> str:
    """The line end of a note."""
    return "\r\n" if "\r\n" in text else "\n"


def appended(text: str, content: str, *, is_inline: bool = False) -> str:
    """Return the text with ``content`` at its end, on a new line unless ``is_inline``."""
    end = line_end_of(text)
    content = content.replace("\r\n", "\n").replace("\n", end)
    if is_inline:
        stem = text[: len(text) - len(end)] if text.endswith(end) else text
        return stem + content + text[len(stem) :]
    return f"{text}{'' if not text or text.endswith(chr(10)) else end}{content}{end if text.endswith(chr(10)) else ''}"


def prepended(text: str, content: str, *, is_inline: bool = False) -> str:
    """The text with ``content`` before its first line, behind the properties."""
    end = line_end_of(text)
    content = content.replace("\r\n", "\n").replace("\n", end)
    matter = frontmatter(text)
    at = 0
    if matter is not None:
        newline = text.find("\n", matter.end)
        if newline < 0:
            return f"{text}{end}{content}"
        at = newline + 1
    return text[:at] + content + ("" if is_inline else end) + text[at:]


def with_status(text: str, note: Note, line: int, status: str) -> str | None:
    """The text whose task at ``line`` (from 1) has this character between its brackets; None if there is no task."""
    for item in note.list_items:
        if item.task is not None and text.count("\n", 0, item.start) + 1 == line:
            at = text.index("[", item.start) + 1
            return text[:at] + status + text[at + 1 :]
    return None
