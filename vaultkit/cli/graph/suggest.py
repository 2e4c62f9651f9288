"""Suggest missing links: `vaultkit suggest`, and notes that share neighbours without a link."""

from __future__ import annotations

from vaultkit.cli.commands.suggest import suggest_command

command = suggest_command(near=True)
