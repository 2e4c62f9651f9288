"""The options of ``vaultkit check``, in the groups of its help, and the record they make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from vaultkit.cli.options import vault_option
from vaultkit.record import record
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
    config_file: str | None
    isolated: bool
    exit_zero: bool
    add_suppressions: str | None
    ignore_suppressions: bool
    baseline: str | None
    no_baseline: bool
    strict_baseline: bool
    new_since: str | None
    no_index: bool

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
)  # fmt: skip

_FIXING: _Options = (
    click.option("--fix", is_flag=True, help="Mend what can be mended safely, then report the rest."),
    click.option("--fix-only", is_flag=True, help="Mend, and report nothing."),
    click.option("--unsafe-fixes", is_flag=True, help="Make fixes that guess, too."),
    click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing."),
    click.option("--show-fixes", is_flag=True, help="List the fixes that were made."),
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
                 help="Findings of one rule that the full format shows; 0 for all."),
    click.option("--show-info", is_flag=True, help="Show findings of severity info, too."),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", envvar="VAULTKIT_COLOR"),
    click.option("-q", "--quiet", is_flag=True, help="Print findings only."),
)  # fmt: skip

_RUN: _Options = (
    click.option("--config", "config_file", metavar="FILE", envvar="VAULTKIT_CONFIG",
                 help="Use this configuration file."),
    click.option("--isolated", is_flag=True, help="Use no configuration file."),
    click.option("--exit-zero", is_flag=True, help="Leave with 0 even when there are findings."),
    click.option("--add-suppressions", metavar="[REASON]",
                 help="Write comments that silence what is found now; --add-suppressions=REASON says why."),
    click.option("--ignore-suppressions", is_flag=True, help="Report what comments silence, too."),
)  # fmt: skip


_SCOPE: _Options = (
    click.option("--new-since", metavar="REF",
                 help="Report only what was not there when the branch left REF, a git branch or commit."),
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
    options: _Options = (vault_option, *_RULES, *_FIXING, *_OUTPUT, *_SCOPE, *_RUN)
    for option in reversed(options):
        decorated = option(decorated)
    return click.argument("paths", nargs=-1, metavar="[PATH]...")(decorated)
