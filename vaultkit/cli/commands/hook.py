"""Check the commit that is being made, and what it breaks in other notes."""

from __future__ import annotations

import click

from vaultkit.cli.app import Group


@click.group(cls=Group, invoke_without_command=True)
@click.option(
    "--vault", metavar="DIR", envvar="VAULTKIT_VAULT", help="Vault folder. Default: all vaults of the repository."
)
@click.option(
    "--fix", is_flag=True, help="Make safe fixes in staged notes, then exit with 1 so that you can look at the changes."
)
@click.option("--config", "config_file", metavar="FILE", envvar="VAULTKIT_CONFIG", help="Use this configuration file.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    envvar="VAULTKIT_COLOR",
    help="When to use colors.",
)
@click.pass_context
def command(context: click.Context, vault: str | None, fix: bool, config_file: str | None, color: str) -> int:
    """Check the staged commit: everything in staged notes, and what the commit breaks in all others.

    Git's pre-commit hook runs this. It writes nothing without --fix. Skip it once with `git commit --no-verify`.

    Exit status: 0 nothing found or no file of a vault staged, 1 findings or fixed notes, 2 wrong usage or
    configuration.
    """
    if context.invoked_subcommand is not None:
        return 0
    from vaultkit.cli.hooking import run_hook

    return run_hook(vault, fix=fix, config_file=config_file, color=color)


@command.command("install")
@click.option("--fix", is_flag=True, help="Make safe fixes in staged notes.")
def install_command(fix: bool) -> int:
    """Write git's hook files. Existing hooks are kept and called first."""
    from vaultkit.cli.hooking import run_install

    return run_install(fix=fix)


@command.command("uninstall")
def uninstall_command() -> int:
    """Remove the hook files and restore the hooks that were there before."""
    from vaultkit.cli.hooking import run_uninstall

    return run_uninstall()


@command.command("agent")
@click.argument("agent", type=click.Choice(["claude", "gemini", "cursor"]))
def agent_command(agent: str) -> int:
    """Print the settings that make an agent check every note it edits.

    The findings that an edit caused, in the note and in others, go back to the agent.
    """
    from vaultkit.cli.after_edit import AGENT_FILES, agent_settings
    from vaultkit.cli.console import notice

    notice(f"add this to {AGENT_FILES[agent]} in the vault")
    click.echo(agent_settings(agent), nl=False)
    return 0


@command.command("edited")
@click.option(
    "--agent",
    type=click.Choice(["claude", "gemini", "cursor"]),
    default="claude",
    show_default=True,
    help="The agent that calls: it decides how the findings are returned.",
)
def edited_command(agent: str) -> int:
    """Check the note that an agent has edited; the agent calls this with its JSON on stdin.

    Exit status: 0 nothing new, 2 findings, which are on stderr. For cursor the findings are JSON on stdout.
    """
    import sys

    from vaultkit.cli.after_edit import answer_agent

    return answer_agent(sys.stdin.read(), agent)
