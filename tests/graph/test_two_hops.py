"""Notes that share neighbours and have no link."""

from __future__ import annotations

import pytest

from vaultkit.graph import shared_neighbours as module
from vaultkit.graph.from_vault import graph_core
from vaultkit.graph.shared_neighbours import two_hops
from vaultkit.vault.load import snapshot_of_texts as vault_of


def pairs(texts: dict[str, str], only: str | None = None) -> list[str]:
    vault = vault_of(texts)
    found, note = two_hops(vault, graph_core(vault).only(("note", "unresolved")), only=only)
    return [f"{row.source} {row.target}: {row.reason}" for row in found] + ([note] if note else [])


SQUARE = {"a.md": "[[b]] [[d]]", "b.md": "", "c.md": "[[b]] [[d]]", "d.md": ""}
REASON = "no link either way, 2 common neighbours: "

CASES = [
    pytest.param({"a.md": "[[b]]", "b.md": "[[c]]", "c.md": ""}, [], id="one common neighbour is too few"),
    pytest.param({**SQUARE, "a.md": "[[b]] [[d]] [[c]]", "e.md": "[[b]] [[d]]", "f.md": "[[e]] [[c]]"},
                 ["b.md d.md: no link either way, 3 common neighbours: a, e, c",
                  "c.md e.md: no link either way, 3 common neighbours: f, b, d",
                  f"a.md e.md: {REASON}b, d", f"b.md f.md: {REASON}e, c", f"d.md f.md: {REASON}e, c"], id="linked pairs are none"),
    pytest.param(SQUARE, [f"a.md c.md: {REASON}b, d", f"b.md d.md: {REASON}a, c"], id="a square has two"),
    pytest.param({"a.md": "[[X]] [[Y]]", "c.md": "[[X]] [[y]]"}, [f"a.md c.md: {REASON}X, Y"],
                 id="names that nobody has written connect, and are no end"),
    pytest.param({**SQUARE, "Templates/e.md": "[[b]] [[d]]"},
                 ["b.md d.md: no link either way, 3 common neighbours: e, a, c",
                  f"a.md c.md: {REASON}b, d"],
                 id="templates connect, and are no end"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), CASES)
def test_pairs(texts: dict[str, str], expected: list[str]) -> None:
    assert sorted(pairs(texts)) == sorted(expected)


def test_only_those_of_a_note() -> None:
    assert pairs(SQUARE, "d.md") == [f"b.md d.md: {REASON}a, c"]
    assert pairs(SQUARE, "none.md") == []


def test_index_notes_connect_nothing_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_NEIGHBOURS", 1)
    assert pairs(SQUARE) == ["4 index notes and nodes with more than 1 neighbours connect nothing here"]


def test_too_many_pairs_ask_for_rarer_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {**SQUARE, "hub.md": "[[a]] [[b]] [[c]]"}
    monkeypatch.setattr(module, "MOST_PAIRS", 5)
    assert pairs(texts)[-1].endswith("neighbours connect nothing here")
    assert two_hops(vault_of({}), graph_core(vault_of({}))) == ((), "")
