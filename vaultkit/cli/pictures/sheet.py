"""Write a contact sheet: all pictures with their texts, as one HTML page."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from vaultkit.cli.console import notice
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, vault_option
from vaultkit.cli.picture_options import asked_vault
from vaultkit.pictures.decode import READABLE
from vaultkit.pictures.sheet import Shown, ordered, sheet
from vaultkit.pictures.texts import texts_of
from vaultkit.vault.files import extension


@click.command(cls=ObsidianStyleCommand)
@vault_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    default="pictures.html",
    show_default=True,
    help="File to write; - for standard output.",
)
def command(vault: str | None, output: str) -> None:
    """Write a page with all pictures of the vault, the notes that show them, their texts and confidence.

    Texts with low confidence come first. The page works offline and has no script. Pictures that were not read are
    shown without a text.
    """
    from vaultkit.cli.commands.map import write_page

    read = asked_vault(vault)
    known = texts_of(read.root, read.files)
    shown = [
        Shown(
            path,
            known.texts.get(path),
            known.skipped.get(path) or known.faults.get(path, ""),
            tuple(sorted(read.backlinks.get(path, ()))),
        )
        for path in read.files
        if extension(path) in READABLE
    ]
    page = sheet(read.root, read.name, ordered(shown)).encode("utf-8", "backslashreplace").decode("utf-8")
    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(page.encode("utf-8", "backslashreplace"))
        return
    write_page(Path(output), page)
    notice(f"{output}: {len(shown):,} pictures, {os.path.getsize(output) / 1e6:.1f} MB")
