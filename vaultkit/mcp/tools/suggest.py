"""Tool `suggest`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.mcp.model import LIMIT, OFFSET, PAGE, ToolAnswer, ToolSpec, paged, text_input
from vaultkit.mcp.session import AgentSession
from vaultkit.query.files import text_of

TOOL = ToolSpec(
    "suggest",
    "Missing links",
    "List links that could be made: places where a note names another note without a link, the most convincing first.",
    {"path": text_input("Only from and to this note; empty for the whole vault."), "limit": LIMIT, "offset": OFFSET},
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """Suggestions with the place, the score and the sentence."""
    from vaultkit.graph.evidence import LISTED
    from vaultkit.graph.suggest import suggestions
    from vaultkit.graph.written_links import read_written

    vault = session.vault
    only = session.path(given["path"]) if given.get("path") else None
    every = suggestions(vault, lambda path: text_of(vault, path), only=only, written=read_written(vault.root))
    found = [
        {
            "source": one.source,
            "line": one.line,
            "text": one.text,
            "target": one.target,
            "score": round(one.score, 2),
            "reason": one.reason,
            "sentence": one.sentence,
        }
        for one in every
        if one.score >= LISTED
    ]
    offset, limit = given.get("offset", 0), given.get("limit", PAGE)
    chosen = found[offset : offset + limit]
    lines = [
        f"{one['source']}:{one['line']}: {one['text']} -> {one['target']} ({one['score']}, {one['reason']}) {one['sentence']}"
        for one in chosen
    ]
    text = paged(lines, len(found), offset, "suggestions")
    return ToolAnswer(text, {"total": len(found), "offset": offset, "suggestions": chosen})
