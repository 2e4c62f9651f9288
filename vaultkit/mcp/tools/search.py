"""Tool `search`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.mcp.model import LIMIT, OFFSET, PAGE, ToolAnswer, ToolSpec, paged, text_input
from vaultkit.mcp.session import AgentSession
from vaultkit.query.files import text_of
from vaultkit.query.search import compile_query, found_lines, matches, page

TOOL = ToolSpec(
    "search",
    "Search",
    'Find notes in Obsidian\'s search syntax: words, "phrases", OR, -not, /regex/, file:, path:, tag:#x, line:(a b), '
    "section:(a b), task-todo:, [property:value]. Lists paths, each with its first matching lines.",
    {
        "query": text_input("What to look for."),
        "folder": text_input("Only notes below this folder."),
        "limit": LIMIT,
        "offset": OFFSET,
    },
    ("query",),
)
_LINES = 3


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """The notes that match, by path."""
    matcher = compile_query(given["query"])
    folder = session.inside(given["folder"]) + "/" if given.get("folder", "").strip("/") else ""
    found = []
    for path in sorted(session.vault.notes):
        if path.startswith(folder) and not session.vault.is_excluded(path):
            here = page(path, session.vault.notes[path], text_of(session.vault, path))
            spans = matches(matcher, here)
            if spans is not None:
                found.append((path, here, spans))
    offset, limit = given.get("offset", 0), given.get("limit", PAGE)
    rows, data = [], []
    for path, here, spans in found[offset : offset + limit]:
        lines = [{"line": one.line, "text": one.text.strip()[:200]} for one in found_lines(here, spans)[:_LINES]]
        data.append({"path": path, "lines": lines})
        rows.append("\n".join([path, *(f"  {one['line']}: {one['text']}" for one in lines)]))
    return ToolAnswer(paged(rows, len(found), offset, "notes"), {"total": len(found), "offset": offset, "notes": data})
