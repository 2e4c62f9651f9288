"""`vaultkit suggest`, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from vaultkit.cli.entry_point import run
from vaultkit.cli.schemas import schema

TEXTS = {
    "a.md": "See the spanning tree.\n",
    "b.md": "Spanning trees and [[Idea]].\n",
    "Spanning tree.md": "",
}


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".obsidian").mkdir()
    for path, content in TEXTS.items():
        (tmp_path / path).write_text(content, encoding="utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_text(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["suggest", "--limit", "1"]) == 0
    out, err = capfd.readouterr()
    lines = out.splitlines()
    assert lines[0] == "a.md:1:9: spanning tree -> Spanning tree.md"
    assert lines[1].endswith('names "Spanning tree"')
    assert lines[2:] == ["    See the spanning tree."]
    assert err == "the best 1 of 2; --limit 0 lists all\n"


@pytest.mark.parametrize(("words", "name"), [([], "suggest"), (["ideas"], "suggest --ideas")])
def test_json(vault: Path, capfd: pytest.CaptureFixture[str], words: list[str], name: str) -> None:
    assert run(["suggest", *words, "format=json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    jsonschema.validate(answer, schema(name))
    assert answer


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["total"], "2\n"),
        (["total", "--exact"], "1\n"),
        (["b", "total"], "1\n"),
        (["--min-score", "1", "total"], "0\n"),
        (["ideas"], "1\tIdea\n"),
        (["ideas", "total"], "1\n"),
    ],
)
def test_narrowed(vault: Path, capfd: pytest.CaptureFixture[str], words: list[str], expected: str) -> None:
    assert run(["suggest", *words]) == 0
    assert capfd.readouterr().out == expected


def test_fix_writes_exact_ones_only_unless_asked(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["suggest", "--diff", "--min-score", "0"]) == 0
    out, err = capfd.readouterr()
    assert "+See the [[Spanning tree|spanning tree]].\n" in out
    told = "1 links into 1 notes, for 1 suggestions (the first in each section)\n"
    assert err == "would write " + told
    assert run(["suggest", "--dry-run", "--min-score", "0"]) == 0
    assert capfd.readouterr() == ("1\ta.md\n", "would write " + told)
    assert (vault / "a.md").read_text(encoding="utf-8") == TEXTS["a.md"]
    assert run(["suggest", "--fix", "--min-score", "0"]) == 0
    assert capfd.readouterr().err == "wrote " + told
    assert (vault / "a.md").read_text(encoding="utf-8") == "See the [[Spanning tree|spanning tree]].\n"
    assert (vault / "b.md").read_text(encoding="utf-8") == TEXTS["b.md"]
    assert run(["suggest", "--fix", "--all-matches", "--min-score", "0"]) == 0
    assert (vault / "b.md").read_text(encoding="utf-8") == "[[Spanning tree|Spanning trees]] and [[Idea]].\n"
    assert run(["suggest", "total"]) == 0
    assert capfd.readouterr().out == "0\n"


def test_fix_has_a_floor(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (vault / "Group.md").write_text("", encoding="utf-8")
    (vault / "c.md").write_text("This group.", encoding="utf-8")
    assert run(["suggest", "--fix", "--limit", "0"]) == 0
    assert capfd.readouterr().err.startswith("wrote 0 links into 0 notes")
    assert (vault / "c.md").read_text(encoding="utf-8") == "This group."


def test_links_that_fix_wrote_are_no_evidence_for_more(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = "graph edge node path cycle weight kruskal prim cost".split()
    for at in range(24):
        link = (
            "[[Spanning tree]] [[Kruskal]]"
            if at < 6
            else "A spanning tree by Kruskal."
            if at < 12
            else "Any spanning tree."
        )
        about = " ".join(words[at % 4 : at % 4 + 5]) if at < 18 else "garden soup bread"
        (vault / f"n{at}.md").write_text(f"{link} {about}", encoding="utf-8")
    (vault / "Kruskal.md").write_text("graph edge weight cost [[Spanning tree]]", encoding="utf-8")
    (vault / "Spanning tree.md").write_text("graph edge node weight kruskal", encoding="utf-8")
    assert run(["suggest", "--json", "--limit", "0", "--min-score", "0"]) == 0
    before = {(row["source"], row["target"]): row["score"] for row in json.loads(capfd.readouterr().out)}
    assert run(["suggest", "--fix", "--limit", "0"]) == 0
    assert not capfd.readouterr().err.startswith("wrote 0")
    assert run(["suggest", "--json", "--limit", "0", "--min-score", "0"]) == 0
    after = {(row["source"], row["target"]): row["score"] for row in json.loads(capfd.readouterr().out)}
    assert after
    assert after.items() <= before.items(), "what is left has the scores that it had"
    assert run(["suggest", "--fix", "--limit", "0"]) == 0
    assert capfd.readouterr().err.startswith("wrote 0 links into 0 notes")


def test_an_empty_vault_and_a_missing_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["suggest", "--fix"]) == 0
    assert run(["suggest", "nothing"]) == 2
    assert "nothing: no such file in the vault" in capfd.readouterr().err
