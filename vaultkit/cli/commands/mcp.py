"""Serve an agent: check, resolve, read, search and, with --write, fix, move, rename and edit (Model Context Protocol)."""

from __future__ import annotations

import logging

import click

from vaultkit.cli.options import vault_option


@click.command()
@vault_option
@click.option("--write", is_flag=True, help="Also offer the tools that change files: fix, move, rename and edit.")
@click.option("--http", is_flag=True, help="Serve HTTP on this machine (127.0.0.1) instead of stdin and stdout.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="With --http; 0 for any.")
@click.option("--no-cache", is_flag=True, help="Disable the cache.")
def command(vault: str | None, write: bool, http: bool, port: int, no_cache: bool) -> int:
    """Start the MCP server for one vault; an agent does this. Nothing is written without --write.

    Needs the extra: pip install 'obsidian-vaultkit[mcp]'. `vaultkit docs editors` shows the settings.
    """
    from vaultkit.cli.serving import serve_agent

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    return serve_agent(vault, writes=write, port=port if http else None, has_store=not no_cache)
