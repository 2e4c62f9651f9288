"""Print the completion script for a shell."""

from __future__ import annotations

import sys

import click

from vaultkit.cli.shells import SHELLS, script


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the completion script for SHELL. It completes commands, options, rules and names of notes.

    \b
    bash:        eval "$(vaultkit completion bash)"          in ~/.bashrc
    zsh:         eval "$(vaultkit completion zsh)"           in ~/.zshrc
    fish:        vaultkit completion fish | source           in ~/.config/fish/config.fish
    powershell:  vaultkit completion powershell | Out-String | Invoke-Expression   in $PROFILE
    """
    from vaultkit.cli.app import group

    sys.stdout.write(script(shell, group).rstrip("\n") + "\n")
