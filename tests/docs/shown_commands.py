"""Commands that documents show, and how they are run in a copy of the sample vault."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from vaultkit.cli.app import group
from vaultkit.cli.entry_point import run

PROJECT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(markdown: str, language: str) -> Iterator[str]:
    """Yield the fenced blocks of a language."""
    yield from (body for found, body in _BLOCK.findall(markdown) if found == language)


def console(markdown: str) -> list[tuple[str, list[str]]]:
    """Return (command, lines shown below it) of all console blocks."""
    found: list[tuple[str, list[str]]] = []
    for block in blocks(markdown, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:].partition("   #")[0].strip(), []))
            elif line.strip():
                found[-1][1].append(line)
    return found


def sample_vault(folder: Path) -> Path:
    """Copy the sample vault and make it a git repository with one commit."""
    vault = folder / "vault"
    shutil.copytree(PROJECT / "vault", vault)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        git(vault, *words)
    return vault


def git(folder: Path, *words: str) -> None:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *names, *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **own})


def check_console(
    markdown: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> int:
    """Run every command of the console blocks in one copy of the sample vault; return how many."""
    vault = sample_vault(folder)
    monkeypatch.chdir(vault)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setattr(click, "launch", lambda *_, **__: 0)
    shown = console(markdown)
    for command, lines in shown:
        words = shlex.split(command)
        if words[0] == "git":
            git(vault, *words[1:])
            continue
        assert words[0] == "vaultkit", command
        capfd.readouterr()
        status = run(words[1:])
        captured = capfd.readouterr()
        assert status in (0, 1), f"{command}: {captured.err}"
        at = 0
        for line in lines:
            at = captured.out.find(line, at)
            assert at >= 0, f"{command} does not print {line!r}"
    return len(shown)


def mentioned(markdown: str) -> Iterator[list[str]]:
    """Yield the words after `vaultkit` of every call in code."""
    code = [body for _, body in _BLOCK.findall(markdown)]
    code += re.findall(r"`([^`\n]+)`", _BLOCK.sub("", markdown))
    for text in code:
        for line in text.splitlines():
            for call in re.findall(r"(?:^|[\s$(;&|]|run: |\"|bin/)vaultkit ([a-z][^#\n|)\"`]*)", line):
                yield call.split()


def require_known(words: list[str]) -> None:
    """Fail if a call names a command or an option that does not exist."""
    command: click.Command | None = group
    with click.Context(group, info_name="vaultkit") as context:
        at = 0
        while isinstance(command, click.Group) and at < len(words) and re.fullmatch(r"[a-z:-]+", words[at]):
            child = command.get_command(context, words[at])
            if child is None:
                assert command is not group, f"no command in `vaultkit {' '.join(words)}`"
                break
            command, at = child, at + 1
    assert command is not None
    options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help", "-h"}
    for word in words[at:]:
        option = word.partition("=")[0].rstrip(".,;")
        if re.fullmatch(r"--[a-z-]+", option):
            assert option in options, f"no option {option} in `vaultkit {' '.join(words)}`"
