"""What a tool is, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record

# About 2,000 words; longer texts come in pages.
MAX_CHARS = 12_000
PAGE = 50
MOST = 500


@record
class ToolSpec:
    """A tool as agents see it. inputs: argument -> JSON schema; writes: it is there only with ``--write``."""

    name: str
    title: str
    description: str
    inputs: Mapping[str, Mapping[str, Any]]
    required: tuple[str, ...] = ()
    writes: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of the arguments."""
        return {
            "type": "object",
            "properties": {name: dict(value) for name, value in self.inputs.items()},
            "required": list(self.required),
            "additionalProperties": False,
        }


@record
class ToolAnswer:
    """An answer: text for the model, and the same as data."""

    text: str
    data: Any


def text_input(description: str) -> dict[str, Any]:
    """The schema of a text."""
    return {"type": "string", "description": description}


def number_input(description: str, default: int, most: int) -> dict[str, Any]:
    """The schema of a whole number from 0."""
    return {"type": "integer", "description": description, "default": default, "minimum": 0, "maximum": most}


def flag_input(description: str) -> dict[str, Any]:
    """The schema of true or false, false by default."""
    return {"type": "boolean", "description": description, "default": False}


def texts_input(description: str) -> dict[str, Any]:
    """The schema of a list of texts."""
    return {"type": "array", "items": {"type": "string"}, "description": description}


LIMIT = number_input("How many entries to return.", PAGE, MOST)
OFFSET = number_input("How many entries to skip, for the next page.", 0, 10_000_000)
APPLY = text_input(
    "Empty for a dry run, which shows the diff and a plan id. The plan id of a dry run with the same arguments writes it."
)


def require_arguments(spec: ToolSpec, given: Mapping[str, Any]) -> None:
    """Hold the arguments against the schema.

    Raises:
        VaultkitError: one is missing, unknown or of another type; the message says what to do.
    """
    known = ", ".join(spec.inputs)
    for name in spec.required:
        if name not in given:
            raise VaultkitError(f"{spec.name}: the argument `{name}` is missing; the arguments are {known}")
    for name, value in given.items():
        if name not in spec.inputs:
            raise VaultkitError(f"{spec.name}: no argument `{name}`; the arguments are {known}")
        kind = spec.inputs[name]["type"]
        fits = {
            "string": isinstance(value, str),
            "boolean": isinstance(value, bool),
            "integer": isinstance(value, int) and not isinstance(value, bool) and value >= 0,
            "array": isinstance(value, list) and all(isinstance(one, str) for one in value),
        }[kind]
        if not fits:
            raise VaultkitError(f"{spec.name}: `{name}` must be of type {kind}")
        if kind == "integer" and value > spec.inputs[name]["maximum"]:
            raise VaultkitError(f"{spec.name}: `{name}` must be at most {spec.inputs[name]['maximum']}")


def paged(lines: Sequence[str], total: int, offset: int, what: str) -> str:
    """Lines of a page as text, with where the next page begins; cut where they get too long.

    lines: those of the page. total: of all pages.
    """
    shown: list[str] = []
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > MAX_CHARS and shown:
            break
        shown.append(line[:MAX_CHARS])
    if not total:
        return f"no {what}"
    if offset + len(shown) < total:
        shown.append(f"({offset + len(shown)} of {total} {what}; offset={offset + len(shown)} continues)")
    elif offset:
        shown.append(f"({total} {what} in all)")
    return "\n".join(shown)
