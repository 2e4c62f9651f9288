"""Where ``vaultkit check`` writes its reports."""

from __future__ import annotations

import json

import pytest

from vaultkit.cli.entry_point import run


@pytest.fixture
def vault(tmp_path, monkeypatch):
    root = tmp_path / "repository" / "vault"
    (root / ".obsidian").mkdir(parents=True)
    (root.parent / ".git").mkdir()
    (root / "a.md").write_text("[[xx://x]] and %% [[yy://y]] %%\n")
    monkeypatch.chdir(root)
    return root


def test_several_reports_of_one_run(vault, capsys):
    assert run(["check", "-o", "sarif:out.sarif", "-o", "junit:out.xml"]) == 1
    assert (
        capsys.readouterr().out
        == "a.md:1:1: warning LK001 missing-note: `xx://x` is a URL, not a note; write `[text](URL)`\n"
    )
    results = json.loads((vault / "out.sarif").read_text())["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
    assert places == ["vault/a.md", "vault/a.md"]
    assert (vault / "out.xml").read_text().startswith("<?xml")


def test_a_file_without_format_takes_what_the_screen_would_get(vault, capsys):
    assert run(["check", "--output-format", "grouped", "-o", "out.txt"]) == 1
    assert capsys.readouterr().out == ""
    assert (vault / "out.txt").read_text().startswith("a.md (1)\n")


def test_a_file_that_cannot_be_written(vault, capsys):
    assert run(["check", "-o", "json:no/such/folder/x.json"]) == 2
    assert "no/such/folder/x.json: cannot be written (No such file or directory)" in capsys.readouterr().err


def test_info_only_where_it_is_asked_for(vault, capsys):
    run(["check", "--show-info"])
    assert capsys.readouterr().out.count("\n") == 2
    run(["check", "--output-format", "json"])
    assert [entry["severity"] for entry in json.loads(capsys.readouterr().out)["findings"]] == ["warning", "info"]


def test_a_flood_of_missing_pictures_is_as_large_as_it_is_told_to_be(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.md").write_text("\n".join(f"![[{n}.png]]" for n in range(8)))
    (tmp_path / "other.png").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    full = ["check", "--isolated", "--output-format", "full"]
    run(full)
    assert "show files that are not in the vault" not in capsys.readouterr().out
    run([*full, "--config", "rules.EM001.group-above = 7"])
    out = capsys.readouterr().out
    assert "missing attachments: 8 embeds in one note have no file" in out
    assert "and 7 more with the same cause" in out
