"""White space as JavaScript defines it, which is what Obsidian's parser trims and matches by.

Source: ECMAScript, WhiteSpace and LineTerminator. Python's ``\\s`` also has the separators
U+001C to U+001F and U+0085, and lacks U+FEFF.
"""

from __future__ import annotations

JS_SPACE = (
    "\t\n\x0b\x0c\r \xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
# The same as the inside of a character class of a pattern, with and without the line feed.
JS_SPACE_CLASS = "\\t\\n\\x0b\\x0c\\r \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
JS_SPACE_IN_LINE = JS_SPACE_CLASS.replace("\\n", "")


def is_blank(text: str, start: int, end: int) -> bool:
    """Return whether nothing but white space is in ``text[start:end]``."""
    return start >= end or (text[start] in JS_SPACE and not text[start:end].strip(JS_SPACE))
