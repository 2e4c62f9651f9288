"""Where the texts of a JSON file stand, so that one can be edited and all else stays as it is formatted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from vaultkit.base.record import record
from vaultkit.base.text import Edit

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
# A pair of surrogates is one character, written as two escapes.
_UNIT = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)

Path = tuple[str | int, ...]


@record
class JsonText:
    """A text value. path: keys and positions from the top. start, end: between its quotes, in the file's text."""

    path: Path
    value: str
    start: int
    end: int


def json_texts(text: str) -> Iterator[JsonText]:
    """All text values of a valid JSON file, in order; keys are none."""
    path: list[str | int] = []
    kinds: list[str] = []
    key = ""
    is_key = False
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "{[":
            kinds.append(token)
            path.append("" if token == "{" else 0)
            is_key = token == "{"
        elif token in "}]":
            kinds.pop()
            path.pop()
            is_key = False
        elif token == ",":
            if kinds[-1] == "[":
                path[-1] = int(path[-1]) + 1
            is_key = kinds[-1] == "{"
        elif token == ":":
            path[-1] = key
            is_key = False
        elif token[0] == '"':
            value = json.loads(token, strict=False)
            if is_key:
                key = value
            else:
                yield JsonText(tuple(path), value, match.start() + 1, match.end() - 1)


def offsets_within(text: str, place: JsonText) -> list[int]:
    """Where each character of a text value is written in the file, and where the value ends.

    Raises:
        ValueError: the value holds half a character (a lone surrogate).
    """
    raw = text[place.start : place.end]
    starts = [place.start + match.start() for match in _UNIT.finditer(raw)] + [place.end]
    if len(starts) != len(place.value) + 1:
        raise ValueError("a text with half a character")
    return starts


def edits_within(text: str, place: JsonText, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Edits of a text value as edits of the file; characters are escaped as the value has them escaped.

    Raises:
        ValueError: the value holds half a character.
    """
    raw = text[place.start : place.end]
    starts = offsets_within(text, place)
    is_ascii = "\\u" in raw and raw.isascii()
    for edit in edits:
        written = json.dumps(edit.replacement, ensure_ascii=is_ascii)[1:-1]
        if "\\/" in raw:
            written = written.replace("/", "\\/")
        yield Edit(starts[edit.start], starts[edit.end], written)
