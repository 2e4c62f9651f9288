"""The steps of ``check``: read the vault, mend it if asked to, sift what a baseline lists, report."""

from __future__ import annotations

import os

from vaultkit.base.record import changed
from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.console import Progress, notice
from vaultkit.cli.reporting import ReportInput, group_above, has_failed, write_reports
from vaultkit.cli.setup import BASELINE_NAME, Setup
from vaultkit.lint.check import checked, narrowed, read_for_check, read_paths
from vaultkit.lint.engine import Report, collect_findings
from vaultkit.lint.note_linter import Answers
from vaultkit.vault.snapshot import Snapshot


def read_vault(setup: Setup, wants: CheckOptions) -> tuple[Snapshot, Answers]:
    """Read the vault with all that fixes need, and print what was left out of it."""
    if wants.no_index:
        vault, answers = read_paths(setup.workspace, wants.paths, setup.plan)
    else:
        with _progress(setup, wants) as progress:
            vault, answers = read_for_check(setup.workspace, setup.plan, progress=progress)
    say_what_was_left_out(vault)
    return vault, answers


def _progress(setup: Setup, wants: CheckOptions) -> Progress:
    return Progress("reading notes", hidden=wants.quiet or wants.no_progress or not setup.is_for_people)


def say_what_was_left_out(vault: Snapshot) -> None:
    """Print which folders and settings were not read."""
    for folder in vault.nested:
        notice(f"{folder} is a separate vault and was left out")
    for path, reason in vault.settings.faults:
        notice(f"{path} could not be read; using Obsidian's defaults: {reason}")


def check_vault(setup: Setup, wants: CheckOptions) -> tuple[Snapshot, int]:
    """Check, fix if that is asked for, and report; return the vault and the exit status."""
    if wants.add_suppressions is None and not wants.wants_fixes and not wants.no_index:
        with _progress(setup, wants) as progress:
            found = checked(setup.workspace, setup.plan, key=setup.key, progress=progress)
        say_what_was_left_out(found.snapshot)
        return found.snapshot, show(found.snapshot, narrowed(found, setup.only), setup, wants)
    vault, answers = read_vault(setup, wants)
    if wants.add_suppressions is not None:
        from vaultkit.cli.fixing import add_suppressions

        return vault, add_suppressions(vault, setup, answers, wants.add_suppressions)
    if not wants.wants_fixes:
        return vault, show(vault, collect_findings(vault, setup.plan, answers, only=setup.only), setup, wants)
    from vaultkit.cli.fixing import fix_choice, mend, show_diff

    choice = fix_choice(wants)
    if wants.diff:
        return vault, show_diff(vault, setup, answers, choice)
    mended = mend(vault, setup, answers, choice, wants)
    must_fail = mended.has_failed or (mended.has_changes and wants.exit_non_zero_on_fix)
    if wants.fix_only:
        return mended.vault, 1 if must_fail else 0
    return mended.vault, show(mended.vault, mended.report, setup, wants) or int(must_fail)


def show(vault: Snapshot, report: Report, setup: Setup, wants: CheckOptions) -> int:
    """Write the reports; return the exit status."""
    if not report.checked:
        notice(f"no notes in {' '.join(wants.paths) or setup.root}")
    elif vault.ignored and all(path in vault.ignored for path in vault.notes if setup.only is None or setup.only(path)):
        notice("git ignores all these notes, so they are not checked; --no-respect-gitignore checks them")
    if report.silenced and wants.verbose:
        notice(f"{report.silenced} finding{'s' if report.silenced > 1 else ''} suppressed by comments")
    shown = changed(sifted(vault, report, setup, wants), group_above=group_above(setup.plan))
    write_reports(vault, shown, setup.outputs, wants)
    return 1 if has_failed(shown, wants) else 0


def sifted(vault: Snapshot, report: Report, setup: Setup, wants: CheckOptions) -> ReportInput:
    """The report without the old findings that a baseline lists, or that were there at a revision."""
    if wants.new_since is not None:
        from vaultkit.commit.new_since import findings_before
        from vaultkit.lint.baseline import sift

        before = findings_before(vault, setup.plan, setup.config, wants.new_since)
        since = sift(report.findings, before.baseline, before.renamed, lambda path, code: False)
        if since.old and not wants.quiet:
            notice(f"{len(since.old)} finding{'s' if len(since.old) > 1 else ''} from before {wants.new_since} hidden")
        report = changed(report, findings=since.new)
    if wants.no_baseline:
        return ReportInput(report.findings, report.checked)
    path = wants.baseline or os.path.join(setup.beside_config, BASELINE_NAME)
    if wants.baseline is None and not os.path.exists(path):
        return ReportInput(report.findings, report.checked)
    from vaultkit.cli.baselines import load_baseline, sift_report
    from vaultkit.lint.baseline import STALE_CODE, stale_findings

    baseline = load_baseline(path, is_required=True)
    assert baseline is not None
    sifted = sift_report(report, baseline, vault, setup.plan, setup.only)
    if sifted.old:
        notice(f"{len(sifted.old)} old finding{'s' if len(sifted.old) > 1 else ''} hidden")
    if sifted.stale:
        count = sum(entry.count for entry in sifted.stale)
        notice(f"{count} in the baseline no longer exist; `vaultkit baseline prune` removes them")
    is_told = any(rule.code == STALE_CODE for rule, _ in setup.plan.rules)
    told = stale_findings(sifted.stale) if is_told else ()
    new = sorted((*sifted.new, *told), key=lambda finding: (finding.path, finding.start, finding.code, finding.end))
    excused = frozenset() if wants.strict_baseline else frozenset(told)
    return ReportInput(tuple(new), report.checked, sifted.old, has_baseline=True, excused=excused)
