"""The map of a vault that is being edited: each page costs what changed since the one before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vaultkit.base.record import changed
from vaultkit.base.text import line_and_column
from vaultkit.cards.collection import counter
from vaultkit.graph.from_vault import graph_core
from vaultkit.lint.engine import checked_state
from vaultkit.lint.live_check import LiveCheck
from vaultkit.lint.plan import Plan
from vaultkit.map.build import MapContent, MapOptions, islands_of, map_query, page_of, read_texts, text_or_nothing
from vaultkit.map.islands import Islands, with_new_nodes
from vaultkit.map.reuse import Reuse
from vaultkit.note.model import Note
from vaultkit.vault.watch import Changes, FileStamps, changes, file_stamps
from vaultkit.vault.workspace import Workspace

MOST_NEW = 0.05  # share of nodes that came or went from which communities are found anew
# Read the changed files of a vault, and return its check after that.
Update = Callable[[LiveCheck, Changes], LiveCheck]


class LiveMap:
    """A map, and from it the next one. `look` says what the files are now; `html` makes the page of what it saw."""

    def __init__(self, workspace: Workspace, plan: Plan, options: MapOptions, update: Update) -> None:
        self._workspace, self._plan, self._options, self._update = workspace, plan, options, update
        self._reuse = Reuse(workspace.store)
        self._count = counter(plan.cards)
        self._seen: FileStamps = {}  # by the last look
        self._done: FileStamps = {}  # when the page was made
        self._check: LiveCheck | None = None
        self._content: MapContent | None = None
        self._islands: Islands | None = None
        self._nodes = 0  # when the communities were found

    def look(self) -> FileStamps:
        """Return the stamps of all files.

        Raises:
            VaultkitError: the folder cannot be read.
        """
        self._seen = file_stamps(self._workspace)
        return self._seen

    def html(self) -> str:
        """Return the page.

        Raises:
            VaultkitError: the folder cannot be read.
        """
        seen = self._seen
        found = changes(self._done, seen)
        if self._check is None or self._content is None or found.touches_settings:
            check, content = self._read()
        else:
            check, content = self._after(self._check, self._content, found)
        islands = self._islands_of(content)
        made = page_of(self._workspace, content, self._options, islands, tell=lambda _: None, reuse=self._reuse).html
        self._check, self._content, self._done = check, content, seen
        return made

    def _islands_of(self, content: MapContent) -> Islands:
        """The communities stay while the graph is nearly the same: topics keep their names and colours while one writes."""
        nodes = len(content.graph)
        if self._islands is None or abs(nodes - self._nodes) > MOST_NEW * self._nodes:
            self._islands, self._nodes = islands_of(content, self._options, self._reuse), nodes
        return with_new_nodes(self._islands, content.graph)

    def _read(self) -> tuple[LiveCheck, MapContent]:
        workspace, plan = self._workspace, self._plan
        vault, notes = workspace.read(map_query(plan))
        answers = {path: note.faults for path, note in notes.items() if note.faults is not None}
        check = LiveCheck(workspace, plan, vault, answers, checked_state(vault, plan, answers))
        cards = {path: (note.cards, note.cards_empty) for path, note in notes.items() if note.cards}
        return check, MapContent(vault, check.report().findings, cards, read_texts(vault), graph_core(vault))

    def _after(self, before: LiveCheck, content: MapContent, found: Changes) -> tuple[LiveCheck, MapContent]:
        """The vault after some files changed."""
        check = self._update(before, found)
        old, vault = before.snapshot, check.snapshot
        edited = [path for path in found.changed if path in vault.notes]
        texts = {path: content.texts.get(path, "") for path in vault.notes}
        texts |= {path: text_or_nothing(vault, path) for path in edited}
        cards = {path: count for path, count in content.cards.items() if path in vault.notes}
        for path in edited:
            cards.pop(path, None)
            count = self._count(vault.notes[path], texts[path])
            if count[0]:
                cards[path] = count
        is_same = (
            not found.removed
            and all(path in edited and path in old.notes for path in found.changed)
            and all(_in_graph(old.notes[path]) == _in_graph(vault.notes[path]) for path in edited)
        )
        graph = content.graph if is_same else graph_core(vault)
        findings = check.report().findings
        return check, changed(content, vault=vault, findings=findings, cards=cards, texts=texts, graph=graph)


def _in_graph(note: Note) -> list[Any]:
    """What the graph is made of; positions as lines and columns."""
    starts = note.line_starts
    links = [(one.linktext, one.display, one.is_embed, line_and_column(starts, one.start)) for one in note.links]
    tags = [(tag.tag, line_and_column(starts, tag.start)) for tag in note.tags]
    return [links, tags, note.property_links, note.properties]
