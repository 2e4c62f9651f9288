"""Rewrite links to a file, heading or block that was renamed by another program."""

from __future__ import annotations

import click

from vaultkit.cli.moving import run_relink
from vaultkit.cli.options import vault_option


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@vault_option
@click.option("--dry-run", is_flag=True, help="List the changes; write nothing.")
@click.option("--diff", "as_diff", is_flag=True, help="Print the changes as a diff; write nothing.")
@click.option("--just-moved", is_flag=True, help="Rewrite also links that open another file since the move.")
@click.option("--skip-unread", is_flag=True, help="Continue if a file cannot be read. Links in it stay as they are.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing on success.")
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
    """Rewrite every link to OLD, which was moved or deleted outside of Obsidian, so that it opens NEW.

    For a renamed heading or block: `relink "Note#Old heading" "Note#New heading"`.

    OLD is a path from the vault's folder, NEW a path or a note's name. Both may be folders. Links of the moved note
    that no longer work are rewritten from the old place. A link that opens another file since the move is listed
    and left unchanged, because it may be newer. --just-moved rewrites it.
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
