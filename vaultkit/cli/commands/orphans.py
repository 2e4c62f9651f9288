"""List notes that nothing links to, as Obsidian's `orphans`."""

from __future__ import annotations

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.console import notice
from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    open_vault,
    print_lines,
    total_option,
    vault_option,
)
from vaultkit.cli.options import vault_root
from vaultkit.query.links import orphans


@click.command(cls=ObsidianStyleCommand)
@vault_option
@total_option
@click.option("--attachments", "--all", "attachments", is_flag=True, help="Include attachments, canvases and bases.")
@click.option("--self", "count_self", is_flag=True, help="Count links of a note to itself.")
@click.option("--excluded", is_flag=True, help="Include files that the vault's settings exclude.")
@click.option("--trash", is_flag=True, help="Move unused attachments to .trash and write a list for undo.")
@click.option("--undo", metavar="FILE", help="Move back the attachments in such a list.")
@format_options("text", "json")
def command(
    vault: str | None,
    total: bool,
    attachments: bool,
    count_self: bool,
    excluded: bool,
    trash: bool,
    undo: str | None,
    output_format: str,
) -> int:
    """List notes without incoming links.

    `vaultkit graph orphans` lists notes without any link, which are the orphans of Obsidian's graph. --trash
    changes no note. It moves only attachments whose name occurs nowhere in the vault.
    """
    if trash or undo is not None:
        return _move(vault, undo)
    found = orphans(open_vault(vault), with_attachments=attachments, count_self=count_self, include_excluded=excluded)
    print_lines(found, output_format, total=total)
    return 0


def _move(vault: str | None, undo: str | None) -> int:
    from datetime import datetime

    from vaultkit.vault.trash import move_to_trash, undo_moves

    if undo is not None:
        moves = undo_moves(vault_root(vault), undo)
    else:
        from vaultkit.query.unused_attachments import unused_attachments

        read = open_vault(vault)
        try:
            moves = move_to_trash(read.root, unused_attachments(read), datetime.now())
        except OSError as error:
            place = error.filename or read.root
            raise VaultkitError(f"{place}: cannot be written ({error.strerror}); nothing was moved") from error
    print_lines([f"{move.before} -> {move.after}" for move in moves.done])
    for path, reason in moves.refused:
        notice(f"{path} was not moved: {reason}")
    if moves.undo:
        notice(f"`vaultkit orphans --undo '{moves.undo}'` moves them back")
    return 1 if moves.refused else 0
