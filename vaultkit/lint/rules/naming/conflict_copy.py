"""A conflict copy made by a sync tool, or a copy such as ``Note 1`` with the same text.

Why:     its cards are reviewed twice, its links count twice, and a link by name may open the outdated copy.
Fix:     none: the copy may have changes that must be merged by hand first.
Options: patterns: further patterns of such paths.
Source:  the file names used by Dropbox, Syncthing, OneDrive, Nextcloud, Google Drive, iCloud and Obsidian Sync.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.globs import matcher
from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import code_span
from vaultkit.lint.facts.source_text import bytes_of
from vaultkit.lint.finding import RelatedPlace, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.aspects import EVERYTHING
from vaultkit.vault.memo import depends_on
from vaultkit.vault.snapshot import Snapshot, basename

CODE = "NM004"
SEVERITY = "warning"
WHOLE = True
DEPENDS = EVERYTHING
BAD = {"Softmax.md": "Text.", "Softmax (Ana's conflicted copy 2024-05-28).md": "Other text."}
GOOD = {"Softmax.md": "Text.", "Softmax 2.md": "A second note."}

_CONFLICT = lazy_pattern(
    r"(?P<name>.+?)(?:[ _]?\([^()]*(?:conflicted copy|conflict copy|in conflict|conflict(?:ed)? \d|Case Conflict)[^()]*\)"
    r"|\.sync-conflict-\d{8}-\d{6}(?:-\w+)?|[ _-]conflict-\d{8}[\w-]*| \(Conflicted copy[^()]*\)|_conf\(\d+\)).*",
    re.IGNORECASE,
)
_HINT = lazy_pattern("conf", re.IGNORECASE)  # stands in every name that the pattern above matches
# Stands in every path that the two other patterns match: nearly all paths are neither.
_SUSPECT = lazy_pattern(r"conf|(?: [1-9]| \([1-9]\)| copy)(?:\.|\Z)", re.IGNORECASE)
_NUMBERED = lazy_pattern(r"(?P<name>.+?)(?: (?P<number>[1-9])| \([1-9]\)| copy)")


@record
class Options:
    """patterns: further paths that are conflict copies."""

    patterns: tuple[str, ...] = ()


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report conflict copies by name, and numbered notes equal to the note without a number."""
    fits = matcher(options.patterns)
    for path in vault.files if fits is not None else vault.get(_suspects):
        if vault.files[path].kind == "unsupported":
            continue
        name = basename(path)
        match = _CONFLICT.fullmatch(name)
        if match is not None or (fits is not None and fits(path)):
            original = _sibling(vault, path, match["name"]) if match else None
            of = f" of {code_span(original)}" if original else ""
            related = (RelatedPlace(original, 0, "the original"),) if original else ()
            message = f"sync conflict copy{of}"
            help_ = "merge its changes, then delete it"
            yield path, Violation(0, 0, message, name, None, related, help=help_)
        elif vault.files[path].kind == "note" and (numbered := _NUMBERED.fullmatch(name)):
            original = _sibling(vault, path, numbered["name"])
            if original is not None and _are_equal(vault, path, original):
                message = f"duplicate note: the same text as {code_span(original)}"
                yield path, Violation(0, 0, message, name, None, (RelatedPlace(original, 0, "the original"),))


@depends_on(stored_as=tuple[str, ...])
def _suspects(vault: Snapshot) -> tuple[str, ...]:
    """Files whose names are those of copies."""
    found = []
    for path in vault.files:
        if not _SUSPECT.search(path):
            continue
        name = basename(path)
        if _NUMBERED.fullmatch(name) or (_HINT.search(name) and _CONFLICT.fullmatch(name)):
            found.append(path)
    return tuple(found)


def _sibling(vault: Snapshot, path: str, name: str) -> str | None:
    """The file of this name beside ``path``, of the same extension."""
    folder, slash, file = path.rpartition("/")
    wanted = folder + slash + name + file[len(basename(path)) :]
    return wanted if wanted != path and wanted in vault.files else None


def _are_equal(vault: Snapshot, path: str, other: str) -> bool:
    one, two = vault.notes[path], vault.notes[other]
    if one.fault or not one.length or one != two:
        return False
    return not vault.root or bytes_of(vault, path) == bytes_of(vault, other)
