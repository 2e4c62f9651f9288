"""The scripts by which shells ask for completions."""

from __future__ import annotations

import os

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

from vaultkit.cli.entry_point import COMPLETION

SHELLS = ("bash", "zsh", "fish", "powershell")

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
    return kind(command, {}, "vaultkit", COMPLETION).source()
