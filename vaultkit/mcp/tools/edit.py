"""Tool `edit`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultkit.base.atomic_write import FileChange, write_together
from vaultkit.base.errors import VaultkitError
from vaultkit.mcp.model import APPLY, ToolAnswer, ToolSpec, text_input
from vaultkit.mcp.session import AgentSession, hash_of
from vaultkit.mcp.writing import write_or_show
from vaultkit.vault.files import file_kind

TOOL = ToolSpec(
    "edit",
    "Edit or create a note",
    "Replace one passage of a note (old_text by new_text; old_text must be in it exactly once), or write a whole text. "
    "The hash is the one that `read` gave, and `new` for a note that does not exist. The dry run says which links "
    "the edit would leave unresolved.",
    {
        "path": text_input("A path from the vault's folder, with extension."),
        "hash": text_input("The hash that `read` gave, or `new`."),
        "old_text": text_input("The passage to replace; empty to write the whole text."),
        "new_text": text_input("What to write instead."),
        "apply": APPLY,
    },
    ("path", "hash", "new_text"),
    writes=True,
)


def answer(session: AgentSession, given: Mapping[str, Any]) -> ToolAnswer:
    """A dry run, or what was written."""
    path = session.inside(given["path"])
    if file_kind(path) not in ("note", "canvas", "base"):
        raise VaultkitError(f"{path}: only notes (.md), canvases and bases are edited")
    if session.workspace.excludes(path):
        raise VaultkitError(f"{path}: the configuration of vaultkit excludes this file")
    before = _before(session, path, given["hash"])
    after = _after(path, before, given.get("old_text", ""), given["new_text"])
    change = FileChange(path, before, after)
    effect = session.effect({path: after})

    def write() -> None:
        try:
            write_together(session.root, [change])
        except ValueError as error:
            raise VaultkitError(f"{error}; nothing was changed, read the note again") from None
        except OSError as error:
            raise VaultkitError(f"{path}: {(error.strerror or str(error)).lower()}; nothing was changed") from error

    return write_or_show(session, [change] if before != after else [], (), effect, given.get("apply", ""), write)


def _before(session: AgentSession, path: str, wanted: str) -> bytes | None:
    try:
        data = session.read(path)
    except FileNotFoundError:
        if wanted != "new":
            raise VaultkitError(f"{path}: no such note; hash=new creates it") from None
        return None
    except OSError as error:
        raise VaultkitError(f"{path}: cannot be read ({(error.strerror or str(error)).lower()})") from error
    if wanted != hash_of(data):
        hint = "there is such a note already" if wanted == "new" else "it changed since it was read"
        raise VaultkitError(f"{path}: {hint}; `read` it and use its hash")
    return data


def _after(path: str, before: bytes | None, old: str, new: str) -> bytes:
    if not old:
        return new.encode("utf-8", "replace")
    try:
        text = (before or b"").decode("utf-8")
    except UnicodeDecodeError:
        raise VaultkitError(f"{path}: not UTF-8, so no passage of it can be replaced") from None
    if "\r\n" in text and "\r" not in old:
        old, new = old.replace("\n", "\r\n"), new.replace("\r\n", "\n").replace("\n", "\r\n")
    count = text.count(old)
    if count != 1:
        raise VaultkitError(f"{path}: old_text occurs {count} times; give a text that occurs exactly once")
    return text.replace(old, new).encode("utf-8", "replace")
