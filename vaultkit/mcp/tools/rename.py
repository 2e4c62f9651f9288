"""Tool `rename`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.mcp.model import APPLY, ToolAnswer, ToolSpec, text_input
from vaultkit.mcp.session import AgentSession
from vaultkit.mcp.writing import changes_of, effect_of, plan_notes, write_or_show
from vaultkit.refactor.apply import apply_move
from vaultkit.refactor.places import heading_at, plan_rename_block, plan_rename_heading
from vaultkit.refactor.plan import MovePlan
from vaultkit.refactor.properties import plan_rename_property
from vaultkit.refactor.tags import plan_rename_tag

KINDS = ("heading", "block", "tag", "property")
TOOL = ToolSpec(
    "rename",
    "Rename a heading, block, tag or property",
    "Rename a heading, block id, tag or property, and rewrite every link, tag and query that uses it. "
    "`move` renames files.",
    {
        "kind": text_input("heading, block, tag or property."),
        "old": text_input("Note#Heading, Note#^id, a tag or the name of a property."),
        "new": text_input("The new text, id, tag or name."),
        "apply": APPLY,
    },
    ("kind", "old", "new"),
    writes=True,
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """A dry run, or what was renamed."""
    plan = _plan(session, given["kind"], given["old"], given["new"])
    return write_or_show(
        session,
        changes_of(plan),
        (),
        effect_of(session, plan),
        given.get("apply", ""),
        lambda: apply_move(session.root, None, plan),
        plan_notes(plan),
    )


def _plan(session: AgentSession, kind: str, old: str, new: str) -> MovePlan:
    vault, read = session.vault, session.read
    if kind == "tag":
        return plan_rename_tag(vault, old, new, read)
    if kind == "property":
        return plan_rename_property(vault, old, new, read)
    if kind not in KINDS:
        raise VaultkitError(f"kind: {kind!r} is not one of {', '.join(KINDS)}; `move` renames files")
    name, hash_, subpath = old.partition("#")
    if not hash_:
        raise VaultkitError(f"old: {old!r} names no place; write Note#Heading or Note#^id")
    path = session.path(name)
    if kind == "block":
        return plan_rename_block(vault, path, subpath, new, read)
    return plan_rename_heading(vault, path, heading_at(vault, path, hash_ + subpath), new, read)
