"""Report broken links, missing pictures, empty flashcards and whatever else rots."""

from __future__ import annotations

import os

import click

from vaultkit.cli.baselines import baseline_path, load_baseline, sift_report
from vaultkit.cli.check_options import CheckCommand, CheckOptions, check_options
from vaultkit.cli.console import Progress, notice
from vaultkit.cli.reporting import Shown, write_reports
from vaultkit.cli.setup import Setup, setup_of
from vaultkit.index.vault import Vault
from vaultkit.lint.baseline import sift, stale_findings
from vaultkit.lint.engine import Report, judge, read_folder, read_paths, without_vault_rules
from vaultkit.record import changed


@click.command(cls=CheckCommand)
@check_options
def command(wants: CheckOptions) -> int:
    """Check the vault around the working directory, or around PATH.

    PATHs narrow what is reported, never what is read: links are followed through the whole vault.

    Exit status: 0 nothing found, 1 errors or warnings, or with --diff something to change, 2 the call cannot
    be answered.
    """
    return check_once(setup_of(wants), wants)


def check_once(setup: Setup, wants: CheckOptions) -> int:
    """Read, mend if asked to, report; the status to leave with."""
    if wants.no_index:
        setup = changed(setup, plan=without_vault_rules(setup.plan))
        vault, answers = read_paths(setup.root, wants.paths, setup.plan, setup.config)
    else:
        with Progress("reading notes", hidden=wants.quiet or not setup.is_for_people) as progress:
            vault, answers = read_folder(setup.root, setup.plan, setup.config, progress=progress)
    for folder in vault.nested:
        notice(f"{folder} is a vault of its own and was left out")
    for path, reason in vault.settings.faults:
        notice(f"{path} could not be read, Obsidian's defaults hold: {reason}")
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
        report = judge(vault, setup.plan, answers, only=setup.only)
    if not report.checked:
        notice(f"no notes in {' '.join(wants.paths) or setup.root}")
    shown = sifted_report(vault, report, setup, wants)
    write_reports(vault, shown, setup.outputs, wants)
    failed = any(finding.severity != "info" for finding in shown.new)
    return 1 if must_fail or (failed and not wants.exit_zero) else 0


def sifted_report(vault: Vault, report: Report, setup: Setup, wants: CheckOptions) -> Shown:
    """The report without the old findings that a baseline lists, or that were there at a revision."""
    if wants.new_since is not None:
        from vaultkit.hook.since import findings_before

        before = findings_before(vault, setup.plan, setup.config, wants.new_since)
        new = sift(report.findings, before.baseline, before.renamed, lambda path, code: False)
        if new.old and not wants.quiet:
            notice(f"{len(new.old)} finding{'s' if len(new.old) > 1 else ''} from before {wants.new_since} hidden")
        report = changed(report, findings=new.new)
    if wants.no_baseline:
        return Shown(report.findings, report.checked)
    path = baseline_path(setup.root, setup.config, wants.baseline)
    if wants.baseline is None and not os.path.exists(path):
        return Shown(report.findings, report.checked)
    baseline = load_baseline(path, is_required=True)
    assert baseline is not None
    sifted = sift_report(report, baseline, vault, setup.plan, setup.only)
    if sifted.old and not wants.quiet:
        notice(f"{len(sifted.old)} old finding{'s' if len(sifted.old) > 1 else ''} hidden")
    if sifted.stale and not wants.quiet:
        count = sum(entry.count for entry in sifted.stale)
        notice(f"{count} in the baseline not found any more; `vaultkit baseline prune` takes them off")
    told = stale_findings(sifted.stale, is_strict=wants.strict_baseline)
    shown = sorted((*sifted.new, *told), key=lambda finding: (finding.path, finding.start, finding.code, finding.end))
    return Shown(tuple(shown), report.checked, sifted.old, has_baseline=True)
