"""Tool `path`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.mcp.graphs import core_of
from vaultkit.mcp.model import ToolAnswer, ToolSpec, text_input
from vaultkit.mcp.session import AgentSession

TOOL = ToolSpec(
    "path",
    "Path between two notes",
    "Find a shortest path of links between two notes, along links in both directions.",
    {"start": text_input("A path or a note's name."), "end": text_input("A path or a note's name.")},
    ("start", "end"),
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """The notes of the way."""
    from vaultkit.graph.lookup import node_named, shown
    from vaultkit.graph.paths import shortest_path

    core = core_of(session)
    ends = [node_named(session.vault, core, session.path(given[name])) for name in ("start", "end")]
    way = [shown(core, node) for node in shortest_path(core, ends[0], ends[1], direction="both")]
    return ToolAnswer(" - ".join(way) or "no links lead from one to the other", {"path": way})
