"""Root causes: one thing that explains many findings, and the one command that mends it."""

from __future__ import annotations

from vaultkit.record import record


@record
class Cause:
    """What many findings come from.

    message: the cause in one sentence, without the number of findings.
    command: what repairs it; "" when no command does.
    fingerprints: the findings it explains.
    """

    message: str
    command: str
    fingerprints: frozenset[str]

    @property
    def count(self) -> int:
        """How many findings it explains."""
        return len(self.fingerprints)
