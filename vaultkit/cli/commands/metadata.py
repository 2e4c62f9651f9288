"""Print Obsidian's metadata cache of notes as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.base.paths import relative_path
from vaultkit.base.text import shown_json
from vaultkit.cli.console import notice
from vaultkit.cli.options import open_workspace, vault_option
from vaultkit.vault.cached_metadata import link_tables, note_metadata
from vaultkit.vault.snapshot import Snapshot


@click.command()
@click.argument("notes", nargs=-1, metavar="[NOTE]...")
@vault_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["json", "jsonl"]),
    default="json",
    show_default=True,
    help="json is one list; jsonl has one object per line.",
)
@click.option("--tables", is_flag=True, help="Print resolvedLinks and unresolvedLinks of the whole vault.")
def command(notes: tuple[str, ...], vault: str | None, output_format: str, tables: bool) -> None:
    """Print Obsidian's CachedMetadata of each NOTE, or of all notes.

    A NOTE is a path in the vault, a path on disk, or a name as in a link. Each entry is {"path", "cache",
    "resolved"}. "cache" has Obsidian's own keys, with lines, columns and offsets from 0 in UTF-16 units. "resolved"
    maps each linktext to the file it opens.
    """
    read = open_workspace(vault, notes).snapshot()
    if tables:
        _write(
            shown_json(json.dumps(link_tables(read), ensure_ascii=False, indent=2 if output_format == "json" else None))
        )
        return
    paths = [named_note(read, name) for name in notes] or list(read.notes)
    entries = _entries(read, paths, are_named=bool(notes))
    if output_format == "jsonl":
        for entry in entries:
            _write(shown_json(json.dumps(entry, ensure_ascii=False)))
    else:
        _write(shown_json(json.dumps(list(entries), ensure_ascii=False, indent=2)))


def _entries(vault: Snapshot, paths: list[str], *, are_named: bool) -> Iterator[dict[str, Any]]:
    """The entries. A note that cannot be read is left out with a notice, and is an error where it was named."""
    for path in paths:
        try:
            data = vault.read_bytes(path)
        except OSError as error:
            if are_named:
                raise VaultkitError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
            notice(f"{path}: cannot be read ({(error.strerror or str(error)).lower()}), left out")
            continue
        yield note_metadata(vault, path, data)


def named_note(vault: Snapshot, name: str) -> str:
    """Path of the note that ``name`` means: a path in the vault, on disk, or a name as in a link.

    Raises:
        VaultkitError: no note of the vault is meant, or more than one fits equally.
    """
    if name in vault.notes:
        return name
    on_disk = relative_path(name, vault.root)
    if on_disk in vault.notes:
        return on_disk
    found = vault.resolve(name, "")
    if found.is_tie:
        raise VaultkitError(f"{name}: ambiguous name; give the path of one note: {', '.join(found.candidates)}")
    if found.path is None or found.path not in vault.notes:
        from difflib import get_close_matches

        near = get_close_matches(name, [path.removesuffix(".md") for path in vault.notes], n=1)
        hint = f"; did you mean {near[0]!r}?" if near else "; `vaultkit files ext=md` lists them"
        raise VaultkitError(f"{name}: no such note in the vault {vault.root}{hint}")
    return found.path


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
