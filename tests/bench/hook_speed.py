"""How long `vaultkit hook` takes: nothing of a vault staged, and one changed note of 10,000, cold and warm.

    python tests/bench/hook_speed.py [NOTES]

Times are the best of several runs, beside `python -c pass` and git's own commands in the same run.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def best(command: list[str], folder: Path, environment: dict[str, str], times: int = 7) -> float:
    found = []
    for _ in range(times):
        started = time.perf_counter()
        subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found.append(time.perf_counter() - started)
    return min(found)


def build(folder: Path, count: int, environment: dict[str, str]) -> None:
    chance = random.Random(1)
    names = [f"Note {number:05}" for number in range(count)]
    for number, name in enumerate(names):
        path = folder / "Notes" / f"{number % 100:02}" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        links = " ".join(f"[[{chance.choice(names)}]]" for _ in range(8))
        words = " ".join("some words of a note that go on for a while" for _ in range(20))
        path.write_text(f"---\ntags: [a, b]\n---\n# {name}\n\n{words}\n\n## More\n\n{links}\n", encoding="utf-8")
    (folder / "code.py").write_text("pass\n")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "vault"
        folder.mkdir()
        environment = {
            **os.environ,
            "VAULTKIT_CACHE_DIR": str(Path(name) / "cache"),
            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
            "GIT_CONFIG_GLOBAL": os.devnull,
        }  # fmt: skip
        for variable in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"):
            environment.pop(variable, None)
        build(folder, count, environment)
        hook = [str(Path(sys.executable).with_name("vaultkit")), "hook"]
        (folder / "code.py").write_text("pass  # changed\n")
        subprocess.run(["git", "add", "-A"], cwd=folder, env=environment, check=True)
        unit = best([sys.executable, "-c", "pass"], folder, environment, 15)
        diff = best(["git", "diff", "--cached", "--raw", "-z", "-M"], folder, environment)
        none = best(hook, folder, environment, 15)
        print(f"python -c pass {unit * 1000:.0f} ms; git's diff {diff * 1000:.0f} ms")
        print(f"no vault file staged: {none * 1000:.0f} ms = git + {(none - diff) / unit:.1f} times")
        note = folder / "Notes/07/Note 00007.md"
        edits = {
            "text changed": note.read_text() + "one more line\n",
            "a heading lost": note.read_text().replace("## More", "## Less"),
        }
        for what, text in edits.items():
            note.write_text(text)
            subprocess.run(["git", "add", "-A"], cwd=folder, env=environment, check=True)
            cold = best(hook, folder, environment, 1)
            warm = best(hook, folder, environment)
            print(f"{what}: first {cold * 1000:.0f} ms, warm {warm * 1000:.0f} ms = {warm / unit:.1f} times")
        note.unlink()
        subprocess.run(["git", "add", "-A"], cwd=folder, env=environment, check=True)
        warm = best(hook, folder, environment)
        print(f"deleted: warm {warm * 1000:.0f} ms = {warm / unit:.1f} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
