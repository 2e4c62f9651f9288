"""What every report is given, and how a format is found by name.

A report is a module of this folder with ``render(view) -> Iterator[str]``; its file name, with "-" for
"_", is the format's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Protocol

from vaultkit.lint.finding import Finding
from vaultkit.record import record


@record
class Style:
    """How a report may look. width: columns; obsidian_links: note paths open in Obsidian when clicked."""

    color: bool = False
    width: int = 100
    max_per_rule: int = 0
    obsidian_links: bool = False
    show_info: bool = False


@record
class View:
    """What a report shows.

    findings: in order.  checked: number of notes looked at.  vault_name, root: the vault's folder.
    source: the text of a file by path, "" when it cannot be read.
    """

    findings: tuple[Finding, ...]
    checked: int
    vault_name: str
    root: str
    source: Callable[[str], str]
    style: Style


class Renderer(Protocol):
    """A report's function."""

    def __call__(self, view: View) -> Iterator[str]:
        """Lines, without line ends."""


def renderer(name: str) -> Renderer:
    """The report of this name; the caller has checked that there is one."""
    render: Renderer = import_module(f"vaultkit.report.{name.replace('-', '_')}").render
    return render
