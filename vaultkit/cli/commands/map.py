"""Draw the vault as a map: one HTML file that opens anywhere, without a network."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path

import click

from vaultkit.cli.options import vault_option, vault_root
from vaultkit.errors import VaultkitError
from vaultkit.index.load import load_vault


@click.command()
@vault_option
@click.option("-o", "--output", metavar="FILE", default="map.html", show_default=True, help="Where the page is written.")
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--renderer",
    type=click.Choice(["auto", "pyvis", "canvas"]),
    default="auto",
    show_default=True,
    help="Who draws; auto takes pyvis up to 2,000 nodes and the canvas above.",
)
def command(vault: str | None, output: str, opens: bool, renderer: str) -> None:
    """Write the vault's map as one HTML file.

    Exit status: 0, whatever the map shows.
    """
    from vaultkit.graph.core import graph_core
    from vaultkit.page.payload import NOTHING, details, draw, payload
    from vaultkit.page.render import render

    read = load_vault(vault_root(vault))
    drawn = draw(graph_core(read))
    html = render(drawn, payload(drawn, read.name, NOTHING), details(drawn, NOTHING), renderer=renderer)
    write_page(Path(output), html)
    click.echo(f"{output}: {len(read.notes):,} notes, {len(drawn.pairs):,} links, {len(html) / 1e6:.1f} MB", err=True)
    if opens:
        webbrowser.open(Path(os.path.abspath(output)).as_uri())


def write_page(path: Path, html: str) -> None:
    """Write the page, whole or not at all.

    Raises:
        VaultkitError: the place cannot be written to.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(html, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        raise VaultkitError(
            f"{path}: cannot be written ({error.strerror or error}); name another file with -o"
        ) from error
