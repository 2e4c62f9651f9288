"""Links to notes that are still to be written, which are not faults."""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.lint.finding import Finding
from vaultkit.vault.resolve import fold


def is_unwritten(finding: Finding) -> bool:
    """The finding is a link to a note that nothing explains: most likely it is still to be written."""
    return finding.code == "LK001" and finding.fix is None and not finding.help and finding.severity == "info"


def unwritten_message(findings: Sequence[Finding]) -> str:
    """One line for all links to notes that are still to be written; "" when there is none."""
    links = [finding for finding in findings if is_unwritten(finding)]
    if not links:
        return ""
    names = len({fold(finding.about.strip()) for finding in links})
    if len(links) == 1:
        return "1 link asks for a note that is not written yet"
    notes = "a note that is" if names == 1 else f"{names:,} notes that are"
    return f"{len(links):,} links ask for {notes} not written yet"
