"""A file's text is what the vault holds: what is not saved yet, else what lies on disk, if it was parsed so."""

from __future__ import annotations

from vaultkit.lint.facts.source_text import text_of
from vaultkit.lint.rules.properties.type_mismatch import check
from vaultkit.vault.load import update
from vaultkit.vault.workspace import load_vault


def test_a_note_that_is_ahead_of_the_disk_is_taken_from_memory(tmp_path):
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian" / "types.json").write_text('{"types": {"created": "date"}}')
    (tmp_path / "a.md").write_text("---\nx: 1\ncreated: 28.5.2024\n---\n")
    vault = load_vault(tmp_path)
    assert text_of(vault, "a.md") == (tmp_path / "a.md").read_text()
    data = b"---\nlonger: 1\ncreated: 28.5.2024\n---\n"
    ahead = update(vault, {"a.md": data})
    assert text_of(ahead, "a.md") == data.decode()
    ((_, fault),) = check(ahead, None)
    assert data.decode()[fault.start : fault.end] == "28.5.2024"
    (tmp_path / "a.md").write_text("changed behind the vault's back\n")
    assert text_of(vault, "a.md") is None
    assert text_of(update(vault, {}, ["a.md"]), "b.md") is None
