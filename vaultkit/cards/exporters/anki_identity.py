"""Which cards were exported before: so that each stays the same Anki note, however it is reworded or moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from vaultkit.base.record import record
from vaultkit.cards.collection import Located
from vaultkit.cards.text_keys import digest, normal

WORDS = 200  # of a question are kept, to know it by when it is reworded
_ALIKE = 70.0
_MOST_PAIRS = 10_000


def note_type(kind: str) -> str:
    """The note type of Anki for a kind of card."""
    if kind == "cloze":
        return "cloze"
    return "reversed" if kind.endswith("reversed") else "prompt" if kind == "heading-prompt" else "basic"


@record
class Matches:
    """Index of a block -> the GUID it had before, or of another note type, which Anki cannot change in place."""

    same: dict[int, str]
    of_other_type: dict[int, str]


def matched_notes(entries: Sequence[Located], known: Mapping[str, Mapping[str, Any]]) -> Matches:
    """What the blocks were before: by block id, question, answer in the same note, then by their order in the note."""
    found: dict[int, str] = {}
    others: dict[int, str] = {}
    used: set[str] = set()
    tables: list[dict[tuple[Any, ...], list[str]]] = [{}, {}, {}, {}]
    for guid, old in known.items():
        for table, key in zip(tables, _keys_of_state(old), strict=True):
            if key:
                table.setdefault(key, []).append(guid)
    keys = [_keys_of_entry(entry) for entry in entries]
    for level, table in enumerate(tables):
        for index, entry in enumerate(entries):
            key = keys[index][level]
            for guid in table.get(key, ()) if key and index not in found else ():
                if guid in used:
                    continue
                if note_type(str(known[guid].get("kind"))) == note_type(entry.block.kind):
                    found[index] = guid
                    used.add(guid)
                    break
                others.setdefault(index, guid)
    _match_by_order(entries, known, found, used)
    return Matches(found, {at: guid for at, guid in others.items() if at not in found and guid not in used})


def _match_by_order(
    entries: Sequence[Located], known: Mapping[str, Mapping[str, Any]], found: dict[int, str], used: set[str]
) -> None:
    """Match reworded cards: as many in a row as there were between the same neighbours, of the same note types."""
    old: dict[str, list[str]] = {}
    for guid, state in known.items():
        old.setdefault(str(state.get("path")), []).append(guid)
    new: dict[str, list[int]] = {}
    for index, entry in enumerate(entries):
        new.setdefault(entry.path, []).append(index)
    for path, indexes in new.items():
        if all(index in found for index in indexes) or path not in old:
            continue
        before = sorted(old[path], key=lambda guid: int(known[guid].get("position", 0)))
        after = [found.get(index, "") for index in indexes]
        places = {guid: at for at, guid in enumerate(after) if guid}
        anchors = [(-1, -1), *_rising([(at, places[guid]) for at, guid in enumerate(before) if guid in places])]
        for (left, first), (right, last) in pairwise([*anchors, (len(before), len(after))]):
            gone = [guid for guid in before[left + 1 : right] if guid not in used]
            fresh = [index for index in indexes[first + 1 : last] if index not in found]
            for guid, index in _paired(gone, fresh, known, entries):
                found[index] = guid
                used.add(guid)


def _paired(
    gone: Sequence[str], fresh: Sequence[int], known: Mapping[str, Mapping[str, Any]], entries: Sequence[Located]
) -> Iterable[tuple[str, int]]:
    """Old and new cards between the same neighbours: all in order when they are as many, else those that read alike."""
    types = [note_type(str(known[guid].get("kind"))) for guid in gone]
    last = [guid for guid in gone if not known[guid].get("gone")]
    if [note_type(str(known[guid].get("kind"))) for guid in last] == [
        note_type(entries[index].block.kind) for index in fresh
    ]:
        return list(zip(last, fresh, strict=True))
    if not gone or not fresh or len(gone) * len(fresh) > _MOST_PAIRS:
        return []
    from rapidfuzz import fuzz

    scores = [
        (fuzz.ratio(known[guid].get("words", ""), normal(entries[index].block.front)[:WORDS]), guid, index)
        for guid, kind in zip(gone, types, strict=True)
        for index in fresh
        if kind == note_type(entries[index].block.kind)
    ]
    pairs: list[tuple[str, int]] = []
    for score, guid, index in sorted(scores, key=lambda entry: (-entry[0], entry[2])):
        if score >= _ALIKE and not any(guid == one or index == other for one, other in pairs):
            pairs.append((guid, index))
    return pairs


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the pairs that kept their order, taken from the front."""
    kept: list[tuple[int, int]] = []
    for pair in pairs:
        if not kept or pair[1] > kept[-1][1]:
            kept.append(pair)
    return kept


_Keys = tuple[tuple[Any, ...], ...]


def _keys_of_state(old: Mapping[str, Any]) -> _Keys:
    path, kind, front, back = old.get("path"), note_type(str(old.get("kind"))), old.get("front"), old.get("back")
    return (
        (old["id"],) if old.get("id") else (),
        (path, kind, front),
        (kind, front, back),
        (path, back) if back != digest("") else (),
    )


def _keys_of_entry(entry: Located) -> _Keys:
    block = entry.block
    front, back = digest(normal(block.front) or block.front), digest(normal(block.back) or block.back)
    return (
        (block.block_id,) if block.block_id else (),
        (entry.path, note_type(block.kind), front),
        (note_type(block.kind), front, back),
        (entry.path, back) if back != digest("") else (),
    )
