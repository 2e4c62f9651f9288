"""What `cards export` writes: files, Anki packages and block ids."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vaultkit.base.atomic_write import write_whole
from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import read_inside, read_regular
from vaultkit.cli.card_printing import counted, shortened
from vaultkit.cli.console import notice
from vaultkit.cli.writing import write_all

if TYPE_CHECKING:
    from vaultkit.cards.collection import Located
    from vaultkit.cards.exporters.anki import Package
    from vaultkit.cards.exporters.media import Media
    from vaultkit.cards.model import CardSettings
    from vaultkit.vault.snapshot import Snapshot


def write_block_ids(root: str, entries: Sequence[Located], settings: CardSettings) -> None:
    """Block ids into the notes of ``entries``, into whole notes; what could not be written is said."""
    from vaultkit.base.atomic_write import FileChange, write_changes
    from vaultkit.base.text import decode
    from vaultkit.cards.notes.block_ids import with_block_ids
    from vaultkit.cards.reader.read import read_cards
    from vaultkit.note.parse import parse_note

    changes = []
    for path in dict.fromkeys(entry.path for entry in entries):
        before = read_inside(root, path)
        decoded = decode(before)
        blocks = read_cards(path, parse_note(before), decoded.text, settings, compare=False)
        text = with_block_ids(decoded.text, blocks, path, settings)
        if text != decoded.text:
            changes.append(FileChange(path, before, (b"\xef\xbb\xbf" if decoded.has_bom else b"") + text.encode()))
    written = write_changes(root, changes)
    for path, reason in written.refused:
        notice(f"{path}: {reason}; its cards have no ids")
    click.echo(f"block ids written into {counted(len(written.paths), 'note')}", err=True)


def export_anki(
    ctx: click.Context,
    loaded: Snapshot,
    entries: list[Located],
    settings: CardSettings,
    out: str | None,
    *,
    with_empty: bool,
) -> None:
    """Write an Anki package and store its content; print what Anki rejects."""
    import sqlite3
    import time

    from vaultkit.base.atomic_write import FileChange
    from vaultkit.cards.exporters.anki import STATE, export_package
    from vaultkit.cards.notes.anki_origin import ORIGIN, read_origin
    from vaultkit.cards.notes.merge import SIDECAR, read_sidecar

    if out is None:
        raise click.UsageError("name the file to write, such as cards.apkg")
    now = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    root = Path(loaded.root)
    sidecar = read_sidecar(text_of(root / SIDECAR))
    imported = [
        (identity.removeprefix("guid:"), entry)
        for source in sidecar["sources"].values()
        for identity, entry in source.get("cards", {}).items()
        if identity.startswith("guid:")
    ]
    guids = {name: guid for guid, entry in imported if (name := entry.get("id"))}
    fronts = {front: guid for guid, entry in reversed(imported) if (front := entry.get("front"))}
    state = text_of(root / STATE)
    try:
        package = export_package(
            entries, settings, state, vault_name=loaded.name, now=now, media=media_of(loaded),
            with_empty=with_empty, imported_guids=guids, imported_fronts=fronts, origin=read_origin(text_of(root / ORIGIN)),
        )  # fmt: skip
    except (OSError, sqlite3.Error) as error:  # Anki's file is a database, made in the folder for temporary files
        raise VaultkitError(f"{out}: cannot be made ({error}); make room in the folder for temporary files") from error
    write_out(out, package.data)
    write_all(
        loaded.root,
        [
            FileChange(
                STATE, None if state is None else state.encode(), package.state.encode("utf-8", "backslashreplace")
            )
        ],
    )
    _report_package(package)
    report_missing(ctx, package.missing)


def _report_package(package: Package) -> None:
    """Print how much was exported, and what Anki will not take or keep."""
    left = f"; {package.without_answer} without an answer left out (--with-empty includes them)"
    click.echo(f"{counted(package.exported, 'note')} exported{left if package.without_answer else ''}", err=True)
    if package.conflicting:
        notice(
            f"{counted(package.conflicting, 'card')} came from Anki, and their note types are not known here: Anki will report "
            "conflicts and change nothing; export an .apkg from Anki and import it here first"
        )
    for path, line, reason in package.refused:
        notice(f"{path}:{line}: {shortened(reason, 300)}")
    for path, line, front in package.emptied:
        notice(
            f"{path}:{line}: {shortened(front, 60)!r} has lost a gap; Anki keeps an empty card until Tools > Empty Cards"
        )
    for path, line, front in package.renewed:
        notice(
            f"{path}:{line}: {shortened(front, 60)!r} changed its kind, which Anki cannot do in a note: it is exported as a new "
            "note; delete the old one in Anki"
        )


def report_missing(ctx: click.Context, missing: Sequence[tuple[Any, ...]]) -> None:
    """Print the embeds that were not found, and leave with exit status 1 when there are any."""
    for path, line, target, *reason in missing:
        click.echo(f"{path}:{line}: {target}: {reason[0] if reason else 'no such file'}", err=True)
    if missing:
        ctx.exit(1)


MAX_MEDIA_FILE = 50_000_000
_DRAWN = (".svg", ".png", ".light.svg", ".light.png")


def media_of(loaded: Snapshot) -> Media:
    """Finds what an embed shows, as Obsidian does; only files of the vault, and none that is huge."""
    from vaultkit.base.text import decode
    from vaultkit.cards.exporters.transclusion import embedded_text

    base = Path(loaded.root).resolve()

    def find(source: str, target: str) -> tuple[str, bytes | str | None] | None:
        linkpath, _, subpath = target.partition("#")
        linkpath = linkpath.partition("?")[0]
        path = loaded.resolve(linkpath, source).path if linkpath else source
        if path is not None and path.endswith(".excalidraw.md"):  # the plugin keeps a picture beside a drawing
            stem = path.removesuffix(".md")
            path = next((f"{stem}{suffix}" for suffix in _DRAWN if f"{stem}{suffix}" in loaded.files), path)
        if path is None:
            return None
        if path in loaded.notes and not path.endswith(".excalidraw.md"):
            place = loaded.place(path, f"#{subpath}" if subpath else "")
            try:
                text = decode(loaded.read_bytes(path) or b"").text
            except OSError:
                return None
            return path.rpartition("/")[2], embedded_text(loaded.notes[path], text, place.kind, place.start)
        if path.endswith((".md", ".canvas", ".base")):
            return path.rpartition("/")[2], None
        file = (base / path).resolve()
        try:
            if not file.is_relative_to(base) or file.stat().st_size > MAX_MEDIA_FILE:
                return None
            return file.name, read_regular(str(file), MAX_MEDIA_FILE)
        except OSError:
            return None

    return find


def text_of(path: Path) -> str | None:
    """Return the text of a file; None when there is none."""
    try:
        return read_regular(str(path)).decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise VaultkitError(f"{path}: cannot be read ({error}); check the file") from error


def write_out(out: str, data: bytes) -> None:
    """Write a file that the user named."""
    try:
        write_whole(out, data)
    except OSError as error:
        raise VaultkitError(f"{out}: cannot be written ({error.strerror}); check the folder") from error
