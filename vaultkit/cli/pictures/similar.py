"""List pictures that show the same."""

from __future__ import annotations

import click

from vaultkit.cli.console import Progress
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines, vault_option
from vaultkit.cli.picture_options import asked_vault
from vaultkit.pictures.duplicates import similar_pictures
from vaultkit.pictures.similar import groups


@click.command(cls=ObsidianStyleCommand)
@vault_option
@format_options("text", "json")
def command(vault: str | None, output_format: str) -> None:
    """List pictures that show the same: equal files, and recompressed, resized, recolored or cropped copies.

    One line per group: number of pictures, similarity of the least similar pair (1 for equal files), paths. Slides
    of one template with different words are not the same. No engine is needed. Fingerprints are stored in the
    cache.
    """
    read = asked_vault(vault)
    with Progress("comparing pictures") as progress:
        pairs = similar_pictures(read.root, read.files, progress)
    rows: list[tuple[float, list[str]]] = []
    for paths in groups(pairs):
        members = set(paths)
        rows.append((min(pair.likeness for pair in pairs if pair.first in members), paths))
    if output_format == "json":
        print_json([{"likeness": least, "paths": paths} for least, paths in rows])
    else:
        print_lines([f"{len(paths)}\t{least:.2f}\t{', '.join(paths)}" for least, paths in rows])
