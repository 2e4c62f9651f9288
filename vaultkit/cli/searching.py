"""What `search` and `search:context` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.console import notice
from vaultkit.query.documents import documents
from vaultkit.query.files import listed_files
from vaultkit.query.search import compile_query, matches
from vaultkit.query.search_scope import SearchDocument, Span, page
from vaultkit.vault.snapshot import Snapshot

_F = TypeVar("_F", bound=Callable[..., Any])


def query_options(function: _F) -> _F:
    """The query, in words or as ``query=``, and what narrows it."""
    for decorate in (
        click.option(
            "--pictures",
            is_flag=True,
            help="Search the text of pictures that `vaultkit pictures` has read.",
        ),
        click.option("--case", is_flag=True, help="Match case."),
        click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Maximum number of notes."),
        click.option("--path", metavar="FOLDER", default="", help="Use only notes below this folder."),
        click.option("--query", metavar="QUERY", help="Query."),
        click.argument("words", nargs=-1, metavar="[QUERY]..."),
    ):
        function = decorate(function)
    return function


def wanted_query(words: tuple[str, ...], query: str | None) -> str:
    """The query as one text.

    Raises:
        VaultkitError: there is none, or it is given twice.
    """
    if query is not None and words:
        raise VaultkitError(f"query={query} and {' '.join(words)}: give only one query, in quotes")
    if query is None and not words:
        raise VaultkitError("no query given; use query=WORDS")
    return " ".join(words) if query is None else query


def searched(
    vault: Snapshot, query: str, folder: str, limit: int | None, *, match_case: bool
) -> list[tuple[SearchDocument, list[Span]]]:
    """The files that match, by path, with the places of the matches.

    Raises:
        VaultkitError: the query cannot be read, or there is no such folder.
    """
    matcher = compile_query(query, match_case=match_case)
    found: list[tuple[SearchDocument, list[Span]]] = []
    for path, here in documents(vault, folder, query):
        spans = matches(matcher, here)
        if spans is not None:
            found.append((here, spans if path in vault.notes else []))
            if len(found) == limit:
                break
    return found


def searched_pictures(
    vault: Snapshot, query: str, folder: str, limit: int | None, *, match_case: bool
) -> list[tuple[SearchDocument, list[Span]]]:
    """The pictures and PDF files whose text or name matches, as pages, by path.

    Raises:
        VaultkitError: the query cannot be read, or there is no such folder.
    """
    from vaultkit.note.parse import parse_text
    from vaultkit.pictures.texts import has_texts, texts_of

    if not has_texts(vault.root):
        notice("no picture was read yet; run `vaultkit pictures` first")
        return []
    matcher = compile_query(query, match_case=match_case)
    found: list[tuple[SearchDocument, list[Span]]] = []
    for path, one in texts_of(vault.root, listed_files(vault, folder)).texts.items():
        text = one.text.replace("\f", "\n")
        here = page(path, parse_text(text), text)
        spans = matches(matcher, here)
        if spans is not None:
            found.append((here, spans))
            if len(found) == limit:
                break
    return found


def shown_in(vault: Snapshot, path: str) -> str:
    """The notes that show a picture, in words."""
    notes = sorted(vault.backlinks.get(path, ()))
    return f"picture in {', '.join(notes)}" if notes else "picture in no note"
