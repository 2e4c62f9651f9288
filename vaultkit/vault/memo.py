"""Answers about a whole snapshot, computed once, taken over by later snapshots, and kept in the store between runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from vaultkit.base.store import Store
from vaultkit.vault.note_store import ENCODER, StaleError, encoded

if TYPE_CHECKING:
    from vaultkit.vault.snapshot import Snapshot

_T = TypeVar("_T")
Query = Callable[["Snapshot"], Any]
# (the answer, the snapshot that it is of, one in which some notes are others, their paths) -> the answer for that one
Update = Callable[[Any, "Snapshot", "Snapshot", frozenset[str]], Any]
FACTS = "facts"

# Queries whose answers are kept in the store: name -> (query, type of the answer).
_STORED: dict[str, tuple[Query, Any]] = {}


def depends_on(
    *aspects: str, stored_as: Any = None, update: Update | None = None
) -> Callable[[Callable[[Snapshot], _T]], Callable[[Snapshot], _T]]:
    """Declare which aspects of notes, besides the set of files, a query looks at (see `vaultkit.vault.aspects`).

    After an edit that changes none of them the answer is taken over. A query that declares nothing is run again.

    stored_as: the type of the answer, if it is to be kept in the store; worth it for what looks at every note.
    update:    makes the answer after an edit from the one before. It must not change the one before.
    """

    def declare(query: Callable[[Snapshot], _T]) -> Callable[[Snapshot], _T]:
        query.aspects = frozenset(aspects)  # type: ignore[attr-defined]
        query.update = update  # type: ignore[attr-defined]
        if stored_as is not None:
            _STORED[f"{query.__module__}.{query.__qualname__}"] = (query, stored_as)
        return query

    return declare


def stored_queries(aspects: Collection[str]) -> list[Query]:
    """Return the queries whose answers are kept, and that look at one of these aspects."""
    return [query for query, _ in _STORED.values() if not query.aspects.isdisjoint(aspects)]  # type: ignore[attr-defined]


class Memo:
    """Answers by query.

    later: query -> how to get an answer of an earlier run that still holds; it may raise `StaleError`.
    """

    def __init__(self, later: Mapping[Query, Callable[[], Any]] | None = None) -> None:
        self._values: dict[Query, Any] = {}
        self._later = dict(later or {})

    def get(self, query: Callable[[Snapshot], _T], snapshot: Snapshot) -> _T:
        """Return the answer; it is computed if it is not known."""
        if query not in self._values:
            self._values[query] = self._found(query, snapshot)
        found: _T = self._values[query]
        return found

    def _found(self, query: Query, snapshot: Snapshot) -> Any:
        if query in self._later:
            try:
                return self._later[query]()
            except StaleError:
                del self._later[query]
        return query(snapshot)

    def after_edit(self, aspects: Collection[str], before: Snapshot, after: Snapshot, paths: frozenset[str]) -> Memo:
        """Return the answers for the snapshot ``after``, which differs from ``before`` in the notes at ``paths``.

        aspects: what changed in these notes. An answer that cannot be updated is forgotten.
        """
        made = Memo({query: load for query, load in self._later.items() if _holds(query, aspects)})
        made._values = {query: value for query, value in self._values.items() if _holds(query, aspects)}
        for query in [*self._values, *(query for query in self._later if query not in self._values)]:
            update: Update | None = getattr(query, "update", None)
            if update is not None and not _holds(query, aspects):
                made._values[query] = update(self.get(query, before), before, after, paths)
        return made

    def to_store(self) -> tuple[dict[str, bytes], list[str]]:
        """Return name -> encoded answer of what was computed here, and the names of what the store has already."""
        fresh: dict[str, bytes] = {}
        kept = []
        for name, (query, _) in _STORED.items():
            if query in self._later:
                kept.append(name)
            elif query in self._values:
                data = encoded(ENCODER.encode, self._values[query])
                if data is not None:
                    fresh[name] = data
        return fresh, kept


def _holds(query: Query, aspects: Collection[str]) -> bool:
    declared: frozenset[str] | None = getattr(query, "aspects", None)
    return declared is not None and declared.isdisjoint(aspects)


def stored_facts(store: Store, prefix: str, stamps: Mapping[str, bytes]) -> dict[Query, Callable[[], Any]]:
    """Return how to get the answers that an earlier run stored.

    prefix: of the keys of the rows.  stamps: name -> the stamp that its row must have.
    """

    def loader(name: str, kind: Any) -> Callable[[], Any]:
        def load() -> Any:
            row = store.get(FACTS, prefix + name)
            if row is None or row[0] != stamps[name]:
                raise StaleError(name)
            try:
                return msgspec.msgpack.decode(row[1], type=kind)
            except (msgspec.MsgspecError, ValueError) as error:
                raise StaleError(name) from error

        return load

    return {query: loader(name, kind) for name, (query, kind) in _STORED.items() if name in stamps}
