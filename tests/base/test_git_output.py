"""However much git would print, vaultkit reads a limited part of it, and says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vaultkit.base import git as runner
from vaultkit.base.git import read_blobs, run_git
from vaultkit.cli.entry_point import run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


class Repository:
    """A vault in a repository. git: run a command in it, and return what it prints."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / ".obsidian").mkdir(parents=True)
        (folder / "a.md").write_text("# a\n[[b]]\n", "utf-8")
        self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def git(self, *arguments: str, stdin: bytes = b"") -> str:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false")
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=self.folder, capture_output=True, input=stdin, check=True
        )
        return done.stdout.decode().strip()

    def blob(self, data: bytes) -> str:
        return self.git("hash-object", "-w", "--stdin", stdin=data)

    def commit(self, tree: str) -> str:
        """A commit of a tree after the last one, which HEAD is not moved to."""
        return self.git("commit-tree", tree, "-p", "HEAD", "-m", "y")

    def tree(self, kind: str, name: str, names: list[str]) -> str:
        """A folder in which one file, or one folder, has all these names."""
        mode = "040000" if kind == "tree" else "100644"
        return self.git("mktree", stdin="".join(f"{mode} {kind} {name}\t{one}\n" for one in names).encode())


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("VAULTKIT_NO_CACHE", "1")
    monkeypatch.chdir(tmp_path)
    found = Repository(tmp_path / "vault")
    monkeypatch.chdir(found.folder)
    return found


def nested(repository: Repository) -> str:
    """Some hundred bytes that are a thousand million files."""
    tree = repository.tree("blob", repository.blob(b"[[a]]\n"), [f"n{i}.md" for i in range(10)])
    for _ in range(8):
        tree = repository.tree("tree", tree, [f"folder{i}" for i in range(10)])
    return tree


def test_folders_in_folders_in_folders(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    commit = repository.commit(nested(repository))
    for words in (["graph", "diff", "HEAD", commit], ["graph", "stats", "--before", commit]):
        assert run(words) == 2
        assert "git ls-tree printed more than 128 MB" in capsys.readouterr().err


def test_what_git_prints_is_limited(repository: Repository) -> None:
    assert run_git(str(repository.folder), "cat-file", "blob", "HEAD:a.md").stdout == b"# a\n[[b]]\n"
    with pytest.raises(OSError, match="git cat-file printed more than 0 MB"):
        run_git(str(repository.folder), "cat-file", "blob", "HEAD:a.md", most=3)


def test_messages_are_limited(repository: Repository) -> None:
    """Git repeats what it does not know: here 1 MB."""
    done = run_git(str(repository.folder), "cat-file", "blob", "x" * 100_000)
    assert done.returncode == 128 and 0 < len(done.stderr) <= 100_000


def test_a_large_file_is_passed_over(repository: Repository) -> None:
    small, large = repository.blob(b"small"), repository.blob(b"\0" * 10_000_001)
    empty, last = repository.blob(b""), repository.blob(b"x\n\n")
    unknown = "0" * 39 + "1"
    done, found = read_blobs(str(repository.folder), [small, large, unknown, empty, last])
    assert done.returncode == 0
    assert found == {small: b"small", large: None, empty: b"", last: b"x\n\n"}


def test_files_that_are_large_together(repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    """Zeros take no room in a repository."""
    monkeypatch.setattr(runner, "_MOST_CONTENTS", 3000)
    rows = "".join(f"100644 blob {repository.blob(b'%d' % i * 1000)}\tn{i}.md\n" for i in range(9))
    commit = repository.commit(repository.git("mktree", stdin=rows.encode()))
    assert run(["graph", "diff", "HEAD", commit]) == 2
    assert "have more than 0 MB in all" in capsys.readouterr().err


def test_a_large_note_of_a_revision_is_not_read(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """As on disk: the note is there, and its links are unknown."""
    rows = f"100644 blob {repository.blob(b'[[a]]' * 2_000_001)}\tb.md\n100644 blob {repository.blob(b'[[b]]')}\ta.md\n"
    commit = repository.commit(repository.git("mktree", stdin=rows.encode()))
    assert run(["graph", "diff", commit, "HEAD", "--format", "json"]) == 0
    assert run(["graph", "stats", "--before", commit]) == 0


def test_a_large_staged_note_is_not_read(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (repository.folder / "b.md").write_bytes(b"[[gone]] " * 1_200_000)
    repository.git("add", "b.md")
    assert run(["check", "--staged", "--output-format", "concise"]) == 1
    assert "b.md:1:1: error VK003 unreadable-file" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of another process is limited on Linux only")
def test_the_memory_of_git_is_limited(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repository.commit(nested(repository))
    monkeypatch.setattr(runner, "_MOST_MEMORY", 100_000_000)
    done = run_git(str(repository.folder), "diff", "--cached", "--raw", bomb)
    assert done.returncode == 128 and b"out of memory" in done.stderr.lower()


def test_git_that_ends_before_it_has_read_everything(repository: Repository) -> None:
    done = run_git(str(repository.folder), "rev-parse", "HEAD", stdin=b"x" * 1_000_000)
    assert done.returncode == 0 and len(done.stdout) == 41


def test_large_input_and_large_output_at_once(repository: Repository) -> None:
    """Neither waits for the other."""
    name = repository.git("rev-parse", "HEAD:a.md")
    done = run_git(str(repository.folder), "cat-file", "--batch", stdin=f"{name}\n".encode() * 50_000)
    assert done.stdout.count(b"[[b]]") == 50_000
