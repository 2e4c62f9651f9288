"""How a link to a file is written, in the style of the vault's settings (rule R87)."""

from __future__ import annotations

from vaultkit.index.files import extension
from vaultkit.index.vault import Vault, basename


def linktext(vault: Vault, path: str) -> str:
    """What stands in ``[[ ]]`` for the file: its name alone when that is enough, else its whole path."""
    note = path.removesuffix(".md") if extension(path) == "md" else path
    name = note[note.rfind("/") + 1 :]
    found = vault.resolve(name, "")
    return name if found.path == path and len(found.candidates) == 1 else note


def destination(path: str) -> str:
    """The same as a Markdown destination: the path from the vault's root, with extension, encoded.

    A colon is encoded too, since Obsidian takes a destination with one for a web address.
    """
    from urllib.parse import quote

    return quote(path, safe="/!$&'*+,;=@~")


def display_name(path: str) -> str:
    """What a reader would call the file: notes without extension, other files with it."""
    return basename(path) if extension(path) == "md" else path[path.rfind("/") + 1 :]
