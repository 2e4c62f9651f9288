"""Parts of the JSON Schemas of commands: plain values, and records that several commands print."""

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

NODE_KEYS = {
    "id": text("kind:path"),
    "kind": text("note, unresolved, attachment, missing-attachment, tag, canvas, base, folder or external"),
    "label": text("what a reader calls it"),
    "path": text("path of a file or folder, name of what is unresolved, tag without #, host"),
}
NODE = thing(**NODE_KEYS)
EDGE = thing(
    source=text("id"),
    kind=text("link, embed, property, tag, canvas, parent-tag, folder, mention or picture-mention"),
    target=text("id"),
)
RATE = {"type": "number", "minimum": 0, "maximum": 1}
STATS_KEYS = {
    "nodes": {"type": "object", "additionalProperties": whole(), "description": "kind -> number, of the whole graph"},
    "edges": {"type": "object", "additionalProperties": whole(), "description": "kind -> number, of the whole graph"},
    "notes": whole(),
    "links": whole("links, embeds and property links"),
    "links_per_note": number(),
    "unresolved_rate": {**RATE, "description": "share of the links to notes and names that lead to nothing"},
    "pairs": whole("ordered pairs of nodes with a link"),
    "wanted": whole("names that links use and no file has"),
    "isolated": whole("notes without a link to or from a note, name, canvas or base"),
    "isolated_rate": {**RATE, "description": "share of the notes"},
    "no_backlinks": whole("notes that nothing links to"),
    "deadends": whole("notes that link to nothing"),
    "hub_share": {**RATE, "description": "share of the pairs that touch the 1 % of nodes with most neighbours"},
    "components": whole("parts that hang together"),
    "largest": {**RATE, "description": "share of the nodes in the largest part"},
    "degeneracy": whole("largest core number"),
    "home": text("path of the home note, empty when there is none"),
    "reached": {**RATE, "description": "share of the notes that following links from home reaches"},
    "top": many(thing(path=PATH, backlinks=whole(), pagerank=number()), "notes with most backlinks"),
}

NODE_LINK = thing(
    format={"const": "vaultkit-graph"},
    version={"const": 1},
    vault=text("name of the vault's folder"),
    directed={"const": True},
    multigraph={"const": True},
    graph={"type": "object"},
    nodes=many(
        thing(
            {
                "folder": text("of a file"),
                "aliases": many(text()),
                "tags": many(text("without #")),
                "properties": {"type": "object", "description": "of a note, other values than those of JSON as texts"},
                "format": text("of an attachment: image, pdf, audio, video or other"),
                "created": text("ISO 8601"),
                "modified": text("ISO 8601"),
                "words": whole(),
                "cards": whole(),
                "cards_empty": whole("without an answer"),
                "findings": {"type": "object", "additionalProperties": whole(), "description": "rule -> number"},
                "thumb": text("hash of a picture's bytes"),
                "rank": number("PageRank"),
                "component": whole(
                    "number of the part that hangs together, from 0, the largest; of notes, unresolved names, canvases "
                    "and bases, as rank and community"
                ),
                "community": whole("number of the community, from 0, the largest; none for a node without links"),
                "community_name": text("as `graph communities` prints it"),
                "x": number(),
                "y": number(),
            },
            **NODE_KEYS,
            degree_in=whole("other nodes that link here"),
            degree_out=whole("other nodes that are linked from here"),
        )
    ),
    edges=many(
        thing(
            {
                "line": whole("from 1"),
                "col": whole("from 1"),
                "target_raw": text("linktext as written"),
                "alias": text("display text"),
                "anchor": text("subpath with its #"),
                "name": text("of the property"),
            },
            source=text("id"),
            target=text("id"),
            key=whole("number of the edge among those of the same pair"),
            kind=text("link, embed, property, tag, canvas, parent-tag, folder or mention"),
            count=whole("how often the tag or name stands; 1 for other kinds"),
            resolved=flag("leads to something that is there"),
        )
    ),
)

SUGGESTIONS = many(
    thing(
        source=PATH,
        target=PATH,
        kind={"enum": ["mention", "tag", "near", "picture"]},
        match={"enum": ["exact", "case", "spelling", "plural", ""]},
        is_alias=flag("the text is an alias of the target"),
        text=text("as it stands in the source"),
        start=whole("offset in the source's text, in characters"),
        end=whole(),
        line=whole("from 1"),
        column=whole("from 1"),
        times=whole("how often it stands there"),
        score={**RATE, "description": "share of such suggestions that are right or harmless"},
        reason=text(),
        sentence=text("around the place"),
        picture=text("of the kind picture: the picture whose text names the target; else empty"),
        evidence={
            "anyOf": [
                thing(
                    linking=whole("other notes that link to the target"),
                    naming=whole("notes that name it without a link"),
                    common=whole("neighbours of both notes"),
                    links_back=flag(),
                    fit={**RATE, "description": "share of all notes whose text fits the target's subject less well"},
                    topical={**RATE, "description": "mean fit of the notes that name it"},
                    everyday={**RATE, "description": "1 for a word of everyday language, less for a phrase"},
                    is_verb=flag("it stands as an English verb"),
                    is_bare=flag("the target has hardly any words"),
                ),
                {"type": "null"},
            ],
            "description": "of a mention, what the score is made of",
        },
    )
)

SERIES = thing(name=text(), notes=whole(), counts=many(whole(), "for each period"))
NUMBERS: Schema = {"type": "object", "additionalProperties": whole(), "description": "key -> number"}
WANTED = thing(name=text(), notes=whole(), links=whole(), sources=PATHS)
