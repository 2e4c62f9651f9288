"""A file's text is read again only where it is the text that was parsed."""

from __future__ import annotations

from vaultkit.index.load import load_vault, update
from vaultkit.lint.rules._source import text_of
from vaultkit.lint.rules.properties.type_mismatch import check


def test_a_note_that_is_ahead_of_the_disk_is_not_read_again(tmp_path):
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian" / "types.json").write_text('{"types": {"created": "date"}}')
    (tmp_path / "a.md").write_text("---\nx: 1\ncreated: 28.5.2024\n---\n")
    vault = load_vault(tmp_path)
    assert text_of(vault, "a.md") == (tmp_path / "a.md").read_text()
    ahead = update(vault, {"a.md": b"---\nlonger: 1\ncreated: 28.5.2024\n---\n"})
    assert text_of(ahead, "a.md") is None
    assert [fault.fix for _, fault in check(ahead, None)] == [None]
    assert text_of(update(vault, {}, ["a.md"]), "b.md") is None
