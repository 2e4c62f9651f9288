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

SCHEMAS: dict[str, Schema] = {
    "aliases": many(thing(alias=text(), file=PATH)),
    "backlinks": many(thing(file=PATH, count=whole("links, embeds, property links, canvas nodes"))),
    "base:query": many(
        {
            "type": "object",
            "properties": {"path": PATH},
            "required": ["path"],
            "description": "besides the path the view's columns, as the base names them: file.name, price, formula.x; "
            "links are texts in [[ ]], dates ISO 8601, what has no value is null",
        }
    ),
    "base:views": many(thing(name=text(), type=text("table, cards, list, map, or a plugin's word"))),
    "bases": PATHS,
    "deadends": PATHS,
    "file": thing(
        path=PATH,
        name=text("without extension"),
        extension=text(),
        size=whole("bytes"),
        created=text("ISO 8601 in UTC"),
        modified=text("ISO 8601 in UTC"),
    ),
    "files": PATHS,
    "folder": thing({}, path=PATH, files=whole(), folders=whole(), size=whole("bytes")),
    "folders": PATHS,
    "graph bridges": thing(
        bridges=many(thing(near=NODE, far=NODE, cuts_off=whole("nodes in the smaller part"))),
        cut_nodes=many(thing(**NODE_KEYS, parts=whole(), cuts_off=whole("nodes outside the largest part"))),
    ),
    "graph communities": thing(
        method=text("louvain"),
        seed=whole("of the method, on one weighted undirected edge a pair"),
        note=text("what was bounded by size, or empty"),
        modularity=number(),
        communities=many(
            thing(
                name=text(),
                size=whole("nodes"),
                notes=whole("notes among them"),
                terms=many(text(), "words that its texts share"),
                nodes=many(NODE, "those with most links inside first"),
            )
        ),
    ),
    "graph diff": thing(
        added=many(text("id")),
        removed=many(text("id")),
        renamed=many(thing(before=text("id"), after=text("id"))),
        links_added=many(EDGE),
        links_removed=many(EDGE),
        written=many(text("id"), "unresolved names that have a file now"),
        lost=many(text("id"), "names that had a file"),
    ),
    "graph build": NODE_LINK,
    "graph export json": NODE_LINK,
    "graph gaps": thing(
        measure=text("one sentence"),
        topics_by={"enum": ["community", "folder"]},
        gaps=many(
            thing(
                score=number(),
                topics=many(thing(name=text(), notes=whole())),
                links=whole("pairs of notes with a link between the two"),
                words=many(text(), "typical of both"),
                meetings=many(thing(notes=many(PATH, "one of each topic"), words=many(text(), "in both"))),
            )
        ),
    ),
    "graph growth": thing(
        measure=text("one sentence"),
        step={"enum": ["week", "month", "year"]},
        periods=many(text("first day, YYYY-MM-DD")),
        total=SERIES,
        topics=many(SERIES),
        undated=whole("notes whose beginning is not known"),
    ),
    "graph order": thing(
        measure=text("one sentence"),
        topic=text(),
        steps=many(
            thing(
                path=PATH,
                needed_by=whole("notes behind it that build on it"),
                builds_on=PATHS,
                ahead=many(PATH, "notes that it uses and that come later"),
                is_overview=flag("it only lists the topic"),
            )
        ),
        cycles=many(PATHS, "notes that use each other in a ring"),
    ),
    "graph stale": thing(
        measure=text("one sentence"),
        dates=text("where they come from; empty when none is known"),
        notes=many(
            thing(
                path=PATH,
                score=number(),
                backlinks=whole("notes that link to it"),
                newer=whole("those of them that changed later"),
                days={"type": ["integer", "null"], "description": "since it changed"},
                findings=whole(),
            )
        ),
    ),
    "graph neighbours": many(
        thing(
            **NODE_KEYS,
            distance=whole("steps"),
            direction={"enum": ["->", "<-", "<->", ""], "description": "of the links, for a node one step away"},
        )
    ),
    "graph orphans": PATHS,
    "graph path": thing(
        path=many(NODE, "both ends included; empty when there is no way"),
        length={"type": ["integer", "null"], "description": "steps"},
        through_hubs=many(text("id"), "index notes on the way"),
        skipped_hubs=many(text("id"), "index notes, when they are not passed through"),
    ),
    "graph pictures": thing(
        only=many(thing(path=PATH, pictures=whole("how many it shows")), "notes without a word besides their pictures"),
        equal=many(PATHS, "pictures with the same bytes"),
    ),
    "graph reach": thing(
        notes=whole(),
        reached=whole(),
        by_distance=many(whole(), "notes 0, 1, 2 … steps away"),
        missed=PATHS,
    ),
    "graph related": many(
        thing(
            **NODE_KEYS,
            score=number("at most 2"),
            adamic_adar=number(),
            cocitation=number(),
            is_linked=flag(),
            through=many(text("id")),
        )
    ),
    "graph suggest": SUGGESTIONS,
    "graph stats": thing(
        {
            "before": thing(revision=text(), **STATS_KEYS),
            "betweenness": thing(
                note=text("what was bounded by size, or empty"),
                top=many(thing(path=PATH, betweenness=number("share of shortest ways that lead through it"))),
            ),
        },
        **STATS_KEYS,
    ),
    "links": many(thing(target=text("a path when resolved, else the name"), resolved=flag(), count=whole())),
    "orphans": PATHS,
    "outline": many(thing(heading=text(), level=whole(), line=whole("from 1"))),
    "pictures": thing(
        engine=text("name, version and languages"),
        read=whole("pictures read by this call"),
        pictures=whole("pictures and PDF files of the vault"),
        with_text=whole("pictures in which text was found"),
        unsure=many(PATH, "pictures with a confidence below 0.8"),
        skipped=many(thing(path=PATH, reason=text("why it was not read"))),
    ),
    "pictures similar": many(
        thing(likeness={**RATE, "description": "of the least alike pair; 1 for equal files"}, paths=PATHS)
    ),
    "pictures alt": many(
        thing(note=PATH, line=whole("from 1"), column=whole("from 1"), picture=PATH, text=text("title of the picture"))
    ),
    "pictures cards": many(
        thing(
            note=PATH,
            line=whole("from 1"),
            question=text(),
            picture=PATH,
            is_shown=flag("the card shows the picture; else it shares most words with the question"),
            text=text("of the picture"),
        )
    ),
    "pictures list": many(
        thing(
            path=PATH,
            confidence=RATE,
            origin=text("ocr, text, mixed or edited"),
            remarks=many({"enum": ["small text", "huge", "only text"]}),
            words=text("the first ones"),
        )
    ),
    "pictures show": thing(
        path=PATH,
        text=text("lines joined by newlines, pages of a PDF by form feeds"),
        confidence=RATE,
        origin=text("ocr, text, mixed or edited"),
        engine=text("what read it; empty for edited"),
        width=whole("in pixels, of a PDF in points; 0 when unknown"),
        height=whole(),
        lines=many(thing(text=text(), confidence=RATE, box=many(whole(), "left, top, right, bottom in pixels"))),
    ),
    "properties": {
        "anyOf": [
            many(thing(name=text(), type=text("Obsidian's word"), count=whole("notes with it"))),
            {"type": "object", "description": "with a file: its properties and their values"},
        ]
    },
    "property:read": {"description": "the value itself"},
    "report": thing(
        vault=text("its name"),
        day=text("YYYY-MM-DD"),
        health=whole("of 100"),
        parts=many(thing(name=text(), points=number(), most=whole(), says=text())),
        numbers=NUMBERS,
        before=thing(day=text("of the last report, empty when there is none"), numbers=NUMBERS),
        since=text("day of the last report, or four weeks ago"),
        new=many(PATH, "notes that began since then"),
        growth=thing(periods=many(text("first day of a week")), counts=many(whole())),
        gaps=many(thing(topics=many(text()), words=many(text()), notes=many(PATH, "that should meet"))),
        order=thing(topic=text("with most new notes"), notes=many(PATH, "what to read first")),
        stale=PATHS,
        wanted=many(thing(topic=text(), names=many(text()))),
    ),
    "search": PATHS,
    "search:context": many(thing(file=PATH, matches=many(thing(line=whole("from 1"), text=text())))),
    "stats": thing(
        **{
            name: whole()
            for name in (
                "notes",
                "canvases",
                "bases",
                "attachments",
                "links",
                "embeds",
                "unresolved",
                "unresolved_names",
                "no_backlinks",
                "deadends",
                "headings",
                "tasks",
                "tags",
                "aliases",
            )
        }
    ),
    "suggest": SUGGESTIONS,
    "suggest --ideas": many(WANTED),
    "tag": thing(tag=text("with #"), count=whole("how often it stands"), files=PATHS),
    "tags": many(thing(tag=text("with #"), count=whole("how often it stands"), notes=whole("notes that carry it"))),
    "tasks": many(thing(file=PATH, line=whole("from 1"), status=text("between the brackets"), text=text())),
    "unresolved": many(thing(link=text("the name"), count=whole("links"), sources=PATHS)),
    "vault": thing(name=text(), path=text("on this machine"), files=whole(), folders=whole(), size=whole("bytes")),
    "wanted": many(WANTED),
    "wanted --by-topic": thing(
        measure=text("one sentence"),
        topics=many(thing(topic=text("empty for names of no topic"), names=many(WANTED))),
    ),
    "wordcount": thing({"words": whole(), "characters": whole()}),
}


def schema(command: str) -> Schema:
    """The JSON Schema of what the command prints, with its address and name."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"vaultkit {command} --json",
        **SCHEMAS[command],
    }
