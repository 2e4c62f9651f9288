"""Print the lines that match a query, as Obsidian's `search:context`."""

from __future__ import annotations

import click

from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    format_options,
    open_vault,
    print_json,
    print_lines,
    vault_option,
)
from vaultkit.cli.searching import query_options, searched, searched_pictures, wanted_query
from vaultkit.query.search import found_lines


@click.command(cls=ObsidianStyleCommand)
@query_options
@vault_option
@format_options("text", "json")
def command(
    words: tuple[str, ...],
    query: str | None,
    path: str,
    limit: int | None,
    case: bool,
    pictures: bool,
    vault: str | None,
    output_format: str,
) -> None:
    """Print each matching line as `path:line: text`; a note that matches only by name as `path`.

    The query is as for `vaultkit search`. --limit counts notes. With --pictures, matching lines on pictures are
    listed after the notes.
    """
    asked = wanted_query(words, query)
    read = open_vault(vault)
    found = searched(read, asked, path, limit, match_case=case)
    if pictures:
        found += searched_pictures(read, asked, path, limit, match_case=case)
    if output_format == "json":
        print_json(
            [
                {
                    "file": page.path,
                    "matches": [{"line": line.line, "text": line.text} for line in found_lines(page, spans)],
                }
                for page, spans in found
            ]
        )
        return
    lines: list[str] = []
    for page, spans in found:
        lines += [f"{line.file}:{line.line}: {line.text}" for line in found_lines(page, spans)] or [page.path]
    print_lines(lines)
