"""Edit a file while a writing command runs: random_edits.py [RUNS] [SEED] [COMMAND…]

At a random system call of the command "the user" adds a line to one of the files that the command changes, writes it
anew under the same name, or makes it if it is new. The line has to be somewhere in the vault or in its trash at the end.
Files after ``-o`` are left out: they are made to be replaced. Prints a line for each command; status 1 if a line is lost.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from random_kills import CALLS, COMMANDS, OURS, make

MORE_CALLS = (*CALLS, "read", "stat", "lstat", "close", "scandir", "utime")
# These are asked to replace a file; test_changed_meanwhile.py edits it after they have read it.
REPLACING = ("create", "create over", "skill install")
REPLACED = ("out.html", "out.json", "out.csv", "out.apkg")
Files = dict[str, bytes]


def files(root: Path) -> Files:
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not name.startswith(".git/") and not OURS.search(name):
            found[name] = path.read_bytes()
    return found


def edit(path: Path, line: bytes, way: str) -> None:
    """Add a line, or a key to JSON. way: how an editor writes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_bytes() if path.exists() else b""
    if path.suffix == ".json":
        rest = old.lstrip().removeprefix(b"{") or b"}"
        comma = b"" if rest.lstrip().startswith(b"}") else b","
        text = b'{"%s": 1%s%s' % (line.strip(), comma, rest)
    else:
        text = old + line
    if way == "in place" or not old:
        with open(path, "r+b" if old else "wb") as file:
            file.write(text)
        return
    new = path.with_name(f"{path.name}~editor")
    new.write_bytes(text)
    os.replace(new, path)


def forked(act: Callable[[], None], root: Path, at: int, do: Callable[[], None]) -> int:
    """Do it in a process of its own, and something else before call number ``at``; how many calls there were, -1 for too few."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.chdir(root)
            real = {name: getattr(os, name) for name in MORE_CALLS}
            count = 0

            def replaced(name: str) -> Callable[..., object]:
                def counted(*arguments: object, **options: object) -> object:
                    nonlocal count
                    count += 1
                    if count == at:
                        do()
                    return real[name](*arguments, **options)

                return counted

            for name in MORE_CALLS:
                setattr(os, name, replaced(name))
            act()
            real["write"](writing, str(count if at <= count else -1).encode())
            status = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    if os.waitpid(child, 0)[1]:
        raise SystemExit("a command failed; see above")
    return int(text)


def one_command(name: str, runs: int, rng: random.Random, folder: Path) -> list[str]:
    """Edit during one command so many times; the lines that are lost."""
    before_act, act = COMMANDS[name]
    template, root = folder / "template", folder / "vault"
    shutil.rmtree(template, ignore_errors=True)
    make(template)
    forked(before_act, template, 0, lambda: None)
    before = files(template)
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(template, root, symlinks=True)
    calls = forked(act, root, 0, lambda: None)
    after = files(root)
    victims = sorted(
        path
        for path in {*before, *after}
        if before.get(path) != after.get(path) and path not in REPLACED and not path.startswith(".trash/")
    )
    lost, done = [], 0
    for number in range(runs if victims else 0):
        shutil.rmtree(root)
        shutil.copytree(template, root, symlinks=True)
        path, way = rng.choice(victims), rng.choice(("in place", "anew"))
        line = b"EDITED-%d-\n" % number
        at = 1 + int(calls * (1 - rng.random() ** 2))
        made = forked(act, root, at, lambda path=path, line=line, way=way: edit(root / path, line, way))  # type: ignore[misc]
        there = files(root)
        if made < 0:
            continue  # the run made fewer calls than the one before
        done += 1
        if not any(line.strip() in data for data in there.values()):
            lost.append(f"{name}, run {number}: {path}, call {at} of {calls}, {way}")
        lost += [
            f"{name}, run {number}: {path} holds a cut text" for path, data in there.items() if path.endswith("~editor")
        ]
    print(f"{name}: {len(victims)} files, {done} edits, {len(lost)} lost", flush=True)
    return lost


def main(runs: int, seed: int, names: list[str]) -> int:
    """Edit during all commands; 1 if a line was lost."""
    os.environ["VAULTKIT_CACHE_DIR"] = tempfile.mkdtemp()
    rng = random.Random(seed)
    lost = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names or [name for name in COMMANDS if name not in REPLACING]:
            lost += one_command(name, runs // len(names or COMMANDS), rng, Path(folder))
    shutil.rmtree(os.environ["VAULTKIT_CACHE_DIR"])
    print(json.dumps(lost, indent=1))
    return 1 if lost else 0


if __name__ == "__main__":
    words = sys.argv[1:]
    raise SystemExit(main(int(words[0]) if words else 200, int(words[1]) if words[1:] else 1, words[2:]))
