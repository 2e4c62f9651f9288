"""Pictures in the graph: notes of pictures only, equal pictures, and what they leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultkit.graph.attributes import without_files
from vaultkit.graph.from_vault import graph_core
from vaultkit.graph.pictures import PictureNote, pictures
from vaultkit.graph.stats import stats
from vaultkit.query.files import text_of
from vaultkit.query.metadata import word_count
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.workspace import load_vault


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("![[Pasted image 20231215171803.png]]", 0),
        ("![a b](x%20y.png) two words", 2),
        ("![[p.png|300]] ![[q.pdf#page=2]]", 0),
        ("![[Other note]]", 2),
        ("one ![[p.png]] two ![[q.png]] three", 3),
    ],
)
def test_names_of_files_are_no_words(text: str, words: int) -> None:
    note = vault_of({"a.md": text}).notes["a.md"]
    assert word_count(note, without_files(note, text)).words == words


def test_notes_of_pictures_only_and_equal_pictures(tmp_path: Path) -> None:
    texts = {
        "only.md": "---\ntags: [x]\n---\n![[p.png]]\n\n![[lost.png]]",
        "words.md": "![[p.png]] a word",
        "titled.md": "# Title\n![[p.png]]",
        "empty.md": "",
        "embed.md": "![[words]]",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name, data in {"p.png": b"one", "q.png": b"one", "r.jpg": b"two", "s.txt": b"one"}.items():
        (tmp_path / name).write_bytes(data)
    vault = load_vault(tmp_path)
    found = pictures(vault, lambda path: text_of(vault, path))
    assert found.only == (PictureNote("only.md", 2),)
    assert found.equal == (("p.png", "q.png"),)


def test_a_note_full_of_pictures_changes_no_share() -> None:
    texts = {"a.md": "[[b]] [[Gone]]", "b.md": "[[a]]", "c.md": "[[a]]"}
    plain = stats(graph_core(vault_of(texts)))
    many = stats(graph_core(vault_of(texts | {"c.md": "[[a]] " + " ".join(f"![[p{at}.png]]" for at in range(99))})))
    for name in ("links_per_note", "unresolved_rate", "hub_share", "components", "largest", "isolated", "degeneracy"):
        assert getattr(plain, name) == getattr(many, name), name
