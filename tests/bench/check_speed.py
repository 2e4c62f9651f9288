"""Whole-process time of `vaultkit check` against peers on the same vault, in one run.

    python tests/bench/check_speed.py VAULT [--runs 9] [--skip-obsidiantools]

Needs `pip install rumdl obsidiantools` beside vaultkit. The commands take turns, so that a machine
whose speed drifts is fair to all; medians and ratios are what to quote. obsidiantools is a library:
its documented start, ``Vault(folder).connect().gather()``, is timed, and only once, as it is slow.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OBSIDIANTOOLS = "import sys, pathlib, obsidiantools.api as api; api.Vault(pathlib.Path(sys.argv[1])).connect().gather()"


def seconds(command: list[str], statuses: tuple[int, ...] = (0, 1)) -> float:
    """Wall seconds of one run; output is thrown away, a status that is not expected ends the benchmark."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    started = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, check=False)
    if done.returncode not in statuses:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
    return time.perf_counter() - started


def show(name: str, times: list[float]) -> None:
    print(f"{name:<14} min {min(times):7.3f} s   median {statistics.median(times):7.3f} s   max {max(times):7.3f} s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--skip-obsidiantools", action="store_true")
    options = parser.parse_args()
    vault = str(options.vault.resolve())
    notes = sum(1 for _ in options.vault.rglob("*.md"))
    compileall.compile_dir(str(Path(__file__).parents[2] / "vaultkit"), quiet=1)  # as an installer does
    vaultkit = [shutil.which("vaultkit") or "vaultkit", "check", "--vault", vault, "--quiet"]
    cold = [*vaultkit, "--no-cache"]
    rumdl = [shutil.which("rumdl") or "rumdl", "check", "--no-cache", "--flavor", "obsidian", vault]
    ours: list[float] = []
    ours_cold: list[float] = []
    theirs: list[float] = []
    for turn in range(options.runs + 1):
        mine, mine_cold, other = seconds(vaultkit), seconds(cold), seconds(rumdl)
        if turn:  # the first turn warms the disk's cache and vaultkit's own
            ours.append(mine)
            ours_cold.append(mine_cold)
            theirs.append(other)
    print(f"{notes} notes, {options.runs} runs, taking turns; whole processes, wall time")
    show("vaultkit", ours)
    show("  --no-cache", ours_cold)
    show("rumdl", theirs)
    for name, times in (("vaultkit", ours), ("vaultkit --no-cache", ours_cold)):
        ratio = statistics.median(mine / other for mine, other in zip(times, theirs, strict=True))
        print(f"{name} / rumdl: {ratio:.2f} (median of pairs)")
    if not options.skip_obsidiantools:
        with tempfile.TemporaryDirectory() as folder:
            # obsidiantools stops with a KeyError at a canvas without nodes, so it gets none.
            copy = Path(folder) / "vault"
            shutil.copytree(vault, copy, ignore=shutil.ignore_patterns("*.canvas"))
            slow = seconds([sys.executable, "-c", OBSIDIANTOOLS, str(copy)], statuses=(0,))
        show("obsidiantools", [slow])
        print(f"obsidiantools / vaultkit: {slow / statistics.median(ours):.0f}")


if __name__ == "__main__":
    main()
