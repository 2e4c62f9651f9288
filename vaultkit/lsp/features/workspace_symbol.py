"""Notes, aliases, headings and tags of the vault by a part of their name."""

from __future__ import annotations

from typing import Any

from vaultkit.lsp.matching import score
from vaultkit.lsp.vaults import EditedVault
from vaultkit.note.properties import aliases
from vaultkit.vault.snapshot import basename

METHOD = "workspace/symbol"
CAPABILITY = {"workspaceSymbolProvider": True}
MOST_SYMBOLS = 200
_FILE, _KEY, _STRING = 1, 20, 15


def answer(vault: EditedVault, params: Any) -> Any:
    """At most `MOST_SYMBOLS` symbols, the best first; an empty query lists notes."""
    query = params.get("query", "")
    found: list[tuple[int, str, str, int, int]] = []
    for path, note in vault.snapshot.notes.items():
        names = [(basename(path), _FILE, 0), *((alias, _KEY, 0) for alias in aliases(note.properties))]
        if query:
            names += [(heading.text, _STRING, heading.start) for heading in note.headings]
        for name, kind, start in names:
            rank = score(query, name)
            if rank is not None:
                found.append((rank, name, path, kind, start))
    found.sort()
    return [
        {
            "name": name,
            "kind": kind,
            "containerName": path,
            "location": {"uri": vault.uri(path), "range": vault.lines(path).range(start, start)},
        }
        for _, name, path, kind, start in found[:MOST_SYMBOLS]
    ]
