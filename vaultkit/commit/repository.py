"""Read a repository with Git commands that write nothing and take no lock.

All commands run in the work tree's top folder, through ``vaultkit.base.git``.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from typing import NoReturn

from vaultkit.base.errors import VaultkitError
from vaultkit.base.git import MOST_OUTPUT, read_blobs, run_git
from vaultkit.base.record import record
from vaultkit.base.safe_read import read_regular

SYMLINK, SUBMODULE = "120000", "160000"
# The object of an empty file, which the index also lists for files that are only announced (`git add -N`).
_EMPTY = (
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)
_INTENT_TO_ADD = 0x20000000
_DEBUG_ROW = re.compile(
    r"([^\0]+)\0  ctime: .*\n  mtime: (\d+):(\d+)\n  dev: .*\n  uid: .*\n  size: (\d+)\tflags: ([0-9a-f]+)\n"
)


class NoGitError(VaultkitError):
    """There is no git, or the folder is in no work tree."""


@record
class TreeEntry:
    """A file of a tree or the index.

    blob:   its object name (of a submodule: the commit); "" while it is in conflict.
    mode:   as git writes it, ``120000`` for a symbolic link.
    folder: the submodule whose objects hold it; "" for the repository's own.
    """

    path: str
    blob: str
    mode: str = "100644"
    folder: str = ""


@record
class Staged:
    """One staged change. status: A, C, D, M, R or T; old_path: the source, for R and C; else the path.

    old, new: the file before and after; None where there is none.
    """

    status: str
    old_path: str
    path: str
    old: TreeEntry | None
    new: TreeEntry | None


@record
class Stamp:
    """What the index remembers of a file on disk. seconds, nanoseconds: when it changed; size: bytes."""

    seconds: int
    nanoseconds: int
    size: int
    is_announced: bool


class Git:
    """A work tree. top: its folder."""

    def __init__(self, folder: str) -> None:
        self.top = folder

    def find_top(self) -> tuple[str, str]:
        """Go to the work tree's top folder; that folder and the one where git keeps this work tree's state.

        Raises:
            NoGitError: there is none.
        """
        answer = os.fsdecode(self.ask("rev-parse", "--show-toplevel", "--absolute-git-dir")).split("\n")
        self.top = os.path.normpath(answer[0])
        return self.top, answer[1]

    def ask(
        self,
        *arguments: str,
        stdin: bytes | None = None,
        allowed: tuple[int, ...] = (0,),
        is_work_tree: bool = False,
        own_hooks: bool = False,
        most: int = MOST_OUTPUT,
    ) -> bytes:
        """What a git command prints. is_work_tree, own_hooks, most: see ``run_git``.

        Raises:
            NoGitError: there is no git, or no work tree here.
            VaultkitError: git cannot answer.
        """
        with self._explained():
            done = run_git(self.top, *arguments, stdin=stdin, is_work_tree=is_work_tree, own_hooks=own_hooks, most=most)
        if done.returncode not in allowed:
            self._complain(arguments[0], done.returncode, done.stderr)
        return done.stdout

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise NoGitError("git is not installed; install it, or run `vaultkit check`") from None
        except OSError as error:
            raise VaultkitError(
                f"{self.top}: cannot run git ({error.strerror or error}); check the folder and the git installation"
            ) from None

    def _complain(self, command: str, status: int, messages: bytes) -> NoReturn:
        said = messages.decode(errors="replace").strip().partition("\n")[0].removeprefix("fatal: ")
        if "not a git repository" in said or "must be run in a work tree" in said:
            raise NoGitError(f"{self.top}: not a Git work tree; run `git init`, or use `vaultkit check`")
        if b"from promisor remote" in messages:
            raise VaultkitError(
                f"{self.top}: partial clone with missing objects, which vaultkit does not fetch; run `git fetch` first"
            )
        raise VaultkitError(f"{self.top}: `git {command}` failed ({said or status})")

    def staged(self) -> list[Staged]:
        """What the commit would change, paths from the top folder."""
        options = ("-z", "-M", "--no-abbrev", "--no-ext-diff", "--no-relative", "--ignore-submodules=none")
        try:
            answer = self.ask("diff", "--cached", "--raw", *options)
        except VaultkitError:
            self.find_top()  # outside of a work tree `git diff` complains about its options
            raise
        fields = answer.split(b"\0")
        found = []
        at = 0
        while at + 1 < len(fields):
            old_mode, new_mode, old_blob, new_blob, status = fields[at].decode().lstrip(":").split(" ")
            old_path = path = os.fsdecode(fields[at + 1])
            at += 2
            if status[0] in "RC":
                path = os.fsdecode(fields[at])
                at += 1
            old, new = _entry(old_path, old_mode, old_blob), _entry(path, new_mode, new_blob)
            found.append(Staged(status[0], old_path, path, old, new))
        return found

    def index(self) -> dict[str, TreeEntry]:
        """All entries of the index by path, submodules among them, without files that are only announced."""
        found: dict[str, TreeEntry] = {}
        is_empty = False
        for row in os.fsdecode(self.ask("ls-files", "-s", "-z")).split("\0"):
            head, _, path = row.partition("\t")  # "100644 <object name> 0"
            if head:
                blob = head[7:-2]
                is_empty = is_empty or blob in _EMPTY
                found[path] = TreeEntry(path, blob if head[-1] == "0" else "", head[:6])
        if is_empty:
            for path in [path for path, stamp in self.stamps().items() if stamp.is_announced]:
                found.pop(path, None)
        return found

    def stamps(self) -> dict[str, Stamp]:
        """What the index remembers of the files on disk, by path."""
        rows = os.fsdecode(self.ask("ls-files", "--debug", "-z", most=3 * MOST_OUTPUT))  # six lines for a file
        return {
            path: Stamp(int(seconds), int(nanoseconds), int(size), bool(int(flags, 16) & _INTENT_TO_ADD))
            for path, seconds, nanoseconds, size, flags in _DEBUG_ROW.findall(rows)
        }

    def tree(self, revision: str) -> dict[str, TreeEntry]:
        """All entries of a commit by path, submodules among them."""
        found = {}
        for row in self.ask("ls-tree", "-r", "-z", "--full-tree", revision).split(b"\0"):
            head, _, name = row.partition(b"\t")
            if head:
                mode, _, blob = head.decode().split(" ")
                path = os.fsdecode(name)
                found[path] = TreeEntry(path, blob, mode)
        return found

    def submodule(self, entry: TreeEntry, *, is_gone: bool) -> dict[str, TreeEntry] | None:
        """All entries of a submodule's commit by their paths from the top; None when it is not checked out.

        is_gone: it is taken away, so it counts all the same.
        """
        git_folder = self._module_folder(entry.path) if is_gone else _git_folder(os.path.join(self.top, entry.path))
        if git_folder is None:
            return None
        for revision in (entry.blob, "HEAD"):  # a commit that was never fetched: what is checked out
            command = (*self._at(git_folder), "ls-tree", "-r", "-z", "--full-tree", revision)
            answer = self.ask(*command, allowed=(0, 128)) if revision else b""
            if answer:
                break
        found = {}
        for row in answer.split(b"\0"):
            head, _, name = row.partition(b"\t")
            if head:
                mode, _, blob = head.decode().split(" ")
                path = f"{entry.path}/{os.fsdecode(name)}"
                found[path] = TreeEntry(path, blob, mode, entry.path)
        return found

    def blobs(self, names: Iterable[str], folder: str = "") -> dict[str, bytes | None]:
        """Object name -> content; None for one of more than 10 MB.

        folder: the submodule that has them; what it lacks is left out.

        Raises:
            VaultkitError: git does not have one.
        """
        wanted = sorted(set(names) - {""})
        if not wanted:
            return {}
        git_folder = self._module_folder(folder) if folder else None
        if folder and git_folder is None:
            return {}
        with self._explained():
            done, found = read_blobs(self.top, wanted, *(self._at(git_folder) if git_folder else ()))
        if done.returncode != 0:
            self._complain("cat-file", done.returncode, done.stderr)
        lacking = next((name for name in wanted if name not in found), None)
        if lacking is not None and not folder:
            raise VaultkitError(f"{self.top}: missing Git object {lacking}; run `git fetch` first")
        return found

    def _at(self, git_folder: str) -> tuple[str, str]:
        """Options to ask another repository; its own work tree may be gone."""
        return f"--git-dir={git_folder}", f"--work-tree={self.top}"

    def _module_folder(self, path: str) -> str | None:
        """Where git keeps the objects of the submodule at ``path``; None when it has none."""
        there = _git_folder(os.path.join(self.top, path))
        if there is not None:
            return there
        common = os.fsdecode(self.ask("rev-parse", "--git-common-dir")).rstrip("\n")
        kept = os.path.join(self.top, common, "modules", path)
        return kept if os.path.isdir(kept) else None

    def converted(self, paths: Iterable[str]) -> set[str]:
        """Those of the paths whose objects are not what lies on disk: encrypted, in LFS, in another encoding."""
        stdin = b"".join(os.fsencode(path) + b"\0" for path in paths)
        if not stdin:
            return set()
        fields = self.ask("check-attr", "-z", "--stdin", "filter", "working-tree-encoding", stdin=stdin).split(b"\0")
        plain = (b"unspecified", b"unset")
        return {os.fsdecode(path) for path, value in zip(fields[::3], fields[2::3], strict=False) if value not in plain}

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Those of the paths that git is told to ignore; none of them may lie in a submodule."""
        stdin = b"".join(os.fsencode(path) + b"\0" for path in paths)
        answer = self.ask("check-ignore", "-z", "--stdin", stdin=stdin, allowed=(0, 1)) if stdin else b""
        return {os.fsdecode(name) for name in answer.split(b"\0") if name}

    def shared_hooks(self) -> str:
        """The folder of hooks that the user's or the system's settings name for all repositories; "" for none."""
        key = ("--get", "core.hooksPath")
        for scope in ("--worktree", "--local"):
            if self.ask("config", scope, *key, allowed=(0, 1, 128), own_hooks=True):
                return ""
        answer = self.ask("config", *key, allowed=(0, 1), own_hooks=True)
        return os.fsdecode(answer).rstrip("\n")

    def hooks_folder(self) -> str:
        """Where git looks for hooks: what core.hooksPath says, else the repository's own."""
        return os.path.join(
            self.top, os.fsdecode(self.ask("rev-parse", "--git-path", "hooks", own_hooks=True)).rstrip("\n")
        )

    def has(self, revision: str) -> str:
        """Full name of the commit; "" when there is none."""
        if not revision or revision.startswith("-") or "\0" in revision:
            return ""
        answer = self.ask("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", allowed=(0, 1, 128))
        return answer.decode().strip()


def _entry(path: str, mode: str, blob: str) -> TreeEntry | None:
    return None if mode == "000000" else TreeEntry(path, blob if blob.strip("0") else "", mode)


def _git_folder(folder: str) -> str | None:
    """Where git keeps the state of the work tree at ``folder``; None when it is none."""
    path = os.path.join(folder, ".git")
    if os.path.isdir(path):
        return path
    try:
        written = os.fsdecode(read_regular(path)[:4096])
    except OSError:
        return None
    named = os.path.join(folder, written.removeprefix("gitdir:").strip())
    return os.path.normpath(named) if written.startswith("gitdir:") and os.path.isdir(named) else None
