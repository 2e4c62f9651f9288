"""Suggest missing links: notes that name each other without a link, and ideas nobody has written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from vaultkit.cli.words import (
    WordCommand,
    asked_note,
    format_options,
    open_vault,
    print_json,
    print_lines,
    print_total,
    total_option,
    vault_option,
)
from vaultkit.errors import VaultkitError
from vaultkit.index.vault import Vault
from vaultkit.query.files import read_text

if TYPE_CHECKING:
    from vaultkit.graph.suggest import Suggestion


@click.command(cls=WordCommand)
@click.argument("note", required=False, metavar="[NOTE]")
@vault_option
@click.option("--limit", type=click.IntRange(min=0), default=100, show_default=True, help="The best N; 0 for all.")
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.0, help="Only those with at least this score.")
@click.option("--exact", is_flag=True, help="Only texts that are the name or alias itself.")
@click.option("--ideas", is_flag=True, help="Names that links use and nobody has written, instead.")
@click.option("--fix", is_flag=True, help="Write the links listed: exact ones, the first in each section.")
@click.option("--all-matches", is_flag=True, help="With --fix: other case, spelling and number, too.")
@click.option("--diff", is_flag=True, help="Print what --fix would write, and write nothing.")
@total_option
@format_options("text", "json")
def command(
    note: str | None,
    vault: str | None,
    limit: int,
    min_score: float,
    exact: bool,
    ideas: bool,
    fix: bool,
    all_matches: bool,
    diff: bool,
    total: bool,
    output_format: str,
) -> None:
    """List links that are missing in the vault, or from and to NOTE, the most convincing first.

    A note is found in another one's text by its name or an alias, as a whole word, never in code, math,
    headings, links or addresses; and by a tag of its name. Each line says where, the text, the target,
    the score (0 to 1), the reason and the sentence. Words that stand in many notes and are hardly ever
    linked are left out.
    """
    read = open_vault(vault, note)
    if ideas:
        _print_ideas(read, limit, total, output_format)
        return
    from vaultkit.graph.suggest import suggestions

    only = asked_note(read, note, None, None)
    found = [
        item
        for item in suggestions(read, lambda path: read_text(read, path), only=only)
        if item.score >= min_score and (not exact or item.match == "exact")
    ]
    listed = found[:limit] if limit else found
    if fix or diff:
        _fix(read, listed, all_matches=all_matches, write=fix and not diff)
        return
    if total:
        print_total(len(found), output_format)
    elif output_format == "json":
        print_json([{name: getattr(item, name) for name in type(item).__match_args__} for item in listed])
    else:
        lines = []
        for item in listed:
            lines.append(f"{item.source}:{item.line}:{item.column}: {item.text} -> {item.target}")
            lines.append(f"    {item.score:.2f}  {item.reason}")
            if item.kind == "mention":
                lines.append(f"    {item.sentence}")
        print_lines(lines)
        if len(listed) < len(found):
            click.echo(f"the best {len(listed):,} of {len(found):,}; --limit 0 lists all", err=True)


def _print_ideas(vault: Vault, limit: int, total: bool, output_format: str) -> None:
    from vaultkit.graph.suggest import ideas

    found = ideas(vault)
    listed = found[:limit] if limit else found
    if total:
        print_total(len(found), output_format)
    elif output_format == "json":
        print_json(
            [
                {"name": item.name, "notes": item.notes, "links": item.links, "sources": list(item.sources)}
                for item in listed
            ]
        )
    else:
        print_lines([f"{item.notes}\t{item.name}" for item in listed])


def _fix(vault: Vault, listed: list[Suggestion], *, all_matches: bool, write: bool) -> None:
    from vaultkit.graph.link_up import link_up
    from vaultkit.graph.mentions import MATCHES
    from vaultkit.index.write import Change, write_changes

    def read(path: str) -> bytes:
        try:
            with open(os.path.join(vault.root, path), "rb") as file:
                return file.read()
        except OSError as error:
            raise VaultkitError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error

    found = link_up(vault, listed, read, allowed=MATCHES if all_matches else MATCHES[:1])
    for path, reason in found.left:
        click.echo(f"{path}: left as it is: {reason}", err=True)
    links = sum(one.links for one in found.notes)
    if not write:
        from vaultkit.index.diff import diff

        for one in found.notes:
            for line in diff(Change(one.path, one.before, one.after)):
                click.echo(line, nl=False)
        click.echo(f"would write {links} links into {len(found.notes)} notes", err=True)
        return
    written = write_changes(vault.root, [Change(one.path, one.before, one.after) for one in found.notes])
    for path, reason in written.refused:
        click.echo(f"{path}: left as it is: {reason}", err=True)
    links = sum(one.links for one in found.notes if one.path in written.paths)
    click.echo(f"wrote {links} links into {len(written.paths)} notes", err=True)
    if written.refused:
        raise VaultkitError(f"{len(written.refused)} notes could not be written; the others are whole")
