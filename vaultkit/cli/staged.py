"""``check --staged``: the commit that is being made, checked as by the hook and reported as ``check`` reports."""

from __future__ import annotations

import os

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.console import notice
from vaultkit.cli.options import vault_root
from vaultkit.cli.reporting import ReportInput, has_failed, write_reports
from vaultkit.cli.setup import BASELINE_NAME, Setup, setup_of
from vaultkit.commit.broken_links import causes
from vaultkit.commit.commit import Commit
from vaultkit.commit.difference import Caused, Difference, difference
from vaultkit.commit.repository import Git
from vaultkit.commit.staging import Staging
from vaultkit.commit.state import state_of
from vaultkit.commit.typed import Shell
from vaultkit.lint.finding import Finding


def check_staged(wants: CheckOptions) -> int:
    """Report everything in staged notes, and in all others what the commit breaks; the status to leave with.

    Raises:
        NoGitError: there is no git, or no work tree.
        VaultkitError: another option does not go with this one.
    """
    if wants.wants_fixes:
        raise VaultkitError("--staged cannot fix; use `vaultkit hook --fix`")
    if wants.watch or wants.new_since is not None or wants.no_index or wants.add_suppressions is not None:
        raise VaultkitError("--staged cannot be combined with --watch, --new-since, --no-index or --add-suppressions")
    git = Git(vault_root(wants.vault, wants.paths))
    git_folder = git.find_top()[1]
    staging = Staging(git, git.staged(), state_of(git, git_folder))
    setup = setup_of(wants, staging.read)
    prefix = staging.prefixes(setup.root)[0]
    commit = staging.commit(prefix, setup.config, setup.plan, shows_info=wants.show_info)
    shown, caused = _sifted(_asked(difference(commit, setup.plan), setup), commit, setup, staging, wants)
    reported = causes(commit, (one for one in caused if one.finding.severity != "info"), prefix, Shell(git.top))
    if not commit.staged and not caused:
        notice("no file of the vault is staged")
    for cause in reported:
        notice(f"{cause.message}; {cause.remedy}")
    write_reports(commit.after.vault, shown, setup.outputs, wants, source=commit.text)
    return 1 if (reported and not wants.exit_zero) or has_failed(shown, wants) else 0


def _asked(found: Difference, setup: Setup) -> Difference:
    """Return the files at or below the given paths."""
    only = setup.only
    if only is None:
        return found
    return Difference(
        tuple(one for one in found.own if only(one.path)),
        tuple(one for one in found.known if only(one.path)),
        tuple(one for one in found.caused if only(one.finding.path)),
    )


def _sifted(
    found: Difference, commit: Commit, setup: Setup, staging: Staging, wants: CheckOptions
) -> tuple[ReportInput, tuple[Caused, ...]]:
    """What the baseline does not hide. Its entries are first used up by what was there before."""
    only = setup.only or (lambda path: True)
    staged = frozenset(filter(only, commit.staged))
    checked = sum(path in commit.after.vault.notes for path in staged)
    findings = (*found.own, *(one.finding for one in found.caused))
    path = wants.baseline or os.path.join(setup.beside_config, BASELINE_NAME)
    baseline = None
    if not wants.no_baseline:
        from vaultkit.cli.baselines import load_baseline

        baseline = load_baseline(path, is_required=wants.baseline is not None, read=staging.read)
    if baseline is None:
        return ReportInput(_in_order(findings), checked), found.caused
    from vaultkit.lint.baseline import sift, stale_findings

    running = {rule.code for rule, _ in setup.plan.rules}
    before = {new: old for old, new in commit.renamed.items()}
    result = sift((*found.known, *findings), baseline, before, lambda path, code: path in staged and code in running)
    new = {id(finding) for finding in result.new}
    reported = tuple(one for one in findings if id(one) in new)
    if len(reported) < len(findings):
        hidden = len(findings) - len(reported)
        notice(f"{hidden} old finding{'s' if hidden > 1 else ''} hidden")
    is_reported = any(rule.scope == "run" for rule, _ in setup.plan.rules)
    stale = stale_findings(result.stale) if is_reported else ()
    excused = frozenset() if wants.strict_baseline else frozenset(stale)
    shown = ReportInput(_in_order((*reported, *stale)), checked, result.old, has_baseline=True, excused=excused)
    return shown, tuple(one for one in found.caused if id(one.finding) in new)


def _in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.path, finding.start, finding.code, finding.end)))
