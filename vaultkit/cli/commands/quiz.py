"""Ask the cards of a vault in the terminal."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from vaultkit.cli.commands.cards import config_option, deck_option, path_option, read_vault, tag_option
from vaultkit.cli.options import vault_option
from vaultkit.cli.writing import write_all
from vaultkit.errors import VaultkitError
from vaultkit.index.write import Change
from vaultkit.reading import read_regular

LOG = ".vaultkit/quiz.json"
MAX_LOG_BYTES = 100_000_000


@click.command()
@vault_option
@deck_option
@tag_option
@path_option
@config_option
@click.option("--n", "count", type=click.IntRange(min=0), default=0, metavar="N", help="At most N cards; 0 is all.")
@click.option("--seed", type=int, default=None, metavar="N", help="Shuffle, the same way for the same seed.")
@click.option("--type-answer", is_flag=True, help="Type the answers; near enough counts as known.")
@click.option("--defects", type=click.Choice(["ask", "skip"]), default="ask", show_default=True)
@click.option("--resume", is_flag=True, help="Leave out what the last session has answered.")
@click.option("--log", "log_file", default="", metavar="FILE", help=f"JSON log of the results; by default {LOG}.")
@click.pass_context
def command(
    ctx: click.Context, vault: str | None, deck: str, tag: str, paths: tuple[str, ...], config: tuple[str, ...], count: int,
    seed: int | None, type_answer: bool,
    defects: str, resume: bool, log_file: str,
) -> None:  # fmt: skip
    """Ask the cards one by one; keys 1 to 4 say how well each was known. Notes are never touched."""
    from vaultkit.cards.session import Result, answered_last, log_text, questions, run

    loaded, entries, _ = read_vault(vault, deck=deck, tag=tag, paths=paths, config=config)
    place = Path(log_file) if log_file else Path(loaded.root) / LOG
    before = _sessions(place, _log_bytes(place))
    asked = questions(
        entries, seed=seed, count=count, skips_faulty=defects == "skip", done=answered_last(before) if resume else ()
    )
    if not asked:
        click.echo("no cards to ask; try another --deck, or `vaultkit cards stats`", err=True)
        return

    def read(prompt: str) -> str | None:
        click.echo(prompt, nl=False)
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            click.echo()
        return line.rstrip("\n").encode("utf-8", "replace").decode() if line else None

    results: list[Result] = []
    is_broken_off = False
    try:
        for result in run(asked, read, click.echo, types=type_answer):
            results.append(result)
    except KeyboardInterrupt:  # what was answered counts, as with q
        is_broken_off = True
        click.echo()
    known = sum(1 for result in results if result.grade in ("good", "easy"))
    click.echo(f"\n{known} of {len(results)} known; {len(asked) - len(results)} not asked")
    if results:
        log = _log_bytes(place)  # read again: another session may have ended meanwhile
        at = datetime.now(UTC).isoformat(timespec="seconds")
        text = log_text(results, before=_sessions(place, log), at=at, seed=seed)
        folder, name = (str(place.resolve().parent), place.name) if log_file else (loaded.root, LOG)
        write_all(folder, [Change(name, log, text.encode("utf-8", "backslashreplace"))])
    if is_broken_off:
        ctx.exit(130)


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
    """What the log holds so far; a log that cannot be read is never written over."""
    from vaultkit.cards.session import sessions_of

    try:
        return sessions_of(log.decode("utf-8") if log is not None else None)
    except (ValueError, RecursionError) as error:
        raise _unreadable(place, error) from error


def _unreadable(place: Path, reason: object) -> VaultkitError:
    return VaultkitError(
        f"{place}: the log of earlier sessions cannot be read ({reason}); mend it, or name another with --log"
    )
