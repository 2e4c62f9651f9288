"""List, count and export the flashcards of a vault."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from vaultkit.base.extras import missing_extra
from vaultkit.base.text import escape_control_chars
from vaultkit.cli.app import Group
from vaultkit.cli.card_exporting import export_anki, media_of, report_missing, write_block_ids, write_out
from vaultkit.cli.card_printing import counted, day_of, days_of, print_json, print_table, shortened
from vaultkit.cli.card_reading import config_option, deck_option, format_option, path_option, read_vault, tag_option
from vaultkit.cli.console import echo, notice
from vaultkit.cli.options import vault_option

if TYPE_CHECKING:
    from vaultkit.cards.collection import Located
    from vaultkit.cards.model import Schedule


@click.group(cls=Group)
def command() -> None:
    """List, count and export flashcards.

    Separators and tags are those of [cards] in the configuration, otherwise those of the spaced-repetition plugin's
    settings.
    """


@command.command("list")
@vault_option
@format_option
@deck_option
@tag_option
@path_option
@config_option
@click.option(
    "--dialect",
    type=click.Choice(["vaultkit", "osr"]),
    default="vaultkit",
    show_default=True,
    help="vaultkit reads all kinds of cards; osr reads exactly what the spaced-repetition plugin reads.",
)
def list_cards(
    vault: str | None,
    output_format: str,
    deck: str,
    tag: str,
    paths: tuple[str, ...],
    dialect: str,
    config: tuple[str, ...],
) -> None:
    """List the cards. Dialect osr shows exactly what the plugin sees, its losses included."""
    from vaultkit.cards.exporters.rows import csv_text, json_lines

    _, entries, _ = read_vault(vault, dialect=dialect, deck=deck, tag=tag, paths=paths, config=config, compare=True)
    if output_format == "json":
        sys.stdout.write(f'{{"version": 1, "blocks": [\n{json_lines(entries)}\n]}}\n')
    elif output_format == "csv":
        sys.stdout.write(csv_text(entries, is_safe=True))
    else:
        for entry in entries:
            block = entry.block
            front = shortened(block.front, 60)
            back = shortened(block.back, 40) or (block.placeholder or "(no answer)")
            deck_name = ", ".join(block.decks) or "(no deck)"
            shown = front if block.kind == "cloze" else f"{front} → {back}"
            echo(f"{escape_control_chars(f'{entry.path}:{block.line}  {shown}')}  {click.style(deck_name, dim=True)}")
        cards = sum(len(entry.block.cards) for entry in entries)
        click.echo(f"{counted(len(entries), 'question')}, {counted(cards, 'card')}", err=True)


@command.command()
@vault_option
@format_option
@deck_option
@tag_option
@path_option
@config_option
@click.option(
    "--by",
    type=click.Choice(["deck", "note", "tag", "kind"]),
    default="deck",
    show_default=True,
    help="Group the numbers by this.",
)
@click.option("--date", "day", metavar="YYYY-MM-DD", default="", help="Day to count for. Default: today.")
def stats(
    vault: str | None,
    output_format: str,
    deck: str,
    tag: str,
    paths: tuple[str, ...],
    by: str,
    day: str,
    config: tuple[str, ...],
) -> None:
    """Count cards: new, learning, due, overdue, without an answer, with faults, with pictures; words of an answer."""
    from vaultkit.cards.collection import note_reviews, statistics

    loaded, entries, _ = read_vault(vault, deck=deck, tag=tag, paths=paths, config=config)
    rows = statistics(entries, by, day_of(day))
    reviews = note_reviews(loaded.notes.values(), day_of(day))
    print_table(
        [
            by, "questions", "cards", "new", "learning", "due", "overdue", "unanswered", "faults", "words", "media",
            "oldest due",
        ],
        [
            [
                r.name, r.questions, r.cards, r.new, r.learning, r.due, r.overdue, r.unanswered, r.faults, r.words, r.media,
                r.oldest_due,
            ]
            for r in rows
        ],
        output_format,
        key="rows",
        more={"notes": {"reviewed": reviews.notes, "due": reviews.due, "overdue": reviews.overdue}},
    )  # fmt: skip
    if output_format == "table" and reviews.notes:
        notes = counted(reviews.notes, "whole note")
        click.echo(f"{notes} in review: {reviews.due} due, {reviews.overdue} overdue", err=True)


@command.command()
@vault_option
@format_option
@deck_option
@tag_option
@path_option
@config_option
@click.option("--date", "day", metavar="YYYY-MM-DD", default="", help="Due on or before this day. Default: today.")
@click.option("--tz", default="", metavar="ZONE", help="Time zone of today's date, such as Europe/Berlin.")
@click.option("--ahead", default="0d", metavar="DAYS", help="Number of days to look ahead, such as 7d.")
def due(
    vault: str | None,
    output_format: str,
    deck: str,
    tag: str,
    paths: tuple[str, ...],
    day: str,
    tz: str,
    ahead: str,
    config: tuple[str, ...],
) -> None:
    """List the study cards that are due, the longest due first."""
    from vaultkit.cards.collection import due_cards

    _, entries, _ = read_vault(vault, deck=deck, tag=tag, paths=paths, config=config)
    today = day_of(day, tz)
    until = today + timedelta(days=days_of(ahead))
    found = due_cards(entries, until, _retrievability(today, entries))
    print_table(
        ["due", "deck", "note", "line", "front", "interval", "retrievability"],
        [
            [
                item.due, ", ".join(item.decks), item.path, item.line, shortened(item.front, 60), item.interval,
                None if item.retrievability is None else round(item.retrievability, 3),
            ]
            for item in found
        ],
        output_format,
        key="due",
    )  # fmt: skip


def _retrievability(today: date, entries: Sequence[Located]) -> Callable[[Schedule], float | None]:
    """Asks py-fsrs when it is installed; says once what to install when it is wanted and absent."""
    if not any(entry.algorithm == "fsrs" for item in entries for entry in item.block.schedules):
        return lambda _: None
    from vaultkit.cards.study.retrievability import is_available, retrievability

    if not is_available():
        notice(str(missing_extra("fsrs", "the retrievability column")))
        return lambda _: None
    return lambda schedule: retrievability(schedule, today)


@command.command()
@vault_option
@format_option
@deck_option
@tag_option
@path_option
@config_option
@click.option("--missing", is_flag=True, help="List only notes without a card.")
def coverage(
    vault: str | None,
    output_format: str,
    deck: str,
    tag: str,
    paths: tuple[str, ...],
    missing: bool,
    config: tuple[str, ...],
) -> None:
    """List which notes have cards: inside, linked from a card, or mentioned by title."""
    from vaultkit.cards.coverage import coverage as covered
    from vaultkit.cards.notes.import_plan import titles_in

    loaded, entries, _ = read_vault(vault, deck=deck, tag=tag, paths=paths, config=config)
    by_name = {path.rpartition("/")[2].removesuffix(".md"): path for path in reversed(list(loaded.notes))}
    names = [(title, by_name[name]) for title, name in titles_in(loaded)]
    links = {
        entry.path: [
            (bound.link.start, bound.target) for bound in loaded.links_of(entry.path) if bound.target is not None
        ]
        for entry in entries
    }
    result = covered(entries, names, links)
    concepts = [concept for concept in result.concepts if not (missing and concept.is_covered)]
    if output_format == "json":
        print_json(
            {
                "version": 1,
                "percent": round(result.percent, 1),
                "concepts": [
                    {"path": c.path, "own": c.own, "links": c.links, "mentions": c.mentions} for c in concepts
                ],
                "folders": [{"folder": f, "covered": c, "notes": n} for f, c, n in result.by_folder()],
                "cards_without_concept": [{"path": path, "line": line} for path, line in result.without],
            }
        )
        return
    rows: list[list[Any]] = [[c.path, c.own, c.links, c.mentions] for c in concepts]
    print_table(["note", "own", "links", "mentions"], rows, output_format, key="concepts")
    if output_format == "table":
        for folder, have, total in result.by_folder():
            click.echo(f"{folder or '(root)'}: {have} of {total} notes have cards", err=True)
        click.echo(
            f"{result.percent:.0f} % of {len(result.concepts)} notes have cards; "
            f"{len(result.without)} cards mention no note",
            err=True,
        )


EXPORTS = ["anki", "csv", "tsv", "json", "quizlet", "html", "anki-text"]


@command.command()
@click.argument("format_name", metavar="FORMAT", type=click.Choice(EXPORTS))
@click.argument("out", metavar="[OUT]", required=False)
@click.option("-o", "--output", metavar="FILE", help="Same as OUT.")
@vault_option
@deck_option
@tag_option
@path_option
@config_option
@click.option("--due", "only_due", is_flag=True, help="List only questions with a card that is due today.")
@click.option("--ok-only", is_flag=True, help="Leave out cards with faults.")
@click.option("--with-empty", is_flag=True, help="Include cards without an answer.")
@click.option("--write-ids", is_flag=True, help="Write block ids into the notes for cards without one (anki).")
@click.option(
    "--safe-csv/--raw-csv",
    default=True,
    show_default=True,
    help="Quote cells that a spreadsheet would run as formulas.",
)
@click.option("--seed", type=int, default=0, metavar="N", help="Seed of the shuffled order of the quiz page.")
@click.option("--title", default="", help="Title of the quiz page.")
@click.pass_context
def export(
    ctx: click.Context, format_name: str, out: str | None, output: str | None, vault: str | None, deck: str, tag: str,
    paths: tuple[str, ...], config: tuple[str, ...], only_due: bool, ok_only: bool, with_empty: bool, write_ids: bool, safe_csv: bool,
    seed: int, title: str,
) -> None:  # fmt: skip
    """Write the cards for other programs: FORMAT is anki, csv, tsv, json, quizlet, html or anki-text.

    OUT is a file; text formats go to standard output without it. Exit status: 1 when a picture is missing.
    """
    from vaultkit.cards.checks.problems import problems_of, status_of
    from vaultkit.cards.collection import due_cards
    from vaultkit.cards.exporters import rows

    if out is not None and output is not None:
        raise click.UsageError(f"{out} and -o {output}: name one file")
    out = out or output

    loaded, entries, settings = read_vault(vault, deck=deck, tag=tag, paths=paths, config=config)
    if write_ids:
        if format_name != "anki":
            raise click.UsageError("--write-ids is for the format anki only")
        write_block_ids(loaded.root, entries, settings)
        loaded, entries, settings = read_vault(vault, deck=deck, tag=tag, paths=paths, config=config)
    if only_due:
        places = {(item.path, item.line) for item in due_cards(entries, date.today())}
        entries = [entry for entry in entries if (entry.path, entry.block.line) in places]
    if ok_only:
        entries = [entry for entry in entries if status_of(problems_of(entry.block)) in ("ok", "fill-in")]
    empty = 0
    if not with_empty and format_name != "anki":
        full = [entry for entry in entries if all(card.front and card.back for card in entry.block.cards)]
        empty, entries = len(entries) - len(full), full
    if format_name == "anki":
        export_anki(ctx, loaded, entries, settings, out, with_empty=with_empty)
        return
    missing: Sequence[tuple[Any, ...]] = ()
    if format_name == "html":
        from vaultkit.cards.exporters.html_page import quiz_page

        page = quiz_page(entries, media_of(loaded), title=title or f"{loaded.name} cards", seed=seed)
        text, missing = page.text, page.missing
    elif format_name in ("csv", "tsv"):
        text = rows.csv_text(entries, delimiter="," if format_name == "csv" else "\t", is_safe=safe_csv)
    elif format_name == "json":
        text = rows.json_text(entries)
    elif format_name == "quizlet":
        text, joined = rows.quizlet_text(entries)
        if joined:
            notice(f"the format has no line ends: the lines of {counted(joined, 'side')} were joined")
    else:
        text = rows.anki_text(entries)
    if out is None or out == "-":
        sys.stdout.write(text)
    else:
        write_out(out, text.encode("utf-8", "backslashreplace"))
    cards = sum(len(entry.block.cards) for entry in entries)
    left = f"; {empty} without an answer left out (--with-empty includes them)" if empty else ""
    click.echo(f"{counted(cards, 'card')} exported{left}", err=True)
    report_missing(ctx, missing)
