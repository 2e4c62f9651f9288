"""What crosses notes: link tables, backlinks, aliases; and that `update` equals a fresh build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultkit.base.errors import VaultkitError
from vaultkit.vault.workspace import load_vault
from vaultkit.vault.find import find_vault
from vaultkit.vault.load import update, snapshot_of_texts as vault_of
from vaultkit.vault.snapshot import Snapshot, basename

TEXTS: dict[str, str | bytes | None] = {
    "Home.md": "---\nup: '[[Cell]]'\n---\n[[Cell]] [[Cell|c]] ![[plot.png]] [[Ghost]] [[ghost.md]] [[#Here]] [[x/Ghost]]",
    "Bio/Cell.md": "---\naliases: [Zelle, Cellula]\n---\n[x](Home.md) [[Home#Part]] %% [[Enzyme]] %% `[[Home]]`",
    "Bio/Enzyme.md": "no links, alias in text: Zelle",
    "pics/plot.png": None,
    "Lone.md": b"\xff\xff",
}


def test_resolved_links() -> None:
    vault = vault_of(TEXTS)
    assert vault.resolved == {
        "Home.md": {"Bio/Cell.md": 3, "pics/plot.png": 1, "Home.md": 1},
        "Bio/Cell.md": {"Home.md": 2, "Bio/Enzyme.md": 1},
        "Bio/Enzyme.md": {},
        "Lone.md": {},
    }


def test_unresolved_links_are_counted_by_name() -> None:
    vault = vault_of(TEXTS)
    assert vault.unresolved["Home.md"] == {"Ghost": 1, "ghost": 1, "x/Ghost": 1}
    assert vault.unresolved["Bio/Cell.md"] == {}


def test_backlinks_turn_the_table_round() -> None:
    assert vault_of(TEXTS).backlinks == {
        "Bio/Cell.md": {"Home.md": 3},
        "pics/plot.png": {"Home.md": 1},
        "Home.md": {"Home.md": 1, "Bio/Cell.md": 2},
        "Bio/Enzyme.md": {"Bio/Cell.md": 1},
    }


def test_links_of_a_note_in_order_with_what_they_open() -> None:
    vault = vault_of(TEXTS)
    assert [(bound.link.linktext, bound.target) for bound in vault.links_of("Bio/Cell.md")] == [
        ("Home.md", "Home.md"),
        ("Home#Part", "Home.md"),
        ("Enzyme", "Bio/Enzyme.md"),
    ]
    assert vault.links_of("Bio/Enzyme.md") == ()
    assert {path for path, _ in vault.bound_links()} == {"Home.md", "Bio/Cell.md"}


def test_aliases() -> None:
    vault = vault_of(TEXTS | {"b.md": "---\naliases: ZELLE\n---\n"})
    assert vault.aliases == {"zelle": ("Bio/Cell.md", "b.md"), "cellula": ("Bio/Cell.md",)}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("Templates/a.md", True, id="by its folder's usual name"),
        pytest.param("x/templates/a.md", True, id="at any depth"),
        pytest.param("Templates.md", False, id="a note called so is none"),
        pytest.param("My templates/a.md", False, id="another folder"),
    ],
)
def test_is_template(path: str, expected: bool) -> None:
    assert vault_of({}).is_template(path) is expected


def test_templates_as_the_settings_say(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian" / "templates.json").write_text('{"folder": "Meta/Forms/"}', encoding="utf-8")
    vault = load_vault(tmp_path)
    assert vault.is_template("Meta/Forms/a.md")
    assert not vault.is_template("Templates/a.md")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("app.json", b"{", id="cut off"),
        pytest.param("app.json", b"\xff\xfe{\0", id="no UTF-8"),
        pytest.param("types.json", b"[" * 100_000, id="nested without end"),
    ],
)
def test_broken_settings_mean_the_defaults(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian" / name).write_bytes(content)
    settings = load_vault(tmp_path).settings
    assert [place for place, _ in settings.faults] == [f".obsidian/{name}"]
    assert settings.attachment_folder == "/"


def test_settings_of_the_wrong_type_mean_the_defaults(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian" / "app.json").write_text(
        '\ufeff{"attachmentFolderPath": 3, "useMarkdownLinks": "yes", "userIgnoreFilters": [1, "Old/"]}',
        encoding="utf-8",
    )
    settings = load_vault(tmp_path).settings
    assert (settings.attachment_folder, settings.use_markdown_links) == ("/", False)
    assert settings.ignore_filters == ("Old/",)


def test_load_reads_the_folder_as_the_mapping_says(tmp_path: Path) -> None:
    for path, content in TEXTS.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content.encode() if isinstance(content, str) else content or b"")
    on_disk, in_memory = load_vault(tmp_path), vault_of(TEXTS)
    assert facts(on_disk) == facts(in_memory)
    with pytest.raises(VaultkitError, match="no such folder; name the folder of a vault"):
        load_vault(tmp_path / "Home.md")


def test_find_vault_goes_up(tmp_path: Path) -> None:
    inner = tmp_path / "notes" / "deep"
    inner.mkdir(parents=True)
    (inner / "a.md").touch()
    (tmp_path / "notes" / ".obsidian").mkdir()
    (inner / ".git").mkdir()
    assert find_vault(str(inner / "a.md")) == str(tmp_path / "notes"), "a vault before a repository"
    (tmp_path / "notes" / ".obsidian").rmdir()
    assert find_vault(str(inner)) == str(inner), "a repository before nothing"
    with pytest.raises(VaultkitError, match="no such file or folder"):
        find_vault(str(tmp_path / "gone"))


def test_basename() -> None:
    assert basename("a/GPT-3.5.md") == "GPT-3.5"
    assert basename("a.b/c") == "c"


def facts(vault: Snapshot) -> dict[str, Any]:
    """All that two equal vaults must agree on."""
    return {
        "files": {path: file.kind for path, file in vault.files.items()},
        "notes": {path: repr(note) for path, note in vault.notes.items()},
        "canvases": dict(vault.canvases),
        "resolved": vault.resolved,
        "unresolved": vault.unresolved,
        "backlinks": vault.backlinks,
        "aliases": vault.aliases,
    }


PATHS = ["a.md", "b.md", "x/a.md", "x/b.md", "x/y/a.md", "p.png", "x/p.png", "m.canvas", ".trash/a.md"]
CONTENTS = [
    "", "[[a]]", "[[b]] ![[p.png]]", "[[x/a]] [[Nowhere]]", "---\naliases: [b]\nup: '[[y/a]]'\n---\n", "[x](../a.md)",
    '{"nodes": [{"id": "1", "type": "file", "file": "x/a.md"}]}',
]  # fmt: skip
some_texts = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(CONTENTS))


@given(before=some_texts, changed=some_texts, removed=st.sets(st.sampled_from(PATHS)))
@settings(deadline=None, max_examples=150)
def test_update_equals_a_fresh_build(before: dict[str, str], changed: dict[str, str], removed: set[str]) -> None:
    vault = vault_of(before)
    untouched = facts(vault)
    updated = update(vault, {path: text.encode() for path, text in changed.items()}, removed)
    after = {path: text for path, text in before.items() if path not in removed} | changed
    fresh = vault_of(after)
    assert facts(updated) == facts(fresh)
    assert list(updated.files) == list(fresh.files) == sorted(fresh.files)
    assert list(updated.resolved) == list(fresh.resolved)
    assert facts(vault) == untouched, "the vault before is as it was"


def test_update_does_not_read_other_notes_again() -> None:
    vault = vault_of({"a.md": "[[b]]", "b.md": ""})
    updated = update(vault, {"c.md": b"[[a]]"})
    assert updated.notes["a.md"] is vault.notes["a.md"]
    assert list(updated.notes) == ["a.md", "b.md", "c.md"]
