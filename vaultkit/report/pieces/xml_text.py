"""Text in XML: escaped, and without the characters that XML cannot hold at all."""

from __future__ import annotations

import re

_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def escaped(text: str) -> str:
    """The text for an attribute or for content.

    >>> escaped('a "b" & c')
    'a &quot;b&quot; &amp; c'
    """
    text = _IMPOSSIBLE.sub("\ufffd", text)
    return "".join(_ESCAPES.get(character, character) for character in text)
