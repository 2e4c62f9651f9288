"""A Dataview query over a folder that does not exist: ``FROM "Projects"``.

Why:     the table stays empty without an error. The usual cause is a renamed folder.
Fix:     none: only the author knows the new folder.
Source:  Dataview's documentation, "Sources": ``"folder"``, and ``"path/note"`` for one note.

``dataview`` blocks and the sources of ``dv.pages("…")`` are checked. Excluded folders (``-"Archive"``), paths built by a
script, and notes in a folder of templates are not. One finding per note.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import gathering_rule
from vaultkit.note.model import Note
from vaultkit.vault.memo import depends_on
from vaultkit.vault.snapshot import Snapshot

CODE = "HY004"
SEVERITY = "warning"
BAD = {"a.md": '```dataview\nLIST FROM "Projects"\n```\n'}
GOOD = {"a.md": '```dataview\nLIST FROM "Projects"\n```\n', "Projects/b.md": ""}

_BLOCK = lazy_pattern(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[ \t]*dataview(?P<js>js)?[ \t]*\r?\n(?P<body>.*?)^[ \t>]*(?P=fence)", re.M | re.S
)
_FROM = lazy_pattern(
    r"\bFROM\s+(?P<source>.*?)(?=\b(?:WHERE|SORT|GROUP|FLATTEN|LIMIT)\b|\Z)", re.IGNORECASE | re.DOTALL
)
_PAGES = lazy_pattern(
    r"^(?![ \t>]*//)[^\n]*?dv\.(?:pages|pagePaths)\(\s*(?P<mark>['\"`])(?P<source>[^\n]*?)(?P=mark)\s*[,)]",
    re.MULTILINE,
)
_PLACE = lazy_pattern(r'(?P<sign>[-!]\s*\(?\s*)?\\?"(?P<folder>[^"\\\n]*)\\?"')
_EXCLUDED = lazy_pattern(r"[-!]\s*\([^()]*\)")
_BUILT = lazy_pattern(r"\$\{|\{\{|<%|\{%")
_COMMENT = lazy_pattern(r"^[ \t>]*//[^\n]*", re.MULTILINE)

# A folder of patterns for notes: their queries name a folder that the copy is to have.
_PATTERNS = lazy_pattern(r"(?:^|[^a-z])(?:template|skeleton|boilerplate|scaffold)s?(?:[^a-z]|$)", re.IGNORECASE)

Sources = tuple[tuple[str, int, int], ...]


def sources_of(note: Note, text: str) -> Sources | None:
    """The folders that the note's queries read, with their places; None when there are none."""
    if "dataview" not in text:
        return None
    found: list[tuple[str, int, int]] = []
    for block in _BLOCK.finditer(text):
        body = _COMMENT.sub(lambda comment: " " * len(comment[0]), block["body"])
        for source in (_PAGES if block["js"] else _FROM).finditer(body):
            line = body.rfind("\n", 0, source.start()) + 1
            if _BUILT.search(source["source"]) or (body.count('"', line, source.start()) % 2 and not block["js"]):
                continue
            written = _EXCLUDED.sub(lambda excluded: " " * len(excluded[0]), source["source"])
            for place in _PLACE.finditer(written):
                start = block.start("body") + source.start("source") + place.start("folder")
                if not place["sign"] and place["folder"].strip("/ ") and "://" not in place["folder"]:
                    found.append((place["folder"], start, start + len(place["folder"])))
    return tuple(found) or None


@gathering_rule(sources_of)
def check(vault: Snapshot, options: object, gathered: Mapping[str, Sources]) -> Iterator[tuple[str, Violation]]:
    """Report the first missing folder of each note, with the number of the others."""
    known = vault.get(_known_names) if gathered else frozenset()
    for path, sources in gathered.items():
        if vault.is_template(path) or any(map(_PATTERNS.search, path.split("/")[:-1])):
            continue
        missing: dict[str, tuple[str, int, int]] = {}
        for folder, start, end in sources:
            wanted = folder.strip("/ ").casefold()
            if wanted not in known and wanted + ".md" not in known and not _is_empty_folder(vault, folder):
                missing.setdefault(wanted, (folder, start, end))
        if missing:
            folder, start, end = next(iter(missing.values()))
            more = len(missing) - 1
            message = f"query over the missing folder `{folder}`"
            if more:
                message += f"; the same for {more} more folder{'s' if more > 1 else ''} of this note"
            yield path, Violation(start, end, message, folder)


@depends_on()
def _known_names(vault: Snapshot) -> frozenset[str]:
    """Return the casefolded paths of all files and folders."""
    folders = {
        "/".join(parts[:depth]) for path in vault.files for parts in [path.split("/")] for depth in range(1, len(parts))
    }
    return frozenset({folder.casefold() for folder in folders} | {path.casefold() for path in vault.files})


def _is_empty_folder(vault: Snapshot, folder: str) -> bool:
    place = folder.strip("/ ")
    return bool(vault.root) and ".." not in place and os.path.isdir(os.path.join(vault.root, place))
