"""Changes by tools: a dry run with its diff first, then the same change by the id of its plan."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.errors import VaultkitError
from vaultkit.base.unified_diff import diff
from vaultkit.mcp.findings import effect_data, effect_lines
from vaultkit.mcp.model import MAX_CHARS, ToolAnswer
from vaultkit.mcp.session import AgentSession, WriteEffect, difference
from vaultkit.refactor.plan import MovePlan

_DIFF_CHARS = MAX_CHARS // 2


def write_or_show(
    session: AgentSession,
    changes: Sequence[FileChange],
    moves: Sequence[tuple[str, str]],
    effect: WriteEffect,
    plan_id: str,
    write: Callable[[], None],
    notes: Sequence[str] = (),
) -> ToolAnswer:
    """Show a change if ``plan_id`` is empty, write it if it is the id of this change.

    effect: what the change does to the findings. notes: more to say.

    Raises:
        VaultkitError: the plan is another one by now.
    """
    paths = sorted({change.path for change in changes} | {old for old, _ in moves})
    if not paths:
        return ToolAnswer("nothing to change", {"changed": [], "plan": "", **effect_data(effect)})
    wanted = _id_of(changes, moves)
    if not plan_id:
        head = (
            f"dry run: {len(paths)} file{'s' if len(paths) != 1 else ''} would change; call again with apply={wanted!r}"
        )
        text = "\n".join([head, *notes, *effect_lines(effect, done=False), "", _diff(changes, moves)])
        data = {"plan": wanted, "would_change": paths, "moves": [list(pair) for pair in moves], **effect_data(effect)}
        return ToolAnswer(text, data)
    if plan_id != wanted:
        raise VaultkitError("apply: the vault or the arguments changed since the dry run; run it again without apply")
    before = session.live
    write()
    session.refresh()
    done = difference(before, session.live)
    text = "\n".join([f"changed {', '.join(paths[:20])}", *notes, *effect_lines(done, done=True)])
    return ToolAnswer(text, {"changed": paths, "moves": [list(pair) for pair in moves], **effect_data(done)})


def changes_of(plan: MovePlan) -> list[FileChange]:
    """The texts that a plan rewrites, under their paths from before."""
    return [FileChange(one.path, one.before, one.after) for one in plan.rewrites]


def effect_of(session: AgentSession, plan: MovePlan) -> WriteEffect:
    """What a plan would do to the findings."""
    moved = dict(plan.pairs)
    written: dict[str, bytes | None] = {}
    for rewrite in plan.rewrites:
        if rewrite.path in session.vault.files:
            written[rewrite.new_path] = rewrite.after
    for old, new in plan.pairs:
        if new not in written:
            kind = session.vault.files[old].kind
            written[new] = session.read(old) if kind in ("note", "canvas") else None
    return session.effect(written, moved)


def plan_notes(plan: MovePlan) -> list[str]:
    """What a plan leaves or takes along."""
    notes = [f"{path} {reason}, so it stays as it is" for path, reason in plan.left]
    notes += [f"{path}: the link to {linkpath} would open a moved file" for path, linkpath in plan.adopted]
    if plan.links:
        notes.append(f"{len(plan.links)} places in {len({link.path for link in plan.links})} files follow")
    return notes


def _id_of(changes: Sequence[FileChange], moves: Sequence[tuple[str, str]]) -> str:
    sums = hashlib.blake2b(repr(sorted(moves)).encode(), digest_size=6)
    for change in sorted(changes, key=lambda change: change.path):
        sums.update(repr((change.path, change.before, change.after)).encode())
    return sums.hexdigest()


def _diff(changes: Sequence[FileChange], moves: Sequence[tuple[str, str]]) -> str:
    moved, known = dict(moves), {change.path: change for change in changes}
    lines: list[str] = []
    for path in sorted({*known, *moved}):
        lines += diff(known.get(path) or FileChange(path, b"", b""), moved.get(path))
    text = "".join(lines)
    return text if len(text) <= _DIFF_CHARS else f"{text[:_DIFF_CHARS]}\n… the diff has {len(text):,} characters\n"
