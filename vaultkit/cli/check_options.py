"""The options of ``vaultkit check``, in the groups of its help, and the record they make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from vaultkit.base.record import record
from vaultkit.cli.options import vault_option
from vaultkit.config import PRESETS, SEVERITIES
from vaultkit.report.format import format_names

FORMATS = format_names()


@record
class CheckOptions:
    """What the command line said; each field is the option of its name."""

    paths: tuple[str, ...]
    vault: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    extend_select: tuple[str, ...]
    preset: str | None
    severity: tuple[str, ...]
    per_file_ignores: tuple[str, ...]
    exclude: tuple[str, ...]
    extend_exclude: tuple[str, ...]
    force_exclude: bool
    no_respect_gitignore: bool
    no_obsidian_config: bool
    fix: bool
    fix_only: bool
    unsafe_fixes: bool
    diff: bool
    show_fixes: bool
    fixable: tuple[str, ...]
    unfixable: tuple[str, ...]
    exit_non_zero_on_fix: bool
    output_format: str | None
    output: tuple[str, ...]
    max_per_rule: int
    show_info: bool
    color: str
    quiet: bool
    config: tuple[str, ...]
    strict_config: bool
    isolated: bool
    exit_zero: bool
    add_suppressions: str | None
    ignore_suppressions: bool
    baseline: str | None
    no_baseline: bool
    strict_baseline: bool
    stdin_filename: str | None
    statistics: bool
    summary: bool
    silent: bool
    verbose: bool
    no_progress: bool
    no_cache: bool
    cache_dir: str | None
    jobs: int | None
    fail_on: str
    watch: bool
    new_since: str | None
    no_index: bool
    staged: bool

    @property
    def wants_fixes(self) -> bool:
        """Some option asks for fixes to be made or shown."""
        return self.fix or self.fix_only or self.diff


_Options = tuple[Callable[[Callable[..., int]], Callable[..., int]], ...]

_RULES: _Options = (
    click.option("--select", multiple=True, metavar="RULES",
                 help="Run these rules only: codes, prefixes, names, or ALL."),
    click.option("--ignore", multiple=True, metavar="RULES", help="Do not run these rules."),
    click.option("--extend-select", multiple=True, metavar="RULES", help="Run these rules as well."),
    click.option("--preset", type=click.Choice(PRESETS), help="Which rules run before the lists above."),
    click.option("--severity", multiple=True, metavar="RULE=LEVEL", help="Make a rule error, warning or info."),
    click.option("--per-file-ignores", multiple=True, metavar="GLOB=RULES", help="Do not run RULES on these files."),
)  # fmt: skip

_FILES: _Options = (
    click.option("--exclude", multiple=True, metavar="GLOB",
                 help="Paths that do not exist for vaultkit, instead of the configuration's."),
    click.option("--extend-exclude", multiple=True, metavar="GLOB", help="As well as the configuration's."),
    click.option("--stdin-filename", metavar="NOTE", help="Which note the text from stdin is (PATH is then -)."),
    click.option("--force-exclude", is_flag=True, help="Leave excluded files out even when they are named."),
    click.option("--no-respect-gitignore", is_flag=True, help="Judge notes that git ignores, too."),
    click.option("--no-obsidian-config", is_flag=True, help="Read no settings of the vault in Obsidian."),
)  # fmt: skip

_FIXING: _Options = (
    click.option("--fix", is_flag=True, help="Mend what can be mended safely, then report the rest."),
    click.option("--fix-only", is_flag=True, help="Mend, and report nothing."),
    click.option("--unsafe-fixes", is_flag=True, help="Make fixes that guess, too."),
    click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing."),
    click.option("--show-fixes", is_flag=True, envvar="VAULTKIT_SHOW_FIXES", help="List the fixes that were made."),
    click.option("--fixable", multiple=True, metavar="RULES", help="Fix findings of these rules only."),
    click.option("--unfixable", multiple=True, metavar="RULES", help="Fix no findings of these rules."),
    click.option("--exit-non-zero-on-fix", is_flag=True, help="Leave with 1 when something was changed."),
)

_OUTPUT: _Options = (
    click.option("--output-format", type=click.Choice(FORMATS), envvar="VAULTKIT_OUTPUT_FORMAT",
                 help="By default full on a terminal, concise in a pipe."),
    click.option("-o", "--output-file", "output", multiple=True, metavar="[FORMAT:]FILE", envvar="VAULTKIT_OUTPUT_FILE",
                 help="Write a report to FILE, in FORMAT as well as on the screen, or else instead; repeatable."),
    click.option("--max-per-rule", type=click.IntRange(min=0), default=20, show_default=True,
                 envvar="VAULTKIT_MAX_PER_RULE",
                 help="Findings of one rule that the full format shows; 0 for all."),
    click.option("--statistics", is_flag=True, envvar="VAULTKIT_STATISTICS",
                 help="Print how often each rule found something, not the findings."),
    click.option("--summary", is_flag=True, envvar="VAULTKIT_SUMMARY",
                 help="Print the last line, how much was found, in every format."),
    click.option("--show-info", is_flag=True, envvar="VAULTKIT_SHOW_INFO", help="Show findings of severity info, too."),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", envvar="VAULTKIT_COLOR"),
    click.option("-q", "--quiet", is_flag=True, envvar="VAULTKIT_QUIET", help="Print findings only."),
    click.option("--silent", is_flag=True, envvar="VAULTKIT_SILENT", help="Print nothing; the exit status tells."),
    click.option("-v", "--verbose", is_flag=True, envvar="VAULTKIT_VERBOSE",
                 help="Say which vault, configuration and rules, and how long."),
    click.option("--no-progress", is_flag=True, envvar="VAULTKIT_NO_PROGRESS", help="Show no progress bar."),
    click.option("--no-cache", is_flag=True, envvar="VAULTKIT_NO_CACHE", help="Read every note, and keep none."),
    click.option("--cache-dir", metavar="DIR", envvar="VAULTKIT_CACHE_DIR",
                 help="Keep what was read there; by default in the user's folder for caches."),
)  # fmt: skip

_RUN: _Options = (
    click.option("--config", multiple=True, type=click.Path(), metavar="FILE|'KEY = VALUE'", envvar="VAULTKIT_CONFIG",
                 help="Use this configuration file, or change one setting; repeatable."),
    click.option("--strict-config", is_flag=True, help="Refuse a configuration with unknown keys."),
    click.option("--isolated", is_flag=True, help="Use no configuration file."),
    click.option("--jobs", type=click.IntRange(min=1), metavar="N", envvar="VAULTKIT_JOBS",
                 help="At most so many processes at a time; by default one for each processor."),
    click.option("--watch", is_flag=True, help="Check again whenever a file of the vault changes."),
    click.option("--fail-on", type=click.Choice(SEVERITIES), default="warning", show_default=True,
                 help="The least severity that makes the exit status 1."),
    click.option("--exit-zero", is_flag=True, help="Leave with 0 even when there are findings."),
    click.option("--add-suppressions", metavar="[REASON]",
                 help="Write comments that silence what is found now; --add-suppressions=REASON says why."),
    click.option("--ignore-suppressions", is_flag=True, help="Report what comments silence, too."),
)  # fmt: skip


_SCOPE: _Options = (
    click.option("--new-since", metavar="REF",
                 help="Report only what was not there when the branch left REF, a git branch or commit."),
    click.option("--staged", is_flag=True,
                 help="Judge the commit that is being made: what is staged, and what that breaks elsewhere."),
    click.option("--no-index", is_flag=True,
                 help="Read the named notes only, and run the rules that need no others."),
    click.option("--baseline", metavar="FILE", envvar="VAULTKIT_BASELINE",
                 help="Hide the findings in FILE; by default .vaultkit-baseline.json beside the configuration."),
    click.option("--no-baseline", is_flag=True, help="Hide no old findings."),
    click.option("--strict-baseline", is_flag=True, help="Fail when the baseline lists what is not found any more."),
)  # fmt: skip


class CheckCommand(click.Command):
    """The command, with an option whose value may be left out and is never the word that follows."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; a bare ``--add-suppressions`` has the empty reason."""
        return super().parse_args(ctx, [f"{word}=" if word == "--add-suppressions" else word for word in args])


def check_options(function: Callable[[CheckOptions], int]) -> Callable[..., int]:
    """Give a command all options of ``check``; it is called with the record they make."""

    def called(**values: Any) -> int:
        return function(CheckOptions(**values))

    called.__doc__ = function.__doc__
    decorated: Callable[..., int] = called
    options: _Options = (vault_option, *_RULES, *_FILES, *_FIXING, *_OUTPUT, *_SCOPE, *_RUN)
    for option in reversed(options):
        decorated = option(decorated)
    return click.argument("paths", nargs=-1, metavar="[PATH]...")(decorated)
