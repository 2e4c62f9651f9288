"""Completion on the shell: which words may follow, and the scripts that ask for them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

SHELLS = ("bash", "zsh", "fish", "powershell")
VARIABLE = "_VAULTKIT_COMPLETE"
MOST_NAMES = 500

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | ForEach-Object { $_.Extent.Text })
    $before = @{ words = $env:COMP_WORDS; word = $env:COMP_CWORD; mode = $env:%(complete_var)s }
    $env:COMP_WORDS = $words -join "`n"
    $env:COMP_CWORD = $wordToComplete
    $env:%(complete_var)s = "powershell_complete"
    try {
        %(prog_name)s | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            $shown = if ($value -match "[\\s']") { "'" + $value.Replace("'", "''") + "'" } else { $value }
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($shown, $value, "ParameterValue", $help)
        }
    } finally {
        $env:COMP_WORDS = $before.words; $env:COMP_CWORD = $before.word; $env:%(complete_var)s = $before.mode
    }
}
"""


class PowerShellComplete(ShellComplete):
    """PowerShell, Windows' own and the one for all systems."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is completed, and that one."""
        words = [word.strip("'\"") for word in os.environ.get("COMP_WORDS", "").split("\n")]
        incomplete = os.environ.get("COMP_CWORD", "")
        args = words[1:-1] if incomplete and words[1:] else words[1:]
        return args, incomplete.strip("'\"")

    def format_completion(self, item: CompletionItem) -> str:
        """Return one line: the word, a tab, its help."""
        return f"{item.value}\t{item.help or ''}"


def register() -> None:
    """Make click answer PowerShell, too."""
    add_completion_class(PowerShellComplete)


def script(shell: str, command: click.Command) -> str:
    """Return the script that a shell reads at its start."""
    register()
    kind = get_completion_class(shell)
    assert kind is not None
    return kind(command, {}, "vaultkit", VARIABLE).source()


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes and prefixes of rules; after a comma, those that may follow."""
    from vaultkit.lint.rule import all_rules

    start, comma, last = incomplete.rpartition(",")
    wanted = last.upper()
    prefixes = [CompletionItem(f"{start}{comma}{one}") for one in ("ALL", *sorted({r.code[:2] for r in all_rules()}))]
    rules = [CompletionItem(f"{start}{comma}{rule.code}", help=rule.name) for rule in all_rules()]
    names = [CompletionItem(f"{start}{comma}{rule.name}", help=rule.code) for rule in all_rules() if wanted]
    return [item for item in (*prefixes, *rules, *names) if item.value.rpartition(",")[2].upper().startswith(wanted)]


def complete_note(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of notes that begin with the word, by name; at most `MOST_NAMES`."""
    wanted = incomplete.casefold()
    found = sorted({name for name in _note_names(ctx) if name.casefold().startswith(wanted)}, key=str.casefold)
    return [CompletionItem(name) for name in found[:MOST_NAMES]]


def complete_path(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave paths to the shell."""
    return [CompletionItem(incomplete, type="file")]


def _note_names(ctx: click.Context) -> Iterator[str]:
    """Names of the notes of the vault that the words before mean; nothing where there is no vault."""
    from vaultkit.base.errors import VaultkitError
    from vaultkit.vault.files import walk
    from vaultkit.vault.find import find_vault

    named = ctx.params.get("vault")
    root = named if isinstance(named, str) and os.path.isdir(named) else find_vault(".")
    try:
        files = walk(os.path.abspath(root)).files
    except (VaultkitError, OSError):
        return
    for file in files:
        if file.kind == "note":
            yield file.path.rpartition("/")[2].removesuffix(".md")
