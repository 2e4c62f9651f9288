"""The links of a note that can be clicked: pictures and other files, which `definition` cannot show as text."""

from __future__ import annotations

from typing import Any

from vaultkit.lsp.cursor import links_of
from vaultkit.lsp.vaults import EditedVault
from vaultkit.note.model import PropertyLink

METHOD = "textDocument/documentLink"
CAPABILITY = {"documentLinkProvider": {"resolveProvider": False}}


def answer(vault: EditedVault, params: Any) -> Any:
    """Ranges with the address of the file that each link opens."""
    path = vault.path_of(params["textDocument"]["uri"])
    note = vault.note(path) if path is not None else None
    if path is None or note is None:
        return []
    lines = vault.lines(path)
    found = []
    for link in links_of(note):
        target = vault.snapshot.resolve(link.linkpath, path).path
        if target is None or target == path:
            continue
        start, end = (link.start, link.end)
        if not isinstance(link, PropertyLink):
            start, end = link.target_start, link.target_end
        found.append({"range": lines.range(start, end), "target": vault.uri(target)})
    return found
