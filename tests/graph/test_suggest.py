"""Missing links: which are suggested, and what is written for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from vaultkit.graph.evidence import sentence
from vaultkit.graph.mentions import MATCHES
from vaultkit.graph.suggest import Suggestion, suggestions
from vaultkit.graph.write_links import link_up
from vaultkit.query.wanted_notes import ideas
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.snapshot import Snapshot


def suggested(texts: Mapping[str, str], **given: Any) -> tuple[Suggestion, ...]:
    return suggestions(vault_of(texts), lambda path: texts[path], **given)


def test_a_mention_says_where_and_why() -> None:
    texts = {
        "a.md": "# Top\nSome text. The adjacency list is here. Adjacency list again.",
        "Adjacency list.md": "[[b]]",
        "b.md": "[[Adjacency list]] [[a]]",
    }
    (item,) = suggested(texts)
    assert (item.source, item.target, item.kind, item.match) == ("a.md", "Adjacency list.md", "mention", "exact")
    assert (item.line, item.column, item.text, item.times) == (2, 16, "adjacency list", 2)
    assert item.sentence == "The adjacency list is here."
    assert item.reason == 'names "Adjacency list" 2 times, 1 note links to it, 1 common neighbour'
    assert 0 < item.score <= 1


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ({"a.md": "[[Cell]] cell", "Cell.md": ""}, "linked already"),
        ({"Cell.md": "cell"}, "its own name"),
        ({"Templates/a.md": "cell", "Cell.md": ""}, "a template asks for nothing"),
        ({"a.md": "---\nexcalidraw-plugin: parsed\n---\ncell", "Cell.md": ""}, "a drawing"),
        ({f"{at}.md": "common word" for at in range(20)} | {"Common.md": ""}, "a word of the language"),
    ],
)
def test_no_suggestion(texts: dict[str, str], why: str) -> None:
    assert suggested(texts) == (), why


def test_better_reasons_come_first() -> None:
    texts = {
        "a.md": "[[hub]] a spanning tree, a petri net, spanning trees",
        "c.md": "spanning trees",
        "Spanning tree.md": "[[hub]]",
        "Petri net.md": "",
        "hub.md": "[[Spanning tree]]",
    }
    found = suggested(texts)
    assert (found[0].source, found[0].target) == ("a.md", "Spanning tree.md")
    assert {(item.source, item.target) for item in found[1:]} == {
        ("c.md", "Spanning tree.md"),
        ("a.md", "Petri net.md"),
    }
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert {item.source for item in suggested(texts, only="c.md")} == {"c.md"}


def test_a_tag_is_another_word_for_a_note() -> None:
    texts = {"a.md": "---\ntags: [machine-learning]\n---", "b.md": "x #MachineLearning", "Machine learning.md": ""}
    found = {item.source: item for item in suggested(texts)}
    assert found["a.md"].reason == "carries #machine-learning, as 2 notes do"
    assert (found["b.md"].kind, found["b.md"].line, found["b.md"].column) == ("tag", 1, 3)


def test_ideas_are_unwritten_names_by_number_of_notes() -> None:
    vault = vault_of({"a.md": "[[Idea]] [[idea]] [[p.png]]", "b.md": "[[Idea]] [[Rare]]", "Templates/t.md": "[[x]]"})
    assert [(item.name, item.notes, item.links, item.sources) for item in ideas(vault)] == [
        ("Idea", 2, 3, ("a.md", "b.md")),
        ("Rare", 1, 1, ("b.md",)),
    ]


def test_sentence_is_cut() -> None:
    text = "x" * 200 + " here " + "y" * 200
    at = text.index("here")
    assert sentence(text, at, at + 4) == f"…{'x' * 79} here {'y' * 79}…"
    assert sentence("一。二三。四", 2, 3) == "二三。"


def written(texts: dict[str, str], app: dict[str, Any] | None = None, **given: Any) -> dict[str, str]:
    vault = vault_of(texts, app)
    chosen = suggestions(vault, lambda path: texts[path])
    found = link_up(vault, chosen, lambda path: texts[path].encode(), **given)
    assert not found.left
    after = {one.path: one.after.decode() for one in found.changes}
    assert not link_all(vault_of(texts | after, app), texts | after, **given), "a second run writes nothing"
    return after


def link_all(vault: Snapshot, texts: Mapping[str, str], **given: Any) -> tuple[Any, ...]:
    chosen = suggestions(vault, lambda path: texts[path])
    return link_up(vault, chosen, lambda path: texts[path].encode(), **given).changes


CELL = {"Cell.md": "---\naliases: [Zelle]\n---"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("A Cell.", "A [[Cell]].", id="the name itself"),
        pytest.param("A cell.", "A [[Cell|cell]].", id="another first letter"),
        pytest.param("Zelle", "[[Cell|Zelle]]", id="alias"),
        pytest.param("**Cell**", "**[[Cell]]**", id="in bold"),
        pytest.param("Cell Cell\n# H\nCell", "[[Cell]] Cell\n# H\n[[Cell]]", id="first in each section"),
        pytest.param("Cell\r\n\r\nx\r\n", "[[Cell]]\r\n\r\nx\r\n", id="line ends stay"),
        pytest.param("\ufeffCell", "\ufeff[[Cell]]", id="byte order mark stays"),
        pytest.param("| a |\n| - |\n| cell |\n", "| a |\n| - |\n| [[Cell\\|cell]] |\n", id="bar in a table"),
        pytest.param("> | a |\n> | - |\n> | cell |\n", None, id="bar in a quoted table: left"),
        pytest.param("CELL cells", None, id="only exact ones"),
        pytest.param("- Cell\n  - x", "- [[Cell]]\n  - x", id="in a list"),
    ],
)
def test_fix(before: str, after: str | None) -> None:
    assert written({"a.md": before, **CELL}) == ({} if after is None else {"a.md": after})


def test_fix_of_all_matches() -> None:
    assert written({"a.md": "cells", **CELL}, allowed=MATCHES) == {"a.md": "[[Cell|cells]]"}


def test_fix_in_the_style_of_the_settings() -> None:
    texts = {"a.md": "a cell wall", "x y/Cell wall.md": ""}
    assert written(texts, {"useMarkdownLinks": True}) == {"a.md": "a [cell wall](x%20y/Cell%20wall.md)"}


def test_a_name_that_an_attachment_has_too_is_written_as_a_path() -> None:
    texts = {"a.md": "Cell", "x/Cell.md": "", "y/Cell": ""}
    after = written(texts)["a.md"]
    assert vault_of(texts | {"a.md": after}).resolved["a.md"] == {"x/Cell.md": 1}
