"""Attachments that nothing in the vault uses, chosen so that no file in use is among them."""

from __future__ import annotations

import os
import unicodedata
from urllib.parse import unquote

from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import NotOpenedError, read_inside
from vaultkit.vault.snapshot import Snapshot

# Where a file can be named outside of links: properties, HTML, canvas cards, bases, snippets, themes, plugins.
_TEXT_SUFFIXES = (".md", ".canvas", ".base", ".css", ".html", ".htm", ".json", ".svg", ".tex", ".txt", ".yml", ".yaml")

MAX_TEXT_BYTES = 100_000_000


def unused_attachments(vault: Snapshot) -> tuple[str, ...]:
    """Attachments without a backlink whose file name stands in no text file of the vault's folder, by path.

    Names compare without case, Unicode form and percent-encoding; hidden folders, where the settings and
    style sheets lie, are read, too, the trash and version control are not.

    Raises:
        VaultkitError: a text cannot be read, so that nobody knows what it names.
    """
    left: dict[str, list[str]] = {}
    for path, file in vault.files.items():
        if file.kind == "attachment" and not vault.backlinks.get(path):
            left.setdefault(_folded(path.rpartition("/")[2]), []).append(path)
    for folder, folders, names in os.walk(vault.root):
        folders[:] = [name for name in folders if name not in (".trash", ".git", "node_modules")]
        for name in names:
            if left and name.lower().endswith(_TEXT_SUFFIXES):
                text = _text(vault.root, os.path.relpath(os.path.join(folder, name), vault.root))
                for reading in (_folded(text), _folded(unquote(text))):
                    for wanted in [wanted for wanted in left if wanted in reading]:
                        del left[wanted]
    return tuple(sorted(path for paths in left.values() for path in paths))


def _text(root: str, path: str) -> str:
    """The text of a file below ``root``; "" of one that holds none of the vault's text: a pipe, a link out of it."""
    try:
        return read_inside(root, path, MAX_TEXT_BYTES).decode("utf-8", "replace")
    except NotOpenedError:
        return ""
    except OSError as error:
        raise VaultkitError(f"{path}: cannot be read ({error.strerror}), and it may name what seems unused") from error


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
