"""How CPU time grows when a trap doubles: growth_traps.py [--only TEXT] [--from N] [--all] [--bytes 400000]

A trap (trap_kinds.py) is a vault that is made to be slow. It grows until a command takes 0.08 s more than on an empty
vault, or until it is large; then twice as much is measured. Each run is a forked process in which vaultkit is loaded
already; time is its CPU seconds and those of its children, memory its peak. A suspicious row is measured again, and the
minimum counts. Status 1 if a row grows by more than 2.3 times, takes over 10 s or over 1 GB.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import shutil
import subprocess
import tempfile
from pathlib import Path

from trap_kinds import HOOK, MAP, TRAPS, Command, Files, Trap

import vaultkit
from vaultkit.cli.entry_point import run

LIMIT, NOISE = 2.3, 0.25
ENOUGH = 0.08  # seconds above an empty vault
MOST_SECONDS, MOST_MEGABYTES = 10.0, 1000


def load() -> None:
    """Import everything, so that a run does not pay for it."""
    for module in pkgutil.walk_packages(vaultkit.__path__, "vaultkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def write(root: Path, files: Files, command: Command) -> None:
    """Write the vault; for the hook also as a repository with everything staged."""
    (root / ".obsidian").mkdir()
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
    if command == HOOK:
        for words in (["init", "-q"], ["add", "-A"]):
            subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def measured(files: Files, command: Command) -> tuple[float, int, int]:
    """CPU seconds of a command on a vault of these files, its peak of memory in MB, and its exit status."""
    root = Path(tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
    try:
        write(root, files, command)
        words = [f"query={files.get('query.txt', 'a')}" if word == "query=@" else word for word in command]
        child = os.fork()
        if child == 0:
            os.chdir(root)
            nowhere = os.open(os.devnull, os.O_RDWR)
            for handle in (0, 1, 2):
                os.dup2(nowhere, handle)
            os._exit(run(words))
        _, status, used = os.wait4(child, 0)
        return used.ru_utime + used.ru_stime, used.ru_maxrss // 1000, os.waitstatus_to_exitcode(status)
    finally:
        shutil.rmtree(root)


def size_of(files: Files) -> int:
    return sum(len(text) for text in files.values())


def row(size: int, trap: Trap, command: Command, empty: float, most: int) -> tuple[int, float, float, int, str]:
    """The number that is large enough, its seconds, those of twice as much, the memory, and what is wrong."""
    number = size
    one = 0.0
    while True:
        files = trap(number)
        one, memory, status = measured(files, command)
        one -= empty
        if status not in (0, 1, 2):
            return number, one, one, memory, f"exit status {status}"
        if one >= ENOUGH or 2 * size_of(files) > most or (len(files) > 60 and len(files) > 5000):
            break
        number *= 2 if one > ENOUGH / 4 or 4 * size_of(files) > most else 4
    twice = trap(2 * number)
    two, memory, status = measured(twice, command)
    two -= empty
    for _ in range(3):
        if two <= NOISE or two <= LIMIT * one:
            break
        two = min(two, measured(twice, command)[0] - empty)
        one = min(one, measured(files, command)[0] - empty)
    wrong = ""
    if two > NOISE and two > LIMIT * max(one, 0.01):
        wrong = f"grows {two / max(one, 0.01):.1f} times"
    elif two + empty > MOST_SECONDS:
        wrong = "slow"
    elif memory > MOST_MEGABYTES:
        wrong = "large"
    elif status not in (0, 1, 2):
        wrong = f"exit status {status}"
    return number, one, two, memory, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="measure the traps whose names contain this")
    parser.add_argument("--from", type=int, default=0, dest="start", help="leave out so many traps")
    parser.add_argument("--command", default="", help="measure the commands that contain this")
    parser.add_argument("--bytes", type=int, default=400_000, help="how large a vault gets at most")
    parser.add_argument("--all", action="store_true", help="print every row")
    options = parser.parse_args()
    os.environ["VAULTKIT_NO_CACHE"] = "1"
    load()
    empty: dict[Command, float] = {}
    rows = wrong_rows = largest = 0
    slowest = 0.0
    for name, (size, trap, commands) in list(TRAPS.items())[options.start :]:
        if options.only not in name:
            continue
        for command in commands:
            if options.command not in " ".join(command):
                continue
            if command not in empty:
                empty[command] = min(measured({"a.md": ""}, command)[0] for _ in range(3))
            most = options.bytes // 2 if command == MAP else options.bytes
            number, one, two, memory, wrong = row(size, trap, command, empty[command], most)
            rows += 1
            slowest, largest = max(slowest, two), max(largest, memory)
            wrong_rows += bool(wrong)
            if wrong or options.all:
                times = f"{one:6.2f} -> {two:6.2f} {two / max(one, 0.01):5.1f}"
                print(f"{name:34.34} {' '.join(command):36.36} {number:8} {times} {memory:5} MB  {wrong}", flush=True)
    print(f"{len(TRAPS)} traps, {rows} rows, {wrong_rows} wrong; slowest {slowest:.1f} s, largest {largest} MB")
    return 1 if wrong_rows else 0


if __name__ == "__main__":
    raise SystemExit(main())
