"""The served map after edits equals the map of the same files made anew."""

from __future__ import annotations

import json
import random
import re

import pytest

from vaultkit.cli.options import cards_of_vault, open_workspace
from vaultkit.cli.watching import after_changes
from vaultkit.graph.from_vault import graph_core
from vaultkit.lint.plan import plan_of
from vaultkit.map import live_map
from vaultkit.map.build import MapOptions, map_page
from vaultkit.map.islands import named_islands, with_new_nodes
from vaultkit.map.live_map import LiveMap
from vaultkit.map.packed_text import Packed, unpacked
from vaultkit.map.reuse import Reuse
from vaultkit.vault.load import snapshot_of_texts as vault_of

FILES = {
    "Home.md": "[[Alpha]] [[Beta]]\n",
    "Alpha.md": "---\naliases: [First]\n---\n# Alpha\nWords of alpha. [[Beta]] [[Gone]] #topic\n\nQ::A\n",
    "Beta.md": "# Beta\n[[Alpha#Alpha]]\n",
    "Deep/Gamma.md": "[[Home]] ![[pic.png]]\n",
    "Board.canvas": '{"nodes":[{"id":"1","type":"file","file":"Alpha.md","x":0,"y":0,"width":1,"height":1}],"edges":[]}',
}
# What stays while one writes, though a map made anew may have it otherwise.
STAYING = {"x", "y", "community", "communities", "terms", "parts", "partOf"}


@pytest.fixture
def vault(tmp_path, monkeypatch):
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    for path, text in FILES.items():
        file = tmp_path / "notes" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "notes"


def opened(root):
    workspace = open_workspace(str(root))
    return workspace, plan_of(workspace.config, cards=cards_of_vault(workspace.root, workspace.config))


def content(html: str) -> list:
    """What the page holds, without what stays."""
    document = json.loads(re.search('id="map-data">(.*?)</script>', html, re.DOTALL)[1])
    held = []
    for name in ("details-data", "texts-data"):
        found = re.search(f'id="{name}" data-size="([0-9]+)"(?: data-form="([a-z0-9]+)")?>([^<]*)<', html)
        held.append(unpacked(Packed(int(found[1]), found[3], found[2] or "deflate")).decode())
    return [{key: value for key, value in document.items() if key not in STAYING}, *held]


def without_review(page: list) -> list:
    """A served page has the answers to the weekly questions that its first page had."""
    document, details, texts = page
    return [document, {key: value for key, value in json.loads(details).items() if key != "review"}, texts]


class Served:
    def __init__(self, root):
        self.root = root
        self.map = LiveMap(*opened(root), MapOptions(is_live=True), after_changes)

    def page(self) -> list:
        self.map.look()
        return without_review(content(self.map.html()))

    def anew(self) -> list:
        workspace, plan = opened(self.root)
        options = MapOptions(is_live=True)
        return without_review(content(map_page(workspace, plan, options, tell=str, reuse=Reuse(None)).html))

    def write(self, path: str, text: str | None) -> None:
        file = self.root / path
        if text is None:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


EDITS = {
    "prose": {"Alpha.md": FILES["Alpha.md"] + "More words.\n"},
    "prose above a link": {"Alpha.md": "New first line\n" + FILES["Alpha.md"]},
    "a link": {"Beta.md": "# Beta\n[[Alpha#Alpha]] [[Home]] [[Nowhere]]\n"},
    "a heading that a link needs": {"Alpha.md": "# Other\n"},
    "a card": {"Beta.md": "# Beta\nWhat::This\n"},
    "aliases and tags": {"Beta.md": "---\naliases: [B]\n---\n#new\n"},
    "a new note": {"New.md": "[[Home]] [[Alpha]]\n"},
    "a note less": {"Beta.md": None},
    "a new picture": {"pic.png": "x"},
    "a canvas": {"Board.canvas": '{"nodes":[],"edges":[]}'},
    "a setting": {".obsidian/app.json": '{"userIgnoreFilters":["Deep/"]}'},
    "hidden from the map": {"Beta.md": "---\nmap: hide\n---\n"},
}


@pytest.mark.parametrize("name", EDITS)
def test_a_page_after_an_edit_is_as_one_made_anew(vault, name):
    served = Served(vault)
    first = served.page()
    for path, text in EDITS[name].items():
        served.write(path, text)
    after = served.page()
    assert after != first
    assert after == served.anew()


@pytest.mark.parametrize("seed", range(4))
def test_many_edits_in_a_row(vault, seed):
    chance = random.Random(seed)
    served = Served(vault)
    served.page()
    edits = list(EDITS.values())
    for _ in range(6):
        for path, text in {**chance.choice(edits), **chance.choice(edits)}.items():
            served.write(path, chance.choice([text, text, FILES.get(path)]))
        assert served.page() == served.anew()


def test_only_edited_notes_are_read_again(vault, monkeypatch):
    served = Served(vault)
    served.page()
    read = []
    real = live_map.text_or_nothing
    monkeypatch.setattr(live_map, "text_or_nothing", lambda vault, path: (read.append(path), real(vault, path))[1])
    monkeypatch.setattr(live_map, "graph_core", lambda _: pytest.fail("the graph was built again"))
    served.write("Alpha.md", FILES["Alpha.md"] + "More words.\n")
    served.page()
    assert read == ["Alpha.md"]


def test_new_nodes_join_the_community_of_most_neighbours():
    ring = {f"{a}{at}.md": " ".join(f"[[{a}{other}]]" for other in range(5)) for a in "ab" for at in range(5)}
    before = named_islands(graph_core(vault_of(ring)), None)
    ring["new.md"] = "[[a1]] [[a2]] [[b1]] [[x]]"
    core = graph_core(vault_of(ring))
    after = with_new_nodes(before, core)
    of = {core.paths[at]: after.member.get(node) for at, node in enumerate(core.ids)}
    assert of["new.md"] == of["a1.md"] != of["b1.md"]
    assert of["x"] is None  # its only neighbour is new, too
    assert after.groups == before.groups
