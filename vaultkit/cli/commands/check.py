"""Report broken links, missing pictures, empty flashcards and whatever else rots."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable

import click

from vaultkit.cli.console import Progress, notice, terminal_width, wants_color, write_lines
from vaultkit.cli.options import load_config, vault_option, vault_root
from vaultkit.errors import VaultkitError
from vaultkit.index.files import walk
from vaultkit.lint.engine import check_folder, plan_of
from vaultkit.lint.finding import Finding
from vaultkit.report.format import Style, View, renderer

FORMATS = ("full", "concise", "json")
_SEVERITIES = ("error", "warning", "info")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@vault_option
@click.option("--select", multiple=True, metavar="RULES", help="Run these rules only: codes, prefixes, names, or ALL.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Do not run these rules.")
@click.option("--extend-select", multiple=True, metavar="RULES", help="Run these rules as well.")
@click.option("--output-format", type=click.Choice(FORMATS), envvar="VAULTKIT_OUTPUT_FORMAT",
              help="By default full on a terminal, concise in a pipe.")  # fmt: skip
@click.option("--max-per-rule", type=click.IntRange(min=0), default=20, show_default=True,
              help="Findings of one rule that the full format shows; 0 for all.")  # fmt: skip
@click.option("--show-info", is_flag=True, help="Show findings of severity info, too.")
@click.option("--config", "config_file", metavar="FILE", envvar="VAULTKIT_CONFIG", help="Use this configuration file.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.option("--exit-zero", is_flag=True, help="Leave with 0 even when there are findings.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", envvar="VAULTKIT_COLOR")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
def command(
    paths: tuple[str, ...],
    vault: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    output_format: str | None,
    max_per_rule: int,
    show_info: bool,
    config_file: str | None,
    isolated: bool,
    exit_zero: bool,
    color: str,
    quiet: bool,
) -> int:
    """Check the vault around the working directory, or around PATH.

    PATHs narrow what is reported, never what is read: links are followed through the whole vault.

    Exit status: 0 nothing found, 1 errors or warnings, 2 the call cannot be answered.
    """
    for path in paths:
        if not os.path.exists(path):
            raise VaultkitError(f"{path}: no such file or folder{_near(path)}")
    root = vault_root(vault, paths)
    config = load_config(root, config_file, isolated=isolated)
    for text in config.notices:
        notice(text)
    plan = plan_of(config, select=_words(select), ignore=_words(ignore), extend_select=_words(extend_select))
    output_format = output_format or ("full" if sys.stdout.isatty() else "concise")
    with Progress("reading notes", hidden=quiet or output_format == "json") as progress:
        read, report = check_folder(root, plan, config, only=_only(paths, root), progress=progress)
    for folder in read.nested:
        notice(f"{folder} is a vault of its own and was left out")
    for path, reason in read.settings.faults:
        notice(f"{path} could not be read, Obsidian's defaults hold: {reason}")
    if not report.checked:
        notice(f"no notes in {' '.join(paths) or root}")
    shown = tuple(finding for finding in report.findings if show_info or finding.severity != "info")
    if output_format == "json":
        shown = report.findings
    style = Style(wants_color(color), terminal_width(), max_per_rule, wants_color(color) and color == "auto", show_info)
    view = View(shown, report.checked, read.name, read.root, _reader(root), style)
    write_lines(renderer(output_format)(view))
    if not quiet and output_format == "full":
        notice_summary(report.findings, report.checked, style.color)
    failed = any(finding.severity != "info" for finding in report.findings)
    return 1 if failed and not exit_zero else 0


def notice_summary(findings: tuple[Finding, ...], checked: int, color: bool) -> None:
    """The last line on a terminal: what was found in how many notes."""
    counts: Counter[str] = Counter(finding.severity for finding in findings)
    safe = sum(1 for finding in findings if finding.fix is not None and finding.fix.is_safe)
    parts = [
        f"{counts[level]} {level}{'s' if counts[level] != 1 and level != 'info' else ''}"
        for level in _SEVERITIES
        if counts[level]
    ]
    notes = f"{checked} note{'s' if checked != 1 else ''}"
    if not parts:
        text = f"{notes} checked, nothing found"
        click.echo(click.style(text, fg="green", bold=True) if color else text, err=True)
        return
    fixable = f"; {safe} can be fixed safely" if safe else ""
    text = f"{', '.join(parts)} in {notes}{fixable}"
    click.echo(click.style(text, bold=True) if color else text, err=True)


def _words(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for value in values for word in value.split(",") if word.strip())


def _only(paths: tuple[str, ...], root: str) -> Callable[[str], bool] | None:
    """Whether a vault path lies at or below one of ``paths``; None when everything does."""
    wanted = []
    for path in paths:
        relative = os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")
        if relative == ".":
            return None
        if relative.split("/")[0] == "..":
            if root.startswith(os.path.abspath(path) + os.sep):
                return None
            raise VaultkitError(f"{path}: not in the vault {root}; name the vault with --vault")
        wanted.append(relative)
    if not wanted:
        return None
    return lambda path: any(path == entry or path.startswith(entry + "/") for entry in wanted)


def _reader(root: str) -> Callable[[str], str]:
    def source(path: str) -> str:
        try:
            with open(os.path.join(root, path), encoding="utf-8-sig", errors="replace", newline="") as file:
                return file.read()
        except OSError:
            return ""

    return source


def _near(path: str) -> str:
    from difflib import get_close_matches

    folder, name = os.path.split(path.rstrip("/"))
    try:
        names = os.listdir(folder or ".")
    except OSError:
        folder, names = "", [file.path for file in walk(".").files]
    near = get_close_matches(name, names, n=1)
    return f"; did you mean {os.path.join(folder, near[0])}?" if near else "; check the path"
