"""Show a task, or change its status, as Obsidian's `task`."""

from __future__ import annotations

import sys

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.note_words import daily_option, daily_path, target_options, text_at, write_text
from vaultkit.cli.obsidian_cli import ObsidianWordCommand, one_file, open_vault
from vaultkit.note.parse import parse_text
from vaultkit.query.file_lookup import note_named
from vaultkit.query.metadata import tasks
from vaultkit.refactor.note_texts import with_status


@click.command(cls=ObsidianWordCommand)
@target_options
@click.option("--ref", metavar="PATH:LINE", help="The task, by the path of its note and its line.")
@daily_option
@click.option("--line", type=click.IntRange(min=1), metavar="N", help="The line of the task, from 1.")
@click.option("--toggle", is_flag=True, help="Done becomes to do, anything else becomes done.")
@click.option("--done", is_flag=True, help="Mark the task as done.")
@click.option("--todo", is_flag=True, help="Mark the task as to do.")
@click.option("--status", metavar="C", help="Put this character between the brackets.")
def command(
    name: str | None,
    file: str | None,
    path: str | None,
    vault: str | None,
    ref: str | None,
    daily: bool,
    line: int | None,
    toggle: bool,
    done: bool,
    todo: bool,
    status: str | None,
) -> int:
    """Print the task at a line of FILE, after changing it if that is asked for."""
    if ref is not None:
        path, _, number = ref.rpartition(":")
        if not path or not number.isdecimal():
            raise VaultkitError(f"ref={ref}: write PATH:LINE, such as Notes/a.md:3")
        line = int(number)
    if line is None:
        raise VaultkitError("no line is named; say line=N or ref=PATH:LINE")
    if status is not None and len(status) != 1:
        raise VaultkitError(f"status={status}: one character is between the brackets of a task")
    if sum((toggle, done, todo, status is not None)) > 1:
        raise VaultkitError("toggle, done, todo and status change the same character; name one of them")
    read = open_vault(vault, name, path)
    if daily:
        path = daily_path(read, path, name, file)
    note = note_named(read, one_file(read, name, file, path))
    text, before = text_at(read, note)
    known = next((one for one in tasks(note, read.notes[note], text) if one.line == line), None)
    if known is None:
        raise VaultkitError(f"{note}:{line}: no task; `vaultkit tasks file=... verbose` lists them")
    new = "x" if done or (toggle and known.status == " ") else " " if todo or toggle else status
    if new is not None:
        changed = with_status(text, read.notes[note], line, new)
        assert changed is not None
        write_text(read, note, changed, before)
        known = next(one for one in tasks(note, parse_text(changed), changed) if one.line == line)
    sys.stdout.write(f"{known.text}\n")
    return 0
