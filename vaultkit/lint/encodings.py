"""Detect the encoding of a text that is not UTF-8, if it is certain.

A wrong guess silently changes letters, so uncertain texts have no fix.
"""

from __future__ import annotations

from vaultkit.base.lazy_pattern import lazy_pattern

# UTF-8 with a byte order mark before it: a fix "from" it takes the mark off.
BOM_ENCODING = "utf-8-sig"
# UTF-32's mark begins with UTF-16's.
_MARKS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NAMES = {
    "utf-32": "UTF-32",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
}
_CONTROL = lazy_pattern(r"[\0-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
# Of the upper half of Windows-1252, what Western texts hold; letters that stand for others in the tables of
# Central Europe and Turkey (š ž ð þ ý and the signs among them) are left out, for they leave doubt.
_LETTERS = "àáâãäåæçèéêëìíîïñòóôõöøœùúûüÿß"
_CAPITALS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜŸ"
_SIGNS = "\u00a0€‚„…‘’“”–—™¡£§©«»®°±²³µ·º½¼¾¿×÷•ª´"
_SMALL = lazy_pattern(f"[{_LETTERS}]")
_STRANGE = lazy_pattern(f"[^\0-\x7f{_LETTERS}{_CAPITALS}{_SIGNS}]")
# A sign inside a word, a capital after a small letter, three such letters in a row: another table was meant.
_UNLIKELY = lazy_pattern(
    rf"[a-z{_LETTERS}][{_CAPITALS}]|[{_LETTERS}{_CAPITALS}]{{3}}|[{_LETTERS}{_CAPITALS}][²³ºª´¼½¾±µ]"
    rf"|[A-Za-z][ºª´¼½¾µ£§©®°±¡¿¥¤][A-Za-z]|[A-Za-z{_LETTERS}][¹³²][A-Za-z{_LETTERS}]"
)
_MAX_SHARE = 0.3


def encoding_of(data: bytes) -> str:
    """Python's name of the encoding of a text that is not UTF-8; "" when it is not certain, or no text.

    >>> encoding_of("café".encode("cp1252")), encoding_of("# Ünder".encode("utf-16"))
    ('cp1252', 'utf-16')
    >>> encoding_of("Привет".encode("cp1251")), encoding_of(b"\\x89PNG\\r\\n\\x1a\\n\\0\\0")
    ('', '')
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name if text_in(data, name) else ""
    if b"\0" in data:
        name = _unmarked(data)
        return name if name and text_in(data, name) else ""
    return "cp1252" if _is_western(text_in(data, "cp1252")) else ""


def encoding_name(encoding: str) -> str:
    """What people call it."""
    return _NAMES[encoding]


def text_in(data: bytes, encoding: str) -> str:
    """The text; "" when the bytes are none in this encoding."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return "" if _CONTROL.search(text) else text


def _unmarked(data: bytes) -> str:
    """UTF-16 without a mark shows where it is mostly ASCII: nearly every other byte is NUL, and no other is."""
    if len(data) % 2:
        return ""
    even, odd = data[::2], data[1::2]
    for name, letters, rest in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        if not letters.count(0) and rest.count(0) * 10 >= len(rest) * 9:
            return name
    return ""


def _is_western(text: str) -> bool:
    upper = sum(character > "\x7f" for character in text)
    if not upper or _STRANGE.search(text) or _UNLIKELY.search(text):
        return False
    letters = sum(character.isalpha() for character in text)
    high = sum(character > "\x7f" and character.isalpha() for character in text)
    if high > max(1, letters * _MAX_SHARE):
        return False
    if "õ" in text and not ("ã" in text or "ç" in text):
        return False  # Portuguese has the others, too; Hungarian has it for ő
    return bool(_SMALL.search(text)) or any(sign in text for sign in "‘’“”„–—…•€«»°§©")
