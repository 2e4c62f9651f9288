"""Draw the terminal picture of the README from what `vaultkit check` really prints.

    pip install rich
    python tests/sample/draw_terminal.py

Writes .github/pictures/check.svg.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / ".github" / "pictures" / "check.svg"
NOTES = ["Concepts", "Journal/2024-04-15 Data and parallelism talk.md", "Training/Weight decay.md"]
COLUMNS = 104
PAPER = TerminalTheme(
    (24, 26, 33),
    (214, 219, 229),
    [(60, 66, 80), (240, 113, 120), (149, 201, 122), (229, 192, 123),
     (110, 170, 240), (198, 140, 220), (100, 190, 200), (200, 206, 218)],
    [(110, 118, 136), (255, 130, 138), (170, 220, 140), (245, 208, 140),
     (140, 190, 250), (215, 165, 235), (130, 210, 218), (240, 243, 248)],
)  # fmt: skip


def main() -> None:
    """Run the command with colours and draw what it says."""
    environment = {**os.environ, "COLUMNS": str(COLUMNS)}
    paths = [str(ROOT / "vault" / note) for note in NOTES]
    command = [sys.executable, "-m", "vaultkit", "check", *paths, "--output-format", "full", "--color", "always"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    if done.returncode != 1:
        sys.exit(f"vaultkit check left with {done.returncode}: {done.stderr}")
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi("\x1b[32m$\x1b[0m vaultkit check"))
    console.print(Text.from_ansi(f"{done.stdout.rstrip()}\n\n{done.stderr.rstrip()}"))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(console.export_svg(title="vaultkit check", theme=PAPER), encoding="utf-8")


if __name__ == "__main__":
    main()
