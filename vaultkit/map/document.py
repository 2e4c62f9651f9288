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
    aliases, time, groups, stops, …   only for nodes that have one; time is in days from 1970.
    local       options of vis-network for the local graph, as pyvis writes them.
    text        "full", "preview" or "none": what the packed texts of the notes hold.
    pictureTexts    if there: nodes of pictures whose texts are packed behind those of the notes, in this order.
    foldAbove   if there: above so many visible nodes communities are drawn as one node each (else 50,000).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaultkit.base.record import record
from vaultkit.graph.bridges import bridges
from vaultkit.graph.core import (
    ATTACHMENT,
    BASE,
    CANVAS,
    CANVAS_FILE,
    EMBED,
    LINK,
    MISSING,
    NOTE,
    PARENT_TAG,
    PROPERTY,
    TAG,
    TAGGED,
    UNRESOLVED,
    GraphCore,
)
from vaultkit.graph.layout.cache import NodePosition
from vaultkit.graph.layout.forces import spread
from vaultkit.graph.layout.positions import UNIT, Layout, Progress, join, lay_out
from vaultkit.map.islands import Islands, named_islands
from vaultkit.map.local_graph import options
from vaultkit.map.packed_text import Packed, packed
from vaultkit.map.review import review_on

VERSION = 1
KINDS = ("note", "unresolved", "image", "pdf", "audio", "video", "other", "missing", "canvas", "base", "tag")
EDGE_KINDS = ("link", "embed", "property", "canvas", "tag")
MOST_NEW = 0.25  # share of nodes without a known place up to which the others keep theirs
LEAST_CUT = 2  # notes that a bridge holds; one note at the rim hangs on its neighbour in any vault
MOST_BRIDGES = 100
HUES = 12  # how many colours the page tells apart at a glance

_EDGE_CODE = {LINK: 0, EMBED: 1, PROPERTY: 2, CANVAS_FILE: 3, TAGGED: 4}
_NODE_CODE = {NOTE: 0, UNRESOLVED: 1, MISSING: 7, CANVAS: 8, BASE: 9, TAG: 10}
_FORMATS = {"image": 2, "pdf": 3, "audio": 4, "video": 5, "other": 6}

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# A note with more tags has been made by a program; pairs of them grow with the square.
MOST_STACKED = 200
GOLDEN_ANGLE = 2.399963  # radians


@record
class Overlay:
    """What is painted on the graph, all by path; every mapping may be empty.

    findings: {"code", "name", "severity" (error, warning, info), "message", "line", "fix"} in order of line; fix: whether --fix
              takes it away.
    cards:    {"cards": n, "cards_empty": n}.
    times:    day of creation, counted from 1970-01-01.
    text:     how much of the notes' text the page holds: "full", "preview" (first words and headings) or "none".
    texts:    the note as it is written, or its first words.
    headings: [level, text] of a note's headings, where the page holds previews.
    thumbs:   path of a picture -> data URL.
    pictures: path of a picture -> its text, or the first words of it.
    suggested: [path, line, reason] of notes that a note names, or is tagged with, without a link; the best first.
    review:   answers to the weekly questions, as `vaultkit.map.review` has them.
    stops:    notes whose property says that no path goes on from here.
    groups:   (colour, query, paths) in falling precedence, from Obsidian's own graph settings.
    since:    {"day", "fresh", "gone"}: how many findings came and went since an earlier map; empty without one.
    notes:    what the reader of the page should know, such as how many pictures were left out.
    """

    findings: Mapping[str, Sequence[Mapping[str, Any]]]
    cards: Mapping[str, Mapping[str, int]]
    times: Mapping[str, int]
    text: str
    texts: Mapping[str, str]
    headings: Mapping[str, Sequence[Sequence[Any]]]
    thumbs: Mapping[str, str]
    pictures: Mapping[str, str]
    suggested: Mapping[str, Sequence[Sequence[Any]]]
    review: Mapping[str, Any]
    stops: frozenset[str]
    groups: tuple[tuple[str, str, frozenset[str]], ...]
    since: Mapping[str, Any]
    notes: tuple[str, ...]


NOTHING = Overlay({}, {}, {}, "none", {}, {}, {}, {}, {}, {}, frozenset(), (), {}, ())


@record
class Island:
    """A community: its name, the node it is named after, and how many nodes it has (see `vaultkit.graph.communities`); terms: words that its texts share."""

    name: str
    hub: int
    size: int
    terms: tuple[str, ...]


@record
class Drawn:
    """A graph with its places. pairs: (k, 3) source, target, kind (of `EDGE_KINDS`), sorted by kind.

    community: index into ``groups`` of each node, -1 for none.
    parts: (name, community) of parts of large communities; part_of: the part of each node, -1 for none.
    """

    core: GraphCore
    kind: Ints
    pairs: Ints
    radius: Floats
    places: Floats
    community: Ints
    groups: tuple[Island, ...]
    parts: tuple[tuple[str, int], ...]
    part_of: Ints


def node_kinds(core: GraphCore) -> Ints:
    """Index into `KINDS` for each node."""
    kinds = np.array([_NODE_CODE.get(int(kind), 6) for kind in core.kind], dtype=np.int64)
    for node in np.flatnonzero(core.kind == ATTACHMENT).tolist():
        kinds[node] = _FORMATS[core.facts[node]["format"]]
    return kinds


def pairs_of(core: GraphCore) -> Ints:
    """One row for each (source, target, kind), without links of a node to itself, sorted by kind.

    Edges that a graph has only on request, such as mentions, move nothing on the map.
    """
    keep = (core.source != core.target) & (core.edge_kind < PARENT_TAG)
    code = np.array([_EDGE_CODE.get(kind, 0) for kind in range(PARENT_TAG + 1)], dtype=np.int64)
    rows = np.stack([code[core.edge_kind[keep]], core.source[keep], core.target[keep]], axis=1).astype(np.int64)
    return np.unique(rows, axis=0)[:, [1, 2, 0]] if len(rows) else np.zeros((0, 3), dtype=np.int64)


def radii(count: int, pairs: Ints) -> Floats:
    """Radius of each node's disc in pixels; the page computes the same from the same links."""
    is_tag = pairs[:, 2] == EDGE_KINDS.index("tag")
    degree = np.bincount(pairs[~is_tag, 0], minlength=count) + np.bincount(pairs[:, 1], minlength=count)
    return np.asarray(np.minimum(4 + 1.6 * np.sqrt(degree), 26.0))


def draw(
    core: GraphCore,
    *,
    known: Mapping[str, NodePosition] | None = None,
    progress: Progress | None = None,
    islands: Islands | None = None,
) -> Drawn:
    """The graph with places for its nodes. Tags stand amid the notes that carry them and move nothing.

    known:   id -> place of an earlier run; these nodes stay where they were, unless too many are new.
    islands: the communities; by default those of this graph, named by links alone.
    """
    if islands is None:
        islands = named_islands(core, None)
    kind = node_kinds(core)
    pairs = pairs_of(core)
    radius = radii(len(core), pairs)
    is_tag = kind == KINDS.index("tag")
    body = np.flatnonzero(~is_tag)
    inner = np.full(len(core), -1, dtype=np.int64)
    inner[body] = np.arange(len(body))
    plain = pairs[pairs[:, 2] != EDGE_KINDS.index("tag")]
    source, target = inner[plain[:, 0]], inner[plain[:, 1]]
    held = [known.get(node) for node in core.ids] if known else [None] * len(core)
    is_known = np.array([place is not None for place in held], dtype=bool)
    places = np.array([(place.x, place.y) if place else (0.0, 0.0) for place in held]).reshape(-1, 2)
    community = np.array([place.community if place else -1 for place in held], dtype=np.int64)
    fresh = len(body) - int(is_known[body].sum())
    if fresh > MOST_NEW * len(body):
        is_known[:] = False
        words = [_shelf_word(core, int(node), int(kind[node])) for node in body]
        layout: Layout = lay_out(
            len(body),
            source,
            target,
            radius[body],
            words,
            progress=progress,
            community=_spread(core, islands.member)[body],
        )
    elif fresh:
        layout = join(is_known[body], places[body], community[body], source, target, radius[body])
    else:
        layout = Layout(places[body], community[body])
    places[body] = layout.places
    community = _spread(core, islands.member)
    if not is_known[is_tag].all():
        places = _place_tags(core, is_tag, is_known, places, radius)
    groups = tuple(
        Island(one.name, core.index.get(one.hub, int(np.flatnonzero(community == at)[0])), one.size, one.terms)
        for at, one in enumerate(islands.groups)
        if (community == at).any()
    )
    used = np.unique(community[community >= 0])
    renamed = np.where(community >= 0, np.searchsorted(used, community), -1)
    index = {int(at): new for new, at in enumerate(used)}
    parts = [(name, index[of]) for name, of in islands.parts if of in index]
    numbers = np.cumsum([of in index for _, of in islands.parts]) - 1
    part_of = np.array(
        [
            int(numbers[part])
            if (part := islands.part_of.get(node, -1)) >= 0 and islands.parts[part][1] in index
            else -1
            for node in core.ids
        ],
        dtype=np.int64,
    )
    return Drawn(core, kind, pairs, radius, np.round(places), renamed, groups, tuple(parts), part_of)


def _spread(core: GraphCore, islands: Mapping[str, int]) -> Ints:
    """The community of each node; files have that which most of the nodes that link to them are in."""
    community = np.array([islands.get(node, -1) for node in core.ids], dtype=np.int64)
    is_file = np.isin(core.kind, (ATTACHMENT, MISSING))
    edges = np.flatnonzero(is_file[core.target] & (community[core.source] >= 0))
    rows = np.stack([core.target[edges], community[core.source[edges]]], axis=1).astype(np.int64)
    if len(rows):
        pairs, times = np.unique(rows, axis=0, return_counts=True)
        best = pairs[np.lexsort((pairs[:, 1], -times, pairs[:, 0]))]
        nodes, first = np.unique(best[:, 0], return_index=True)
        community[nodes] = best[first, 1]
    return community


def _shelf_word(core: GraphCore, node: int, kind: int) -> tuple[int, str]:
    path = core.paths[node]
    return (0 if KINDS[kind] in ("note", "canvas", "base") else 1), path[: max(path.rfind("/"), 0)]


def _place_tags(
    core: GraphCore, is_tag: NDArray[np.bool_], is_known: NDArray[np.bool_], places: Floats, radius: Floats
) -> Floats:
    is_edge = is_tag[core.target]
    source, target = core.source[is_edge], core.target[is_edge]
    done = ~is_tag | is_known
    for _ in range(3):  # tags of notes, then their parents, then theirs
        use = done[source] & ~done[target]
        found = np.bincount(target[use], minlength=len(core))
        for axis in (0, 1):
            total = np.bincount(target[use], weights=places[source[use], axis], minlength=len(core))
            places[:, axis] = np.where(found > 0, total / np.maximum(found, 1), places[:, axis])
        done |= found > 0
    _unstack(places, radius, np.flatnonzero(is_tag & ~is_known))
    return np.asarray(spread(places / UNIT, radius * 1.15 / UNIT, fixed=~is_tag | is_known) * UNIT)


def _unstack(places: Floats, radius: Floats, nodes: Ints) -> None:
    """Move nodes that are in one place, when they are many, onto a spiral: pushing each pair apart takes too long."""
    if len(nodes) <= MOST_STACKED:
        return
    cell = max(4.0 * float(radius[nodes].max()), 1e-9)
    _, group, size = np.unique(np.round(places[nodes] / cell), axis=0, return_inverse=True, return_counts=True)
    group = group.reshape(-1)
    for stack in np.flatnonzero(size > MOST_STACKED):
        members = nodes[group == stack]
        number = np.arange(len(members))
        turn, away = number * GOLDEN_ANGLE, 1.7 * float(radius[members].max()) * np.sqrt(number)
        places[members] = places[members].mean(axis=0) + np.stack([np.cos(turn), np.sin(turn)], axis=1) * away[:, None]


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


def json_for_script(document: Any) -> str:
    """JSON that cannot end the script element it stands in, nor be read as markup."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        if sign in text:
            text = text.replace(sign, f"\\u{ord(sign):04x}")
    # A page that is all ASCII is read sooner: the few other signs of most vaults are escaped, those of a Chinese one not.
    others = len(text) - len(text.encode("ascii", "ignore"))
    if others * 50 < len(text):
        return _OTHERS.sub(_escaped, text)
    # A name with undecodable bytes holds lone surrogates, which UTF-8 cannot hold.
    return text.encode("utf-8", "backslashreplace").decode("utf-8") if _has_surrogate(text) else text


_OTHERS = re.compile(r"[^\x00-\x7f]+")


def _escaped(signs: re.Match[str]) -> str:
    units = signs[0].encode("utf-16-be", "surrogatepass").hex(" ", 2)
    return "\\u" + units.replace(" ", "\\u")


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
