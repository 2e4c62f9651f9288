"""Command lines that are run without click mean what click makes of them."""

from __future__ import annotations

from typing import Any

import pytest

from vaultkit.cli import entry_point
from vaultkit.cli.app import run_command_line


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What ``check`` and the hook are called with."""
    for name in [name for name in entry_point.os.environ if name.startswith("VAULTKIT_")]:
        monkeypatch.delenv(name)
    found: list[Any] = []
    monkeypatch.setattr("vaultkit.cli.check_run.run_check", lambda wants: found.append(wants) or 0)
    monkeypatch.setattr("vaultkit.cli.hooking.run_hook", lambda *rest, **named: found.append((rest, named)) or 0)
    return found


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "-q"],
        ["check", "--quiet"],
        ["check", "a.md"],
        ["check", "-q", "a.md", "b c.md"],
        ["check", "", "vault=x"],
        ["check", "--changed", "a.md"],
        ["check", "-q", "--changed", "-q", "a.md"],
        ["hook"],
        ["hook", "--fix"],
    ],
)
def test_without_click_as_with_it(calls: list[Any], arguments: list[str]) -> None:
    assert entry_point._without_click(arguments) == 0
    assert run_command_line(arguments) == 0
    without, with_click = calls
    assert without == with_click


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check", "-"],
        ["check", "--"],
        ["check", "a.md", "-q"],
        ["check", "--fix"],
        ["check", "--changed", "--fix", "a.md"],
        ["check", "-qv"],
        ["hook", "install"],
        ["hook", "--fix", "--fix"],
        ["--version"],
        ["cards"],
    ],
)
def test_all_else_is_for_click(calls: list[Any], arguments: list[str]) -> None:
    assert entry_point._without_click(arguments) is None
    assert calls == []


@pytest.mark.parametrize("name", ["VAULTKIT_VAULT", "VAULTKIT_COLOR", "VAULTKIT_JOBS", "_VAULTKIT_COMPLETE"])
def test_options_in_the_environment_are_for_click(calls: list[Any], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    assert entry_point._without_click(["check"]) is None
    assert calls == []
