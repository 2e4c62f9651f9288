"""What ``vaultkit hook`` says and does, step by step; whatever is heavy is imported when something is staged."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from vaultkit.errors import VaultkitError
from vaultkit.hook.git import Git, NoGitError
from vaultkit.hook.relevant import is_relevant
from vaultkit.reading import read_inside

if TYPE_CHECKING:
    from vaultkit.config import Config
    from vaultkit.hook.commit import Commit
    from vaultkit.hook.git import Entry, Staged
    from vaultkit.lint.engine import Plan
    from vaultkit.lint.finding import Finding

_SHOWN = 10


def run_hook(vault: str | None, *, fix: bool, config_file: str | None, color: str) -> int:
    """Judge the staged changes; the status to leave with."""
    if vault is not None and not os.path.isdir(vault):
        raise VaultkitError(f"--vault {vault}: no such folder; name the folder of a vault")
    git = Git(os.path.abspath(vault) if vault is not None else os.getcwd())
    try:
        changes = git.staged()
        if not any(is_relevant(change.path) or is_relevant(change.old_path) for change in changes):
            return 0
        git_folder = git.find_top()[1]
    except NoGitError as error:
        from vaultkit.cli.commands.check import command as check
        from vaultkit.cli.console import notice

        notice(f"{error}; the whole vault is checked instead")
        arguments = [*(["--vault", vault] if vault else []), *(["--config", config_file] if config_file else [])]
        status: int = check.main(arguments, prog_name="vaultkit check", standalone_mode=False)
        return status
    from vaultkit.hook.commit import vault_prefixes

    entries = git.index()
    prefixes = vault_prefixes(git, entries, os.path.abspath(vault) if vault is not None else None)
    merging = state_of(git_folder)
    statuses = []
    for prefix in prefixes:
        run = _Run(git, prefix, merging, config_file, color)
        statuses.append(run.judge(entries, changes, fix=fix, is_named=len(prefixes) > 1))
    status = max(statuses)
    if status == 1:
        _say_ways_out()
    return status


def state_of(git_folder: str) -> str:
    """What git is in the middle of: "merge", "rebase" or ""; a revert or a picked commit counts as a rebase."""
    if os.path.exists(os.path.join(git_folder, "MERGE_HEAD")):
        return "merge"
    names = ("rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD", "REVERT_HEAD")
    return "rebase" if any(os.path.exists(os.path.join(git_folder, name)) for name in names) else ""


class _Run:
    """One vault of the repository."""

    def __init__(self, git: Git, prefix: str, state: str, config_file: str | None, color: str) -> None:
        from vaultkit.cli.options import cards_of_vault, load_config
        from vaultkit.lint.engine import plan_of

        self.git = git
        self.prefix = prefix
        self.state = state
        self.color = color
        self.root = os.path.join(git.top, prefix.rstrip("/")) if prefix else git.top
        self.config: Config = load_config(self.root, config_file)
        self.plan: Plan = plan_of(self.config, cards=cards_of_vault(self.root, self.config))

    def judge(self, entries: list[Entry], changes: list[Staged], *, fix: bool, is_named: bool) -> int:
        """Judge, and report; the status."""
        from vaultkit.cli.console import notice, write_lines
        from vaultkit.hook.causes import causes
        from vaultkit.hook.commit import read_commit
        from vaultkit.lint.engine import inspector
        from vaultkit.lint.engine import judge as judge_vault

        for text in self.config.notices:
            notice(text)
        config, inspect = self.config, inspector(self.plan)
        commit = read_commit(self.git, self.prefix, entries, changes, config.exclude, inspect, config.settings_folder)
        if self.state:
            marked = _conflicts(commit)
            if marked:
                write_lines(f"{path}:{line}:1: git conflict marker; settle the merge first" for path, line in marked)
                return 1
        judged = frozenset(commit.staged) - self._taken_over(commit, entries)
        findings: tuple[Finding, ...] = ()
        if judged:
            report = judge_vault(commit.after, self.plan, commit.answers, only=judged.__contains__)
            findings = self._new(report.findings, commit)
        fixed = 0
        if fix and self.state:
            notice(f"a {self.state} is in progress, so nothing is fixed")
        elif fix:
            findings, fixed = self._mend(commit, judged, findings)
        told = causes(commit)
        if is_named and (told or findings):
            notice(f"in the vault {self.prefix.rstrip('/')}")
        for cause in told:
            places = [f"  {link.path}:{link.line}:{link.column}: {link.written}" for link in cause.links[:_SHOWN]]
            more = len(cause.links) - _SHOWN
            write_lines(
                [f"{cause.message}:", *places, *([f"  … and {more} more"] if more > 0 else []), f"  {cause.mend}"]
            )
        self._show(findings, commit, len(judged))
        return 1 if fixed or told or any(finding.severity != "info" for finding in findings) else 0

    def _taken_over(self, commit: Commit, entries: list[Entry]) -> frozenset[str]:
        """In a merge: files that are as the other side has them, so that nobody is blamed for them here."""
        if self.state != "merge":
            return frozenset()
        theirs = {entry.path: entry.blob for entry in self.git.tree("MERGE_HEAD")}
        return frozenset(
            entry.path[len(self.prefix) :]
            for entry in entries
            if entry.path.startswith(self.prefix) and theirs.get(entry.path) == entry.blob
        )

    def _new(self, findings: tuple[Finding, ...], commit: Commit) -> tuple[Finding, ...]:
        from vaultkit.cli.baselines import baseline_path, load_baseline
        from vaultkit.lint.baseline import sift

        baseline = load_baseline(baseline_path(self.root, self.config, None), is_required=False)
        if baseline is None:
            return findings
        before = {new: old for old, new in commit.renamed.items()}
        return sift(findings, baseline, before, lambda path, code: False).new

    def _mend(
        self, commit: Commit, judged: frozenset[str], findings: tuple[Finding, ...]
    ) -> tuple[tuple[Finding, ...], int]:
        """Mend wholly staged files on the disk, never the index; what is left to report, and how many were mended."""
        from vaultkit.cli.console import notice
        from vaultkit.index.write import write_changes
        from vaultkit.lint.fix import Choice, fix_vault, is_wanted

        choice = Choice(with_renames=False)
        partly = self.git.unstaged()
        whole = frozenset(path for path in judged if self.prefix + path not in partly)
        for path in sorted({finding.path for finding in findings if is_wanted(finding, choice)} - whole):
            notice(f"{path} is staged in part, so it is not fixed")

        def read(path: str) -> bytes:
            return read_inside(self.root, path)

        fixed = fix_vault(commit.after, self.plan, commit.answers, choice, read, whole.__contains__)
        written = write_changes(self.root, fixed.changes)
        for path, reason in (*fixed.refused, *written.refused):
            notice(f"{path} was not fixed: it {reason}")
        for applied in fixed.applied:
            if applied.path in written.paths:
                sys.stderr.write(f"fixed {applied.path}:{applied.line}: {applied.code} {applied.title}\n")
        if written.paths:
            names = "1 note" if len(written.paths) == 1 else f"{len(written.paths)} notes"
            notice(f"{names} mended; look at the change, `git add` it and commit again")
        left = self._new(fixed.report.findings, commit)
        changed = frozenset(written.paths)
        kept = [finding for finding in findings if finding.path not in changed]
        merged = (*kept, *(finding for finding in left if finding.path in changed))
        return tuple(sorted(merged, key=lambda finding: (finding.path, finding.start, finding.code))), len(
            written.paths
        )

    def _show(self, findings: tuple[Finding, ...], commit: Commit, checked: int) -> None:
        from vaultkit.cli.console import terminal_width, wants_color, write_lines
        from vaultkit.report.format import Style, View, renderer

        shown = tuple(finding for finding in findings if finding.severity != "info")
        if not shown:
            return
        style = Style(wants_color(self.color), terminal_width(), 20)
        view = View(shown, checked, commit.after.name, self.root, commit.text, style, prefix=self.prefix)
        write_lines(renderer("full" if sys.stdout.isatty() else "concise")(view))


def _conflicts(commit: Commit) -> list[tuple[str, int]]:
    from vaultkit.text import has_conflict_markers

    found = []
    for path in commit.staged:
        text = commit.text(path)
        if has_conflict_markers(text):
            lines = text.split("\n")
            found.append((path, next(at for at, line in enumerate(lines, 1) if has_conflict_markers(line))))
    return found


def _say_ways_out() -> None:
    from vaultkit.cli.console import notice

    notice(
        "the commit is stopped; `git commit --no-verify` (with pre-commit: `SKIP=vaultkit git commit`) lets it "
        "through once, `vaultkit baseline create` accepts what is there today"
    )


def run_install(*, fix: bool) -> int:
    """Write the hook files."""
    from vaultkit.cli.console import notice
    from vaultkit.hook.install import install

    for path in install(Git(os.getcwd()), fix=fix):
        notice(f"{path} calls vaultkit now")
    return 0


def run_uninstall() -> int:
    """Take the hook files away."""
    from vaultkit.cli.console import notice
    from vaultkit.hook.install import uninstall

    done = uninstall(Git(os.getcwd()))
    for path in done:
        notice(f"{path} does not call vaultkit any more")
    if not done:
        notice("no hook of vaultkit is installed here")
    return 0
