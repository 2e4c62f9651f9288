"""What git knows, asked with commands that write nothing and take no lock.

All commands run in the work tree's top folder, through ``vaultkit.git``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from vaultkit.errors import VaultkitError
from vaultkit.git import run_git
from vaultkit.record import record

_SYMLINK, _SUBMODULE = "120000", "160000"


class NoGitError(VaultkitError):
    """There is no git, or the folder is in no work tree."""


@record
class Entry:
    """A file of a tree or the index. blob: its object name; "" when it is no plain file or is in conflict."""

    path: str
    blob: str


@record
class Staged:
    """One change that is staged. status: A, C, D, M, R or T; old_path: where it was, for R and C; else the path.

    old_blob, new_blob: object names; "" where there is no plain file.
    """

    status: str
    old_path: str
    path: str
    old_blob: str
    new_blob: str


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
    ) -> bytes:
        """What a git command prints. is_work_tree, own_hooks: see ``run_git``.

        Raises:
            NoGitError: there is no git, or no work tree here.
            VaultkitError: git cannot answer.
        """
        try:
            done = run_git(self.top, *arguments, stdin=stdin, is_work_tree=is_work_tree, own_hooks=own_hooks)
        except FileNotFoundError:
            raise NoGitError("git is not installed; install it, or run `vaultkit check`") from None
        except OSError as error:
            raise VaultkitError(
                f"{self.top}: {error.strerror or error}; run that command yourself to see why"
            ) from None
        if done.returncode in allowed:
            return done.stdout
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0].removeprefix("fatal: ")
        if "not a git repository" in said or "must be run in a work tree" in said:
            raise NoGitError(f"{self.top}: not in a git work tree; `git init` makes one, `vaultkit check` needs none")
        if "from promisor remote" in done.stderr.decode(errors="replace"):
            raise VaultkitError(
                f"{self.top}: this clone is partial and vaultkit never fetches; `git fetch` the rest first"
            )
        raise VaultkitError(
            f"{self.top}: git {arguments[0]} cannot answer ({said or done.returncode}); see to git first"
        )

    def staged(self) -> list[Staged]:
        """What the commit would change, paths from the top folder."""
        try:
            answer = self.ask("diff", "--cached", "--raw", "-z", "-M", "--no-abbrev", "--no-ext-diff", "--no-relative")
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
            blobs = _blob(old_mode, old_blob), _blob(new_mode, new_blob)
            found.append(Staged(status[0], old_path, path, *blobs))
        return found

    def index(self) -> list[Entry]:
        """All files of the index; submodules are none."""
        found: dict[str, Entry] = {}
        for row in os.fsdecode(self.ask("ls-files", "-s", "-z")).split("\0"):
            head, _, path = row.partition("\t")  # "100644 <object name> 0"
            if not head or head.startswith(_SUBMODULE):
                continue
            is_plain = head[-1] == "0" and not head.startswith(_SYMLINK)
            found[path] = Entry(path, head[7:-2] if is_plain else "")
        return list(found.values())

    def tree(self, revision: str) -> list[Entry]:
        """All files of a commit; submodules are none."""
        found = []
        for row in self.ask("ls-tree", "-r", "-z", "--full-tree", revision).split(b"\0"):
            head, _, name = row.partition(b"\t")
            if head:
                mode, _, blob = head.decode().split(" ")
                if mode != _SUBMODULE:
                    found.append(Entry(os.fsdecode(name), _blob(mode, blob)))
        return found

    def blobs(self, names: Iterable[str]) -> dict[str, bytes]:
        """Object name -> content.

        Raises:
            VaultkitError: git does not have one.
        """
        wanted = sorted(set(names) - {""})
        if not wanted:
            return {}
        answer = self.ask("cat-file", "--batch", stdin="".join(f"{name}\n" for name in wanted).encode())
        found: dict[str, bytes] = {}
        at = 0
        for name in wanted:
            end = answer.index(b"\n", at)
            head = answer[at:end].split()
            if len(head) != 3:
                raise VaultkitError(f"{self.top}: git has no content of {name}; fetch it first")
            size = int(head[2])
            found[name] = answer[end + 1 : end + 1 + size]
            at = end + size + 2
        return found

    def unstaged(self) -> set[str]:
        """Files whose work tree differs from the index."""
        compare = ("diff", "--name-only", "-z", "--no-ext-diff", "--no-relative", "--ignore-submodules=dirty")
        answer = self.ask(*compare, is_work_tree=True)
        return {os.fsdecode(name) for name in answer.split(b"\0") if name}

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Those of the paths that git is told to ignore."""
        stdin = b"".join(os.fsencode(path) + b"\0" for path in paths)
        answer = self.ask("check-ignore", "-z", "--stdin", stdin=stdin, allowed=(0, 1)) if stdin else b""
        return {os.fsdecode(name) for name in answer.split(b"\0") if name}

    def hooks_folder(self) -> str:
        """Where git looks for hooks: what core.hooksPath says, else the repository's own."""
        return os.path.join(
            self.top, os.fsdecode(self.ask("rev-parse", "--git-path", "hooks", own_hooks=True)).rstrip("\n")
        )

    def has(self, revision: str) -> str:
        """Full name of the commit; "" when there is none."""
        if not revision or revision.startswith("-"):
            return ""
        answer = self.ask("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", allowed=(0, 1, 128))
        return answer.decode().strip()


def _blob(mode: str, blob: str) -> str:
    return "" if mode in (_SYMLINK, _SUBMODULE, "000000") or not blob.strip("0") else blob
