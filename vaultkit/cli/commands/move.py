"""Rename or move a note, attachment or folder, and rewrite all links to it."""

from __future__ import annotations

import click

from vaultkit.cli.moving import run_move
from vaultkit.cli.options import vault_option


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@vault_option
@click.option("--dry-run", is_flag=True, help="List the changes; write nothing.")
@click.option("--diff", "as_diff", is_flag=True, help="Print the changes as a diff; write nothing.")
@click.option("--skip-unread", is_flag=True, help="Continue if a file cannot be read. Links in it stay as they are.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing on success.")
def command(old: str, new: str, vault: str | None, dry_run: bool, as_diff: bool, skip_unread: bool, quiet: bool) -> int:
    """Move OLD to NEW (paths from the vault's folder) and rewrite links, embeds, properties, canvases and bases.

    OLD may be a note's name, as in a link. NEW is a path; a folder, or a last "/", means: into this folder. The
    extension is optional. Each link keeps its style: a bare name stays bare, a relative path relative. Bookmarks,
    open tabs and the folders in Obsidian's settings follow. Either everything is written or nothing.
    """
    return run_move(old, new, vault, dry_run=dry_run, as_diff=as_diff, quiet=quiet, skip_unread=skip_unread)
