"""The weekly answers: gaps between topics, reading order, stale notes, growth, wanted notes by topic."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.graph.from_vault import graph_core
from vaultkit.graph.gaps import gaps, joined, topics_of
from vaultkit.graph.growth import bars, birthdays, growth
from vaultkit.graph.reading_order import ReadingOrder, notes_of_topic, reading_order
from vaultkit.graph.stale import stale_notes
from vaultkit.graph.wanted import wanted_by_topic
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.workspace import load_vault

# Three topics; the first two speak of the same thing and never link.
CHAINS = {f"c{at}.md": "ergodic transition probability matrix [[Markov chain]]" for at in range(5)} | {
    "Markov chain.md": "ergodic transition probability"
}
DECISIONS = {f"d{at}.md": "ergodic transition probability reward policy [[Decision process]]" for at in range(5)} | {
    "Decision process.md": "ergodic transition probability reward"
}
BREAD = {f"b{at}.md": "flour yeast oven dough [[Bread]]" for at in range(5)} | {"Bread.md": "flour yeast oven"}
# Topics that share no words: in a vault of many topics, what two of them share says something.
THINGS = ("violin bow string", "glacier ice moraine", "tax levy revenue", "orchid petal pollen", "keel mast rigging")
OTHERS = {f"{words[:3]}{at}.md": f"{words} [[{words.split()[0].title()}]]" for words in THINGS for at in range(5)} | {
    f"{words.split()[0].title()}.md": words for words in THINGS
}


def found_gaps(texts: Mapping[str, str], by: str | None = None) -> list[tuple[str, str, int]]:
    vault = vault_of(texts)
    core = graph_core(vault)
    return [(gap.one, gap.two, gap.links) for gap in gaps(vault, core, topics_of(vault, core, by))]


def test_topics_that_speak_alike_are_a_gap() -> None:
    assert found_gaps(CHAINS | DECISIONS | BREAD | OTHERS) == [("Decision process", "Markov chain", 0)]


def test_the_notes_that_should_meet() -> None:
    vault = vault_of(CHAINS | DECISIONS | BREAD | OTHERS)
    core = graph_core(vault)
    (gap,) = gaps(vault, core, topics_of(vault, core))
    assert set(gap.words) == {"ergodic", "transition", "probability"}
    pair = gap.meetings[0]
    assert {pair.one, pair.two} & CHAINS.keys()
    assert {pair.one, pair.two} & DECISIONS.keys()


def test_many_links_close_a_gap() -> None:
    linked = {name: f"{text} [[Markov chain]]" for name, text in DECISIONS.items()}
    assert found_gaps(CHAINS | linked | BREAD) == []


def test_folders_are_topics_where_nothing_is_linked() -> None:
    texts = {
        f"{folder}/{name[:-3]}{folder}.md": text.replace("[[", "").replace("]]", "")
        for folder, notes in (("x", CHAINS), ("y", DECISIONS), ("z", BREAD), ("o", OTHERS))
        for name, text in notes.items()
    }
    assert found_gaps(texts) == [("x", "y", 0)]
    assert found_gaps({}) == []


def order(texts: Mapping[str, str], topic: str = "notes/") -> ReadingOrder:
    vault = vault_of({f"notes/{name}": text for name, text in texts.items()})
    name, paths = notes_of_topic(vault, graph_core(vault), topic)
    return reading_order(vault, paths, lambda path: vault.unsaved[path].decode(), name)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param({"Set.md": "", "Map.md": "[[Set]]", "Group.md": "[[Map]] [[Set]]"}, "Set Map Group", id="links"),
        pytest.param({"Set.md": "", "Map.md": "a set of pairs"}, "Set Map", id="a name without a link"),
        pytest.param(
            {"A.md": "## Prerequisites\n[[B]]", "B.md": "[[A]] [[A]]"}, "B A", id="a heading wins over a link back"
        ),
        pytest.param({"A.md": "# 前置知识\n[[B]]", "B.md": "[[A]]"}, "B A", id="a heading in Chinese"),
        pytest.param({"week 2.md": "", "week 10.md": "", "week 1.md": ""}, "week 1 week 2 week 10", id="a series"),
        pytest.param(
            {"Overview.md": " ".join(f"[[n{at}]]" for at in range(6))} | {f"n{at}.md": "" for at in range(6)},
            "Overview n0 n1 n2 n3 n4 n5",
            id="an overview first",
        ),
        pytest.param({"2024-01-01.md": "", "a.md": "[[2024-01-01]]"}, "2024-01-01 a", id="a day is no number"),
    ],
)
def test_order(texts: dict[str, str], expected: str) -> None:
    assert " ".join(step.path[6:-3] for step in order(texts).steps) == expected


@pytest.mark.parametrize(
    "name",
    ["updated", "Modified", "last_edited", "last-modified", "date modified", "Date_Updated", "lastmod", "updated_at"],
)
def test_names_of_the_property_with_the_last_change(name: str) -> None:
    texts = {
        "Old hub.md": f"---\n{name}: 2020-01-01\n---",
        **{f"n{at}.md": f"---\n{name}: 2023-06-0{at + 1}\n---\n[[Old hub]]" for at in range(3)},
    }
    vault = vault_of(texts)
    (found,) = stale_notes(vault, graph_core(vault), {}).notes
    assert (found.path, found.newer, found.days) == ("Old hub.md", 3, 1249)


@pytest.mark.parametrize(
    ("name", "is_known"),
    [("date_created", True), ("Created-At", True), ("date added", True), ("start_date", False), ("due date", False)],
)
def test_names_of_the_property_with_the_beginning(name: str, is_known: bool) -> None:
    vault = vault_of({"a.md": f"---\n{name}: 2024-03-02\n---"})
    assert birthdays(vault) == ({"a.md": 19784} if is_known else {})


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("云原", "原生"), ("云原生",)),
        (("原生", "云原", "docker"), ("云原生", "docker")),
        (("马伯", "伯庸", "长安"), ("马伯庸", "长安")),
        (("tree", "edge"), ("tree", "edge")),
    ],
)
def test_pieces_of_one_word_are_one_word(words: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert joined(words) == expected


def test_cycles_are_named() -> None:
    found = order({"A.md": "[[B]]", "B.md": "[[C]]", "C.md": "[[A]]", "D.md": "[[A]]"})
    assert [sorted(ring) for ring in found.cycles] == [["notes/A.md", "notes/B.md", "notes/C.md"]]
    assert found.steps[-1].path == "notes/D.md"
    assert sum(bool(step.ahead) for step in found.steps) == 1


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("#maths", {"x/a.md", "b.md"}),
        ("#maths/algebra", {"b.md"}),
        ("x", {"x/a.md"}),
        ("Hub", {"Hub.md", "n0.md", "n1.md", "n2.md"}),
        ("n1", {"Hub.md", "n0.md", "n1.md", "n2.md"}),
    ],
)
def test_topics_by_name(topic: str, expected: set[str]) -> None:
    texts = {"x/a.md": "#maths", "b.md": "#Maths/algebra", "Hub.md": "", **{f"n{at}.md": "[[Hub]]" for at in range(3)}}
    vault = vault_of(texts)
    assert set(notes_of_topic(vault, graph_core(vault), topic)[1]) == expected


def test_an_unknown_topic_is_refused() -> None:
    vault = vault_of({"a.md": ""})
    for topic in ("#none", "nothing", "none/"):
        with pytest.raises(VaultkitError, match="topic"):
            notes_of_topic(vault, graph_core(vault), topic)


def test_stale_notes_are_central_and_older_than_what_links_to_them() -> None:
    texts = {
        "Old hub.md": "---\nupdated: 2020-01-01\n---",
        "New hub.md": "---\nupdated: 2024-01-01\n---",
        "Faulty.md": "---\nupdated: 2024-01-01\n---",
        "Alone.md": "---\nupdated: 2019-01-01\n---",
        **{f"n{at}.md": "---\nupdated: 2023-06-01\n---\n[[Old hub]] [[New hub]] [[Faulty]]" for at in range(4)},
    }
    vault = vault_of(texts)
    found = stale_notes(vault, graph_core(vault), {"Faulty.md": 3, "Alone.md": 9})
    assert [item.path for item in found.notes] == ["Old hub.md", "Faulty.md"]
    first = found.notes[0]
    assert (first.backlinks, first.newer, first.findings) == (4, 4, 0)
    assert first.days == 1461


def test_files_that_all_have_one_date_tell_none(tmp_path: Path) -> None:
    for name, text in {"a.md": "[[b]]", "b.md": "", "c.md": "[[b]]"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        os.utime(tmp_path / name, (86400, 86400))
    vault = load_vault(tmp_path)
    assert stale_notes(vault, graph_core(vault), {}).dates == ""
    os.utime(tmp_path / "a.md", (864000, 864000))
    os.utime(tmp_path / "c.md", (864000, 964000))
    found = stale_notes(load_vault(tmp_path), graph_core(vault), {})
    assert (found.dates, [item.path for item in found.notes]) == ("files and properties", ["b.md"])


def test_growth_by_week_and_topic() -> None:
    texts = {
        "a.md": "---\ncreated: 2024-01-01\n---\n[[b]]",
        "b.md": "---\ncreated: 2024-01-07\n---\n[[c]]",
        "c.md": "---\ncreated: 2024-01-08\n---\n[[d]]",
        "2024-01-22 d.md": "",
        "d.md": "---\ndate: 2024-01-23\n---\n[[a]]",
        "undated.md": "",
    }
    vault = vault_of(texts)
    topics = topics_of(vault, graph_core(vault), "community")
    found = growth(vault, topics)
    assert (found.step, found.periods) == ("week", ("2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22"))
    assert (found.total.counts, found.undated) == ((2, 1, 0, 2), 1)
    assert [(series.name, series.counts) for series in found.topics][1:] == [("other", (0, 0, 0, 1))]
    assert growth(vault, topics, step="month").periods == ("2024-01-01",)
    assert growth(vault, topics, since=19730).total.notes == 3
    assert growth(vault_of({}), topics).periods == ()


def test_growth_from_git(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    environment = {
        **os.environ,
        **{f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        **{f"GIT_{who}_DATE": "2022-03-04T12:00:00Z" for who in ("AUTHOR", "COMMITTER")},
    }
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", *words], cwd=tmp_path, env=environment, check=True)
    vault = load_vault(tmp_path)
    assert growth(vault, topics_of(vault, graph_core(vault))).periods == ("2022-02-28",)


def test_bars() -> None:
    assert bars((0, 1, 100)) == " ▁█"
    assert bars((0, 0)) == "  "
    assert bars((1, 2, 3), 2) == "▆█"


def test_wanted_names_by_the_topic_that_asks() -> None:
    texts = CHAINS | BREAD
    texts["c1.md"] += " [[Entropy]]"
    texts["c2.md"] += " [[entropy]] [[p.png]]"
    texts["b1.md"] += " [[Sourdough]]"
    texts["Templates/t.md"] = "[[Title]]"
    texts["c3.md"] += " ![[Drawing 2024-01-02 10.11.12.excalidraw]] [[../../notes/gone]]"
    vault = vault_of(texts)
    found = [
        (row.topic, [(idea.name, idea.notes) for idea in row.ideas])
        for row in wanted_by_topic(vault, graph_core(vault))
    ]
    assert found == [("Markov chain", [("Entropy", 2)]), ("Bread", [("Sourdough", 1)])]


def test_words_of_all_topics_bring_no_notes_together() -> None:
    boilerplate = "definition lemma proof statement"
    texts = {name: f"{boilerplate} {text}" for name, text in (BREAD | OTHERS).items()}
    assert found_gaps(texts) == []


def test_a_likeness_of_one_word_is_none() -> None:
    texts = CHAINS | BREAD | OTHERS | {"b0.md": "flour state flour [[Bread]]", "b1.md": "state oven [[Bread]]"}
    assert found_gaps(texts) == []


def test_everyday_words_bring_no_notes_together() -> None:
    plain = {
        name: text.replace("ergodic transition probability", "angle version level") for name, text in DECISIONS.items()
    }
    others = {
        name: text.replace("ergodic transition probability", "angle version level") for name, text in CHAINS.items()
    }
    assert found_gaps(plain | others | BREAD | OTHERS) == []
