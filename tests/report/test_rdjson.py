"""Reviewdog's format: valid, columns in bytes, suggestions that can be applied."""

from __future__ import annotations

import json

from sample_view import FILES, HARD_NAME


def test_valid(render, require_schema, view, clean):
    require_schema("rdjson.json", json.loads(render("rdjson", view)))
    require_schema("rdjson.json", json.loads(render("rdjson", clean)))


def test_a_suggestion_counts_in_bytes(render, view):
    entries = json.loads(render("rdjson", view))["diagnostics"]
    suggestion = next(entry for entry in entries if entry["location"]["path"] == HARD_NAME)["suggestions"][0]
    start, end = suggestion["range"]["start"], suggestion["range"]["end"]
    line = FILES[HARD_NAME].encode().split(b"\n")[start["line"] - 1]
    new = line[: start["column"] - 1] + suggestion["text"].encode() + line[end["column"] - 1 :]
    assert new.decode() == "😀 ![[plot.png|300]]"
