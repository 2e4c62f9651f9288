"""The rows of a view: which files pass, in which order, with which values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.query.bases.definition import Base, BaseView, Filter, needed_formulas, read_filter
from vaultkit.query.bases.evaluate import BaseRow
from vaultkit.query.bases.files import Files
from vaultkit.query.bases.summaries import summary_of
from vaultkit.query.bases.values import EMPTY, CellFault, is_truthy, key_of, sort_key
from vaultkit.query.files import listed_files
from vaultkit.vault.snapshot import Snapshot


@record
class BaseRows:
    """A file that a view shows. values: column -> value, in the view's order; group: value of its group."""

    path: str
    values: Mapping[str, Any]
    group: Any = None


@record
class BaseGroup:
    """The rows of a view with one value of its `groupBy`. summaries: column -> value, those of the view."""

    value: Any
    rows: tuple[BaseRows, ...]
    summaries: Mapping[str, Any]


@record
class BaseTable:
    """What a view shows.

    groups: empty where the view has no `groupBy`.  summaries: column -> value.  faults: what is wrong with formulas
    and summaries, each with the number of cells that have no value for it.
    """

    rows: tuple[BaseRows, ...]
    groups: tuple[BaseGroup, ...]
    summaries: Mapping[str, Any]
    faults: tuple[str, ...] = ()


def view_named(bases: Sequence[Base], name: str | None) -> tuple[Base, BaseView]:
    """The view of this name with its base, the first for None; case counts only where two differ in nothing else.

    bases: those of one file, at least one.

    Raises:
        VaultkitError: none of them has one of that name.
    """
    views = [(base, view) for base in bases for view in base.views]
    if name is None:
        return views[0]
    for folded in (str, str.casefold):
        for base, view in views:
            if folded(view.name) == folded(name):
                return base, view
    names = ", ".join(repr(view.name) for _, view in views)
    raise VaultkitError(f"{bases[0].path}: there is no view {name!r}; it has {names}")


def rows(vault: Snapshot, base: Base, view: BaseView, *, this: str | None = None, now: datetime) -> list[BaseRows]:
    """The rows of the view, sorted, at most as many as it allows. See `table` for the arguments."""
    return list(table(vault, base, view, this=this, now=now).rows)


def table(vault: Snapshot, base: Base, view: BaseView, *, this: str | None = None, now: datetime) -> BaseTable:
    """What the view shows: rows, sorted, at most as many as it allows; their groups; the summaries of columns.

    this: path of the file that ``this`` means, the base itself when None.  now: in local time.

    Raises:
        VaultkitError: a filter cannot be understood, names a function that is not there, or needs itself.
    """
    filters = (
        read_filter(f"{base.path}: filters", base.filters),
        read_filter(f"{base.path}: filters of view {view.name!r}", view.filters),
    )
    formulas = needed_formulas(base, view, filters)
    files = Files(vault, this or base.path, now)
    found: list[BaseRow] = []
    try:
        for path in listed_files(vault):
            if vault.is_excluded(path):  # release notes 1.9.3
                continue
            row = BaseRow(files, path, formulas)
            if all(_passes(row, read) for read in filters):
                found.append(row)
        for column, is_falling in reversed(view.sort):
            found = _sorted(found, column, is_falling=is_falling)
        if view.limit:
            found = found[: view.limit]
        return _table(files, base, view, found)
    except VaultkitError as error:
        raise VaultkitError(f"{base.path}: {error}") from error
    except RecursionError:
        raise VaultkitError(f"{base.path}: its formulas need each other too deeply to be counted out") from None


def _table(files: Files, base: Base, view: BaseView, found: list[BaseRow]) -> BaseTable:
    shown = tuple(
        BaseRows(
            row.path,
            {column: row.cell(column) for column in view.order},
            row.cell(view.group) if view.group else None,
        )
        for row in found
    )

    def summarised(part: Sequence[BaseRow]) -> dict[str, Any]:
        return {
            column: summary_of(files, base, name, [row.cell(column) for row in part])
            for column, name in view.summaries.items()
        }

    groups: dict[Any, list[int]] = {}
    for at, row in enumerate(shown if view.group else ()):
        is_empty = isinstance(row.group, CellFault) or row.group in (None, "", [])
        groups.setdefault(None if is_empty else key_of(row.group), []).append(at)
    summaries = summarised(found)
    return BaseTable(
        shown,
        tuple(
            BaseGroup(shown[part[0]].group, tuple(shown[at] for at in part), summarised([found[at] for at in part]))
            for part in groups.values()
        ),
        summaries,
        _faults(shown, summaries),
    )


def _faults(shown: Sequence[BaseRows], summaries: Mapping[str, Any]) -> tuple[str, ...]:
    cells = Counter(
        value.message for row in shown for value in (*row.values.values(), row.group) if isinstance(value, CellFault)
    )
    found = [f"{message} ({count} cell{'s' if count > 1 else ''})" for message, count in cells.items()]
    return (*found, *(value.message for value in summaries.values() if isinstance(value, CellFault)))


def _passes(row: BaseRow, read: Filter | None) -> bool:
    if read is None:
        return True
    if not isinstance(read, tuple):
        return is_truthy(row.value(read))
    group, members = read
    if group == "and":
        return all(_passes(row, member) for member in members)
    return any(_passes(row, member) for member in members) == (group == "or") or (group == "or" and not members)


def _sorted(found: list[BaseRow], column: str, *, is_falling: bool) -> list[BaseRow]:
    """By a column, equal ones as they were; those without a value stand last either way."""
    keyed = [(sort_key(_sorted_value(row, column)), row) for row in found]
    full = [pair for pair in keyed if pair[0][0] != EMPTY]
    full.sort(key=lambda pair: pair[0], reverse=is_falling)
    return [row for _, row in full] + [row for key, row in keyed if key[0] == EMPTY]


def _sorted_value(row: BaseRow, column: str) -> Any:
    """The value that sorts; an empty checkbox stands with those that are not ticked (release notes 1.10)."""
    value = row.cell(column)
    name = column.removeprefix("note.")
    if value is None and row.files.types.get(name.lower()) == "checkbox" and row.files.has_property(row.path, name):
        return False
    return value
