"""What may begin in running text, and the usual constructs whole, so that one match is enough for them."""

from __future__ import annotations

import re

from vaultkit.note.inline_links import ESCAPABLE
from vaultkit.note.model import DeadKind
from vaultkit.note.urls import EMAIL_CLASS
from vaultkit.note.whitespace import JS_SPACE_CLASS

_MARKS = r"\\`*_$<\[#~^!"
# A mark that can begin something. The set at the start of each pattern is what makes the search quick.
_BEGINS = r"(?<![!^~])|(?<=~)(?=~)|(?<=[!^])(?=\[)"
_PLAIN = rf"[^{_MARKS}]++"
# The usual constructs whole, with nothing in them that has to be read; an empty group behind each tells them apart.
_WIKILINK = r"\[([^\[\]\n|#\\]*+)(#[^\[\]\n|\\]*+)?(?:\|([^\[\]\n\\]*+))?()\]\]"
_LINK = rf"([^{_MARKS}&\]]*+)\]\(([^()<>\\{JS_SPACE_CLASS}]++)()\)"
_USUAL = (
    rf"(?:(?<=!)\[|(?<=\[))(?:{_WIKILINK}|{_LINK})"
    rf"|(?<=\\)[{re.escape(ESCAPABLE)}]()"
    r"|(?<=`)[^`]++`(?!`)()"
    r"|(?<=\$)(?![$ \t])[^$\\]*+(?:\\.[^$\\]*+)*+(?<![ \t])\$(?![0-9])()"
    r"|(?<=<)(?!/?[aA][\s/>])(?:[A-Za-z][A-Za-z0-9-]*+\s*+/?|/[A-Za-z][A-Za-z0-9-]*+\s*+)>()"
)
_LETTER = r"[^\W_]"
_USUAL_MARKS = (
    rf"|(?<=\*)(?:(?<!\S\*)\*(?=[^\s\ufeff])|\*(?={_LETTER})){_PLAIN}(?:(?<=\S)\*\*(?!\S)|(?<={_LETTER})\*\*(?!\*))()"
    rf"|(?<=\*)(?=[^\s\ufeff]){_PLAIN}\*(?!\*)()"
)
IS_WIKILINK, IS_LINK, IS_STRONG, IS_EMPHASIS = 4, 7, 12, 13
DEAD_KINDS: dict[int, DeadKind] = {9: "code", 10: "math", 11: "html"}

# In blocks with addresses, which may be in emphasis, emphasis is read; "hw" are the first letters of an address.
TOKEN = re.compile(rf"[{_MARKS}](?:{_USUAL}{_USUAL_MARKS}|{_BEGINS})", re.DOTALL)
TOKEN_OR_URL = re.compile(rf"[{_MARKS}hw](?:(?<=h)ttps?://|(?<=w)ww\.|(?<![hw])(?:{_USUAL}|{_BEGINS}))", re.DOTALL)
TOKEN_OR_EMAIL = re.compile(rf"{TOKEN_OR_URL.pattern}|(?<![{EMAIL_CLASS}])[{EMAIL_CLASS}]++@", re.DOTALL)
ANY_MARK = re.compile(rf"[{_MARKS}](?:{_BEGINS})")


def token_pattern(text: str, start: int, end: int) -> re.Pattern[str]:
    """Return the pattern of what may begin in a block."""
    if text.find("@", start, end) >= 0:
        return TOKEN_OR_EMAIL
    if text.find("://", start, end) >= 0 or text.find("www.", start, end) >= 0:
        return TOKEN_OR_URL
    return TOKEN
