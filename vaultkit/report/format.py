"""The input of every report, and how a format is found by name.

A report is a module of this folder with ``render(view) -> Iterator[str]``; its file name, with "-" for
"_", is the format's name. There is no list to edit; what begins with "_" serves several formats.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from vaultkit.base.record import record
from vaultkit.lint.finding import Finding

if TYPE_CHECKING:
    from vaultkit.lint.root_causes import RootCause

HOME = "https://github.com/vaultkit/vaultkit"


@record
class Style:
    """How a report may look. width: columns; obsidian_links: note paths open in Obsidian when clicked."""

    color: bool = False
    width: int = 100
    max_per_rule: int = 0
    obsidian_links: bool = False
    show_info: bool = False


@record
class ReportView:
    """What a report shows.

    findings: in order.  checked: number of checked notes.  vault_name, root: the vault's folder.
    source: the text of a file by path, "" if it cannot be read.
    prefix: from the repository's folder to the vault's, "" or with a last "/", for tools that know the first only.
    causes: root causes of many findings.
    old_findings: those hidden by a baseline; has_baseline: whether there is one.
    hidden: number of info findings that the report does not show.
    where: the options that a printed command needs for this vault, such as " --vault DIR".
    """

    findings: tuple[Finding, ...]
    checked: int
    vault_name: str
    root: str
    source: Callable[[str], str]
    style: Style
    prefix: str = ""
    causes: tuple[RootCause, ...] = ()
    old_findings: tuple[Finding, ...] = ()
    has_baseline: bool = False
    hidden: tuple[Finding, ...] = ()
    where: str = ""


def command_here(command: str, view: ReportView) -> str:
    """Return the command as it works in the reader's folder."""
    is_about_vault = command.startswith("vaultkit ") and not command.startswith("vaultkit rule ")
    return command + view.where if is_about_vault else command


RANKS = {"error": 0, "warning": 1, "info": 2}


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with all errors first, then all warnings; the order is kept otherwise."""
    return sorted(findings, key=lambda finding: RANKS[finding.severity])


class Renderer(Protocol):
    """A report's function."""

    def __call__(self, view: ReportView) -> Iterator[str]:
        """Lines, without line ends."""


def format_names() -> tuple[str, ...]:
    """Return the names of all formats."""
    names = (file[:-3] for file in os.listdir(os.path.dirname(__file__)) if file.endswith(".py"))
    return tuple(sorted(name.replace("_", "-") for name in names if not name.startswith("_") and name != "format"))


def renderer(name: str) -> Renderer:
    """Return the report of this name, which must exist."""
    render: Renderer = import_module(f"vaultkit.report.{name.replace('-', '_')}").render
    return render
