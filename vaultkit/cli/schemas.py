"""What each command prints with ``--json``, as JSON Schema: the one place where it is documented.

`vaultkit schema` prints it; tests hold the output of every command against it. Within a major
version keys may be added, none is taken away or changes its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]


def text(description: str = "") -> Schema:
    """A string."""
    return {"type": "string", **({"description": description} if description else {})}


def whole(description: str = "") -> Schema:
    """A whole number, not negative."""
    return {"type": "integer", "minimum": 0, **({"description": description} if description else {})}


def number(description: str = "") -> Schema:
    """A number."""
    return {"type": "number", **({"description": description} if description else {})}


def flag(description: str = "") -> Schema:
    """True or false."""
    return {"type": "boolean", **({"description": description} if description else {})}


def many(items: Schema, description: str = "") -> Schema:
    """A list."""
    return {"type": "array", "items": items, **({"description": description} if description else {})}


def thing(optional: Mapping[str, Schema] | None = None, /, **keys: Schema) -> Schema:
    """An object with these keys, those of ``optional`` where they apply."""
    return {
        "type": "object",
        "properties": {**keys, **(optional or {})},
        "required": list(keys),
        "additionalProperties": False,
    }


PATH = text("path in the vault, with / between folders")
PATHS = many(PATH)
ANY: Schema = {}
TOTAL = thing(total=whole("how many there are; the answer when total is asked for"))

SCHEMAS: dict[str, Schema] = {
    "aliases": many(thing(alias=text(), file=PATH)),
    "backlinks": many(thing(file=PATH, count=whole("links, embeds, property links, canvas nodes"))),
    "bases": PATHS,
    "deadends": PATHS,
    "file": thing(
        path=PATH,
        name=text("without extension"),
        extension=text(),
        size=whole("bytes"),
        created=text("ISO 8601 in UTC; empty where the disk does not know"),
        modified=text("ISO 8601 in UTC"),
    ),
    "files": PATHS,
    "folder": thing({}, path=PATH, files=whole(), folders=whole(), size=whole("bytes")),
    "folders": PATHS,
    "links": many(thing(target=text("a path when resolved, else the name"), resolved=flag(), count=whole())),
    "orphans": PATHS,
    "outline": many(thing(heading=text(), level=whole(), line=whole("from 1"))),
    "properties": {
        "anyOf": [
            many(thing(name=text(), type=text("Obsidian's word"), count=whole("notes with it"))),
            {"type": "object", "description": "with a file: its properties and their values"},
        ]
    },
    "property:read": {"description": "the value itself"},
    "search": PATHS,
    "search:context": many(thing(file=PATH, matches=many(thing(line=whole("from 1"), text=text())))),
    "tag": thing(tag=text("with #"), count=whole("how often it stands"), files=PATHS),
    "tags": many(thing(tag=text("with #"), count=whole("how often it stands"), notes=whole("notes that carry it"))),
    "tasks": many(thing(file=PATH, line=whole("from 1"), status=text("between the brackets"), text=text())),
    "unresolved": many(thing(link=text("the name"), count=whole("links"), sources=PATHS)),
    "vault": thing(name=text(), path=text("on this machine"), files=whole(), folders=whole(), size=whole("bytes")),
    "wordcount": thing({"words": whole(), "characters": whole()}),
}


def schema(command: str) -> Schema:
    """The JSON Schema of what the command prints, with its address and name."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"vaultkit {command} --json",
        **SCHEMAS[command],
    }
