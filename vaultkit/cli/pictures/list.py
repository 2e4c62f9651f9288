"""List the pictures that were read, with confidence and first words."""

from __future__ import annotations

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

WORDS = 60


@click.command(cls=ObsidianStyleCommand)
@vault_option
@click.option("--unsure", is_flag=True, help=f"Only those with a confidence below {UNSURE}, the least sure first.")
@total_option
@format_options("tsv", "csv", "json")
def command(vault: str | None, unsure: bool, total: bool, output_format: str) -> None:
    """List the pictures that were read: path, confidence, origin (ocr, text, mixed, edited), first words."""
    found = list(known_texts(asked_vault(vault)).texts.values())
    if unsure:
        found = sorted((one for one in found if one.text and one.confidence < UNSURE), key=lambda one: one.confidence)
    rows = [
        {
            "path": one.path,
            "confidence": one.confidence,
            "origin": one.origin,
            "words": (text := " ".join(one.text.split()))[:WORDS] + ("…" if len(text) > WORDS else ""),
        }
        for one in found
    ]
    if total:
        print_json({"total": len(rows)}) if output_format == "json" else click.echo(len(rows))
        return
    print_table(rows, ("path", "confidence", "origin", "words"), output_format)
