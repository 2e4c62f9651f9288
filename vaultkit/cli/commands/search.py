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
from vaultkit.cli.searching import query_options, searched, wanted_query


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
    vault: str | None,
    total: bool,
    output_format: str,
) -> None:
    """List the notes that match the query, in Obsidian's search syntax.

    Words must all be in the note or its name; also OR, -, parentheses, "quotes", /regular expressions/,
    [property:value], and the operators file: path: content: tag: line: block: section: task: task-todo:
    task-done: match-case: ignore-case:.
    """
    asked = wanted_query(words, query)
    found = [page.path for page, _ in searched(open_vault(vault), asked, path, limit, match_case=case)]
    print_lines(found, output_format, total=total)
