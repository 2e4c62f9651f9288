"""The fixing options of ``check``: fix in memory, write, and say what was done and what was not."""

from __future__ import annotations

import sys
from collections.abc import Callable

from vaultkit.base.atomic_write import FileChange, write_changes
from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.base.safe_read import read_inside
from vaultkit.base.unified_diff import diff
from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.console import notice, write_diff
from vaultkit.cli.moving import say_what_stays
from vaultkit.cli.setup import Setup, words
from vaultkit.lint.add_suppressions import silence
from vaultkit.lint.check import read_for_check
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.finding import Report
from vaultkit.lint.fix import fix_vault
from vaultkit.lint.fixed import Applied, Choice, Fixed
from vaultkit.lint.note_linter import Answers
from vaultkit.lint.rule import named_rules
from vaultkit.refactor.apply import apply_move
from vaultkit.vault.snapshot import Snapshot

_SHOWN = 20


@record
class FixedVault:
    """The vault after its files were written. has_failed: some file could not be fixed."""

    vault: Snapshot
    report: Report
    has_changes: bool
    has_failed: bool


def fix_choice(wants: CheckOptions) -> Choice:
    """Which fixes the options ask for."""
    fixable = named_rules(words(wants.fixable), "--fixable")
    return Choice(
        with_unsafe=wants.unsafe_fixes,
        fixable=fixable if wants.fixable else None,
        unfixable=named_rules(words(wants.unfixable), "--unfixable"),
    )


def show_diff(vault: Snapshot, setup: Setup, answers: Answers, choice: Choice) -> int:
    """Print what would change; 1 when anything would."""
    fixed = _fixed(vault, setup, answers, choice)
    changes, moves = {change.path: change for change in fixed.changes}, dict(fixed.moves)
    for path in sorted({*changes, *moves}):
        write_diff(diff(changes.get(path) or FileChange(path, b"", b""), moves.get(path)))
    say_what_was_left(fixed, choice)
    if changes or moves:
        parts = [f"change {_files(len(changes))}"] * bool(changes) + [f"rename {len(moves)}"] * bool(moves)
        notice(f"{_fixes(len(fixed.applied))} would {' and '.join(parts)}")
    return 1 if changes or moves else 0


def write_fixes(vault: Snapshot, setup: Setup, answers: Answers, choice: Choice, wants: CheckOptions) -> FixedVault:
    """Fix the vault on disk, and report files that cannot be written."""
    fixed = _fixed(vault, setup, answers, choice)
    done: list[Applied] = []
    paths: set[str] = set()
    moved = 0
    has_failed = False
    for step in fixed.steps:
        written = write_changes(vault.root, step.changes)
        for path, reason in written.refused:
            notice(f"{path} was not fixed: it {reason}")
        has_failed |= bool(written.refused)
        paths.update(written.paths)
        done += [applied for applied in step.applied if not applied.is_rename and applied.path in written.paths]
        if step.move is None:
            continue
        try:
            apply_move(vault.root, step.renaming, step.move)
        except VaultkitError as error:
            notice(f"nothing was renamed: {error}")
            has_failed = True
            break  # what follows was planned for the files as they would be then
        say_what_stays(step.move)
        done += [applied for applied in step.applied if applied.is_rename]
        paths.update(rewrite.new_path for rewrite in step.move.rewrites)
        moved += len(step.move.pairs)
    say_what_was_left(fixed, choice)
    if wants.show_fixes:
        for applied in done:
            kind = "" if applied.is_safe else " (unsafe)"
            sys.stderr.write(f"fixed {applied.path}:{applied.line}: {applied.code} {applied.title}{kind}\n")
    if paths or moved:
        renamed = f", {moved} renamed" if moved else ""
        notice(f"{_fixes(len(done))} made in {_files(len(paths))}{renamed}")
    if has_failed or moved:  # what is on disk is not what was fixed in memory, or has another path
        vault, answers = read_for_check(setup.workspace, setup.plan)
        report = collect_findings(vault, setup.plan, answers, only=setup.only)
        return FixedVault(vault, report, bool(paths or moved), has_failed)
    return FixedVault(fixed.vault, fixed.report, bool(paths), False)


def add_suppressions(vault: Snapshot, setup: Setup, answers: Answers, reason: str) -> int:
    """Write comments for all findings that fail a run; 1 when a note could not get them."""
    if "%%" in reason or "\n" in reason:
        raise VaultkitError("--add-suppressions: the reason must be one line without %%")
    silenced = silence(vault, setup.plan, answers, reason, _reader(vault), setup.only)
    written = write_changes(vault.root, silenced.changes)
    for path, why in silenced.refused:
        notice(f"{path} got no comment: {why}")
    for path, why in written.refused:
        notice(f"{path} got no comment: it {why}")
    findings = "1 finding" if silenced.count == 1 else f"{silenced.count} findings"
    notice(f"{findings} suppressed by comments in {_files(len(written.paths))}")
    return 1 if silenced.refused or written.refused else 0


def _fixed(vault: Snapshot, setup: Setup, answers: Answers, choice: Choice) -> Fixed:
    return fix_vault(vault, setup.plan, answers, choice, _reader(vault), setup.only)


def _reader(vault: Snapshot) -> Callable[[str], bytes]:
    def read(path: str) -> bytes:
        return read_inside(vault.root, path)

    return read


def say_what_was_left(fixed: Fixed, choice: Choice) -> None:
    """Tell which files and fixes were left alone, and how many unsafe fixes wait."""
    for path, reason in fixed.refused:
        notice(f"{path} was not changed: {reason}")
    for dropped in fixed.dropped[:_SHOWN]:
        notice(f"{dropped.path}: the fix of {dropped.code} ({dropped.title}) was not made: it {dropped.reason}")
    if len(fixed.dropped) > _SHOWN:
        notice(f"… and {len(fixed.dropped) - _SHOWN} more fixes were not made")
    waiting = sum(1 for finding in fixed.report.findings if finding.fix is not None and not finding.fix.is_safe)
    if waiting and not choice.with_unsafe:
        notice(f"{waiting} more {'fix' if waiting == 1 else 'fixes'} available with --unsafe-fixes")


def _fixes(count: int) -> str:
    return f"{count} fix" if count == 1 else f"{count} fixes"


def _files(count: int) -> str:
    return f"{count} note" if count == 1 else f"{count} notes"
