"""The command line as click reads it: names to commands, each loaded when it is called.

A command is a module of ``cli/commands`` that holds one click command named ``command``; the
module's name, with ":" for "__" and "-" for "_", is the command's name; an underscore at its end is
dropped, so ``import_`` is ``import``. There is no list to edit.
"""

from __future__ import annotations

import keyword
import os
import sys
from importlib import import_module
from types import ModuleType

import click

from vaultkit import __version__
from vaultkit.cli import commands
from vaultkit.cli.console import complain, silence
from vaultkit.cli.entry_point import COMPLETION, EXIT_CLEAN, EXIT_INTERRUPTED, EXIT_USAGE

# How the first line of a command ends that answers as Obsidian's own command of that name does.
_OBSIDIANS = ", as Obsidian's `"


class Group(click.Group):
    """Commands below a command: each with the whole first sentence of its help, and a did-you-mean."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands; a sentence that is too long is wrapped, not cut."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(limit=1000)) for name, one in found if one])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a did-you-mean for a name that is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from difflib import get_close_matches

            from vaultkit.cli.command_names import instead_of

            instead = instead_of(args[0], args[1:], self.list_commands(ctx)) if ctx.parent is None else ""
            if instead:
                raise click.UsageError(instead, ctx) from None
            near = get_close_matches(args[0], self.list_commands(ctx), n=1, cutoff=0.75)
            hint = (
                f"; did you mean `{ctx.command_path} {near[0]}`?"
                if near
                else f"; `{ctx.command_path} --help` lists them"
            )
            raise click.UsageError(f"no command {args[0]!r}{hint}", ctx) from None


class Commands(Group):
    """Finds commands by file name and imports the one that is called. package: where their modules are."""

    package: ModuleType = commands

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, by name."""
        import pkgutil  # 2 ms, which a command that is called by its name need not pay

        return sorted(_command_name(module.name) for module in pkgutil.iter_modules(self.package.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None when there is none."""
        module = _module_name(cmd_name)
        if not module.isidentifier() or _command_name(module) != cmd_name:
            return None
        try:
            command = import_module(f"{self.package.__name__}.{module}").command
        except ModuleNotFoundError as error:
            if error.name != f"{self.package.__name__}.{module}":
                raise
            return None
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List commands with the first sentence of their module, without importing them; Obsidian's words apart."""
        rows = [(name, self.first_line(name)) for name in self.list_commands(ctx)]
        own = [(name, line) for name, line in rows if _OBSIDIANS not in line]
        words = [(name, line.partition(_OBSIDIANS)[0]) for name, line in rows if _OBSIDIANS in line]
        for title, part in (("Commands", own), ("The words of Obsidian's own command line", words)):
            if part:
                with formatter.section(title):
                    formatter.write_dl(part)

    def first_line(self, name: str) -> str:
        """First line of a command module's docstring, read as text so that nothing heavy is imported."""
        path = os.path.join(os.path.dirname(self.package.__file__ or ""), f"{_module_name(name)}.py")
        with open(path, encoding="utf-8") as file:
            return file.readline().strip().strip('"').rstrip(".")


def _command_name(module: str) -> str:
    """``property__read`` is the command ``property:read``, ``add_x`` is ``add-x``, ``import_`` is ``import``."""
    return module.rstrip("_").replace("__", ":").replace("_", "-")


def _module_name(command: str) -> str:
    """The module of a command: Python's keywords carry an underscore at the end."""
    name = command.replace(":", "__").replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name


def _show_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    """As click's own option, which would load the translations of its help text in every run."""
    if wanted and not ctx.resilient_parsing:
        click.echo(f"vaultkit, version {__version__}")
        ctx.exit()


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
def group() -> None:
    """Read an Obsidian vault exactly as Obsidian does, without Obsidian.

    `vaultkit docs` shows the documentation.

    Exit status: 0 success, 1 findings, 2 wrong usage or configuration, 3 a bug in vaultkit.
    """


def run_command_line(arguments: list[str]) -> int:
    """Run a command; return the status with which the process should leave."""
    if COMPLETION in os.environ:
        from vaultkit.cli.shells import register

        register()
    try:
        status = group.main(_with_vault_behind(_of_words(arguments)), prog_name="vaultkit", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else EXIT_CLEAN
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.exceptions.NoArgsIsHelpError as help_page:
        click.echo(help_page.format_message(), err=True)
        return EXIT_USAGE
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "vaultkit"
        complain(f"{error.format_message()}\nTry `{command} --help`.")
        return EXIT_USAGE
    except click.ClickException as error:
        complain(error.format_message())
        return EXIT_USAGE
    except click.Abort:
        return EXIT_INTERRUPTED
    except SystemExit:
        # click ends the process for two reasons: it has answered a shell that completes a word, or the reader
        # left (`| head`) while a command wrote, of which it makes a failure.
        if COMPLETION in os.environ:
            raise
        silence()
        return EXIT_CLEAN


def _of_words(arguments: list[str]) -> list[str]:
    """``help``, ``help COMMAND`` and ``version`` as the options that every command line has."""
    if arguments[:1] == ["help"]:
        return [*arguments[1:], "--help"]
    return ["--version"] if arguments == ["version"] else arguments


def _with_vault_behind(arguments: list[str]) -> list[str]:
    """The arguments with the vault behind the command: Obsidian names it before, and so do people."""
    first, *rest = arguments or [""]
    if first.startswith(("vault=", "--vault=")):
        option = ["--" + first.removeprefix("--")]
    elif first == "--vault" and rest:
        option = [first, rest.pop(0)]
    else:
        return arguments
    command: click.Command | None = group
    words = 0
    with click.Context(group) as context:
        while isinstance(command, click.Group) and words < len(rest) and not _takes_vault(command):
            command = command.get_command(context, rest[words])
            words += 1
    return [*rest[:words], *option, *rest[words:]] if rest else arguments


def _takes_vault(command: click.Command) -> bool:
    return any("--vault" in parameter.opts for parameter in command.params)
