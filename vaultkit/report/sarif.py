"""SARIF 2.1.0, as GitHub code scanning and others read it.

URIs are relative to ``%SRCROOT%``; findings hidden by a baseline are included as suppressed. Without
them, code scanning would close their alerts and reopen them later.
Source: OASIS SARIF 2.1.0; GitHub Docs, "SARIF support for code scanning".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from vaultkit import __version__
from vaultkit.lint.finding import Finding, message_with_help
from vaultkit.lint.rule import Rule, all_rules
from vaultkit.lint.rule_docs import rule_page, rule_url
from vaultkit.report.format import HOME, ReportView
from vaultkit.report.pieces.location import Places, uri

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# What code scanning takes of one run; it shows the first 5,000.
MAX_RESULTS = 25_000
MAX_RELATED = 100
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(view: ReportView) -> Iterator[str]:
    """One log with one run."""
    places = Places(view)
    codes = {finding.code for finding in (*view.findings, *view.old_findings)}
    rules = [rule for rule in all_rules() if rule.code in codes]
    index = {rule.code: number for number, rule in enumerate(rules)}
    results = [
        *(_result(finding, view, places, index, is_old=False) for finding in view.findings),
        *(_result(finding, view, places, index, is_old=True) for finding in view.old_findings),
    ]
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "vaultkit",
                "version": __version__,
                "informationUri": HOME,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that paths are relative to"}}},
        "results": results[:MAX_RESULTS],
    }
    if len(results) > MAX_RESULTS:
        text = f"{len(results) - MAX_RESULTS} findings were skipped: the limit of code scanning is {MAX_RESULTS}"
        run["invocations"] = [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [{"level": "warning", "message": {"text": text}}],
            }
        ]
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    head, sections = rule_page(rule)
    help_text = "\n\n".join([head, *(f"{name}: {text}" for name, text in sections)])
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": head.replace("\n", " ")},
        "help": {"text": help_text, "markdown": help_text},
        "helpUri": rule_url(rule.code),
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": "default" in rule.presets},
    }


def _result(
    finding: Finding, view: ReportView, places: Places, index: dict[str, int], *, is_old: bool
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": message_with_help(finding)},
        "locations": [{"physicalLocation": _location(finding, view)}],
        "partialFingerprints": {"vaultkit/v1": finding.fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "physicalLocation": {"artifactLocation": _artifact(related.path, view)},
                "message": {"text": related.message},
            }
            for related in finding.related[:MAX_RELATED]
        ]
    if finding.fix is not None and finding.fix.edits:
        replacements = [
            {
                "deletedRegion": _region(finding.path, edit.start, edit.end, places),
                "insertedContent": {"text": edit.replacement},
            }
            for edit in finding.fix.edits
        ]
        result["fixes"] = [
            {
                "description": {"text": finding.fix.title + ("" if finding.fix.is_safe else " (unsafe)")},
                "artifactChanges": [{"artifactLocation": _artifact(finding.path, view), "replacements": replacements}],
            }
        ]
    if view.has_baseline:
        result["baselineState"] = "unchanged" if is_old else "new"
    if is_old:
        result["suppressions"] = [{"kind": "external", "justification": "in the baseline"}]
    return result


def _location(finding: Finding, view: ReportView) -> dict[str, Any]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    return {"artifactLocation": _artifact(finding.path, view), "region": region}


def _artifact(path: str, view: ReportView) -> dict[str, Any]:
    return {"uri": uri(view.prefix + path), "uriBaseId": "%SRCROOT%"}


def _region(path: str, start: int, end: int, places: Places) -> dict[str, int]:
    line, column = places.line_and_column(path, start)
    end_line, end_column = places.line_and_column(path, end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
