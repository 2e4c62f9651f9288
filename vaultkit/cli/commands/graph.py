"""Ask the concept graph of the vault: stats, paths, neighbours, communities, exports."""

from __future__ import annotations

import click

from vaultkit.cli import graph
from vaultkit.cli.app import Commands


class GraphCommands(Commands):
    """The modules of ``vaultkit.cli.graph``."""

    package = graph


@click.command(cls=GraphCommands)
def command() -> None:
    """Query the concept graph of a vault: notes, unresolved names, tags, attachments, canvases and bases.

    Every command takes --json. `vaultkit schema graph stats` documents its output.
    """
