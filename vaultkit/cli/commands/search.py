"""List the notes that match a query, as Obsidian's `search`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    open_vault,
    print_lines,
    total_option,
    vault_option,
)
from vaultkit.cli.searching import query_options, searched, searched_pictures, shown_in, wanted_query


@click.command(cls=ObsidianStyleCommand)
@query_options
@vault_option
@total_option
@format_options("text", "json")
def command(
    words: tuple[str, ...],
    query: str | None,
    path: str,
    limit: int | None,
    case: bool,
    pictures: bool,
    vault: str | None,
    total: bool,
    output_format: str,
) -> None:
    """List the notes that match a query in Obsidian's search syntax.

    All words must be in the note or its name. Also OR, -, parentheses, "quotes", /regular expressions/,
    [property:value], and the operators file: path: content: tag: line: block: section: task: task-todo: task-done:
    match-case: ignore-case:. With --pictures, pictures whose text matches are listed after the notes, with the
    notes that show them.
    """
    asked = wanted_query(words, query)
    read = open_vault(vault)
    found = [page.path for page, _ in searched(read, asked, path, limit, match_case=case)]
    if pictures:
        seen = [page.path for page, _ in searched_pictures(read, asked, path, limit, match_case=case)]
        found += seen if output_format == "json" else [f"{one}\t{shown_in(read, one)}" for one in seen]
    print_lines(found, output_format, total=total)
