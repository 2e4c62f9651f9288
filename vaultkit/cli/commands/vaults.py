"""List the vaults that Obsidian knows, as Obsidian's `vaults`."""

from __future__ import annotations

import os

import click

from vaultkit.cli.obsidian_cli import ObsidianWordCommand, print_lines, total_option
from vaultkit.cli.options import opened_vaults


@click.command(cls=ObsidianWordCommand)
@total_option
@click.option("--verbose", is_flag=True, help="With their folders.")
def command(total: bool, verbose: bool) -> int:
    """List the vaults that Obsidian has opened on this machine, by name."""
    found = opened_vaults()
    names = [os.path.basename(path.rstrip("/\\")) for path in found]
    lines = [f"{name}\t{path}" for name, path in zip(names, found, strict=True)] if verbose else names
    print_lines(lines, total=total)
    return 0
