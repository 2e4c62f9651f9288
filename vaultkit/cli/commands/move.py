"""Rename or move a note, an attachment or a folder, and rewrite every link to it."""

from __future__ import annotations

import click

from vaultkit.cli.moving import run_move
from vaultkit.cli.options import vault_option


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@vault_option
@click.option("--dry-run", is_flag=True, help="List what would change, and change nothing.")
@click.option("--diff", "as_diff", is_flag=True, help="Show the change as a diff, and change nothing.")
@click.option("--skip-unread", is_flag=True, help="Go on although a file cannot be read; links in it stay as they are.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing when all went well.")
def command(old: str, new: str, vault: str | None, dry_run: bool, as_diff: bool, skip_unread: bool, quiet: bool) -> int:
    """Move OLD to NEW, paths from the vault's folder, and rewrite links, embeds, properties, canvases and bases.

    OLD may also be a note's name, as in a link. NEW is a path; a folder, or a last "/", means: into it. An
    extension may be left out. Links stay as they are written where they can: a bare name stays bare, a relative
    path relative. Bookmarks, open tabs and the folders in Obsidian's settings follow. Everything is written or nothing.
    """
    return run_move(old, new, vault, dry_run=dry_run, as_diff=as_diff, quiet=quiet, skip_unread=skip_unread)
