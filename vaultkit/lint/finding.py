"""What a rule says, and what a report shows."""

from __future__ import annotations

from typing import Literal

from vaultkit.base.record import record
from vaultkit.base.text import Edit

Severity = Literal["error", "warning", "info"]
# Missing attachments above this number are reported as one cause.
GROUP_ABOVE = 20


@record
class Fix:
    """What takes the fault away: edits in the finding's own file, or another name, or another encoding.

    is_safe:  nothing that resolves or renders today changes.
    rename:   (path, new path) of a file or folder; the links to it are rewritten with it.
    encoding: what the file's bytes are in; it is saved as UTF-8.
    """

    title: str
    edits: tuple[Edit, ...]
    is_safe: bool
    rename: tuple[str, str] | None = None
    encoding: str = ""


@record
class RelatedPlace:
    """Another place that belongs to a finding; offsets are code points in that file."""

    path: str
    start: int
    message: str


@record
class Violation:
    """One fault as a rule sees it, in a file that the caller knows.

    start, end: code points, half-open.
    about: what the fault is about (a link's target, a card's question, a key): with the rule and the
           file it makes the fingerprint, so it must not change when text moves.
    severity: only when it differs from the rule's own.
    help: what to do about it, apart from the message; "" when there is nothing to add.
    """

    start: int
    end: int
    message: str
    about: str
    fix: Fix | None = None
    related: tuple[RelatedPlace, ...] = ()
    severity: Severity | None = None
    help: str = ""


@record
class Finding:
    """One fault in one file, ready for a report.

    line, column, end_line, end_column: from 1, columns in characters, the end exclusive.
    start, end: the same in code points of the file's text.
    fingerprint: stays the same when the text around it moves.
    help: what to do about it; "" when there is nothing to add.
    """

    code: str
    name: str
    severity: Severity
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    about: str
    start: int
    end: int
    fix: Fix | None
    related: tuple[RelatedPlace, ...]
    fingerprint: str
    help: str = ""


@record
class Report:
    """What a run found.

    findings: by path, line, column, code.  checked: number of notes looked at.
    silenced: number of findings that comments hide.
    """

    findings: tuple[Finding, ...]
    checked: int
    silenced: int = 0


def message_with_help(finding: Finding) -> str:
    """The message and what to do about it, for formats that have one text for both."""
    return f"{finding.message}; {finding.help}" if finding.help else finding.message
