"""Reading the pictures of a vault: what is read, kept, skipped with a reason, and survives a kill."""

from __future__ import annotations

import io
import os
import random
import signal
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from drawn import IDENTITY, fake, picture, vault

from vaultkit.base.errors import VaultkitError
from vaultkit.pictures.reading import ReadProgress, Run, read_pictures
from vaultkit.pictures.texts import picture_texts
from vaultkit.pictures.workers import can_fork
from vaultkit.vault.files import walk


def read(root: Path, **options: object) -> Run:
    paths = [file.path for file in walk(str(root)).files]
    return read_pictures(str(root), paths, fake, IDENTITY, **{"jobs": 2, **options})  # type: ignore[arg-type]


def texts(root: Path) -> dict[str, str]:
    return {path: one.text for path, one in picture_texts(root).items()}


def test_texts_are_read_once_and_kept(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": "", "x/a.png": "MinHash\nbands", "b.png": "grün, 细胞", "empty.png": ""})
    assert picture_texts(root) == {}
    assert read(root).read == 3
    assert texts(root) == {"b.png": "grün, 细胞", "empty.png": "", "x/a.png": "MinHash\nbands"}
    assert read(root).read == 0


def test_a_moved_or_copied_picture_is_not_read_again(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.png": "one", "copy.png": "one"})
    assert read(root).read == 1
    (root / "a.png").rename(root / "b.png")
    assert read(root).read == 0
    assert texts(root) == {"b.png": "one", "copy.png": "one"}


def test_other_content_under_the_same_name_is_read(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.png": "one"})
    read(root)
    vault(root, {"a.png": "two"})
    assert texts(root) == {}
    assert read(root).read == 1
    assert texts(root) == {"a.png": "two"}


@pytest.mark.parametrize("format", ["PNG", "GIF", "BMP", "TIFF"])
def test_formats(tmp_path: Path, format: str) -> None:
    name = f"a.{format.lower()}" if format != "TIFF" else "a.png"
    root = vault(tmp_path, {name: picture("text", format)})
    run = read(root)
    if format == "TIFF":
        assert run.known.skipped == {"a.png": "not read: TIFF"}
    else:
        assert texts(root) == {name: "text"}


def test_only_the_first_frame_of_a_gif(tmp_path: Path) -> None:
    from PIL import Image

    out = io.BytesIO()
    first, second = (Image.open(io.BytesIO(picture(text))).convert("L") for text in ("first", "second"))
    first.save(out, "GIF", save_all=True, append_images=[second])
    root = vault(tmp_path, {"a.gif": out.getvalue()})
    read(root)
    assert texts(root) == {"a.gif": "first"}


def png_of_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises these pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


HOSTILE = {
    "empty": (b"", "the file is empty"),
    "no picture": (b"hello", "not read: no known picture format"),
    "a web page": (b"<!doctype html><html>", "not read: a web page"),
    "a Git LFS pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid x\n",
        "a Git LFS pointer, not the picture; run `git lfs pull`",
    ),
    "cut short": (picture("text" * 50)[:90], "damaged: "),
    "garbage behind a head": (b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(500), "damaged"),
    "a bomb": (png_of_size(60_000, 60_000), "60,000 × 60,000 pixels; at most 64 million are read"),
    "a bomb in one row": (png_of_size(2_000_000_000, 1), "pixels; at most 64 million are read"),
    "pixels missing": (png_of_size(500, 500), "damaged"),
    "one pixel": (png_of_size(1, 1), "1 × 1 pixels are too few for text"),
}


@pytest.mark.parametrize(("data", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_picture_is_skipped_with_a_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    root = vault(tmp_path, {"bad.png": data, "good.png": "text"})
    run = read(root)
    assert reason in run.known.skipped["bad.png"]
    assert texts(root) == {"good.png": "text"}
    assert read(root).read == 0, "not tried again"
    assert read(root, retry=True).read == 1


@pytest.mark.skipif(not can_fork(), reason="workers need fork")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("!crash", "the reading process was ended by SIGKILL"),
        ("!hang", "took longer than 1 seconds"),
        ("!fail", "the engine failed"),
    ],
)
def test_a_picture_that_ends_the_engine_costs_only_itself(tmp_path: Path, text: str, reason: str) -> None:
    root = vault(tmp_path, {"bad.png": text, **{f"{at}.png": f"text {at}" for at in range(6)}})
    run = read(root, seconds=1)
    assert run.known.skipped == {"bad.png": reason}
    assert len(texts(root)) == 6


def test_files_that_are_no_files(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.png": "text"})
    if hasattr(os, "mkfifo"):
        os.mkfifo(root / "pipe.png")
    outside = tmp_path.parent / f"{tmp_path.name}-outside.png"
    outside.write_bytes(picture("secret"))
    (root / "link.png").symlink_to(outside)
    run = read(root)
    assert texts(root) == {"a.png": "text"}
    assert "link.png" not in run.known.texts
    if hasattr(os, "mkfifo"):
        assert run.known.faults["pipe.png"] == "not a regular file"


def test_progress_counts_every_picture(tmp_path: Path) -> None:
    root = vault(tmp_path, {f"{at}.png": f"text {at}" for at in range(5)})
    seen: list[ReadProgress] = []
    read(root, progress=seen.append)
    assert [(one.done, one.total) for one in seen] == [(at, 5) for at in range(1, 6)]
    assert sorted(one.text for one in seen) == [f"text {at}" for at in range(5)]


def test_without_a_cache_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault(tmp_path, {"a.png": "text"})
    monkeypatch.setenv("VAULTKIT_NO_CACHE", "1")
    with pytest.raises(VaultkitError, match="kept in the cache, which is off"):
        read(root)
    assert picture_texts(root) == {}


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, own_cache: Path, damage: bytes) -> None:
    root = vault(tmp_path, {"a.png": "text"})
    read(root)
    file = own_cache / "pictures" / "texts.sqlite"
    for beside in file.parent.iterdir():
        beside.unlink()
    file.write_bytes(damage)
    assert picture_texts(root) == {}
    assert read(root).read == 1
    assert texts(root) == {"a.png": "text"}


def test_the_cache_holds_no_code(tmp_path: Path, own_cache: Path) -> None:
    root = vault(tmp_path, {"a.png": "text"})
    read(root)
    assert (own_cache / "pictures" / "texts.sqlite").read_bytes().startswith(b"SQLite format 3\0")
    assert not list(own_cache.rglob("*.pickle"))


RUN = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from test_reading import read
read(Path({root!r}))
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_kill_loses_at_most_what_is_in_work(tmp_path: Path, own_cache: Path) -> None:
    """Five kills here; tests/bench/pictures_kills.py does a hundred."""
    root = vault(tmp_path, {f"{at}.png": f"!slow {at}" for at in range(30)})
    code = RUN.format(paths=[*sys.path, str(Path(__file__).parent)], root=str(root))
    pick = random.Random(5)
    before = 0
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(0.3 + pick.random() * 0.5)
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = len(texts(root))
        assert now >= before, "nothing that was read is lost"
        before = now
    read(root)
    assert texts(root) == {f"{at}.png": f"!slow {at}" for at in range(30)}


def test_where_processes_cannot_be_forked_all_is_read_in_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vaultkit.pictures import reading, workers

    for module in (reading, workers):
        monkeypatch.setattr(module, "can_fork", lambda: False)
    root = vault(tmp_path, {"a.png": "one", "b.png": "!fail", "c.png": b"oops", "d.png": "two"})
    run = read(root)
    assert texts(root) == {"a.png": "one", "d.png": "two"}
    assert run.known.skipped == {"b.png": "the engine failed", "c.png": "not read: no known picture format"}


def test_many_vaults_share_one_cache(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = vault(tmp_path / "one", {f"{at}.png": f"text {at}" for at in range(700)})
    two = vault(tmp_path / "two", {"a.png": "text 1", "b.png": "text of two"})
    assert read(one).read == 700
    assert read(two).read == 1
    assert texts(two) == {"a.png": "text 1", "b.png": "text of two"}
    assert len(texts(one)) == 700
