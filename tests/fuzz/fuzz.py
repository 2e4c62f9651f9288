"""Fuzz every reader for as long as asked: fuzz.py [--minutes 10] [--seed 1] [--target NAME …] [--atheris]

Each input is a document of one kind (targets.py), changed at random (mutate.py), in a vault that a command reads.
A fault is an exit status other than 0, 1 and 2, a traceback, or more than 10 seconds. New faults, one for each place in
the code, are written to tests/fuzz/found/, where the test suite tries them again. --atheris lets coverage choose the
inputs, for one target; `pip install atheris`. Prints counts; status 1 if something was found.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from mutate import mutated
from targets import fault, targets

FOUND = Path(__file__).parent / "found"


def kind_of(text: str) -> str:
    """What makes two faults the same: the last place of ours in the traceback, and the exception."""
    places = re.findall(r'File "[^"]*?(vaultkit/[^"]+)", line \d+, in (\S+)', text)
    last = text.strip().rsplit("\n", 1)[-1].partition(":")[0]
    return f"{places[-1] if places else ''} {last}"


def keep(name: str, words: tuple[str, ...], data: bytes, text: str) -> None:
    """Write a found input, its command in its name's folder."""
    key = hashlib.blake2b(data + repr(words).encode(), digest_size=5).hexdigest()
    folder = FOUND / name.replace(" ", "_").replace("/", "_")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{key}.input").write_bytes(data)
    (folder / f"{key}.command").write_text("\n".join(words) + "\n", encoding="utf-8")
    print(f"{name}: {' '.join(words)}: {key}\n{text[-1500:]}\n", flush=True)


def fuzz(names: list[str], seconds: float, seed: int) -> int:
    """Try random inputs until the time is over; the number of kinds of faults."""
    rng = random.Random(seed)
    seen: set[str] = set()
    counts: Counter[str] = Counter()
    pools = {name: [targets()[name].seed] for name in names}
    until = time.monotonic() + seconds
    last = 0.0
    while time.monotonic() < until:
        name = rng.choice(names)
        target = targets()[name]
        pool = pools[name]
        data = mutated(rng.choice(pool), target.kind, rng)
        if len(pool) < 60 and rng.random() < 0.02:
            pool.append(data)  # changes add up
        words = rng.choice(target.commands)
        text = fault(name, data, words)
        counts[name] += 1
        if text and kind_of(text) not in seen:
            seen.add(kind_of(text))
            last = seconds - (until - time.monotonic())
            keep(name, words, data, text)
    print(
        f"{sum(counts.values()):,} commands in {seconds:.0f} s, {len(seen)} kinds of faults, the last after {last:.0f} s"
    )
    print(", ".join(f"{name} {count:,}" for name, count in counts.most_common()))
    return len(seen)


def fuzz_by_coverage(name: str, seconds: float, seed: int) -> None:
    """The same with atheris, which keeps inputs that reach new code."""
    import atheris

    target = targets()[name]
    with atheris.instrument_imports(include=["vaultkit"]):
        for module in [module for module in sys.modules if module.startswith("vaultkit")]:
            del sys.modules[module]
        import targets as instrumented

    def mutate(data: bytes, limit: int, number: int) -> bytes:
        return mutated(data or target.seed, target.kind, random.Random(number))[:limit]

    def one(data: bytes) -> None:
        words = target.commands[sum(data[:64]) % len(target.commands)]
        text = instrumented.fault(name, data, words)
        if text:
            keep(name, words, data, text)
            raise RuntimeError(kind_of(text))

    folder = tempfile.mkdtemp()
    (Path(folder) / "seed").write_bytes(target.seed)
    options = [
        sys.argv[0],
        folder,
        f"-max_total_time={seconds:.0f}",
        f"-seed={seed}",
        "-max_len=200000",
        "-print_final_stats=1",
    ]
    atheris.Setup(options, one, custom_mutator=mutate)
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", action="append")
    parser.add_argument("--atheris", action="store_true")
    words = parser.parse_args()
    os.environ["VAULTKIT_NO_CACHE"] = "1"
    names = words.target or list(targets())
    if words.atheris:
        fuzz_by_coverage(names[0], words.minutes * 60, words.seed)
        return 0
    return 1 if fuzz(names, words.minutes * 60, words.seed) else 0


if __name__ == "__main__":
    raise SystemExit(main())
