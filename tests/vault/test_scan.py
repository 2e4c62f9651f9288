"""Reading many notes: processes agree, and what goes wrong with one note stays with it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from vaultkit.vault.note_store import typed_query
from vaultkit.base import process_pool as share
from vaultkit.vault import read_notes as scan
from vaultkit.vault.read_notes import MAX_NOTE_BYTES, read_notes
from vaultkit.note.model import Note

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")


def first_words(note: Note, text: str) -> str:
    return text[:5]


@pytest.fixture
def notes(tmp_path: Path) -> list[str]:
    names = [f"n{number:02}.md" for number in range(40)]
    for number, name in enumerate(names):
        (tmp_path / name).write_text(
            f"{number} [[n{number + 1:02}]] #t{number}\n" if number % 7 else "", encoding="utf-8"
        )
    return names


def with_processors(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let that many processes share even a few notes; the machine's own number does not matter."""
    monkeypatch.setattr(share, "processors", lambda: count)
    monkeypatch.setattr(scan, "NOTES_WORTH_A_WORKER", 1)
    monkeypatch.setattr(scan, "NOTES_A_TICKET", 3)


@needs_fork
@pytest.mark.parametrize("processors", [2, 3, 8])
def test_many_processes_read_what_one_reads(
    tmp_path: Path, notes: list[str], monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    (tmp_path / "n03.md").write_bytes(b"\xff")
    (tmp_path / "n05.md").unlink()
    (tmp_path / "n05.md").mkdir()
    with_processors(monkeypatch, 1)
    alone = read_notes(str(tmp_path), notes, typed_query(first_words, str))
    with_processors(monkeypatch, processors)
    shared = read_notes(str(tmp_path), notes, typed_query(first_words, str))
    assert list(shared.notes) == list(alone.notes) == notes
    assert {path: repr(note) for path, note in shared.notes.items()} == {
        path: repr(note) for path, note in alone.notes.items()
    }
    assert shared.answers == alone.answers
    assert shared.faults == alone.faults
    assert [path for path, _ in alone.faults] == ["n05.md"]
    assert alone.notes["n03.md"].fault == "not UTF-8: byte 0xFF at offset 0"
    assert "n00.md" not in alone.answers, "answers that say nothing are not kept"


@needs_fork
def test_the_share_of_a_worker_that_dies_is_read_here(
    tmp_path: Path, notes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.getpid()

    def deadly(note: Note, text: str) -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return text[:5]

    with_processors(monkeypatch, 1)
    alone = read_notes(str(tmp_path), notes, typed_query(first_words, str))
    with_processors(monkeypatch, 3)
    assert read_notes(str(tmp_path), notes, typed_query(deadly, str)) == alone


@needs_fork
def test_an_error_in_a_worker_is_raised_here(tmp_path: Path, notes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(note: Note, text: str) -> str:
        raise RuntimeError("a bug of ours")

    with_processors(monkeypatch, 3)
    with pytest.raises(RuntimeError, match="a bug of ours"):
        read_notes(str(tmp_path), notes, typed_query(faulty, str))


def test_a_note_that_vanishes_was_never_there(tmp_path: Path, notes: list[str]) -> None:
    (tmp_path / "n02.md").unlink()
    found = read_notes(str(tmp_path), notes, typed_query(first_words, str))
    assert "n02.md" not in found.notes
    assert "n02.md" not in found.answers
    assert found.faults == ()
    assert len(found.notes) == len(notes) - 1


def test_a_note_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "gone.md").symlink_to(tmp_path / "nothing")
    (tmp_path / ".cloud.md.icloud").touch()
    found = read_notes(str(tmp_path), ["cloud.md", "folder.md", "gone.md"])
    assert {path: note.fault for path, note in found.notes.items()} == dict.fromkeys(
        ["cloud.md", "folder.md", "gone.md"], "unreadable"
    )
    assert dict(found.faults) == {
        "cloud.md": "stored in the cloud only, so its content is unknown",
        "folder.md": "is a directory",
        "gone.md": "no such file or directory",
    }


def test_a_note_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "fits.md").write_bytes(b"x" * MAX_NOTE_BYTES)
    (tmp_path / "large.md").write_bytes(b"x" * (MAX_NOTE_BYTES + 1))
    found = read_notes(str(tmp_path), ["fits.md", "large.md"], typed_query(first_words, str))
    assert found.notes["fits.md"].length == MAX_NOTE_BYTES
    assert found.notes["large.md"].fault == "too large"
    assert found.faults == (("large.md", "larger than 10 MB, so it was not read as a note"),)
    assert set(found.answers) == {"fits.md"}


def test_progress_is_told(tmp_path: Path, notes: list[str]) -> None:
    seen: list[tuple[int, int]] = []
    read_notes(str(tmp_path), notes, None, lambda done, total: seen.append((done, total)))
    assert seen == [(0, 40), (32, 40)]
