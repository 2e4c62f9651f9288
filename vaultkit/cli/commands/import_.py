"""Import flashcards of other programs as notes."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any

import click

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import changed
from vaultkit.base.safe_read import read_named
from vaultkit.base.text import shown_json
from vaultkit.cli.options import cards_of_vault, load_config, undo_killed, vault_option
from vaultkit.cli.writing import write_all
from vaultkit.vault.find import find_vault
from vaultkit.vault.workspace import Workspace

# A text of a million cards has some 100 MB. A package has pictures and sounds.
_MOST_TEXT, _MOST_PACKAGE = 200_000_000, 2_000_000_000

FORMATS = [
    "auto",
    "brainscape",
    "quizwiz",
    "quizlet",
    "worksheet",
    "anki",
    "csv",
    "tsv",
    "crowdanki",
    "remnote",
    "hashcards",
]


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--to", "folder", metavar="FOLDER", help="Folder in the vault for the notes.")
@vault_option
@click.option(
    "--from",
    "format_name",
    type=click.Choice(FORMATS),
    default="auto",
    show_default=True,
    help="Format of the input. auto detects it.",
)
@click.option("--deck", default="", metavar="NAME", help="Name of the deck. Default: the title of the file.")
@click.option(
    "--split",
    type=click.Choice(["one", "per-section", "per-card"]),
    default="one",
    show_default=True,
    help="Number of notes: one for all cards, one per section, or one per card.",
)
@click.option(
    "--style",
    type=click.Choice(["plain", "heading"]),
    default="plain",
    show_default=True,
    help="Write cards with separators (plain), or with the question as heading.",
)
@click.option("--link", is_flag=True, help="Link the first mention of existing notes on each side of a card.")
@click.option("--link-report", is_flag=True, help="List the mentions that --link would link; write nothing.")
@click.option("--prune", is_flag=True, help="Delete cards that the source no longer has.")
@click.option("--empty", type=click.Choice(["keep", "hold"]), default="keep", show_default=True,
              help="Cards without an answer: write them as cards, or as open tasks.")  # fmt: skip
@click.option("--reflow", is_flag=True, help="Put list items and labels of flattened answers on lines of their own.")
@click.option("--field-sep", default="", metavar="TEXT", help=r"Between the two sides, for Quizlet text; \t is a tab.")
@click.option("--card-sep", default="", metavar="TEXT", help=r"Between cards, for Quizlet text; \n is a line end.")
@click.option(
    "--front", multiple=True, metavar="COLUMN", help="Column of a table with the question: its name or number."
)
@click.option(
    "--back", multiple=True, metavar="COLUMN", help="Column with the answer; several are joined (repeatable)."
)
@click.option("--tags", multiple=True, metavar="COLUMN", help="Column with tags.")
@click.option("--no-repair", is_flag=True, help="Do not repair damaged characters.")
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the cards that were read as JSON.")
def command(
    files: tuple[str, ...], folder: str | None, vault: str | None, format_name: str, deck: str, split: str, style: Any,
    link: bool, link_report: bool, prune: bool, no_repair: bool, dry_run: bool, as_json: bool, empty: str,
    reflow: bool, field_sep: str, card_sep: str, front: tuple[str, ...], back: tuple[str, ...], tags: tuple[str, ...],
) -> None:  # fmt: skip
    """Read flashcards from each FILE ("-" is standard input) and write them as notes.

    Formats: Brainscape, Quizwiz and Quizlet page text, worksheets, CSV, TSV, Anki text, .apkg and .colpkg,
    CrowdAnki's deck.json, RemNote's Markdown, hashcards and .mochi. The format is detected from the content. Every
    line of the input becomes a card or is listed with the reason; otherwise nothing is written. Importing again
    changes only what changed in the source and keeps your edits.

    Exit status: 0 imported, 2 the file cannot be read as cards.
    """
    from vaultkit.cards.importers.importing import read_source, report

    sources = [(name, _bytes_of(name)) for name in files]
    readings = [
        (
            name,
            data,
            read_source(
                data,
                name,
                format_name=format_name,
                deck=deck,
                repair=not no_repair,
                field_separator=_unescaped(field_sep),
                card_separator=_unescaped(card_sep),
                reflow=reflow,
                columns={"front": front, "back": back, "tags": tags} if front or back or tags else None,
            ),
        )
        for name, data in sources
    ]
    if dry_run and as_json and not link_report:
        entries = [report(reading) for _, _, reading in readings]
        _print_json(entries[0] if len(entries) == 1 else entries)
        return
    if folder is None:
        if not dry_run:
            raise click.UsageError("--to FOLDER is needed; it says where the notes go (or use --dry-run)")
        folder = ""
    from vaultkit.cards.notes.import_plan import ImportOptions

    options = ImportOptions(split, style, prune, True, empty)
    _write(readings, folder, vault, options, link or link_report, link_report, dry_run or link_report, as_json)


def _write(
    readings: list[tuple[str, bytes, Any]], folder: str, vault: str | None, options: Any, link: bool,
    link_report: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    from vaultkit.cards.importers.importing import report
    from vaultkit.cards.notes.import_plan import folder_in_vault, plan_import, titles_in
    from vaultkit.cards.notes.linking import titles_of

    root = _root(vault, folder)
    undo_killed(root)
    options = changed(options, settings=cards_of_vault(root, load_config(root)))
    inside = folder_in_vault(root, folder, is_on_disk=vault is None)
    entries = []
    for name, data, reading in readings:
        loaded = Workspace.open(root, load_config(root)).snapshot()
        titles = titles_of(titles_in(loaded)) if link else None
        plan = plan_import(loaded, inside, reading, data, name, titles, options)
        if not dry_run:
            write_all(root, [FileChange(path, plan.before.get(path), new) for path, new in plan.files.items()])
        totals = {
            key: sum(getattr(note.merge, key) for note in plan.notes)
            for key in ("written", "updated", "unchanged", "pruned")
        }
        if as_json:
            entries.append(
                report(reading)
                | totals
                | {
                    "notes": [note.path for note in plan.notes],
                    "conflicts": [front for note in plan.notes for front in note.merge.conflicts],
                    "gone": [front for note in plan.notes for front in note.merge.gone],
                    "missing": list(plan.missing),
                    "mentions": [{"text": m.text, "note": m.note} for m in plan.mentions],
                }
            )
        else:
            _say(
                name,
                reading,
                plan,
                totals,
                dry_run=dry_run,
                link_report=link_report,
                holds_tables=options.style == "heading" or bool(options.settings.end_marker),
            )
    if as_json:
        _print_json(entries[0] if len(entries) == 1 else entries)


def _say(
    name: str, reading: Any, plan: Any, totals: dict[str, int], *, dry_run: bool, link_report: bool, holds_tables: bool
) -> None:
    from collections import Counter

    from vaultkit.cards.checks.problems import status_of
    from vaultkit.cards.importers.importing import card_problems

    if link_report:
        for mention in plan.mentions:
            click.echo(f"{mention.text} -> {mention.note or 'more than one note, not linked'}")
        return
    done = "would be " if dry_run else ""
    click.echo(f"{name}: {reading.format} ({reading.evidence}), deck “{reading.deck}”")
    click.echo(
        f"  {len(reading.cards)} card{'' if len(reading.cards) == 1 else 's'}: {done}{totals['written']} written, {totals['updated']} updated, "
        f"{totals['unchanged']} unchanged" + (f", {totals['pruned']} deleted" if totals["pruned"] else "")
    )
    states = Counter(status_of(card_problems(card, reading.format)) for card in reading.cards)
    faults = ", ".join(f"{count} {state}" for state, count in states.most_common() if state != "ok")
    if faults:
        click.echo(f"  to look at: {faults}")
    for note in plan.notes:
        click.echo(f"  {'would go' if dry_run else 'in'}{' to' if dry_run else ''} {note.path}")
        for front in note.merge.conflicts:
            click.echo(f"    kept your text, the source changed too: {front[:70]}")
        for front in note.merge.gone:
            click.echo(f"    no longer in the source: {front[:70]}")
    if reading.repairs:
        lost = sum(1 for entry in reading.repairs if entry.lost)
        tail = f", {lost} of them with a character that is lost" if lost else ""
        click.echo(f"  {len(reading.repairs)} lines with damaged characters repaired{tail}")
    for title, spans in (("boilerplate", reading.boilerplate), ("no cards", reading.leftovers)):
        reasons = Counter(span.reason for span in spans)
        if reasons:
            click.echo(f"  {title}: " + ", ".join(f"{count} × {reason}" for reason, count in reasons.most_common()))
    tables = sum(1 for card in reading.cards if re.search(r"(?m)^\s*\|.*\|\s*$", card.back))
    if tables and not holds_tables:
        click.echo(f"  {tables} answers hold a table, which needs a blank line above it; --style heading can hold one")
    if plan.missing:
        click.echo(f"  in neither the file nor the vault: {', '.join(plan.missing)}")
    for remark in reading.notes:
        click.echo(f"  remark: {remark}")


def _root(vault: str | None, folder: str) -> str:
    if vault is not None:
        if not os.path.isdir(vault):
            raise VaultkitError(f"--vault {vault}: no such folder; name the folder of a vault")
        return os.path.abspath(vault)
    start = os.path.abspath(folder or ".")
    while not os.path.isdir(start):
        start = os.path.dirname(start)
    return find_vault(start)


def _unescaped(separator: str) -> str:
    r"""A separator as typed: \t and \n stand for a tab and a line end."""
    return separator.replace("\\t", "\t").replace("\\n", "\n")


def _bytes_of(name: str) -> bytes:
    limit = _MOST_PACKAGE if name.lower().endswith((".apkg", ".colpkg", ".mochi")) else _MOST_TEXT
    if name == "-":
        data = sys.stdin.buffer.read(limit + 1)
        if len(data) > limit:
            raise VaultkitError(f"-: has more than {limit // 1_000_000} MB; import a part of it")
        return data
    try:
        return read_named(name, limit)
    except IsADirectoryError:
        raise VaultkitError(f"{name}: is a folder; name a file with cards") from None
    except OSError as error:
        raise VaultkitError(f"{name}: cannot be read ({error.strerror}); check the path") from error


def _print_json(value: Any) -> None:
    sys.stdout.write(shown_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")
