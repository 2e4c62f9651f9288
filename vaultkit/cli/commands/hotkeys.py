"""List the hotkeys that were set, as Obsidian's `hotkeys`."""

from __future__ import annotations

from typing import Any

import click

from vaultkit.cli.obsidian_cli import ObsidianWordCommand, open_vault, print_lines, total_option, vault_option
from vaultkit.query.obsidian_files import read_setting, texts_of


@click.command(cls=ObsidianWordCommand)
@vault_option
@total_option
@click.option("--verbose", is_flag=True, help="Include that each hotkey is custom.")
def command(vault: str | None, total: bool, verbose: bool) -> int:
    """List the hotkeys that were changed from Obsidian's own: the command, and its keys."""
    lines = []
    for name, keys in sorted(read_setting(open_vault(vault), "hotkeys.json").items()):
        shown = [_shown(one) for one in (keys if isinstance(keys, list) else []) if isinstance(one, dict)]
        lines.append(f"{name}\t{', '.join(shown)}" + ("\tcustom" if verbose else ""))
    print_lines(lines, total=total)
    return 0


def _shown(hotkey: dict[str, Any]) -> str:
    """Return the keys of a hotkey, as in ``Mod+Shift+K``; what is no text is left out."""
    return "+".join(texts_of([*texts_of(hotkey.get("modifiers")), hotkey.get("key")]))
