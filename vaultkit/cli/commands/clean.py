"""Take vaultkit's caches away; nothing in any vault is touched."""

from __future__ import annotations

import click

from vaultkit.cli.console import notice
from vaultkit.vault.cache import clean


@click.command()
def command() -> None:
    """Delete what vaultkit keeps between runs. The next run reads everything again."""
    folder = clean()
    notice(f"deleted the caches in {folder}" if folder else "there are no caches")
