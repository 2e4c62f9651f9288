"""Bytes and text: decoding, line tables, columns, edits.

Offsets are code points in the decoded text, half-open. Lines and columns appear only where
something is shown: from 1 in characters for people, from 0 in UTF-16 units for Obsidian.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from vaultkit.base.record import record

BOM = "\ufeff"
# What moves the cursor, colours the terminal or turns the writing round: control characters, marks of direction.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_JSON_UNSHOWN = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NEWLINE = re.compile("\n")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?\r?$", re.MULTILINE)


@record
class Decoded:
    """The text of a note, or the reason why there is none.

    text:    without the byte order mark; "" when the bytes are not text.
    has_bom: a byte order mark stood before the text; offsets do not count it.
    fault:   "" or a short reason, such as "not UTF-8: byte 0xE9 at offset 12".
    """

    text: str
    has_bom: bool
    fault: str


def decode(data: bytes) -> Decoded:
    """Decode a note as Obsidian does, which is as UTF-8; anything else is a fault.

    >>> decode(b"caf\\xc3\\xa9").text
    'café'
    """
    has_bom = False
    if data[:1] >= b"\xef":  # no byte order mark begins with a smaller byte
        has_bom = data.startswith(b"\xef\xbb\xbf")
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return Decoded("", False, "UTF-16, Obsidian reads UTF-8")
        if has_bom:
            data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        return Decoded("", has_bom, f"not UTF-8: byte 0x{byte:02X} at offset {error.start}")
    nul = text.find("\0")
    if nul >= 0:
        return Decoded("", has_bom, f"a NUL byte at offset {nul}, so this is not text")
    return Decoded(text, has_bom, "")


def line_starts(text: str) -> tuple[int, ...]:
    """Return the offset of the first character of each line; only ``\\n`` ends a line.

    >>> line_starts("a\\nb")
    (0, 2)
    """
    return (0, *[found.end() for found in _NEWLINE.finditer(text)])


def line_of(starts: tuple[int, ...], offset: int) -> int:
    """Line of an offset, from 0."""
    return bisect_right(starts, offset) - 1


def line_and_column(starts: tuple[int, ...], offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1, the column in characters."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@record
class Edit:
    """Replace ``text[start:end]`` by ``replacement``; offsets in code points."""

    start: int
    end: int
    replacement: str


def apply_edits(text: str, edits: tuple[Edit, ...]) -> str:
    """The text with all edits made; they must not overlap.

    Raises:
        ValueError: two edits overlap.
    """
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position:
            raise ValueError("edits overlap")
        pieces += text[position : edit.start], edit.replacement
        position = edit.end
    return "".join(pieces) + text[position:]


def escape_control_chars(text: str, keep: str = "") -> str:
    """The text with what a terminal would obey, and not show, written as escapes; line ends and tabs, too.

    keep: characters that are left as they are.

    >>> escape_control_chars("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    return _UNSHOWN.sub(lambda found: found[0] if found[0] in keep else _escape(found), text)


def shown_json(text: str) -> str:
    """A JSON text with those characters escaped that JSON need not escape and a terminal would obey.

    >>> shown_json('"\x9b1m"')
    '"\\\\u009b1m"'
    """
    return _JSON_UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def code_span(text: str, longest: int = 100) -> str:
    """Return the text in backticks, on one line, cut to ``longest`` characters; in double ones if it contains one.

    >>> code_span("Two-tower model.md")
    '`Two-tower model.md`'
    >>> print(code_span("a`b"))
    `` a`b ``
    """
    words = " ".join(text.split()) if "\n" in text or "\t" in text else text
    if len(words) > longest:
        words = words[:longest] + "…"
    return f"`` {words} ``" if "`" in words else f"`{words}`"


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def has_conflict_markers(text: str) -> bool:
    """Git left both sides of a merge in the text, so no tool should touch it."""
    return _CONFLICT.search(text) is not None
