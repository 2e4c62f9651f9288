"""Rename random headings, blocks and tags of a vault in memory, there and back.

Counts links that are lost, and compares the bytes after the way back with the bytes before.

python tests/bench/rename_random.py VAULT [--renames 5000] [--seed 1] [--seconds 600]
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

from vaultkit.base.errors import VaultkitError
from vaultkit.base.text import decode
from vaultkit.refactor.places import heading_span, plan_rename_block, plan_rename_heading
from vaultkit.refactor.plan import MovePlan
from vaultkit.refactor.tags import plan_rename_tag
from vaultkit.vault.load import update
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace

Place = tuple[str | None, str, int]


def places(vault: Snapshot, paths: set[str] | None = None) -> dict[str, list[Place]]:
    """Note -> (file, kind of place, its number among those of the file) of each of its links."""
    found: dict[str, list[Place]] = {}
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


Plan = Callable[[Snapshot, Callable[[str], bytes]], MovePlan]


def random_plans(random_: random.Random, vault: Snapshot, number: int) -> tuple[str, Plan, Plan] | None:
    """What is renamed, how to plan that, and how to plan the way back; None where nothing can be renamed."""
    path = random_.choice(list(vault.notes))
    note = vault.notes[path]
    kinds = [
        kind for kind, things in (("heading", note.headings), ("block", note.blocks), ("tag", note.tags)) if things
    ]
    if not kinds:
        return None
    kind = random_.choice(kinds)
    if kind == "heading":
        index = random_.randrange(len(note.headings))
        new = random_.choice([f"Renamed {number}", f"It: {number} (new)", f"Über {number}"])
        text = decode(vault.read_bytes(path)).text
        start, end = heading_span(note, text, index)
        return (
            kind,
            lambda one, read: plan_rename_heading(one, path, index, new, read),
            lambda one, read: plan_rename_heading(one, path, index, text[start:end], read),
        )
    if kind == "block":
        old, new = random_.choice(note.blocks).id, f"id-{number}"
        return (
            kind,
            lambda one, read: plan_rename_block(one, path, old, new, read),
            lambda one, read: plan_rename_block(one, path, new, old, read),
        )
    old, new = random_.choice(note.tags).tag, f"renamed-{number}"
    return (
        kind,
        lambda one, read: plan_rename_tag(one, old, new, read),
        lambda one, read: plan_rename_tag(one, new, old, read),
    )


def way_back(vault: Snapshot, there: MovePlan, after: Snapshot, plan: Plan) -> list[tuple[str, str, str]]:
    """(path, line before, line after) of each line that the way back leaves different."""
    texts = {one.path: one.after for one in there.rewrites}
    back = plan(after, lambda path: texts[path] if path in texts else vault.read_bytes(path))
    texts |= {one.path: one.after for one in back.rewrites}
    found = []
    for path, text in texts.items():
        before = vault.read_bytes(path)
        if text != before:
            lines = zip_longest(before.decode().splitlines(), text.decode().splitlines(), fillvalue="")
            found += [(path, old, new) for old, new in lines if old != new]
    return found


def lost_links(vault: Snapshot, before: dict[str, list[Place]], after: Snapshot, plan: MovePlan) -> int:
    """The number of links that open something else. A link that opened nothing may open the new place."""
    written = {one.path for one in plan.rewrites}
    touched = written | {path for path in before if any(target in written for target, _, _ in before[path])}
    now = places(after, touched & set(vault.notes))
    return sum(
        old != new and old[1] != "missing"
        for path, links in now.items()
        for old, new in zip(before[path], links, strict=True)
    )


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
    lost = different = number = 0
    lines: Counter[tuple[str, str, str, str]] = Counter()
    until = time.monotonic() + options.seconds
    while done["heading"] + done["block"] + done["tag"] < options.renames and time.monotonic() < until:
        number += 1
        try:
            plans = random_plans(random_, vault, number)
            if plans is None:
                continue
            kind, there, back = plans
            plan = there(vault, vault.read_bytes)
        except VaultkitError:
            done["refused"] += 1
            continue
        after = update(vault, {one.path: one.after for one in plan.rewrites})
        lost += lost_links(vault, before, after, plan)
        done[kind] += 1
        try:
            changed = way_back(vault, plan, after, back)
        except VaultkitError as error:
            changed = [(str(error), "", "")]
        different += bool(changed)
        lines.update((kind, *line) for line in changed)
    print(f"{options.vault}: {dict(done)}; {lost} links lost; {different} of the ways back differ in bytes")
    for (kind, path, old, new), count in lines.most_common():
        print(f"  {count} x {kind} {path}: {old!r} -> {new!r}")


if __name__ == "__main__":
    main()
