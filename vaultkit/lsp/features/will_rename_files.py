"""The editor is about to rename or move files: the edits of the links to them."""

from __future__ import annotations

from typing import Any

from vaultkit.lsp.edits import plan_edit
from vaultkit.lsp.uris import path_of_uri
from vaultkit.lsp.vaults import EditedVault
from vaultkit.refactor.plan import plan_move
from vaultkit.refactor.renaming import Renaming, renaming
from vaultkit.refactor.setting_files import setting_files

METHOD = "workspace/willRenameFiles"
_FILES = {"filters": [{"scheme": "file", "pattern": {"glob": "**/*"}}]}
CAPABILITY = {"workspace": {"fileOperations": {"willRename": _FILES}}}
NEEDS_CHECK = True


def answer(vault: EditedVault, params: Any) -> Any:
    """One edit for all files; None if nothing links to them.

    Raises:
        VaultkitError: a link cannot follow.
    """
    snapshot = vault.snapshot
    chosen = []
    for one in params["files"]:
        old = vault.path_of(one["oldUri"])
        new_place = path_of_uri(one["newUri"])
        new = vault.path_of(one["newUri"])
        if old is not None and new is not None and new_place is not None:
            chosen.append(renaming(snapshot, old, new))
    if not chosen:
        return None
    pairs = tuple(sorted(pair for one in chosen for pair in one.pairs))
    wanted = Renaming(pairs, chosen[0].folder if len(chosen) == 1 else None)
    read = snapshot.read_bytes
    plan = plan_move(snapshot, wanted, read, setting_files(vault.root, snapshot.settings.folder, read))
    return plan_edit(vault, plan, has_moved=True) if plan.links or plan.settings else None
