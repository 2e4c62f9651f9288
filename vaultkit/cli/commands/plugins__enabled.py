"""List the plugins that are switched on, as Obsidian's `plugins:enabled`."""

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
from vaultkit.query.obsidian_files import core_plugins, installed, manifest_line, read_list


@click.command(cls=ObsidianWordCommand)
@vault_option
@total_option
@plugin_filter_option
@click.option("--versions", is_flag=True, help="Include versions. Core plugins have none.")
def command(vault: str | None, total: bool, wanted: str | None, versions: bool) -> int:
    """List the plugins that are switched on, by id: core plugins first, then community plugins."""
    read = open_vault(vault)
    core = [] if wanted == "community" else sorted(name for name, is_on in core_plugins(read).items() if is_on)
    switched_on = [] if wanted == "core" else read_list(read, "community-plugins.json")
    community = [one for one in installed(read, "plugins") if one.get("id") in switched_on]
    print_lines([*core, *(manifest_line(one, "id", with_version=versions) for one in community)], total=total)
    return 0
