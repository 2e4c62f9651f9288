"""Every link to what stands at the cursor: the file of a link, a heading, a block or a tag."""

from __future__ import annotations

from typing import Any

from vaultkit.lsp.cursor import at_cursor
from vaultkit.lsp.targets import links_to, place_at, tag_places
from vaultkit.lsp.vaults import EditedVault

METHOD = "textDocument/references"
CAPABILITY = {"referencesProvider": True}


def answer(vault: EditedVault, params: Any) -> Any:
    """Locations, by file; None where there is nothing to refer to."""
    path = vault.path_of(params["textDocument"]["uri"])
    note = vault.note(path) if path is not None else None
    if path is None or note is None:
        return None
    lines = vault.lines(path)
    found = at_cursor(note, lines.text, lines.offset(params["position"]))
    if found is None or found.kind == "property":
        return None
    spans: list[tuple[str, int, int]] = []
    if found.kind == "tag":
        spans = list(tag_places(vault, found.name))
    else:
        place = place_at(vault, path, found)
        if place is None:
            return None
        target, start = place
        if start is not None and (params.get("context") or {}).get("includeDeclaration"):
            spans.append((target, start, start))
        spans += [(source, link.start, link.end) for source, link in links_to(vault, target, start)]
    known = {source: vault.lines(source) for source, _, _ in spans}
    return [{"uri": vault.uri(source), "range": known[source].range(start, end)} for source, start, end in spans]
