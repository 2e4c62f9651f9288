"""Processor time of reading every note of a vault: this checkout's parser against another checkout's.

    python tests/bench/parser_speed.py OTHER VAULT [VAULT ...] [--rounds 15]

OTHER is the root of a checkout. A child process of each checkout holds the notes in memory and they
take turns, one round each, so that a machine whose speed drifts is fair to both. The minimum of each
is what to quote, and the ratio of the two.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

CHILD = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from vaultkit.note.parse import parse_note
notes = [path.read_bytes() for path in sorted(Path(sys.argv[2]).rglob("*.md")) if path.is_file()]
print(len(notes), sum(map(len, notes)), flush=True)
for _ in sys.stdin:
    started = time.process_time()
    for note in notes:
        parse_note(note)
    print(time.process_time() - started, flush=True)
"""


class Parser:
    """A child process that reads the notes of a vault with one checkout's parser, once when told to."""

    def __init__(self, checkout: Path, vault: Path) -> None:
        command = [sys.executable, "-c", CHILD, str(checkout.resolve()), str(vault.resolve())]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.notes, self.size = map(int, self._line().split())
        self.times: list[float] = []

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"the parser ended with status {self.process.wait()}")
        return line

    def run(self) -> None:
        """Read all notes once and keep the time."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.times.append(float(self._line()))

    def close(self) -> float:
        """End the process and return its shortest time."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
        return min(self.times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path)
    parser.add_argument("vaults", type=Path, nargs="+", metavar="vault")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    here = Path(__file__).parents[2]
    for vault in options.vaults:
        mine, other = Parser(here, vault), Parser(options.other, vault)
        for _ in range(options.rounds):
            mine.run()
            other.run()
        this, that = mine.close(), other.close()
        print(f"{vault.name}: {mine.notes} notes, {mine.size / 1e6:.1f} MB, minimum of {options.rounds} rounds each")
        print(f"  this checkout {this:.3f} s ({mine.size / 1e6 / this:.1f} MB/s), other {that:.3f} s")
        print(f"  other / this: {that / this:.2f}")


if __name__ == "__main__":
    main()
