"""List the files of the vault, as Obsidian's `files`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    open_vault,
    print_json,
    print_lines,
    total_option,
    vault_option,
)
from vaultkit.cli.options import load_config, vault_root
from vaultkit.query.files import listed_files


@click.command(cls=ObsidianStyleCommand)
@vault_option
@click.option("--folder", metavar="PATH", default="", help="List only files below this folder.")
@click.option("--ext", metavar="EXT", default="", help="List only files with this extension.")
@total_option
@click.option(
    "--why", is_flag=True, help="Print for each file whether `check` checks, only indexes or skips it, and why."
)
@format_options("text", "json")
def command(vault: str | None, folder: str, ext: str, total: bool, why: bool, output_format: str) -> None:
    """List the files that Obsidian lists, by path."""
    if why:
        _explain(vault, output_format)
        return
    print_lines(listed_files(open_vault(vault), folder, ext), output_format, total=total)


def _explain(vault: str | None, output_format: str) -> None:
    from vaultkit.lint.file_status import scope_of

    root = vault_root(vault)
    states = scope_of(root, load_config(root))
    if output_format == "json":
        print_json([{"path": state.path, "state": state.state, "reason": state.reason} for state in states])
        return
    print_lines([f"{state.state:<5}  {state.path}{f'  ({state.reason})' * bool(state.reason)}" for state in states])
