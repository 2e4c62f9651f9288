"""Links to notes that do not exist yet, which are not errors."""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.lint.finding import Finding
from vaultkit.vault.resolve import fold


def is_unwritten(finding: Finding) -> bool:
    """Return whether the finding is a link to a missing note without any likely target."""
    return finding.code == "LK001" and finding.fix is None and not finding.help and finding.severity == "info"


def unwritten_message(findings: Sequence[Finding]) -> str:
    """Return one line for all links to notes that do not exist yet; "" when there is none."""
    links = [finding for finding in findings if is_unwritten(finding)]
    if not links:
        return ""
    names = len({fold(finding.about.strip()) for finding in links})
    if len(links) == 1:
        return "1 link to a note that does not exist yet"
    notes = "a note that does" if names == 1 else f"{names:,} notes that do"
    return f"{len(links):,} links to {notes} not exist yet"
