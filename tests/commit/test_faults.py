"""Every git call and every write that can fail, failed once: the index and the work tree stay as they were."""

from __future__ import annotations

import os
import subprocess

import pytest
from repositories import PICTURE, Repository

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.entry_point import run
from vaultkit.commit.install import install
from vaultkit.commit.repository import Git

FILES = {
    "a.md": "[[b]]\n",
    "b.md": "# B\n",
    "plot.png": PICTURE,
    "twice.md": "![[plot.png|300|300]]\n",
    "more.md": "![[plot.png|40|40]] [[alias of nobody]]\n",
}


@pytest.fixture
def staged(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A deleted note and two notes that can be mended, staged."""
    repository.commit({"a.md": FILES["a.md"], "b.md": FILES["b.md"], "plot.png": PICTURE})
    repository.write({"twice.md": FILES["twice.md"], "more.md": FILES["more.md"], "b.md": None})
    repository.git("add", "-A")
    for name, value in repository.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(repository.top)
    return repository


@pytest.mark.parametrize("arguments", [["hook"], ["hook", "--fix"]], ids=["hook", "hook --fix"])
@pytest.mark.parametrize("kind", ["fails", "is gone"])
def test_each_git_call_fails_once(staged, monkeypatch, capsys, arguments, kind):
    before = staged.state()
    real = subprocess.Popen
    for fail_at in range(40):
        calls = iter(range(1_000))

        def failing(command, *rest, calls=calls, fail_at=fail_at, **options):
            # A run without the history of renamed files says less about old links, and nothing else.
            is_history = "--diff-filter=RD" in command or "merge-base" in command or command[-2:] == ["--quiet", "HEAD"]
            if os.path.basename(command[0]) == "git" and not is_history and next(calls) == fail_at:
                if kind == "is gone":
                    raise FileNotFoundError(2, "No such file or directory", "git")
                command = ["sh", "-c", "echo some output; echo 'fatal: disk on fire' >&2; exit 128"]
            return real(command, *rest, **options)

        with monkeypatch.context() as patch:
            patch.setattr(subprocess, "Popen", failing)
            status = run(arguments)
        told = capsys.readouterr()
        has_failed = next(calls) > fail_at
        if not has_failed:
            assert status == 1 and "deleting `b.md` breaks 1 link:" in told.out
            break
        assert staged.state() == before, f"git call {fail_at + 1}"
        assert status in (1, 2), f"git call {fail_at + 1}: a failure may not read as success"
        assert "disk on fire" in told.err or "git is not installed" in told.err
        staged_before = staged.state()
        assert staged_before == before
    assert fail_at >= 4


@pytest.mark.parametrize("call", ["open", "fsync"])
def test_each_write_fails_once(staged, monkeypatch, capsys, call):
    """A note is mended whole or not at all, and the index is never touched."""
    index, files = staged.state()
    real = getattr(os, call)
    seen = 0
    for fail_at in range(12):
        calls = iter(range(10_000))

        def failing(*arguments, calls=calls, fail_at=fail_at, **options):
            inside = call == "fsync" or call == "fchmod" or str(staged.top) in os.fspath(arguments[0])
            if inside and next(calls) == fail_at:
                raise OSError(28, "No space left on device")
            return real(*arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            status = run(["hook", "--fix"])
        has_failed = next(calls) > fail_at
        run(["stats"])  # the next command takes away what a failure left
        capsys.readouterr()
        now_index, now = staged.state()
        assert (status, now_index) == (1, index)
        for path, data in files.items():
            assert now[path] in (data, data.replace(b"|300|300", b"|300").replace(b"|40|40", b"|40"))
        assert now.keys() == files.keys(), "nothing is left behind"
        staged.git("checkout-index", "-f", "-a")
        seen += has_failed
        if not has_failed:
            break
    assert seen


@pytest.mark.parametrize("call", ["rename", "replace", "chmod", "fsync"])
def test_each_step_of_install_fails_once(repository, monkeypatch, call):
    repository.commit({"a.md": ""})
    hooks = repository.top / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "pre-commit").write_text("#!/bin/sh\n")

    def state():
        return {path.name: path.read_bytes() for path in hooks.iterdir()}

    before = state()
    real = getattr(os, call)
    failures = 0
    for fail_at in range(10):
        calls = iter(range(100))

        def failing(*arguments, calls=calls, fail_at=fail_at, **options):
            if next(calls) == fail_at:
                raise OSError(13, "Permission denied")
            return real(*arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            try:
                install(Git(str(repository.top)))
            except VaultkitError:
                failures += 1
                assert state() == before
                continue
        break
    assert failures
    assert sorted(set(state()) - set(before)) == ["pre-commit.before-vaultkit", "pre-merge-commit"]


def test_a_cache_that_cannot_be_read_or_written_is_no_matter(staged, monkeypatch, tmp_path):
    expected = staged.hook()
    cache = tmp_path / "cache"
    files = list((cache / "vaults").iterdir())
    assert files
    for file in files:
        file.write_bytes(b"\xff\x00 broken")
    assert staged.hook() == expected
    blocked = tmp_path / "a file"
    blocked.write_text("")
    staged.environment["VAULTKIT_CACHE_DIR"] = str(blocked)
    assert staged.hook() == expected
    assert blocked.read_text() == ""
