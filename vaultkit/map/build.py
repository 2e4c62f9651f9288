"""A vault's map, gathered: the graph, what the linter found, previews, days, pictures, colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
import numpy as np

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import changed, record
from vaultkit.cards.collection import counter
from vaultkit.graph.core import NOTE, GraphCore
from vaultkit.graph.dates import git_times, times
from vaultkit.graph.evidence import LISTED
from vaultkit.graph.from_vault import graph_core
from vaultkit.graph.layout.cache import cache_file, read_places, write_places
from vaultkit.graph.picture_words import known_texts
from vaultkit.graph.suggest import suggestions
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.finding import Finding, message_with_help
from vaultkit.lint.note_linter import Inspection, lint_query
from vaultkit.lint.plan import Plan
from vaultkit.map.colour_groups import colour_groups
from vaultkit.map.comparison import compared
from vaultkit.map.document import details, payload
from vaultkit.map.document import texts as packed_texts
from vaultkit.map.drawing import Drawn, draw
from vaultkit.map.html import render
from vaultkit.map.islands import Islands, islands_from_json, islands_to_json, named_islands
from vaultkit.map.overlay import Overlay
from vaultkit.map.packed_text import Packed
from vaultkit.map.picture_texts import picture_texts
from vaultkit.map.preview import outline, preview
from vaultkit.map.reuse import Reuse, digest, graph_digest, texts_digest
from vaultkit.map.review import ReviewInput, review
from vaultkit.map.since import changes_since
from vaultkit.map.thumbnails import thumbs
from vaultkit.note.model import Note
from vaultkit.query.files import text_of
from vaultkit.vault.note_store import NoteQuery
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace

SWITCH = "map"  # property of a note: "hide" leaves it off the map, "stop" ends paths at it
MOST_SUGGESTED = 5  # links for each note; the page carries them all
MOST_SUGGESTED_FROM = 20_000  # notes; reading them once more for names takes seconds above
Tell = Callable[[str], None]


@record
class MapOptions:
    """What the call asks for.

    local:    path of the note to open around, or None; depth: how many links around it.
    views:    (name, fragment) of named views; start: the fragment the page opens with.
    text:     how much of the notes' text the page holds: "full", "preview" or "none".
    compare:  git revision with which the vault is compared, or None.
    is_live:  the page reloads when its server says so. The names of topics then depend on the links and the files,
              and the suggested links on the files, but not on the texts.
    """

    local: str | None = None
    depth: int = 1
    views: tuple[tuple[str, str], ...] = ()
    start: str = ""
    has_thumbs: bool = True
    text: str = "full"
    has_cache: bool = True
    has_git_dates: bool = False
    compare: str | None = None
    is_live: bool = False


@record
class RenderedMap:
    """The page and what to say of it."""

    html: str
    notes: int
    links: int
    findings: int


def map_page(
    workspace: Workspace,
    plan: Plan,
    options: MapOptions,
    *,
    tell: Tell,
    progress: Any = None,
    reuse: Reuse | None = None,
) -> RenderedMap:
    """Return the map of a vault.

    tell:  called with words about what is being done.
    reuse: what an earlier map of this process made; None for the first.

    Raises:
        VaultkitError: the vault cannot be read.
    """
    tell("reading notes")
    vault, answers = workspace.read(map_query(plan), progress=progress)
    report = collect_findings(
        vault, plan, {path: seen.faults for path, seen in answers.items() if seen.faults is not None}
    )
    tell("building the graph")
    cards = {path: (seen.cards, seen.cards_empty) for path, seen in answers.items() if seen.cards}
    content = MapContent(vault, report.findings, cards, read_texts(vault), graph_core(vault))
    reuse = reuse or Reuse(workspace.store)
    return page_of(workspace, content, options, islands_of(content, options, reuse), tell=tell, reuse=reuse)


@record
class MapContent:
    """What a map shows. cards: path -> cards, and those of them with an empty side; texts: path -> text of the note."""

    vault: Snapshot
    findings: Sequence[Finding]
    cards: Mapping[str, tuple[int, int]]
    texts: Mapping[str, str]
    graph: GraphCore


def islands_of(content: MapContent, options: MapOptions, reuse: Reuse) -> Islands:
    """Return the communities of the map with their names; without words on pictures if the page is to hold none."""
    vault, graph = content.vault, content.graph
    has_pictures = options.text != "none"
    of_texts = b"" if options.is_live else texts_digest(content.texts, vault.files)
    return reuse.value(
        "islands",
        digest(of_texts, graph_digest(graph), *(_picture_parts(vault) if has_pictures else ())),
        lambda: named_islands(graph, vault, has_pictures=has_pictures),
        encode=islands_to_json,
        decode=islands_from_json,
    )


def page_of(
    workspace: Workspace, content: MapContent, options: MapOptions, islands: Islands, *, tell: Tell, reuse: Reuse
) -> RenderedMap:
    """Return the map of a vault that was read. Arguments as for `map_page`."""
    store = workspace.store
    vault, texts, whole = content.vault, content.texts, content.graph
    of_texts = texts_digest(texts, vault.files)
    core = without_hidden(whole, vault)
    cache = cache_file(workspace.root) if options.has_cache else None
    drawn = draw(core, known=read_places(cache), progress=tell, islands=islands)
    x, y = drawn.places.astype(int).T.tolist() if len(core) else ([], [])
    write_places(cache, core.ids, x, y, drawn.community.tolist())
    tell("writing the page")
    since = changes_since(store, (finding.fingerprint for finding in content.findings), date.today().isoformat())
    overlay = changed(
        gather(content, islands, reuse, options), since=since, compared=_compared(workspace, content, options)
    )
    document = payload(drawn, vault.name, overlay)
    if options.views:
        document["views"] = [{"name": name, "hash": fragment} for name, fragment in options.views]
    start = start_fragment(options, drawn)
    if start:
        document["start"] = {"hash": start}
    packed = reuse.value(
        "texts",
        digest(of_texts, graph_digest(core), options.text, str(options.is_live), *_pairs(overlay.pictures)),
        lambda: packed_texts(drawn, overlay, is_quick=options.is_live),
        encode=lambda made: made and [made.size, made.characters, made.form],
        decode=lambda held: held and Packed(int(held[0]), str(held[1]), held[2]),
    )
    html = render(drawn, document, details(drawn, overlay), packed, live=options.is_live)
    return RenderedMap(html, len(vault.notes), len(drawn.pairs), len(content.findings))


@record
class MapNote:
    """What is asked of a note while its text is at hand. cards, cards_empty: numbers."""

    faults: Inspection | None
    cards: int
    cards_empty: int


def map_query(plan: Plan) -> NoteQuery[MapNote]:
    """Return what the map needs of each note, as a question whose answers are stored."""
    lint = lint_query(plan)
    count = counter(plan.cards)

    def ask(note: Note, text: str) -> MapNote:
        return MapNote(lint.ask(note, text), *count(note, text))

    def encode(answer: MapNote) -> bytes:
        found = lint.encode(answer.faults) if answer.faults is not None else b""
        return _encode((found, answer.cards, answer.cards_empty))

    def decode(data: bytes) -> MapNote:
        found, cards, empty = _decode(data)
        return MapNote(lint.decode(found) if found else None, cards, empty)

    return NoteQuery(f"map, {lint.purpose}", ask, encode, decode)


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[bytes, int, int]).decode


def gather(content: MapContent, islands: Islands, reuse: Reuse, options: MapOptions) -> Overlay:
    """All that is painted on the graph."""
    vault, texts = content.vault, content.texts
    by_path: dict[str, list[dict[str, Any]]] = {}
    for finding in content.findings:
        by_path.setdefault(finding.path, []).append(
            {
                "code": finding.code,
                "name": finding.name,
                "severity": finding.severity,
                "message": message_with_help(finding),
                "line": finding.line,
                "fix": finding.fix is not None and finding.fix.is_safe,
            }
        )
    remarks = []
    days = times(vault)
    if options.has_git_dates:
        days = {**git_times(vault.root, vault.notes), **days}
    groups, unknown = colour_groups(vault)
    if unknown:
        remarks.append(f"Colour groups of Obsidian that this map cannot read: {', '.join(unknown)}")
    thumbnails = thumbs(vault, reuse) if options.has_thumbs and vault.root else None
    if thumbnails and thumbnails.left_out:
        remarks.append(f"{thumbnails.left_out:,} pictures are shown without a thumbnail, to keep the page small.")
    if len(vault.notes) > MOST_SUGGESTED_FROM:
        remarks.append(
            f"Missing links are suggested for up to {MOST_SUGGESTED_FROM:,} notes; the command vaultkit suggest finds all."
        )
    pictures = picture_texts(vault, options.text, _hidden(vault))
    remarks += pictures.remarks
    stops = frozenset(path for path, note in vault.notes.items() if switch(note) == "stop")
    return Overlay(
        findings=by_path,
        cards={path: {"cards": every, "cards_empty": empty} for path, (every, empty) in content.cards.items()},
        times=days,
        text=options.text,
        texts=_texts(vault, texts, options),
        headings={path: outline(note) for path, note in vault.notes.items() if note.headings}
        if options.text == "preview"
        else {},
        thumbs=dict(thumbnails.urls) if thumbnails else {},
        pictures=pictures.texts,
        suggested=reuse.value(
            "suggested",
            digest(
                texts_digest({} if options.is_live else texts, vault.files),
                str(MOST_SUGGESTED_FROM),
            ),
            lambda: suggested(vault, texts),
        ),
        review=reviewed(content, islands, reuse, options, days),
        stops=stops,
        groups=groups,
        since={},
        compared={},
        notes=tuple(remarks),
    )


def _compared(workspace: Workspace, content: MapContent, options: MapOptions) -> dict[str, Any]:
    """What changed since the revision that the call names; {} without one."""
    if options.compare is None:
        return {}
    return compared(workspace, content.graph, content.texts, options.compare, lambda note: switch(note) == "hide")


def read_texts(vault: Snapshot) -> dict[str, str]:
    """Path -> text of each note; "" for one that is gone since the vault was read."""
    return {path: text_or_nothing(vault, path) for path in vault.notes}


def text_or_nothing(vault: Snapshot, path: str) -> str:
    """The text of a note; "" for one that is gone since the vault was read, which the next run reports."""
    try:
        return text_of(vault, path)
    except VaultkitError:
        return ""


def _texts(vault: Snapshot, texts: Mapping[str, str], options: MapOptions) -> Mapping[str, str]:
    """What the page holds of each note's text."""
    if options.text == "full":
        return texts
    if options.text == "none":
        return {}
    return {path: preview(note, texts[path]) for path, note in vault.notes.items()}


def reviewed(
    content: MapContent, islands: Islands, reuse: Reuse, options: MapOptions, days: Mapping[str, int]
) -> dict[str, Any]:
    """The answers to the weekly questions; of a served map those of its first page on this day."""
    parts = [options.text, date.today().isoformat(), str(options.is_live)]
    if not options.is_live:
        counts = [f"{finding.path} {finding.code}" for finding in content.findings]
        parts += [*content.texts, *content.texts.values(), *content.vault.files, *counts, str(sorted(days.items()))]
    return reuse.value(
        "review",
        digest(*parts, *islands.member, *(one.name for one in islands.groups)),
        lambda: review(
            ReviewInput(content.vault, content.graph, islands, content.findings, days, options.text != "none")
        ),
    )


def suggested(vault: Snapshot, texts: Mapping[str, str]) -> dict[str, list[list[str | int]]]:
    """Path -> [path of a note it could link to, line, why], the best few; empty for a vault too large to ask."""
    if not vault.root or len(vault.notes) > MOST_SUGGESTED_FROM:
        return {}
    found: dict[str, list[list[str | int]]] = {}
    for item in suggestions(vault, texts.__getitem__):
        rows = found.setdefault(item.source, [])
        if len(rows) < MOST_SUGGESTED and item.score >= LISTED:
            rows.append([item.target, item.line, item.reason])
    return found


def switch(note: Note) -> str:
    """What a note's own property says about the map: "hide", "stop" or ""."""
    word = note.properties.get(SWITCH)
    return word.strip().lower() if isinstance(word, str) and word.strip().lower() in ("hide", "stop") else ""


def _hidden(vault: Snapshot) -> set[str]:
    """The notes that ask to be left off the map."""
    return {path for path, note in vault.notes.items() if switch(note) == "hide"}


def _pairs(texts: Mapping[str, str]) -> list[str]:
    """Keys and values, for a digest."""
    return [part for item in texts.items() for part in item]


def _picture_parts(vault: Snapshot) -> list[str]:
    """What names of topics are made of besides notes: the texts of pictures."""
    return _pairs({path: one.text for path, one in vault.get(known_texts).items()})


def without_hidden(core: GraphCore, vault: Snapshot) -> GraphCore:
    """The graph without the notes that ask to be left off the map."""
    hidden = _hidden(vault)
    if not hidden:
        return core
    is_note = core.kind == NOTE
    return core.keep(np.array([not (is_note[at] and path in hidden) for at, path in enumerate(core.paths)], dtype=bool))


def start_fragment(options: MapOptions, drawn: Drawn) -> str:
    """The fragment with which the page opens."""
    from urllib.parse import urlencode

    if options.local is None:
        return options.start
    if options.local not in drawn.core.files:
        raise VaultkitError(f"--local {options.local}: the note is not on the map; its property {SWITCH} hides it")
    return urlencode({"local": options.local, "depth": options.depth, "node": options.local})
