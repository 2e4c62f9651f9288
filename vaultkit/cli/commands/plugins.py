"""List the installed plugins, as Obsidian's `plugins`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianWordCommand,
    open_vault,
    plugin_filter_option,
    print_lines,
    total_option,
    vault_option,
)
from vaultkit.query.obsidian_files import core_plugins, installed, manifest_line


@click.command(cls=ObsidianWordCommand)
@vault_option
@total_option
@plugin_filter_option
@click.option("--versions", is_flag=True, help="Include versions. Core plugins have none.")
def command(vault: str | None, total: bool, wanted: str | None, versions: bool) -> int:
    """List the plugins, by id: the core plugins in the vault's settings, and the installed community plugins."""
    read = open_vault(vault)
    core = [] if wanted == "community" else sorted(core_plugins(read))
    community = [] if wanted == "core" else installed(read, "plugins")
    print_lines([*core, *(manifest_line(one, "id", with_version=versions) for one in community)], total=total)
    return 0
