"""The outline of a note."""

from __future__ import annotations

from typing import Any

from vaultkit.lsp.vaults import EditedVault

METHOD = "textDocument/documentSymbol"
CAPABILITY = {"documentSymbolProvider": True}
_STRING = 15  # SymbolKind that editors show for headings of Markdown


def answer(vault: EditedVault, params: Any) -> Any:
    """Headings as a tree; each reaches to the next heading of its level or above."""
    path = vault.path_of(params["textDocument"]["uri"])
    note = vault.note(path) if path is not None else None
    if path is None or note is None:
        return []
    lines = vault.lines(path)
    top: list[dict[str, Any]] = []
    above: list[tuple[int, dict[str, Any]]] = []
    for index, heading in enumerate(note.headings):
        following = (one.start for one in note.headings[index + 1 :] if one.level <= heading.level)
        end = next(following, len(lines.text))
        symbol: dict[str, Any] = {
            "name": heading.text or "(no text)",
            "kind": _STRING,
            "range": lines.range(heading.start, end),
            "selectionRange": lines.range(heading.start, heading.end),
            "children": [],
        }
        while above and above[-1][0] >= heading.level:
            above.pop()
        (above[-1][1]["children"] if above else top).append(symbol)
        above.append((heading.level, symbol))
    return top
