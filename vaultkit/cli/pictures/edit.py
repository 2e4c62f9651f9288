"""Correct the text of a picture."""

from __future__ import annotations

import os
import sys
import tempfile

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.base.programs import run_editor
from vaultkit.cli.console import notice
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, vault_option
from vaultkit.cli.picture_options import asked_picture, asked_vault
from vaultkit.pictures.corrections import FILE, Correction, write_correction
from vaultkit.pictures.texts import texts_of


@click.command(cls=ObsidianStyleCommand)
@click.argument("name")
@click.option("--text", metavar="TEXT", help="New text; - reads it from stdin. No editor is opened.")
@click.option("--undo", is_flag=True, help="Remove the correction and use the text as it was read.")
@vault_option
def command(name: str, text: str | None, undo: bool, vault: str | None) -> None:
    """Correct the text of the picture NAME in the editor (VISUAL, EDITOR), or with --text.

    The correction is written to .vaultkit/pictures.jsonl in the vault. It belongs to the content of the picture: it
    stays when the picture is moved or read again, and ends when the content changes.
    """
    if undo and text is not None:
        raise VaultkitError("--undo and --text cannot be combined")
    read = asked_vault(vault)
    path = asked_picture(read, name)
    known = texts_of(read.root, [path])
    if path not in known.digests:
        raise VaultkitError(f"{path}: cannot be read ({known.faults.get(path, 'no such file')})")
    digest = known.digests[path]
    before = known.texts.get(path)
    if undo:
        if before is None or before.origin != "edited":
            raise VaultkitError(f"{path}: has no correction")
        write_correction(read.root, None, digest)
        notice(f"{path}: correction removed from {FILE}")
        return
    old = before.text if before is not None else ""
    new = _normal(_edited(old) if text is None else sys.stdin.read() if text == "-" else text)
    if new == old:
        notice(f"{path}: the text is the same; nothing was written")
        return
    write_correction(read.root, Correction(path, digest, new), digest)
    notice(f"{path}: correction written to {FILE}")


def _normal(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip("\n")


def _edited(text: str) -> str:
    handle, place = tempfile.mkstemp(prefix="vaultkit-", suffix=".txt")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text + "\n")
        run_editor(place)
        with open(place, encoding="utf-8-sig", errors="replace") as file:
            return file.read()
    finally:
        os.unlink(place)
