"""Commands and paths for copying into a shell: quoted, and relative to the user's folder."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable

from vaultkit.vault.find import find_vault

_GLOB = re.compile(r"[*?\[\\]|^:")


class Shell:
    """The user's shell. top: the repository's folder."""

    def __init__(self, top: str) -> None:
        self._top = os.path.realpath(top)
        self.folder = user_folder()

    def path(self, path: str) -> str:
        """A path from the repository's top as a path from the user's folder."""
        return os.path.relpath(os.path.join(self._top, path), self.folder).replace(os.sep, "/")

    def vaultkit(self, prefix: str, command: str, *words: str) -> str:
        """A command of ours on the vault at ``prefix``. The words are paths in the vault or stand-ins for them."""
        root = os.path.join(self._top, prefix.rstrip("/"))
        named = [] if os.path.realpath(find_vault(self.folder)) == root.rstrip("/") else ["--vault", self.path(prefix)]
        dashes = ["--"] if any(word.startswith("-") for word in words) else []
        return " ".join(map(quoted, ["vaultkit", *command.split(" "), *named, *dashes, *words]))

    def git_add(self, paths: Iterable[str], folder: str = "", *, force: bool = False) -> str:
        """The command that adds files. paths: from ``folder``, which is the top or a submodule."""
        if folder:
            words = ["git", "-C", self.path(folder)]
            named = list(paths)
        else:
            words = ["git"]
            named = [self.path(path) for path in paths]
        if any(_GLOB.search(path) for path in named):
            words.append("--literal-pathspecs")
        words += ["add", *(["-f"] if force else [])]
        if any(path.startswith("-") for path in named):
            words.append("--")
        return " ".join(map(quoted, [*words, *named]))


def user_folder() -> str:
    """The folder where the user called git, which starts hooks in the top folder and says in GIT_PREFIX from where."""
    here = os.path.realpath(os.getcwd())
    prefix = os.environ.get("GIT_PREFIX", "")
    there = os.path.join(here, prefix) if prefix else here
    return os.path.normpath(there) if os.path.isdir(there) else here


def quoted(word: str) -> str:
    """A word as it is typed in a shell.

    >>> quoted("My note.md"), quoted("tab\\there.md")
    ("'My note.md'", "$'tab\\\\there.md'")
    """
    if os.name == "nt":
        return word if re.fullmatch(r"[\w./:@+-]+", word) else f'"{word}"'
    if word.isprintable():
        return shlex.quote(word)
    escaped = "".join(_escaped(letter) for letter in word)
    return f"$'{escaped}'"


def _escaped(letter: str) -> str:
    if letter in "\\'":
        return "\\" + letter
    if letter.isprintable():
        return letter
    known = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return known.get(letter) or "".join(f"\\x{byte:02x}" for byte in os.fsencode(letter))
