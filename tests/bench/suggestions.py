"""Judge the scores of `vaultkit suggest`: draw suggestions of real vaults, and compare scores with judgements.

    python tests/bench/suggestions.py draw VAULT ... > drawn.jsonl
    python tests/bench/suggestions.py compare judged.jsonl ...

`draw` takes the same number from each tenth of the score, by turns from each vault, with a fixed seed (--seed), and
twice as many from those that `--fix` would write. Read each suggestion in its notes and write into "judgement":
"right" (the text means the subject of the target), "harmless" (the link neither helps nor misleads) or "wrong" (another
meaning, a verb, a piece of a longer term, a page of a program for an everyday word). Keep the judged files outside of the
repository. `compare` scores the judged pairs again with this version and prints, for each tenth, the stated and the
judged share of right and harmless ones, and these shares of what is listed and of what `--fix` writes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vaultkit.graph.evidence import LISTED, WRITTEN
from vaultkit.graph.suggest import Suggestion, suggestions
from vaultkit.query.files import text_of
from vaultkit.vault.workspace import load_vault

EACH = 20


def found_in(root: str) -> tuple[Suggestion, ...]:
    """All suggestions of a vault."""
    vault = load_vault(root)
    return suggestions(vault, lambda path: text_of(vault, path))


def bin_of(item: Suggestion) -> float:
    """The tenth of the score; what `--fix` writes is a bin of its own."""
    return WRITTEN if item.score >= WRITTEN and item.match == "exact" else min(9, int(item.score * 10)) / 10


def draw(roots: Iterable[str], seed: int, each: int) -> list[dict[str, Any]]:
    """The suggestions to judge, in random order."""
    chance = random.Random(seed)
    bins: dict[float, dict[str, list[Suggestion]]] = {}
    for root in roots:
        for item in found_in(root):
            bins.setdefault(bin_of(item), {}).setdefault(root, []).append(item)
    rows = []
    for name, vaults in sorted(bins.items()):
        for items in vaults.values():
            chance.shuffle(items)
        left = 2 * each if name == WRITTEN else each
        while left and any(vaults.values()):
            for root, items in sorted(vaults.items()):
                if items and left:
                    left -= 1
                    rows.append(row_of(root, items.pop()))
    chance.shuffle(rows)
    return rows


def row_of(root: str, item: Suggestion) -> dict[str, Any]:
    """What a reader needs; the score is left out, so that it does not lead the judgement."""
    return {
        "vault": root,
        "source": item.source,
        "target": item.target,
        "text": item.text,
        "sentence": item.sentence,
        "judgement": "",
    }


def compare(judged: list[dict[str, Any]]) -> None:
    """Print stated and judged shares."""
    now: dict[tuple[str, str, str], Suggestion] = {}
    for root in sorted({row["vault"] for row in judged}):
        now |= {(root, item.source, item.target): item for item in found_in(root)}
    pairs = []
    for row in judged:
        item = now.get((row["vault"], row["source"], row["target"]))
        if item is None:
            print(f"no longer suggested: {row['judgement']}: {row['source']} -> {row['target']}")
        else:
            pairs.append((item, row["judgement"] != "wrong"))
    for tenth in range(10):
        show(f"0.{tenth}", [pair for pair in pairs if min(9, int(pair[0].score * 10)) == tenth])
    show("listed", [pair for pair in pairs if pair[0].score >= LISTED])
    show("written", [pair for pair in pairs if pair[0].score >= WRITTEN and pair[0].match == "exact"])


def show(name: str, pairs: list[tuple[Suggestion, bool]]) -> None:
    """One line of the table."""
    if pairs:
        stated = sum(item.score for item, _ in pairs) / len(pairs)
        right = sum(is_right for _, is_right in pairs) / len(pairs)
        print(f"{name:8} {len(pairs):4}   stated {stated:.2f}   judged {right:.2f}")


def main() -> None:
    """Draw or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("draw", "compare"))
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=EACH)
    options = parser.parse_args()
    if options.what == "draw":
        for row in draw(options.paths, options.seed, options.each):
            print(json.dumps(row, ensure_ascii=False))
        return
    compare([json.loads(line) for path in options.paths for line in Path(path).read_text("utf-8").splitlines()])


if __name__ == "__main__":
    main()
