"""Random edits of a vault: each check from the store must equal a check of the whole vault.

    python tests/bench/incremental_equals_full.py [VAULT] [--rounds 200] [--edits 25] [--seed 0]

Without VAULT small vaults are made of lines that rules about other notes look at. With VAULT a copy of it is edited:
lines of one of its notes go into another, files come, go, and get other names. Prints the number of checks and
differences; ends at the first difference with its seed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

from vaultkit.config import Config
from vaultkit.lint.check import checked
from vaultkit.lint.plan import Plan, plan_of
from vaultkit.vault import stamps
from vaultkit.vault.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "lint"))
import test_incremental as small


def edit_real(random_: random.Random, root: Path, notes: list[Path]) -> None:
    """Change one file of a copy of a real vault."""
    place = random_.choice(notes)
    kind = random_.randrange(12)
    if kind == 0 and place.exists():
        place.unlink()
        return
    if kind == 1 and place.exists():
        place.rename(place.with_name(f"renamed {random_.randrange(1000)} {place.name}"))
        return
    text = place.read_text("utf-8", "surrogateescape") if place.exists() else "# New"
    lines = text.split("\n")
    other = random_.choice(notes)
    taken = other.read_text("utf-8", "surrogateescape").split("\n") if other.exists() else ["[[x]]"]
    for _ in range(random_.randrange(1, 3)):
        at = random_.randrange(len(lines))
        if random_.randrange(3) == 0 and len(lines) > 1:
            del lines[at]
        else:
            lines.insert(at, random_.choice(taken + small.LINES))
    place.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))


def differences(root: Path, plan: Plan) -> list[str]:
    """What the check with the store finds otherwise than the one without."""
    stored = checked(Workspace(str(root), Config()), plan).report
    whole = small.whole(root, plan).report
    if stored == whole:
        return []
    found = [f"only stored: {one}" for one in stored.findings if one not in whole.findings]
    found += [f"only whole: {one}" for one in whole.findings if one not in stored.findings]
    return found or [f"{stored.checked} {stored.silenced} {whole.checked} {whole.silenced}, or the order"]


def main() -> None:
    """Read the arguments, edit, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--edits", type=int, default=25)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    stamps.TICK_NS = -10_000_000_000  # everything counts as settled
    plan = plan_of(Config(preset="strict"))
    compared = 0
    for number in range(wanted.seed, wanted.seed + wanted.rounds):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["VAULTKIT_CACHE_DIR"] = os.path.join(folder, "cache")
            random_, root = random.Random(number), Path(folder) / "vault"
            if wanted.vault:
                shutil.copytree(wanted.vault, root, ignore=shutil.ignore_patterns(".git"))
                notes = sorted(root.rglob("*.md"))
            else:
                (root / "sub").mkdir(parents=True)
                (root / ".obsidian").mkdir()
                for name in small.NAMES:
                    (root / name).write_bytes(small.content(random_, name))
            for step in range(wanted.edits):
                found = differences(root, plan)
                if found:
                    sys.exit("\n".join([f"seed {number}, step {step}: the reports differ", *found]))
                compared += 1
                if wanted.vault:
                    edit_real(random_, root, notes)
                else:
                    small.edit(random_, root)
    print(f"{compared} checks after {wanted.rounds} sequences of edits, 0 differences")


if __name__ == "__main__":
    main()
