"""Delete vaultkit's caches. No vault is changed."""

from __future__ import annotations

import click

from vaultkit.base.store import clean
from vaultkit.cli.console import notice


@click.command()
def command() -> None:
    """Delete all caches. The next run reads everything again."""
    folder = clean()
    notice(f"deleted the caches in {folder}" if folder else "no caches found")
