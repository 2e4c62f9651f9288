"""Take vaultkit's caches away; nothing in any vault is touched."""

from __future__ import annotations

import click

from vaultkit.base.store import clean
from vaultkit.cli.console import notice


@click.command()
def command() -> None:
    """Delete what vaultkit keeps between runs. The next run reads everything again."""
    folder = clean()
    notice(f"deleted the caches in {folder}" if folder else "there are no caches")
