"""Print what a plugin says of itself, as Obsidian's `plugin`."""

from __future__ import annotations

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, print_lines, vault_option
from vaultkit.query.obsidian_files import installed, read_list


@click.command(cls=ObsidianWordCommand)
@vault_option
@click.option("--id", "wanted", metavar="ID", required=True, help="The plugin.")
def command(vault: str | None, wanted: str) -> int:
    """Print id, name, version, author and description of a community plugin, and whether it is switched on."""
    read = open_vault(vault)
    found = next((one for one in installed(read, "plugins") if one.get("id") == wanted), None)
    if found is None:
        raise VaultkitError(f"id={wanted}: no such plugin is installed; `vaultkit plugins` lists them")
    lines = [f"{name}\t{found[name]}" for name in ("id", "name", "version", "author", "description") if name in found]
    print_lines([*lines, f"enabled\t{str(wanted in read_list(read, 'community-plugins.json')).lower()}"])
    return 0
