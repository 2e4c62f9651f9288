"""Write a page about the vault: size, health, changes, what to do next."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from urllib.parse import quote

import click

from vaultkit.base.atomic_write import write_whole
from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import read_regular
from vaultkit.base.text import shown_json
from vaultkit.cli.graphs import findings_by_note
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, vault_option
from vaultkit.cli.options import open_workspace
from vaultkit.vault.load import update
from vaultkit.vault.snapshot import Snapshot

FORMATS = ("markdown", "html", "badge", "json")
MOST_CHECKED = 20_000
# A report of an earlier week; one of ours has some thousand bytes.
MAX_REPORT = 10_000_000


@click.command(cls=ObsidianStyleCommand)
@vault_option
@click.option("-o", "--output", metavar="FILE", help="File to write. Default, and for -: standard output.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    help="Format of the page. Default: html for FILE.html, otherwise markdown.",
)
@click.option("--previous", metavar="FILE", help="Report to compare with. Default: FILE of -o, if it exists.")
@click.option("--json", "output_format", flag_value="json", help="The same as --format json; see `vaultkit schema`.")
@click.option("--no-findings", is_flag=True, help="Leave out the findings of `vaultkit check`.")
def command(
    vault: str | None, output: str | None, output_format: str | None, previous: str | None, no_findings: bool
) -> None:
    """Write one page about the vault: size, health score, changes since the last report, and the first lines of
    `graph gaps`, `order`, `stale`, `growth` and `wanted --by-topic`, with links to the notes.

    Health has 100 points: 40 times the share of notes without errors and warnings, 30 times that of notes that are
    not isolated in the graph, 30 times that of notes with a backlink. A Markdown report can be stored in the vault;
    its property vaultkit-report excludes it from the next one. --format badge writes the health for a shields.io
    badge.
    """
    from vaultkit.graph.digest import digest, is_report, read_state
    from vaultkit.graph.digest_text import as_json, badge, html, markdown
    from vaultkit.graph.from_vault import graph_core

    workspace = open_workspace(vault)
    root = workspace.root
    target = None if output in (None, "-") else output
    if output_format is None:
        output_format = "html" if (target or "").endswith((".html", ".htm")) else "markdown"
    last = _read(previous) if previous else _read(target, must_exist=False)
    read = workspace.snapshot()
    reports = [path for path in read.notes if is_report(read, path)]
    read = update(read, {}, reports) if reports else read
    if len(read.notes) > MOST_CHECKED:
        no_findings = True
        click.echo(f"findings are not counted above {MOST_CHECKED:,} notes", err=True)
    findings = {} if no_findings else findings_by_note(workspace)
    findings = {path: count for path, count in findings.items() if path not in set(reports)}
    found = digest(read, graph_core(read), findings, read_state(last) if last else None)
    if output_format == "badge":
        text = badge(found)
    elif output_format == "html":
        text = html(found)
    elif output_format == "json":
        text = shown_json(json.dumps(as_json(found), ensure_ascii=False, indent=2)) + "\n"
    else:
        text = markdown(found, _linker(read, root, target))
    if target is None:
        sys.stdout.write(text)
        return
    try:
        write_whole(target, text.encode("utf-8", "replace"))
    except OSError as error:
        raise VaultkitError(f"{target}: cannot be written ({error.strerror}); choose another place") from error
    click.echo(f"{target}: health {found.health} of 100", err=True)


def _read(path: str | None, *, must_exist: bool = True) -> str:
    if path is None:
        return ""
    try:
        return read_regular(path, MAX_REPORT).decode("utf-8", "replace")
    except FileNotFoundError as error:
        if must_exist:
            raise VaultkitError(f"{path}: no such file; --previous names the last report") from error
        return ""
    except OSError as error:
        raise VaultkitError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


def _linker(read: Snapshot, root: str, target: str | None) -> Callable[[str], str]:
    """How a report links to a note: as the vault's notes do where it lies in the vault, else by a relative path."""
    from vaultkit.graph.write_links import link_text
    from vaultkit.vault.snapshot import basename

    folder = os.path.dirname(os.path.abspath(target)) if target else root
    inside = target is not None and f"{os.path.abspath(target)}/".startswith(os.path.join(root, ""))

    def link(path: str) -> str:
        name = basename(path)
        if inside and not any(mark in path for mark in "[]|#^"):
            return link_text(read, path, name, in_table=False)
        try:
            relative = os.path.relpath(os.path.join(root, path), folder).replace(os.sep, "/")
        except ValueError:  # the report is on another drive
            relative = os.path.join(root, path).replace(os.sep, "/")
        shown = "".join("\\" + letter if letter in "\\`*_[]<>#$|~" else letter for letter in name)
        return f"[{shown}]({quote(relative, safe='/', errors='surrogateescape')})"

    return link
