"""Rename or move a note, attachment or folder, and rewrite all links to it."""

from __future__ import annotations

import click

from vaultkit.cli.moving import run_move
from vaultkit.cli.obsidian_cli import ObsidianWordCommand
from vaultkit.cli.options import vault_option


@click.command(cls=ObsidianWordCommand)
@click.argument("old", metavar="OLD", required=False)
@click.argument("new", metavar="NEW", required=False)
@click.option("--file", metavar="NAME", help="OLD, as in Obsidian's own command line: a name.")
@click.option("--path", metavar="PATH", help="OLD, as in Obsidian's own command line: a path.")
@click.option("--to", metavar="PATH", help="NEW, as in Obsidian's own command line.")
@vault_option
@click.option("--dry-run", is_flag=True, help="List the changes; write nothing.")
@click.option("--diff", "as_diff", is_flag=True, help="Print the changes as a diff; write nothing.")
@click.option("--skip-unread", is_flag=True, help="Continue if a file cannot be read. Links in it stay as they are.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing on success.")
def command(
    old: str | None,
    new: str | None,
    file: str | None,
    path: str | None,
    to: str | None,
    vault: str | None,
    dry_run: bool,
    as_diff: bool,
    skip_unread: bool,
    quiet: bool,
) -> int:
    """Move OLD to NEW (paths from the vault's folder) and rewrite links, embeds, properties, canvases and bases.

    OLD may be a note's name, as in a link. NEW is a path; a folder, or a last "/", means: into this folder. The
    extension is optional. Each link keeps its style: a bare name stays bare, a relative path relative. Bookmarks,
    open tabs and the folders in Obsidian's settings follow. Either everything is written or nothing.
    """
    from_, target = _one("OLD", old, file, path), _one("NEW", new, to)
    return run_move(from_, target, vault, dry_run=dry_run, as_diff=as_diff, quiet=quiet, skip_unread=skip_unread)


def _one(name: str, *given: str | None) -> str:
    found = [one for one in given if one is not None]
    if len(found) != 1:
        raise click.UsageError(f"Missing argument '{name}'." if not found else f"{name} is given more than once.")
    return found[0]
