"""Move every note of a vault in turn, in memory, and back: are all links kept, and are the files the same again?

python tests/bench/move_every_note.py VAULT [rename|folder]
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter

from vaultkit.refactor.plan import plan_move
from vaultkit.refactor.renaming import renaming
from vaultkit.vault.load import update
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import load_vault


def moved(vault: Snapshot, data: dict[str, bytes], old: str, new: str) -> tuple[Snapshot, dict[str, bytes], int]:
    wanted = renaming(vault, old, new)
    move = plan_move(vault, wanted, data.__getitem__)
    after = {dict(wanted.pairs).get(path, path): content for path, content in data.items()}
    after |= {rewrite.new_path: rewrite.after for rewrite in move.rewrites}
    changed = {rewrite.new_path: rewrite.after for rewrite in move.rewrites}
    changed |= {new_path: after[new_path] for _, new_path in wanted.pairs}
    return update(vault, changed, [path for path, _ in wanted.pairs]), after, len(move.links)


def table(vault: Snapshot, names: dict[str, str]) -> dict[str, dict[str, int]]:
    return {
        names.get(source, source): {names.get(target, target): count for target, count in sorted(targets.items())}
        for source, targets in sorted(vault.resolved.items())
    }


def main(root: str, how: str) -> None:
    vault = load_vault(root)
    data = {}
    for path in vault.files:
        with open(os.path.join(root, path), "rb") as file:
            data[path] = file.read()
    results: Counter[str] = Counter()
    started = time.perf_counter()
    for path in list(vault.notes):
        name = path.rpartition("/")[2]
        new = f"Zz moved/deep/below/here/{name}" if how == "folder" else path[:-3] + " zz.md"
        there, files, links = moved(vault, data, path, new)
        results["moves"] += 1
        results["links rewritten"] += links
        before, after = table(vault, {path: new}), table(there, {})
        if before != {key: after[key] for key in before}:
            results["tables differ"] += 1
            print("tables differ:", path)
        _, again, _ = moved(there, files, new, path)
        if again != data:
            results["not the same bytes"] += 1
            for one in data:
                if data[one] != again.get(one):
                    was, now = data[one].decode().split("\n"), again[one].decode().split("\n")
                    print(f"not the same: {path}: {one}:", *[f"{a!r} -> {b!r}" for a, b in zip(was, now) if a != b][:2])
    print(root, how, dict(results), f"{time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "rename")
