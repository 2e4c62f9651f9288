"""The map as plain data: one JSON document of columns, which the page reads and the tests ask.

The order of nodes is that of the graph's arrays, so the same vault gives the same document.
What others find out (findings, cards, times, previews) comes in as plain mappings by path.

Format, version 1:
    vault       the vault's name; ``obsidian://`` links name it.
    labels, kind, folder, x, y, community    a column each, one entry for each node; kind is an index into
                `KINDS`, folder into ``folders``, community into ``communities`` or -1.
    terms       of each community the words that its texts share, most typical first.
    parts       [name, community] of the parts of large communities; partOf: the part of each node, -1 for none.
    communities [name, hue, hub node, size] of each, as `vaultkit graph communities` has them; size counts notes,
                unresolved names, canvases and bases. Pictures and other files have the community of what links to them.
    edges       [source, target, …], sorted by kind; edgeKinds: [kind, how many, …], index into `EDGE_KINDS`.
    properties, propertyOf    names of properties, and for each link of that kind the one it stands in.
    rules       code -> {name, severity, fixes: how many --fix takes away}; findings: [node, code, message, line] in order of path and line.
    cards       [node, cards, of those with an empty side].
    bridges     [node, notes that would come off without it], those that hold most first.
    since       {day, fresh, gone}: findings that came and went since an earlier map.
    compared    {revision, fresh, changed, moved, gone, links, lost}: what changed since a git revision, see `compared_on`.
    aliases, time, groups, stops, …   only for nodes that have one; time is in days from 1970.
    local       options of vis-network for the local graph, as pyvis writes them.
    text        "full", "preview" or "none": what the packed texts of the notes hold.
    pictureTexts    if there: nodes of pictures whose texts are packed behind those of the notes, in this order.
    foldAbove   if there: above so many visible nodes communities are drawn as one node each (else 50,000).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from vaultkit.graph.bridges import bridges
from vaultkit.graph.core import MISSING, NOTE, PROPERTY, UNRESOLVED, GraphCore
from vaultkit.map.comparison import compared_on
from vaultkit.map.drawing import EDGE_KINDS, KINDS, Drawn
from vaultkit.map.local_graph import options
from vaultkit.map.overlay import NOTHING, Overlay
from vaultkit.map.packed_text import Packed, packed
from vaultkit.map.review import review_on

VERSION = 1
LEAST_CUT = 2  # notes that a bridge holds; one note at the rim hangs on its neighbour in any vault
MOST_BRIDGES = 100
HUES = 12  # how many colours the page tells apart at a glance


def payload(drawn: Drawn, name: str, overlay: Overlay = NOTHING) -> dict[str, Any]:
    """The document that the page reads. name: the vault's."""
    core = drawn.core
    folders: dict[str, int] = {"": 0}
    folder = []
    for node, path in enumerate(core.paths):
        is_file = KINDS[drawn.kind[node]] not in ("unresolved", "missing", "tag")
        parent = path[: max(path.rfind("/"), 0)] if is_file else ""
        folder.append(folders.setdefault(parent, len(folders)))
    kinds, runs = np.unique(drawn.pairs[:, 2], return_counts=True)
    document: dict[str, Any] = {
        "version": VERSION,
        "vault": name,
        "labels": [_label(core, node, int(drawn.kind[node])) for node in range(len(core))],
        "kind": drawn.kind.tolist(),
        "folder": folder,
        "folders": list(folders),
        "x": drawn.places[:, 0].astype(int).tolist(),
        "y": drawn.places[:, 1].astype(int).tolist(),
        "community": drawn.community.tolist(),
        "communities": _communities(drawn),
        "edges": drawn.pairs[:, :2].ravel().tolist(),
        "edgeKinds": np.stack([kinds, runs], axis=1).ravel().tolist(),
    }
    document["text"] = overlay.text
    pictured = _pictured(drawn, overlay)
    if pictured:
        document["pictureTexts"] = [node for node, _ in pictured]
    document["local"] = options()
    if drawn.parts:
        document["parts"] = [list(part) for part in drawn.parts]
        document["partOf"] = drawn.part_of.tolist()
    document["terms"] = [list(island.terms) for island in drawn.groups]
    document.update(_bridges(drawn))
    document.update(_properties(drawn))
    document.update(_painted(drawn, overlay))
    return document


def _bridges(drawn: Drawn) -> dict[str, Any]:
    """Notes without which other notes would come off; what hangs on a note and is none does not count."""
    is_note = drawn.core.kind == NOTE
    notes = np.flatnonzero(is_note).tolist()
    _, cuts = bridges(drawn.core.keep(is_note))
    rows = [[notes[cut.node], cut.cuts_off] for cut in cuts if cut.cuts_off >= LEAST_CUT]
    return {"bridges": rows[:MOST_BRIDGES]} if rows else {}


def _properties(drawn: Drawn) -> dict[str, Any]:
    """properties: names; propertyOf: for each link of that kind, in order, the property it stands in."""
    named: dict[tuple[int, int], str] = {}
    core = drawn.core
    for edge in np.flatnonzero(core.edge_kind == PROPERTY).tolist():
        pair = int(core.source[edge]), int(core.target[edge])
        named.setdefault(pair, core.extra.get(edge, {}).get("name", ""))
    is_property = drawn.pairs[:, 2] == EDGE_KINDS.index("property")
    words = [named[source, target] for source, target, _ in drawn.pairs[is_property].tolist()]
    names = sorted(set(words))
    return {"properties": names, "propertyOf": [names.index(word) for word in words]} if words else {}


def _label(core: GraphCore, node: int, kind: int) -> str:
    """What stands at the node. A note's and canvas' path is made of it again, so it is exact."""
    path = core.paths[node]
    if KINDS[kind] == "tag":
        return core.labels[node]
    if KINDS[kind] in ("unresolved", "missing"):
        return path
    name = path[path.rfind("/") + 1 :]
    return name[:-3] if KINDS[kind] == "note" and name.endswith(".md") else name


def _communities(drawn: Drawn) -> list[list[Any]]:
    """[name, hue, hub, size] of each community; those that lie side by side get hues that differ."""
    count = len(drawn.groups)
    if not count:
        return []
    linked = np.flatnonzero(drawn.community >= 0)
    group = drawn.community[linked]
    size = np.bincount(group, minlength=count)
    centre = np.stack(
        [np.bincount(group, weights=drawn.places[linked, axis], minlength=count) / size for axis in (0, 1)], axis=1
    )
    hues: list[int] = []
    for at in range(count):
        # Nearness to communities that have the hue already; large ones count more.
        crowd = np.zeros(HUES)
        if at:
            distance = np.hypot(*(centre[:at] - centre[at]).T) + 60.0
            near = np.sqrt(size[:at]) / distance**2
            taken = np.array(hues)
            for step, share in ((0, 1.0), (1, 0.06), (-1, 0.06)):
                np.add.at(crowd, (taken + step) % HUES, near * share)
        hues.append(int(crowd.argmin()))
    return [[island.name, hue, island.hub, island.size] for island, hue in zip(drawn.groups, hues, strict=True)]


def _painted(drawn: Drawn, overlay: Overlay) -> dict[str, Any]:
    """The parts of the document that only some nodes have."""
    core = drawn.core
    node_of = core.files
    found: dict[str, Any] = {}
    rules: dict[str, dict[str, Any]] = {}
    findings = []
    for path in sorted(overlay.findings):
        for finding in overlay.findings[path]:
            if path in node_of:
                code = str(finding["code"])
                rule = rules.setdefault(code, {"name": str(finding["name"]), "severity": str(finding["severity"])})
                if finding.get("fix"):
                    rule["fixes"] = rule.get("fixes", 0) + 1
                findings.append([node_of[path], code, str(finding["message"]), int(finding["line"])])
    found["rules"] = {code: rules[code] for code in sorted(rules)}
    found["findings"] = findings
    found["cards"] = [
        [node_of[path], int(overlay.cards[path]["cards"]), int(overlay.cards[path].get("cards_empty", 0))]
        for path in sorted(overlay.cards)
        if path in node_of
    ]
    found["aliases"] = {
        str(node): list(facts["aliases"]) for node, facts in sorted(core.facts.items()) if facts.get("aliases")
    }
    found["time"] = {str(node_of[path]): overlay.times[path] for path in sorted(overlay.times) if path in node_of}
    found["stops"] = sorted(node_of[path] for path in overlay.stops if path in node_of)
    if overlay.groups:
        of: dict[str, int] = {}
        for at, (_, _, paths) in enumerate(overlay.groups):
            for path in sorted(paths):
                if path in node_of:
                    of.setdefault(str(node_of[path]), at)
        found["groups"] = {
            "colours": [colour for colour, _, _ in overlay.groups],
            "queries": [query for _, query, _ in overlay.groups],
            "of": of,
        }
    if overlay.since:
        found["since"] = dict(overlay.since)
    found["compared"] = compared_on(core, overlay.compared)
    if overlay.notes:
        found["remarks"] = list(overlay.notes)
    return {key: value for key, value in found.items() if value}


def details(drawn: Drawn, overlay: Overlay = NOTHING) -> dict[str, Any]:
    """What only an opened note card shows; the page reads it when the first card opens."""
    node_of = drawn.core.files
    found: dict[str, Any] = {}
    for key, values in (("headings", overlay.headings), ("thumbs", overlay.thumbs)):
        found[key] = {str(node_of[path]): value for path, value in sorted(values.items()) if path in node_of and value}
    found["suggested"] = {
        str(node_of[path]): [[node_of[target], line, reason] for target, line, reason in rows if target in node_of]
        for path, rows in sorted(overlay.suggested.items())
        if path in node_of
    }
    found["uses"] = uses(drawn.core)
    found["review"] = review_on(drawn.core, overlay.review)
    return {key: value for key, value in found.items() if value}


def texts(drawn: Drawn, overlay: Overlay, *, is_quick: bool = False) -> Packed | None:
    """The text of each note in order of nodes, then those of pictures, compressed; None when the page is to hold none.

    is_quick: compress less, in a fifth of the time.
    """
    if overlay.text == "none":
        return None
    core = drawn.core
    notes = np.flatnonzero(core.kind == NOTE).tolist()
    found = [overlay.texts.get(core.paths[node], "") for node in notes]
    return packed([*found, *(text for _, text in _pictured(drawn, overlay))], is_quick=is_quick)


def _pictured(drawn: Drawn, overlay: Overlay) -> list[tuple[int, str]]:
    """(node, text) of the pictures on the map whose text is known, in order of nodes."""
    if overlay.text == "none":
        return []
    node_of = drawn.core.files
    return sorted((node_of[path], text) for path, text in overlay.pictures.items() if path in node_of and text)


def uses(core: GraphCore) -> dict[str, list[list[int]]]:
    """For each node that no file answers to: [source, line] of each place that names it (line 0: a property)."""
    ghost = np.flatnonzero((core.kind[core.target] == MISSING) | (core.kind[core.target] == UNRESOLVED))
    found: dict[str, list[list[int]]] = {}
    for edge in ghost.tolist():
        found.setdefault(str(core.target[edge]), []).append([int(core.source[edge]), int(core.line[edge])])
    return dict(sorted(found.items(), key=lambda entry: int(entry[0])))
