"""Tool `backlinks`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.base.text import line_of
from vaultkit.mcp.model import LIMIT, OFFSET, PAGE, ToolAnswer, ToolSpec, paged, text_input
from vaultkit.mcp.session import AgentSession
from vaultkit.query.files import text_of

TOOL = ToolSpec(
    "backlinks",
    "Backlinks",
    "List every link to a file: from notes, properties and canvases, each with its line.",
    {"path": text_input("A path from the vault's folder or a note's name."), "limit": LIMIT, "offset": OFFSET},
    ("path",),
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """The links, by source."""
    vault, target = session.vault, session.path(given["path"])
    found: list[dict[str, Any]] = []
    for source in sorted(vault.backlinks.get(target, ())):
        note = vault.notes.get(source)
        if note is None:
            found.append({"path": source, "line": 0, "text": "(canvas)"})
            continue
        rows = text_of(vault, source).split("\n")
        links = [(one.link.start) for one in vault.links_of(source) if one.target == target]
        links += [one.start for one in note.property_links if vault.resolve(one.linkpath, source).path == target]
        for start in sorted(links):
            line = line_of(note.line_starts, start)
            found.append(
                {"path": source, "line": line + 1, "text": rows[line].strip()[:200] if line < len(rows) else ""}
            )
    offset, limit = given.get("offset", 0), given.get("limit", PAGE)
    chosen = found[offset : offset + limit]
    text = paged([f"{one['path']}:{one['line']}: {one['text']}" for one in chosen], len(found), offset, "links")
    return ToolAnswer(text, {"path": target, "total": len(found), "offset": offset, "links": chosen})
