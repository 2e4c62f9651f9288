"""``check --staged``: the commit that is being made, judged as the hook judges it and reported as ``check`` reports."""

from __future__ import annotations

from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.checking import sifted
from vaultkit.cli.console import notice
from vaultkit.cli.reporting import has_failed, write_reports
from vaultkit.cli.setup import Setup
from vaultkit.errors import VaultkitError
from vaultkit.hook.causes import Cause, causes
from vaultkit.hook.commit import Commit, read_commit, vault_prefixes
from vaultkit.hook.git import Git
from vaultkit.lint.engine import Report, inspector, judge
from vaultkit.record import changed


def check_staged(setup: Setup, wants: CheckOptions) -> int:
    """Report everything in staged notes, and in all others what the commit breaks; the status to leave with.

    Raises:
        NoGitError: there is no git, or no work tree.
        VaultkitError: another option does not go with this one.
    """
    if wants.wants_fixes:
        raise VaultkitError("--staged: what is staged is only judged here; `vaultkit hook --fix` mends it")
    if wants.watch or wants.new_since is not None or wants.no_index or wants.add_suppressions is not None:
        raise VaultkitError("--staged: goes without --watch, --new-since, --no-index and --add-suppressions")
    git = Git(setup.root)
    git.find_top()
    entries, changes = git.index(), git.staged()
    prefix = vault_prefixes(git, entries, setup.root)[0]
    config = setup.config
    inspect = inspector(setup.plan)
    commit = read_commit(git, prefix, entries, changes, config.exclude, inspect, config.settings_folder)
    report, told = _judged(commit, setup)
    if not commit.staged and not told:
        notice("nothing of the vault is staged")
    for cause in told:
        notice(f"{cause.message}; {cause.mend}")
    asked = setup.only or (lambda path: True)
    staged = frozenset(filter(asked, commit.staged))  # of other notes no entry of a baseline is said to be stale
    shown = sifted(commit.after, report, changed(setup, only=staged.__contains__), wants)
    write_reports(commit.after, shown, setup.outputs, wants, source=commit.text)
    return 1 if (told and not wants.exit_zero) or has_failed(shown, wants) else 0


def _judged(commit: Commit, setup: Setup) -> tuple[Report, tuple[Cause, ...]]:
    """The findings of staged notes, those that the commit causes in others, and their causes."""
    asked = setup.only or (lambda path: True)
    staged = frozenset(filter(asked, commit.staged))
    concerned = frozenset(filter(asked, commit.concerned)) - staged
    told = tuple(cause for cause in causes(commit) if any(asked(link.path) for link in cause.links))
    places = {(link.path, link.line, link.column) for cause in told for link in cause.links}
    report = judge(commit.after, setup.plan, commit.answers, only=lambda path: path in staged or path in concerned)
    findings = tuple(
        finding
        for finding in report.findings
        if finding.path in staged or (finding.path, finding.line, finding.column) in places
    )
    return changed(report, findings=findings, checked=sum(path in commit.after.notes for path in staged)), told
