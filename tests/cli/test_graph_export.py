"""`vaultkit graph export`, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from vaultkit.cli.entry_point import run
from vaultkit.cli.graph.export import FORMATS
from vaultkit.cli.schemas import schema


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "notes" / ".obsidian").mkdir(parents=True)
    for at in range(5):
        (tmp_path / "notes" / f"{at}.md").write_text(f"two words [[{at + 1}]] [[0]]", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "notes")
    return tmp_path


def test_json_to_standard_output(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["graph", "export", "json"]) == 0
    data = json.loads(capfd.readouterr().out)
    jsonschema.validate(data, schema("graph export json"))
    assert (len(data["nodes"]), len(data["edges"]), data["vault"]) == (6, 10, "notes")
    first = data["nodes"][0]
    assert [first[name] for name in ("words", "cards", "cards_empty", "findings", "component")] == [4, 0, 0, {}, 0]
    assert {"rank", "community", "modified"} <= set(first)
    assert "x" not in first


def test_a_dash_is_the_standard_output(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["graph", "export", "dot", "-o", "-"]) == 0
    assert capfd.readouterr().out.startswith("digraph")
    assert not (vault / "notes" / "-").exists()


@pytest.mark.parametrize("name", [*FORMATS])
def test_every_format_to_files(vault: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["graph", "export", name, "-o", str(vault / "out.x")]) == 0
    written = sorted(path.name for path in vault.iterdir() if path.is_file())
    assert len(written) == (2 if name in ("csv", "neo4j", "parquet") else 1)
    told = "6 nodes, 9 pairs of nodes with links" if name in ("svg", "canvas") else "6 nodes, 10 edges"
    assert capfd.readouterr().err.count(told) == len(written)


def test_narrowed(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["graph", "export", "json", "around=4", "depth=1", "kinds=note"]) == 0
    assert [node["label"] for node in json.loads(capfd.readouterr().out)["nodes"]] == ["0", "3", "4"]
    assert run(["graph", "export", "json", "--limit", "2"]) == 0
    out, err = capfd.readouterr()
    assert "0" in [node["label"] for node in json.loads(out)["nodes"]]
    assert err == "2 of 6 nodes, by PageRank; the other nodes are left out\n"


def test_places(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (vault / "places.json").write_text('{"note:0.md": [1, 2]}', encoding="utf-8")
    assert run(["graph", "export", "json", "--positions", str(vault / "places.json")]) == 0
    assert json.loads(capfd.readouterr().out)["nodes"][0]["y"] == 2.0


def test_places_of_the_map_and_findings(
    vault: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(vault / "cache"))
    assert run(["graph", "export", "json", "--layout"]) == 0
    nodes = json.loads(capfd.readouterr().out)["nodes"]
    assert len({(node["x"], node["y"]) for node in nodes}) == len(nodes)
    assert nodes[4]["findings"] == {"missing-note": 1}
    assert nodes[0]["words"] == 4
    assert run(["graph", "export", "json", "--no-findings"]) == 0
    assert "findings" not in json.loads(capfd.readouterr().out)["nodes"][4]


def test_what_the_configuration_excludes_is_not_in_the_graph(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (vault / "notes" / "vaultkit.toml").write_text('extend-exclude = ["4.md"]', encoding="utf-8")
    assert run(["graph", "export", "json"]) == 0
    nodes = json.loads(capfd.readouterr().out)["nodes"]
    assert [node["path"] for node in nodes if node["kind"] == "note"] == ["0.md", "1.md", "2.md", "3.md"]
    assert run(["graph", "build", "kinds=note"]) == 0
    assert capfd.readouterr().out.startswith("node\tnote\t4\n")


@pytest.mark.parametrize("name", ["gexf", "svg", "canvas"])
def test_what_is_looked_at_has_places(vault: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["graph", "export", name]) == 0
    laid_out = capfd.readouterr().out
    assert run(["graph", "export", name, "--no-layout"]) == 0
    assert capfd.readouterr().out != laid_out


def test_mentions_folders_and_hosts_when_asked_for(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (vault / "notes" / "Long name.md").write_text("[x](https://example.org/a)", encoding="utf-8")
    (vault / "notes" / "other.md").write_text("A Long name without a link", encoding="utf-8")
    assert run(["graph", "export", "json", "--mentions", "--kinds", "note,folder,external"]) == 0
    data = json.loads(capfd.readouterr().out)
    jsonschema.validate(data, schema("graph export json"))
    edges = {(edge["source"], edge["kind"], edge["target"]) for edge in data["edges"]}
    assert {
        ("note:other.md", "mention", "note:Long name.md"),
        ("note:other.md", "folder", "folder:/"),
        ("note:Long name.md", "link", "external:example.org"),
    } <= edges
    assert run(["graph", "export", "cypher", "--mentions", "kinds=all"]) == 0
    assert "[r:MENTIONS" in capfd.readouterr().out


def test_build_tells_what_is_in_the_graph(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["graph", "build"]) == 0
    assert capfd.readouterr().out == "node\tnote\t5\nnode\tunresolved\t1\nedge\tlink\t10\n"
    assert run(["graph", "build", "--kinds", "note"]) == 0
    assert capfd.readouterr().out == "node\tnote\t5\nedge\tlink\t9\n"
    assert run(["graph", "build", "--json"]) == 0
    built = capfd.readouterr().out
    assert run(["graph", "export", "json"]) == 0
    assert capfd.readouterr().out == built


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["csv"], "csv: these are 2 files; name them with -o NAME"),
        (["pdf"], "'pdf' is not one of"),
        (["json", "-o", "/nowhere/x.json"], "/nowhere/x.json: cannot be written"),
        (["json", "--positions", "/nowhere"], "/nowhere: no positions can be read"),
        (["json", "around=nothing"], "nothing: no such file in the vault"),
    ],
)
def test_fault(vault: Path, capfd: pytest.CaptureFixture[str], words: list[str], message: str) -> None:
    assert run(["graph", "export", *words]) == 2
    assert message in capfd.readouterr().err
