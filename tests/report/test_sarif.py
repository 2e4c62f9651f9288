"""SARIF: valid against the schema of 2.1.0, relative URIs, fixes that can be applied."""

from __future__ import annotations

import json

from sample_view import FILES, HARD_NAME, view_of

from vaultkit.base.record import changed
from vaultkit.report import sarif


def run_of(render, view):
    document = json.loads(render("sarif", view))
    return document, document["runs"][0]


def test_valid(render, require_schema, view, clean):
    require_schema("sarif-2.1.0.json", run_of(render, view)[0])
    require_schema("sarif-2.1.0.json", run_of(render, clean)[0])


def test_every_result_points_to_its_rule_and_place(render, view):
    _, run = run_of(render, view)
    rules = run["tool"]["driver"]["rules"]
    for result, finding in zip(run["results"], view.findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert result["partialFingerprints"] == {"vaultkit/v1": finding.fingerprint}
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert uris == {"a.md", "Deck%3A%20100%25%20a,%20b%0A%3Cc%3E&%01.md"}


def test_a_fix_can_be_applied(render, view):
    _, run = run_of(render, view)
    fix = next(result["fixes"][0] for result in run["results"] if result["ruleId"] == "EM003")
    replacement = fix["artifactChanges"][0]["replacements"][0]
    region = replacement["deletedRegion"]
    lines = FILES[HARD_NAME].split("\n")
    line = lines[region["startLine"] - 1]
    new = line[: region["startColumn"] - 1] + replacement["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
    assert new == "😀 ![[plot.png|300]]"


def test_old_findings_stay_in_as_suppressed(render, require_schema):
    view = view_of({"a.md": "[[x]] [[y]]"})
    view = changed(view, findings=view.findings[:1], old_findings=view.findings[1:], has_baseline=True)
    document, run = run_of(render, view)
    require_schema("sarif-2.1.0.json", document)
    assert [(result["baselineState"], "suppressions" in result) for result in run["results"]] == [
        ("new", False),
        ("unchanged", True),
    ]


def test_more_results_than_code_scanning_takes_are_cut_and_told(render, require_schema, monkeypatch):
    monkeypatch.setattr(sarif, "MAX_RESULTS", 2)
    document, run = run_of(render, view_of({"a.md": "[[x]] [[y]] [[z]]"}))
    require_schema("sarif-2.1.0.json", document)
    assert len(run["results"]) == 2
    told = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert told == "1 findings were skipped: the limit of code scanning is 2"
