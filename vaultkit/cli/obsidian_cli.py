"""Commands with the words of Obsidian's own command line.

Obsidian writes ``backlinks file=Cell format=json counts``, everybody else ``backlinks --file Cell
--format json --counts``; both are the same call here. A word is taken for an option only when the
command has one of that name, so ``outline a=b`` still names the note "a=b"; behind ``--`` nothing is.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from vaultkit.base.csv_cells import guarded_cell
from vaultkit.base.errors import VaultkitError
from vaultkit.base.text import escape_control_chars, shown_json
from vaultkit.cli.completion import complete_note
from vaultkit.cli.console import notice
from vaultkit.cli.options import open_workspace, vault_option
from vaultkit.query.file_lookup import file_by_path, file_named, note_named
from vaultkit.vault.lazy import LaterNotes
from vaultkit.vault.snapshot import Snapshot

_F = TypeVar("_F", bound=Callable[..., Any])


class ObsidianWordCommand(click.Command):
    """A command that also takes ``name=value`` and bare flags, as Obsidian's does.

    without_effect: words of Obsidian's command that change nothing here, such as "silent" and "paneType=".
    """

    def __init__(self, *args: Any, without_effect: Sequence[str] = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.without_effect = tuple(without_effect)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write Obsidian's words as options, then parse as click does."""
        return super().parse_args(ctx, as_options(self, args))


class ObsidianStyleCommand(ObsidianWordCommand):
    """A command that answers a question, and also as JSON."""


def as_options(command: click.Command, args: Sequence[str]) -> list[str]:
    """The arguments with ``name=value`` and bare flags written as options of the command."""
    without_effect = getattr(command, "without_effect", ())
    takes_value: dict[str, bool] = {}
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            for option in parameter.opts:
                takes_value[option] = not parameter.is_flag
    written: list[str] = []
    position = 0
    while position < len(args):
        word = args[position]
        position += 1
        name, equals, _ = word.partition("=")
        if word == "--":
            return [*written, word, *args[position:]]
        if name + equals in without_effect:
            continue
        if word.startswith("-"):
            written.append(word)
            if not equals and takes_value.get(word) and position < len(args):
                written.append(args[position])
                position += 1
        elif (equals and takes_value.get("--" + name)) or (not equals and takes_value.get("--" + word) is False):
            written.append("--" + word)
        else:
            written.append(word)
    return written


def file_options(function: _F) -> _F:
    """``[FILE]``, ``--file`` and ``--path``: which file is asked about."""
    function = click.option("--path", metavar="PATH", help="File at exactly this path in the vault.")(function)
    function = click.option(
        "--file", metavar="NAME", shell_complete=complete_note, help="File of this name, resolved like a link."
    )(function)
    return click.argument("name", required=False, metavar="[FILE]", shell_complete=complete_note)(function)


def format_options(*formats: str) -> Callable[[_F], _F]:
    """``--format`` with the first of ``formats`` as default, and ``--json``."""

    def decorate(function: _F) -> _F:
        function = click.option(
            "--json",
            "output_format",
            flag_value="json",
            help="Same as --format json. `vaultkit schema` documents the keys.",
        )(function)
        return click.option(
            "--format",
            "output_format",
            type=click.Choice([*formats, *([] if "json" in formats else ["json"])]),
            default=formats[0],
            show_default=True,
            help="Format of the output.",
        )(function)

    return decorate


# Words of Obsidian's commands about windows of the app, and the word for the whole vault, which is the default here.
WINDOW_WORDS = ("silent", "open", "newtab", "paneType=")
WHOLE_VAULT = ("all",)
SHOWN_FAULTS = 3

total_option = click.option("--total", is_flag=True, help="Print only the number.")
plugin_filter_option = click.option(
    "--filter", "wanted", type=click.Choice(["core", "community"]), help="List only plugins of this type."
)
counts_option = click.option("--counts", is_flag=True, help="Include how often each occurs.")

__all__ = [
    "WHOLE_VAULT",
    "WINDOW_WORDS",
    "ObsidianStyleCommand",
    "ObsidianWordCommand",
    "as_options",
    "asked_file",
    "asked_note",
    "counts_option",
    "file_options",
    "format_options",
    "one_file",
    "open_vault",
    "plugin_filter_option",
    "print_json",
    "print_lines",
    "print_table",
    "total_option",
    "vault_option",
]


def open_vault(vault: str | None, *paths: str | None) -> Snapshot:
    """The vault that the options mean; its notes are read when one is asked for, and at the end those are told that
    could not be."""
    found = open_workspace(vault, [path for path in paths if path]).listed()
    click.get_current_context().call_on_close(lambda: _tell_unread(found))
    return found


def _tell_unread(vault: Snapshot) -> None:
    assert isinstance(vault.notes, LaterNotes)
    faults = vault.notes.faults()
    if faults:
        notes = f"{len(faults)} note{'s' if len(faults) > 1 else ''}"
        shown = ", ".join(f"{path} ({reason})" for path, reason in faults[:SHOWN_FAULTS])
        more = f" and {len(faults) - SHOWN_FAULTS} more" if len(faults) > SHOWN_FAULTS else ""
        notice(f"{notes} could not be read and were treated as empty: {shown}{more}; run `vaultkit check` for details")


def asked_file(vault: Snapshot, name: str | None, file: str | None, path: str | None) -> str | None:
    """Path of the file that the options name; None when they name none.

    Raises:
        VaultkitError: they name two, or one that is not there.
    """
    given = [value for value in (name, file, path) if value is not None]
    if len(given) > 1:
        raise VaultkitError(f"{' and '.join(given)}: name only one file, with FILE, file= or path=")
    if path is not None:
        return file_by_path(vault, path)
    return file_named(vault, given[0]) if given else None


def one_file(vault: Snapshot, name: str | None, file: str | None, path: str | None) -> str:
    """As `asked_file`, where a file must be named.

    Raises:
        VaultkitError: none is named, two are, or it is not there.
    """
    found = asked_file(vault, name, file, path)
    if found is None:
        raise VaultkitError("no file named, and without Obsidian there is no active file; use file=NAME or path=PATH")
    return found


def asked_note(vault: Snapshot, name: str | None, file: str | None, path: str | None) -> str | None:
    """As `asked_file`, for commands that ask about notes.

    Raises:
        VaultkitError: also when the file is not a note.
    """
    found = asked_file(vault, name, file, path)
    return None if found is None else note_named(vault, found)


def print_lines(lines: Sequence[str], output_format: str = "text", *, total: bool = False) -> None:
    """One line each; as JSON a list; with ``total`` their number."""
    if total:
        print_total(len(lines), output_format)
    elif output_format == "json":
        print_json(list(lines))
    elif lines:
        _write(lines)


def print_total(number: int, output_format: str = "text") -> None:
    """Only the number; as JSON ``{"total": n}``."""
    if output_format == "json":
        print_json({"total": number})
    else:
        sys.stdout.write(f"{number}\n")


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], output_format: str) -> None:
    """Rows as tab-separated lines without a head, as CSV with one, or as JSON objects with all their keys.

    Lists are joined by ", " outside JSON; tabs and line ends in values become spaces in tsv.
    """
    if output_format == "json":
        print_json([dict(row) for row in rows])
        return
    if output_format == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([guarded_cell(_cell(row[column])) for column in columns] for row in rows)
        sys.stdout.write(out.getvalue())
        return
    written = []
    for row in rows:
        cells = (" ".join(_cell(row[column]).split("\t")).replace("\n", " ") for column in columns)
        written.append("\t".join(cells))
    if written:
        _write(written)


def _write(lines: Sequence[str]) -> None:
    """The lines as they are into a pipe; on a terminal without what it would obey, as in a file's name."""
    if sys.stdout.isatty():
        lines = ["\t".join(map(escape_control_chars, line.split("\t"))) for line in lines]
    sys.stdout.write("\n".join(lines) + "\n")


def _cell(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def print_json(value: Any) -> None:
    """The value as indented JSON with its letters as they are."""
    sys.stdout.write(shown_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")
