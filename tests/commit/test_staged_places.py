"""Places in staged files are those of the staged text, whatever the file on the disk holds by then."""

from __future__ import annotations

import json

import pytest
from repositories import PYTHON, Repository

from vaultkit.cli.entry_point import run

CANVAS = '{"nodes": [\n  {"id": "1"},\n  {"id": "2", "type": "file", "file": "gone.md"}\n]}\n'
TEXT_CARD = '{"nodes": [\n  {"id": "1"},\n  {"id": "2", "type": "text", "text": "see ![[gone.png]]"}\n]}\n'
TYPES = '{"types": {"due": "date"}}'
BASE = "views:\n  - type: table\n    name: t\nfilters: [\n"
SHIFTED = "\n\n\n\n\n\n\n"


@pytest.mark.parametrize(
    ("files", "path", "staged", "place"),
    [
        pytest.param({}, "c.canvas", CANVAS, "c.canvas:3:40: error LK002", id="canvas"),
        pytest.param({}, "c.canvas", TEXT_CARD, "c.canvas:3:44: error EM001", id="text card"),
        pytest.param({}, "a.md", "one\n\ntwo ![[gone.png]]\n", "a.md:3:5: error EM001", id="note"),
        pytest.param(
            {".obsidian/types.json": TYPES}, "a.md", "---\np: 1\ndue: soon\n---\n", "a.md:3:6: warning PR007",
            id="property of the wrong type",
        ),
        pytest.param({}, "b.base", BASE, "b.base:5:1: error ST008", id="base"),
        pytest.param({}, "c.canvas", '{"nodes": [\n  {"id": "x",\n', "c.canvas:", id="canvas that is no JSON"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("disk", ["longer", "gone"])
@pytest.mark.parametrize(
    "command", [["check", "--staged", "--output-format", "concise"], ["hook"]], ids=["check", "hook"]
)
def test_places_are_those_of_the_staged_text(repository: Repository, files, path, staged, place, disk, command):
    repository.commit({".obsidian/app.json": "{}", **files})
    repository.write({path: staged})
    repository.git("add", path)
    clean = repository.run(PYTHON, "-m", "vaultkit", *command)
    assert place in clean.stdout, clean.stdout + clean.stderr
    if disk == "longer":
        repository.write({path: SHIFTED + staged})
    else:
        (repository.vault / path).unlink()
    after = repository.run(PYTHON, "-m", "vaultkit", *command)
    assert (after.returncode, after.stdout) == (clean.returncode, clean.stdout), after.stderr


@pytest.mark.parametrize("style", ["full", "json", "gitlab", "sarif", "github", "rdjson"])
def test_every_format_has_them(repository: Repository, style):
    repository.commit({".obsidian/app.json": "{}"})
    repository.write({"c.canvas": CANVAS, "b.base": BASE, "a.md": "x ![[gone.png]]\n"})
    repository.git("add", "-A")
    command = (PYTHON, "-m", "vaultkit", "check", "--staged", "--output-format", style)
    clean = repository.run(*command)
    repository.write({"c.canvas": SHIFTED + CANVAS, "b.base": "{}", "a.md": SHIFTED})
    assert repository.run(*command).stdout == clean.stdout and "gone" in clean.stdout


def test_new_since_compares_with_the_texts_of_then(repository: Repository, monkeypatch, capsys):
    """A base that could not be read before, either, is no new finding."""
    repository.commit({".obsidian/app.json": "{}", "b.base": BASE, "c.canvas": CANVAS})
    repository.commit({"a.md": "![[gone.png]]\n"})
    for name, value in repository.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(repository.top)
    assert run(["check", "--new-since", "HEAD~1", "--output-format", "json"]) == 1
    assert {entry["path"] for entry in json.loads(capsys.readouterr().out)["findings"]} == {"a.md"}
