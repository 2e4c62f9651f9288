"""Random edits of a vault: each check from the store must equal a check of the whole vault.

    python tests/bench/incremental_equals_full.py [VAULT] [--rounds 200] [--edits 25] [--seed 0] [--staged]

Without VAULT small vaults are made of lines that rules about other notes look at. With VAULT a copy of it is edited:
lines of one of its notes go into another, files come, go, and get other names. In both the configuration, Obsidian's
settings and its snippets change, too. With --staged the vault is a Git repository, random files are staged and
committed, and the check of what is staged must be the same with and without the store. Prints the number of checks
and differences; ends at the first difference with its seed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from vaultkit.base.record import changed
from vaultkit.cards.settings import card_settings
from vaultkit.commit.difference import Difference, difference
from vaultkit.commit.repository import Git
from vaultkit.commit.staging import Staging
from vaultkit.commit.state import state_of
from vaultkit.config import Config
from vaultkit.lint.check import checked
from vaultkit.lint.plan import Plan, plan_of
from vaultkit.vault import stamps
from vaultkit.vault.workspace import Workspace, config_of

sys.path.insert(0, str(Path(__file__).parents[1] / "lint"))
import test_incremental as small

SETTINGS: list[tuple[str, list[str | None]]] = [
    (
        ".vaultkit.toml",
        [
            None,
            "",
            'exclude = ["sub/*"]',
            'index-only = ["b.md"]',
            '[lint]\nignore = ["LK001"]',
            '[lint]\nselect = ["LK", "ST"]',
            '[lint.severity]\nLK001 = "error"',
            '[lint.per-file-ignores]\n"a.md" = ["LK"]',
            "[rules.LK001]\nplanned-after = 2",
            '[cards]\nflashcard-tags = ["#tag"]',
        ],
    ),
    (".obsidian/app.json", [None, "{}", '{"userIgnoreFilters": ["sub/"]}', '{"attachmentFolderPath": "sub"}', "{"]),
    (".obsidian/types.json", [None, '{"types": {"due": "date"}}']),
    (".obsidian/bookmarks.json", [None, '{"items": [{"type": "file", "path": "gone.md"}]}']),
    (".obsidian/templates.json", [None, '{"folder": "sub"}']),
    (".obsidian/plugins/obsidian-linter/data.json", [None, '{"foldersToIgnore": ["sub"]}']),
    (".gitignore", [None, "sub/\n"]),
]


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


def edit_settings(random_: random.Random, root: Path) -> None:
    """Write another configuration, or other settings of Obsidian; sometimes take one away."""
    name, texts = random_.choice(SETTINGS)
    text = random_.choice(texts)
    place = root / name
    if text is None:
        place.unlink(missing_ok=True)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


def plan_for(root: Path) -> tuple[Config, Plan]:
    """The configuration of the vault and its plan, the strict preset if it names none."""
    config = config_of(str(root))
    if config.preset == "default":
        config = changed(config, preset="strict")
    return config, plan_of(config, cards=card_settings(str(root), config.cards, config.settings_folder)[0])


def git(root: Path, *arguments: str) -> None:
    """Run git in the repository."""
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


def staged(root: Path, config: Config, plan: Plan) -> Difference:
    """The check of what is staged."""
    repository = Git(str(root))
    git_folder = repository.find_top()[1]
    staging = Staging(repository, repository.staged(), state_of(repository, git_folder))
    return difference(staging.commit("", config, plan, shows_info=True), plan)


def staged_differences(random_: random.Random, root: Path) -> list[str]:
    """Stage some files; what the check with the store finds otherwise than the one without. Sometimes commit."""
    for name in sorted(os.listdir(root)):
        if name != ".git" and random_.randrange(3):
            git(root, "add", "-A", "-f", "--", name)
    config, plan = plan_for(root)
    stored = staged(root, config, plan)
    folder = os.environ.pop("VAULTKIT_CACHE_DIR")
    os.environ["VAULTKIT_NO_CACHE"] = "1"
    whole = staged(root, config, plan)
    os.environ["VAULTKIT_CACHE_DIR"] = folder
    del os.environ["VAULTKIT_NO_CACHE"]
    if random_.randrange(3) == 0:
        git(root, "commit", "-q", "--allow-empty", "-m", "change")
    return [] if stored == whole else [f"stored: {stored}", f"whole: {whole}"]


def differences(root: Path) -> list[str]:
    """What the check with the store finds otherwise than the one without."""
    config, plan = plan_for(root)
    stored = checked(Workspace(str(root), config), plan).report
    whole = checked(Workspace(str(root), config, has_store=False), plan).report
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
    parser.add_argument("--staged", action="store_true")
    wanted = parser.parse_args()
    stamps.TICK_NS = -10_000_000_000  # everything counts as settled
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
            if wanted.staged:
                git(root, "init", "-q")
                git(root, "config", "user.name", "x")
                git(root, "config", "user.email", "x@y")
                git(root, "add", "-A")
                git(root, "commit", "-q", "-m", "first")
            for step in range(wanted.edits):
                found = staged_differences(random_, root) if wanted.staged else differences(root)
                if found:
                    sys.exit("\n".join([f"seed {number}, step {step}: the reports differ", *found]))
                compared += 1
                if random_.randrange(6) == 0:
                    edit_settings(random_, root)
                elif wanted.vault:
                    edit_real(random_, root, notes)
                else:
                    small.edit(random_, root)
    print(f"{compared} checks after {wanted.rounds} sequences of edits, 0 differences")


if __name__ == "__main__":
    main()
