"""The fixes that were chosen, and the result of applying them in memory."""

from __future__ import annotations

from collections.abc import Mapping

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.record import record
from vaultkit.lint.finding import Finding, Report
from vaultkit.refactor.plan import MovePlan
from vaultkit.refactor.renaming import Renaming
from vaultkit.vault.snapshot import Snapshot


@record
class Choice:
    """Which fixes are wanted. fixable: codes, None for all; unfixable: codes; with_renames: files may get new names."""

    with_unsafe: bool = False
    fixable: frozenset[str] | None = None
    unfixable: frozenset[str] = frozenset()
    with_renames: bool = True


@record
class Applied:
    """An applied fix. line: the line of the finding when it was fixed."""

    path: str
    line: int
    code: str
    name: str
    title: str
    is_safe: bool
    is_rename: bool = False


@record
class Dropped:
    """A selected fix that was not applied, and the reason."""

    path: str
    code: str
    name: str
    title: str
    reason: str


@record
class FixStep:
    """Texts to be written each for itself, then files to be moved all at once with the links to them.

    Paths are those before the move, which is None in a step of texts only.
    """

    changes: tuple[FileChange, ...]
    applied: tuple[Applied, ...]
    renaming: Renaming | None = None
    move: MovePlan | None = None


@record
class Fixed:
    """The result of fixing a vault; nothing is written yet.

    refused: (path, reason) of files that no fix may touch.
    vault, report: the vault after the fixes, and its remaining findings.
    """

    steps: tuple[FixStep, ...]
    dropped: tuple[Dropped, ...]
    refused: tuple[tuple[str, str], ...]
    vault: Snapshot
    report: Report

    @property
    def applied(self) -> tuple[Applied, ...]:
        """The fixes that were made, in order."""
        return tuple(applied for step in self.steps for applied in step.applied)

    @property
    def changes(self) -> tuple[FileChange, ...]:
        """What all steps together do to the files, each under its path from before."""
        first: dict[str, bytes | None] = {}
        last: dict[str, bytes] = {}
        origins: dict[str, str] = {}
        for step in self.steps:
            edits = [(change.path, change.before, change.after) for change in step.changes]
            if step.move is not None:
                edits += [(rewrite.path, rewrite.before, rewrite.after) for rewrite in step.move.rewrites]
            for path, before, after in edits:
                path = origins.get(path, path)
                first.setdefault(path, before)
                last[path] = after
            origins = origins_after(origins, step.move)
        return tuple(
            FileChange(path, first[path], after) for path, after in sorted(last.items()) if after != first[path]
        )

    @property
    def moves(self) -> tuple[tuple[str, str], ...]:
        """(path, new path) of the files that get another name."""
        origins: dict[str, str] = {}
        for step in self.steps:
            origins = origins_after(origins, step.move)
        return tuple(sorted((old, new) for new, old in origins.items()))


def origins_after(origins: Mapping[str, str], move: MovePlan | None) -> dict[str, str]:
    """Path after the move -> path at the beginning, of files that have moved."""
    moved = dict(move.pairs) if move is not None else {}
    kept = {path: origin for path, origin in origins.items() if path not in moved}
    return kept | {new: origins.get(old, old) for old, new in moved.items()}


def is_wanted(finding: Finding, choice: Choice) -> bool:
    """Return whether the finding has a fix that the choice allows."""
    if finding.fix is None or (not finding.fix.is_safe and not choice.with_unsafe):
        return False
    if finding.fix.rename is not None and not choice.with_renames:
        return False
    if choice.fixable is not None and finding.code not in choice.fixable:
        return False
    return finding.code not in choice.unfixable
