"""Renamed files in git's history, read on first use."""

from __future__ import annotations

import os
from collections.abc import Iterable

from vaultkit.base.git import run_git

# Renames further back than this are forgotten: a baseline is usually replaced before it is that old.
MAX_COMMITS = 2000
_SECONDS = 20


def git_renames(root: str, missing: Iterable[str]) -> dict[str, str]:
    """Old path -> path now, relative to ``root``, of files that git saw renamed; empty without git."""
    steps = _renames(root, "log", f"-{MAX_COMMITS}", "--format=")
    steps |= _renames(root, "diff", "HEAD", "--ignore-submodules=dirty")
    found = {}
    for path in missing:
        now = path
        seen = {path}
        while now in steps and steps[now] not in seen:
            now = steps[now]
            seen.add(now)
        if now != path and os.path.exists(os.path.join(root, now)):
            found[path] = now
    return found


def _renames(root: str, *command: str) -> dict[str, str]:
    arguments = (*command, "-M", "--diff-filter=R", "--name-status", "-z", "--relative", "--no-ext-diff")
    try:
        answer = run_git(root, *arguments, seconds=_SECONDS, is_work_tree=command[0] == "diff")
    except OSError:
        return {}
    if answer.returncode != 0:
        return {}
    fields = [os.fsdecode(field).lstrip("\n") for field in answer.stdout.split(b"\0")]
    renames: dict[str, str] = {}
    at = 0
    while at + 2 < len(fields):
        if fields[at].startswith("R"):
            renames.setdefault(fields[at + 1], fields[at + 2])  # the latest commit comes first
            at += 3
        else:
            at += 1
    return renames
