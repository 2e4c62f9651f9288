"""Whole-process time of `vaultkit graph stats` against obsidiantools on the same vault, taking turns.

    python tests/bench/graph_speed.py VAULT [--peer PYTHON]

PYTHON has obsidiantools installed. The first run of vaultkit keeps its graph and is not counted; "warm"
finds it unchanged, "cold" reads every note (VAULTKIT_NO_CACHE). obsidiantools runs twice, as it is slow.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from check_speed import OBSIDIANTOOLS, show

RUNS = 4


def seconds(command: list[str], **more: str) -> float:
    """Wall seconds of one run, which must succeed."""
    started = time.perf_counter()
    subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **more}, check=True
    )
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--peer", default=sys.executable)
    options = parser.parse_args()
    warm: list[float] = []
    cold: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        # obsidiantools stops with a KeyError at a canvas without nodes, so the copy has none.
        copy = Path(folder) / "vault"
        shutil.copytree(options.vault, copy, ignore=shutil.ignore_patterns("*.canvas"))
        time.sleep(2.5)  # what was just written is not kept
        ours = [shutil.which("vaultkit") or "vaultkit", "graph", "stats", "--vault", str(copy)]
        seconds(ours)
        for _ in range(2):
            for _ in range(RUNS):
                warm.append(seconds(ours))
                cold.append(seconds(ours, VAULTKIT_NO_CACHE="1"))
            theirs.append(seconds([options.peer, "-c", OBSIDIANTOOLS, str(copy)]))
    for name, times in (("warm", warm), ("cold", cold), ("obsidiantools", theirs)):
        show(name, times)
    peer = statistics.median(theirs)
    print(
        f"obsidiantools / vaultkit: warm {peer / statistics.median(warm):.0f}, cold {peer / statistics.median(cold):.0f}"
    )


if __name__ == "__main__":
    main()
