"""What git remembers of a file that a link or embed asks for."""

from __future__ import annotations

import os
import subprocess

import pytest

from vaultkit.base.store import Store
from vaultkit.config import Config
from vaultkit.lint.check import check_folder
from vaultkit.lint.finding import Finding
from vaultkit.lint.plan import plan_of
from vaultkit.vault import git_history as history
from vaultkit.vault.workspace import Workspace

IDENTITY = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


def git(folder, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_COMMITTER_DATE": "2024-05-02T12:00:00Z", "GIT_AUTHOR_DATE": "2024-05-02T12:00:00Z"}
    done = subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True, env=environment)
    return done.stdout.decode().strip()


@pytest.fixture
def vault(tmp_path, monkeypatch):
    """A vault below the top of a repository; ``commit(files)`` writes (None: deletes) and commits, ``move`` renames."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    git_folder = tmp_path / "repository"
    root = git_folder / "notes"
    (root / ".obsidian").mkdir(parents=True)
    git(git_folder, "init", "-q")

    class Work:
        path = root

        def commit(self, files):
            for name, content in files.items():
                place = root / name
                if content is None:
                    place.unlink()
                    continue
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(content)
            return self._commit()

        def move(self, old, new):
            (root / new).parent.mkdir(parents=True, exist_ok=True)
            git(root, "mv", old, new)
            return self._commit()

        def _commit(self):
            git(root, "add", "-A")
            git(root, "commit", "-q", "-m", "x", "--allow-empty")
            return git(root, "rev-parse", "--short", "HEAD")

    return Work()


def found(vault, *codes) -> tuple[Finding, ...]:
    config = Config()
    return check_folder(Workspace(str(vault.path), config, has_store=False), plan_of(config, select=codes))[1].findings


def lines(vault, *codes):
    return [(one.code, one.severity, one.message, one.help) for one in found(vault, *codes)]


TEXT = "A text of some length, so that git sees that it is the same.\n"


def test_a_note_that_was_renamed(vault):
    vault.commit({"Old.md": TEXT, "a.md": "[[Old]] [[Old#Part|it]]"})
    commit = vault.move("Old.md", "x/New.md")
    said = ("LK001", "warning", f"no note named `Old`: renamed to `x/New.md` in {commit}", "write `[[New]]`")
    assert lines(vault, "LK001") == [said, said]
    fixes = [one.fix for one in found(vault, "LK001")]
    assert [fix and (fix.is_safe, fix.edits[0].replacement) for fix in fixes] == [(False, "New"), (False, "New#Part")]


def test_a_note_that_was_renamed_twice_and_one_that_was_renamed_and_deleted(vault):
    vault.commit({"Old.md": TEXT, "Lost.md": TEXT * 2 + "lost", "a.md": "[[Old]] [[Lost]]"})
    first = vault.move("Old.md", "Middle.md")
    second = vault.move("Lost.md", "Later.md")
    vault.move("Middle.md", "New.md")
    vault.commit({"Later.md": None})
    assert [line[2] for line in lines(vault, "LK001")] == [
        f"no note named `Old`: renamed to `New.md` in {first}",
        f"no note named `Lost`: `Lost.md` was renamed in {second} and no longer exists",
    ]


def test_a_note_that_was_deleted(vault):
    vault.commit({"Sub/Old note.md": TEXT, "a.md": "[[Old note]]"})
    commit = vault.commit({"Sub/Old note.md": None})
    assert lines(vault, "LK001") == [
        (
            "LK001",
            "warning",
            f"no note named `Old note`: `Sub/Old note.md` was deleted in {commit} on 2024-05-02",
            f"run `git checkout {commit}^ -- 'Sub/Old note.md'` to restore it",
        )
    ]


def test_paths_and_pictures(vault):
    vault.commit(
        {
            "img/p.png": TEXT,
            "img/q.png": "q" * 200,
            "old/T.md": TEXT + "t",
            "x/a.md": "[t](../old/T.md) ![[p.png]] ![](../img/q.png)",
        }
    )
    deleted = vault.commit({"img/p.png": None})
    vault.move("old/T.md", "new/Topic.md")
    renamed = vault.move("img/q.png", "pictures/q-1.png")
    moved = git(vault.path, "rev-parse", "--short", "HEAD~1")
    assert lines(vault, "LK002", "EM001") == [
        (
            "LK002",
            "error",
            f"`../old/T.md` does not exist in this vault: renamed to `new/Topic.md` in {moved}",
            "did you mean `new/Topic.md`?",
        ),
        (
            "EM001",
            "error",
            f"missing attachment `p.png`: `img/p.png` was deleted in {deleted} on 2024-05-02",
            f"run `git checkout {deleted}^ -- img/p.png` to restore it",
        ),
        (
            "EM001",
            "error",
            f"missing attachment `../img/q.png`: renamed to `pictures/q-1.png` in {renamed}",
            "",
        ),
    ]
    edits = [one.fix.edits[0].replacement for one in found(vault, "LK002", "EM001") if one.fix]
    assert edits == ["../new/Topic.md", "../pictures/q-1.png"]


def test_a_note_that_never_was(vault):
    vault.commit({"a.md": "[[Nowhere]]"})
    assert lines(vault, "LK001") == [("LK001", "info", "no note named `Nowhere`", "")]


def test_the_history_is_asked_once_and_then_for_new_commits_only(vault, monkeypatch):
    asked = []
    ask = history._ask

    def counted(root, *arguments):
        if arguments[0] == "log":
            asked.append(arguments[-3])
        return ask(root, *arguments)

    monkeypatch.setattr(history, "_ask", counted)
    vault.commit({"Old.md": TEXT, "Older.md": TEXT + "b", "a.md": "[[Old]] [[Older]]"})
    vault.commit({"Older.md": None})
    lines(vault, "LK001")
    lines(vault, "LK001")
    head = git(vault.path, "rev-parse", "HEAD")
    assert asked == [head]
    vault.commit({"Old.md": None})
    assert [line[1] for line in lines(vault, "LK001")] == ["warning", "warning"]
    assert asked == [head, f"{head}..{git(vault.path, 'rev-parse', 'HEAD')}"]


def test_a_history_that_was_rewritten_is_asked_anew(vault):
    vault.commit({"a.md": "[[Old]]"})
    vault.commit({"Old.md": TEXT})
    vault.commit({"Old.md": None})
    assert [line[1] for line in lines(vault, "LK001")] == ["warning"]
    git(vault.path, "reset", "-q", "--hard", "HEAD~2")
    vault.commit({"b.md": ""})
    assert [line[1] for line in lines(vault, "LK001")] == ["info"]


def test_a_broken_cache_is_no_history(vault, tmp_path):
    vault.commit({"Old.md": TEXT, "a.md": "[[Old]]"})
    vault.commit({"Old.md": None})
    expected = lines(vault, "LK001")
    store = Store.of(vault.path)
    head = git(vault.path, "rev-parse", "HEAD").encode()
    for stamp, value in ((b"x", b"\x05"), (head, b""), (head, b"\x91\x01"), (head, b"\xc1"), (b"\xff", b"\x90")):
        store.write("git history", [("", stamp, value)])
        assert lines(vault, "LK001") == expected, value


def test_outside_of_git_and_before_the_first_commit(tmp_path, vault):
    (vault.path / "a.md").write_text("[[Old]]")
    assert [line[1] for line in lines(vault, "LK001")] == ["info"]
    assert history.history_of(str(tmp_path / "nowhere")).find("Old", ()) is None
