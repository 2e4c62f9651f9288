"""The formats ``json`` and ``json-lines``: places in characters, bytes and UTF-16 units."""

from __future__ import annotations

import json

import pytest
from sample_view import FILES, HARD_NAME

from vaultkit.base.record import changed
from vaultkit.lint.root_causes import RootCause
from vaultkit.report.json import SCHEMA


def test_places_in_all_units(render, view):
    entry = next(entry for entry in json.loads(render("json", view))["findings"] if entry["path"] == HARD_NAME)
    text = FILES[HARD_NAME]
    written = "![[plot.png|300|300]]"
    assert text[entry["start"] : entry["end"]] == written
    assert text.encode()[entry["byte_start"] : entry["byte_end"]].decode() == written
    assert (entry["line"], entry["column"], entry["end_column"]) == (3, 3, 24)
    assert (entry["utf16_column"], entry["utf16_end_column"]) == (4, 25)
    edit = entry["fix"]["edits"][0]
    assert text[: edit["start"]] + edit["replacement"] + text[edit["end"] :] == text.replace("|300|300", "|300")


def test_summary_counts(render, view):
    document = json.loads(render("json", view))
    assert document["version"] == 1
    assert document["summary"]["by_severity"] == {"error": 1, "warning": 2, "info": 1}
    assert document["summary"]["by_rule"] == {"EM003": 1, "LK001": 2, "LK005": 1}


def test_a_report_answers_to_its_schema(render, view, clean):
    jsonschema = pytest.importorskip("jsonschema", reason="needs the test extra")
    cause = RootCause("one cause", "", frozenset({view.findings[0].fingerprint}))
    for each in (changed(view, causes=(cause,)), clean):
        jsonschema.validate(json.loads(render("json", each)), SCHEMA)


def test_a_line_is_a_finding(render, view):
    lines = render("json-lines", view).split("\n")
    assert [json.loads(line) for line in lines] == json.loads(render("json", view))["findings"]
