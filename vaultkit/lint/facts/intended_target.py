"""Find the target of a broken wikilink with a typing error such as a missing ``#``."""

from __future__ import annotations

from vaultkit.note.model import Link
from vaultkit.vault.snapshot import Snapshot


def meant(vault: Snapshot, source: str, link: Link) -> str | None:
    """The linktext that opens what the link in the note ``source`` names; None when there is none.

    ``[[Note^id]]`` lacks the ``#`` before the block; ``[[M%C3%A4rz.pdf]]`` is encoded as only Markdown links are.
    """
    if link.syntax != "wiki":
        return None
    name, caret, block = link.linkpath.rpartition("^")
    if caret and not link.subpath and name.strip():
        target = vault.resolve(name, source).path
        subpath = f"#^{block.strip()}"
        if target is not None and target in vault.notes and vault.place(target, subpath).kind == "block":
            return name.rstrip() + subpath
    if "%" in link.linktext:
        from urllib.parse import unquote  # 2 ms that most runs need not pay

        decoded = unquote(link.linktext)
        linkpath, _, _ = decoded.partition("#")
        if decoded != link.linktext and "\ufffd" not in decoded and vault.resolve(linkpath, source).path is not None:
            return decoded
    return None
