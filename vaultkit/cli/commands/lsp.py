"""Serve an editor: diagnostics, fixes, completion, links and renames while you write (Language Server Protocol)."""

from __future__ import annotations

import logging

import click


@click.command()
@click.option("--stdio", is_flag=True, help="Communicate over stdin and stdout; always the case.")
@click.option("--log", metavar="FILE", type=click.Path(dir_okay=False), help="Write errors of the server to this file.")
@click.option("--no-cache", is_flag=True, help="Disable the cache.")
def command(stdio: bool, log: str | None, no_cache: bool) -> int:
    """Start the language server. Editors run this command.

    The vault is the one around the folder that the editor has open. `vaultkit docs editors` shows the settings for
    Neovim, Helix, Zed, Emacs and VS Code.
    """
    from vaultkit.cli.serving import serve_editor

    logging.basicConfig(filename=log, level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    return serve_editor(has_store=not no_cache)
