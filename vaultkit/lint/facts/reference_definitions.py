"""Find the reference definitions of a note that links or pictures use."""

from __future__ import annotations

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.lint.facts.source_text import text_of
from vaultkit.vault.snapshot import Snapshot

# ``![text][id]``, ``![id][]`` and ``![id]``
_PICTURE = lazy_pattern(r"(?<!\\)!\[(?!\[|\^)((?:[^\[\]\\]|\\.)*)\](?:\[((?:[^\[\]\\]|\\.)*)\])?(?!\()")


def used_references(vault: Snapshot, path: str) -> frozenset[str]:
    """Ids of the definitions that links and pictures of a note use, in lower case."""
    note = vault.notes[path]
    if not note.reference_definitions:
        return frozenset()
    used = {link.id.lower() for link in note.reference_links}
    if not all(definition.id.lower() in used for definition in note.reference_definitions):
        used |= _of_pictures(vault, path)
    return frozenset(used)


def _of_pictures(vault: Snapshot, path: str) -> set[str]:
    """The note's links do not list them, since Obsidian's cache does not; its reading view shows them all the same."""
    note, text = vault.notes[path], text_of(vault, path)
    found = set()
    for match in _PICTURE.finditer(text) if text and "![" in text else ():
        is_dead = any(dead.start <= match.start() < dead.end for dead in note.dead)
        if not is_dead and not any(start <= match.start() < end for start, end in note.comments):
            found.add((match[2] or match[1]).lower())
    return found
