"""List the tasks of the vault or of a note, as Obsidian's `tasks`."""

from __future__ import annotations

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.note_words import daily_option, daily_path
from vaultkit.cli.obsidian_cli import (
    WHOLE_VAULT,
    ObsidianStyleCommand,
    asked_note,
    file_options,
    format_options,
    open_vault,
    print_lines,
    print_table,
    print_total,
    total_option,
    vault_option,
)
from vaultkit.query.files import read_text
from vaultkit.query.metadata import tasks


@click.command(cls=ObsidianStyleCommand, without_effect=WHOLE_VAULT)
@file_options
@vault_option
@daily_option
@click.option("--status", metavar="C", help="List only tasks with this character between the brackets.")
@click.option("--done", is_flag=True, help="List only tasks that are not open.")
@click.option("--todo", is_flag=True, help="List only open tasks.")
@total_option
@click.option("--verbose", is_flag=True, help="Group by file, with line numbers.")
@format_options("text", "json", "tsv", "csv")
def command(
    name: str | None,
    file: str | None,
    path: str | None,
    vault: str | None,
    daily: bool,
    status: str | None,
    done: bool,
    todo: bool,
    total: bool,
    verbose: bool,
    output_format: str,
) -> None:
    """List tasks, of FILE or of the whole vault. Columns and JSON keys: file, line, status, text."""
    if status is not None and len(status) != 1:
        raise VaultkitError(f'status={status}: one character is between the brackets of a task, such as status="x"')
    read = open_vault(vault, name, path)
    asked = asked_note(read, name, file, daily_path(read, path, name, file) if daily else path)
    found = [
        task
        for note_path in ([asked] if asked else sorted(read.notes))
        if any(item.task is not None for item in read.notes[note_path].list_items)
        for task in tasks(note_path, read.notes[note_path], read_text(read, note_path))
        if (status is None or task.status == status)
        and (not done or task.status != " ")
        and (not todo or task.status == " ")
    ]
    if total:
        print_total(len(found), output_format)
    elif output_format != "text":
        rows = [{"file": task.file, "line": task.line, "status": task.status, "text": task.text} for task in found]
        print_table(rows, ["file", "line", "status", "text"], output_format)
    elif verbose:
        lines: list[str] = []
        previous = None
        for task in found:
            if task.file != previous:
                lines += [*([""] if lines else []), task.file]
                previous = task.file
            lines.append(f"{task.line}: {task.text}")
        print_lines(lines)
    else:
        print_lines([task.text for task in found])
