"""The options of ``vaultkit check`` as click reads them, in the groups of its help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from vaultkit.cli.check_options import FORMATS, CheckOptions
from vaultkit.cli.completion import complete_path, complete_rule
from vaultkit.cli.options import vault_option
from vaultkit.config import PRESETS, SEVERITIES

_Options = tuple[Callable[[Callable[..., int]], Callable[..., int]], ...]

_RULES: _Options = (
    click.option("--select", multiple=True, metavar="RULES", shell_complete=complete_rule,
                 help="Run only these rules: codes, prefixes, names, or ALL."),
    click.option("--extend-select", multiple=True, metavar="RULES", shell_complete=complete_rule,
                 help="Run these rules in addition."),
    click.option("--ignore", multiple=True, metavar="RULES", shell_complete=complete_rule,
                 help="Do not run these rules."),
    click.option("--preset", type=click.Choice(PRESETS), help="Set of rules to start from."),
    click.option("--severity", multiple=True, metavar="RULE=LEVEL",
                 help="Change the severity of a rule to error, warning or info."),
    click.option("--per-file-ignores", multiple=True, metavar="GLOB=RULES",
                 help="Do not run RULES on the files that GLOB matches."),
)  # fmt: skip

_FILES: _Options = (
    vault_option,
    click.option("--exclude", multiple=True, metavar="GLOB",
                 help="Treat these paths as missing. Replaces the configuration's list."),
    click.option("--extend-exclude", multiple=True, metavar="GLOB",
                 help="Exclude these paths in addition to the configuration's list."),
    click.option("--force-exclude", is_flag=True, help="Exclude files even if they are named as PATH."),
    click.option("--no-respect-gitignore", is_flag=True, help="Check notes that git ignores."),
    click.option("--no-obsidian-config", is_flag=True, help="Do not read Obsidian's settings of the vault."),
    click.option("--stdin-filename", metavar="NOTE", help="Path of the note that is read from stdin (PATH is -)."),
    click.option("--no-index", is_flag=True,
                 help="Read only the named notes and run only the rules that need a single note."),
)  # fmt: skip

_FIXING: _Options = (
    click.option("--fix", is_flag=True, help="Make the safe fixes, then report what is left."),
    click.option("--unsafe-fixes", is_flag=True, help="Include fixes that may change what a note means."),
    click.option("--diff", is_flag=True, help="Print what --fix would change; write nothing."),
    click.option("--fix-only", is_flag=True, help="Make the fixes and report nothing."),
    click.option("--show-fixes", is_flag=True, envvar="VAULTKIT_SHOW_FIXES", help="List the fixes that were made."),
    click.option("--fixable", multiple=True, metavar="RULES", shell_complete=complete_rule,
                 help="Fix only findings of these rules."),
    click.option("--unfixable", multiple=True, metavar="RULES", shell_complete=complete_rule,
                 help="Do not fix findings of these rules."),
    click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if a file was changed."),
)  # fmt: skip

_OUTPUT: _Options = (
    click.option("--output-format", type=click.Choice(FORMATS), envvar="VAULTKIT_OUTPUT_FORMAT",
                 help="Format of the report. Default: full on a terminal, concise otherwise."),
    click.option("-o", "--output-file", "output", multiple=True, metavar="[FORMAT:]FILE", envvar="VAULTKIT_OUTPUT_FILE",
                 help="Write the report to FILE. With FORMAT:, write it in that format in addition to the screen."),
    click.option("--max-per-rule", type=click.IntRange(min=0), default=20, show_default=True,
                 envvar="VAULTKIT_MAX_PER_RULE",
                 help="Maximum findings per rule in the full format; 0 for all."),
    click.option("--statistics", is_flag=True, envvar="VAULTKIT_STATISTICS",
                 help="Print the number of findings per rule instead of the findings."),
    click.option("--summary", is_flag=True, envvar="VAULTKIT_SUMMARY", help="Print the summary line in every format."),
    click.option("--show-info", is_flag=True, envvar="VAULTKIT_SHOW_INFO", help="Show findings of severity info."),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", envvar="VAULTKIT_COLOR",
                 help="When to use colors. Default: auto."),
    click.option("-q", "--quiet", is_flag=True, envvar="VAULTKIT_QUIET", help="Print only findings."),
    click.option("--silent", is_flag=True, envvar="VAULTKIT_SILENT", help="Print nothing; only set the exit status."),
    click.option("-v", "--verbose", is_flag=True, envvar="VAULTKIT_VERBOSE",
                 help="Print the vault, the configuration, the number of rules and the time."),
    click.option("--no-progress", is_flag=True, envvar="VAULTKIT_NO_PROGRESS", help="Do not show a progress bar."),
)  # fmt: skip

_RUN: _Options = (
    click.option("--config", multiple=True, type=click.Path(), metavar="FILE|'KEY = VALUE'", envvar="VAULTKIT_CONFIG",
                 help="Use this configuration file, or override one setting. Repeatable."),
    click.option("--strict-config", is_flag=True, help="Fail if the configuration has unknown keys."),
    click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
    click.option("--fail-on", type=click.Choice(SEVERITIES), default="warning", show_default=True,
                 help="Lowest severity that makes the exit status 1."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings."),
    click.option("--watch", is_flag=True, help="Check again whenever a file of the vault changes."),
    click.option("--jobs", type=click.IntRange(min=1), metavar="N", envvar="VAULTKIT_JOBS",
                 help="Maximum number of processes. Default: one per processor."),
    click.option("--no-cache", is_flag=True, envvar="VAULTKIT_NO_CACHE", help="Disable the cache."),
    click.option("--cache-dir", metavar="DIR", envvar="VAULTKIT_CACHE_DIR",
                 help="Folder of the cache. Default: vaultkit in the user's cache folder."),
)  # fmt: skip

_SCOPE: _Options = (
    click.option("--new-since", metavar="REF",
                 help="Report only findings that are new since the branch left REF, a git branch or commit."),
    click.option("--staged", is_flag=True,
                 help="Check the staged commit: its notes, and what it breaks in other notes."),
    click.option("--changed", is_flag=True,
                 help="Report the findings in PATH, and those in other notes that are new since the last check."),
    click.option("--baseline", metavar="FILE", envvar="VAULTKIT_BASELINE",
                 help="Hide the findings in FILE. Default: .vaultkit-baseline.json beside the configuration."),
    click.option("--no-baseline", is_flag=True, help="Ignore the baseline."),
    click.option("--strict-baseline", is_flag=True, help="Fail if the baseline lists findings that no longer exist."),
    click.option("--add-suppressions", metavar="[REASON]",
                 help="Write comments that suppress all findings; --add-suppressions=REASON adds a reason."),
    click.option("--ignore-suppressions", is_flag=True, help="Report suppressed findings."),
)  # fmt: skip
_GROUPS: tuple[tuple[str, _Options], ...] = (
    ("Rules", _RULES),
    ("Files", _FILES),
    ("Fixes", _FIXING),
    ("What is new, what is suppressed", _SCOPE),
    ("Output", _OUTPUT),
    ("Run", _RUN),
)


class CheckCommand(click.Command):
    """The command, with its options in groups, and one whose value may be left out and is never the next word."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; a bare ``--add-suppressions`` has the empty reason."""
        return super().parse_args(ctx, [f"{word}=" if word == "--add-suppressions" else word for word in args])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options by group."""
        titles = self.option_groups()
        for title in dict.fromkeys(titles.values()):
            records = [
                found
                for parameter in self.get_params(ctx)
                if titles.get(parameter.name or "", "Help") == title and (found := parameter.get_help_record(ctx))
            ]
            with formatter.section(title):
                formatter.write_dl(records)

    @staticmethod
    def option_groups() -> dict[str, str]:
        """Return the title of the group by name of the option."""
        titles = {}
        for title, options in _GROUPS:
            holder = click.Command("", callback=lambda: None)
            for option in options:
                option(_as_any(holder))
            titles.update({parameter.name or "": title for parameter in holder.params})
        return {**titles, "help": "Help"}


def _as_any(value: Any) -> Any:
    return value


def check_options(function: Callable[[CheckOptions], int]) -> Callable[..., int]:
    """Give a command all options of ``check``; it is called with the record they make."""

    def called(**values: Any) -> int:
        return function(CheckOptions(**values))

    called.__doc__ = function.__doc__
    decorated: Callable[..., int] = called
    options = [option for _, part in _GROUPS for option in part]
    for option in reversed(options):
        decorated = option(decorated)
    return click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_path)(decorated)
