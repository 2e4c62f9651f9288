"""A picture, recording or PDF without a reference in any note, canvas, base, property, style sheet or HTML.

Why:     deleting a note does not delete its pictures, so unused files pile up.
Fix:     none: `vaultkit orphans --trash` moves them to the trash, with a list for undo. vaultkit never deletes them.
Options: folders: check only these.  extensions: check only these.  min-age: days since the last change.
Source:  Obsidian Help, "Attachments"; issue reports of clean-up plugins.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

from vaultkit.base.globs import matcher
from vaultkit.base.record import record
from vaultkit.base.text import code_span
from vaultkit.lint.facts.source_text import text_of
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.aspects import EVERYTHING
from vaultkit.vault.files import extension
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

CODE = "EM010"
SEVERITY = "info"
WHOLE = True
DEPENDS = EVERYTHING
PRESETS = ()
COMPARES_ALL = True
BAD = {"a.md": "Nothing to see.", "old plot.png": None}
GOOD = {"a.md": "---\ncover: plot.png\n---\n![[chart.png]]", "plot.png": None, "chart.png": None}

_FILE_NAME = re.compile(r"""[^"'()<>\[\]|#?\n\\/:*=]+\.[A-Za-z0-9]{2,5}\b""")


@record
class Options:
    """folders: patterns; extensions: without the dot; min_age: in days."""

    folders: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    min_age: int = 0


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report attachments without a backlink or any other mention of their name."""
    fits = matcher(options.folders)
    wanted = {suffix.lower().lstrip(".") for suffix in options.extensions}
    alone = [
        path
        for path, file in vault.files.items()
        if file.kind == "attachment"
        and path not in vault.backlinks
        and (fits is None or fits(path))
        and (not wanted or extension(path) in wanted)
        and _age(vault, path) >= options.min_age
    ]
    if not alone:
        return
    mentioned = set(_mentioned(vault))
    for path in alone:
        if fold(path.rpartition("/")[2]) not in mentioned:
            yield path, Violation(0, 0, f"unused attachment {code_span(path)}", path)


def _age(vault: Snapshot, path: str) -> float:
    try:
        return (time.time() - os.stat(os.path.join(vault.root, path)).st_mtime) / 86_400 if vault.root else 1e9
    except OSError:
        return 0


def _mentioned(vault: Snapshot) -> Iterator[str]:
    """Folded file names in properties, definitions, canvas cards, HTML, bases and style sheets."""
    for path, note in vault.notes.items():
        for value in _texts(note.properties):
            yield from _names(value)
        for definition in note.reference_definitions:
            yield from _names(definition.linkpath)
        html = [dead for dead in note.dead if dead.kind == "html"]
        if html and (text := text_of(vault, path)):
            for dead in html:
                yield from _names(text[dead.start : dead.end])
    for canvas in vault.canvases.values():
        for link in canvas.card_links:
            yield from _names(link.linkpath)
    for path, file in vault.files.items():
        if file.kind == "base" or extension(path) == "css":
            yield from _names(text_of(vault, path) or "")
    reads_config = bool(vault.root and vault.settings.folder)
    for folder in ("snippets", "themes"):
        for at, _, files in os.walk(os.path.join(vault.root, vault.settings.folder, folder)) if reads_config else ():
            for name in files:
                if name.endswith(".css"):
                    yield from _names(text_of(vault, os.path.relpath(os.path.join(at, name), vault.root)) or "")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)


def _names(text: str) -> Iterator[str]:
    if "%" in text:
        from urllib.parse import unquote  # 2 ms that most runs need not pay

        text = unquote(text)
    for match in _FILE_NAME.finditer(text):
        yield fold(match[0].strip())
