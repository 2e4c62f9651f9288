"""List, count, schedule and export the flashcards of a vault."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import read_inside, read_regular
from vaultkit.base.text import escape_control_chars
from vaultkit.cli.app import Group
from vaultkit.cli.console import echo, notice
from vaultkit.cli.options import cards_of_vault, load_config, vault_option, vault_root
from vaultkit.cli.writing import write_all

if TYPE_CHECKING:
    from vaultkit.cards.collection import Located
    from vaultkit.cards.exporters.media import Media
    from vaultkit.cards.model import CardSettings, Schedule
    from vaultkit.vault.snapshot import Snapshot

format_option = click.option(
    "--format", "output_format", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
deck_option = click.option("--deck", default="", metavar="DECK", help="Only this deck and the decks below it.")
tag_option = click.option("--tag", default="", metavar="TAG", help="Only cards with this tag.")
path_option = click.option(
    "--path", "paths", multiple=True, metavar="PATH", help="Only this note or folder (repeatable)."
)

config_option = click.option(
    "--config", multiple=True, metavar="FILE|KEY=VALUE",
    help="Use this configuration file, or change one setting, such as 'cards.tags=[\"#anki\"]' (repeatable).",
)  # fmt: skip


@click.group(cls=Group)
def command() -> None:
    """Flashcards of the vault, as the spaced-repetition plugin writes them and as people do.

    Separators and tags are those of [cards] in vaultkit's configuration, else of the plugin's own settings.
    """


def read_vault(
    vault: str | None, *, dialect: Any = "vaultkit", deck: str = "", tag: str = "", paths: Iterable[str] = (),
    compare: bool = False, config: Sequence[str] = (),
) -> tuple[Snapshot, list[Located], CardSettings]:  # fmt: skip
    """The vault, its blocks and the settings they were read with. config: a file, or ``key = value`` texts that win."""
    from vaultkit.base.globs import matcher
    from vaultkit.cards.collection import inspector, located
    from vaultkit.vault.load import load_inspected

    root = vault_root(vault, tuple(path for path in paths if os.path.exists(path)))
    changes = [entry for entry in config if "=" in entry and not os.path.exists(entry)]
    files = [entry for entry in config if entry not in changes]
    chosen = load_config(root, files[-1] if files else None, settings=changes)
    for text in chosen.notices:
        notice(text)
    settings = cards_of_vault(root, chosen)
    excluded = matcher(chosen.exclude)
    loaded, answers = load_inspected(root, inspector(settings, dialect, compare=compare), excluded=excluded)
    for folder in loaded.nested:
        notice(f"{folder} is a vault of its own and was left out")
    wanted = [_in_vault(path, root) for path in paths]
    return loaded, located(answers, settings, deck=deck, tag=tag, paths=wanted), settings


def _in_vault(path: str, root: str) -> str:
    if os.path.exists(os.path.join(root, path)):
        return os.path.normpath(path).replace(os.sep, "/")
    return os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")


@command.command("list")
@vault_option
@format_option
@deck_option
@tag_option
@path_option
@config_option
@click.option("--dialect", type=click.Choice(["vaultkit", "osr"]), default="vaultkit", show_default=True)
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
        sys.stdout.write(csv_text(entries))
    else:
        for entry in entries:
            block = entry.block
            front = _short(block.front, 60)
            back = _short(block.back, 40) or (block.placeholder or "(no answer)")
            deck_name = ", ".join(block.decks) or "(no deck)"
            shown = front if block.kind == "cloze" else f"{front} → {back}"
            echo(f"{escape_control_chars(f'{entry.path}:{block.line}  {shown}')}  {click.style(deck_name, dim=True)}")
        cards = sum(len(entry.block.cards) for entry in entries)
        click.echo(f"{_count(len(entries), 'question')}, {_count(cards, 'card')}", err=True)


@command.command()
@vault_option
@format_option
@deck_option
@tag_option
@path_option
@config_option
@click.option("--by", type=click.Choice(["deck", "note", "tag", "kind"]), default="deck", show_default=True)
@click.option("--date", "day", metavar="YYYY-MM-DD", default="", help="Count as of this day; today by default.")
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
    rows = statistics(entries, by, _day(day))
    reviews = note_reviews(loaded.notes.values(), _day(day))
    _table(
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
        notes = _count(reviews.notes, "whole note")
        click.echo(f"{notes} in review: {reviews.due} due, {reviews.overdue} overdue", err=True)


@command.command()
@vault_option
@format_option
@deck_option
@tag_option
@path_option
@config_option
@click.option("--date", "day", metavar="YYYY-MM-DD", default="", help="Due on or before this day; today by default.")
@click.option("--tz", default="", metavar="ZONE", help="Time zone whose today counts, such as Europe/Berlin.")
@click.option("--ahead", default="0d", metavar="DAYS", help="Look so many days ahead, such as 7d.")
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
    today = _day(day, tz)
    until = today + timedelta(days=_days(ahead))
    found = due_cards(entries, until, _retrievability(today, entries))
    _table(
        ["due", "deck", "note", "line", "front", "interval", "retrievability"],
        [
            [
                item.due, ", ".join(item.decks), item.path, item.line, _short(item.front, 60), item.interval,
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
        click.echo("note: retrievability needs fsrs; install it with `pip install obsidian-vaultkit[fsrs]`", err=True)
        return lambda _: None
    return lambda schedule: retrievability(schedule, today)


@command.command()
@vault_option
@format_option
@deck_option
@tag_option
@path_option
@config_option
@click.option("--missing", is_flag=True, help="Only notes without a card.")
def coverage(
    vault: str | None,
    output_format: str,
    deck: str,
    tag: str,
    paths: tuple[str, ...],
    missing: bool,
    config: tuple[str, ...],
) -> None:
    """Tell which notes have cards: in them, linked from a card, or mentioned by title."""
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
        _json(
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
    _table(["note", "own", "links", "mentions"], rows, output_format, key="concepts")
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
@click.option("-o", "--output", metavar="FILE", help="The same as OUT.")
@vault_option
@deck_option
@tag_option
@path_option
@config_option
@click.option("--due", "only_due", is_flag=True, help="Only questions with a card that is due today.")
@click.option("--ok-only", is_flag=True, help="Leave out cards with faults.")
@click.option("--with-empty", is_flag=True, help="Cards without an answer, too.")
@click.option("--write-ids", is_flag=True, help="Give cards without a block id one, in the notes (anki).")
@click.option("--safe-csv", is_flag=True, help="Quote cells that a spreadsheet would run as formulas.")
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
    from vaultkit.cards.checks.sides import problems_of, status_of
    from vaultkit.cards.collection import due_cards
    from vaultkit.cards.exporters import rows

    if out is not None and output is not None:
        raise click.UsageError(f"{out} and -o {output}: name one file")
    out = out or output

    loaded, entries, settings = read_vault(vault, deck=deck, tag=tag, paths=paths, config=config)
    if write_ids:
        if format_name != "anki":
            raise click.UsageError("--write-ids goes with the format anki")
        _write_ids(loaded.root, entries, settings)
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
        _export_anki(ctx, loaded, entries, settings, out, with_empty=with_empty)
        return
    missing: Sequence[tuple[Any, ...]] = ()
    if format_name == "html":
        from vaultkit.cards.exporters.html_page import quiz_page

        page = quiz_page(entries, _media(loaded), title=title or f"{loaded.name} cards", seed=seed)
        text, missing = page.text, page.missing
    elif format_name in ("csv", "tsv"):
        text = rows.csv_text(entries, delimiter="," if format_name == "csv" else "\t", is_safe=safe_csv)
    elif format_name == "json":
        text = rows.json_text(entries)
    elif format_name == "quizlet":
        text, joined = rows.quizlet_text(entries)
        if joined:
            notice(f"the format has no line ends: the lines of {_count(joined, 'side')} were joined")
    else:
        text = rows.anki_text(entries)
    if out is None or out == "-":
        sys.stdout.write(text)
    else:
        _write(out, text.encode("utf-8", "backslashreplace"))
    cards = sum(len(entry.block.cards) for entry in entries)
    left = f"; {empty} without an answer left out (--with-empty takes them)" if empty else ""
    click.echo(f"{_count(cards, 'card')} exported{left}", err=True)
    _tell_missing(ctx, missing)


def _write_ids(root: str, entries: Sequence[Located], settings: CardSettings) -> None:
    """Block ids into the notes of ``entries``, into whole notes; what could not be written is said."""
    from vaultkit.base.atomic_write import FileChange, write_changes
    from vaultkit.base.text import decode
    from vaultkit.cards.notes.block_ids import with_block_ids
    from vaultkit.cards.reader.read import read_cards
    from vaultkit.note.parse import parse_note

    changes = []
    for path in dict.fromkeys(entry.path for entry in entries):
        before = read_inside(root, path)
        decoded = decode(before)
        blocks = read_cards(path, parse_note(before), decoded.text, settings, compare=False)
        text = with_block_ids(decoded.text, blocks, path, settings)
        if text != decoded.text:
            changes.append(FileChange(path, before, (b"\xef\xbb\xbf" if decoded.has_bom else b"") + text.encode()))
    written = write_changes(root, changes)
    for path, reason in written.refused:
        notice(f"{path}: {reason}; its cards have no ids")
    click.echo(f"block ids written into {_count(len(written.paths), 'note')}", err=True)


def _export_anki(
    ctx: click.Context,
    loaded: Snapshot,
    entries: list[Located],
    settings: CardSettings,
    out: str | None,
    *,
    with_empty: bool,
) -> None:
    import sqlite3
    import time

    from vaultkit.base.atomic_write import FileChange
    from vaultkit.cards.exporters.anki import STATE, export_package
    from vaultkit.cards.notes.anki_origin import ORIGIN, read_origin
    from vaultkit.cards.notes.merge import SIDECAR, read_sidecar

    if out is None:
        raise click.UsageError("name the file to write, such as cards.apkg")
    now = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    root = Path(loaded.root)
    sidecar = read_sidecar(_text_of(root / SIDECAR))
    imported = [
        (identity.removeprefix("guid:"), entry)
        for source in sidecar["sources"].values()
        for identity, entry in source.get("cards", {}).items()
        if identity.startswith("guid:")
    ]
    guids = {name: guid for guid, entry in imported if (name := entry.get("id"))}
    fronts = {front: guid for guid, entry in reversed(imported) if (front := entry.get("front"))}
    state = _text_of(root / STATE)
    try:
        package = export_package(
            entries, settings, state, vault_name=loaded.name, now=now, media=_media(loaded),
            with_empty=with_empty, imported_guids=guids, imported_fronts=fronts, origin=read_origin(_text_of(root / ORIGIN)),
        )  # fmt: skip
    except (OSError, sqlite3.Error) as error:  # Anki's file is a database, made in the folder for temporary files
        raise VaultkitError(f"{out}: cannot be made ({error}); make room in the folder for temporary files") from error
    _write(out, package.data)
    write_all(
        loaded.root,
        [
            FileChange(
                STATE, None if state is None else state.encode(), package.state.encode("utf-8", "backslashreplace")
            )
        ],
    )
    left = f"; {package.without_answer} without an answer left out (--with-empty takes them)"
    click.echo(f"{_count(package.exported, 'note')} exported{left if package.without_answer else ''}", err=True)
    if package.conflicting:
        notice(
            f"{_count(package.conflicting, 'card')} came from Anki, and their note types are not known here: Anki will report "
            "conflicts and change nothing; export an .apkg from Anki and import it here first"
        )
    for path, line, reason in package.refused:
        notice(f"{path}:{line}: {_short(reason, 300)}")
    for path, line, front in package.emptied:
        notice(
            f"{path}:{line}: {_short(front, 60)!r} has lost a gap; Anki keeps an empty card until Tools > Empty Cards"
        )
    for path, line, front in package.renewed:
        notice(
            f"{path}:{line}: {_short(front, 60)!r} changed its kind, which Anki cannot do in a note: it is exported as a new "
            "note; delete the old one in Anki"
        )
    _tell_missing(ctx, package.missing)


def _tell_missing(ctx: click.Context, missing: Sequence[tuple[Any, ...]]) -> None:
    for path, line, target, *reason in missing:
        click.echo(f"{path}:{line}: {target}: {reason[0] if reason else 'no such file'}", err=True)
    if missing:
        ctx.exit(1)


MAX_MEDIA_FILE = 50_000_000
_DRAWN = (".svg", ".png", ".light.svg", ".light.png")


def _media(loaded: Snapshot) -> Media:
    """Finds what an embed shows, as Obsidian does; only files of the vault, and none that is huge."""
    base = Path(loaded.root).resolve()

    def find(source: str, target: str) -> tuple[str, bytes | None] | None:
        linkpath = target.partition("#")[0].partition("?")[0]
        path = loaded.resolve(linkpath, source).path if linkpath else source
        if path is not None and path.endswith(".excalidraw.md"):  # the plugin keeps a picture beside a drawing
            stem = path.removesuffix(".md")
            path = next((f"{stem}{suffix}" for suffix in _DRAWN if f"{stem}{suffix}" in loaded.files), path)
        if path is None:
            return None
        if path.endswith((".md", ".canvas", ".base")):
            return path.rpartition("/")[2], None
        file = (base / path).resolve()
        try:
            if not file.is_relative_to(base) or file.stat().st_size > MAX_MEDIA_FILE:
                return None
            return file.name, read_regular(str(file), MAX_MEDIA_FILE)
        except OSError:
            return None

    return find


def _text_of(path: Path) -> str | None:
    try:
        return read_regular(str(path)).decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise VaultkitError(f"{path}: cannot be read ({error}); check the file") from error


def _write(out: str, data: bytes) -> None:
    try:
        Path(out).write_bytes(data)
    except OSError as error:
        raise VaultkitError(f"{out}: cannot be written ({error.strerror}); check the folder") from error


def _day(text: str, zone: str = "") -> date:
    if zone:
        from zoneinfo import ZoneInfo

        try:
            today = datetime.now(ZoneInfo(zone)).date()
        except (KeyError, ValueError, OSError) as error:
            raise VaultkitError(f"--tz {zone}: no such time zone; name one such as Europe/Berlin") from error
    else:
        today = date.today()
    if not text:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise VaultkitError(f"--date {text}: no such day; write it as 2026-01-31") from None


def _days(text: str) -> int:
    number = text.strip().lower().removesuffix("d")
    if not number.isdigit():
        raise VaultkitError(f"--ahead {text}: not a number of days; write it as 7d")
    return int(number)


def _table(
    heads: list[str], rows: list[list[Any]], output_format: str, *, key: str, more: Mapping[str, Any] | None = None
) -> None:
    if output_format == "json":
        names = [head.replace(" ", "_") for head in heads]
        _json({"version": 1, key: [dict(zip(names, row, strict=True)) for row in rows], **(more or {})})
        return
    if output_format == "csv":
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)
        return
    cells = [heads, *[["" if cell is None else str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    numeric = [bool(rows) and all(isinstance(row[at], int) for row in rows) for at in range(len(heads))]
    for number, row in enumerate(cells):
        line = "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        echo(click.style(line, bold=True) if number == 0 else line)


def _json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _short(text: str, length: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= length else words[: length - 1] + "…"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
