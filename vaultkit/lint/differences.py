"""What one check found and another did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from vaultkit.lint.finding import Finding

Findings = Mapping[str, tuple[Finding, ...]]


def more_findings(these: Iterable[Finding], than: Iterable[Finding]) -> list[Finding]:
    """Return the findings that the second list lacks; text that moved makes no difference."""
    known = Counter(finding.fingerprint for finding in than)
    found = []
    for finding in these:
        if known[finding.fingerprint] > 0:
            known[finding.fingerprint] -= 1
        else:
            found.append(finding)
    return found


def differences(before: Findings, after: Findings) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return what came and what went between two checks of a vault, by path."""
    come: list[Finding] = []
    gone: list[Finding] = []
    for path in sorted({*before, *after}):
        old, new = before.get(path, ()), after.get(path, ())
        if old is not new and old != new:
            come += more_findings(new, old)
            gone += more_findings(old, new)
    return tuple(come), tuple(gone)
