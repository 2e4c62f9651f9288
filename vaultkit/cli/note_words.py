"""Obsidian's words that write notes, without the app: the changes are planned on the snapshot and written whole."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from vaultkit.base.atomic_write import FileChange, write_together
from vaultkit.base.errors import VaultkitError
from vaultkit.base.text import BOM, decode
from vaultkit.cli.console import notice
from vaultkit.cli.obsidian_cli import file_options, open_vault, vault_option
from vaultkit.query.bases.dates import formatted
from vaultkit.query.file_lookup import file_named
from vaultkit.query.files import listed_files
from vaultkit.query.obsidian_files import DatedNote, daily_note, dated_path, template_formats
from vaultkit.vault.files import file_kind, is_hidden
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

_F = TypeVar("_F", bound=Callable[..., Any])

_VARIABLE = re.compile(r"\{\{\s*(title|date|time)\s*(?::([^{}]*))?\}\}", re.IGNORECASE)

content_option = click.option(
    "--content", metavar="TEXT", required=True, help="The text; \\n is a line end, \\t a tab."
)
inline_option = click.option("--inline", is_flag=True, help="Add no line break between.")


def target_options(function: _F) -> _F:
    """``[FILE]``, ``--file``, ``--path`` and ``--vault``."""
    return file_options(vault_option(function))


daily_option = click.option("--daily", is_flag=True, help="Today's daily note.")


def daily_path(vault: Snapshot, *named: str | None) -> str:
    """The path of today's note. named: the files that the options name.

    Raises:
        VaultkitError: a file is named, too, or there is no note for today.
    """
    if any(one is not None for one in named):
        raise VaultkitError("daily names a note already; leave out the other file")
    path = dated_path(daily_note(vault), datetime.now())
    found = vault.file_at(path)
    if found is None:
        raise VaultkitError(f"{path}: there is no note for today; `vaultkit daily` creates it")
    return found


def unescaped(content: str) -> str:
    r"""The content with ``\n`` and ``\t`` as line ends and tabs."""
    return content.replace("\\n", "\n").replace("\\t", "\t")


def text_at(vault: Snapshot, path: str) -> tuple[str, bytes]:
    """The text of a file without its mark of byte order, and its bytes.

    Raises:
        VaultkitError: it is no text.
    """
    try:
        data = vault.read_bytes(path)
    except OSError as error:
        raise VaultkitError(f"{path}: cannot be read ({(error.strerror or str(error)).lower()})") from error
    decoded = decode(data)
    if decoded.fault:
        raise VaultkitError(f"{path}: cannot be edited, it is {decoded.fault}")
    return decoded.text, data


def write_text(vault: Snapshot, path: str, text: str, before: bytes | None) -> None:
    """Write a file, if it is as it was read. before: its bytes, None for a new file.

    Raises:
        VaultkitError: it changed, or cannot be written.
    """
    head = BOM if before is not None and before.startswith(BOM.encode()) else ""
    data = (head + text).encode("utf-8", "surrogateescape")
    if data == before:
        return
    try:
        write_together(vault.root, [FileChange(path, before, data)])
    except ValueError as error:
        raise VaultkitError(f"{error}; nothing was changed, run the command again") from None
    except OSError as error:
        raise VaultkitError(f"{path}: {(error.strerror or str(error)).lower()}; nothing was changed") from error


def new_path(vault: Snapshot, name: str | None, path: str | None, folder: str = "") -> str:
    """The path for a new note: as named, else in the folder that the settings name, with a number if it is taken.

    Raises:
        VaultkitError: it is no path in the vault.
    """
    wanted = (path or name or "Untitled").replace("\\", "/").strip("/")
    if "." not in wanted.rpartition("/")[2] or file_kind(wanted) == "unsupported":
        wanted += ".md"
    settings = vault.settings
    if path is None and "/" not in wanted:
        place = folder or (settings.new_file_folder.strip("/") if settings.new_file_location == "folder" else "")
        wanted = f"{place}/{wanted}" if place else wanted
    parts = wanted.split("/")
    if any(part in ("", ".", "..") for part in parts) or is_hidden(wanted):
        raise VaultkitError(f"{wanted}: not a path in the vault")
    if any(letter in wanted for letter in '#^[]|\\:*?"<>\0'):
        raise VaultkitError(f"{wanted}: a link cannot name this file; choose another name")
    return wanted


def is_taken(vault: Snapshot, path: str) -> bool:
    """A file is at this path, in any case."""
    return vault.file_at(path) is not None or os.path.lexists(os.path.join(vault.root, path))


def numbered(vault: Snapshot, path: str) -> str:
    """The path, or the next one with a number that is free, as Obsidian names new notes."""
    stem, dot, suffix = path.rpartition(".")
    number = 0
    found = path
    while is_taken(vault, found):
        number += 1
        found = f"{stem} {number}{dot}{suffix}"
    return found


def template_text(vault: Snapshot, name: str, title: str, now: datetime) -> str:
    """The template of this name with its variables.

    Raises:
        VaultkitError: there is none.
    """
    path = template_path(vault, name)
    _, date_format, time_format = template_formats(vault)
    return filled(text_at(vault, path)[0], title, now, date_format, time_format)


def template_path(vault: Snapshot, name: str) -> str:
    """The path of a template; its folder is looked at first.

    Raises:
        VaultkitError: there is none.
    """
    folder, _, _ = template_formats(vault)
    wanted = fold(name.removesuffix(".md"))
    for path in templates(vault):
        if fold(path.removesuffix(".md")) in (wanted, fold(f"{folder}/{name.removesuffix('.md')}")):
            return path
    for path in templates(vault):
        if fold(basename(path)) == wanted:
            return path
    return file_named(vault, name)


def templates(vault: Snapshot) -> list[str]:
    """The notes in the folder of templates."""
    folder, _, _ = template_formats(vault)
    if not folder:
        raise VaultkitError("the folder of templates is not set; set it in Obsidian under Settings, Templates")
    return listed_files(vault, folder, "md") if any(one.startswith(folder + "/") for one in vault.files) else []


def dated_text(vault: Snapshot, settings: DatedNote, now: datetime) -> tuple[str, str, bytes | None]:
    """The path of a dated note, its text and its bytes; the text of its template and None if it does not exist."""
    path = dated_path(settings, now)
    known = vault.file_at(path)
    if known is not None:
        return known, *text_at(vault, known)
    text = template_text(vault, settings.template, basename(path), now) if settings.template else ""
    return path, text, None


def random_note(vault: Snapshot, folder: str) -> str:
    """A note of the vault or of a folder.

    Raises:
        VaultkitError: there is none.
    """
    found = [path for path in listed_files(vault, folder, "md") if not vault.is_excluded(path)]
    if not found:
        raise VaultkitError(f"no notes in {folder or 'the vault'}")
    return random.choice(found)


def said(text: str) -> None:
    """Print what was done."""
    notice(text)


def opened(vault: str | None) -> Snapshot:
    """The vault that the option means."""
    return open_vault(vault)


def filled(template: str, title: str, now: datetime, date_format: str, time_format: str) -> str:
    """A template with its variables. Source: Obsidian Help, "Templates": title, date and time, with a format."""

    def variable(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name == "title":
            return title
        return formatted(now, match[2] or (date_format if name == "date" else time_format))

    return _VARIABLE.sub(variable, template)
