"""`check --changed`, the hooks of agents and the skill: what an edit broke, here and in other notes."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import click
import pytest

from vaultkit.cli.after_edit import AGENT_FILES, agent_settings, edited_paths
from vaultkit.cli.app import group
from vaultkit.cli.commands.skill import skill_text
from vaultkit.cli.entry_point import run
from vaultkit.vault import stamps


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stamps, "TICK_NS", -10_000_000_000)  # what is on disk counts as settled
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("# Part\n", "utf-8")
    (tmp_path / "b.md").write_text("[[a#Part]] ![[gone.png]]\n", "utf-8")
    (tmp_path / "c.md").write_text("[[a]]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def changed(capsys: pytest.CaptureFixture[str], *paths: str) -> tuple[int, list[str], str]:
    status = run(["check", "--changed", *paths, "--output-format", "concise"])
    out, err = capsys.readouterr()
    return status, [line.partition(" ")[0] for line in out.splitlines() if re.match(r"\S+:\d+:", line)], err


def test_what_an_edit_breaks_elsewhere_is_reported_and_old_faults_are_not(vault, capsys):
    status, lines, err = changed(capsys, "a.md")
    assert (status, lines) == (0, [])
    assert "no earlier check" in err
    (vault / "a.md").write_text("# Piece\n", "utf-8")
    status, lines, err = changed(capsys, "a.md")
    assert (status, lines) == (1, ["b.md:1:1:"])
    assert "1 finding in other notes" in err
    (vault / "a.md").write_text("# Part\n", "utf-8")
    status, lines, err = changed(capsys, "a.md")
    assert (status, lines) == (0, [])
    assert "1 finding gone" in err


def test_the_named_note_is_reported_whole(vault, capsys):
    changed(capsys, "a.md")
    assert changed(capsys, "b.md")[1] == ["b.md:1:12:"]


def test_a_note_that_was_deleted_can_be_named(vault, capsys):
    changed(capsys, "a.md")
    (vault / "a.md").unlink()
    status, lines, _ = changed(capsys, "a.md")
    assert status == 1
    assert {line.partition(":")[0] for line in lines} == {"b.md", "c.md"}


def test_json(vault, capsys):
    changed(capsys, "a.md")
    (vault / "a.md").write_text("# Piece\n", "utf-8")
    assert run(["check", "--changed", "a.md", "--output-format", "json"]) == 1
    shown = capsys.readouterr().out
    assert '"b.md"' in shown
    json.loads(shown)


@pytest.mark.parametrize(
    "arguments", [[], ["a.md", "--fix"], ["a.md", "--diff"], ["a.md", "--no-index"], ["../x.md", "--vault", "."]]
)
def test_calls_that_cannot_be(vault, arguments):
    assert run(["check", "--changed", *arguments]) == 2


@pytest.mark.parametrize(
    ("message", "paths"),
    [
        ({"cwd": "/v", "tool_input": {"file_path": "/v/a.md"}}, ["/v/a.md"]),
        ({"cwd": "/v", "tool_input": {"file_path": "a.md"}}, ["/v/a.md"]),
        ({"workspace_roots": ["/v"], "file_path": "sub/a.md"}, ["/v/sub/a.md"]),
        ({"cwd": "/v", "tool_input": {"file_path": "/v/a.py"}}, []),
        ({"tool_input": {"command": "ls"}}, []),
        ({"workspace_roots": 5, "file_path": "a.md"}, ["a.md"]),
        ({"workspace_roots": [], "tool_input": 1, "file_path": ["a.md"]}, []),
    ],
)
def test_the_message_of_an_agent(message, paths):
    assert edited_paths(json.dumps(message)) == paths


@pytest.mark.parametrize("message", ["", "x", "[]", "[" * 50_000])
def test_what_is_no_message_of_an_agent(vault, capsys, monkeypatch, message):
    monkeypatch.setattr("sys.stdin", io.StringIO(message))
    assert run(["hook", "edited", "--agent", "gemini"]) == 2
    assert "not the JSON of an agent's hook" in capsys.readouterr().err


@pytest.mark.parametrize(("agent", "status"), [("claude", 2), ("gemini", 2), ("cursor", 0)])
def test_an_agent_hears_what_its_edit_broke(vault, capsys, monkeypatch, agent, status):
    changed(capsys, "a.md")
    (vault / "a.md").write_text("# Piece\n", "utf-8")
    message = json.dumps({"cwd": str(vault), "tool_input": {"file_path": str(vault / "a.md")}})
    monkeypatch.setattr("sys.stdin", io.StringIO(message))
    assert run(["hook", "edited", "--agent", agent]) == status
    out, err = capsys.readouterr()
    told = json.loads(out)["additional_context"] if agent == "cursor" else err
    assert "b.md:1:1" in told
    monkeypatch.setattr("sys.stdin", io.StringIO(message))
    assert run(["hook", "edited", "--agent", agent]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("agent", sorted(AGENT_FILES))
def test_the_settings_of_an_agent_call_a_command_that_exists(agent, capsys):
    call = re.search(r"vaultkit (hook edited --agent \w+)", agent_settings(agent))
    assert call is not None
    assert run([*call[1].split(), "--help"]) == 0
    assert json.loads(agent_settings(agent))["hooks"]


def test_the_skill_names_commands_that_exist():
    context = click.Context(group)
    for line in re.findall(r"vaultkit ([a-z:]+(?: [a-z]+)?)", skill_text()):
        first, _, second = line.partition(" ")
        found = group.get_command(context, first)
        assert found is not None or first == "reads", line
        if isinstance(found, click.Group) and second:
            assert found.get_command(context, second) is not None, line
    assert len(skill_text().split()) < 600


def test_the_skill_is_installed_once(vault, capsys):
    path = vault / ".claude" / "skills" / "vaultkit" / "SKILL.md"
    assert run(["skill", "install"]) == 0
    assert path.read_text("utf-8") == skill_text()
    assert run(["skill", "install"]) == 0
    path.write_text("mine", "utf-8")
    assert run(["skill", "install"]) == 2
    assert path.read_text("utf-8") == "mine"
    assert run(["skill", "install", "--force"]) == 0
    assert path.read_text("utf-8") == skill_text()
