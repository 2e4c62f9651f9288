"""Print the theme, as Obsidian's `theme`."""

from __future__ import annotations

from typing import Any

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, print_lines, vault_option
from vaultkit.query.obsidian_files import installed, read_setting


@click.command(cls=ObsidianWordCommand)
@vault_option
@click.option("--name", metavar="NAME", help="Print name, version and author of this theme, and whether it is in use.")
def command(vault: str | None, name: str | None) -> int:
    """Print the name of the theme in use, "default" for Obsidian's own, or the details of a theme."""
    read = open_vault(vault)
    theme = read_setting(read, "appearance.json").get("cssTheme")
    used = theme if isinstance(theme, str) and theme else "default"
    if name is None:
        print_lines([used])
        return 0
    found = next((one for one in installed(read, "themes") if name.lower() == _name(one).lower()), None)
    if found is None:
        raise VaultkitError(f"name={name}: no such theme is installed; `vaultkit themes` lists them")
    lines = [f"{key}\t{found[key]}" for key in ("name", "version", "author") if key in found]
    print_lines([*lines, f"enabled\t{str(used == _name(found)).lower()}"])
    return 0


def _name(manifest: dict[str, Any]) -> str:
    return str(manifest.get("name") or manifest["folder"])
