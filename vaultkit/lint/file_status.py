"""Which files are checked, which are link targets only, which are ignored, and why."""

from __future__ import annotations

from typing import Literal

from vaultkit.base.globs import matcher
from vaultkit.base.record import record
from vaultkit.config import Config
from vaultkit.lint.engine import CHECKED_KINDS, unchecked_reason
from vaultkit.lint.plan import plan_of
from vaultkit.vault.workspace import Workspace


@record
class FileState:
    """One file (or skipped folder). state: "lint" checked, "index" a link target only, "skip" ignored."""

    path: str
    state: Literal["lint", "index", "skip"]
    reason: str


def scope_of(root: str, config: Config) -> tuple[FileState, ...]:
    """Return the state of every file in the vault's folder, by path.

    Raises:
        VaultkitError: the folder cannot be read.
    """
    workspace = Workspace(root, config)
    listing = workspace.list_files()
    vault, found = workspace.listed(listing), listing.walk
    states = [FileState(path, "skip", reason) for path, reason in found.faults]
    states += [FileState(path + "/", "skip", "a separate vault") for path in found.nested]
    excluded = matcher(config.exclude)
    unjudged = unchecked_reason(vault, plan_of(config))
    for file in found.files:
        if excluded is not None and excluded(file.path):
            states.append(FileState(file.path, "skip", "excluded in the configuration"))
        elif file.kind not in CHECKED_KINDS:
            states.append(FileState(file.path, "index", "attachment" if file.kind == "attachment" else "not a note"))
        else:
            reason = unjudged(file.path)
            states.append(FileState(file.path, "index" if reason else "lint", reason))
    return tuple(sorted(states, key=lambda state: state.path))
