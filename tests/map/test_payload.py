from __future__ import annotations

import json

import pytest
from vaults import HOSTILE_TEXTS, PAINTED, TEXTS, overlay

from vaultkit.graph.from_vault import graph_core
from vaultkit.graph.layout.cache import NodePosition
from vaultkit.map.document import details, payload
from vaultkit.map.drawing import EDGE_KINDS, KINDS, draw
from vaultkit.map.script_json import json_for_script
from vaultkit.vault.load import snapshot_of_texts as vault_of


def document_of(texts, paint=PAINTED):
    return payload(draw(graph_core(vault_of(texts))), "Test vault", paint)


def test_every_column_has_an_entry_for_each_node():
    document = document_of(TEXTS)
    count = len(document["labels"])
    assert count == 12
    assert {len(document[key]) for key in ("kind", "folder", "x", "y", "community")} == {count}
    assert sum(document["edgeKinds"][1::2]) * 2 == len(document["edges"])
    assert json.loads(json.dumps(document)) == document


def test_kinds_are_told_apart():
    document = document_of(TEXTS)
    kinds = {label: KINDS[kind] for label, kind in zip(document["labels"], document["kind"], strict=True)}
    assert kinds == {
        "Home": "note", "Alpha": "note", "Beta": "note", "Gamma": "note", "Delta": "note", "Lone": "note",
        "Not there": "unresolved", "picture.png": "image", "Pasted image 20240131235959.png": "missing",
        "#topic": "tag", "#topic/one": "tag", "Board.canvas": "canvas",
    }  # fmt: skip


def test_links_come_in_runs_of_one_kind():
    document = document_of(TEXTS)
    runs = {EDGE_KINDS[kind]: many for kind, many in zip(document["edgeKinds"][::2], document["edgeKinds"][1::2])}
    assert runs == {"link": 8, "embed": 2, "canvas": 1, "tag": 2}


def test_what_is_painted_names_nodes():
    document = document_of(TEXTS)
    labels = document["labels"]
    assert [(labels[node], code, line) for node, code, _, line in document["findings"]] == [
        ("Beta", "LK001", 1), ("Beta", "TX002", 3), ("Home", "EM001", 1),
    ]  # fmt: skip
    assert document["rules"]["LK001"] == {"name": "missing-file", "severity": "error"}
    assert [(labels[node], cards, empty) for node, cards, empty in document["cards"]] == [("Alpha", 4, 1)]
    assert {labels[int(node)]: names for node, names in document["aliases"].items()} == {"Alpha": ["First"]}


def test_an_overlay_for_files_that_are_not_there_paints_nothing():
    paint = overlay(
        findings={"gone.md": PAINTED.findings["Beta.md"]}, cards={"gone.md": {"cards": 1}}, times={"gone.md": 1}
    )
    document = document_of(TEXTS, paint)
    assert not {"findings", "rules", "cards", "time"} & set(document)


def test_missing_pictures_know_where_they_are_used():
    drawn = draw(graph_core(vault_of(TEXTS)))
    labels = payload(drawn, "v")["labels"]
    places = {
        labels[int(node)]: [(labels[s], line) for s, line in uses] for node, uses in details(drawn)["uses"].items()
    }
    assert places == {"Not there": [("Beta", 1)], "Pasted image 20240131235959.png": [("Home", 1)]}


def test_bridges_are_notes_that_hold_notes():
    chain = {"a.md": "[[b]] [[x]] [[y]]", "b.md": "[[c]]", "c.md": "[[d]]", "d.md": "[[e]]", "e.md": ""}
    document = document_of(chain)
    assert [(document["labels"][node], notes) for node, notes in document["bridges"]] == [("c", 2)]
    assert "bridges" not in document_of({"a.md": "[[b]]", "b.md": "[[gone]] [[other]]"})


def test_suggested_links_are_told_by_node():
    drawn = draw(graph_core(vault_of(TEXTS)))
    paint = overlay(suggested={"Alpha.md": [("Home.md", 3, "named"), ("gone.md", 1, "named")], "gone.md": []})
    labels = payload(drawn, "v")["labels"]
    assert details(drawn, paint)["suggested"] == {
        str(labels.index("Alpha")): [[labels.index("Home"), 3, "named"]],
    }


def test_the_same_vault_gives_the_same_document():
    assert json_for_script(document_of(TEXTS)) == json_for_script(document_of(TEXTS))


@pytest.mark.parametrize("texts", [{}, {"One.md": ""}, {"One.md": "[[One]]"}, {"a.png": None}])
def test_vaults_of_next_to_nothing(texts):
    document = document_of(texts)
    assert len(document["labels"]) == len(texts)
    assert document["edges"] == []


def test_known_nodes_keep_their_places():
    core = graph_core(vault_of(TEXTS))
    first = draw(core)
    known = {
        node: NodePosition(float(x), float(y), int(of))
        for node, (x, y), of in zip(core.ids, first.places.tolist(), first.community.tolist(), strict=True)
    }
    same = draw(core, known=known)
    assert same.places.tolist() == first.places.tolist()
    assert same.community.tolist() == first.community.tolist()
    more = graph_core(vault_of({**TEXTS, "New.md": "[[Alpha]]"}))
    after = draw(more, known=known)
    where = dict(zip(more.ids, after.places.tolist(), strict=True))
    assert all(where[node] == [place.x, place.y] for node, place in known.items())


def test_nothing_in_the_json_can_end_the_script_element():
    text = json_for_script(document_of(HOSTILE_TEXTS))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["labels"] == document_of(HOSTILE_TEXTS)["labels"]


def test_undecodable_names_can_be_written():
    text = json_for_script({"labels": ["a\udcff"]})
    assert text.encode("utf-8")
    assert json.loads(text) == {"labels": ["a\udcff"]}


def test_neighbouring_communities_differ_in_hue():
    ring = {
        f"{a}{b}.md": " ".join(f"[[{a}{c}]]" for c in range(5)) + f" [[{chr(ord(a) + 1)}0]]"
        for a in "abcdefgh"
        for b in range(5)
    }
    document = document_of(ring)
    hues = [hue for _, hue, _, _ in document["communities"][:8]]
    assert len(set(hues)) == 8


def test_links_in_properties_say_which():
    document = document_of({"a.md": "---\nauthor: '[[b]]'\nin: ['[[c]]']\n---\n[[b]]", "b.md": "", "c.md": ""})
    assert document["properties"] == ["author", "in"]
    assert document["propertyOf"] == [0, 1]
