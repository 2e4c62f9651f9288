"""Kill every writing command at random moments, and look at what is left: random_kills.py [RUNS] [SEED] [COMMAND…]

Half of the runs end before a random system call that can write, half by a timer. After each: every text is the old or
the new one; the same command again comes to the result of a run that was not killed; and no file of ours is left.
Prints one line for each command and the faults it found. Status 1 if there are any.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from vaultkit.cli.entry_point import run

Tree = dict[str, bytes]
CALLS = ("open", "write", "fsync", "mkdir", "rename", "replace", "link", "unlink", "chmod", "makedirs")
OURS = re.compile(r"\.vaultkit-[0-9a-f]{16}\.(?:old\.)?(?:tmp|part)$|\.vaultkit-journal\.json$")
ENTRY = "#flashcards\n\n" + "\n\n".join(f"question {n}::answer {n}" for n in range(6)) + "\n"


def make(root: Path) -> None:
    """A vault with something to do for every command."""
    (root / ".obsidian").mkdir(parents=True)
    texts = {
        "Concepts/Milvus.md": "---\naliases: [Mil]\n---\n# Milvus\n\nA store of vectors.\n",
        "Concepts/Index.md": "# Index\n\n" + "\n".join(f"- [[n{i}|]] and [[N{i}]]" for i in range(12)) + "\n",
        "cards.md": ENTRY,
        "pyproject.toml": '[project]\nname = "x"\n',
        "deck.tsv": "".join(f"q{i}\ta{i}\n" for i in range(15)),
        "pic.png": "no picture",
    }
    texts |= {
        "words.md": "---\nstate: new\ntags: [old, old/er]\n---\n# Words\n\nText #old ^b1\n\n- [ ] a task\n\n## Part\n",
        ".obsidian/templates.json": '{"folder": "T"}',
        "T/form.md": "## Form\n\n- [ ] {{title}}\n",
        ".obsidian/types.json": '{"types": {"state": "text"}}',
        ".obsidian/app.json": '{"trashOption": "local"}',
        "t.base": "filters: 'state == \"new\"'\nviews:\n  - type: table\n    name: T\n",
        "c.canvas": json.dumps({"nodes": [{"id": "1", "type": "text", "text": "[[words#Part]] #old"}], "edges": []}),
    }
    texts |= {f"m{i}.md": f"# Mention {i}\n\nMilvus is a store, and Mil is its short name.\n" for i in range(5)}
    texts |= {f"unused {number}.png": f"{number}" for number in range(6)}
    for number in range(12):
        texts[f"n{number}.md"] = (
            f"# Note {number}\n\nMilvus is fast. [[Concepts/Index]] [[gone {number}]] ![[pic.png|30|30]]\n"
            f"[m](Concepts/Milvus.md) [[n{(number + 1) % 12}|]]\n[[words#Part]] [[words#^b1]] #old\n"
        )
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def git(root: Path) -> None:
    """Make the vault a repository with everything staged."""
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def called(*arguments: str, stdin: str = "") -> Callable[[], None]:
    """The command as something to do in the vault's folder."""

    def act() -> None:
        sys.stdin = io.StringIO(stdin)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            run(list(arguments))

    return act


def undo_list() -> None:
    """Take back what is in the trash, by all lists that are there."""
    for path in sorted(Path(".trash").glob("*.json")):
        called("orphans", "--undo", str(path))()


NOTHING = called("--version")
# name -> what is done before, what is killed
COMMANDS: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
    "check --fix": (NOTHING, called("check", "--fix", "--unsafe-fixes")),
    "move folder": (NOTHING, called("move", "Concepts", "H/New concepts")),
    "move note": (NOTHING, called("move", "Concepts/Milvus.md", "x/Vector store.md")),
    "relink": (lambda: os.rename("Concepts", "Ideas"), called("relink", "Concepts", "Ideas")),
    "import": (NOTHING, called("import", "deck.tsv", "--to", "D", "--split", "per-card")),
    "import again": (
        lambda: (
            called("import", "deck.tsv", "--to", "D")(),
            Path("deck.tsv").write_text("q1\tnew\nq2\ta2\n"),
        ),  # type: ignore[dict-item,return-value]
        called("import", "deck.tsv", "--to", "D"),
    ),
    "suggest --fix": (NOTHING, called("suggest", "--fix", "--all-matches", "--min-score", "0")),
    "orphans --trash": (NOTHING, called("orphans", "--trash")),
    "orphans --undo": (called("orphans", "--trash"), undo_list),
    "check --add-suppressions": (NOTHING, called("check", "--add-suppressions")),
    "baseline create": (NOTHING, called("baseline", "create")),
    "baseline update": (
        lambda: (called("baseline", "create")(), Path("n1.md").write_text("[[new]]\n")),  # type: ignore[dict-item,return-value]
        called("baseline", "update"),
    ),
    "init": (NOTHING, called("init")),
    "init --pyproject": (NOTHING, called("init", "--pyproject")),
    "cards export csv": (NOTHING, called("cards", "export", "csv", "-o", "out.csv")),
    "cards export anki": (NOTHING, called("cards", "export", "anki", "-o", "out.apkg", "--write-ids")),
    "quiz": (NOTHING, called("quiz", "--seed", "1", "--write-schedule", stdin="\n3\n" * 6)),
    "report": (NOTHING, called("report", "-o", "out.html")),
    "map": (NOTHING, called("map", "-o", "out.html", "--quiet")),
    "graph export": (NOTHING, called("graph", "export", "json", "-o", "out.json")),
    "check -o": (NOTHING, called("check", "-o", "json:out.json")),
    "hook install": (lambda: git(Path()), called("hook", "install")),
    "hook --fix": (lambda: git(Path()), called("hook", "--fix")),
    "hook uninstall": (lambda: (git(Path()), called("hook", "install")()), called("hook", "uninstall")),  # type: ignore[dict-item,return-value]
    "rename heading": (NOTHING, called("rename", "heading", "words#Part", "Other part")),
    "rename block": (NOTHING, called("rename", "block", "words#^b1", "b2")),
    "rename tag": (NOTHING, called("rename", "tag", "old", "new/tag")),
    "rename property": (NOTHING, called("rename", "property", "state", "status")),
    "rename file": (NOTHING, called("rename", "file=words", "name=Other words")),
    "append": (NOTHING, called("append", "file=words", "content=more")),
    "prepend": (NOTHING, called("prepend", "file=words", "content=first")),
    "create": (NOTHING, called("create", "path=x/y/new.md", "content=text", "overwrite")),
    "create over": (NOTHING, called("create", "path=words.md", "content=text", "overwrite")),
    "delete": (NOTHING, called("delete", "file=words")),
    "bookmark": (NOTHING, called("bookmark", "file=words")),
    "daily:append": (NOTHING, called("daily:append", "content=- [ ] x")),
    "property:set": (NOTHING, called("property:set", "file=words", "name=state", "value=done")),
    "property:remove": (NOTHING, called("property:remove", "file=words", "name=state")),
    "task": (NOTHING, called("task", "file=words", "line=9", "done")),
    "template:insert": (NOTHING, called("template:insert", "file=n1", "name=form")),
    "base:create": (NOTHING, called("base:create", "file=t", "name=Row")),
    "pictures edit": (NOTHING, called("pictures", "edit", "pic.png", "--text", "new")),
    "skill install": (NOTHING, called("skill", "install", "--force")),
    "check --fix, agent": (NOTHING, called("check", "--fix", "--select", "ALL")),
    "baseline prune": (
        lambda: (called("baseline", "create")(), Path("n1.md").write_text("no link\n")),  # type: ignore[dict-item,return-value]
        called("baseline", "prune"),
    ),
}
UNSEEN = ("quiz",)  # it changes dates only, which are not compared
# What differs between two runs that were not killed: dates, random numbers, the name of the folder.
DATED = re.compile(
    rb'"at": "[^"]*"|"(?:modified|vault)": ?"[^"]*"|"ctime": ?\d+|\^[0-9a-z]{6}|\s*<!--SR:[^>]*-->|"(?:mod|created|crt|deck|model|id|guid)": ?"?-?\w+"?|\d{4}-\d\d-\d\d'
)


def tree(root: Path) -> Tree:
    """Path -> bytes; the list for undo under one name, packages without their bytes."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or (name.startswith(".git/") and not name.startswith(".git/hooks/pre")):
            continue
        data = b"" if name.endswith((".apkg", ".html")) else DATED.sub(b"", path.read_bytes())
        if name.startswith(".trash/vaultkit-undo-") or name in (".vaultkit/quiz.json", ".vaultkit/anki.json"):
            json.loads(path.read_bytes())  # the two hold dates and what was before; they have to be whole
            continue
        found[name] = data
    return found


def forked(act: Callable[[], None], root: Path, *, call: int = 0, seconds: float = 0) -> tuple[bool, int]:
    """Do it in a process of its own; whether it was killed, and how many calls it made."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 0
        try:
            os.chdir(root)
            count = 0
            for name in CALLS:
                real = getattr(os, name)

                def counted(*arguments: object, real: Callable[..., object] = real, **options: object) -> object:
                    nonlocal count
                    count += 1
                    if count == call:
                        os.kill(os.getpid(), signal.SIGKILL)
                    return real(*arguments, **options)

                setattr(os, name, counted)
            if seconds:
                signal.setitimer(signal.ITIMER_REAL, seconds)
            act()
            call = -1
            real_write = count
            os.write(writing, str(real_write).encode())
        except BaseException:
            import traceback

            traceback.print_exc()
            status = 1
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == 1:
        raise SystemExit("a command failed; see above")
    return code < 0, int(text or 0)


def one_command(name: str, runs: int, rng: random.Random, folder: Path) -> list[str]:
    """Kill one command so many times; the faults."""
    before_act, act = COMMANDS[name]
    template, whole, root = folder / "template", folder / "whole", folder / "vault"
    for path in (template, whole):
        shutil.rmtree(path, ignore_errors=True)
    make(template)
    forked(before_act, template)
    before = tree(template)
    shutil.copytree(template, whole, symlinks=True)
    started = time.monotonic()
    _, calls = forked(act, whole)
    took = time.monotonic() - started
    after = tree(whole)
    forked(act, whole)
    twice = tree(whole)  # `append` adds its text again
    assert after != before or name in UNSEEN, f"{name} does nothing"
    faults, killed, changed = [], 0, 0
    for number in range(runs):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(template, root, symlinks=True)
        if number % 2:
            was_killed, _ = forked(act, root, seconds=max(0.001, took * rng.uniform(0.3, 1.05)))
        else:
            was_killed, _ = forked(act, root, call=max(1, int(calls * (1 - rng.random() ** 2))))
        killed += was_killed
        now = {path: data for path, data in tree(root).items() if not OURS.search(path)}
        changed += now not in (before, after)
        known = set(before.values()) | set(after.values())
        for path, data in now.items():
            if data not in known and path not in ("out.apkg",):
                faults.append(f"{name}, run {number}: {path} is damaged")
        faults += [
            f"{name}, run {number}: the text of {path} is lost"
            for path, data in before.items()
            if data not in now.values() and (path in now and now[path] != after.get(path))
        ]
        faults += [
            f"{name}, run {number}: {path} is gone"
            for path, data in before.items()
            if data not in now.values() and path not in now and path in after
        ]
        forked(act, root)
        again = tree(root)
        left = [path for path in again if OURS.search(path)]
        if left:
            faults.append(f"{name}, run {number}: left {left[:3]}")
        elif again not in (after, twice):
            differ = [path for path in {*again, *after} if again.get(path) != after.get(path)]
            faults.append(f"{name}, run {number}: again is not the same: {differ[:3]}")
    print(f"{name}: {runs} runs, {killed} killed, {changed} of them half done, {len(faults)} faults", flush=True)
    return faults


def main(runs: int, seed: int, names: list[str]) -> int:
    """Kill all commands; 1 if there was a fault."""
    os.environ["VAULTKIT_CACHE_DIR"] = tempfile.mkdtemp()
    rng = random.Random(seed)
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names or COMMANDS:
            faults += one_command(name, runs // len(names or COMMANDS), rng, Path(folder))
    shutil.rmtree(os.environ["VAULTKIT_CACHE_DIR"])
    print(json.dumps(faults, indent=1))
    return 1 if faults else 0


if __name__ == "__main__":
    words = sys.argv[1:]
    raise SystemExit(main(int(words[0]) if words else 200, int(words[1]) if words[1:] else 1, words[2:]))
