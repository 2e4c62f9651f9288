"""Every number and name of a graph is the same in all commands, the exports, Python, and on the map."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from vaultkit.cli.doc_pages import page
from vaultkit.cli.entry_point import run
from vaultkit.cli.graph import stats as stats_command
from vaultkit.config import read_config
from vaultkit.graph import concept_graph, load_vault, open_graph
from vaultkit.graph.dates import day_of
from vaultkit.graph.measures import MEASURES, table
from vaultkit.graph.paths import hubs
from vaultkit.graph.stats import Stats
from vaultkit.lint.plan import plan_of
from vaultkit.map.build import MapOptions, map_page
from vaultkit.query.counts import Counts
from vaultkit.vault.workspace import Workspace

PROJECT = Path(__file__).parents[2]
CORPUS = os.environ.get("VAULTKIT_CORPUS")  # a folder of real vaults
ISLANDS = {"note", "unresolved", "canvas", "base"}

VAULT = {
    "Sleep.md": "[[Drink water]] sleep #health/rest",
    "Drink water.md": "x",
    **{f"n{at}.md": "a note about sleep [[Sleep]] ![[p.png]]" for at in range(8)},
    "n9.md": "[[Sleep]] [[Drink water]] [[Unwritten]] [[unwritten]]",
    "picture.md": "![[p.png]] ![[lost.png]]",
    "p.png": "",
    "tagged.md": "#health",
    "Board.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "n1.md"}], "edges": []}',
}


def vaults() -> list[Any]:
    found = [pytest.param(None, id="small vault"), pytest.param(PROJECT / "vault", id="sample vault")]
    if not CORPUS:
        reason = "VAULTKIT_CORPUS names no folder of real vaults"
        return [*found, pytest.param("", id="corpus", marks=pytest.mark.skip(reason=reason))]
    return found + [pytest.param(path, id=path.name) for path in sorted(Path(CORPUS).iterdir()) if path.is_dir()]


@pytest.fixture
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param is not None:
        return Path(request.param)
    for name, text in VAULT.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def answer(capfd: pytest.CaptureFixture[str], root: Path, *words: str) -> Any:
    assert run([*words, "--vault", str(root), "--json"]) == 0
    return json.loads(capfd.readouterr().out)


@pytest.mark.parametrize("root", vaults(), indirect=True)
def test_the_same_everywhere(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plain = answer(capfd, root, "stats")
    full = answer(capfd, root, "graph", "stats", "--excluded")
    numbers = answer(capfd, root, "graph", "stats")
    groups = answer(capfd, root, "graph", "communities")["communities"]
    exported = answer(capfd, root, "graph", "build")["nodes"]
    graph = concept_graph(load_vault(root))

    assert {key: plain[key] for key in ("notes", "no_backlinks", "deadends")} == {
        key: full[key] for key in ("notes", "no_backlinks", "deadends")
    }
    assert plain["links"] + plain["embeds"] == full["links"]
    assert len(answer(capfd, root, "orphans")) == numbers["no_backlinks"]
    assert len(answer(capfd, root, "deadends")) == numbers["deadends"]
    assert len(answer(capfd, root, "graph", "orphans")) == numbers["isolated"]
    assert numbers["wanted"] == numbers["nodes"].get("unresolved", 0)

    rows = {node["id"]: node for node in exported}
    assert rows.keys() == set(graph)
    for node, row in rows.items():
        for name in ("rank", "component", "community", "community_name", "degree_in", "degree_out"):
            assert row.get(name) == graph.nodes[node].get(name), (node, name)
    assert Counter(row["kind"] for row in exported) == Counter(numbers["nodes"])
    assert len({row["component"] for row in exported if "component" in row}) == numbers["components"]
    assert sum(row["kind"] == "note" and row["degree_in"] == 0 for row in exported) == numbers["no_backlinks"]
    for item in numbers["top"]:
        row = rows[f"note:{item['path']}"]
        assert (row["degree_in"], row["rank"]) == (item["backlinks"], item["pagerank"])
    of = {node["id"]: at for at, group in enumerate(groups) for node in group["nodes"]}
    assert of == {row["id"]: row["community"] for row in exported if "community" in row}
    assert {groups[at]["name"] for at in of.values()} == {
        row["community_name"] for row in exported if "community_name" in row
    }
    assert_related(root, capfd, [item["path"] for item in numbers["top"][:3]])
    days = {row["path"]: day_of(row["created"]) for row in exported if row["kind"] == "note" and "created" in row}
    assert_on_map(root, groups, of, days)


def assert_related(root: Path, capfd: pytest.CaptureFixture[str], paths: list[str]) -> None:
    """Relatedness and index notes in the command, in Python, and in suggestions of pairs near each other."""
    graph = open_graph(root)
    core = graph.core
    index_notes = {core.ids[node] for node in hubs(core).tolist()}
    for path in paths:
        told = answer(capfd, root, "graph", "related", path)
        rows = graph.related(path)
        assert [(row["path"], row["adamic_adar"]) for row in told] == [
            (row["path"], pytest.approx(row["adamic_adar"], abs=1e-6)) for row in rows[: len(told)]
        ]
    if len(paths) > 1:
        way = answer(capfd, root, "graph", "path", paths[0], paths[1], "--skip-hubs")
        assert set(way["skipped_hubs"]) == index_notes


def assert_on_map(root: Path, groups: list[dict[str, Any]], of: dict[str, int], days: dict[str, int | None]) -> None:
    config = read_config(None)
    options = MapOptions(has_thumbs=False, has_cache=False)
    html = map_page(Workspace(str(root), config, has_store=False), plan_of(config), options, tell=lambda _: None).html
    start = html.index(">", html.index('<script type="application/json"')) + 1
    document = json.loads(html[start : html.index("</script>", start)])
    told = [(name, size) for name, _, _, size in document["communities"]]
    assert told == [(group["name"], group["size"]) for group in groups]
    inside = Counter(of.values())
    drawn = Counter(
        at for at, kind in zip(document["community"], document["kind"], strict=True) if at >= 0 and kind in (0, 1, 8, 9)
    )
    assert drawn == inside
    notes = {
        f"{document['folders'][document['folder'][at]]}/{label}.md".removeprefix("/"): document.get("time", {}).get(
            str(at)
        )
        for at, (label, kind) in enumerate(zip(document["labels"], document["kind"], strict=True))
        if kind == 0
    }
    assert {path: day for path, day in notes.items() if day is not None} == days


def test_every_number_of_the_commands_is_defined() -> None:
    assert set(stats_command.ROWS) <= set(MEASURES)
    assert set(stats_command.ROWS) <= set(Stats.__match_args__)
    words = [measure.words.strip() for measure in MEASURES.values()]
    assert len({word for word in words if not word.startswith("share")}) == sum(
        not w.startswith("share") for w in words
    )
    shared = {"notes", "links", "unresolved_names", "no_backlinks", "deadends", "tags"}
    assert shared <= set(MEASURES) & set(Counts.__match_args__)


def test_the_documentation_holds_the_table() -> None:
    assert table() in page("graph")
