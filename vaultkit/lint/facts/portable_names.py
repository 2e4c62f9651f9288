"""File names that are valid on every system and in links."""

from __future__ import annotations

import re

from vaultkit.base.lazy_pattern import lazy_pattern

RESERVED = lazy_pattern(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?", re.IGNORECASE)
MAX_NAME_BYTES = 255

_SHARP = lazy_pattern(r"\b([A-Z])#(?!\w)")  # C#, F#
_INNER = lazy_pattern(r"(?<=\w)[:|\\](?=\w)")
_APART = lazy_pattern(r"\s*[:|\\]\s*")
_FORBIDDEN = lazy_pattern(r'[#^*?"<>\x00-\x1f\x7f]|\[{2,}|\]{2,}')
_COMMENT = lazy_pattern(r"%{2,}")
_SPACES = lazy_pattern(r"\s+")


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
