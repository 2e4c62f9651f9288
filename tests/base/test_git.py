"""No command runs a program that the vault's git configuration names, and git reaches no network."""

from __future__ import annotations

import gc
import io
import os
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from vaultkit.base.git import run_git
from vaultkit.cli.app import group
from vaultkit.cli.entry_point import run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

# Every setting of git that names a program, a helper or a folder of programs. {run}: a program that leaves a mark.
PROGRAMS = """
[core]
    fsmonitor = {run}fsmonitor
    hooksPath = {hooks}
    pager = {run}pager
    editor = {run}editor
    askPass = {run}askpass
    gitProxy = {run}gitproxy
    sshCommand = {run}ssh
    alternateRefsCommand = {run}alternates
[pager]
    log = {run}pagerlog
    diff = {run}pagerdiff
    config = {run}pagerconfig
[diff]
    external = {run}external
[diff "d"]
    command = {run}command
    textconv = {run}textconv
[filter "f"]
    clean = {run}clean
    smudge = {run}smudge
    process = {run}process
    required = true
[filter "odd.name = x"]
    clean = {run}clean2
    process = {run}process2
[merge "m"]
    driver = {run}driver
[log]
    showSignature = true
[gpg]
    program = {run}gpg
[gpg "ssh"]
    program = {run}gpgssh
[credential]
    helper = "!{run}credential"
[alias]
    diff = "!{run}alias"
    ls-files = "!{run}alias"
[interactive]
    diffFilter = {run}difffilter
[sequence]
    editor = {run}sequence
[color]
    ui = always
[protocol]
    allow = always
[protocol "ext"]
    allow = always
[extensions]
    partialClone = origin
[remote "origin"]
    url = {remote}
    uploadpack = {run}uploadpack
    receivepack = {run}receivepack
    promisor = true
    partialclonefilter = blob:none
    vcs = {vcs}
"""
ATTRIBUTES = '*.md diff=d filter=f merge=m\n*.canvas filter="odd.name = x"\n*.png diff=d filter=f\n'
HOOKS = ("pre-commit", "post-index-change", "post-checkout", "reference-transaction", "pre-auto-gc", "post-merge")
REMOTES = ("ssh://evil.example/x", "{folder}", "file://{folder}", "git://evil.example/x", "ext::{run}ext", "foo::bar")

COMMANDS: list[list[str]] = [
    ["aliases"], ["backlinks", "a"], ["base:query", "t"], ["base:views", "t"], ["bases"], ["cards", "coverage"], ["cards", "due"], ["cards", "export", "csv"],
    ["cards", "list"], ["cards", "stats"], ["check", "--select", "ALL", "--show-info"], ["check", "--diff"],
    ["check", "--staged"], ["check", "--new-since", "HEAD~1"], ["check", "--fix", "--unsafe-fixes"],
    ["check", "--add-suppressions"], ["clean"], ["config", "show"], ["deadends"], ["file", "a"], ["files"],
    ["folder", "D"], ["folders"], ["graph", "bridges"], ["graph", "build"], ["graph", "communities"],
    ["graph", "diff", "HEAD~1", "HEAD"], ["graph", "diff", "HEAD"], ["graph", "export", "json"], ["graph", "gaps"],
    ["graph", "growth"], ["graph", "order", "a"], ["graph", "pictures"], ["graph", "stale"], ["report"],
    ["graph", "neighbours", "a"], ["graph", "orphans"], ["graph", "path", "a", "b"], ["graph", "reach", "a"],
    ["graph", "related", "a"], ["graph", "stats"], ["graph", "stats", "--before", "HEAD~1"], ["graph", "suggest"],
    ["hook"], ["hook", "--fix"], ["import", "c.tsv", "--to", "D"], ["init"], ["links", "a"],
    ["map", "-o", "m.html"], ["metadata"], ["baseline", "create"], ["move", "b.md", "n.md", "--dry-run"],
    ["move", "b.md", "n.md"],
    ["orphans", "--trash"], ["orphans"], ["outline", "a"], ["pictures", "sheet"], ["pictures", "similar"], ["properties"], ["property:read", "name=p", "file=a"],
    ["quiz"], ["relink", "gone", "a"], ["rule", "LK001"], ["schema", "files"], ["search", "query=x"],
    ["search:context", "query=x"], ["stats"], ["suggest"], ["tag", "t"], ["tags"], ["tasks"], ["unresolved"],
    ["vault"], ["wanted"], ["wordcount", "a"],
    ["hook", "install"], ["hook", "uninstall"], ["baseline", "show"], ["baseline", "update"], ["baseline", "prune"],
]  # fmt: skip
# Not "check --staged" and "hook": a file with a filter whose version on disk is not the staged one is not checked.
FINDING = [
    ["check", "--select", "ALL", "--show-info"], ["check", "--new-since", "HEAD~1"],
    ["check", "--fix", "--unsafe-fixes"],
]  # fmt: skip
ARE_REFUSED = 2  # an exit status that a partial clone may give


class Hostile:
    """A vault in a repository whose configuration names programs. marks: what they leave when they run."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.vault = folder / "vault"
        self.marks = folder / "marks"
        self.folder = folder
        self.marks.mkdir(parents=True)
        self.vault.mkdir()
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(folder / "cache"))
        monkeypatch.setattr("sys.stdin", io.StringIO())
        monkeypatch.chdir(self.vault)
        self.git("init", "-q", "-b", "main")
        self.write("b.md", "# b\n\n[[a]] #t\n")
        self.write("old.md", "old\n" * 9)
        self.write(".gitattributes", ATTRIBUTES)
        self.commit()
        self.write("a.md", "---\np: 1\n---\n[[b]] [gone](gone.md) ![[p.png]] x\n- [ ] task\n")
        self.write("c.canvas", '{"nodes":[{"id":"1","type":"file","file":"b.md"}],"edges":[]}')
        self.write("t.base", "views:\n  - type: table\n    name: t\n")
        self.write("p.png", "no picture")
        self.git("mv", "old.md", "new.md")
        self.commit()
        self.write("b.md", "# b\n\n[[a]] #t ![[gone too.png]]\n")
        self.git("add", "b.md")
        self.write("b.md", "# b\n\n[[a]] #t ![[gone too.png]] unstaged\n")
        self.write("c.tsv", "one\tfirst\ntwo\tsecond\n")
        (self.vault / "D").mkdir()
        self.write(".gitignore", "*.log\n")

    def git(self, *arguments: str) -> str:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false")
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=self.vault, capture_output=True, text=True, check=True
        )
        return done.stdout

    def write(self, name: str, text: str) -> None:
        (self.vault / name).write_text(text, encoding="utf-8")

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def arm(self, remote: str = "ssh://evil.example/x", vcs: str = "") -> None:
        """From here on, whatever git runs leaves a mark. Files are touched, so that git compares contents."""
        run = self.folder / "mark"
        run.write_text(f'#!/bin/sh\nfor last; do :; done\ntouch "{self.marks}/$(basename "$0")-$1"\nexit 1\n', "utf-8")
        run.chmod(0o755)
        hooks = self.folder / "hooks"
        hooks.mkdir()
        for name in HOOKS:
            (hooks / name).write_text(f'#!/bin/sh\ntouch "{self.marks}/hook-{name}"\nexit 1\n', encoding="utf-8")
            (hooks / name).chmod(0o755)
        names = {"run": f"{run} ", "hooks": hooks, "vcs": vcs}
        text = PROGRAMS.format(remote=remote.format(run=f"{run} ", folder=self.folder / "other"), **names)
        if not vcs:
            text = text.replace("    vcs = \n", "")
        config = self.vault / ".git" / "config"
        config.write_text(config.read_text("utf-8") + text, encoding="utf-8")
        for path in self.vault.glob("*.*"):
            if path.is_file():
                os.utime(path, (1, 1))

    def marked(self) -> list[str]:
        return sorted(path.name for path in self.marks.iterdir())


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hostile:
    return Hostile(tmp_path, monkeypatch)


def invoke(arguments: list[str]) -> int:
    try:
        return run(arguments)
    finally:
        gc.enable()  # a run of the command line switches it off


def test_the_vault_is_armed(hostile: Hostile) -> None:
    """Plain git does run these programs, so the tests below would notice them."""
    hostile.arm()
    for command in (["ls-files"], ["diff"], ["log"], ["diff", "--cached", "-p"]):
        subprocess.run(["git", *command], cwd=hostile.vault, capture_output=True, check=False)
    assert {"mark-fsmonitor", "mark-clean", "mark-process"} & set(hostile.marked())


# Commands that print help, read or write single notes and settings, or serve until they are ended; none starts git.
STARTS_NO_GIT = set(
    "append base:create bookmark bookmarks completion create daily daily:append daily:path daily:prepend daily:read "
    "delete docs hotkeys lsp mcp plugin plugins plugins:enabled prepend property:remove property:set random random:read "
    "read recents rename skill snippets snippets:enabled task template:insert template:read templates theme themes "
    "unique vaults workspaces".split()
)


def test_every_command_is_tried() -> None:
    assert isinstance(group, click.Group)
    tried = {words[0] for words in COMMANDS}
    assert tried | STARTS_NO_GIT == set(group.list_commands(click.Context(group)))
    assert not tried & STARTS_NO_GIT


def test_no_command_runs_a_program_of_the_git_configuration(hostile: Hostile) -> None:
    hostile.arm()
    for words in COMMANDS:
        status = invoke(words)
        assert status == (1 if words in FINDING else 0), (words, status)
        assert hostile.marked() == [], words


@pytest.mark.parametrize("remote", REMOTES)
@pytest.mark.parametrize("vcs", ["", "evil"])
def test_git_fetches_nothing_that_is_missing(hostile: Hostile, remote: str, vcs: str) -> None:
    """A partial clone, whose blobs git would fetch when somebody asks for them."""
    blob = hostile.git("rev-parse", "HEAD:a.md").strip()
    hostile.git("repack", "-adq")
    hostile.arm(remote, vcs)
    old = hostile.git("-c", "core.fsmonitor=", "rev-parse", "HEAD~1:b.md").strip()
    for pack in (hostile.vault / ".git" / "objects" / "pack").iterdir():
        pack.chmod(0o644)
    # All blobs of commits are taken away.
    kept = hostile.folder / "kept"
    kept.mkdir()
    objects = hostile.vault / ".git" / "objects"
    listed = subprocess.run(
        ["git", "-c", "core.fsmonitor=", "cat-file", "--batch-all-objects", "--batch-check"],
        cwd=hostile.vault, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    names = [line.split()[0] for line in listed if line.split()[1] != "blob"]
    contents = {name: _loose(hostile.vault, name) for name in names}
    shutil.rmtree(objects / "pack")
    (objects / "pack").mkdir()
    for name, data in contents.items():
        (objects / name[:2]).mkdir(exist_ok=True)
        (objects / name[:2] / name[2:]).write_bytes(data)
    assert not (objects / blob[:2] / blob[2:]).exists() and not (objects / old[:2] / old[2:]).exists()
    for words in (
        ["check"], ["check", "--staged"], ["check", "--new-since", "HEAD~1"], ["hook"], ["map", "-o", "m.html"],
        ["graph", "diff", "HEAD~1", "HEAD"], ["graph", "stats", "--before", "HEAD~1"], ["baseline", "create"],
    ):  # fmt: skip
        assert invoke(words) in (0, 1, ARE_REFUSED), words
        assert hostile.marked() == [], words


def _loose(vault: Path, name: str) -> bytes:
    """The bytes of a loose object file with the content of an object."""
    import zlib

    kind = subprocess.run(["git", "cat-file", "-t", name], cwd=vault, capture_output=True, check=True).stdout.strip()
    data = subprocess.run(
        ["git", "cat-file", kind.decode(), name], cwd=vault, capture_output=True, check=True
    ).stdout  # fmt: skip
    return zlib.compress(kind + b" %d\0" % len(data) + data)


def test_filters_of_any_name_are_switched_off(hostile: Hostile) -> None:
    hostile.arm()
    answer = run_git(str(hostile.vault), "diff", "--name-only", "-z", "--no-ext-diff", is_work_tree=True)
    assert answer.returncode == 0 and b"b.md" in answer.stdout
    assert hostile.marked() == []


def test_git_is_not_taken_from_the_vault(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative entry of PATH leads into the folder where git runs."""
    program = hostile.vault / "git"
    program.write_text(f'#!/bin/sh\ntouch "{hostile.marks}/git"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    assert run_git(str(hostile.vault), "ls-files").stdout
    assert hostile.marked() == []


def test_no_git_and_slow_git(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TimeoutError, match="longer than"):
        run_git(str(hostile.vault), "cat-file", "--batch", stdin=b"HEAD\n" * 200_000, seconds=0.01)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(FileNotFoundError):
        run_git(str(hostile.vault), "ls-files")
