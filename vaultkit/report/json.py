"""One JSON object: ``{"version": 1, "findings": […], "summary": {…}}``.

Lines and columns count from 1 in characters, ends are exclusive, and ``utf16_column`` counts as editors do.
``start``, ``end`` and the offsets of edits are code points of the file's text, ``byte_start`` and ``byte_end``
bytes of UTF-8, both without a byte order mark. ``fix`` is null or has ``title``, ``is_safe``, ``edits``, and ``rename``, which is null or says from which path to which.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from vaultkit.lint.finding import Finding
from vaultkit.report.format import ReportView
from vaultkit.report.pieces.location import Places

VERSION = 1

_COUNT = {"type": "integer", "minimum": 0}
_PLACE = {"type": "integer", "minimum": 1}
_TEXT = {"type": "string"}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


_SEVERITY = {"enum": ["error", "warning", "info"]}
_EDIT = _object(start=_COUNT, end=_COUNT, replacement=_TEXT)
_RENAME = _object(**{"from": _TEXT, "to": _TEXT})
_FIX = _object(
    title=_TEXT,
    is_safe={"type": "boolean"},
    edits={"type": "array", "items": _EDIT},
    rename={"anyOf": [{"type": "null"}, _RENAME]},
)
_FINDING = _object(
    code=_TEXT,
    name=_TEXT,
    severity=_SEVERITY,
    message=_TEXT,
    help=_TEXT,
    path=_TEXT,
    line=_PLACE,
    column=_PLACE,
    end_line=_PLACE,
    end_column=_PLACE,
    utf16_column=_PLACE,
    utf16_end_column=_PLACE,
    start=_COUNT,
    end=_COUNT,
    byte_start=_COUNT,
    byte_end=_COUNT,
    about=_TEXT,
    fingerprint=_TEXT,
    fix={"anyOf": [{"type": "null"}, _FIX]},
    related={"type": "array", "items": _object(path=_TEXT, start=_COUNT, message=_TEXT)},
)
SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "A report of `vaultkit check --output-format json`",
    **_object(
        version={"const": VERSION},
        findings={"type": "array", "items": _FINDING},
        causes={"type": "array", "items": _object(message=_TEXT, count=_COUNT, command=_TEXT)},
        summary=_object(
            notes=_COUNT,
            findings=_COUNT,
            by_severity=_object(error=_COUNT, warning=_COUNT, info=_COUNT),
            by_rule={"type": "object", "additionalProperties": _COUNT},
        ),
    ),
}


def as_dict(finding: Finding, places: Places) -> dict[str, Any]:
    """A finding as plain values."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "help": finding.help,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "utf16_column": places.utf16_column(finding.path, finding.line, finding.column),
        "utf16_end_column": places.utf16_column(finding.path, finding.end_line, finding.end_column),
        "start": finding.start,
        "end": finding.end,
        "byte_start": places.byte_offset(finding.path, finding.start),
        "byte_end": places.byte_offset(finding.path, finding.end),
        "about": finding.about,
        "fingerprint": finding.fingerprint,
        "fix": None
        if finding.fix is None
        else {
            "title": finding.fix.title,
            "is_safe": finding.fix.is_safe,
            "edits": [
                {"start": edit.start, "end": edit.end, "replacement": edit.replacement} for edit in finding.fix.edits
            ],
            "rename": finding.fix.rename and {"from": finding.fix.rename[0], "to": finding.fix.rename[1]},
        },
        "related": [
            {"path": related.path, "start": related.start, "message": related.message} for related in finding.related
        ],
    }


def summary(view: ReportView) -> dict[str, Any]:
    """Counts by severity and by rule."""
    severities = Counter(finding.severity for finding in view.findings)
    return {
        "notes": view.checked,
        "findings": len(view.findings),
        "by_severity": {level: severities.get(level, 0) for level in ("error", "warning", "info")},
        "by_rule": dict(sorted(Counter(finding.code for finding in view.findings).items())),
    }


def render(view: ReportView) -> Iterator[str]:
    """The whole document."""
    places = Places(view)
    document = {
        "version": VERSION,
        "findings": [as_dict(finding, places) for finding in view.findings],
        "causes": [{"message": cause.message, "count": cause.count, "command": cause.command} for cause in view.causes],
        "summary": summary(view),
    }
    yield json.dumps(document, ensure_ascii=False, indent=2)
