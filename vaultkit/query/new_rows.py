"""What a new note must have so that a view of a base shows it, as far as its filters say so plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vaultkit.base.record import record

_FOLDER = re.compile(r"file\.inFolder\(\s*([\"'])([^\"']+)\1\s*\)|file\.folder\s*==\s*([\"'])([^\"']+)\3")
_TAG = re.compile(r"file\.hasTag\(\s*([\"'])#?([^\"']+)\1\s*\)|(?:file\.)?tags\.contains\(\s*([\"'])#?([^\"']+)\3\s*\)")
_EQUAL = re.compile(r"(?:note\.)?([^\W\d]\w*)\s*==\s*(?:([\"'])([^\"']*)\2|(-?\d+(?:\.\d+)?)|(true|false))")


@record
class NewRow:
    """folder: "" for any; properties: (name, value), tags among them."""

    folder: str
    properties: tuple[tuple[str, Any], ...]


def values_of_filters(*filters: Any) -> NewRow:
    """The folder, tags and properties that all the filters ask for; parts of "or" and "not" ask for nothing."""
    folder = ""
    tags: list[str] = []
    found: dict[str, Any] = {}
    for text in (text for one in filters for text in _texts(one)):
        if match := _FOLDER.fullmatch(text):
            folder = (match[2] or match[4]).strip("/")
        elif match := _TAG.fullmatch(text):
            tags.append(match[2] or match[4])
        elif match := _EQUAL.fullmatch(text):
            number, word = match[4], match[5]
            plain = match[3] if match[2] else word == "true"
            found[match[1]] = (float(number) if "." in number else int(number)) if number else plain
    properties = [*found.items(), *([("tags", tuple(dict.fromkeys(tags)))] if tags else [])]
    return NewRow(folder, tuple(properties))


def _texts(filters: Any) -> Iterator[str]:
    if isinstance(filters, str):
        yield from (part.strip() for part in filters.split("&&"))
    elif isinstance(filters, dict) and isinstance(filters.get("and"), list):
        for one in filters["and"]:
            yield from _texts(one)
