"""Draw the vault as a map: one HTML file that works offline."""

from __future__ import annotations

import json
import os
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultkit.base.atomic_write import write_whole
from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import read_regular
from vaultkit.cli.console import Progress
from vaultkit.cli.options import cards_of_vault, open_workspace, vault_option
from vaultkit.vault.workspace import Workspace

if TYPE_CHECKING:
    from vaultkit.map.build import RenderedMap


@click.command()
@vault_option
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="map.html",
    show_default=True,
    help="File to write; - for standard output.",
)
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@click.option("--local", metavar="NOTE", help="Open the map around this note.")
@click.option(
    "--depth", type=click.IntRange(1, 9), default=1, show_default=True, help="Number of links around the --local note."
)
@click.option("--view", "views", multiple=True, metavar="FILE", help="View saved from the page. The first one opens.")
@click.option("--select", multiple=True, metavar="RULES", help="Show only findings of these rules.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Do not show findings of these rules.")
@click.option(
    "--text",
    type=click.Choice(["full", "preview", "none"]),
    default="full",
    show_default=True,
    help="How much of the notes' text the page holds; none for a page that is published.",
)
@click.option("--compare", metavar="REV", help="Show what is new, changed, moved and gone since this git revision.")
@click.option("--no-thumbs", is_flag=True, help="Leave out thumbnails of pictures.")
@click.option("--git-dates", is_flag=True, help="Use git's date if a note has no date of its own.")
@click.option("--no-cache", is_flag=True, help="Compute all positions again and do not store them.")
@click.option("--serve", is_flag=True, help="Serve the page on this machine and reload it while the vault changes.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="Port of --serve; 0 for a free one.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
def command(
    vault: str | None,
    output: str,
    opens: bool,
    local: str | None,
    depth: int,
    views: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    text: str,
    compare: str | None,
    no_thumbs: bool,
    git_dates: bool,
    no_cache: bool,
    serve: bool,
    port: int,
    quiet: bool,
) -> None:
    """Write the vault's map as one HTML file: notes, links and findings, with search and filters.

    A note with the property `map: hide` is not drawn. With `map: stop`, paths do not run through it.

    Exit status: 0, whatever the map shows.
    """
    from vaultkit.lint.plan import plan_of
    from vaultkit.map.build import MapOptions, map_page

    if serve and compare:
        raise click.UsageError("--compare cannot be used with --serve")
    workspace = open_workspace(vault, has_store=not no_cache)
    root, config = workspace.root, workspace.config
    plan = plan_of(config, select=_words(select), ignore=_words(ignore), cards=cards_of_vault(root, config))
    named = tuple(read_view(Path(file)) for file in views)
    options = MapOptions(
        local=_note_path(workspace, local) if local else None,
        depth=depth,
        views=named,
        start=named[0][1] if named else "",
        text=text,
        has_thumbs=not no_thumbs,
        has_cache=not no_cache,
        has_git_dates=git_dates,
        compare=compare,
        is_live=serve,
    )
    if serve:
        from vaultkit.cli.live import serve_map

        serve_map(workspace, plan, options, port=port, opens=opens, say=lambda text: click.echo(text, err=True))
        return
    with Progress("reading notes", hidden=quiet) as progress:
        page = map_page(workspace, plan, options, tell=progress.say, progress=progress)
    _deliver(page, output, quiet=quiet, opens=opens)


def _deliver(page: RenderedMap, output: str, *, quiet: bool, opens: bool) -> None:
    """Write the page to a file, or to standard output for "-"."""
    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(page.html.encode("utf-8", "backslashreplace"))
        return
    write_page(Path(output), page.html)
    if not quiet:
        size = os.path.getsize(output) / 1e6
        click.echo(
            f"{output}: {page.notes:,} notes, {page.links:,} links, {page.findings:,} findings, {size:.1f} MB", err=True
        )
    if opens:
        webbrowser.open(Path(os.path.abspath(output)).as_uri())


def _words(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for value in values for word in value.split(",") if word.strip())


def _note_path(workspace: Workspace, name: str) -> str:
    from vaultkit.cli.commands.metadata import named_note

    return named_note(workspace.listed(), name)


def read_view(path: Path) -> tuple[str, str]:
    """(name, fragment) of a view that was saved from the page.

    Raises:
        VaultkitError: the file cannot be read or is no view.
    """
    try:
        held = json.loads(read_regular(str(path)).decode("utf-8"))
    except OSError as error:
        raise VaultkitError(f"--view {path}: cannot be read ({error.strerror}); check the path") from error
    except (ValueError, RecursionError) as error:
        raise VaultkitError(f"--view {path}: is no JSON ({error}); save the view from the page again") from error
    if not isinstance(held, dict) or not isinstance(held.get("name"), str) or not isinstance(held.get("hash"), str):
        raise VaultkitError(f'--view {path}: not a view; a view has "name" and "hash", both texts')
    return held["name"], held["hash"]


def write_page(path: Path, html: str) -> None:
    """Write the page, whole or not at all.

    Raises:
        VaultkitError: the place cannot be written to.
    """
    if not path.name or path.is_dir():
        raise VaultkitError(f"-o {path}: is a folder; name a file in it")
    try:
        write_whole(str(path), html.encode("utf-8"))
    except OSError as error:
        raise VaultkitError(f"{path}: cannot be written ({error.strerror}); name another file with -o") from error
