"""Edits of files as one ``WorkspaceEdit``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vaultkit.base.text import Edit, line_starts
from vaultkit.lsp.vaults import EditedVault
from vaultkit.refactor.plan import MovePlan


def workspace_edit(
    vault: EditedVault,
    edits: Mapping[str, Iterable[Edit]],
    *,
    created: Iterable[str] = (),
    renamed: Iterable[tuple[str, str]] = (),
) -> dict[str, Any]:
    """One edit of several files: new files first, then texts, then other names. Paths are those before."""
    changes: list[dict[str, Any]] = [{"kind": "create", "uri": vault.uri(path)} for path in created]
    for path, found in edits.items():
        lines = vault.lines(path)
        texts = [{"range": lines.range(one.start, one.end), "newText": one.replacement} for one in found]
        if texts:
            document = {"uri": vault.uri(path), "version": vault.versions.get(path)}
            changes.append({"textDocument": document, "edits": texts})
    for old, new in renamed:
        changes.append({"kind": "rename", "oldUri": vault.uri(old), "newUri": vault.uri(new)})
    return {"documentChanges": changes}


def plan_edit(vault: EditedVault, plan: MovePlan, *, has_moved: bool = False) -> dict[str, Any]:
    """The edit that a plan is. has_moved: the editor moves the files itself."""
    edits: dict[str, list[Edit]] = {}
    starts: dict[str, tuple[int, ...]] = {}
    for link in (*plan.links, *plan.settings):
        if link.path not in starts:
            starts[link.path] = line_starts(vault.text(link.path))
        start = starts[link.path][link.line - 1] + link.column - 1
        edits.setdefault(link.path, []).append(Edit(start, start + len(link.old), link.new))
    return workspace_edit(vault, edits, renamed=() if has_moved else plan.pairs)
