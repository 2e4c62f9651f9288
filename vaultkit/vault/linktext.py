"""How a link to a file is written, in the style of the vault's settings (rule R87)."""

from __future__ import annotations

from vaultkit.vault.files import extension
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename


def linktext(vault: Snapshot, path: str) -> str:
    """Return the text between ``[[ ]]`` for a file: its name if that is enough, otherwise its whole path."""
    note = path.removesuffix(".md") if extension(path) == "md" else path
    name = note[note.rfind("/") + 1 :]
    found = vault.resolve(name, "")
    return name if found.path == path and len(found.candidates) == 1 else note


def link_target(vault: Snapshot, source: str, path: str, syntax: str, written: str = "") -> str:
    """Return the text of a link in the note ``source`` that opens ``path``, in the style of the vault's settings.

    syntax:  "wiki" or "markdown".
    written: the linkpath that it replaces; one that begins with "./" or "../" stays relative.
    """
    is_relative = vault.settings.new_link_format == "relative" or written.startswith(("./", "../"))
    if is_relative:
        text = relative_path(path, source)
        if vault.resolve(_named(text, syntax), source).path not in (path, None):
            text = text if text.startswith("../") else f"./{text}"
    else:
        name = path[path.rfind("/") + 1 :]
        found = vault.resolve(_named(name, syntax), source)
        is_alone = len(found.candidates) == 1 if found.path == path else found.path is None
        text = name if is_alone and vault.settings.new_link_format != "absolute" else path
        if vault.resolve(_named(text, syntax), source).path not in (path, None):
            text = f"/{path}"
    return destination(text) if syntax == "markdown" else _named(text, syntax)


def _named(path: str, syntax: str) -> str:
    return path.removesuffix(".md") if syntax == "wiki" and extension(path) == "md" else path


def relative_path(path: str, source: str) -> str:
    """The way from the folder of the note ``source`` to ``path``.

    >>> relative_path("c/Topic.md", "a/b/README.md")
    '../../c/Topic.md'
    """
    folder, parts = source.split("/")[:-1], path.split("/")
    shared = 0
    while shared < len(folder) and shared < len(parts) - 1 and fold(folder[shared]) == fold(parts[shared]):
        shared += 1
    return "../" * (len(folder) - shared) + "/".join(parts[shared:])


def destination(path: str) -> str:
    """The same as a Markdown destination: the path from the vault's root, with extension, encoded.

    A colon is encoded too, since Obsidian takes a destination with one for a web address.
    """
    from urllib.parse import quote

    return quote(path, safe="/!$&'*+,;=@~")


def display_name(path: str) -> str:
    """What a reader would call the file: notes without extension, other files with it."""
    return basename(path) if extension(path) == "md" else path[path.rfind("/") + 1 :]
