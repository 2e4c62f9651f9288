"""Processor time of a check after an edit of one note in a process that has the vault, which is what an editor uses.

    python tests/bench/vault_generator.py FOLDER --notes 10000
    python tests/bench/edit_speed.py FOLDER [--edits 1000]

Prints for each kind of edit the median, the 99th of 100 and the worst, in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from pathlib import Path

from vaultkit.lint.live_check import LiveCheck
from vaultkit.lint.plan import plan_of
from vaultkit.vault.workspace import Workspace

KINDS = ("a line of prose", "more words in a line", "a link and a link to nothing", "a heading")


def edited(random_: random.Random, text: str, kind: int, names: list[str]) -> str:
    """The text after one edit."""
    lines = text.split("\n")
    at = random_.randrange(len(lines))
    if kind == 0:
        lines.insert(at, "A new line of prose.")
    elif kind == 1:
        lines[at] += " more words"
    elif kind == 2:
        lines.insert(at, f"See [[{random_.choice(names)}]] and [[nowhere {random_.randrange(50)}]]")
    else:
        lines.insert(at, f"## Heading {random_.randrange(1000)}")
    return "\n".join(lines)


def main() -> None:
    """Read the arguments, edit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--edits", type=int, default=1000)
    wanted = parser.parse_args()
    workspace = Workspace.open(wanted.folder)
    started = time.process_time()
    live = LiveCheck.start(workspace, plan_of(workspace.config))
    paths = list(live.snapshot.notes)
    print(f"start {time.process_time() - started:.2f} s, {len(paths)} notes")
    names = [os.path.basename(path)[:-3] for path in paths]
    random_ = random.Random(1)
    times: dict[int, list[float]] = {}
    for _ in range(wanted.edits):
        path, kind = random_.choice(paths), random_.randrange(len(KINDS))
        data = edited(random_, live.snapshot.text(path), kind, names).encode()
        started = time.process_time()
        live = live.with_changes({path: data})
        live.report(path.__eq__)
        times.setdefault(kind, []).append(1000 * (time.process_time() - started))
    for kind, values in sorted(times.items()):
        values.sort()
        late = values[int(len(values) * 0.99)]
        print(f"{KINDS[kind]:30} median {statistics.median(values):6.1f}  99th {late:6.1f}  worst {values[-1]:6.1f} ms")


if __name__ == "__main__":
    main()
