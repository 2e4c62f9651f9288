"""What each command prints with ``--json``, as JSON Schema: the one place where it is documented.

`vaultkit schema` prints it; tests hold the output of every command against it. Within a major
version keys may be added, none is taken away or changes its meaning.
"""

from __future__ import annotations

from vaultkit.cli.schema_parts import (
    EDGE,
    NODE,
    NODE_KEYS,
    NODE_LINK,
    NUMBERS,
    PATH,
    PATHS,
    RATE,
    SERIES,
    STATS_KEYS,
    SUGGESTIONS,
    WANTED,
    Schema,
    flag,
    many,
    number,
    text,
    thing,
    whole,
)

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
        seed=whole("of the Louvain method; each pair of nodes has one weighted, undirected edge"),
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
                top=many(thing(path=PATH, betweenness=number("share of the shortest paths that pass through it"))),
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
    "tag": thing(tag=text("with #"), count=whole("how often it occurs"), files=PATHS),
    "tags": many(thing(tag=text("with #"), count=whole("how often it occurs"), notes=whole("notes that have it"))),
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
