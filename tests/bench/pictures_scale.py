"""One thousand pictures read by the real command: seconds, memory, and the second run.

Needs the extra [ocr] and the fonts of `pictures_drawn`::

    python tests/bench/pictures_scale.py [--count 1000] [--jobs 2] [--engine rapidocr]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pictures_drawn import drawn

HOSTILE = 10


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--engine", default="rapidocr")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        write_vault(vault, options.count)
        os.environ["VAULTKIT_CACHE_DIR"] = str(Path(folder) / "cache")
        words = ["pictures", "--vault", str(vault), "--jobs", str(options.jobs), "--engine", options.engine, "--json"]
        for name in ("first run", "second run", "third run"):
            seconds, memory, answer = measured(words)
            print(
                f"{name}: {seconds:.2f} s, {1000 * seconds / options.count:.0f} ms a picture, "
                f"{memory:.0f} MB in all processes; read {answer['read']}, with text {answer['with_text']}, "
                f"skipped {len(answer['skipped'])}",
                flush=True,
            )
        reasons = sorted({row["reason"] for row in answer["skipped"]})
        print("skipped because:", *reasons, sep="\n  ")
        size = sum(file.stat().st_size for file in Path(folder, "cache").rglob("*") if file.is_file())
        print(f"cache: {size / 1e6:.1f} MB")


def write_vault(vault: Path, count: int) -> None:
    """Pictures of all kinds, all different, and some that are hostile."""
    (vault / ".obsidian").mkdir(parents=True)
    pick = random.Random(3)
    seed = written = 0
    while written < count - HOSTILE:
        for one in drawn(seed):
            if written < count - HOSTILE:
                (vault / f"{written:04}.png").write_bytes(one.data)
                written += 1
        seed += 1
    for at in range(HOSTILE):
        data = (vault / f"{at:04}.png").read_bytes()
        bad = (data[: len(data) // 2], pick.randbytes(5000), b"", data[:16] + b"\x7f\xff\xff\xff" * 2 + data[24:])[
            at % 4
        ]
        (vault / f"hostile {at}.png").write_bytes(bad)


def measured(words: list[str]) -> tuple[float, float, dict[str, object]]:
    """Seconds, highest sum of the proportional memory of all its processes in MB, answer."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "vaultkit", *words], stdout=subprocess.PIPE)
    highest = 0.0
    while process.poll() is None:
        highest = max(highest, sum(map(memory_of, family(process.pid))))
        time.sleep(0.05 if time.perf_counter() - started < 2 else 1)
    seconds = time.perf_counter() - started
    assert process.stdout is not None
    return seconds, highest, json.loads(process.stdout.read())


def family(root: int) -> list[int]:
    found = [root]
    for one in found:
        try:
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue
    return found


def memory_of(process: int) -> float:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


if __name__ == "__main__":
    main()
