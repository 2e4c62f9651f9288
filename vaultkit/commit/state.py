"""The operation that Git has in progress (merge, rebase, …), and its commits."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from vaultkit.base.record import record
from vaultkit.base.safe_read import read_regular
from vaultkit.commit.repository import Git

_HEAD_VARIABLE = re.compile(r"GITHEAD_([0-9a-f]{40}(?:[0-9a-f]{24})?)")
_COMMIT_LINE = re.compile(r"^commit ([0-9a-f]{40,64})$", re.MULTILINE)
_OBJECT_NAME = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_MOST_COMMITS = 100  # of one merge


@record
class State:
    """kind: "merge", "rebase", "cherry-pick", "revert" or "".  others: commits whose content is taken over."""

    kind: str
    others: tuple[str, ...]


def state_of(git: Git, git_folder: str, environment: Mapping[str, str] = os.environ) -> State:
    """What git is doing while the hook runs.

    Before a merge without conflicts is committed, git has written no MERGE_HEAD; it names the other side in
    variables (``GITHEAD_<commit>``) for the programs that it calls.
    """

    def commits(*names: str) -> tuple[str, ...]:
        found = [_words(os.path.join(git_folder, name)) for name in names]
        named = [word for name in found for word in name.split() if _OBJECT_NAME.fullmatch(word)]
        return tuple(commit for commit in named[:_MOST_COMMITS] if git.has(commit))

    merged = commits("MERGE_HEAD")
    if not merged:
        named = [match[1] for name in environment if (match := _HEAD_VARIABLE.fullmatch(name))]
        merged = tuple(commit for commit in sorted(named) if git.has(commit))
    if any(os.path.exists(os.path.join(git_folder, name)) for name in ("rebase-merge", "rebase-apply")):
        return State("rebase", tuple(dict.fromkeys((*merged, *commits("CHERRY_PICK_HEAD", "REBASE_HEAD")))))
    if merged or os.path.exists(os.path.join(git_folder, "MERGE_HEAD")):
        return State("merge", merged)
    if os.path.exists(os.path.join(git_folder, "CHERRY_PICK_HEAD")):
        return State("cherry-pick", commits("CHERRY_PICK_HEAD"))
    if os.path.exists(os.path.join(git_folder, "REVERT_HEAD")):
        parents = [git.has(f"{commit}^") for commit in commits("REVERT_HEAD")]
        return State("revert", tuple(filter(None, parents)))
    squashed = _COMMIT_LINE.search(_text(os.path.join(git_folder, "SQUASH_MSG")))
    return State("", (squashed[1],) if squashed and git.has(squashed[1]) else ())


def _words(path: str) -> str:
    return " ".join(_text(path).split())


def _text(path: str) -> str:
    try:
        return read_regular(path)[:65_536].decode("utf-8", "replace")
    except OSError:
        return ""
