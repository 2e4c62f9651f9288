"""Another name for a note, heading, block id, tag or property, with everything that refers to it."""

from __future__ import annotations

from typing import Any

from vaultkit.base.record import record
from vaultkit.lsp.cursor import AtCursor, at_cursor
from vaultkit.lsp.edits import plan_edit
from vaultkit.lsp.targets import place_at
from vaultkit.lsp.vaults import EditedVault
from vaultkit.note.model import PropertyLink
from vaultkit.refactor.places import heading_span, plan_rename_block, plan_rename_heading
from vaultkit.refactor.plan import plan_move
from vaultkit.refactor.properties import plan_rename_property
from vaultkit.refactor.renaming import renaming
from vaultkit.refactor.setting_files import setting_files
from vaultkit.refactor.tags import plan_rename_tag
from vaultkit.vault.snapshot import basename

METHOD = "textDocument/rename"
CAPABILITY = {"renameProvider": {"prepareProvider": True}}
NEEDS_CHECK = True


@record
class RenamedPlace:
    """What is to get another name. path, start, end: what the cursor is on; target: the file that is meant.

    number: of the heading in the target; -1 for none.
    """

    kind: str
    path: str
    start: int
    end: int
    name: str
    target: str
    number: int = -1


def renamed_at(vault: EditedVault, params: Any) -> RenamedPlace | None:
    """What stands at the cursor and can be renamed; None for nothing."""
    path = vault.path_of(params["textDocument"]["uri"])
    note = vault.note(path) if path is not None else None
    if path is None or note is None:
        return None
    text = vault.text(path)
    found = at_cursor(note, text, vault.lines(path).offset(params["position"]))
    if found is None:
        return None
    if found.kind == "tag":
        raw = text[found.start : found.end]
        at = found.start + max(raw.find(found.name), 0)
        return RenamedPlace("tag", path, at, at + len(found.name), found.name, path)
    if found.kind == "property":
        return RenamedPlace("property", path, found.start, found.end, found.name, path)
    if found.kind == "block":
        return RenamedPlace("block", path, found.start + 1, found.end, found.name, path)
    if found.kind == "heading":
        if not note.headings[found.index].text:
            return None
        start, end = heading_span(note, text, found.index)
        return RenamedPlace("heading", path, start, end, text[start:end], path, found.index)
    return _of_link(vault, path, text, found)


def _of_link(vault: EditedVault, path: str, text: str, found: AtCursor) -> RenamedPlace | None:
    place = place_at(vault, path, found)
    link = found.link
    if place is None or link is None:
        return None
    target, start = place
    begin, end = (link.start, link.end) if isinstance(link, PropertyLink) else (link.target_start, link.target_end)
    hash_ = text.find("#", begin, end)
    note = vault.note(target)
    if start is None or note is None:
        return RenamedPlace("file", path, begin, hash_ if hash_ >= 0 else end, basename(target), target)
    for index, heading in enumerate(note.headings):
        if heading.start == start:
            span = heading_span(note, vault.text(target), index)
            return RenamedPlace("heading", path, hash_ + 1, end, vault.text(target)[span[0] : span[1]], target, index)
    block = next((one for one in note.blocks if one.caret == start), None)
    return None if block is None else RenamedPlace("block", path, hash_ + 2, end, block.id, target)


def answer(vault: EditedVault, params: Any) -> Any:
    """One edit of all files.

    Raises:
        VaultkitError: the new name cannot be, or something cannot follow.
    """
    found = renamed_at(vault, params)
    if found is None:
        return None
    new, snapshot = params["newName"], vault.snapshot
    read = snapshot.read_bytes
    if found.kind == "heading":
        return plan_edit(vault, plan_rename_heading(snapshot, found.target, found.number, new, read))
    if found.kind == "block":
        return plan_edit(vault, plan_rename_block(snapshot, found.target, found.name, new, read))
    if found.kind == "tag":
        return plan_edit(vault, plan_rename_tag(snapshot, found.name, new, read))
    if found.kind == "property":
        return plan_edit(vault, plan_rename_property(snapshot, found.name, new, read))
    folder = found.target[: found.target.rfind("/") + 1]
    wanted = renaming(snapshot, found.target, new if "/" in new else folder + new)
    return plan_edit(
        vault, plan_move(snapshot, wanted, read, setting_files(vault.root, snapshot.settings.folder, read))
    )
