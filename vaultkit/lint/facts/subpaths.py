"""Subpaths outside the links of notes: in canvas cards, and views of bases."""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.errors import VaultkitError
from vaultkit.base.text import code_span
from vaultkit.lint.facts.links import severity_of
from vaultkit.lint.facts.source_text import text_of
from vaultkit.lint.finding import Violation
from vaultkit.vault.canvas import CanvasNode
from vaultkit.vault.memo import depends_on
from vaultkit.vault.snapshot import Snapshot


def canvas_places(vault: Snapshot) -> Iterator[tuple[str, CanvasNode, str]]:
    """Return (canvas, card, note) for cards with a missing heading or block."""
    for path, canvas in vault.source_canvases():
        for node in canvas.nodes:
            target = vault.file_at(node.path) if node.subpath else None
            if target is not None and vault.place(target, node.subpath).kind == "missing":
                yield path, node, target


def missing_views(vault: Snapshot) -> Iterator[tuple[str, Violation]]:
    """Return violations for links, embeds and canvas cards whose view does not exist in the base."""
    for path, bound in vault.written_links():
        link = bound.link
        if bound.target is not None and link.subpath and (fault := _missing_view(vault, bound.target, link.subpath)):
            yield path, Violation(link.start, link.end, fault, link.linktext, None, (), severity_of(link))
    for path, note in vault.source_notes():
        for entry in note.property_links:
            target = vault.resolve(entry.linkpath, path).path if entry.subpath else None
            if target is not None and (fault := _missing_view(vault, target, entry.subpath)):
                yield (
                    path,
                    Violation(
                        entry.start,
                        entry.end,
                        f"property {code_span(entry.key)}: {fault}",
                        f"{entry.key}:{entry.original}",
                    ),
                )
    for path, canvas in vault.source_canvases():
        for node in canvas.nodes:
            target = vault.file_at(node.path) if node.subpath else None
            if target is not None and (fault := _missing_view(vault, target, node.subpath)):
                yield path, Violation(node.start, node.end, fault, node.path + node.subpath)


def _missing_view(vault: Snapshot, target: str, subpath: str) -> str:
    name = subpath.lstrip("#").strip()
    if not name or vault.files[target].kind != "base":
        return ""
    views = vault.get(_base_views).get(target)
    if views is None or name.casefold() in {view.casefold() for view in views}:
        return ""
    return f"no view `{name}` in the base `{target}`; its views: {', '.join(f'`{view}`' for view in views[:5])}"


@depends_on()
def _base_views(vault: Snapshot) -> dict[str, tuple[str, ...] | None]:
    """Return base -> names of its views; None if it cannot be read or names none."""
    return {path: _views(vault, path) for path, file in vault.files.items() if file.kind == "base"}


def _views(vault: Snapshot, path: str) -> tuple[str, ...] | None:
    from vaultkit.query.bases.definition import read_base

    text = text_of(vault, path)
    try:
        base = read_base(path, text) if text else None
    except VaultkitError:  # reported by broken-canvas
        return None
    return tuple(view.name.strip() for view in base.views) if base is not None and base.views else None
