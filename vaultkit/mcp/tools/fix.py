"""Tool `fix`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.base.atomic_write import write_changes
from vaultkit.base.errors import VaultkitError
from vaultkit.lint.fix import fix_vault
from vaultkit.lint.fixed import Choice
from vaultkit.lint.rule import named_rules
from vaultkit.mcp.model import APPLY, ToolAnswer, ToolSpec, flag_input, text_input, texts_input
from vaultkit.mcp.session import AgentSession
from vaultkit.mcp.writing import write_or_show

TOOL = ToolSpec(
    "fix",
    "Fix findings",
    "Make the fixes of `check` in a note, a folder or the vault: safe ones, and with unsafe=true also those that guess, "
    "such as a near name for a broken link. A fix that would lose a link is not made.",
    {
        "path": text_input("Only this note or folder; empty for the whole vault."),
        "rules": texts_input("Only the fixes of these rules, by code or name."),
        "unsafe": flag_input("Also fixes that guess."),
        "apply": APPLY,
    },
    writes=True,
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """A dry run, or what was written."""
    path = session.inside(given["path"]) if given.get("path") else ""
    codes = named_rules(given.get("rules", ()), "rules")
    choice = Choice(given.get("unsafe", False), codes or None, with_renames=False)

    def only(one: str) -> bool:
        return not path or one == path or one.startswith(path + "/")

    fixed = fix_vault(session.vault, session.plan, session.live.answers, choice, session.read, only)
    effect = session.effect({change.path: change.after for change in fixed.changes})
    notes = [f"{one.path}: the fix of {one.code} was not made: it {one.reason}" for one in fixed.dropped[:10]]
    notes += [f"{one} was left as it is: {reason}" for one, reason in fixed.refused]

    def write() -> None:
        written = write_changes(session.root, fixed.changes)
        if written.refused:
            reasons = "; ".join(f"{one} {reason}" for one, reason in written.refused)
            raise VaultkitError(f"not all files were written: {reasons}; run `check` again")

    return write_or_show(session, fixed.changes, (), effect, given.get("apply", ""), write, notes)
