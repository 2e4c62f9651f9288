"""Findings to the places and in the formats that were asked for, and the summary line."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable

import click

from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.console import terminal_width, wants_color
from vaultkit.index.vault import Vault
from vaultkit.lint.engine import Report
from vaultkit.lint.finding import Finding
from vaultkit.report.format import Style, View, renderer

_SEVERITIES = ("error", "warning", "info")


def write_report(vault: Vault, report: Report, output_format: str, wants: CheckOptions) -> None:
    """Print the report, and on stderr the summary."""
    is_colored = wants_color(wants.color)
    shows_info = wants.show_info or output_format == "json"
    shown = tuple(finding for finding in report.findings if shows_info or finding.severity != "info")
    style = Style(
        is_colored, terminal_width(), wants.max_per_rule, is_colored and wants.color == "auto", wants.show_info
    )
    view = View(shown, report.checked, vault.name, vault.root, reader(vault.root), style)
    for line in renderer(output_format)(view):
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    if not wants.quiet and output_format == "full":
        _say_summary(report.findings, report.checked, color=is_colored)


def _say_summary(findings: tuple[Finding, ...], checked: int, *, color: bool) -> None:
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
    fixable = f"; --fix mends {safe} of them safely" if safe else ""
    text = f"{', '.join(parts)} in {notes}{fixable}"
    click.echo(click.style(text, bold=True) if color else text, err=True)


def reader(root: str) -> Callable[[str], str]:
    """A function that answers the text of a file of the vault, "" when it cannot be read."""

    def source(path: str) -> str:
        try:
            with open(os.path.join(root, path), encoding="utf-8-sig", errors="replace", newline="") as file:
                return file.read()
        except OSError:
            return ""

    return source
