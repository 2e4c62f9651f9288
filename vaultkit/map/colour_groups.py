"""The colour groups of Obsidian's own graph view, as far as their queries ask for paths, names and tags."""

from __future__ import annotations

import json
import os
import re
from typing import Any

from vaultkit.base.safe_read import read_regular
from vaultkit.note.properties import property_tags
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

_WORD = re.compile(r'(-?)(?:(path|file|tag):\s*)?(?:"([^"]*)"|(\S+))')
_OTHER = re.compile(
    r"(?<![\w/])(?:line|section|block|task|task-todo|task-done|content|match-case|ignore-case):|\[|/[^/]+/|\("
)


def colour_groups(vault: Snapshot) -> tuple[tuple[tuple[str, str, frozenset[str]], ...], tuple[str, ...]]:
    """((colour, query, paths of its notes), …) in Obsidian's precedence, and the queries that were not understood."""
    groups = []
    unknown = []
    for group in _stored(vault.root, vault.settings.folder):
        query = group.get("query") if isinstance(group, dict) else None
        colour = (
            group.get("color", {}).get("rgb")
            if isinstance(group, dict) and isinstance(group.get("color"), dict)
            else None
        )
        if not isinstance(query, str) or not isinstance(colour, int) or not query.strip():
            continue
        if _OTHER.search(query):
            unknown.append(query)
            continue
        groups.append(
            (f"#{colour & 0xFFFFFF:06x}", query, frozenset(path for path in vault.notes if answers(vault, path, query)))
        )
    return tuple(groups), tuple(unknown)


def _stored(root: str, folder: str) -> list[Any]:
    if not root or not folder:
        return []
    try:
        held = json.loads(read_regular(os.path.join(root, folder, "graph.json")))
    except (OSError, ValueError, RecursionError):
        return []  # no graph settings, or none that can be read: no groups
    groups = held.get("colorGroups") if isinstance(held, dict) else None
    return groups if isinstance(groups, list) else []


def answers(vault: Snapshot, path: str, query: str) -> bool:
    """Whether a note answers a query of path:, file:, tag: and plain words, with OR between alternatives."""
    return any(_all_hold(vault, path, part) for part in re.split(r"\s+OR\s+", query.strip()))


def _all_hold(vault: Snapshot, path: str, part: str) -> bool:
    tags: set[str] | None = None
    for minus, field, quoted, bare in _WORD.findall(part):
        word = fold(quoted or bare)
        if field == "tag":
            if tags is None:
                note = vault.notes[path]
                tags = {fold(tag.tag[1:]) for tag in note.tags} | {fold(tag) for tag in property_tags(note.properties)}
            wanted = word.lstrip("#")
            holds = any(tag == wanted or tag.startswith(wanted + "/") for tag in tags)
        elif field == "file":
            holds = word in fold(path[path.rfind("/") + 1 :])
        else:
            holds = word in fold(path)
        if holds == bool(minus):
            return False
    return True
