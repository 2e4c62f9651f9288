"""What a second map takes from the first: packed texts, stored values, findings of an earlier day, names of regions."""

from __future__ import annotations

import os

import pytest
from vaults import crowded

from vaultkit.base.store import Store
from vaultkit.graph.communities import communities
from vaultkit.graph.core import CONCEPT_KINDS
from vaultkit.graph.from_vault import graph_core
from vaultkit.map.islands import islands_from_json, islands_to_json, named_islands
from vaultkit.map.packed_text import packed, packed_bytes, unpacked
from vaultkit.map.reuse import Reuse, digest
from vaultkit.map.since import changes_since
from vaultkit.vault.load import snapshot_of_texts as vault_of


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store.sqlite"))


@pytest.mark.parametrize("size", [0, 1, 6, 7, 8, 55, 1000])
@pytest.mark.parametrize("level", [1, 7])
def test_packed_bytes_come_back(size, level):
    data = os.urandom(size)
    found = packed_bytes(data, level=level)
    assert unpacked(found) == data
    assert found.characters.isascii() and not set("\0\r<") & set(found.characters)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([], b"", id="none"),
        pytest.param(["a", "", "b"], b"a\0\0b", id="empty ones keep their place"),
        pytest.param(["a\0b"], "a\ufffdb".encode(), id="NUL would part them"),
        pytest.param(["a\udcff"], b"a?", id="undecodable"),
    ],
)
def test_packed_texts(texts, expected):
    assert unpacked(packed(texts)) == expected


def test_a_value_is_made_once_for_its_inputs(store):
    made = []

    def make():
        made.append(1)
        return {"a": len(made)}

    one, other = digest("x", "y"), digest("xy")
    assert one != other, "parts do not run together"
    assert Reuse(store).value("v", one, make) == {"a": 1}
    assert Reuse(store).value("v", one, make) == {"a": 1}, "from the store"
    assert Reuse(store).value("v", other, make) == {"a": 2}
    assert Reuse(None).value("v", other, make) == {"a": 3}, "without a store"


def test_a_stored_value_that_means_nothing_is_made_again(store):
    store.write("map", [("v", digest("x"), b"{")])
    assert Reuse(store).value("v", digest("x"), lambda: 5) == 5
    store.write("map", [("w", digest("x"), b"[1]")])
    assert Reuse(store).value("w", digest("x"), lambda: 7, decode=lambda held: held["a"]) == 7
    store.write("map", [("x", digest("x"), b"[" * 50_000)])
    assert Reuse(store).value("x", digest("x"), lambda: 8) == 8
    store.write("map", [("y", digest("x"), b"Infinity")])
    assert Reuse(store).value("y", digest("x"), lambda: 9, decode=int) == 9


def test_findings_since_another_day(store):
    assert changes_since(store, ["a", "b"], "2024-01-01") == {}
    assert changes_since(store, ["a"], "2024-01-01") == {}, "maps of one day are one"
    assert changes_since(store, ["a", "c", "d"], "2024-01-05") == {"day": "2024-01-01", "fresh": 2, "gone": 0}
    assert changes_since(store, ["d"], "2024-01-05") == {"day": "2024-01-01", "fresh": 1, "gone": 1}
    assert changes_since(store, ["d"], "2024-01-06") == {"day": "2024-01-05", "fresh": 0, "gone": 0}
    assert changes_since(None, ["d"], "2024-01-07") == {}


@pytest.mark.parametrize("stored", [b"", b"{", b"5", b"[" * 50_000])
def test_stored_findings_that_mean_nothing_are_none(store, stored):
    store.write("map findings", [("latest", b"2024-01-01", stored)])
    assert changes_since(store, ["a"], "2024-01-05") == {}


def test_regions_have_the_names_of_graph_communities():
    vault = vault_of(crowded())
    core = graph_core(vault)
    islands = named_islands(core, vault)
    found = communities(core.only(CONCEPT_KINDS), vault=vault)
    assert [one.name for one in islands.groups] == [group.name for group in found.groups]
    assert islands_from_json(islands_to_json(islands)) == islands


def test_large_regions_have_parts(monkeypatch):
    monkeypatch.setattr("vaultkit.map.islands.LARGE", 30)
    monkeypatch.setattr("vaultkit.map.islands.FEWEST", 4)
    vault = vault_of(crowded(topics=3, notes=80))
    islands = named_islands(graph_core(vault), vault)
    large = [at for at, one in enumerate(islands.groups) if one.size >= 30]
    assert islands.parts and {of for _, of in islands.parts} <= set(large)
    assert all(islands.member[node] == islands.parts[part][1] for node, part in islands.part_of.items())
