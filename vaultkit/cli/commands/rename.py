"""Rename a heading, a block, a tag or a property everywhere, or a file as Obsidian's `rename` does."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import Any, TypeVar

import click

from vaultkit.cli import renaming
from vaultkit.cli.app import Group
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, file_options, vault_option

_F = TypeVar("_F", bound=Callable[..., Any])


class RenameGroup(Group):
    """Without the name of a command it is Obsidian's `rename`: `rename file=Note name=Other`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `file` before arguments that name no command."""
        if args and args[0] not in (*self.list_commands(ctx), "--help", "-h"):
            if len(args) == 2 and not any(arg.startswith("-") or "=" in arg for arg in args):
                raise click.UsageError(
                    f"there is no command {args[0]!r}; did you mean `vaultkit move {shlex.join(args)}`?", ctx
                )
            args = ["file", *args]
        return super().parse_args(ctx, args)


def plan_options(function: _F) -> _F:
    """The options that all renames share."""
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Print nothing if all went well."),
        click.option("--skip-unread", is_flag=True, help="Go on if a file cannot be read; it stays as it is."),
        click.option("--diff", "as_diff", is_flag=True, help="Show the change as a diff, and change nothing."),
        click.option("--dry-run", is_flag=True, help="List what would change, and change nothing."),
        vault_option,
    ):
        function = option(function)
    return function


@click.group(cls=RenameGroup)
def command() -> None:
    """Rename a heading, block, tag or property with everything that names it. All files are written or none.

    `vaultkit rename file=NOTE name=NEW` renames a file as Obsidian's own command does; `vaultkit move` also moves
    folders.
    """


@command.command("heading")
@click.argument("old", metavar="NOTE#HEADING")
@click.argument("new", metavar="NEW")
@plan_options
def heading_command(old: str, new: str, **options: Any) -> int:
    """Change the text of a heading, and rewrite every link to it.

    NOTE is a path or a note's name, as in a link; `NOTE#Outer#Inner` names a heading below another. Links from
    notes, properties and canvases follow.
    """
    return renaming.rename_heading(old, new, renaming.RenameOptions(**options))


@command.command("block")
@click.argument("old", metavar="NOTE#^ID")
@click.argument("new", metavar="NEW-ID")
@plan_options
def block_command(old: str, new: str, **options: Any) -> int:
    """Change the id of a block, and rewrite every link and embed of it."""
    return renaming.rename_block(old, new, renaming.RenameOptions(**options))


@command.command("tag")
@click.argument("old", metavar="TAG")
@click.argument("new", metavar="NEW")
@plan_options
def tag_command(old: str, new: str, **options: Any) -> int:
    """Rename a tag and the tags below it, in notes, properties, canvases, bases and queries.

    If the vault has the new tag already, the two become one.
    """
    return renaming.rename_tag(old, new, renaming.RenameOptions(**options))


@command.command("property")
@click.argument("old", metavar="PROPERTY")
@click.argument("new", metavar="NEW")
@plan_options
def property_command(old: str, new: str, **options: Any) -> int:
    """Rename a property in all notes, Obsidian's list of property types, bases and queries.

    Values, comments, order and quotes stay as they are. A note that has both names stops the rename.
    """
    return renaming.rename_property(old, new, renaming.RenameOptions(**options))


@command.command("file", cls=ObsidianStyleCommand)
@file_options
@click.option("--name", "new", metavar="NAME", required=True, help="The new name; an extension may be left out.")
@plan_options
def file_command(name: str | None, file: str | None, path: str | None, new: str, **options: Any) -> int:
    """Rename a file in its folder, and rewrite every link to it."""
    return renaming.rename_file(name, file, path, new, renaming.RenameOptions(**options))
