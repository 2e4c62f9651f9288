"""Check each fix in memory before a report shows it.

A fix that would remove a link is not offered. A fix that changes more than its edits is offered as unsafe.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from vaultkit.base.record import changed
from vaultkit.lint.finding import Finding
from vaultkit.lint.fix_safety import NoteReading, apart
from vaultkit.vault.conflict_markers import holds_conflict
from vaultkit.vault.snapshot import Snapshot

Read = Callable[[str], bytes]


def offered(vault: Snapshot, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings, sorted by path, with those fixes that can be made, each as safe as it is."""
    groups = groupby(findings, key=lambda finding: finding.path)
    kept = tuple(finding for path, group in groups for finding in offered_in_file(vault, path, tuple(group)))
    return with_possible_names(vault, kept)


def offered_in_file(vault: Snapshot, path: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings of one file with those edits that can be made, each as safe as it is.

    Fixes of files whose bytes are not known stay as the rule gave them.
    """
    if not any(finding.fix is not None and finding.fix.edits for finding in findings):
        return findings
    return tuple(_in_file(vault, path, list(findings)))


def _in_file(vault: Snapshot, path: str, findings: list[Finding]) -> list[Finding]:
    if not any(finding.fix is not None and finding.fix.edits for finding in findings):
        return findings
    if path not in vault.notes:  # only notes are edited
        return [
            _without_fix(finding) if finding.fix is not None and finding.fix.edits else finding for finding in findings
        ]
    from vaultkit.lint.facts.source_text import text_of

    text = text_of(vault, path)
    if text is None:
        return findings
    if holds_conflict(vault.notes[path], text):
        return [_without_fix(finding) for finding in findings]
    reading = NoteReading(vault, path, text)
    edited = [finding for finding in findings if finding.fix is not None and finding.fix.edits]
    together = apart(edited)
    harmless = {id(finding) for finding in together} if reading.harm(together).is_none(together) else set()
    return [
        finding if finding.fix is None or not finding.fix.edits or id(finding) in harmless else _told(reading, finding)
        for finding in findings
    ]


def _told(reading: NoteReading, finding: Finding) -> Finding:
    """Return the finding with its fix, checked alone."""
    assert finding.fix is not None
    harm = reading.harm([finding])
    if harm.lost:
        return _without_fix(finding)
    if harm.unsafe and finding.fix.is_safe:
        return changed(finding, fix=changed(finding.fix, is_safe=False))
    return finding


def _without_fix(finding: Finding) -> Finding:
    return changed(finding, fix=None) if finding.fix is not None else finding


def with_possible_names(vault: Snapshot, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings of a vault without those new names that a file cannot get."""
    wanted = [finding for finding in findings if finding.fix is not None and finding.fix.rename is not None]
    if not wanted:
        return findings
    from vaultkit.lint.rename_fixes import rename_files

    refused = {id(finding) for finding, _ in rename_files(vault, wanted, _reader(vault))[1]}
    return tuple(_without_fix(finding) if id(finding) in refused else finding for finding in findings)


def _reader(vault: Snapshot) -> Read:

    def read(path: str) -> bytes:
        return vault.read_bytes(path) if vault.root or path in vault.unsaved else b""

    return read
