"""What a baseline hides: by fingerprint and count, whatever moves, whatever a note is called."""

from __future__ import annotations

import json

import pytest

from vaultkit.base.errors import ConfigError
from vaultkit.config import Config
from vaultkit.lint.baseline import (
    Baseline,
    baseline_of,
    moved,
    pruned,
    read_baseline,
    renamed_baseline,
    sift,
    write_baseline,
)
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.plan import plan_of
from vaultkit.vault.load import snapshot_of_texts as vault_of

PLAN = plan_of(Config())


def findings_of(texts):
    return collect_findings(vault_of(texts), PLAN, {}).findings


def baseline_for(texts) -> Baseline:
    return baseline_of(findings_of(texts), lambda path: texts[path].encode())


def compared(before, after, renamed=None):
    sifted = sift(findings_of(after), baseline_for(before), renamed or {}, lambda path, code: True)
    return (
        [f"{finding.path}:{finding.line} {finding.about}" for finding in sifted.new],
        len(sifted.old),
        [(entry.path, entry.count) for entry in sifted.stale],
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param({"a.md": "[[x]]"}, {"a.md": "[[x]]"}, ([], 1, []), id="the same"),
        pytest.param({"a.md": "[[x]]"}, {"a.md": "new\n\nlines [[x]]"}, ([], 1, []), id="moved text"),
        pytest.param({"a.md": "[[x]]\n[[y]]"}, {"a.md": "[[y]]\n[[x]]"}, ([], 2, []), id="moved about"),
        pytest.param({"a.md": "[[x]]"}, {"a.md": "[[x]]\n[[x]]"}, (["a.md:2 x"], 1, []), id="one more of the same"),
        pytest.param({"a.md": "[[x]]"}, {"a.md": "[[y]]"}, (["a.md:1 y"], 0, [("a.md", 1)]), id="another"),
        pytest.param({"a.md": "[[x]]"}, {"b.md": "[[x]]"}, (["b.md:1 x"], 0, [("a.md", 1)]), id="another note"),
        pytest.param({"a.md": "[[x]]\n[[x]]"}, {"a.md": "[[x]]"}, ([], 1, [("a.md", 1)]), id="one is gone"),
    ],
)
def test_sift(before, after, expected):
    assert compared(before, after) == expected


def test_a_renamed_note_keeps_its_entries():
    before, after = {"a.md": "[[x]]"}, {"b/c.md": "[[x]]"}
    renamed = moved(baseline_for(before), after, lambda path: after[path].encode(), lambda paths: {})
    assert renamed == {"b/c.md": "a.md"}
    assert compared(before, after, renamed) == ([], 1, [])


def test_git_is_asked_when_content_does_not_tell():
    before, after = {"a.md": "[[x]]"}, {"b.md": "[[x]] and more"}
    asked = []

    def renames(paths):
        asked.append(paths)
        return {"a.md": "b.md"}

    assert moved(baseline_for(before), after, lambda path: after[path].encode(), renames) == {"b.md": "a.md"}
    assert asked == [("a.md",)]
    assert moved(baseline_for(before), before, lambda path: b"", renames) == {}
    assert len(asked) == 1


def test_entries_of_rules_that_do_not_run_are_not_stale():
    baseline = baseline_for({"a.md": "[[x]]"})
    assert sift((), baseline, {}, lambda path, code: code != "LK001").stale == ()


def test_prune_takes_off_what_is_gone_and_follows_renames():
    before, after = {"a.md": "[[x]] [[x]] [[y]]"}, {"b.md": "[[x]]"}
    baseline, renamed = baseline_for(before), {"b.md": "a.md"}
    sifted = sift(findings_of(after), baseline, renamed, lambda path, code: True)
    kept = renamed_baseline(pruned(baseline, sifted.stale), renamed, findings_of(after))
    assert [(entry.path, entry.code, entry.count) for entry in kept.entries] == [("b.md", "LK001", 1)]
    assert sift(findings_of(after), kept, {}, lambda path, code: True).new == ()


def test_file_is_sorted_one_entry_a_line_and_tells_nothing_of_the_notes():
    texts = {"b.md": "[[secret name]]", "a.md": "[[x]] [[x]] [[y]]"}
    text = write_baseline(baseline_for(texts))
    entries = [json.loads(line.rstrip(",")) for line in text.split("\n") if line.startswith('{"path"')]
    assert [(entry["path"], entry["rule"]) for entry in entries] == [("a.md", "LK001")] * 2 + [("b.md", "LK001")]
    assert "secret" not in text
    assert read_baseline(text, "x") == baseline_for(texts)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"version": 1}', '{"version": 2}', '{"version": 1, "entries": [1], "notes": {}}']
)
def test_what_is_no_baseline(text):
    with pytest.raises(ConfigError, match=r"^old\.json: .*baseline create"):
        read_baseline(text, "old.json")
