"""See what the commit that is being made breaks, in other notes too."""

from __future__ import annotations

import click

from vaultkit.cli.app import Group


@click.group(cls=Group, invoke_without_command=True)
@click.option("--vault", metavar="DIR", envvar="VAULTKIT_VAULT", help="The vault; by default those of the repository.")
@click.option(
    "--fix", is_flag=True, help="Mend staged notes safely, then leave with 1 so that the change is looked at."
)
@click.option("--config", "config_file", metavar="FILE", envvar="VAULTKIT_CONFIG", help="Use this configuration file.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", envvar="VAULTKIT_COLOR")
@click.pass_context
def command(context: click.Context, vault: str | None, fix: bool, config_file: str | None, color: str) -> int:
    """Judge what is staged: everything in staged notes, and in all others what this commit breaks.

    Made for git's pre-commit hook; works on the shell just as well, and writes nothing unless --fix is given.

    Exit status: 0 nothing found or nothing of a vault staged, 1 findings or notes mended, 2 cannot be answered.
    """
    if context.invoked_subcommand is not None:
        return 0
    from vaultkit.cli.hooking import run_hook

    return run_hook(vault, fix=fix, config_file=config_file, color=color)


@command.command("install")
@click.option("--fix", is_flag=True, help="Let the hook mend staged notes.")
def install_command(fix: bool) -> int:
    """Write git's hook files; hooks that are there are kept and called first."""
    from vaultkit.cli.hooking import run_install

    return run_install(fix=fix)


@command.command("uninstall")
def uninstall_command() -> int:
    """Take the hook files away and put back what was there before."""
    from vaultkit.cli.hooking import run_uninstall

    return run_uninstall()


@command.command("agent")
@click.argument("agent", type=click.Choice(["claude", "gemini", "cursor"]))
def agent_command(agent: str) -> int:
    """Print the settings that make an agent check every note it edits.

    The agent is told what its edit broke, in the note and in others.
    """
    from vaultkit.cli.after_edit import AGENT_FILES, agent_settings
    from vaultkit.cli.console import notice

    notice(f"add this to {AGENT_FILES[agent]} in the vault")
    click.echo(agent_settings(agent), nl=False)
    return 0


@command.command("edited")
@click.option("--agent", type=click.Choice(["claude", "gemini", "cursor"]), default="claude", show_default=True)
def edited_command(agent: str) -> int:
    """Check the note that an agent has edited; the agent calls this with its JSON on stdin.

    Exit status: 0 nothing new, 2 findings, which are on stderr. For cursor the findings are JSON on stdout.
    """
    import sys

    from vaultkit.cli.after_edit import answer_agent

    return answer_agent(sys.stdin.read(), agent)
