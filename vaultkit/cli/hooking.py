"""What ``vaultkit hook`` says and does, step by step; whatever is heavy is imported when something is staged."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import read_inside
from vaultkit.commit.prefilter import is_relevant
from vaultkit.commit.repository import Git, NoGitError

if TYPE_CHECKING:
    from vaultkit.commit.broken_links import CommitCause
    from vaultkit.commit.commit import Commit
    from vaultkit.commit.difference import Caused
    from vaultkit.commit.staging import Staging
    from vaultkit.config import Config
    from vaultkit.lint.finding import Finding
    from vaultkit.lint.plan import Plan

_SHOWN = 10


def run_hook(vault: str | None, *, fix: bool, config_file: str | None, color: str) -> int:
    """Judge the staged changes; the status to leave with."""
    if vault is not None and not os.path.isdir(vault):
        raise VaultkitError(f"--vault {vault}: no such folder; name the folder of a vault")
    git = Git(os.path.abspath(vault) if vault is not None else os.getcwd())
    try:
        changes = git.staged()
        if not any(map(is_relevant, changes)):
            return 0
        git_folder = git.find_top()[1]
    except NoGitError as error:
        from vaultkit.cli.commands.check import command as check
        from vaultkit.cli.console import notice

        notice(f"{error}; checking the whole vault")
        arguments = [*(["--vault", vault] if vault else []), *(["--config", config_file] if config_file else [])]
        status: int = check.main(arguments, prog_name="vaultkit check", standalone_mode=False)
        return status
    from vaultkit.commit.staging import Staging
    from vaultkit.commit.state import state_of

    staging = Staging(git, changes, state_of(git, git_folder))
    prefixes = staging.prefixes(os.path.abspath(vault) if vault is not None else None)
    statuses = [0]
    for prefix in prefixes:
        if staging.concerns(prefix):
            run = _Run(staging, prefix, config_file, color)
            statuses.append(run.judge(fix=fix, is_named=len(prefixes) > 1))
    status = max(statuses)
    if status == 1:
        _say_ways_out()
    return status


class _Run:
    """One vault of the repository."""

    def __init__(self, staging: Staging, prefix: str, config_file: str | None, color: str) -> None:
        from vaultkit.cli.options import cards_of_vault, load_config, undo_killed
        from vaultkit.commit.typed import Shell
        from vaultkit.lint.plan import plan_of

        self.staging = staging
        self.prefix = prefix
        self.color = color
        self.shell = Shell(staging.git.top)
        top = staging.git.top
        self.root = os.path.join(top, prefix.rstrip("/")) if prefix else top
        undo_killed(self.root)
        self.config: Config = load_config(self.root, config_file, read=staging.read)
        self.plan: Plan = plan_of(self.config, cards=cards_of_vault(self.root, self.config, staging.read))

    def judge(self, *, fix: bool, is_named: bool) -> int:
        """Judge, and report; the status."""
        from vaultkit.cli.console import notice
        from vaultkit.commit.broken_links import causes
        from vaultkit.commit.difference import conflicts, difference

        for text in self.config.notices:
            notice(text)
        commit = self.staging.commit(self.prefix, self.config, self.plan)
        state = self.staging.state.kind
        if state:
            marked = conflicts(commit)
            if marked:
                self._show_conflicts(marked)
                return 1
        found = difference(commit, self.plan)
        own, caused = self._new(commit, found.own, found.known, found.caused)
        fixed = 0
        if fix and state:
            notice(f"a {state} is in progress, so nothing is fixed")
        elif fix:
            own, fixed = self._mend(commit, frozenset(commit.staged), own)
        told = causes(commit, (one for one in caused if one.finding.severity != "info"), self.prefix, self.shell)
        rest = tuple(one.finding for one in caused if one.effect is None)
        findings = tuple(one for one in (*own, *rest) if one.severity != "info")
        if is_named and (told or findings):
            notice(f"in the vault {self.shell.path(self.prefix)}")
        self._show_causes(told)
        self._show(findings, commit, len(commit.staged))
        return 1 if fixed or told or findings else 0

    def _new(
        self, commit: Commit, own: tuple[Finding, ...], known: tuple[Finding, ...], caused: tuple[Caused, ...]
    ) -> tuple[tuple[Finding, ...], tuple[Caused, ...]]:
        """What the baseline does not hide. Its entries are first used up by what was there before."""
        from vaultkit.cli.baselines import baseline_path, load_baseline
        from vaultkit.lint.baseline import sift

        path = baseline_path(self.root, self.config, None)
        baseline = load_baseline(path, is_required=False, read=self.staging.read)
        if baseline is None:
            return own, caused
        before = {new: old for old, new in commit.renamed.items()}
        findings = (*known, *own, *(one.finding for one in caused))
        new = {id(finding) for finding in sift(findings, baseline, before, lambda path, code: False).new}
        return tuple(one for one in own if id(one) in new), tuple(one for one in caused if id(one.finding) in new)

    def _mend(
        self, commit: Commit, judged: frozenset[str], findings: tuple[Finding, ...]
    ) -> tuple[tuple[Finding, ...], int]:
        """Mend wholly staged files on the disk, never the index; what is left to report, and how many were mended."""
        from vaultkit.base.atomic_write import write_changes
        from vaultkit.cli.console import notice
        from vaultkit.lint.fix import fix_vault
        from vaultkit.lint.fixed import Choice, is_wanted

        choice = Choice(with_renames=False)
        wanted = sorted({finding.path for finding in findings if is_wanted(finding, choice)} & judged)
        entries = self.staging.after
        contents = self.staging.contents
        whole = frozenset(
            path
            for path in wanted
            if (entry := entries.get(self.prefix + path)) is not None and contents.is_as_staged(entry)
        )
        for path in wanted:
            if path not in whole:
                notice(f"{self.shell.path(self.prefix + path)} is partly staged and was not fixed")

        def read(path: str) -> bytes:
            return read_inside(self.root, path)

        fixed = fix_vault(commit.after.vault, self.plan, commit.after.answers, choice, read, whole.__contains__)
        written = write_changes(self.root, fixed.changes)
        for path, reason in (*fixed.refused, *written.refused):
            notice(f"{self.shell.path(self.prefix + path)} was not fixed ({reason})")
        for applied in fixed.applied:
            if applied.path in written.paths:
                place = f"{self.shell.path(self.prefix + applied.path)}:{applied.line}"
                sys.stderr.write(f"fixed {place}: {applied.code} {applied.title}\n")
        if written.paths:
            names = "1 note" if len(written.paths) == 1 else f"{len(written.paths)} notes"
            notice(f"{names} fixed; look at the change, `git add` it and commit again")
        left = self._new(commit, fixed.report.findings, (), ())[0]
        mended = frozenset(written.paths)
        kept = [finding for finding in findings if finding.path not in mended]
        merged = (*kept, *(finding for finding in left if finding.path in mended))
        return tuple(sorted(merged, key=lambda finding: (finding.path, finding.start, finding.code))), len(mended)

    def _show_conflicts(self, marked: list[tuple[str, int]]) -> None:
        from vaultkit.base.text import escape_control_chars
        from vaultkit.cli.console import write_lines

        write_lines(
            f"{escape_control_chars(self.shell.path(self.prefix + path))}:{line}:1: git conflict marker; resolve the conflict first"
            for path, line in marked
        )

    def _show_causes(self, told: tuple[CommitCause, ...]) -> None:
        from vaultkit.base.text import escape_control_chars
        from vaultkit.cli.console import write_lines

        for cause in told:
            places = [
                f"  {escape_control_chars(self.shell.path(self.prefix + link.path))}:{link.line}:{link.column}: {escape_control_chars(link.written)}"
                for link in cause.links[:_SHOWN]
            ]
            more = len(cause.links) - _SHOWN
            write_lines(
                [f"{cause.message}:", *places, *([f"  … and {more} more"] if more > 0 else []), f"  {cause.mend}"]
            )

    def _show(self, findings: tuple[Finding, ...], commit: Commit, checked: int) -> None:
        from vaultkit.base.record import changed
        from vaultkit.cli.console import terminal_width, wants_color, write_lines
        from vaultkit.report.format import ReportView, Style, renderer

        if not findings:
            return
        paths = {self.shell.path(self.prefix + finding.path): finding.path for finding in findings}
        shown = tuple(changed(one, path=self.shell.path(self.prefix + one.path)) for one in findings)
        style = Style(wants_color(self.color), terminal_width(), 20)
        name = commit.after.vault.name
        view = ReportView(
            shown, checked, name, self.root, lambda path: commit.text(paths[path]), style, prefix=self.prefix
        )
        write_lines(renderer("full" if sys.stdout.isatty() else "concise")(view))


def _say_ways_out() -> None:
    from vaultkit.cli.console import notice

    notice(
        "commit blocked; skip the hook once with `git commit --no-verify` (pre-commit: `SKIP=vaultkit git commit`), or "
        "accept all current findings with `vaultkit baseline create` and `git add` its file"
    )


def run_install(*, fix: bool) -> int:
    """Write the hook files."""
    from vaultkit.cli.console import notice
    from vaultkit.commit.install import install

    for path in install(Git(os.getcwd()), fix=fix):
        notice(f"{path} now runs vaultkit")
    return 0


def run_uninstall() -> int:
    """Take the hook files away."""
    from vaultkit.cli.console import notice
    from vaultkit.commit.install import uninstall

    done = uninstall(Git(os.getcwd()))
    for path in done:
        notice(f"{path} no longer runs vaultkit")
    if not done:
        notice("no vaultkit hook is installed in this repository")
    return 0
