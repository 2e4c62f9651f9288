"""The findings of rules, and the report that shows them."""

from __future__ import annotations

from typing import Literal

from vaultkit.base.record import record
from vaultkit.base.text import Edit

Severity = Literal["error", "warning", "info"]
# Missing attachments above this number are reported as one cause.
GROUP_ABOVE = 20


@record
class Fix:
    """A fix: edits in the finding's file, or a new file name, or another encoding.

    is_safe:  links keep resolving and notes render the same.
    rename:   (path, new path) of a file or folder; its links are updated.
    encoding: the encoding of the file's bytes; the file is saved as UTF-8.
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
    """A violation of a rule, in a file that the caller knows.

    start, end: code points, half-open.
    about: the subject (a link's target, a card's question, a key). Rule, file and subject make the fingerprint,
           so it must not depend on the position in the text.
    severity: only if it differs from the rule's severity.
    help: the remedy, not repeated in the message; "" for none.
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
    """A finding in a file, ready for a report.

    line, column, end_line, end_column: from 1, columns in characters, the end exclusive.
    start, end: the same in code points of the file's text.
    fingerprint: does not depend on the position in the text.
    help: the remedy; "" for none.
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
    """The result of a run.

    findings: by path, line, column, code.  checked: number of checked notes.
    silenced: number of findings hidden by comments.
    """

    findings: tuple[Finding, ...]
    checked: int
    silenced: int = 0


def message_with_help(finding: Finding) -> str:
    """The message and what to do about it, for formats that have one text for both."""
    return f"{finding.message}; {finding.help}" if finding.help else finding.message
