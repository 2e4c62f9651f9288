"""A property set or removed by the edit of its own lines; comments, order and quotes of all others stay."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from vaultkit.note.properties import frontmatter, read_properties
from vaultkit.note.property_places import property_places

Scalar = str | int | float | bool | None
_PLAIN = re.compile(r"[^\W\d_][\w ./()-]*(?<! )")
_PLAIN_NAME = re.compile(r"[^\W\d][\w -]*(?<! )")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off"))


class PropertyEditError(ValueError):
    """The properties cannot be edited; the message says why."""


def with_property(text: str, name: str, value: Scalar | Sequence[Scalar]) -> str:
    """Return the note's text with the property set, in its place if it is there, else as the last one.

    Raises:
        PropertyEditError: the properties of the note are no valid YAML.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    written = _written(value, line_end)
    entry = f"{_name(name)}:{written}{line_end}"
    matter = frontmatter(text)
    if matter is None:
        return f"---{line_end}{entry}---{line_end}{text}"
    if matter.error is not None:
        raise PropertyEditError(f"its properties are not valid YAML ({matter.error.message})")
    block = text[matter.content_start : matter.content_end]
    place = next((one for one in property_places(block) if one.name.lower() == name.lower()), None)
    if place is None:
        if block.lstrip().startswith("{"):
            raise PropertyEditError("its properties are in braces; write one on each line first")
        new = block + entry
    else:
        kept = block[place.name_start : place.name_end]
        comment = ""
        if (
            place.kind == "text"
            and isinstance(value, str | int | float | bool)
            and "\n" not in block[place.value_start : place.value_end]
        ):
            comment = block[place.value_end : place.line_end].rstrip("\r\n")
        new = f"{block[: place.name_start]}{kept}:{written}{comment}{line_end}{block[place.line_end :]}"
    return _checked(text, matter.content_start, matter.content_end, new)


def without_property(text: str, name: str) -> str | None:
    """Return the note's text without the property; None if it has none. An empty block is removed whole.

    Raises:
        PropertyEditError: the properties of the note are no valid YAML.
    """
    matter = frontmatter(text)
    if matter is None:
        return None
    if matter.error is not None:
        raise PropertyEditError(f"its properties are not valid YAML ({matter.error.message})")
    block = text[matter.content_start : matter.content_end]
    place = next((one for one in property_places(block) if one.name.lower() == name.lower()), None)
    if place is None:
        return None
    if block.lstrip().startswith("{"):
        raise PropertyEditError("its properties are in braces; write one on each line first")
    new = block[: place.line_start] + block[place.line_end :]
    if not new.strip():
        return re.sub(r"\A[ \t]*\r?\n", "", text[matter.end :], count=1)
    return _checked(text, matter.content_start, matter.content_end, new)


def _checked(text: str, start: int, end: int, block: str) -> str:
    error = read_properties(block)[1]
    if error is not None:
        raise PropertyEditError(f"the new properties would not be valid YAML ({error.message})")
    return text[:start] + block + text[end:]


def _name(name: str) -> str:
    return name if _PLAIN_NAME.fullmatch(name) and name.lower() not in _WORDS else json.dumps(name, ensure_ascii=False)


def _written(value: Scalar | Sequence[Scalar], line_end: str) -> str:
    """What stands behind the colon, as Obsidian writes it."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        shown = _scalar(value)
        return f" {shown}" if shown else ""
    if not value:
        return " []"
    return "".join(f"{line_end}  - {_scalar(one)}" for one in value)


def _scalar(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    is_date = re.fullmatch(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?", value, re.ASCII)
    if is_date or (_PLAIN.fullmatch(value) and value.lower() not in _WORDS):
        return value
    return json.dumps(value, ensure_ascii=False)
