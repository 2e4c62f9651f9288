"""The places in one note that mean the same as what stands at the cursor."""

from __future__ import annotations

from typing import Any

from vaultkit.lsp.cursor import at_cursor, links_of
from vaultkit.lsp.targets import place_at, target_of
from vaultkit.lsp.vaults import EditedVault

METHOD = "textDocument/documentHighlight"
CAPABILITY = {"documentHighlightProvider": True}


def answer(vault: EditedVault, params: Any) -> Any:
    """Ranges of links to the same place, or of the same tag; None for anything else."""
    path = vault.path_of(params["textDocument"]["uri"])
    note = vault.note(path) if path is not None else None
    if path is None or note is None:
        return None
    lines = vault.lines(path)
    found = at_cursor(note, lines.text, lines.offset(params["position"]))
    if found is None:
        return None
    if found.kind == "tag":
        same = [one for one in note.tags if one.tag[1:].lower() == found.name.lower()]
        return [{"range": lines.range(one.start, one.start + len(one.tag))} for one in same]
    place = place_at(vault, path, found)
    if place is None:
        return None
    ranges = []
    for link in links_of(note):
        target, there = target_of(vault, path, link)
        is_place = there.kind in ("heading", "block")
        if target == place[0] and (place[1] is None or (is_place and there.start == place[1])):
            ranges.append({"range": lines.range(link.start, link.end)})
    return ranges
