"""How CPU time grows when a trap doubles: growth_traps.py [--all] [--from N]; prints rows over 2.3 times, or all.

A trap is a vault that made an earlier version quadratic. Time is CPU seconds of the command less that of an empty vault.
Status 1 if a row is over 2.3 times and 0.3 seconds.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

LIMIT, NOISE = 2.3, 0.3
CHECK, CARDS, FIX = ("check", "--select", "ALL"), ("cards", "stats"), ("check", "--fix", "--unsafe-fixes", "--diff")
MAP, SUGGEST, STATS = ("map", "-o", "-"), ("suggest",), ("graph", "stats")
Trap = Callable[[int], dict[str, str]]


def note(text: Callable[[int], str]) -> Trap:
    return lambda n: {"a.md": text(n), "b.md": "# b\n"}


TRAPS: dict[str, tuple[int, Trap, tuple[tuple[str, ...], ...]]] = {
    "suppressions": (200, note(lambda n: "%% vaultkit-disable-next-line LK001 %%\n" * n), (CHECK,)),
    "clozes": (2000, note(lambda n: "#flashcards\n" + "==a== " * n), (CHECK, CARDS)),
    "numbered clozes": (1500, note(lambda n: "#flashcards\n" + " ".join(f"=={i};;a==" for i in range(n))), (CHECK,)),
    "a::b": (3000, note(lambda n: "#flashcards\n\n" + "a::b\n\n" * n), (CHECK, CARDS)),
    "## q #card": (3000, note(lambda n: "## q #card\n" * n), (CHECK, CARDS)),
    "headings and links": (1500, note(lambda n: "".join(f"# h{i}\n[[#h{i}]]\n" for i in range(n))), (CHECK,)),
    "comments of words": (2000, note(lambda n: "%% vaultkit-disable " + " ".join(f"w{i}" for i in range(n)) + " %%\n"), (CHECK,)),
    "fixable": (2500, note(lambda n: "![[b|30|30]] " * n), (FIX,)),
    "[[a ": (4000, note(lambda n: "[[a " * n), (CHECK, FIX)),
    "empty items": (4000, note(lambda n: "a\n-\n" * n), (CHECK,)),
    "$$": (8000, note(lambda n: "$$a\n" * n), (CHECK, ("metadata",))),
    "::": (15000, note(lambda n: "::" * n), (CHECK,)),
    "{{": (8000, note(lambda n: "{{" * n), (SUGGEST,)),
    "<% ": (8000, note(lambda n: "<% " * n), (SUGGEST,)),
    "![[": (8000, note(lambda n: "![[" * n), (SUGGEST,)),
    "tags of one note": (1500, note(lambda n: " ".join(f"#t{i}" for i in range(n))), (MAP, STATS)),
    "tag of many levels": (4000, note(lambda n: "#" + "a/" * n + "a\n"), (STATS, MAP)),
    "one name": (1500, lambda n: {f"d{i}/note.md": "[[note]]" for i in range(n)}, (CHECK, ("check", "--output-format", "json"))),
    "one alias": (1500, lambda n: {f"n{i}.md": "---\naliases: [x]\n---\n[[x]]" for i in range(n)}, (CHECK,)),
    "canvas": (2000, lambda n: {"c.canvas": json.dumps({"nodes": [{"id": str(i), "type": "file", "file": "a.md"} for i in range(n)]}), "a.md": ""}, (CHECK, STATS)),
    "ignore filters": (400, lambda n: {".obsidian/app.json": json.dumps({"userIgnoreFilters": [f"x{i}/" for i in range(n)]}), **{f"n{i}.md": "[[n1]]" for i in range(n * 5)}}, (MAP, SUGGEST)),
    "base": (300, lambda n: {"t.base": "filters:\n  and:\n" + "    - 'a > 1'\n" * n + "views:\n  - type: table\n    name: T\n"}, (CHECK,)),
    "quotes": (1500, note(lambda n: ">" * n + " x\n"), (CHECK,)),
    "yaml": (3000, note(lambda n: "---\n" + "".join(f"k{i}: [[x]]\n" for i in range(n)) + "---\n"), (CHECK, ("metadata",))),
}  # fmt: skip


def seconds(files: dict[str, str], words: tuple[str, ...]) -> tuple[float, int]:
    """CPU seconds of a command on a vault of these files, and its peak of memory in MB."""
    root = Path(tempfile.mkdtemp())
    try:
        (root / ".obsidian").mkdir()
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        environment = {**os.environ, "VAULTKIT_NO_CACHE": "1", "PYTHONPATH": str(Path(__file__).parents[2])}
        command = [sys.executable, "-m", "vaultkit", *words]
        with subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            _, process.returncode, used = os.wait4(process.pid, 0)
        return used.ru_utime + used.ru_stime, used.ru_maxrss // 1000
    finally:
        shutil.rmtree(root)


def main(words: list[str]) -> int:
    over = 0
    empty: dict[tuple[str, ...], float] = {}
    for name, (size, trap, commands) in TRAPS.items():
        for command in commands:
            if command not in empty:
                empty[command] = seconds({"a.md": ""}, command)[0]
            one = max(seconds(trap(size), command)[0] - empty[command], 0.01)
            two, memory = seconds(trap(2 * size), command)
            two -= empty[command]
            is_over = two / one > LIMIT and two > NOISE
            over += is_over
            if is_over or "--all" in words:
                mark = "  <-- over" if is_over else ""
                print(
                    f"{name:20} {' '.join(command):40} {one:6.2f} -> {two:6.2f} {two / one:5.1f} {memory:5} MB{mark}",
                    flush=True,
                )
    print(f"{over} rows over {LIMIT}")
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
