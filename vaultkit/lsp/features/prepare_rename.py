"""Whether what stands at the cursor can be renamed, and the name that it has."""

from __future__ import annotations

from typing import Any

from vaultkit.lsp.features.rename import renamed_at
from vaultkit.lsp.vaults import EditedVault

METHOD = "textDocument/prepareRename"
CAPABILITY: dict[str, Any] = {}


def answer(vault: EditedVault, params: Any) -> Any:
    """The range to rename and its text; None where nothing can be renamed."""
    found = renamed_at(vault, params)
    if found is None:
        return None
    return {"range": vault.lines(found.path).range(found.start, found.end), "placeholder": found.name}
