"""Show the documentation, offline."""

from __future__ import annotations

import os
import sys
import tempfile

import click

from vaultkit.cli.console import notice


@click.command()
@click.argument("name", required=False, metavar="[PAGE]")
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@click.option("--write", metavar="FOLDER", help="Write all pages into FOLDER as Markdown.")
def command(name: str | None, opens: bool, write: str | None) -> None:
    """Print the documentation page PAGE as Markdown. Without PAGE, list the pages.

    PAGE is a page, a command (`graph`), or a rule by code or name (`LK001`, `missing-note`). No network is used.
    """
    from vaultkit.cli.doc_pages import WRITTEN, find_page, page, title_of, write_html, write_pages

    if write is not None:
        notice(f"wrote {write_pages(write)} pages to {write}")
        return
    found = find_page(name or "index")
    if opens:
        folder = tempfile.mkdtemp(prefix="vaultkit-docs-")  # the system deletes it
        write_html(folder)
        path = os.path.join(folder, *f"{found}.html".split("/"))
        notice(f"opening {path}")
        click.launch(path)
        return
    if name is None:
        for one in (*WRITTEN, "commands", "rules"):
            sys.stdout.write(f"{one:<15} {title_of(page(one))}\n")
        sys.stdout.write("\nvaultkit docs PAGE prints a page, vaultkit docs --open shows all in the browser.\n")
        return
    sys.stdout.write(page(found))
