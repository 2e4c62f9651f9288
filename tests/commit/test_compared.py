"""Rules that compare notes: names, aliases and cards of notes that the commit does not touch."""

from __future__ import annotations

import re

import pytest
from repositories import Repository

FOO = "---\naliases: [Foo]\n---\n"
CARD = "#flashcards\n\nWhat is RAG?::Retrieval first\n"
LONG = "#flashcards\n\nWhat is the meaning of retrieval augmented generation?::Retrieval first\n"


def codes(repository: Repository) -> list[str]:
    """Path and code of each finding."""
    found = [re.match(r"(.+?):\d+:\d+: \w+ (\w+) ", line) for line in repository.hook()[1]]
    return [" ".join(match.groups()) for match in found if match]


CASES = [
    pytest.param({"a.md": FOO}, {"b.md": FOO}, [], id="an alias that two notes share is info"),
    pytest.param({"a.md": FOO}, {"Foo.md": "x\n"}, ["a.md PR008"], id="a new note of that name"),
    pytest.param({"a.md": FOO}, {"foo.md": "x\n"}, ["a.md PR008"], id="other case"),
    pytest.param({"Foo.md": "x\n"}, {"a.md": FOO}, ["a.md PR008"], id="a new alias that is a name"),
    pytest.param({"a.md": FOO, "c.md": FOO}, {"b.md": "x\n"}, [], id="an old clash of others"),
    pytest.param({"a.md": FOO}, {"b.md": "---\naliases: [Bar]\n---\n"}, [], id="another alias"),
    pytest.param({"a.md": CARD}, {"b.md": CARD}, ["b.md FC004"], id="twin of an untouched card"),
    pytest.param({"b.md": CARD}, {"a.md": CARD}, ["b.md FC004"], id="twin, told in the untouched note"),
    pytest.param({"a.md": CARD}, {"b.md": CARD.replace("Retrieval first", "Something else")}, ["b.md FC005"], id="contradiction"),
    pytest.param({"a.md": CARD}, {"b.md": CARD.replace("RAG", "DPO")}, [], id="another question"),
    pytest.param({"a.md": CARD, "b.md": CARD}, {"c.md": "x\n"}, [], id="old twins of others"),
    pytest.param({"a.md": CARD}, {"b.md": "What is RAG?::Retrieval first\n"}, [], id="no deck"),
    pytest.param(
        {"a.md": CARD.replace("flashcards", "study"), ".vaultkit.toml": '[cards]\ntags = ["#study"]\n'},
        {"b.md": CARD.replace("flashcards", "study")}, ["b.md FC004"], id="decks by a tag of the user's own",
    ),
    pytest.param(
        {"a.md": LONG, ".vaultkit.toml": '[rules.FC004]\nsimilarity = 0.9\n'},
        {"b.md": LONG.replace("generation", "generaton")}, ["b.md FC004"], id="near twins, when they are asked for",
    ),
    pytest.param({"a.md": "# A\n\nsame\n"}, {"a 2.md": "# A\n\nsame\n"}, ["a 2.md NM004"], id="a copy"),
    pytest.param({"a 2.md": "# A\n\nsame\n"}, {"a.md": "# A\n\nsame\n"}, ["a 2.md NM004"], id="the original of a copy"),
    pytest.param(
        {"a.md": "[[b]]\n", "b.md": "x\n", "c.md": "[[d]]\n", "d.md": "x\n", ".vaultkit.toml": '[lint]\nextend-select = ["HY001"]\nseverity = {HY001 = "warning"}\n'},
        {"a.md": "x\n"}, ["a.md HY001", "b.md HY001"], id="an orphan, when those are told",
    ),
    pytest.param(
        {"a.md": "[[b]]\n", "c.md": "[[b]] [[a]]\n", "b.md": "x\n",
         ".vaultkit.toml": '[lint]\nextend-select = ["HY001"]\nseverity = {HY001 = "warning"}\n'},
        {"a.md": "y\n"}, [], id="others link to it still",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "change", "expected"), CASES)
def test_compared(repository: Repository, before, change, expected):
    repository.commit(before)
    repository.write(change)
    repository.git("add", "-A")
    assert codes(repository) == expected
    assert codes(repository) == expected, "with what was kept of the first run"


def test_a_clash_that_the_commit_ends(repository):
    repository.commit({"a.md": FOO, "b.md": FOO})
    repository.write({"a.md": "x\n"})
    repository.git("add", "-A")
    assert repository.hook() == (0, [])


def test_a_card_is_moved(repository):
    repository.commit({"a.md": CARD, "b.md": "#flashcards\n"})
    repository.write({"a.md": "#flashcards\n", "b.md": CARD})
    repository.git("add", "-A")
    assert repository.hook() == (0, [])
