"""A ``.base`` file, read: filters, formulas, names of columns, views.

Source: Obsidian Help, "Bases syntax". Keys of plugins and of layouts (images of cards, widths of columns)
are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.note.model import Note
from vaultkit.note.properties import read_properties
from vaultkit.query.bases import parser
from vaultkit.query.bases.evaluate import check, formulas_in

Filter = parser.Node | tuple[str, tuple[Any, ...]]

_BASE_FENCE = re.compile(r"(`{3,}|~{3,})\s*base(?:\s.*)?")
_GROUPS = ("and", "or", "not")
DEFAULT_ORDER = ("file.name",)


@record
class BaseView:
    """One view.

    order: its columns.  sort: (column, is falling), the column of the groups first.  limit: 0 for none.
    filters: None for none.  group: column of the groups, "" for none.  summaries: column -> name of a summary.
    """

    name: str
    type: str
    order: tuple[str, ...]
    sort: tuple[tuple[str, bool], ...]
    limit: int
    filters: Any
    group: str = ""
    summaries: Mapping[str, str] = MappingProxyType({})


@record
class Base:
    """A base. filters, formulas, summaries: as the YAML has them; names: column -> what a reader calls it."""

    path: str
    filters: Any
    formulas: Mapping[str, Any]
    names: Mapping[str, str]
    views: tuple[BaseView, ...]
    summaries: Mapping[str, Any] = MappingProxyType({})


def read_base(path: str, text: str) -> Base:
    """The base that the file's text is; an empty one has one table of all files.

    Raises:
        VaultkitError: it is not YAML, or not a base.
    """
    data, error = read_properties(text.replace("\r\n", "\n"))
    if error is not None:
        raise VaultkitError(f"{path}: not a base ({error.message}); correct its YAML")
    known = {key: _mapping(path, data, key) for key in ("formulas", "properties", "summaries")}
    views = data.get("views") or []
    if not isinstance(views, list) or not all(isinstance(view, dict) for view in views):
        raise VaultkitError(f"{path}: views must be a list of views, each with its type and name")
    names = {
        _column(column): str(settings["displayName"])
        for column, settings in known["properties"].items()
        if isinstance(settings, dict) and settings.get("displayName") not in (None, "")
    }
    read = tuple(_view(path, view, at) for at, view in enumerate(views))
    if not read:
        read = (BaseView("Table", "table", DEFAULT_ORDER, (), 0, None),)
    return Base(path, data.get("filters"), known["formulas"], names, read, known["summaries"])


def base_blocks(note: Note, text: str) -> list[str]:
    """The YAML of the note's own ``base`` code blocks, in order; those in quotes and lists are not looked for."""
    blocks = []
    for section in note.sections:
        if section.kind == "code":
            head, *lines = text[section.start : section.end].replace("\r\n", "\n").split("\n")
            opening = _BASE_FENCE.fullmatch(head.strip())
            if opening:
                is_closed = bool(lines) and lines[-1].strip().startswith(opening[1])
                blocks.append("\n".join(lines[:-1] if is_closed else lines))
    return blocks


def _mapping(path: str, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key) or {}
    if not isinstance(found, dict):
        raise VaultkitError(f"{path}: {key} must be a mapping of names")
    return found


def _view(path: str, data: Mapping[str, Any], at: int) -> BaseView:
    kind = str(data.get("type") or "table")
    order = data.get("order") or []
    sort = data.get("sort") or []
    group = data.get("groupBy")
    summaries = data.get("summaries") or {}
    limit = data.get("limit") or 0
    if not isinstance(order, list) or not isinstance(sort, list):
        raise VaultkitError(f"{path}: view {at + 1}: order and sort must be lists of properties")
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 0:
        raise VaultkitError(f"{path}: view {at + 1}: limit must be a whole number")
    if not isinstance(summaries, dict):
        raise VaultkitError(f"{path}: view {at + 1}: summaries must be a mapping of properties to summaries")
    grouped = [_sort_key(path, group, at)] if group else []
    return BaseView(
        str(data.get("name") or kind.capitalize()),
        kind,
        tuple(_column(str(column)) for column in order if column is not None) or DEFAULT_ORDER,
        (*grouped, *(_sort_key(path, entry, at) for entry in sort)),
        limit,
        data.get("filters"),
        grouped[0][0] if grouped else "",
        {_column(str(column)): str(name) for column, name in summaries.items() if name not in (None, "")},
    )


def _sort_key(path: str, entry: Any, at: int) -> tuple[str, bool]:
    if isinstance(entry, str):
        return _column(entry), False
    if not isinstance(entry, dict) or not isinstance(entry.get("property") or entry.get("column"), str):
        raise VaultkitError(f"{path}: view {at + 1}: a sort names its property and direction")
    return _column(entry.get("property") or entry["column"]), str(entry.get("direction", "ASC")).upper() == "DESC"


def _column(column: str) -> str:
    """The name of a column: that of a note's property without its prefix."""
    return column.removeprefix("note.") if column.startswith("note.") and len(column) > 5 else column


def read_filter(where: str, data: Any) -> Filter | None:
    """The filter as trees: an expression, or ("and" | "or" | "not", filters). None where nothing is filtered.

    Raises:
        VaultkitError: it is none; ``where`` says in the message where it stands.
    """
    if data is None or data == "" or data == {}:
        return None
    if isinstance(data, str | bool | int | float):
        return read_expression(where, data)
    if not isinstance(data, dict) or len(data) != 1 or next(iter(data)) not in _GROUPS:
        raise VaultkitError(f"{where}: a filter is an expression, or one of and, or, not with a list of filters")
    ((group, members),) = data.items()
    if not isinstance(members, list):
        members = [] if members is None else [members]
    read = [read_filter(where, member) for member in members]
    return str(group), tuple(member for member in read if member is not None)


def read_expression(where: str, data: Any) -> parser.Node:
    """The tree of an expression as YAML holds it, its functions known.

    Raises:
        VaultkitError: it is none; ``where`` says in the message where it stands.
    """
    if isinstance(data, bool):
        data = "true" if data else "false"
    if isinstance(data, list | dict):
        raise VaultkitError(f"{where}: an expression is one text; put it in quotes")
    try:
        tree = parser.parse(str(data))
        check(tree)
    except VaultkitError as error:
        raise VaultkitError(f"{where}: {error}") from error
    except RecursionError:
        raise VaultkitError(f"{where}: the expression is too long; take it apart into formulas") from None
    return tree


def expressions(read: Filter | None) -> Iterator[parser.Node]:
    """All expressions of a filter."""
    if isinstance(read, tuple):
        for member in read[1]:
            yield from expressions(member)
    elif read is not None:
        yield read


def needed_formulas(base: Base, view: BaseView, filters: tuple[Filter | None, ...]) -> dict[str, parser.Node]:
    """Name -> tree of the formulas that the view needs, those that they need in turn among them.

    One that is no expression is an `Unreadable`, so that the other columns still have values.
    """
    columns = (*view.order, *view.summaries, *(column for column, _ in view.sort))
    pending = [column.removeprefix("formula.") for column in columns if column.startswith("formula.")]
    for read in filters:
        for tree in expressions(read):
            pending.extend(sorted(formulas_in(tree)))
    found: dict[str, parser.Node] = {}
    while pending:
        name = pending.pop()
        if name not in found and name in base.formulas:
            try:
                found[name] = read_expression(f"formula {name!r}", base.formulas[name])
            except VaultkitError as error:
                found[name] = parser.Unreadable(str(error))
            pending.extend(sorted(formulas_in(found[name])))
    return found
