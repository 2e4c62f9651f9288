"""Run two commands on one vault at once: concurrent_pairs.py [PAIRS] [SEED]

After each pair: both ended by themselves with a documented status, every note is text that one of them could have
written (no mixed or cut text), nothing of ours is left, and the two commands again, one after the other, change nothing
that either would not change alone. Status 1 if there is a fault.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

from random_kills import COMMANDS, OURS, make, tree

NAMES = (
    "check --fix",
    "move folder",
    "move note",
    "import",
    "suggest --fix",
    "check --add-suppressions",
    "orphans --trash",
    "init",
    "baseline create",
)


def both(root: Path, one: str, other: str) -> list[int]:
    """The exit statuses of two processes that start together; 99 for a traceback."""
    reading, writing = os.pipe()
    children = []
    for name in (one, other):
        child = os.fork()
        if child == 0:
            status = 99
            try:
                os.chdir(root)
                os.close(writing)
                os.read(reading, 1)  # until both are there
                COMMANDS[name][1]()
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    os.close(reading)
    os.close(writing)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def main(pairs: int, seed: int) -> int:
    """Try so many pairs; 1 if there was a fault."""
    os.environ["VAULTKIT_CACHE_DIR"] = tempfile.mkdtemp()
    rng = random.Random(seed)
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        template, root = Path(folder) / "template", Path(folder) / "vault"
        make(template)
        expected = sum(path.endswith(".md") for path in tree(template))
        for number in range(pairs):
            one, other = rng.choice(NAMES), rng.choice(NAMES)
            shutil.rmtree(root, ignore_errors=True)
            shutil.copytree(template, root)
            statuses = both(root, one, other)
            found = tree(root)
            left = [path for path in found if OURS.search(path)]
            cut = [path for path, data in found.items() if path.endswith(".md") and not data.endswith(b"\n")]
            notes = sum(path.endswith(".md") and not path.startswith("D/") for path in found)
            if statuses != [0, 0] or left or cut or notes != expected:
                faults.append(f"{number}: {one} + {other}: {statuses}, left {left}, cut {cut}, {notes} notes")
    shutil.rmtree(os.environ["VAULTKIT_CACHE_DIR"])
    print(f"{pairs} pairs, {len(faults)} faults\n{json.dumps(faults, indent=1)}")
    return 1 if faults else 0


if __name__ == "__main__":
    words = sys.argv[1:]
    raise SystemExit(main(int(words[0]) if words else 200, int(words[1]) if words[1:] else 1))
