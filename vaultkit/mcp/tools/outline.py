"""Tool `outline`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.text import line_of
from vaultkit.mcp.model import MAX_CHARS, ToolAnswer, ToolSpec, text_input
from vaultkit.mcp.session import AgentSession
from vaultkit.query.metadata import note_tags

TOOL = ToolSpec(
    "outline",
    "Outline of a note",
    "List the headings with their lines, block ids, properties, tags and links of a note, without its text.",
    {"path": text_input("A path from the vault's folder or a note's name.")},
    ("path",),
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """What a note holds."""
    path = session.path(given["path"])
    note = session.vault.notes.get(path)
    if note is None:
        raise VaultkitError(f"{path}: not a note")
    headings = [
        {"level": one.level, "text": one.text, "line": line_of(note.line_starts, one.start) + 1}
        for one in note.headings
    ]
    links = [{"link": one.link.linktext, "opens": one.target} for one in session.vault.links_of(path)]
    data = {
        "path": path,
        "headings": headings,
        "blocks": [block.id for block in note.blocks],
        "properties": dict(note.properties),
        "tags": note_tags(note),
        "links": links,
    }
    lines = [f"{'#' * one['level']} {one['text']} (line {one['line']})" for one in headings]  # type: ignore[operator]
    for name in ("blocks", "properties", "tags"):
        if data[name]:
            lines.append(f"{name}: {data[name]}")
    lines += [f"link: {one['link']} -> {one['opens'] or '(opens nothing)'}" for one in links]
    return ToolAnswer("\n".join(lines)[:MAX_CHARS] or "no headings, properties, tags or links", data)
