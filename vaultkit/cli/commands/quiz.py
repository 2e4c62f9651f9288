"""Study the flashcards of a vault in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import changed
from vaultkit.base.safe_read import read_inside, read_regular
from vaultkit.base.text import escape_control_chars
from vaultkit.cli.card_reading import config_option, deck_option, path_option, read_vault, tag_option
from vaultkit.cli.console import notice
from vaultkit.cli.options import load_config, vault_option
from vaultkit.cli.writing import write_all

if TYPE_CHECKING:
    from vaultkit.cards.collection import Located
    from vaultkit.cards.model import CardSettings
    from vaultkit.cards.study.scheduling import Grade
    from vaultkit.cards.study.session import Question

LOG = ".vaultkit/quiz.json"
MAX_LOG_BYTES = 100_000_000


@click.command()
@vault_option
@deck_option
@tag_option
@path_option
@config_option
@click.option(
    "--n", "count", type=click.IntRange(min=0), default=0, metavar="N", help="Maximum number of cards; 0 for all."
)
@click.option(
    "--seed", type=int, default=None, metavar="N", help="Shuffle the cards. The same seed gives the same order."
)
@click.option("--type-answer", is_flag=True, help="Type the answers. Small differences are accepted.")
@click.option(
    "--defects",
    type=click.Choice(["ask", "skip"]),
    default="ask",
    show_default=True,
    help="Show or skip cards with faults.",
)
@click.option("--due", "only_due", is_flag=True, help="Show only cards that are due today, then new ones.")
@click.option("--write-schedule", is_flag=True, help="Write the next date of each answered card into its note.")
@click.option(
    "--algorithm",
    type=click.Choice(["sm2", "fsrs"]),
    default=None,
    help="Algorithm of the written schedules. Default: the plugin's setting.",
)
@click.option("--resume", is_flag=True, help="Leave out cards that were answered in the last session.")
@click.option("--log", "log_file", default="", metavar="FILE", help=f"JSON log of the results. Default: {LOG}.")
@click.pass_context
def command(
    ctx: click.Context, vault: str | None, deck: str, tag: str, paths: tuple[str, ...], config: tuple[str, ...], count: int,
    seed: int | None, type_answer: bool, defects: str, resume: bool, log_file: str, only_due: bool, write_schedule: bool,
    algorithm: Any,
) -> None:  # fmt: skip
    """Show the cards one by one. Press 1 to 4 to rate how well you knew the answer.

    Every answer is logged at once, so a session can end at any time. Notes are changed only with --write-schedule,
    which writes the comments of the spaced-repetition plugin in its formats SM-2 or FSRS.
    """
    from vaultkit.cards.study.session import Result, answered_last, log_text, questions, run

    loaded, entries, settings = read_vault(vault, deck=deck, tag=tag, paths=paths, config=config)
    place = Path(log_file) if log_file else Path(loaded.root) / LOG
    before = _sessions(place, _log_bytes(place))
    asked = questions(
        entries,
        seed=seed,
        count=count,
        skips_faulty=defects == "skip",
        done=answered_last(before) if resume else (),
        due_until=date.today() if only_due else None,
    )
    if not asked:
        click.echo("no cards to show; try another --deck, or `vaultkit cards stats`", err=True)
        return

    def say(text: str = "") -> None:
        click.echo(escape_control_chars(text, keep="\n\t"))

    def read(prompt: str) -> str | None:
        click.echo(escape_control_chars(prompt, keep="\n\t"), nl=False)
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            click.echo()
        return line.rstrip("\n").encode("utf-8", "replace").decode() if line else None

    schedule = _scheduler(loaded.root, settings, entries, algorithm) if write_schedule else None
    results: list[Result] = []
    is_broken_off = False
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    folder, name = (str(place.resolve().parent), place.name) if log_file else (loaded.root, LOG)
    try:
        for question, result in run(asked, read, say, types=type_answer):
            results.append(result)
            log = _log_bytes(place)  # read again: another session may have ended meanwhile
            others = [one for one in _sessions(place, log) if not _is_session(one, at, seed)]
            text = log_text(results, before=others, at=at, seed=seed)
            write_all(folder, [FileChange(name, log, text.encode("utf-8", "backslashreplace"))])
            if schedule is not None:
                schedule(question, result.grade)
    except KeyboardInterrupt:  # what was answered counts, as with q
        is_broken_off = True
        click.echo()
    known = sum(1 for result in results if result.grade in ("good", "easy"))
    click.echo(f"\n{known} of {len(results)} known; {len(asked) - len(results)} not asked")
    if is_broken_off:
        ctx.exit(130)


def _scheduler(
    root: str, cards: CardSettings, entries: Sequence[Located], algorithm: Any
) -> Callable[[Question, Grade], None]:
    """A function that writes the next date of a card into its note; what cannot be written is said."""
    from vaultkit.base.atomic_write import write_changes
    from vaultkit.base.text import decode
    from vaultkit.cards.reader.read import read_cards
    from vaultkit.cards.settings import plugin_reviews
    from vaultkit.cards.study.schedule_writing import same_block, with_entry
    from vaultkit.cards.study.scheduling import due_days, first_ease, next_entry
    from vaultkit.note.parse import parse_note

    reviews = plugin_reviews(root, load_config(root).settings_folder)
    if algorithm is not None:
        reviews = changed(reviews, algorithm=algorithm)
    all_due = due_days((entry for item in entries for entry in item.block.schedules), date.today())

    def write(question: Question, grade: Grade) -> None:
        path = question.path
        before = read_inside(root, path)
        decoded = decode(before)
        blocks = read_cards(path, parse_note(before), decoded.text, cards, compare=False)
        block = same_block(blocks, question.block)
        if block is None:
            notice(f"{path}:{question.line}: the card has changed since; its schedule is not written")
            return
        now = datetime.now().astimezone()
        old = block.schedules[question.sibling] if question.sibling < len(block.schedules) else None
        ease = first_ease((entry for one in blocks for entry in one.schedules), reviews)
        entry = next_entry(old, grade, now, reviews, ease=ease, due=all_due)
        try:
            text = with_entry(decoded.text, block, question.sibling, entry, path, cards, reviews)
        except VaultkitError as error:
            notice(str(error))
            return
        after = (b"\xef\xbb\xbf" if decoded.has_bom else b"") + text.encode()
        for _, reason in write_changes(root, [FileChange(path, before, after)]).refused:
            notice(f"{path}: {reason}; the schedule of the card is not written")

    return write


def _is_session(session: Any, at: str, seed: int | None) -> bool:
    """Whether a session of the log is the one that began at this moment."""
    return isinstance(session, dict) and session.get("at") == at and session.get("seed") == seed


def _log_bytes(place: Path) -> bytes | None:
    """The log file; None when there is none.

    Raises:
        VaultkitError: it cannot be read.
    """
    try:
        return read_regular(str(place), MAX_LOG_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(place, error.strerror) from error


def _sessions(place: Path, log: bytes | None) -> list[Any]:
    """Return the content of the log; a log that cannot be read is never overwritten."""
    from vaultkit.cards.study.session import sessions_of

    try:
        return sessions_of(log.decode("utf-8") if log is not None else None)
    except (ValueError, RecursionError) as error:
        raise _unreadable(place, error) from error


def _unreadable(place: Path, reason: object) -> VaultkitError:
    return VaultkitError(
        f"{place}: the log of earlier sessions cannot be read ({reason}); repair it, or name another one with --log"
    )
