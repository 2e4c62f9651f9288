"""`vaultkit graph`, as a user types it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jsonschema
import pytest

from vaultkit.cli import graphs
from vaultkit.cli.entry_point import run
from vaultkit.cli.schemas import schema
from vaultkit.graph import communities, core

TEXTS = {
    "index.md": "[[a]]\n",
    "a.md": "[[b]] [[Idea]] #t\n",
    "b.md": "[[c]]\n",
    "x/c.md": "",
    "y/d.md": "",
    "x/twin.md": "",
    "y/twin.md": "",
}


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".obsidian").mkdir()
    for path, content in TEXTS.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    return tmp_path


CALLS = [
    ("path a c", "a.md\n→ b.md\n→ x/c.md\n"),
    ("path c a", "x/c.md\n← b.md\n← a.md\n"),
    ("path c a --direction out", ""),
    ("path index idea", "index.md\n→ a.md\n→ Idea (unresolved)\n"),
    ("neighbours a", "1\t->\tIdea (unresolved)\n1\t->\tb.md\n1\t<-\tindex.md\n"),
    ("neighbours a depth=2 --direction=out", "1\t->\tIdea (unresolved)\n1\t->\tb.md\n2\t\tx/c.md\n"),
    ("neighbours a kinds=note total", "2\n"),
    ("neighbours a kinds=all", "1\t->\t#t\n1\t->\t/\n1\t->\tIdea (unresolved)\n1\t->\tb.md\n1\t<-\tindex.md\n"),
    ("neighbours x/c kinds=note,folder", "1\t<-\tb.md\n1\t->\tx\n"),
    ("related index", "1.000 \tb.md\ta\n1.000 \tIdea (unresolved)\ta\n"),
    ("reach index", "x/twin.md\ny/d.md\ny/twin.md\n"),
    ("reach index total", "3\n"),
    ("reach", "x/twin.md\ny/d.md\ny/twin.md\n"),
    ("reach --home a total", "4\n"),
    ("orphans", "x/twin.md\ny/d.md\ny/twin.md\n"),
    ("orphans total", "3\n"),
    (
        "bridges",
        "link\t2\ta.md — b.md\nnote\t2\ta.md (3 parts)\n",
    ),
    ("bridges min-size=1 limit=1", "link\t2\ta.md — b.md\nnote\t2\ta.md (3 parts)\n"),
]


@pytest.mark.parametrize(("line", "expected"), CALLS, ids=[line for line, _ in CALLS])
def test_call(vault: Path, capfd: pytest.CaptureFixture[str], line: str, expected: str) -> None:
    assert run(["graph", *line.split()]) == 0
    assert sorted(capfd.readouterr().out.splitlines()) == sorted(expected.splitlines())


def test_stats(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["graph", "stats"]) == 0
    out = capfd.readouterr().out
    for line in (
        "notes                                               7",
        "links between notes that lead to nothing       25.0 %",
        "notes reached from home (index.md)             57.1 %",
        "nodes: 7 note, 1 unresolved, 1 tag",
        "edges: 4 link, 1 tag",
    ):
        assert line in out


def test_betweenness_says_what_is_bounded(
    vault: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["graph", "stats", "--betweenness"]) == 0
    out, err = capfd.readouterr()
    assert out.endswith("on most shortest paths (betweenness):\n  0.2381  a.md\n  0.1429  b.md\n")
    assert err == ""
    monkeypatch.setattr(communities, "MOST_BETWEENNESS_NODES", 3)
    assert run(["graph", "stats", "--betweenness", "--json"]) == 0
    out, err = capfd.readouterr()
    told = "8 nodes: betweenness is left out above 3"
    assert (json.loads(out)["betweenness"], err) == ({"note": told, "top": []}, told + "\n")


def test_an_index_note_is_gone_round(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (vault / "index.md").write_text("[[a]] [[x/c]] [[y/d]] [[x/twin]]", encoding="utf-8")
    assert run(["graph", "path", "a", "y/d"]) == 0
    out, err = capfd.readouterr()
    assert out == "a.md\n← index.md\n→ y/d.md\n"
    assert err == "this path uses index notes (index.md); --skip-hubs avoids them\n"
    (vault / "y/d.md").write_text("[[x/c]]", encoding="utf-8")
    assert run(["graph", "path", "a", "y/d", "--skip-hubs"]) == 0
    assert capfd.readouterr().out == "a.md\n→ b.md\n→ x/c.md\n← y/d.md\n"


def test_communities(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["graph", "communities"]) == 0
    assert "communities by louvain, modularity" in capfd.readouterr().out


EXAMPLES = {
    "build": "",
    "bridges": "min-size=1",
    "communities": "",
    "diff": "HEAD",
    "gaps": "",
    "growth": "",
    "neighbours": "a",
    "order": "a",
    "orphans": "",
    "path": "a c",
    "pictures": "",
    "reach": "index",
    "related": "index",
    "stale": "",
    "stats": "",
    "suggest": "",
}


@pytest.fixture
def repository(vault: Path) -> Path:
    for words in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"]):
        subprocess.run(["git", *words], check=True, cwd=vault)
    (vault / "new.md").write_text("[[a]]", encoding="utf-8")
    return vault


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *EXAMPLES.items(),
        ("stats", "since=HEAD"),
        ("stats", "before=HEAD after=HEAD home=a betweenness"),
        ("path", "a d --skip-hubs"),
    ],
)
def test_json_answers_to_its_schema(repository: Path, capfd: pytest.CaptureFixture[str], name: str, words: str) -> None:
    assert run(["graph", name, *words.split(), "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert answer or name == "suggest"
    jsonschema.validate(answer, schema(f"graph {name}"))


@pytest.mark.parametrize(
    "name", ["bridges", "build", "communities", "gaps", "growth", "orphans", "pictures", "stale", "stats"]
)
def test_an_empty_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["graph", name, "--json"]) == 0
    jsonschema.validate(json.loads(capfd.readouterr().out), schema(f"graph {name}"))
    assert run(["graph", name]) == 0


def test_diff_and_before(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["graph", "diff", "HEAD"]) == 0
    out, err = capfd.readouterr()
    assert out == "+ node\tnote:new.md\n+ link\tnote:new.md -> note:a.md\n"
    assert err.startswith("1 nodes added, 0 removed, 0 moved; 1 links added, 0 removed")
    assert run(["graph", "stats", "--since", "HEAD"]) == 0
    assert "notes                                               7            8" in capfd.readouterr().out
    assert run(["graph", "stats", "before=HEAD", "after=HEAD"]) == 0
    assert "notes                                               7            7" in capfd.readouterr().out


def test_suggest_has_pairs_with_common_neighbours(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (vault / "y/d.md").write_text("[[b]] [[Idea]]", encoding="utf-8")
    assert run(["graph", "suggest"]) == 0
    out = capfd.readouterr().out
    assert "a.md -> y/d.md\n" in out
    assert "  no link either way, 2 common neighbours: Idea, b\n" in out
    assert run(["graph", "suggest", "y/d.md", "--no-near", "total"]) == 0
    without = capfd.readouterr().out
    assert run(["suggest", "y/d.md", "total"]) == 0
    assert capfd.readouterr().out == without
    assert run(["suggest", "y/d.md", "near", "total"]) == 0
    assert int(capfd.readouterr().out) == int(without) + 1


FAULTS = [
    ("path a twin", "twin: ambiguous name; write the path of one of x/twin.md, y/twin.md"),
    ("neighbours nothing", "nothing: no such file in the vault"),
    ("reach a --kinds=note,idea", "--kinds: no kind 'idea'; there are"),
    ("diff", "Missing argument"),
    ("stats home=nothing", "nothing: no such file in the vault"),
    ("stats since=HEAD", "revisions are those of a git repository with commits"),
    ("path a", "Missing argument 'B'"),
    ("pathe a b", "no command 'pathe'; did you mean `vaultkit graph path`?"),
]


@pytest.mark.parametrize(("line", "message"), FAULTS, ids=[line for line, _ in FAULTS])
def test_fault(vault: Path, capfd: pytest.CaptureFixture[str], line: str, message: str) -> None:
    assert run(["graph", *line.split()]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert message in err


def test_kinds_are_those_of_the_graph() -> None:
    assert (graphs.KINDS, graphs.CONCEPT_KINDS) == (core.NODE_KINDS, core.CONCEPT_KINDS)
    assert (graphs.DEFAULT_KINDS, core.OPTIONAL_KINDS) == (core.DEFAULT_KINDS, ("folder", "external"))
