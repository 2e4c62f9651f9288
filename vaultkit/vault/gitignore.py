"""The files of a vault that git ignores.

Ignored notes stay link targets; nothing is reported in them. Most vaults ignore hidden files only (``.DS_Store``,
``.obsidian/workspace.json``), which are no part of a vault anyway: lines that cannot mean a file of the vault are
left out first, and if none is left, git does not run. Otherwise git runs once, as it alone knows its index and the
user's own patterns; without git, or outside of a work tree, the patterns are read here with pathspec, whose import
costs as much as the whole check of a small vault and so waits for that case.
"""

from __future__ import annotations

import contextlib
import os
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from vaultkit.base.git import run_git
from vaultkit.base.safe_read import NotOpenedError, TooLargeError, read_regular

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NAME = ".gitignore"


def ignored_paths(root: str, folders: Iterable[str], paths: Sequence[str]) -> frozenset[str]:
    """Return the ``paths``, all below ``root``, that git ignores and does not track.

    folders: folders of the vault with a ``.gitignore``; "" for the vault's own. Where the vault as a whole
    is ignored, as a folder of another project may be, only these count.
    """
    top, git_folder = _work_tree(root)
    prefix = os.path.relpath(root, top).replace(os.sep, "/") if top is not None and top != root else ""
    around = [(os.path.join(top or root, outer, NAME), outer) for outer in reversed(_parents(prefix))]
    if git_folder is not None:
        around.insert(0, (os.path.join(git_folder, "info", "exclude"), ""))
    inside = [(os.path.join(root, folder, NAME), _joined(prefix, folder)) for folder in folders]
    outer = [(folder, _lines(file)) for file, folder in around]
    inner = [(folder, _lines(file)) for file, folder in inside]
    can_git_read = all(lines is not None for _, lines in (*outer, *inner))
    outer_lines = [(folder, lines) for folder, lines in outer if lines]
    inner_lines = [(folder, lines) for folder, lines in inner if lines]
    if not (outer_lines or inner_lines) or not paths:
        return frozenset()
    asked = [_joined(prefix, path) for path in paths]
    answer = _asked(top, [*([prefix] if prefix else []), *asked]) if top is not None and can_git_read else None
    if answer is None:
        is_ignored = _judge([*outer_lines, *inner_lines])
        answer = frozenset(path for path in asked if is_ignored(path))
        if prefix and is_ignored(prefix + "/"):
            answer |= {prefix}
    if prefix in answer:
        is_ignored = _judge(inner_lines)
        answer = frozenset(path for path in asked if is_ignored(path))
    cut = len(prefix) + 1 if prefix else 0
    return frozenset(path[cut:] for path in answer)


def _joined(folder: str, path: str) -> str:
    return f"{folder}/{path}" if folder and path else folder or path


def _parents(prefix: str) -> list[str]:
    """The folders from the work tree down to the vault, without the vault's own, innermost first.

    >>> _parents("a/b")
    ['a', '']
    """
    parts = prefix.split("/") if prefix else []
    return ["/".join(parts[:count]) for count in range(len(parts) - 1, -1, -1)]


def _work_tree(root: str) -> tuple[str | None, str | None]:
    """The top folder of the work tree around ``root``, and git's own folder where that is a plain one."""
    folder = root
    while True:
        git_folder = os.path.join(folder, ".git")
        if os.path.isdir(git_folder):
            return folder, git_folder
        if os.path.exists(git_folder):  # a file: a worktree or a submodule
            return folder, None
        parent = os.path.dirname(folder)
        if parent == folder:
            return None, None
        folder = parent


def _lines(file: str) -> list[str] | None:
    """The patterns of an ignore file that may mean a file of the vault: no part of them is a hidden name.

    None when the file is a pipe, a device or huge, so that git must not be asked either.
    """
    try:
        lines = read_regular(file).decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n").split("\n")
    except (NotOpenedError, TooLargeError):
        return None
    except OSError:
        return []
    return [line for line in lines if line.strip() and not line.startswith("#") and not _is_hidden(line)]


def _is_quick(pattern: str) -> bool:
    """The pattern, as a regular expression, does not try too many ways, as hand-written ones do not."""
    parts = pattern.split("/")
    return parts.count("**") <= 4 and all(part == "**" or part.count("*") <= 3 for part in parts)


def _is_hidden(pattern: str) -> bool:
    return any(
        part.startswith(".") and part not in (".", "..") for part in pattern.removeprefix("!").strip().split("/")
    )


def _asked(top: str, paths: Sequence[str]) -> frozenset[str] | None:
    """Git's own answer for paths from the work tree's top; None when it cannot give one."""
    names = b"".join(os.fsencode(path) + b"\0" for path in paths)
    try:
        answer = run_git(top, "check-ignore", "-z", "--stdin", stdin=names, seconds=60)
    except OSError:
        return None
    if answer.returncode not in (0, 1):
        return None
    return frozenset(os.fsdecode(name) for name in answer.stdout.split(b"\0") if name)


def _spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """The patterns of one file. One that is not valid matches nothing, as in git."""
    from pathspec import GitIgnoreSpec

    patterns: list[Any] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # "possible nested set", of `[[]`
        for line in filter(_is_quick, lines):
            with contextlib.suppress(ValueError, re.error):
                patterns += GitIgnoreSpec.from_lines([line]).patterns
    return GitIgnoreSpec(patterns)


def _judge(found: Sequence[tuple[str, list[str]]]) -> Callable[[str], bool]:
    """Whether a path is ignored. found: (folder, patterns in it), outer ones first; inner ones win."""
    specs = [(folder + "/" if folder else "", _spec(lines)) for folder, lines in reversed(found)]

    def verdict(path: str) -> bool:
        for folder, spec in specs:
            if path.startswith(folder):
                said = spec.check_file(path[len(folder) :]).include
                if said is not None:
                    return said
        return False

    @cache
    def is_folder_ignored(folder: str) -> bool:
        """Whether git ignores the folder; no pattern can un-ignore a path inside such a folder."""
        outer = folder.rpartition("/")[0]
        return bool(folder) and (is_folder_ignored(outer) or verdict(folder + "/"))

    return lambda path: is_folder_ignored(path.rpartition("/")[0]) or verdict(path)
