r"""Regular expressions of JavaScript as Python's: Obsidian runs on JavaScript, where the same signs mean other things.

``\d``, ``\w`` and ``\b`` know ASCII only, ``$`` is the very end, ``.`` matches no line end of any kind, groups are
named ``(?<name>…)``, and with the flag u there is ``\p{L}``. Source: ECMA-262, "Pattern Semantics".
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

_WORD = "A-Za-z0-9_"
_OUTSIDE = {
    "d": "[0-9]",
    "D": "[^0-9]",
    "w": f"[{_WORD}]",
    "W": f"[^{_WORD}]",
    "b": f"(?:(?<![{_WORD}])(?=[{_WORD}])|(?<=[{_WORD}])(?![{_WORD}]))",
    "B": f"(?:(?<![{_WORD}])(?![{_WORD}])|(?<=[{_WORD}])(?=[{_WORD}]))",
    "s": r"[\s\ufeff]",
    "/": "/",
}
_INSIDE = {"d": "0-9", "w": _WORD, "s": r"\s\ufeff", "b": r"\x08", "/": "/", "-": r"\-"}
_LONG_ESCAPE = re.compile(r"u\{([0-9A-Fa-f]{1,6})\}|([pP])\{([^{}]*)\}|k<([^<>]+)>|c([A-Za-z])")
_SET_SIGNS = frozenset("[&|~")


def python_pattern(source: str, flags: str = "") -> str:
    """The expression between the slashes, as Python's `re` writes it.

    >>> python_pattern(r"^(?<year>\\d{4})$")
    '^(?P<year>[0-9]{4})\\\\Z'

    Raises:
        re.error: it uses something that has no counterpart.
    """
    found: list[str] = []
    at = 0
    in_set = False
    while at < len(source):
        letter = source[at]
        if letter == "\\" and at + 1 < len(source):
            text, at = _escape(source, at + 1, is_unicode="u" in flags or "v" in flags, in_set=in_set)
            found.append(text)
            continue
        at += 1
        if in_set:
            in_set = letter != "]"
            found.append(f"\\{letter}" if letter in _SET_SIGNS else letter)
        elif letter == "[":
            empty = {"[]": "(?!)", "[^]": r"[\s\S]"}
            whole = next((one for one in ("[^]", "[]") if source.startswith(one, at - 1)), "")
            if whole:
                found.append(empty[whole])
                at += len(whole) - 1
            else:
                in_set = True
                found.append("[^" if source.startswith("^", at) else "[")
                at += source.startswith("^", at)
        elif letter == "$":
            found.append("$" if "m" in flags else r"\Z")
        elif letter == "." and "s" not in flags:
            found.append("[^\\n\\r\\u2028\\u2029]")
        elif letter == "(" and re.match(r"\?<(?![=!])", source[at:]):
            found.append("(?P<")
            at += 2
        else:
            found.append(letter)
    return "".join(found)


def _escape(source: str, at: int, *, is_unicode: bool, in_set: bool) -> tuple[str, int]:
    """Return the Python form of the escape whose letter is at ``at``, and its end."""
    long = _LONG_ESCAPE.match(source, at)
    if long is not None:
        if long[1] and is_unicode:
            return re.escape(chr(min(int(long[1], 16), sys.maxunicode))), long.end()
        if long[2] and is_unicode:
            ranges = _category(long[3])
            if not in_set:
                return f"[{'^' if long[2] == 'P' else ''}{ranges}]", long.end()
            if long[2] == "p":
                return ranges, long.end()
            raise re.error(f"\\P{{{long[3]}}} within brackets is not supported")
        if long[4]:
            return f"(?P={long[4]})", long.end()
        if long[5]:
            return f"\\x{ord(long[5]) % 32:02x}", long.end()
    known = (_INSIDE if in_set else _OUTSIDE).get(source[at])
    if known is not None:
        return known, at + 1
    letter = source[at]
    # Python refuses escapes of letters that mean nothing; in JavaScript they are the letter.
    if letter.isascii() and letter.isalpha() and letter not in "DWSnrtfvux0":
        return letter, at + 1
    return f"\\{letter}", at + 1


@cache
def _category(name: str) -> str:
    """The characters of a general category, as ranges within brackets."""
    wanted = {"Letter": "L", "Number": "N", "Punctuation": "P", "Symbol": "S", "Separator": "Z", "Mark": "M"}.get(
        name.rpartition("=")[2], name.rpartition("=")[2]
    )
    known = {"Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Alphabetic": "L", "Decimal_Number": "Nd"}
    wanted = known.get(wanted, wanted)
    if not re.fullmatch(r"[LMNPSZC][a-z]?", wanted):
        raise re.error(f"\\p{{{name}}} is not supported")
    ranges: list[str] = []
    start = -1
    for code in range(sys.maxunicode + 2):
        is_in = code <= sys.maxunicode and unicodedata.category(chr(code)).startswith(wanted)
        if is_in and start < 0:
            start = code
        elif not is_in and start >= 0:
            ranges.append(f"\\U{start:08x}" + (f"-\\U{code - 1:08x}" if code - 1 > start else ""))
            start = -1
    return "".join(ranges)
