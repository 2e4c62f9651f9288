"""What a newcomer types first: nothing, --help, a completion script."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from vaultkit.cli.app import group
from vaultkit.cli.check_parameters import CheckCommand
from vaultkit.cli.entry_point import run
from vaultkit.cli.shells import SHELLS


def test_without_arguments_three_commands_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in shown if line.startswith("  vaultkit")] == [
        ["vaultkit", "check"],
        ["vaultkit", "map"],
        ["vaultkit", "hook"],
    ]
    assert len(shown) <= 8


def test_options_of_check_are_in_groups() -> None:
    shown = CliRunner().invoke(group, ["check", "--help"], terminal_width=100).output
    titles = [line[:-1] for line in shown.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert titles == ["Rules", "Files", "Fixes", "What is new, what is suppressed", "Output", "Run", "Help"]
    with group.make_context("vaultkit", ["check"], resilient_parsing=True) as context:
        command = group.get_command(context, "check")
        assert command is not None
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert parameter.name in CheckCommand.option_groups()
                assert parameter.opts[-1] in shown


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_for_each_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "_VAULTKIT_COMPLETE" in script
    assert f"{shell}_complete" in script


def completions(folder: Path, words: list[str], shell: str = "bash") -> list[str]:
    """Ask as the script of a shell does; the last word is the one that is completed."""
    asked = {
        "bash": {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)},
        "powershell": {"COMP_WORDS": "\n".join(word for word in words if word), "COMP_CWORD": words[-1]},
    }[shell]
    done = subprocess.run(
        [sys.executable, "-m", "vaultkit"],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, **asked, "_VAULTKIT_COMPLETE": f"{shell}_complete"},
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["vaultkit", "chec"], ["check"], id="command"),
        pytest.param(["vaultkit", "graph", "neigh"], ["neighbours"], id="subcommand"),
        pytest.param(["vaultkit", "check", "--new-s"], ["--new-since"], id="option"),
        pytest.param(["vaultkit", "check", "--select", "LK00"], [f"LK00{n}" for n in range(1, 10)], id="rules"),
        pytest.param(["vaultkit", "check", "--select", "EM,LK01"], None, id="rules after a comma"),
        pytest.param(["vaultkit", "check", "--preset", "le"], ["learning"], id="presets"),
        pytest.param(["vaultkit", "backlinks", "Cel"], ["Cell", "cellulose"], id="names of notes"),
        pytest.param(["vaultkit", "backlinks", "--file", "Cell"], ["Cell", "cellulose"], id="names after --file"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "powershell"])
def test_completions(shell: str, words: list[str], expected: list[str] | None, tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "Biology").mkdir()
    for name in ("Biology/Cell.md", "cellulose.md", "Other.md", "Cell.png"):
        (tmp_path / name).write_text("")
    found = completions(tmp_path, words, shell)
    values = [line.partition("\t")[0] if shell == "powershell" else line.partition(",")[2] for line in found]
    if expected is None:
        assert values
        assert all(value.startswith("EM,LK01") for value in values)
    else:
        assert values == expected


def test_a_vault_that_does_not_exist_has_no_names(tmp_path: Path) -> None:
    assert completions(tmp_path, ["vaultkit", "backlinks", "--vault", str(tmp_path / "gone"), "x"]) == [""]
