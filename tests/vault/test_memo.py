"""Answers about a whole vault: computed once, taken over after edits, kept in the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultkit.base.store import Store
from vaultkit.lint.rule import all_rules
from vaultkit.note.parse import parse_text
from vaultkit.vault.aspects import ALIASES, EMBEDS, LINKS, WANTED
from vaultkit.vault.link_tables import aliases_of, linking
from vaultkit.vault.load import snapshot_of_texts
from vaultkit.vault.memo import FACTS, Memo, stored_facts, stored_queries
from vaultkit.vault.snapshot import Snapshot

TEXTS = {"a.md": "[[b]] [[gone]]", "b.md": "---\naliases: [Second]\n---\n"}
CANVAS = '{"nodes": [{"id": "1", "type": "file", "file": "b.md"}, {"id": "2", "type": "text", "text": "[[b]]"}]}'
ALIASES_NAME = "vaultkit.vault.link_tables.aliases_of"


def test_a_query_runs_once() -> None:
    calls = []

    def query(snapshot: Snapshot) -> int:
        calls.append(snapshot)
        return len(snapshot.notes)

    vault = snapshot_of_texts(TEXTS)
    assert (vault.get(query), vault.narrowed(frozenset({"a.md"})).get(query), len(calls)) == (2, 2, 1)


def edited(vault: Snapshot, texts: dict[str, str]) -> Snapshot:
    notes = {path: parse_text(text) for path, text in texts.items()}
    return vault.with_notes(notes, {path: text.encode() for path, text in texts.items()})[0]


def test_an_edit_keeps_what_does_not_look_at_the_changed_aspects() -> None:
    vault = snapshot_of_texts(TEXTS)
    aliases, links = vault.get(aliases_of), vault.get(linking)
    prose = edited(vault, {"a.md": "More. [[b]] [[gone]]"})
    assert (prose.get(aliases_of), prose.get(linking)) == (aliases, links)
    assert prose.get(aliases_of) is aliases
    assert edited(vault, {"a.md": "[[b]]"}).get(aliases_of) is aliases


@pytest.mark.parametrize(
    "texts",
    [
        {"a.md": ""},
        {"a.md": "[[c]] [[c]]"},
        {"b.md": "---\naliases: [Second, second, Third]\n---\n[[a]] ![[c]]"},
        {"b.md": "---\naliases: []\n---\n", "c.md": "---\naliases: [Second]\nup: '[[b]]'\n---\n[x]: b.md"},
        {"a.md": "[[b]] [[gone]]", "c.md": "[[b]]"},
    ],
)
def test_an_updated_answer_is_the_answer_of_the_edited_vault(texts: dict[str, str]) -> None:
    vault = snapshot_of_texts({**TEXTS, "c.md": "[[b]]", "x.canvas": CANVAS})
    all_rules()  # rules declare some of them
    queries = stored_queries({LINKS, ALIASES, WANTED, EMBEDS})
    assert len(queries) >= 5
    for query in queries:
        vault.get(query)
    after = edited(vault, texts)
    fresh = snapshot_of_texts({**TEXTS, "c.md": "[[b]]", "x.canvas": CANVAS, **texts})
    for query in queries:
        assert after.get(query) == fresh.get(query), query
        assert vault.get(query) == query(vault), query  # the answer before is as it was


def test_an_undeclared_query_is_run_again_after_any_edit() -> None:
    vault = snapshot_of_texts(TEXTS)

    def query(snapshot: Snapshot) -> object:
        return object()

    assert edited(vault, {"a.md": TEXTS["a.md"]}).get(query) is not vault.get(query)


def stored(tmp_path: Path, vault: Snapshot) -> tuple[Store, dict[str, bytes]]:
    store = Store(str(tmp_path / "store.sqlite"))
    vault.get(aliases_of)
    fresh, kept = vault.memo.to_store()
    assert not kept
    store.write(FACTS, [("run " + name, b"stamp", data) for name, data in fresh.items()])
    return store, dict.fromkeys(fresh, b"stamp")


def test_answers_come_from_the_store(tmp_path: Path) -> None:
    vault = snapshot_of_texts(TEXTS)
    store, stamps = stored(tmp_path, vault)
    other = snapshot_of_texts({"c.md": ""})
    memo = Memo(stored_facts(store, "run ", stamps))
    assert memo.get(aliases_of, other) == {"second": ("b.md",)}
    assert ALIASES_NAME in memo.to_store()[1]
    for path, name in (("c.md", "c"), ("d.md", "Second")):
        other = edited(snapshot_of_texts({"c.md": "", "d.md": ""}), {path: f"---\naliases: [{name}]\n---\n"})
        assert other.get(aliases_of) == {name.lower(): (path,)}


@pytest.mark.parametrize(
    "row", [(b"another", b"\x80"), (b"stamp", b"\xff\xff"), (b"stamp", b"\x81\x01\x02")], ids=["stamp", "bytes", "type"]
)
def test_a_row_that_does_not_fit_is_computed_anew(tmp_path: Path, row: tuple[bytes, bytes]) -> None:
    vault = snapshot_of_texts(TEXTS)
    store, stamps = stored(tmp_path, vault)
    store.write(FACTS, [("run " + ALIASES_NAME, *row)])
    assert Memo(stored_facts(store, "run ", stamps)).get(aliases_of, vault) == {"second": ("b.md",)}


def test_stored_queries_are_those_of_the_aspects() -> None:
    assert aliases_of in stored_queries({ALIASES, WANTED})
    assert aliases_of not in stored_queries({LINKS})
    assert linking in stored_queries({LINKS})
