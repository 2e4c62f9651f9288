"""Definitions of reference links: ``[label]: destination "title"``."""

from __future__ import annotations

import re

from vaultkit.note.whitespace import JS_SPACE_IN_LINE

LABEL = re.compile(r"\[((?:[^\]\\]|\\.)*+)\]:[ \t\n]*", re.DOTALL)
_DESTINATION = re.compile(rf"<([^>\[\]]+)>|(?!<[^>\[\]]+>|<)([^\[\]{JS_SPACE_IN_LINE}\n]+)")
_TITLE = re.compile(
    r"""[ \t\n]+(?:"((?:[^"\n]|\n(?![\n"]))*+)"|'((?:[^'\n]|\n(?![\n']))*+)'|\(((?:[^)\n]|\n(?![\n)]))*+)\))"""
)
_TITLE_START = re.compile(r"""[ \t\n]*["'(]""")
_LINE_REST = re.compile(r"[ \t]*(?=\n|\Z)")
_WHITE = re.compile(r"\s+")


def definition_rest(text: str, label: re.Match[str] | None, end: int) -> tuple[re.Match[str] | None, int]:
    """Return the destination behind a label and where the definition ends; None when it is no definition.

    After the destination only a title may follow in the line. A title that begins and is not closed
    makes the whole no definition, even where it begins on the next line (seen in Obsidian's cache).
    The destination is group 1 of the match in angle brackets, group 2 otherwise.
    """
    if label is None or not label[1]:
        return None, -1
    destination = _DESTINATION.match(text, label.end(), end)
    if destination is None:
        return None, -1
    at = destination.end()
    if _TITLE_START.match(text, at, end):
        title = _TITLE.match(text, at, end)
        if title is None:
            return None, -1
        at = title.end()
    rest = _LINE_REST.match(text, at, end)
    return (destination, rest.end()) if rest else (None, -1)


def normal_label(label: str) -> str:
    """Return the form in which labels of reference links are compared."""
    return _WHITE.sub(" ", label).strip().lower()
