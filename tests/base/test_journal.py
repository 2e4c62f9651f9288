"""The next command undoes what a killed run left half done, and never changes what another program wrote."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vaultkit.base import atomic_write, journal
from vaultkit.base.atomic_write import FileChange, write_changes, write_together, write_whole
from vaultkit.base.journal import NAME, open_journal, recover
from vaultkit.cli.entry_point import run

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
CALLS = ("open", "write", "fsync", "mkdir", "rename", "replace", "link", "unlink", "chmod", "stat", "lseek", "rmdir")
TEXTS = {
    "a.md": "a [[old]]\n",
    "b.md": "b\n" * 50_000,
    "d/old.md": "[x](y.md)\n",
    "d/y.md": "",
    "twin.md": "two names\n",
}
CHANGES = [
    FileChange("a.md", b"a [[old]]\n", b"a [[new]]\n"),
    FileChange("b.md", b"b\n" * 50_000, b"c\n" * 40_000),
    FileChange("e/f/new.md", b"[x](y.md)\n", b"[x](../../d/y.md)\n"),
    FileChange("g/born.md", None, b"born\n"),
    FileChange("twin.md", b"two names\n", b"two names, one file, and a longer text\n"),
]
RENAMES = [("d/old.md", "e/f/new.md")]


@pytest.fixture(params=["in one step", "by a second name", "without hard links"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the system and the disk can do."""
    if request.param != "in one step":
        monkeypatch.setattr("vaultkit.base.rename._system_call", lambda: None)
    return str(request.param)


def make(root: Path) -> None:
    for path, text in TEXTS.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    if hasattr(os, "link"):
        os.link(root / "twin.md", root / "twin 2.md")


def tree(root: Path) -> dict[str, str | None]:
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8") if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def calls_until_killed(act: Callable[[], object], last: int, *, has_links: bool = True) -> bool:
    """Run ``act`` in a process that ends, as if killed, before its call number ``last``; whether it came so far."""
    child = os.fork()
    if child == 0:
        count = 0
        for name in CALLS:
            real = getattr(os, name)

            def counted(*arguments, real=real, name=name, **options):
                nonlocal count
                count += 1
                if count == last:
                    os._exit(9)
                if name == "link" and not has_links:
                    raise OSError(95, "Operation not supported")
                return real(*arguments, **options)

            setattr(os, name, counted)
        try:
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def states(tmp_path: Path, disk: str, act: Callable[[str], object], step: int = 1) -> Iterator[tuple[Path, int]]:
    """A vault for each moment at which ``act`` can be killed, as it is then."""
    moment = step
    while True:
        root = tmp_path / "vault"
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        make(root)
        if not calls_until_killed(lambda root=root: act(str(root)), moment, has_links=disk != "without hard links"):
            return
        yield root, moment
        moment += step


@needs_fork
def test_killed_at_any_call_all_is_as_before_or_done(tmp_path: Path, disk: str) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    make(whole)
    before = tree(whole)
    write_together(str(whole), CHANGES, RENAMES)
    after = tree(whole)
    assert after["e/f/new.md"] == "[x](../../d/y.md)\n" and after["twin 2.md"] == after["twin.md"]
    seen = set()
    for root, moment in states(tmp_path, disk, lambda root: write_together(root, CHANGES, RENAMES)):
        recover(str(root))
        now = tree(root)
        assert now in (before, after), f"call {moment}"
        seen.add(now == after)
        if now == before:
            write_together(str(root), CHANGES, RENAMES)
            assert tree(root) == after, f"call {moment}, again"
    assert seen == {False, True}


@needs_fork
def test_killed_at_any_call_each_file_is_old_or_new(tmp_path: Path, disk: str) -> None:
    changes = [CHANGES[0], CHANGES[1], CHANGES[4]]
    for root, moment in states(tmp_path, disk, lambda root: write_changes(root, changes)):
        recover(str(root))
        now = tree(root)
        for change in changes:
            assert change.before is not None
            assert now[change.path] in (change.before.decode(), change.after.decode()), f"call {moment}"
        assert set(now) == {*TEXTS, "d", "twin 2.md"}, f"call {moment}"


@needs_fork
def test_killed_while_it_undoes(tmp_path: Path, disk: str) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    make(root)
    before = tree(root)
    (tmp_path / "x").mkdir()
    for killed, _ in states(tmp_path / "x", disk, lambda root: write_together(root, CHANGES, RENAMES), step=23):
        moment = 1
        while calls_until_killed(lambda killed=killed: recover(str(killed)), moment):
            moment += 7
        recover(str(killed))
        assert tree(killed) == before or (killed / "e/f/new.md").exists()
        assert not list(killed.rglob(".*"))


@needs_fork
@pytest.mark.parametrize("path", ["a.md", "b.md", "e/f/new.md", "g/born.md", "twin.md"])
def test_what_is_written_after_the_kill_stays(tmp_path: Path, disk: str, path: str) -> None:
    for root, moment in states(tmp_path, disk, lambda root: write_together(root, CHANGES, RENAMES), step=5):
        if (root / path).exists():
            with open(root / path, "a", encoding="utf-8") as file:
                file.write("EDITED\n")
            recover(str(root))
            texts = [text for text in tree(root).values() if text]
            assert any(text.endswith("EDITED\n") for text in texts), f"call {moment}"
            assert not [name for name in tree(root) if name.endswith((".tmp", NAME))], f"call {moment}"


@needs_fork
def test_the_next_command_undoes_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    (root / "a.md").write_text("[[b]]\n")
    (root / "b.md").write_text("# b\n")
    monkeypatch.chdir(root)

    def dying(journal: object) -> None:
        os._exit(9)

    monkeypatch.setattr(atomic_write.Journal, "is_done", dying)
    child = os.fork()
    if child == 0:
        run(["move", "b.md", "c.md"])
        os._exit(0)
    os.waitpid(child, 0)
    monkeypatch.undo()
    monkeypatch.chdir(root)
    assert (root / "c.md").exists()
    assert run(["check"]) == 0
    assert "an earlier run was killed while it wrote; 2 files are as before it" in capsys.readouterr().err
    assert tree(root) == {".obsidian": None, "a.md": "[[b]]\n", "b.md": "# b\n"}
    assert run(["move", "b.md", "c.md"]) == 0
    assert tree(root) == {".obsidian": None, "a.md": "[[c]]\n", "c.md": "# b\n"}


FOREIGN = [
    pytest.param({"renames": [["a.md", "b.md"]]}, id="renames"),
    pytest.param({"files": [["b.md", "0" * 32, "1" * 32]], "together": True}, id="texts"),
    pytest.param({"files": [["../outside.md", "0" * 32, "1" * 32]]}, id="outside"),
    pytest.param({"files": 3, "renames": {"a": 1}}, id="nonsense"),
]


@pytest.mark.parametrize("document", FOREIGN)
@pytest.mark.parametrize("is_ours", [False, True], ids=["of another disk", "of this file"])
def test_a_journal_that_came_with_the_vault(tmp_path: Path, document: dict[str, object], is_ours: bool) -> None:
    """It is not obeyed, and in no case leads out of the vault or ends in a traceback."""
    root = tmp_path / "vault"
    root.mkdir()
    (root / "b.md").write_text("b")
    (tmp_path / "outside.md").write_text("outside")
    (root / NAME).touch()
    number = (root / NAME).stat().st_ino if is_ours else 12345
    lines = [{"version": 1, "file": number, "process": 999_999_999}, document]
    (root / NAME).write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = recover(str(root))
    assert found is not None
    assert (tmp_path / "outside.md").read_text() == "outside"
    if not is_ours:
        assert tree(root) == {"b.md": "b"} and not found.left and not found.undone


@pytest.mark.parametrize("data", [b"", b"{", b"[]\n", b"\xff\n", b"[" * 100_000 + b"\n", b"3\nnull\n"])
def test_a_journal_that_is_none_is_deleted(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    recover(str(tmp_path))
    assert not (tmp_path / NAME).exists()
    assert write_changes(str(tmp_path), []).refused == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_for_a_journal(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    os.mkfifo(tmp_path / NAME)
    written = write_changes(str(tmp_path), [FileChange("a.md", b"old", b"new")])
    assert written.refused and "not a regular file" in written.refused[0][1] + str(recover(str(tmp_path)))


@needs_fork
def test_a_living_run_is_waited_for_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    reading, writing = os.pipe()
    release, released = os.pipe()
    child = os.fork()
    if child == 0:
        held = open_journal(str(tmp_path))
        os.write(writing, b"x")
        os.read(release, 1)
        held.close()
        os._exit(0)
    os.read(reading, 1)
    assert recover(str(tmp_path)) is None and (tmp_path / NAME).exists()
    with monkeypatch.context() as patch:
        patch.setattr(atomic_write, "open_journal", lambda root: open_journal(root, wait=0.1))
        written = write_changes(str(tmp_path), [FileChange("a.md", b"old", b"new")])
    assert written.refused == (("a.md", "is left, since another run of vaultkit is writing to the vault"),)
    os.write(released, b"x")
    assert write_changes(str(tmp_path), [FileChange("a.md", b"old", b"new")]).paths == ("a.md",)
    os.waitpid(child, 0)


@pytest.mark.parametrize("how", ["in place", "by another file"])
@pytest.mark.parametrize("is_together", [True, False], ids=["together", "each"])
def test_an_edit_in_the_last_moment(tmp_path: Path, monkeypatch, disk: str, how: str, is_together: bool) -> None:
    """Between the last look at the file and the step that replaces it."""
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "b.md").write_bytes(b"old")
    if disk == "without hard links":
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(95, "Operation not supported")))
    if disk == "without hard links" or (disk == "by a second name" and how == "by another file"):
        pytest.skip("this system cannot tell")
    real = atomic_write._swap

    def late(target, hidden, change, *, is_like):
        if target.endswith("b.md"):
            if how == "in place":
                (tmp_path / "b.md").write_bytes(b"edited")
            else:
                (tmp_path / "b2").write_bytes(b"edited")
                os.replace(tmp_path / "b2", tmp_path / "b.md")
        real(target, hidden, change, is_like=is_like)

    monkeypatch.setattr(atomic_write, "_swap", late)
    changes = [FileChange("a.md", b"old", b"new"), FileChange("b.md", b"old", b"new")]
    if is_together:
        with pytest.raises(ValueError, match=r"b\.md changed since it was read"):
            write_together(str(tmp_path), changes)
        assert tree(tmp_path) == {"a.md": "old", "b.md": "edited"}
    else:
        assert write_changes(str(tmp_path), changes).refused == (("b.md", "changed since it was read"),)
        assert tree(tmp_path) == {"a.md": "new", "b.md": "edited"}


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="the system has no extended attributes here")
def test_owner_mode_attributes_and_hard_links_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 1234, 2345)
    try:
        os.setxattr(path, "user.tag", b"red")
    except OSError:
        pytest.skip("the disk has no extended attributes")
    for before, after in ((b"old", b"new"), (b"new", b"newer")):
        owner = path.stat().st_uid, path.stat().st_gid
        assert write_changes(str(tmp_path), [FileChange("a.md", before, after)]).paths == ("a.md",)
        assert (path.stat().st_uid, path.stat().st_gid) == owner and path.stat().st_mode & 0o777 == 0o640
        assert os.getxattr(path, "user.tag") == b"red"
    os.link(path, tmp_path / "b.md")
    write_together(str(tmp_path), [FileChange("a.md", b"newer", b"newest, and longer")])
    assert (tmp_path / "b.md").read_bytes() == b"newest, and longer" and (tmp_path / "b.md").samefile(path)
    write_changes(str(tmp_path), [FileChange("b.md", b"newest, and longer", b"s")])
    assert path.read_bytes() == b"s" and not list(tmp_path.rglob(".*"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root, to make a file of another user")
@needs_fork
def test_a_note_of_another_user_keeps_its_owner(tmp_path: Path) -> None:
    """The folder is open to both; a new file would be of the one that runs vaultkit."""
    tmp_path.chmod(0o777)
    for folder in tmp_path.parents:
        if folder.stat().st_uid == 0 and folder.name.startswith("pytest"):
            folder.chmod(0o755)
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o666)
    os.chown(path, 1234, 1234)
    child = os.fork()
    if child == 0:
        os.setuid(4321)
        written = write_changes(str(tmp_path), [FileChange("a.md", b"old", b"new")])
        os._exit(0 if written.paths == ("a.md",) else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert path.read_bytes() == b"new" and path.stat().st_uid == 1234 and not list(tmp_path.rglob(".*"))


def test_a_file_on_its_own_is_swept_and_locked(tmp_path: Path) -> None:
    left = tmp_path / ".vaultkit-0123456789abcdef.part"
    left.write_bytes(b"half")
    (tmp_path / "keep.part").write_bytes(b"mine")
    write_whole(str(tmp_path / "r.json"), b"new")
    assert tree(tmp_path) == {"keep.part": "mine", "r.json": "new"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
@needs_fork
def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    child = os.fork()
    if child == 0:
        write_whole(str(tmp_path / "pipe"), b"data")
        os._exit(0)
    assert (tmp_path / "pipe").read_bytes() == b"data"
    os.waitpid(child, 0)
    write_whole(os.devnull, b"data")
    assert (tmp_path / "pipe").is_fifo()


def test_the_folder_of_another_disk_is_not_asked_for_its_number(tmp_path: Path) -> None:
    assert journal.recover(str(tmp_path)) is not None and tree(tmp_path) == {}
