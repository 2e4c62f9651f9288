"""Count system calls of the network, over every command: no_network.py [--show]; needs strace and git.

Each command runs as a process of its own under `strace -f -e trace=network`, in a vault whose git configuration names a
program in every place that git allows, and in a partial clone that lacks objects and whose remote is elsewhere. Prints
the number of commands, of calls and of programs that ran. Status 1 if there are any. `map --serve`, which listens on
127.0.0.1, is not among them; `lsp` and `mcp` end at the end of their input. The pair of sockets within the process, by
which Python's asyncio wakes itself up in `mcp`, is no network and is not counted.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / "base")]
from test_git import COMMANDS, STARTS_NO_GIT, Hostile  # noqa: E402

ROOT = Path(__file__).parents[2]
_NETWORK = re.compile(r"\b(?:socket|connect|bind|listen|accept4?|sendmm?sg)\(|AF_INET|AF_NETLINK")
MORE = [
    ["append", "file=a", "content=x"], ["prepend", "file=a", "content=x"], ["create", "path=x/new.md", "content=x"], ["delete", "file=new"],
    ["base:create", "file=t", "name=R"], ["bookmark", "file=a"], ["bookmarks"], ["completion", "bash"], ["daily"], ["daily:append", "content=x"], ["daily:path"],
    ["daily:prepend", "content=x"], ["daily:read"], ["docs"], ["hotkeys"], ["lsp"], ["mcp"], ["plugin", "id=x"], ["plugins"], ["plugins:enabled"],
    ["property:set", "file=a", "name=x", "value=y"], ["property:remove", "file=a", "name=x"], ["random"], ["random:read"], ["read", "file=a"], ["recents"],
    ["rename", "tag", "t", "u"], ["rename", "heading", "b#b", "c"], ["skill", "install"], ["snippets"], ["snippets:enabled"], ["task", "file=a", "line=5", "done"],
    ["template:insert", "file=a", "name=x"], ["template:read", "name=x"], ["templates"], ["theme"], ["themes"], ["unique", "name=x"], ["vaults"], ["workspaces"],
    ["check", "--changed", "a.md"], ["hook", "edited"], ["hook", "agent", "claude"], ["pictures", "read"], ["pictures", "list"], ["pictures", "edit", "p.png", "--text", "x"],
    ["pictures", "alt"], ["pictures", "cards"], ["pictures", "show", "p.png"], ["cards", "export", "anki", "-o", "o.apkg"], ["cards", "export", "html", "-o", "o.html"],
    ["graph", "export", "svg", "-o", "o.svg"], ["graph", "export", "canvas", "-o", "o.canvas"], ["graph", "export", "parquet", "-o", "o"], ["check", "--output-format", "sarif"],
]  # fmt: skip


def partial(folder: Path) -> Path:
    """A clone without the older contents, whose remote is elsewhere now."""
    source, clone = folder / "source", folder / "clone"
    source.mkdir(parents=True)

    def git(place: Path, *words: str) -> None:
        names = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always")
        subprocess.run(["git", *names, *words], cwd=place, check=True, capture_output=True)

    git(source, "init", "-q", "-b", "main")
    git(source, "config", "uploadpack.allowFilter", "true")
    (source / ".obsidian").mkdir()
    for number in range(3):
        (source / "a.md").write_text(f"# Head {number}\n[[b]] [[gone {number}]] #t\n", "utf-8")
        (source / "b.md").write_text(f"# b\n{number}\n", "utf-8")
        git(source, "add", "-A")
        git(source, "commit", "-q", "-m", f"{number}")
    git(folder, "clone", "-q", "--filter=blob:none", source.as_uri(), str(clone))
    git(clone, "config", "remote.origin.url", "https://evil.invalid/x.git")
    (clone / "c.tsv").write_text("one\tfirst\n", "utf-8")
    (clone / "a.md").write_text("# Other\n[[b]] #t\n- [ ] x\n", "utf-8")
    git(clone, "add", "a.md")
    return clone


def traced(vault: Path, words: list[str], log: Path) -> tuple[int, list[str]]:
    """The exit status of a command, and its calls of the network."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = ["strace", "-f", "-qq", "-e", "trace=network", "-e", "signal=none", "-o", str(log)]
    done = subprocess.run(
        [*command, sys.executable, "-m", "vaultkit", *words],
        cwd=vault, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    lines = log.read_text("utf-8", "replace").splitlines()
    return done.returncode, [line for line in lines if _NETWORK.search(line)]


def main(is_shown: bool) -> int:
    """Trace every command in both vaults; 1 if there was a call or a program."""
    missing = STARTS_NO_GIT - {words[0] for words in MORE}
    assert not missing, f"not tried: {missing}"
    patch = pytest.MonkeyPatch()
    runs = calls = 0
    with tempfile.TemporaryDirectory() as folder:
        hostile = Hostile(Path(folder) / "hostile", patch)
        hostile.arm()
        clone = partial(Path(folder) / "partial")
        patch.setenv("VAULTKIT_CACHE_DIR", str(Path(folder) / "cache"))
        patch.setenv("XDG_DATA_HOME", str(Path(folder) / "data"))
        for vault in (hostile.vault, clone):
            for words in [*COMMANDS, *MORE]:
                status, found = traced(vault, words, Path(folder) / "log")
                runs, calls = runs + 1, calls + len(found)
                if is_shown or found or status not in (0, 1, 2):
                    print(
                        f"{vault.name}: {' '.join(words)}: status {status}, {len(found)} calls", *found[:5], sep="\n  "
                    )
        programs = hostile.marked()
    patch.undo()
    print(f"{runs} commands, {calls} calls of the network, {len(programs)} programs of the vault ran {programs}")
    return 1 if calls or programs else 0


if __name__ == "__main__":
    if not (shutil.which("strace") and shutil.which("git")):
        raise SystemExit("this needs strace and git")
    raise SystemExit(main("--show" in sys.argv))
