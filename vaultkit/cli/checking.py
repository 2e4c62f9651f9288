"""The steps of ``check``: read the vault, mend it if asked to, sift what a baseline lists, report."""

from __future__ import annotations

import os

from vaultkit.base.record import changed
from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.console import Progress, notice
from vaultkit.cli.reporting import ReportInput, group_above, has_failed, write_reports
from vaultkit.cli.setup import BASELINE_NAME, Setup
from vaultkit.lint.engine import Answers, Report, collect_findings, read_folder, read_paths
from vaultkit.vault.snapshot import Snapshot


def read_vault(setup: Setup, wants: CheckOptions) -> tuple[Snapshot, Answers]:
    """Read the vault, and tell what was left out of it."""
    is_hidden = wants.quiet or wants.no_progress or not setup.is_for_people
    if wants.no_index:
        vault, answers = read_paths(setup.root, wants.paths, setup.plan, setup.config)
    else:
        with Progress("reading notes", hidden=is_hidden) as progress:
            vault, answers = read_folder(
                setup.root,
                setup.plan,
                setup.config,
                named_files=setup.named_files,
                progress=progress,
                has_cache=not wants.no_cache,
            )
    for folder in vault.nested:
        notice(f"{folder} is a vault of its own and was left out")
    for path, reason in vault.settings.faults:
        notice(f"{path} could not be read, Obsidian's defaults hold: {reason}")
    return vault, answers


def report_on(vault: Snapshot, answers: Answers, setup: Setup, wants: CheckOptions) -> int:
    """Mend if asked to, then report; the status to leave with."""
    if wants.add_suppressions is not None:
        from vaultkit.cli.fixing import add_suppressions

        return add_suppressions(vault, setup, answers, wants.add_suppressions)
    must_fail = False
    if wants.wants_fixes:
        from vaultkit.cli.fixing import fix_choice, mend, show_diff

        choice = fix_choice(wants)
        if wants.diff:
            return show_diff(vault, setup, answers, choice)
        mended = mend(vault, setup, answers, choice, wants)
        vault, report = mended.vault, mended.report
        must_fail = mended.has_failed or (mended.has_changes and wants.exit_non_zero_on_fix)
        if wants.fix_only:
            return 1 if must_fail else 0
    else:
        report = collect_findings(vault, setup.plan, answers, only=setup.only)
    if not report.checked:
        notice(f"no notes in {' '.join(wants.paths) or setup.root}")
    elif vault.ignored and all(path in vault.ignored for path in vault.notes if setup.only is None or setup.only(path)):
        notice("git ignores all these notes, so nothing is said of them; --no-respect-gitignore judges them")
    if report.silenced and wants.verbose:
        notice(f"{report.silenced} finding{'s' if report.silenced > 1 else ''} silenced by comments")
    shown = changed(sifted(vault, report, setup, wants), group_above=group_above(setup.plan))
    write_reports(vault, shown, setup.outputs, wants)
    return 1 if must_fail or has_failed(shown, wants) else 0


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
        notice(f"{count} in the baseline not found any more; `vaultkit baseline prune` takes them off")
    is_told = any(rule.code == STALE_CODE for rule, _ in setup.plan.rules)
    told = stale_findings(sifted.stale) if is_told else ()
    new = sorted((*sifted.new, *told), key=lambda finding: (finding.path, finding.start, finding.code, finding.end))
    excused = frozenset() if wants.strict_baseline else frozenset(told)
    return ReportInput(tuple(new), report.checked, sifted.old, has_baseline=True, excused=excused)
