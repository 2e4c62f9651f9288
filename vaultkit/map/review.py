"""The weekly questions about a vault, answered with nodes of its map: wanted, gaps, stale, growth, reading orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from vaultkit.base.record import record
from vaultkit.graph.core import CONCEPT_KINDS, NOTE, UNRESOLVED, GraphCore
from vaultkit.graph.gaps import FEWEST_NOTES, LEAST_COVERED, TopicGap, Topics, gaps, may_be_read, topics_of
from vaultkit.graph.growth import bars, growth
from vaultkit.graph.reading_order import reading_order
from vaultkit.graph.stale import current_day, stale_notes
from vaultkit.graph.wanted import wanted_ideas
from vaultkit.lint.finding import Finding
from vaultkit.map.islands import Islands
from vaultkit.vault.snapshot import Snapshot

MOST_ROWS = 20
MOST_GAPS = 10
MOST_NOTES = 20_000  # larger vaults answer on the command line: gaps take seconds above
MOST_COLUMNS = 36  # of a chart


@record
class ReviewInput:
    """What the questions are about. graph: the whole one; days: path -> day on which a note began.

    has_words: whether words of the texts may be shown.
    """

    vault: Snapshot
    graph: GraphCore
    islands: Islands
    findings: Sequence[Finding]
    days: Mapping[str, int]
    has_words: bool


def review(asked: ReviewInput) -> dict[str, Any]:
    """Return the answers, by path; those that are empty are left out.

    wanted: [name, notes that link to it].  stale: [path, backlinks, days since the last change or -1, findings].
    gaps:   [topic, topic, links, words, [[path, path, words], …]].
    growth: {step, from, to, rows: [topic, notes, chart]}.  orders: [topic, paths in reading order].
    """
    vault, graph = asked.vault, asked.graph
    if not vault.root or len(vault.notes) > MOST_NOTES:
        return {}
    topics = _topics(asked)
    counts = Counter(finding.path for finding in asked.findings if finding.severity != "info")
    stale = stale_notes(vault, graph, counts, current_day()).notes[:MOST_ROWS]
    wanted = wanted_ideas(vault, graph.only(CONCEPT_KINDS))[:MOST_ROWS]
    found = {
        "wanted": [[idea.name, idea.notes] for idea in wanted],
        "stale": [[one.path, one.backlinks, -1 if one.days is None else one.days, one.findings] for one in stale],
        "gaps": [_gap(one, has_words=asked.has_words) for one in gaps(vault, graph, topics, MOST_GAPS)],
        "growth": _growth(asked, topics),
        "orders": [[name, _order(vault, paths, name)] for name, paths in topics.groups],
    }
    return {key: value for key, value in found.items() if value}


def _topics(asked: ReviewInput) -> Topics:
    """The map's own topics; folders where few notes are linked, as in `vaultkit graph gaps`."""
    graph, islands = asked.graph, asked.islands
    groups: list[list[str]] = [[] for _ in islands.groups]
    for at, node in enumerate(graph.ids):
        group = islands.member.get(node, -1)
        if group >= 0 and graph.kind[at] == NOTE and may_be_read(asked.vault, graph.paths[at]):
            groups[group].append(graph.paths[at])
    named = zip(islands.groups, groups, strict=True)
    large = [(one.name, tuple(paths)) for one, paths in named if len(paths) >= FEWEST_NOTES]
    if sum(len(paths) for _, paths in large) < LEAST_COVERED * len(asked.vault.notes):
        return topics_of(asked.vault, graph, "folder")
    return Topics("community", tuple(sorted(large, key=lambda group: (-len(group[1]), group[0]))))


def _gap(gap: TopicGap, *, has_words: bool) -> list[Any]:
    meetings = [[pair.one, pair.two, list(pair.words) if has_words else []] for pair in gap.meetings]
    return [gap.one, gap.two, gap.links, list(gap.words) if has_words else [], meetings]


def _growth(asked: ReviewInput, topics: Topics) -> dict[str, Any]:
    found = growth(asked.vault, topics, days=asked.days)
    if not found.periods:
        return {}
    shown = found.periods[-MOST_COLUMNS:]
    rows = [[one.name, one.notes, bars(one.counts, MOST_COLUMNS)] for one in (found.total, *found.topics)]
    return {"step": found.step, "from": shown[0], "to": shown[-1], "rows": rows}


def _order(vault: Snapshot, paths: Sequence[str], topic: str) -> list[str]:
    """By links and series of names; names without a link, which the command counts too, would need all texts."""
    found = reading_order(vault, paths, lambda _: "", topic, with_mentions=False)
    return [step.path for step in found.steps]


def review_on(core: GraphCore, found: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with nodes of the map instead of paths; what is not on the map is left out."""
    node_of = dict(core.files)
    names = {core.paths[at]: at for at in range(len(core)) if core.kind[at] == UNRESOLVED}
    made: dict[str, Any] = {
        "wanted": [[names[name], *rest] for name, *rest in found.get("wanted", ()) if name in names],
        "stale": [[node_of[path], *rest] for path, *rest in found.get("stale", ()) if path in node_of],
        "gaps": [],
        "growth": found.get("growth", {}),
        "orders": [
            [name, [node_of[path] for path in paths if path in node_of]] for name, paths in found.get("orders", ())
        ],
    }
    for *rest, meetings in found.get("gaps", ()):
        pairs = [[node_of[a], node_of[b], words] for a, b, words in meetings if a in node_of and b in node_of]
        made["gaps"].append([*rest, pairs])
    return {key: value for key, value in made.items() if value}
