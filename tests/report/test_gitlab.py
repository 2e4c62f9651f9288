"""GitLab's report: valid, severities mapped, fingerprints that do not move with the text."""

from __future__ import annotations

import json

from sample_view import view_of


def test_valid(render, require_schema, view, clean):
    document = json.loads(render("gitlab", view))
    require_schema("gitlab-code-quality.json", document)
    assert sorted(entry["severity"] for entry in document) == ["info", "major", "minor", "minor"]
    require_schema("gitlab-code-quality.json", json.loads(render("gitlab", clean)))


def test_fingerprints_stay_when_text_moves(render):
    before = json.loads(render("gitlab", view_of({"a.md": "[[x]] [[x]]"})))
    after = json.loads(render("gitlab", view_of({"a.md": "new\n\nlines\n[[x]] and [[x]]"})))
    assert [entry["fingerprint"] for entry in before] == [entry["fingerprint"] for entry in after]
    assert len({entry["fingerprint"] for entry in before}) == 2
