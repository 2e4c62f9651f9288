"""Tool `cards`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.cards.collection import as_json, inspector, located
from vaultkit.mcp.model import LIMIT, OFFSET, PAGE, ToolAnswer, ToolSpec, paged, text_input
from vaultkit.mcp.session import AgentSession
from vaultkit.query.files import text_of

TOOL = ToolSpec(
    "cards",
    "Flashcards",
    "List the flashcards of the vault, of a folder or note, or of a deck, with their questions and answers.",
    {
        "path": text_input("Only this note or folder."),
        "deck": text_input("Only this deck and those below it."),
        "limit": LIMIT,
        "offset": OFFSET,
    },
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """The cards, by note."""
    vault, settings = session.vault, session.plan.cards
    path = session.inside(given["path"]) if given.get("path") else ""
    ask = inspector(settings)
    blocks = {one: ask(note, text_of(vault, one)) for one, note in vault.notes.items() if one.startswith(path)}
    found = located(blocks, settings, deck=given.get("deck", ""), paths=[path] if path else ())
    offset, limit = given.get("offset", 0), given.get("limit", PAGE)
    chosen = [as_json(one) for one in found[offset : offset + limit]]
    lines = []
    for one in found[offset : offset + limit]:
        for card in one.block.cards:
            lines.append(f"{one.path}: {card.front.strip()[:300]} :: {card.back.strip()[:300]}")
    text = paged(lines, len(found), offset, "cards")
    return ToolAnswer(text, {"total": len(found), "offset": offset, "cards": chosen})
