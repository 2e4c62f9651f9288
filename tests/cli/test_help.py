"""`vaultkit --help`: what is ours, and apart from it the words of Obsidian's own command line."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from vaultkit.cli.app import group


@pytest.fixture(scope="module")
def sections() -> dict[str, list[str]]:
    """Title -> names of the commands below it."""
    shown = CliRunner().invoke(group, ["--help"], terminal_width=100).output
    parts = re.split(r"^(\S.*):$", shown, flags=re.MULTILINE)
    return {
        title: re.findall(r"^  (\S+)  ", body, re.MULTILINE)
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_every_command_stands_in_one_section(sections: dict[str, list[str]]) -> None:
    ours, words = sections["Commands"], sections["The words of Obsidian's own command line"]
    with group.make_context("vaultkit", ["--version"], resilient_parsing=True) as context:
        assert sorted([*ours, *words]) == group.list_commands(context)
    assert {"check", "map", "graph", "cards", "hook"} <= set(ours)
    assert {"unresolved", "orphans", "backlinks", "property:read"} <= set(words)


def test_a_line_of_help_is_wrapped_not_cut() -> None:
    for name in ("baseline", "config", "cards", "hook"):
        shown = CliRunner().invoke(group, [name, "--help"], terminal_width=80).output
        assert "..." not in shown.partition("Commands:")[2]


@pytest.mark.parametrize("name", ["check", "backlinks", "property:read", "cards"])
def test_a_command_has_a_help_page(name: str) -> None:
    done = CliRunner().invoke(group, [name, "--help"])
    assert done.exit_code == 0
    assert done.output.startswith("Usage: ")
