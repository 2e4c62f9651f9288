"""Tool `move`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.mcp.model import APPLY, ToolAnswer, ToolSpec, text_input
from vaultkit.mcp.session import AgentSession
from vaultkit.mcp.writing import changes_of, effect_of, plan_notes, write_or_show
from vaultkit.refactor.apply import apply_move
from vaultkit.refactor.plan import plan_move
from vaultkit.refactor.renaming import renaming
from vaultkit.refactor.setting_files import setting_files
from vaultkit.refactor.symlinks import require_symlinks_kept

TOOL = ToolSpec(
    "move",
    "Move or rename a file or folder",
    "Move a note, attachment or folder and rewrite every link to it. Everything is written or nothing.",
    {
        "source": text_input("A path from the vault's folder or a note's name."),
        "target": text_input("The new path; an extension may be left out. A last / moves into that folder."),
        "apply": APPLY,
    },
    ("source", "target"),
    writes=True,
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """A dry run, or what was moved."""
    vault = session.vault
    target = session.inside(given["target"]) + ("/" if given["target"].endswith("/") else "")
    wanted = renaming(vault, session.inside(given["source"]), target)
    require_symlinks_kept(session.root, vault.files, wanted)
    plan = plan_move(vault, wanted, session.read, setting_files(session.root, vault.settings.folder, session.read))
    return write_or_show(
        session,
        changes_of(plan),
        plan.pairs,
        effect_of(session, plan),
        given.get("apply", ""),
        lambda: apply_move(session.root, wanted, plan),
        plan_notes(plan),
    )
