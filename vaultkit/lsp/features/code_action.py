"""Fixes of the findings at the cursor, all fixes of a note, and a new note for a link that opens nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.text import Edit, apply_edits
from vaultkit.lint.finding import Finding
from vaultkit.lint.fix_safety import apart, edited, edits_of
from vaultkit.lsp.cursor import at_cursor
from vaultkit.lsp.diagnostics import diagnostic
from vaultkit.lsp.edits import plan_edit, workspace_edit
from vaultkit.lsp.vaults import EditedVault
from vaultkit.refactor.plan import plan_move
from vaultkit.refactor.renaming import renaming
from vaultkit.refactor.setting_files import setting_files
from vaultkit.vault.resolve import fold

METHOD = "textDocument/codeAction"
CAPABILITY = {"codeActionProvider": {"codeActionKinds": ["quickfix", "source.fixAll.vaultkit"]}}
NEEDS_CHECK = True


def answer(vault: EditedVault, params: Any) -> Any:
    """The actions for a range; with ``only`` those of the kinds that are asked for."""
    path = vault.path_of(params["textDocument"]["uri"])
    if path is None:
        return []
    lines = vault.lines(path)
    start, end = lines.span(params["range"])
    only = (params.get("context") or {}).get("only")
    actions: list[dict[str, Any]] = []
    if _is_asked("quickfix", only):
        for finding in vault.findings(path):
            if finding.start <= end and start <= finding.end:
                actions += _fix(vault, path, finding)
        actions += _create(vault, path, start)
    if _is_asked("source.fixAll.vaultkit", only):
        actions += _fix_all(vault, path)
    return actions


def _is_asked(kind: str, only: Iterable[str] | None) -> bool:
    return not only or any(kind == one or kind.startswith(one + ".") for one in only)


def _fix(vault: EditedVault, path: str, finding: Finding) -> list[dict[str, Any]]:
    fix = finding.fix
    if fix is None or fix.encoding:
        return []
    if fix.rename is not None:
        edit = _rename(vault, *fix.rename)
        if edit is None:
            return []
    else:
        edit = workspace_edit(vault, {path: _made(vault, path, [finding])})
    title = fix.title if fix.is_safe else f"{fix.title} (unsafe)"
    action: dict[str, Any] = {
        "title": f"{title[:1].upper()}{title[1:]}",
        "kind": "quickfix",
        "diagnostics": [diagnostic(vault, finding, vault.lines(path))],
        "edit": edit,
    }
    if fix.is_safe:
        action["isPreferred"] = True
    return [action]


def _made(vault: EditedVault, path: str, findings: list[Finding]) -> tuple[Edit, ...]:
    """The edits of the fixes in the note's own line ends; what the note's end would gain or lose, too."""
    text = vault.text(path)
    after, made = edited(text, edits_of(findings))
    if apply_edits(text, made) != after:
        return (Edit(0, len(text), after),)
    return made


def _rename(vault: EditedVault, old: str, new: str) -> dict[str, Any] | None:
    read = vault.snapshot.read_bytes
    try:
        wanted = renaming(vault.snapshot, old, new)
        settings = setting_files(vault.root, vault.snapshot.settings.folder, read)
        return plan_edit(vault, plan_move(vault.snapshot, wanted, read, settings))
    except VaultkitError:
        return None  # the name is taken or a link cannot follow: nothing is offered


def _fix_all(vault: EditedVault, path: str) -> list[dict[str, Any]]:
    found = [one for one in vault.findings(path) if one.fix is not None and one.fix.edits]
    safe = [one for one in found if one.fix is not None and one.fix.is_safe]
    actions = []
    for findings, kind, title in (
        (safe, "source.fixAll.vaultkit", "Make all safe fixes"),
        (found if len(found) > len(safe) else [], "source.fixAll.vaultkit.unsafe", "Make all fixes, also unsafe ones"),
    ):
        if findings:
            edit = workspace_edit(vault, {path: _made(vault, path, apart(findings))})
            actions.append({"title": title, "kind": kind, "edit": edit})
    return actions


def _create(vault: EditedVault, path: str, offset: int) -> list[dict[str, Any]]:
    """A new note for the link at the cursor, in the folder that Obsidian's settings name."""
    note = vault.note(path)
    found = at_cursor(note, vault.text(path), offset) if note is not None else None
    if found is None or found.link is None or not found.link.linkpath:
        return []
    if vault.snapshot.resolve(found.link.linkpath, path).path is not None:
        return []
    new = new_note_path(vault, path, found.link.linkpath)
    if new is None:
        return []
    edit = workspace_edit(vault, {}, created=[new])
    return [{"title": f"Create {new}", "kind": "quickfix", "edit": edit}]


def new_note_path(vault: EditedVault, source: str, linkpath: str) -> str | None:
    """Where Obsidian puts the note for a link that opens nothing; None where it cannot."""
    name = linkpath.removesuffix(".md").strip("/") + ".md"
    settings = vault.snapshot.settings
    if linkpath.startswith(("./", "../")):
        from vaultkit.vault.resolve import joined

        path = joined(source[: source.rfind("/") + 1], name)
    elif "/" in name:
        path = name
    elif settings.new_file_location == "current":
        path = source[: source.rfind("/") + 1] + name
    elif settings.new_file_location == "folder" and settings.new_file_folder.strip("/"):
        path = f"{settings.new_file_folder.strip('/')}/{name}"
    else:
        path = name
    if path is None or any(part in ("", ".", "..") or part.startswith(".") for part in path.split("/")):
        return None
    taken = any(fold(other) == fold(path) for other in vault.snapshot.files_named(path.rpartition("/")[2]))
    return None if taken or any(letter in path for letter in '#^|\\:*?"<>') else path
