"""An invalid canvas or base, or a canvas arrow to a missing card.

Why:     Obsidian shows an empty canvas, removes the arrow without a message, or shows an error instead of a table.
Fix:     none: the file does not contain what was lost. missing-file reports cards whose file is missing.
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
    """Report canvases and bases that do not parse, and edges without a card at one end."""
    for path, canvas in vault.canvases.items():
        if canvas.fault:
            yield path, Violation(0, 0, f"invalid canvas: {canvas.fault}; Obsidian cannot open it", "canvas")
        elif canvas.dangling_edges or canvas.nameless:
            source = text_of(vault, path) or ""
            for node in canvas.nameless:
                at = max(source.find(json.dumps(node, ensure_ascii=False)), 0)
                yield path, Violation(at, at, f"canvas card `{node}` without a file name", f"card {node}")
            for edge in canvas.dangling_edges:
                written = json.dumps(edge, ensure_ascii=False)
                at = max(source.find(written), 0)
                end = at + len(written) if at else 0
                message = f"canvas arrow{f' `{edge}`' if edge else ''} to a missing card: Obsidian removes the arrow"
                yield path, Violation(at, end, message, edge)
    for path, file in vault.files.items():
        if file.kind == "base" and (text := text_of(vault, path)):
            fault = _base_fault(text)
            if fault is not None:
                yield path, Violation(fault[0], fault[0], f"invalid base: {fault[1]}; Obsidian cannot open it", "base")


def _base_fault(text: str) -> tuple[int, str] | None:
    """Return where and why a base is not a YAML mapping; None when it is one or is empty."""
    error = read_properties(text)[1]
    return None if error is None else (error.start, error.message)
