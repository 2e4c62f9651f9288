"""A missing property, or a property value that the schema does not allow.

Why:     bases and queries leave out notes without the property.
Fix:     none: only the author knows the value.
Options: schema: one line per folder, ``PATTERN: key, key = value|value, key ~ regular expression``.
Source:  requests of vault owners. Off until a schema is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from vaultkit.base.errors import ConfigError
from vaultkit.base.globs import matcher
from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.patterns import SafePattern
from vaultkit.base.record import record
from vaultkit.lint.facts.property_spans import value_span
from vaultkit.lint.facts.source_text import text_of
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.model import Frontmatter
from vaultkit.vault.snapshot import Snapshot

CODE = "PR009"
SEVERITY = "warning"
PRESETS = ()
_SCHEMA = "[rules.PR009]\nschema = ['Books/**: author, status = read|unread, isbn ~ [0-9]{13}']\n"
BAD = {"vaultkit.toml": _SCHEMA, "Books/a.md": "---\nstatus: halfway\nisbn: 12\n---\n"}
GOOD = {"vaultkit.toml": _SCHEMA, "Books/a.md": "---\nauthor: Le Guin\nstatus: read\nisbn: 9780547773742\n---\n"}

_DEMAND = lazy_pattern(r"\s*(?P<key>[^=~]+?)\s*(?:(?P<sign>[=~])\s*(?P<value>.+?)\s*)?")


@record
class Options:
    """schema: lines such as "Books/**: author, status = read|unread, isbn ~ [0-9]{13}"."""

    schema: tuple[str, ...] = ()


@record
class Demand:
    """A required property. allowed: its values, empty for all; pattern: a regular expression, "" for none."""

    key: str
    allowed: tuple[str, ...]
    pattern: str


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Compare each note with the schema lines whose pattern matches its path."""
    schema = [parse_line(line) for line in options.schema]
    for path, note in vault.source_notes():
        # invalid-yaml reports properties that cannot be read.
        is_read = not note.fault and (note.frontmatter is None or note.frontmatter.error is None)
        for fits, demands in schema if is_read else ():
            if fits(path):
                for demand in demands:
                    fault = _fault(vault, path, note.frontmatter, demand)
                    if fault is not None:
                        yield path, fault


def parse_line(line: str) -> tuple[Callable[[str], bool], tuple[Demand, ...]]:
    """Parse a schema line into a path matcher and its required properties.

    Raises:
        ConfigError: the line cannot be read.
    """
    pattern, colon, rest = line.partition(":")
    fits = matcher([pattern.strip()])
    demands = []
    for part in re.split(r",(?![^{\[(]*[}\])])", rest):
        match = _DEMAND.fullmatch(part)
        if match is None or not colon or fits is None:
            raise ConfigError(
                f"rules.PR009.schema: invalid line `{line}`; write `Folder/**: key, key = a|b, key ~ regex`"
            )
        values = match["value"] or ""
        if match["sign"] == "~":
            try:
                SafePattern(values)
            except re.error as error:
                raise ConfigError(f"rules.PR009.schema: invalid regular expression `{values}`: {error}") from error
        allowed = tuple(value.strip() for value in values.split("|")) if match["sign"] == "=" else ()
        demands.append(Demand(match["key"], allowed, values if match["sign"] == "~" else ""))
    assert fits is not None
    return fits, tuple(demands)


def _fault(vault: Snapshot, path: str, matter: Frontmatter | None, demand: Demand) -> Violation | None:
    properties = matter.properties if matter else {}
    key = next((name for name in properties if name.lower() == demand.key.lower()), None)
    value = properties[key] if key is not None else None
    if key is None or matter is None or value is None or value in ("", []):
        return Violation(0, 0, f"missing property `{demand.key}`: the schema requires it in this folder", demand.key)
    for member in value if isinstance(value, list) else [value]:
        problem = _problem(demand, member)
        if problem:
            text = text_of(vault, path)
            start, end = value_span(text, matter, key) if text is not None else (matter.start, matter.start + 3)
            return Violation(
                start, end, f"invalid property value `{key}: {_written(member)[:60]}`: {problem}", demand.key
            )
    return None


def _written(member: Any) -> str:
    return str(member).lower() if isinstance(member, bool) else str(member)


def _problem(demand: Demand, member: Any) -> str:
    text = _written(member)
    if demand.allowed and text not in demand.allowed:
        return f"allowed are {', '.join(f'`{value}`' for value in demand.allowed)}"
    if demand.pattern and not SafePattern(demand.pattern).fullmatch(text):
        return f"does not match `{demand.pattern}`"
    return ""
