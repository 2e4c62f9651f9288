"""A canvas or base that Obsidian cannot open, or an arrow to a card that is not there.

Why:     Obsidian shows an empty board, drops the arrow without a word, or shows an error instead of a table.
Fix:     none: what was lost is not in the file. A card whose file is missing is told by missing-file.
Source:  JSON Canvas 1.0; Obsidian Help, "Bases syntax".
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from vaultkit.lint.facts.source_text import text_of
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.properties import read_properties
from vaultkit.vault.snapshot import Snapshot

CODE = "ST008"
SEVERITY = "error"
WHOLE = True
BAD = {
    "Board.canvas": '{"nodes": [{"id": "a", "type": "text", "text": ""}], "edges": [{"id": "e", "fromNode": "a", "toNode": "b"}]}'
}
GOOD = {"Board.canvas": '{"nodes": [{"id": "a", "type": "text", "text": ""}], "edges": []}'}


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Canvases and bases that do not parse, and edges with a loose end."""
    for path, canvas in vault.canvases.items():
        if canvas.fault:
            yield path, Violation(0, 0, f"the canvas cannot be opened: {canvas.fault}", "canvas")
        elif canvas.dangling_edges or canvas.nameless:
            source = text_of(vault, path) or ""
            for node in canvas.nameless:
                at = max(source.find(json.dumps(node, ensure_ascii=False)), 0)
                yield path, Violation(at, at, f"the card {node} is to show a file and names none", f"card {node}")
            for edge in canvas.dangling_edges:
                written = json.dumps(edge, ensure_ascii=False)
                at = max(source.find(written), 0)
                end = at + len(written) if at else 0
                message = f"{f'the arrow {edge}' if edge else 'an arrow'} begins or ends at a card that is not there, so Obsidian drops it"
                yield path, Violation(at, end, message, edge)
    for path, file in vault.files.items():
        if file.kind == "base" and (text := text_of(vault, path)):
            fault = _base_fault(text)
            if fault is not None:
                yield path, Violation(fault[0], fault[0], f"the base cannot be opened: {fault[1]}", "base")


def _base_fault(text: str) -> tuple[int, str] | None:
    """Where and why a base is no YAML mapping; None when it is one or is empty."""
    error = read_properties(text)[1]
    return None if error is None else (error.start, error.message)
