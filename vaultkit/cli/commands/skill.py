"""Teach an agent vaultkit: print or install the skill file."""

from __future__ import annotations

import os

import click

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import read_regular
from vaultkit.cli.app import Group
from vaultkit.cli.console import notice
from vaultkit.cli.options import vault_option, vault_root
from vaultkit.cli.writing import write_all

_FOLDERS = {
    "claude": ".claude/skills",
    "agents": ".agents/skills",
    "codex": ".codex/skills",
    "gemini": ".gemini/skills",
}


def skill_text() -> str:
    """The skill file."""
    from importlib.resources import files

    return files("vaultkit.mcp").joinpath("skill", "SKILL.md").read_text("utf-8")


@click.group(cls=Group)
def command() -> None:
    """Teach an agent how to work in a vault with vaultkit, by a skill file."""


@command.command("show")
def show_command() -> int:
    """Print the skill file."""
    click.echo(skill_text(), nl=False)
    return 0


@command.command("install")
@vault_option
@click.option(
    "--agent",
    type=click.Choice(sorted(_FOLDERS)),
    default="claude",
    show_default=True,
    help="The agent whose folder the file goes to; `agents` is the folder that several agents read.",
)
@click.option("--user", is_flag=True, help="For all folders of this user, instead of this vault only.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def install_command(vault: str | None, agent: str, user: bool, force: bool) -> int:
    """Write the skill file where the agent looks for it: in the vault, or with --user in the home folder."""
    base = os.path.expanduser("~") if user else vault_root(vault)
    name = f"{_FOLDERS[agent]}/vaultkit/SKILL.md"
    path = os.path.join(base, name)
    text = skill_text().encode()
    try:
        before = read_regular(path) if os.path.lexists(path) else None
        if before == text:
            notice(f"{path} is up to date")
            return 0
        if before is not None and not force:
            raise VaultkitError(f"{path}: exists already and differs; --force replaces it")
    except OSError as error:
        raise VaultkitError(f"{path}: cannot be read ({(error.strerror or str(error)).lower()})") from error
    write_all(base, [FileChange(name, before, text)])
    notice(f"wrote {path}")
    return 0
