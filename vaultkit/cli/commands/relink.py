"""Point the links to a file that is gone to the one that took its place."""

from __future__ import annotations

import click

from vaultkit.cli.moving import run_relink
from vaultkit.cli.options import vault_option


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@vault_option
@click.option("--dry-run", is_flag=True, help="List what would change, and change nothing.")
@click.option("--diff", "as_diff", is_flag=True, help="Show the change as a diff, and change nothing.")
@click.option("--just-moved", is_flag=True, help="All links are still as they were before the move.")
@click.option("--skip-unread", is_flag=True, help="Go on although a file cannot be read; links in it stay as they are.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing when all went well.")
def command(
    old: str,
    new: str,
    vault: str | None,
    dry_run: bool,
    as_diff: bool,
    just_moved: bool,
    skip_unread: bool,
    quiet: bool,
) -> int:
    """Rewrite every link that would open OLD, which was moved or deleted outside of Obsidian, to open NEW.

    For a heading or block that has another name now: `relink "Note#Old heading" "Note#New heading"`.

    OLD is a path from the vault's folder, NEW a path or a note's name. Both may be folders. A link of a moved note
    that opens nothing any more opens what it opened from the old place. One that opens another file than before the
    move is told and left, since it may be newer; --just-moved says that none is.
    """
    return run_relink(
        old,
        new,
        vault,
        dry_run=dry_run,
        as_diff=as_diff,
        quiet=quiet,
        skip_unread=skip_unread,
        just_moved=just_moved,
    )
