"""The answers of Obsidian's command line words against what Obsidian itself wrote about five real vaults."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fetch import how_to_get
from test_recorded_vaults import ARCHIVES, EXCUSED, FOLDER, read_archive

from vaultkit.query.links import backlinks, outgoing_links, unresolved_names
from vaultkit.query.metadata import all_aliases, outline_tree, tags
from vaultkit.vault.files import file_kind
from vaultkit.vault.snapshot import Snapshot, basename

pytestmark = pytest.mark.skipif(not ARCHIVES, reason=how_to_get(FOLDER))
each_archive = pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.name.split(".")[0])


@cache
def recorded(archive: Path) -> tuple[Snapshot, dict[str, dict[str, Any]], frozenset[str]]:
    """The vault, its record by path, and the notes that are excused."""
    vault, entries = read_archive(archive)
    excused = {path for name, path in EXCUSED if name == archive.name.removesuffix(".tar.xz")}
    return vault, {entry["relativePath"]: entry for entry in entries}, frozenset(excused)


def last_part(name: str) -> str:
    """A name as the record gives it: in NFC, without folders and without a subpath."""
    return unicodedata.normalize("NFC", name.partition("#")[0].rpartition("/")[2]).removesuffix(".md").strip()


def told(vault: Snapshot, path: str) -> set[str]:
    """The unresolved names of a note that the recorder writes down: not of embeds, not of attachments.

    Links in properties are no part of it either.
    """
    return {
        last_part(link.linkpath)
        for link in vault.notes[path].links
        if not link.is_embed
        and file_kind(link.linkpath) != "attachment"
        and vault.resolve(link.linkpath, path).path is None
    }


@each_archive
def test_links(archive: Path) -> None:
    vault, record, excused = recorded(archive)
    for path in record.keys() - excused:
        rows = outgoing_links(vault, path)
        written = record[path].get("links", [])
        in_body = {bound.target for bound in vault.links_of(path)}
        found = {row.target for row in rows if row.resolved and row.target in vault.notes and row.target in in_body}
        assert found == {link["relativePath"] for link in written if "relativePath" in link}, path
        names = {last_part(link["link"]) for link in written if "relativePath" not in link}
        answered = {last_part(row.target) for row in rows if not row.resolved}
        assert names <= answered, path
        assert names == answered & told(vault, path), path


@each_archive
def test_unresolved(archive: Path) -> None:
    vault, record, excused = recorded(archive)
    expected: dict[str, set[str]] = {}
    for path in record.keys() - excused:
        for link in record[path].get("links", []):
            if "relativePath" not in link:
                expected.setdefault(last_part(link["link"]), set()).add(path)
    found: dict[str, set[str]] = {}
    for row in unresolved_names(vault):
        name = last_part(row.link)
        sources = {path for path in row.sources if path in record and path not in excused and name in told(vault, path)}
        if sources:
            found.setdefault(name, set()).update(sources)
    assert found == expected


@each_archive
def test_backlinks(archive: Path) -> None:
    vault, record, excused = recorded(archive)
    for path in record.keys() - excused:
        expected = {link["relativePath"] for link in record[path].get("backlinks", [])}
        # The recorder leaves out notes of the same file name: it takes them for the note itself. It writes
        # their links down all the same, which `test_links` compares.
        in_bodies = {
            row.file
            for row in backlinks(vault, path)
            if basename(row.file) != basename(path) and path in {bound.target for bound in vault.links_of(row.file)}
        }
        assert in_bodies - excused == expected - excused, path


@each_archive
def test_tags(archive: Path) -> None:
    vault, record, excused = recorded(archive)
    paths = record.keys() - excused
    for path in paths:
        found = {row.tag.lstrip("#").lower() for row in tags(vault, [path])}
        assert found == {tag.lstrip("#").lower() for tag in record[path].get("tags", [])}, path
    every = {row.tag.lstrip("#").lower(): set(row.files) for row in tags(vault, paths)}
    expected: dict[str, set[str]] = {}
    for path in paths:
        for tag in record[path].get("tags", []):
            expected.setdefault(tag.lstrip("#").lower(), set()).add(path)
    assert every == expected


@each_archive
def test_aliases(archive: Path) -> None:
    vault, record, excused = recorded(archive)
    paths = record.keys() - excused
    expected = {(alias, path) for path in paths for alias in record[path].get("aliases", [])}
    assert {(row.alias, row.file) for row in all_aliases(vault, paths)} == expected


@each_archive
def test_outline(archive: Path) -> None:
    vault, record, excused = recorded(archive)
    for path in record.keys() - excused:
        expected = [heading["heading"] for heading in record[path].get("headings", [])]
        lines = outline_tree(vault.notes[path].headings)
        assert [line.lstrip("│ ")[4:] for line in lines] == expected, path
