"""Print the JSON Schema of a command's JSON output."""

from __future__ import annotations

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.obsidian_cli import print_json
from vaultkit.cli.schemas import SCHEMAS, schema


@click.command()
@click.argument("words", nargs=-1, metavar="[COMMAND]...")
def command(words: tuple[str, ...]) -> None:
    """Print the JSON Schema of COMMAND's output, such as `vaultkit schema graph stats`; without COMMAND of all.

    With --total every list becomes {"total": n}. With --info an object has only that key.
    """
    name = " ".join(words)
    if not name:
        print_json({known: schema(known) for known in sorted(SCHEMAS)})
        return
    if name not in SCHEMAS:
        raise VaultkitError(f"{name}: no schema of that name; there are {', '.join(sorted(SCHEMAS))}")
    print_json(schema(name))
