"""File names that are valid on every system and in links."""

from __future__ import annotations

import re

RESERVED = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?", re.IGNORECASE)
MAX_NAME_BYTES = 255

_SHARP = re.compile(r"\b([A-Z])#(?!\w)")  # C#, F#
_INNER = re.compile(r"(?<=\w)[:|\\](?=\w)")
_APART = re.compile(r"\s*[:|\\]\s*")
_FORBIDDEN = re.compile(r'[#^*?"<>\x00-\x1f\x7f]|\[{2,}|\]{2,}')
_COMMENT = re.compile(r"%{2,}")
_SPACES = re.compile(r"\s+")


def plain_name(name: str, suffix: str = "") -> str:
    """A name without its extension, as near to ``name`` as can be; "" when nothing is left. suffix: with its dot.

    >>> plain_name("What is C#?"), plain_name("Attention: all you need"), plain_name("12:30"), plain_name("con")
    ('What is C sharp', 'Attention - all you need', '12-30', 'con_')
    """
    text = _SHARP.sub(r"\1 sharp", _COMMENT.sub("%", name))
    text = _APART.sub(" - ", _INNER.sub("-", text))
    text = _SPACES.sub(" ", _FORBIDDEN.sub("", text)).strip(" .").removeprefix("- ").removesuffix(" -").strip(" .")
    if RESERVED.fullmatch(text):
        text += "_"
    room = MAX_NAME_BYTES - len(suffix.encode("utf-8", "surrogatepass"))
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > room:
        text = data[:room].decode("utf-8", "ignore").rstrip(" .")
    return text
