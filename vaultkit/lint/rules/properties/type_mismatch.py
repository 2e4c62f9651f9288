"""A property value that does not fit the property type in the vault's settings: date, number, checkbox, text or list.

Why:     Obsidian shows a warning in the open note only; sorting, filters and bases leave the note out.
Fix:     writes dates as 2024-05-28 where day and month are unambiguous. Unsafe.
Source:  Obsidian Help, "Properties"; the vault's own ``types.json``.

A text in place of a list is reported as info, once per property: Obsidian shows it as a list of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import changed
from vaultkit.base.text import Edit
from vaultkit.lint.facts.property_spans import value_span
from vaultkit.lint.facts.source_text import text_of
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.aspects import PROPERTIES
from vaultkit.vault.snapshot import Snapshot

CODE = "PR007"
SEVERITY = "warning"
WHOLE = True
DEPENDS = (PROPERTIES,)
BAD = {".obsidian/types.json": '{"types": {"created": "date"}}', "a.md": "---\ncreated: 28.5.2024\n---\n"}
GOOD = {".obsidian/types.json": '{"types": {"created": "date"}}', "a.md": "---\ncreated: 2024-05-28\n---\n"}

_DATE = lazy_pattern(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_YEAR_FIRST = lazy_pattern(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = lazy_pattern(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_KINDS = {
    "date": "a date", "datetime": "a date and time",
    "number": "a number", "checkbox": "true or false", "text": "a text", "multitext": "a list",
}  # fmt: skip


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Compare values with ``types.json``; empty values fit every type."""
    types = {name.lower(): kind for name, kind in vault.settings.property_types if kind in _KINDS}
    if not types:
        return
    lone: dict[str, list[tuple[str, Violation]]] = {}
    for path, note in vault.notes.items():
        matter = note.frontmatter
        if matter is None or matter.error is not None:
            continue
        for key, value in matter.properties.items():
            kind = types.get(key.lower())
            if kind is None or fits(kind, value) or _is_open(value):
                continue
            text = text_of(vault, path)
            start, end = value_span(text, matter, key) if text is not None else (matter.start, matter.start + 3)
            message = f"property `{key}` should be {_KINDS[kind]} (vault setting), found {_shown(value)}"
            if kind == "multitext" and isinstance(value, str):
                lone.setdefault(key.lower(), []).append((path, Violation(start, end, message, key, severity="info")))
                continue
            yield path, Violation(start, end, message, key, _fix(text, start, end, kind, value))
    for found in lone.values():
        path, first = found[0]
        more = len(found) - 1
        others = f"; the same in {more} more notes" if more > 1 else "; the same in 1 more note" if more else ""
        yield path, changed(first, message=first.message + others)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"the {'number' if isinstance(value, int | float) else 'text'} `{str(value)[:60]}`"


def fits(kind: str, value: Any) -> bool:
    """The value can be shown as a property of this type.

    >>> fits("number", "12 pages")
    False
    """
    if value is None or value == "":
        return True
    if kind == "checkbox":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "text":
        return not isinstance(value, list | dict)
    if kind == "multitext":
        return isinstance(value, list)
    return isinstance(value, str) and _DATE.fullmatch(value.strip()) is not None and _is_day(value.strip()[:10])


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_open(value: Any) -> bool:
    """Return whether the value is a template placeholder or a link, which users write in place of a date."""
    return isinstance(value, str | dict) and any(mark in str(value) for mark in ("{{", "<%", "{'", "[["))


def _fix(text: str | None, start: int, end: int, kind: str, value: Any) -> Fix | None:
    if kind != "date" or not isinstance(value, str) or text is None or text[start:end] != value:
        return None
    first, last = _YEAR_FIRST.fullmatch(value), _DAY_FIRST.fullmatch(value)
    if first:
        year, month, day = first.groups()
    elif last:
        day, month, year = last.groups()
    else:
        return None
    good = f"{year}-{int(month):02}-{int(day):02}"
    if not _is_day(good):
        return None
    return Fix(f"write `{good}`", (Edit(start, end, good),), is_safe=False)
