"""``vaultkit baseline``, and ``check`` with one."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from vaultkit.cli.entry_point import run

FILE = ".vaultkit-baseline.json"


@pytest.fixture
def vault(tmp_path, monkeypatch):
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("[[xx://x]]\n[[yy://y]]\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def called(capsys, *arguments):
    status = run(list(arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_from_create_to_prune(vault, capsys):
    assert called(capsys, "baseline", "create")[0] == 0
    assert called(capsys, "check") == (0, "", "note: 2 old findings hidden\n")
    assert called(capsys, "check", "--no-baseline")[0] == 1
    assert called(capsys, "baseline", "show")[1] == "a.md: 2 LK001\n"
    (vault / "a.md").write_text("more\n[[yy://y]]\n[[zz://z]]\n")
    stale = (
        "a.md:1:1: warning VK001 unused-suppression: 1 stale baseline entry for LK001: "
        "no such finding in this file; run `vaultkit baseline prune` to remove stale entries\n"
    )
    assert called(capsys, "check")[:2] == (
        1,
        stale + "a.md:3:1: warning LK001 missing-note: `zz://z` is a URL, not a note; write `[text](URL)`\n",
    )
    assert called(capsys, "check", "--ignore", "VK001")[1].startswith("a.md:3:1")
    assert called(capsys, "check", "--ignore", "LK")[:2] == (0, ""), "of rules that do not run nothing is known"
    (vault / "a.md").write_text("more\n[[yy://y]]\n")
    assert called(capsys, "check")[0] == 0
    status, out, _ = called(capsys, "check", "--strict-baseline")
    assert (status, out.count("VK001")) == (1, 1)
    assert called(capsys, "baseline", "prune")[0] == 0
    assert called(capsys, "check", "--strict-baseline")[:2] == (0, "")
    assert called(capsys, "baseline", "show")[1] == "a.md: 1 LK001\n"


def test_create_never_overwrites_and_the_others_need_one(vault, capsys):
    assert called(capsys, "baseline", "update")[0] == 2
    assert called(capsys, "baseline", "create")[0] == 0
    status, _, err = called(capsys, "baseline", "create")
    assert (status, "the baseline exists already" in err) == (2, True)
    (vault / "a.md").write_text("[[zz://z]]\n")
    assert called(capsys, "baseline", "update")[0] == 0
    assert called(capsys, "check")[0] == 0


def test_it_lies_beside_the_configuration(vault, capsys):
    (vault / "vaultkit.toml").write_text("")
    assert called(capsys, "baseline", "create")[0] == 0
    assert (vault / FILE).exists()
    assert called(capsys, "baseline", "create", "--baseline", "other.json")[0] == 0
    assert called(capsys, "check", "--baseline", "missing.json")[0] == 2


def test_old_findings_stay_in_sarif(vault, capsys):
    called(capsys, "baseline", "create")
    _, out, _ = called(capsys, "check", "--output-format", "sarif")
    states = [result["baselineState"] for result in json.loads(out)["runs"][0]["results"]]
    assert states == ["unchanged", "unchanged"]


def test_old_findings_are_mended_all_the_same(vault, capsys):
    (vault / "b 1.md").write_text("")
    (vault / "b.md").write_text("See [a](b 1.md) here\n")
    called(capsys, "baseline", "create")
    assert called(capsys, "check", "--fix")[0] == 0
    assert (vault / "b.md").read_text() == "See [a](<b 1.md>) here\n"


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_renamed_and_edited_as_git_tells(vault, capsys):
    def git(*arguments):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=vault, check=True, capture_output=True)

    (vault / "a.md").write_text("[[xx://x]]\n" + "line\n" * 30)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    called(capsys, "baseline", "create")
    (vault / "Sub").mkdir()
    git("mv", "a.md", "Sub/b.md")
    (vault / "Sub/b.md").write_text("[[xx://x]]\n" + "line\n" * 31)
    git("add", ".")
    assert called(capsys, "check")[:2] == (0, "")
    git("commit", "-qm", "two")
    git("mv", "Sub/b.md", "c.md")
    git("commit", "-qm", "three")
    assert called(capsys, "check")[:2] == (0, "")
