"""Go to what a link opens."""

from __future__ import annotations

from typing import Any

from vaultkit.lsp.cursor import at_cursor
from vaultkit.lsp.targets import location_of
from vaultkit.lsp.vaults import EditedVault

METHOD = "textDocument/definition"
CAPABILITY = {"definitionProvider": True}


def answer(vault: EditedVault, params: Any) -> Any:
    """The place that the link at the cursor opens; None where there is no link or it opens nothing."""
    path = vault.path_of(params["textDocument"]["uri"])
    note = vault.note(path) if path is not None else None
    if path is None or note is None:
        return None
    lines = vault.lines(path)
    found = at_cursor(note, lines.text, lines.offset(params["position"]))
    if found is None or found.link is None:
        return None
    return location_of(vault, path, found.link)
