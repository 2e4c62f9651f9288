"""Read, show, correct and compare the text of the vault's pictures."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import click

from vaultkit.cli import pictures
from vaultkit.cli.app import Commands
from vaultkit.cli.console import Progress, notice
from vaultkit.cli.obsidian_cli import format_options, print_json
from vaultkit.cli.options import vault_option
from vaultkit.cli.picture_options import asked_vault
from vaultkit.pictures.corrections import FILE, lost_corrections
from vaultkit.pictures.decode import PICTURES
from vaultkit.pictures.engine import ENGINES, engine_identity, make_engine, require_engine
from vaultkit.pictures.model import UNSURE
from vaultkit.pictures.reading import ReadProgress, Run, read_pictures
from vaultkit.pictures.workers import can_fork, lower_priority

SHOWN_SKIPPED = 20
SHOWN_LOST = 3


class PictureCommands(Commands):
    """The modules of ``vaultkit.cli.pictures``."""

    package = pictures


@click.command(cls=PictureCommands, invoke_without_command=True)
@vault_option
@click.option("--engine", type=click.Choice(ENGINES), help="Engine. Default: rapidocr, otherwise tesseract.")
@click.option(
    "--languages",
    default="",
    metavar="CODES",
    help="Languages on the pictures, such as de,en. rapidocr reads all of its languages at once; tesseract needs them.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 16), metavar="N", help="Maximum number of processes. Default: one per processor."
)
@click.option("--retry", is_flag=True, help="Read pictures again that were skipped.")
@format_options("text", "json")
@click.pass_context
def command(
    context: click.Context,
    vault: str | None,
    engine: str | None,
    languages: str,
    jobs: int | None,
    retry: bool,
    output_format: str,
) -> None:
    """Read the text of the vault's pictures and PDF files that were not read yet.

    Nothing is sent anywhere. Texts are stored in the cache folder by the content of the picture, each as soon as it
    is read, so the command can be stopped and run again. It runs at low priority. Corrections are in
    .vaultkit/pictures.jsonl in the vault.

    Exit status: 0, also if pictures were skipped; 2 no engine is installed, or wrong usage.
    """
    if context.invoked_subcommand is not None:
        return
    name = require_engine(engine)
    wanted = tuple(code.strip() for code in languages.split(",") if code.strip())
    identity = engine_identity(name, wanted)
    read = asked_vault(vault)
    if not can_fork():
        lower_priority()  # else only the workers give way
    started = time.monotonic()
    with Progress("reading pictures") as shown:
        run = read_pictures(
            read.root,
            read.files,
            lambda threads: make_engine(name, wanted, threads),
            identity,
            jobs=jobs,
            retry=retry,
            progress=_estimate(shown, started),
        )
    if output_format == "json":
        print_json(_row(run, identity))
        return
    _summary(run, identity, time.monotonic() - started)
    lost = lost_corrections(read.root, run.known.digests.values())
    if lost:
        named = ", ".join(one.picture for one in lost[:SHOWN_LOST])
        more = f" and {len(lost) - SHOWN_LOST} more" if len(lost) > SHOWN_LOST else ""
        notice(f"{FILE}: no picture has the content that was corrected any more: {named}{more}")


def _estimate(shown: Progress, started: float) -> Callable[[ReadProgress], None]:
    def progress(now: ReadProgress) -> None:
        seconds = (time.monotonic() - started) / now.done * (now.total - now.done)
        shown.say(
            f"reading pictures: {now.done:,} of {now.total:,}, {duration(seconds)} left, {os.path.basename(now.path)}"
        )

    return progress


def duration(seconds: float) -> str:
    """Return a time in the unit that a reader would choose.

    >>> [duration(seconds) for seconds in (0.4, 42, 200, 7300)]
    ['1 s', '42 s', '3 min', '2 h 2 min']
    """
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _row(run: Run, identity: str) -> dict[str, object]:
    known = run.known
    return {
        "engine": identity,
        "read": run.read,
        "pictures": len(known.digests) + len(known.faults),
        "with_text": sum(bool(one.text) for one in known.texts.values()),
        "unsure": [path for path, one in known.texts.items() if one.text and one.confidence < UNSURE],
        "skipped": [
            {"path": path, "reason": reason} for path, reason in sorted({**known.skipped, **known.faults}.items())
        ],
    }


def _summary(run: Run, identity: str, seconds: float) -> None:
    known = run.known
    skipped = sorted({**known.skipped, **known.faults}.items())
    for path, reason in skipped[:SHOWN_SKIPPED]:
        click.echo(f"{path}: skipped: {reason}")
    if len(skipped) > SHOWN_SKIPPED:
        click.echo(f"and {len(skipped) - SHOWN_SKIPPED} more skipped; --json lists all")
    with_text = sum(bool(one.text) for one in known.texts.values())
    unsure = sum(bool(one.text) and one.confidence < UNSURE for one in known.texts.values())
    edited = sum(one.origin == "edited" for one in known.texts.values())
    parts = [f"{len(known.texts):,} pictures read", f"{with_text:,} with text", f"{len(skipped):,} skipped"]
    parts += [f"{unsure:,} unsure (confidence below {UNSURE})"] if unsure else []
    parts += [f"{edited:,} corrected by hand"] if edited else []
    click.echo(", ".join(parts))
    if run.read:
        notice(f"read {run.read:,} now in {duration(seconds)} with {identity}")
    if not known.digests:
        notice(f"the vault has no pictures; read are {', '.join(sorted(PICTURES))} and pdf")
