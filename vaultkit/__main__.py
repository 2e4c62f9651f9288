"""``python -m vaultkit``."""

from __future__ import annotations

from vaultkit.cli.start import main

main()
