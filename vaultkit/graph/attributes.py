"""What a node of the concept graph knows besides its links.

From the notes' texts: words, cards, cards_empty, findings. From properties and the disk: created,
modified, thumb (a hash of a picture's bytes: who has shown one, knows it again). From the graph itself:
rank, component, community. Reading all texts again takes as long as reading the vault did, so above
`MOST_NOTES` it happens only when asked for, and the graph says so.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from vaultkit.base.record import record
from vaultkit.base.safe_read import MAX_BYTES
from vaultkit.cards.model import CardSettings
from vaultkit.config import Config, find_config, read_config, user_config
from vaultkit.graph.core import CONCEPT_KINDS, GraphCore
from vaultkit.graph.file_attributes import file_facts
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.note_linter import Inspection, lint_query, note_linter
from vaultkit.lint.plan import Plan, plan_of
from vaultkit.note.model import Note
from vaultkit.query.metadata import note_tags, word_count
from vaultkit.vault.files import IMAGE_EXTENSIONS, extension, file_kind
from vaultkit.vault.note_store import NoteQuery
from vaultkit.vault.snapshot import Snapshot

MOST_NOTES = 20_000
# A picture of more bytes is hardly one, and would be read only for its hash.
MOST_PICTURE_BYTES = 50_000_000

Question = Callable[[Note, str], "NoteSummary"]


@record
class NoteSummary:
    """What is asked of a note while its text is at hand. faults: None where no rule was asked."""

    words: int
    cards: int
    cards_empty: int
    faults: Inspection | None

    def __bool__(self) -> bool:
        return True


def question(cards: CardSettings, plan: Plan | None) -> Question:
    """What to ask of each note. cards: what makes a flashcard in its vault; plan: None for no findings."""
    from vaultkit.cards.collection import counter

    count = counter(cards)
    lint = note_linter(plan) if plan is not None else None

    def inspect(note: Note, text: str) -> NoteSummary:
        return NoteSummary(
            word_count(note, without_files(note, text)).words,
            *count(note, text),
            lint(note, text) if lint is not None else None,
        )

    return inspect


def summary_query(cards: CardSettings, plan: Plan | None) -> NoteQuery[NoteSummary]:
    """Return `question` as a query of the vault."""
    lint = lint_query(plan) if plan is not None else None

    def encode(answer: NoteSummary) -> bytes:
        found = lint.encode(answer.faults) if lint is not None and answer.faults is not None else b""
        return _encode((answer.words, answer.cards, answer.cards_empty, found))

    def decode(data: bytes) -> NoteSummary:
        words, count, empty, found = _decode(data)
        return NoteSummary(words, count, empty, lint.decode(found) if lint is not None and found else None)

    return NoteQuery("", question(cards, plan), encode, decode)


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[int, int, int, bytes]).decode


def without_files(note: Note, text: str) -> str:
    """The text with spaces for its embedded files, whose names are no words of the note."""
    shown = []
    reached = 0
    for link in note.links:
        if link.is_embed and file_kind(link.linkpath) == "attachment" and link.start >= reached:
            shown += [text[reached : link.start], " " * (link.end - link.start)]
            reached = link.end
    return "".join([*shown, text[reached:]])


def vault_config(root: str) -> Config:
    """The configuration that `vaultkit check` would use for the vault at ``root``; "" has none."""
    return read_config((find_config(root) or user_config()) if root else None)


def attributes(
    vault: Snapshot,
    answers: Mapping[str, NoteSummary],
    plan: Plan | None,
) -> dict[str, dict[str, Any]]:
    """Path -> attributes. answers: what `question` found; plan: the one it was asked with.

    Notes have cards, cards_empty and findings even when there are none: 0 and {} are answers, too.
    """
    found = file_facts(vault, {path: seen.words for path, seen in answers.items()})
    for path, seen in answers.items():
        here = found.setdefault(path, {})
        here["cards"] = seen.cards
        here["cards_empty"] = seen.cards_empty
    if plan is not None:
        judged = set(vault.files)
        for path in judged:
            found.setdefault(path, {})["findings"] = {}
        faults = {path: seen.faults for path, seen in answers.items() if seen.faults is not None}
        for finding in collect_findings(vault, plan, faults, only=judged.__contains__, has_all_fixes=True).findings:
            counts = found.setdefault(finding.path, {}).setdefault("findings", {})
            counts[finding.name] = counts.get(finding.name, 0) + 1
        for here in found.values():
            if "findings" in here:
                here["findings"] = dict(sorted(here["findings"].items()))
    for path, note in vault.notes.items():
        here = found.setdefault(path, {})
        here["tags"] = [tag.removeprefix("#") for tag in note_tags(note)]
        properties = plain_properties(note.properties)
        if properties:
            here["properties"] = properties
    for path in vault.files:
        thumb = picture_hash(vault, path)
        if thumb:
            found.setdefault(path, {})["thumb"] = thumb
    return found


def plain_properties(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a note with JSON values; other values of YAML, such as dates, as texts."""
    return {str(name): _plain(value) for name, value in properties.items()}


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def attributes_of(vault: Snapshot) -> dict[str, dict[str, Any]]:
    """Path -> attributes of a vault that was read without asking: its texts are read again."""
    from vaultkit.base.text import decode
    from vaultkit.cards.settings import card_settings

    config = vault_config(vault.root)
    cards = card_settings(vault.root, config.cards, config.settings_folder)[0]
    plan = plan_of(config, cards=cards)
    inspect = question(cards, plan)
    answers: dict[str, NoteSummary] = {}
    for path, note in vault.notes.items():
        data = _bytes(vault, path)
        if data is not None and not note.fault:
            answers[path] = inspect(note, decode(data).text)
    return attributes(vault, answers, plan)


def picture_hash(vault: Snapshot, path: str) -> str:
    """A hash of a picture's bytes; "" for other files, and where it cannot be read."""
    if extension(path) not in IMAGE_EXTENSIONS:
        return ""
    if vault.root and path not in vault.unsaved:
        try:
            if os.path.getsize(os.path.join(vault.root, path)) > MOST_PICTURE_BYTES:
                return ""
        except OSError:
            return ""
    data = _bytes(vault, path, MOST_PICTURE_BYTES)
    return hashlib.blake2b(data, digest_size=16).hexdigest() if data is not None else ""


def _bytes(vault: Snapshot, path: str, limit: int = MAX_BYTES) -> bytes | None:
    try:
        return vault.read_bytes(path, limit)
    except OSError:  # gone since the vault was read: it has no such attributes then
        return None


def measured(core: GraphCore, vault: Snapshot | None = None, kinds: Iterable[str] = CONCEPT_KINDS) -> GraphCore:
    """The graph with rank (PageRank), component, community and community_name of the nodes of ``kinds``.

    They are those that `vaultkit graph stats` and `graph communities` print: of the links among these kinds, one
    edge a pair. Nodes of other kinds have none of them. component and community are numbered from 0 by falling size;
    nodes without any such link are in no community.

    vault: where texts are read for the names of communities; None names by links alone.
    """
    from vaultkit.graph.communities import communities
    from vaultkit.graph.metrics import components, pagerank

    inner = core.only(kinds)
    rank, part, found = pagerank(inner).tolist(), components(inner).tolist(), communities(inner, vault=vault)
    facts: dict[int, dict[str, Any]] = {at: dict(values) for at, values in core.facts.items()}
    for at, node in enumerate(inner.ids):
        here = facts.setdefault(core.index[node], {})
        here |= {"rank": rank[at], "component": part[at]}
        if found.member[at] >= 0:
            here["community"] = found.member[at]
            here["community_name"] = found.groups[found.member[at]].name
    return core.with_facts(facts)


def described(
    vault: Snapshot,
    core_of: Callable[[Mapping[str, Mapping[str, Any]]], GraphCore],
    *,
    reads_texts: bool | None = None,
    kinds: Iterable[str] = CONCEPT_KINDS,
) -> tuple[GraphCore, tuple[str, ...]]:
    """The graph with all attributes, and what was bounded by size.

    core_of:     path -> attributes, to the graph that has them.
    reads_texts: None reads them in vaults of up to `MOST_NOTES` notes.
    kinds:       of nodes that rank, component and community are of.
    """
    number = len(vault.notes)
    remarks: tuple[str, ...] = ()
    if reads_texts is None and number > MOST_NOTES:
        remarks = (f"{number:,} notes: words, cards and findings are left out above {MOST_NOTES:,}",)
        reads_texts = False
    found = attributes_of(vault) if reads_texts is not False else file_facts(vault)
    return measured(core_of(found), vault, kinds), remarks
