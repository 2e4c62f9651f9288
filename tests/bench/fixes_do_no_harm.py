"""Fix copies of vaults, safely and then unsafely: does every link open what it opened, is every web link still there?

python tests/bench/fixes_do_no_harm.py VAULT [VAULT …] [--sample NUMBER] [--seed NUMBER]

Prints a line per vault and way of fixing. With --sample, prints so many edits, drawn at random over vaults and rules,
to be judged by hand. Exits with 1 when a link or web link was lost.
"""

from __future__ import annotations

import argparse
import difflib
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from vaultkit.cli.entry_point import run
from vaultkit.config import Config
from vaultkit.lint.check import read_for_check
from vaultkit.lint.fix import fix_vault
from vaultkit.lint.fixed import Choice, Fixed
from vaultkit.lint.plan import plan_of
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace, load_vault

Pair = tuple[str, str]


def external(vault: Snapshot) -> Counter[str]:
    return Counter(link.destination for note in vault.notes.values() for link in note.external_links)


def resolved(vault: Snapshot, names: dict[str, str]) -> Counter[Pair]:
    return Counter(
        {
            (names.get(source, source), names.get(target, target)): count
            for source, targets in vault.resolved.items()
            for target, count in targets.items()
        }
    )


def places(vault: Snapshot, names: dict[str, str]) -> Counter[Pair]:
    """Links that open a heading, block or footnote."""
    found: Counter[Pair] = Counter()
    for path, bound in vault.written_links():
        target = bound.target
        if target is not None and vault.place(target, bound.link.subpath).kind in ("heading", "block", "footnote"):
            found[names.get(path, path), names.get(target, target)] += 1
    return found


def fixed_in_memory(root: Path, *, with_unsafe: bool) -> Fixed:
    config = Config(preset="strict")
    plan = plan_of(config)
    vault, answers = read_for_check(Workspace(root, config), plan)
    return fix_vault(vault, plan, answers, Choice(with_unsafe=with_unsafe), lambda path: (root / path).read_bytes())


def edits(name: str, fixed: Fixed, *, is_safe: bool) -> list[tuple[str, str]]:
    """(rule, the lines before and after) of each hunk that was changed, with the rules of the file."""
    codes: dict[str, set[str]] = {}
    for applied in fixed.applied:
        if applied.is_safe == is_safe:
            codes.setdefault(applied.path, set()).add(f"{applied.code} {applied.title}")
    found = []
    for change in fixed.changes:
        before, after = (data.decode(errors="replace").splitlines() for data in (change.before, change.after))
        hunk: list[str] = []
        for line in [*difflib.unified_diff(before, after, n=1, lineterm=""), "@@"][2:]:
            if line.startswith("@@"):
                if hunk:
                    found.append((" / ".join(sorted(codes.get(change.path, ()))), "\n".join(hunk)))
                hunk = [f"{name}/{change.path} {line}"]
            else:
                hunk.append(line)
    return [(code, text) for code, text in found if code]


def measure(vault: Path, copy: Path, flag: str) -> tuple[str, int, Fixed]:
    """One way of fixing one copy, by the command."""
    before = load_vault(copy)
    fixed = fixed_in_memory(copy, with_unsafe=flag == "--unsafe-fixes")
    run(["check", "--vault", str(copy), "--isolated", "--preset", "strict", "--fix-only", flag, "--no-cache", "-q"])
    after, names = load_vault(copy), dict(fixed.moves)
    lost = resolved(before, names) - resolved(after, {})
    # A copy of a card that is taken out takes its links along; what it opened must be opened by the note still.
    gone = [pair for pair in lost if pair not in resolved(after, {})]
    gone_places = [pair for pair in places(before, names) if pair not in places(after, {})]
    web = external(before) - external(after)
    new_web = external(after) - external(before)
    harm = len(gone) + len(gone_places) + web.total()
    line = (
        f"{vault.parent.name + '/' + vault.name:50} {flag:16} fixes {len(fixed.applied):5}  refused {len(fixed.dropped):3}  "
        f"links lost {len(gone)}  fewer {lost.total()}  places lost {len(gone_places)}  web lost {web.total()} "
        f"new {new_web.total()}  unresolved {sum(map(len, before.unresolved.values()))} -> "
        f"{sum(map(len, after.unresolved.values()))}"
    )
    for entry in (*gone, *gone_places, *web):
        line += f"\n    lost: {entry}"
    return line, harm, fixed


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("vaults", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    harm = 0
    drawn: dict[str, list[tuple[str, str]]] = {"safe": [], "unsafe": []}
    for vault in words.vaults:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / vault.name
            shutil.copytree(vault, copy, symlinks=True)
            for flag in ("--fix", "--unsafe-fixes"):
                line, found, fixed = measure(vault, copy, flag)
                print(line, flush=True)
                harm += found
                drawn["safe"] += edits(vault.parent.name, fixed, is_safe=True)
                if flag == "--unsafe-fixes":
                    drawn["unsafe"] += edits(vault.parent.name, fixed, is_safe=False)
    if words.sample:
        chosen = random.Random(words.seed)
        for kind, entries in drawn.items():
            by_rule: dict[str, list[str]] = {}
            for code, text in entries:
                by_rule.setdefault(code.partition(" ")[0], []).append(f"[{kind}] {code}\n{text}")
            pools = [chosen.sample(texts, len(texts)) for _, texts in sorted(by_rule.items())]
            order = [
                text
                for number in range(max(map(len, pools), default=0))
                for text in [pool[number] for pool in pools if number < len(pool)]
            ]
            print("\n\n".join(order[: words.sample // 2]), end="\n\n")
    print("harm:", harm)
    return 1 if harm else 0


if __name__ == "__main__":
    sys.exit(main())
