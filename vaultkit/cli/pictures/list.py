"""List the pictures that were read, with confidence and first words."""

from __future__ import annotations

import os

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    print_json,
    print_table,
    total_option,
    vault_option,
)
from vaultkit.cli.picture_options import asked_vault, known_texts
from vaultkit.pictures.model import UNSURE
from vaultkit.pictures.remarks import remarks

WORDS = 60


@click.command(cls=ObsidianStyleCommand)
@vault_option
@click.option("--unsure", is_flag=True, help=f"Only those with a confidence below {UNSURE}, the least sure first.")
@total_option
@format_options("tsv", "csv", "json")
def command(vault: str | None, unsure: bool, total: bool, output_format: str) -> None:
    """List the pictures that were read: path, confidence, origin (ocr, text, mixed, edited), remarks, first words.

    Remarks: small text (lines of less than 11 pixels), huge (more than 10 MB or 8,000 pixels on a side), only text
    (a screenshot of running text).
    """
    read = asked_vault(vault)
    found = list(known_texts(read).texts.values())
    if unsure:
        found = sorted((one for one in found if one.text and one.confidence < UNSURE), key=lambda one: one.confidence)
    rows = [
        {
            "path": one.path,
            "confidence": one.confidence,
            "origin": one.origin,
            "remarks": list(remarks(one, _size(read.root, one.path))),
            "words": (text := " ".join(one.text.split()))[:WORDS] + ("…" if len(text) > WORDS else ""),
        }
        for one in found
    ]
    if total:
        print_json({"total": len(rows)}) if output_format == "json" else click.echo(len(rows))
        return
    print_table(rows, ("path", "confidence", "origin", "remarks", "words"), output_format)


def _size(root: str, path: str) -> int:
    try:
        return os.stat(os.path.join(root, path)).st_size
    except OSError:
        return 0
