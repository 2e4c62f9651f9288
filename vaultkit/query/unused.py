"""Attachments that nothing in the vault uses, judged so that nothing in use is ever taken for one."""

from __future__ import annotations

import os
import unicodedata
from urllib.parse import unquote

from vaultkit.errors import VaultkitError
from vaultkit.index.vault import Vault

# Where a file can be named outside of links: properties, HTML, canvas cards, bases, snippets, themes, plugins.
_TEXT_SUFFIXES = (".md", ".canvas", ".base", ".css", ".html", ".htm", ".json", ".svg", ".tex", ".txt", ".yml", ".yaml")


def unused_attachments(vault: Vault) -> tuple[str, ...]:
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
                text = _text(os.path.join(folder, name))
                for reading in (_folded(text), _folded(unquote(text))):
                    for wanted in [wanted for wanted in left if wanted in reading]:
                        del left[wanted]
    return tuple(sorted(path for paths in left.values() for path in paths))


def _text(path: str) -> str:
    try:
        with open(path, "rb") as handle:
            return handle.read().decode("utf-8", "replace")
    except OSError as error:
        raise VaultkitError(f"{path}: cannot be read ({error.strerror}), and it may name what seems unused") from error


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
