"""Tool `neighbours`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.mcp.graphs import core_of
from vaultkit.mcp.model import LIMIT, OFFSET, PAGE, ToolAnswer, ToolSpec, number_input, paged, text_input
from vaultkit.mcp.session import AgentSession

TOOL = ToolSpec(
    "neighbours",
    "Neighbours in the graph",
    "List the notes within some links of a note, nearest first.",
    {
        "path": text_input("A path from the vault's folder or a note's name."),
        "depth": number_input("How many links away at most.", 1, 5),
        "direction": text_input("out, in or both. Default: both."),
        "limit": LIMIT,
        "offset": OFFSET,
    },
    ("path",),
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """Notes with their distance."""
    from vaultkit.graph.lookup import node_named, shown
    from vaultkit.graph.paths import neighbours

    core = core_of(session)
    node = node_named(session.vault, core, session.path(given["path"]))
    direction = given.get("direction") if given.get("direction") in ("out", "in", "both") else "both"
    near = neighbours(core, node, depth=max(1, given.get("depth", 1)), direction=str(direction))
    found = [{"path": shown(core, one.node), "distance": one.distance} for one in near]
    offset, limit = given.get("offset", 0), given.get("limit", PAGE)
    chosen = found[offset : offset + limit]
    text = paged([f"{one['distance']} {one['path']}" for one in chosen], len(found), offset, "notes")
    return ToolAnswer(text, {"total": len(found), "offset": offset, "notes": chosen})
