"""Suggest missing links: notes that name each other without a link."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import field_names
from vaultkit.cli.console import notice
from vaultkit.cli.obsidian_cli import (
    ObsidianStyleCommand,
    asked_note,
    format_options,
    open_vault,
    print_json,
    print_lines,
    print_total,
    total_option,
    vault_option,
)
from vaultkit.query.files import text_of
from vaultkit.vault.snapshot import Snapshot

if TYPE_CHECKING:
    from vaultkit.graph.mentions import Match
    from vaultkit.graph.suggest import Suggestion

EXIT_REFUSED = 2


def suggest_command(*, near: bool) -> click.Command:
    """Return the command. near: whether it lists notes that share neighbours by default."""

    @click.argument("note", required=False, metavar="[NOTE]")
    @vault_option
    @click.option(
        "--limit",
        type=click.IntRange(min=0),
        default=100,
        show_default=True,
        help="Maximum number of results; 0 for all.",
    )
    @click.option(
        "--min-score",
        type=click.FloatRange(0, 1),
        help="Minimum score. Default: 0.7, for --fix 0.95.",
    )
    @click.option("--exact", is_flag=True, help="List only texts that are exactly a name or alias.")
    @click.option(
        "--near/--no-near",
        default=near,
        show_default=True,
        help="Include notes that share two or more neighbours without a link.",
    )
    @click.option(
        "--pictures",
        is_flag=True,
        help="Include notes that are named on pictures that `vaultkit pictures` has read.",
    )
    @click.option("--ideas", is_flag=True, help="List notes that are linked to but do not exist.")
    @click.option("--fix", is_flag=True, help="Write the listed links: exact ones, the first in each section.")
    @click.option("--all-matches", is_flag=True, help="With --fix: include other case, spelling and number.")
    @click.option("--diff", is_flag=True, help="Print what --fix would write as a diff; write nothing.")
    @click.option(
        "--dry-run", is_flag=True, help="Print how many links --fix would write in which notes; write nothing."
    )
    @total_option
    @format_options("text", "json")
    def command(**words: Any) -> int:
        return answer(**words)

    return click.command(cls=ObsidianStyleCommand, help=answer.__doc__)(command)


def answer(
    note: str | None,
    vault: str | None,
    limit: int,
    min_score: float | None,
    exact: bool,
    ideas: bool,
    fix: bool,
    all_matches: bool,
    diff: bool,
    dry_run: bool,
    near: bool,
    pictures: bool,
    total: bool,
    output_format: str,
) -> int:
    """List links that are missing in the vault, or from and to NOTE, the most convincing first.

    A note is found in the text of another one by its name, an alias, or a tag of its name. Only whole words count, and
    none in code, math, headings, links or addresses. Each line has the place, the text, the target, the score, the
    reason and the sentence. The score is the share of such suggestions that are right or harmless, in any vault.
    Scores below 0.7 are listed only with --min-score, and --fix writes only those of 0.95 or more unless --min-score
    changes this. Links that --fix wrote are not used as evidence for further ones; the cache folder has their list.

    With --pictures, a note is also found by its name on a picture that another note shows. The place is that of the
    embed. --fix writes no such links.

    Exit status: 0, also when there are suggestions; 2 wrong usage, or --fix could not write a note.
    """
    read = open_vault(vault, note)
    if ideas:
        _print_ideas(read, limit, total, output_format)
        return 0
    from vaultkit.graph.evidence import LISTED, WRITTEN
    from vaultkit.graph.mentions import MATCHES
    from vaultkit.graph.suggest import suggestions
    from vaultkit.graph.written_links import read_written

    only = asked_note(read, note, None, None)
    every = suggestions(read, lambda path: text_of(read, path), only=only, written=read_written(read.root))
    if near and not exact:
        every = _with_near(read, every, only)
    if pictures:
        every = _with_pictures(read, every, only)
    writes = fix or diff or dry_run
    least = min_score if min_score is not None else WRITTEN if writes else LISTED
    found = [item for item in every if item.score >= least and (not exact or item.match == "exact")]
    if writes:
        matches = MATCHES if all_matches else MATCHES[:1]
        found = [item for item in found if item.kind == "mention" and item.match in matches]
    listed = found[:limit] if limit else found
    if writes:
        return _fix(read, listed, matches=matches, write=fix and not (diff or dry_run), shows_diff=diff)
    if total:
        print_total(len(found), output_format)
    else:
        _print(listed, len(found), output_format)
    return 0


def _print(listed: Sequence[Suggestion], count: int, output_format: str) -> None:
    """Print the suggestions. count: how many there are in all."""
    if output_format == "json":
        print_json([_row(item) for item in listed])
        return
    print_lines([line for item in listed for line in _lines(item)])
    if len(listed) < count:
        click.echo(f"the best {len(listed):,} of {count:,}; --limit 0 lists all", err=True)


def _lines(item: Suggestion) -> Iterator[str]:
    place = f":{item.line}:{item.column}: {item.text}" if item.kind != "near" else ""
    place += " (on a picture)" if item.kind == "picture" else ""
    yield f"{item.source}{place} -> {item.target}"
    yield f"    {item.score:.2f}  {item.reason}"
    if item.kind in ("mention", "picture"):
        yield f"    {item.sentence}"


def _row(item: Suggestion) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(item, name) for name in field_names(item)}
    if item.evidence is not None:
        row["evidence"] = {name: getattr(item.evidence, name) for name in field_names(item.evidence)}
    return row


def _with_near(vault: Snapshot, every: Sequence[Suggestion], only: str | None) -> tuple[Suggestion, ...]:
    """Add the pairs that share neighbours and do not name each other already."""
    from vaultkit.graph.from_vault import graph_core
    from vaultkit.graph.shared_neighbours import two_hops

    pairs, bounded = two_hops(vault, graph_core(vault).only(("note", "unresolved")), only=only)
    if bounded:
        click.echo(bounded, err=True)
    known = {frozenset((item.source, item.target)) for item in every}
    more = (pair for pair in pairs if frozenset((pair.source, pair.target)) not in known)
    return tuple(sorted((*every, *more), key=lambda item: (-item.score, item.source, item.start, item.target)))


def _with_pictures(vault: Snapshot, every: Sequence[Suggestion], only: str | None) -> tuple[Suggestion, ...]:
    """Add the suggestions from pictures, except for pairs that the text itself suggests."""
    from vaultkit.graph.picture_suggestions import picture_suggestions
    from vaultkit.pictures.texts import has_texts, texts_of

    if not has_texts(vault.root):
        notice("no picture was read yet; run `vaultkit pictures` first")
        return tuple(every)
    found = picture_suggestions(vault, texts_of(vault.root, vault.files).texts, only=only)
    known = {(item.source, item.target) for item in every if item.kind != "near"}
    more = (item for item in found if (item.source, item.target) not in known)
    return tuple(sorted((*every, *more), key=lambda item: (-item.score, item.source, item.start, item.target)))


def _print_ideas(vault: Snapshot, limit: int, total: bool, output_format: str) -> None:
    from vaultkit.query.wanted_notes import ideas

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


def _fix(
    vault: Snapshot, listed: list[Suggestion], *, matches: tuple[Match, ...], write: bool, shows_diff: bool
) -> int:
    from vaultkit.base.atomic_write import write_changes
    from vaultkit.base.unified_diff import diff
    from vaultkit.graph.write_links import link_up
    from vaultkit.graph.written_links import add_written

    def read(path: str) -> bytes:
        try:
            return vault.read_bytes(path)
        except OSError as error:
            raise VaultkitError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error

    found = link_up(vault, listed, read, allowed=matches)
    for path, reason in found.left:
        click.echo(f"{path}: left as it is: {reason}", err=True)
    links = dict(found.links)
    if not write:
        for change in found.changes:
            sys.stdout.writelines(diff(change) if shows_diff else [f"{links[change.path]}\t{change.path}\n"])
        click.echo(_summary("would write", sum(links.values()), len(links), len(listed)), err=True)
        return 0
    written = write_changes(vault.root, found.changes)
    for path, reason in written.refused:
        click.echo(f"{path}: left as it is: {reason}", err=True)
    paths = set(written.paths)
    add_written(vault.root, (pair for pair in found.pairs if pair[0] in paths))
    made = sum(links[path] for path in written.paths)
    click.echo(_summary("wrote", made, len(written.paths), len(listed)), err=True)
    return EXIT_REFUSED if written.refused else 0


def _summary(verb: str, links: int, notes: int, suggestions: int) -> str:
    """A suggestion is a pair of notes; the first mention in each section becomes a link."""
    return f"{verb} {links} links into {notes} notes, for {suggestions} suggestions (the first in each section)"


command = suggest_command(near=False)
