"""``python -m vaultkit``."""

from __future__ import annotations

from vaultkit.cli.entry_point import main

main()
