"""Rename random headings, blocks and tags of a vault in memory, and count links that are lost.

python tests/bench/rename_random.py VAULT [--renames 5000] [--seed 1] [--seconds 600]
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from vaultkit.base.errors import VaultkitError
from vaultkit.refactor.places import plan_rename_block, plan_rename_heading
from vaultkit.refactor.plan import MovePlan
from vaultkit.refactor.tags import plan_rename_tag
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace


def places(vault: Snapshot, paths: set[str] | None = None) -> dict[str, list[tuple[str | None, str, int]]]:
    """Note -> (file, kind of place, its number among those of the file) of each of its links."""
    found: dict[str, list[tuple[str | None, str, int]]] = {}
    for path in vault.notes if paths is None else paths:
        found[path] = []
        for bound in vault.links_of(path):
            kind, number = "", -1
            if bound.target is not None and bound.target in vault.notes:
                place = vault.place(bound.target, bound.link.subpath)
                note = vault.notes[bound.target]
                kind = place.kind
                if kind == "heading":
                    number = next(index for index, one in enumerate(note.headings) if one.start == place.start)
                elif kind == "block":
                    number = next(index for index, one in enumerate(note.blocks) if one.caret == place.start)
            found[path].append((bound.target, kind, number))
    return found


def random_plan(random_: random.Random, vault: Snapshot, number: int) -> tuple[MovePlan | None, str]:
    """A plan, and what it renames; None where nothing can be renamed."""
    path = random_.choice(list(vault.notes))
    note = vault.notes[path]
    kinds = [
        kind for kind, things in (("heading", note.headings), ("block", note.blocks), ("tag", note.tags)) if things
    ]
    if not kinds:
        return None, ""
    kind = random_.choice(kinds)
    if kind == "heading":
        index = random_.randrange(len(note.headings))
        new = random_.choice([f"Renamed {number}", f"It: {number} (new)", f"Über {number}"])
        return plan_rename_heading(vault, path, index, new, vault.read_bytes), kind
    if kind == "block":
        return plan_rename_block(vault, path, random_.choice(note.blocks).id, f"id-{number}", vault.read_bytes), kind
    return plan_rename_tag(vault, random_.choice(note.tags).tag, f"renamed-{number}", vault.read_bytes), kind


def main() -> None:
    """Run what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--renames", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=600)
    options = parser.parse_args()
    random_ = random.Random(options.seed)
    vault = Workspace.open(options.vault, has_store=False).snapshot()
    before = places(vault)
    done: Counter[str] = Counter()
    lost = 0
    until = time.monotonic() + options.seconds
    number = 0
    while sum(done.values()) < options.renames and time.monotonic() < until:
        number += 1
        try:
            plan, kind = random_plan(random_, vault, number)
        except VaultkitError:
            done["refused"] += 1
            continue
        if plan is None:
            continue
        from vaultkit.vault.load import update

        after = update(vault, {one.path: one.after for one in plan.rewrites})
        touched = {one.path for one in plan.rewrites} | {
            path
            for path in before
            if any(target in {one.path for one in plan.rewrites} for target, _, _ in before[path])
        }
        now = places(after, touched & set(vault.notes))
        # A link that opened nothing may open the new place; every other one must open what it opened.
        lost += sum(
            old != new and old[1] != "missing"
            for path, links in now.items()
            for old, new in zip(before[path], links, strict=True)
        )
        done[kind] += 1
    print(f"{options.vault}: {dict(done)}; {lost} links lost")


if __name__ == "__main__":
    main()
