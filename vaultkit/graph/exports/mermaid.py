"""Mermaid, for a note or a README: a flowchart of a small part of the vault."""

from __future__ import annotations

from vaultkit.base.errors import VaultkitError
from vaultkit.graph.exports.drawing import Drawing, Files, clean

SUFFIX = ".mmd"
# Mermaid itself refuses more edges (maxEdges) and more text (maxTextSize).
MAX_EDGES = 500
MAX_CHARACTERS = 50_000
_SHAPES = {"tag": ("([", "])"), "unresolved": ("(", ")"), "canvas": ("[[", "]]"), "base": ("[(", ")]")}


def write(drawing: Drawing) -> Files:
    """One file with one arrow for each ordered pair; nodes are called n0, n1 … so that no title is syntax.

    Raises:
        VaultkitError: Mermaid would refuse to draw so much.
    """
    core = drawing.core
    indptr, target, count = core.collapsed
    if len(target) > MAX_EDGES:
        raise VaultkitError(
            f"mermaid: {len(target):,} links, and Mermaid draws at most {MAX_EDGES}; "
            "narrow the graph with --around NOTE, --limit or --kinds"
        )
    lines = ["flowchart LR"]
    missing = []
    for node in range(len(core)):
        kind = core.node_kind(node)
        left, right = _SHAPES.get(kind, ("[", "]"))
        lines.append(f'  n{node}{left}"{escaped(core.labels[node])}"{right}')
        if kind in ("unresolved", "missing-attachment"):
            missing.append(f"n{node}")
    for source in range(len(core)):
        for at in range(indptr[source], indptr[source + 1]):
            times = f'|"{count[at]}"|' if count[at] > 1 else ""
            lines.append(f"  n{source} -->{times} n{target[at]}")
    if missing:
        lines += ["  classDef missing stroke-dasharray: 4 4", f"  class {','.join(missing)} missing"]
    text = "\n".join([*lines, ""])
    if len(text) > MAX_CHARACTERS:
        raise VaultkitError(
            f"mermaid: {len(text):,} characters, and Mermaid reads at most {MAX_CHARACTERS:,}; "
            "narrow the graph with --around NOTE, --limit or --kinds"
        )
    return {SUFFIX: text.encode()}


def escaped(text: str) -> str:
    """A label between quotes: everything that Mermaid or HTML could read as syntax as a numbered entity.

    >>> escaped('a "b" <c> #1')
    'a #34;b#34; #60;c#62; #35;1'
    """
    text = " ".join(clean(text).split())
    return "".join(f"#{ord(letter)};" if letter in '"#&;<>`\\[]{}()|%_*~$' else letter for letter in text) or " "
