"""The steps of ``check``: read the vault, fix it, hide what the baseline lists, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from vaultkit.base.record import changed
from vaultkit.base.safe_read import read_inside
from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.console import Progress, notice
from vaultkit.cli.reporting import ReportInput, group_above, has_causes, has_failed, write_reports
from vaultkit.cli.setup import BASELINE_NAME, Setup
from vaultkit.lint.finding import Report
from vaultkit.lint.stored_report import StoredReports
from vaultkit.vault.workspace import Listing, Workspace

if TYPE_CHECKING:
    from vaultkit.lint.note_linter import Answers
    from vaultkit.vault.snapshot import Snapshot


def read_vault(setup: Setup, wants: CheckOptions) -> tuple[Snapshot, Answers]:
    """Read the vault with all that fixes need, and print what was left out of it."""
    from vaultkit.lint.check import read_for_check, read_paths

    if wants.no_index:
        vault, answers = read_paths(setup.workspace, wants.paths, setup.plan)
    else:
        with _progress(setup, wants) as progress:
            vault, answers = read_for_check(setup.workspace, setup.plan, progress=progress)
    print_notices((*setup.notices, *left_out(vault)))
    return vault, answers


def _progress(setup: Setup, wants: CheckOptions) -> Progress:
    return Progress("reading notes", hidden=wants.quiet or wants.no_progress or not setup.is_for_people)


def left_out(vault: Snapshot) -> tuple[str, ...]:
    """What to print of folders and settings that were not read."""
    return (
        *(f"{folder} is a separate vault and was left out" for folder in vault.nested),
        *(f"{path} could not be read; using Obsidian's defaults: {reason}" for path, reason in vault.settings.faults),
    )


def print_notices(texts: Iterable[str]) -> None:
    """Print notices."""
    for text in texts:
        notice(text)


def check_vault(setup: Setup, wants: CheckOptions) -> int:
    """Check, fix with ``--fix``, and report; return the exit status."""
    if wants.add_suppressions is None and not wants.wants_fixes and not wants.no_index:
        return _check_with_store(setup, wants)
    vault, answers = read_vault(setup, wants)
    if wants.add_suppressions is not None:
        from vaultkit.cli.fixing import add_suppressions

        return add_suppressions(vault, setup, answers, wants.add_suppressions)
    if not wants.wants_fixes:
        from vaultkit.lint.engine import collect_findings

        return show(vault, collect_findings(vault, setup.plan, answers, only=setup.only), setup, wants)
    from vaultkit.cli.fixing import fix_choice, show_diff, write_fixes

    choice = fix_choice(wants)
    if wants.diff:
        return show_diff(vault, setup, answers, choice)
    fixed = write_fixes(vault, setup, answers, choice, wants)
    must_fail = fixed.has_failed or (fixed.has_changes and wants.exit_non_zero_on_fix)
    if wants.fix_only:
        return 1 if must_fail else 0
    return show(fixed.vault, fixed.report, setup, wants) or int(must_fail)


def _check_with_store(setup: Setup, wants: CheckOptions) -> int:
    """Report what is stored of a vault in which nothing changed; else check it."""
    workspace = setup.workspace
    stored = StoredReports(workspace, setup.key) if workspace.store is not None else None
    known = stored.known() if stored is not None else None
    if known is not None and stored is not None:
        print_notices(known.notices)
        vault = StoredVault(workspace, stored.listing, frozenset(known.ignored))
        return show(vault, narrowed(known.report, vault.notes, setup.only), setup, wants)
    from vaultkit.lint.check import checked

    print_notices(setup.notices)
    with _progress(setup, wants) as progress:
        listing = stored.listing if stored is not None else None
        found = checked(workspace, setup.plan, key=setup.key, notices=setup.notices, listing=listing, progress=progress)
    print_notices(left_out(found.snapshot))
    return show(found.snapshot, narrowed(found.report, found.snapshot.notes, setup.only), setup, wants)


def narrowed(report: Report, notes: Collection[str], only: Callable[[str], bool] | None) -> Report:
    """Return the report with the findings and notes in the paths for which ``only`` is true; all for None."""
    if only is None:
        return report
    findings = tuple(finding for finding in report.findings if only(finding.path))
    return changed(report, findings=findings, checked=sum(map(only, notes)))


def show(vault: Snapshot | StoredVault, report: Report, setup: Setup, wants: CheckOptions) -> int:
    """Write the reports; return the exit status."""
    if not report.checked:
        notice(f"no notes in {' '.join(wants.paths) or setup.root}")
    elif vault.ignored and all(path in vault.ignored for path in vault.notes if setup.only is None or setup.only(path)):
        notice("git ignores all these notes, so they are not checked; --no-respect-gitignore checks them")
    if report.silenced and wants.verbose:
        notice(f"{report.silenced} finding{'s' if report.silenced > 1 else ''} suppressed by comments")
    shown = sifted(vault.whole if needs_vault(setup, wants) else None, report, setup, wants)
    if has_causes(setup.outputs):
        shown = changed(shown, group_above=group_above(setup.plan))
    write_reports(vault, shown, setup.outputs, wants)
    return 1 if has_failed(shown, wants) else 0


class StoredVault:
    """What reports ask of a vault that was not read; the vault itself is read if one asks for more."""

    def __init__(self, workspace: Workspace, listing: Listing, ignored: frozenset[str]) -> None:
        """ignored: the paths that git ignores."""
        self._workspace = workspace
        self._listing = listing
        self.root = workspace.root
        self.name = os.path.basename(workspace.root)
        self.ignored = ignored
        self.notes = tuple(path for path, file in listing.files.items() if file.kind == "note")

    def read_bytes(self, path: str) -> bytes:
        """As `Snapshot.read_bytes`."""
        return read_inside(self.root, path)

    @cached_property
    def whole(self) -> Snapshot:
        """The vault; its notes are read on first use."""
        return self._workspace.listed(self._listing)


def needs_vault(setup: Setup, wants: CheckOptions) -> bool:
    """A baseline or a revision is compared with, for which the notes are looked at."""
    return wants.new_since is not None or bool(_baseline(setup, wants))


def _baseline(setup: Setup, wants: CheckOptions) -> str:
    """Return the path of the baseline in use; "" for none."""
    if wants.no_baseline:
        return ""
    path = wants.baseline or os.path.join(setup.beside_config, BASELINE_NAME)
    return path if wants.baseline is not None or os.path.exists(path) else ""


def sifted(vault: Snapshot | None, report: Report, setup: Setup, wants: CheckOptions) -> ReportInput:
    """The report without the old findings that a baseline lists, or that were there at a revision."""
    if wants.new_since is not None:
        from vaultkit.commit.new_since import findings_before
        from vaultkit.lint.baseline import sift

        assert vault is not None
        before = findings_before(vault, setup.plan, setup.config, wants.new_since)
        since = sift(report.findings, before.baseline, before.renamed, lambda path, code: False)
        if since.old and not wants.quiet:
            notice(f"{len(since.old)} finding{'s' if len(since.old) > 1 else ''} from before {wants.new_since} hidden")
        report = changed(report, findings=since.new)
    path = _baseline(setup, wants)
    if not path:
        return ReportInput(report.findings, report.checked)
    assert vault is not None
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
    is_reported = any(rule.code == STALE_CODE for rule, _ in setup.plan.rules)
    outdated = stale_findings(sifted.stale) if is_reported else ()
    new = sorted((*sifted.new, *outdated), key=lambda finding: (finding.path, finding.start, finding.code, finding.end))
    excused = frozenset() if wants.strict_baseline else frozenset(outdated)
    return ReportInput(tuple(new), report.checked, sifted.old, has_baseline=True, excused=excused)
