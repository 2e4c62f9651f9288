"""``check --staged``: what the hook judges, in the formats and with the options of ``check``."""

from __future__ import annotations

import json

import pytest
from repositories import Repository

from vaultkit.cli.entry_point import run


@pytest.fixture
def staged(repository: Repository, monkeypatch, capsys):
    """``staged(*arguments)``: status, findings as (code, path, line), and what was said."""
    for name, value in repository.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(repository.top)
    for path, text in {"a.md": "[[b]] [[old debt]]\n", "b.md": "# B\n", "c.md": "[[b#B]]\n"}.items():
        (repository.top / path).write_text(text)
    repository.git("add", ".")
    repository.git("commit", "-q", "-m", "first")

    def check(*arguments):
        status = run(["check", "--staged", "--output-format", "json", *arguments])
        out, err = capsys.readouterr()
        found = json.loads(out)["findings"] if out.startswith("{") else []
        return status, [(entry["code"], entry["path"], entry["line"]) for entry in found], err

    return check


def test_nothing_staged(staged):
    assert staged()[:2] == (0, [])
    assert "no file of the vault is staged" in staged()[2]


def test_the_staged_text_counts_not_the_one_on_disk(repository, staged):
    (repository.top / "n.md").write_text("[[xx://nowhere]]\n")
    repository.git("add", "n.md")
    (repository.top / "n.md").write_text("[[a]]\n")
    (repository.top / "untracked.md").write_text("[[xx://nowhere]]\n")
    assert staged()[:2] == (1, [("LK001", "n.md", 1)])


def test_what_the_commit_breaks_elsewhere_is_told_and_old_debts_are_not(repository, staged):
    repository.git("rm", "-q", "b.md")
    status, found, err = staged()
    assert (status, found) == (1, [("LK001", "a.md", 1), ("LK001", "c.md", 1)])
    assert "deleting `b.md` breaks 2 links" in err
    assert staged("c.md")[:2] == (1, [("LK001", "c.md", 1)])
    assert staged("--exit-zero")[0] == 0


def test_options_of_check_hold(repository, staged):
    (repository.top / "n.md").write_text("[[xx://nowhere]]\n")
    repository.git("add", "n.md")
    assert staged("--ignore", "LK001")[:2] == (0, [])
    assert staged("--severity", "LK001=info")[0] == 0
    assert staged("a.md")[:2] == (0, [])
    run(["baseline", "create"])
    assert staged()[:2] == (0, [])
    assert staged("--no-baseline")[0] == 1


@pytest.mark.parametrize(
    "option", ["--fix", "--diff", "--watch", "--no-index", "--new-since=HEAD", "--add-suppressions"]
)
def test_options_that_do_not_go_together(staged, option):
    assert staged(option)[0] == 2


def test_without_git_the_whole_vault_is_checked(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.md").write_text("[[xx://nowhere]]")
    monkeypatch.chdir(tmp_path)
    assert run(["check", "--staged", "--isolated"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("a.md:1:1: warning LK001")
    assert "checking the whole vault" in err
