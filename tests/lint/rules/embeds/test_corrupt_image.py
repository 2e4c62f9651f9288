"""EM005: pictures that cannot be decoded."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image

from vaultkit.config import Config
from vaultkit.lint.check import check_folder
from vaultkit.lint.plan import plan_of
from vaultkit.vault.workspace import Workspace


def drawn(kind: str, side: int = 64) -> bytes:
    """A small picture of many colours, so that its bytes do not end with its first block."""
    picture = Image.new("RGB", (side, side))
    picture.putdata([(x * 7 % 256, y * 5 % 256, x * y % 256) for y in range(side) for x in range(side)])
    buffer = BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


PNG, JPEG, GIF, WEBP, BMP = (drawn(kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP"))
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'
BOMB = PNG[:16] + struct.pack(">II", 100_000, 100_000) + PNG[24:]
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n"
FULL = '[rules.EM005]\nverify = "full"\n'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("p.png", PNG, id="PNG"),
        pytest.param("p.jpg", JPEG, id="JPEG"),
        pytest.param("p.gif", GIF, id="GIF"),
        pytest.param("p.webp", WEBP, id="WebP"),
        pytest.param("p.bmp", BMP, id="BMP"),
        pytest.param("p.svg", SVG, id="SVG"),
        pytest.param("p.jpg", JPEG + b"\0" * 40, id="bytes behind the end"),
        pytest.param("p.png", b"<html></html>", id="a web page is another rule"),
    ],
)
@pytest.mark.parametrize("config", ["", FULL])
def test_whole_pictures_are_silent(lint, name, data, config):
    assert lint({"a.md": f"![[{name}]]", name: data, "vaultkit.toml": config}, "EM005") == []


def test_a_picture_that_no_note_shows_is_not_opened(lint):
    assert lint({"a.md": "[[p.png]]", "p.png": b""}, "EM005") == []


def test_a_picture_kept_in_the_cloud_is_not_opened(lint):
    assert lint({"a.md": "![[p.png]]", ".p.png.icloud": b""}, "EM005") == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param("p.png", b"", "the file is empty", id="empty"),
        pytest.param("p.png", POINTER, "it is a Git LFS pointer, not the picture; run `git lfs pull`", id="pointer"),
        pytest.param("p.png", BOMB, "100000 × 100000 pixels would need gigabytes to show", id="bomb"),
        pytest.param("p.png", PNG[:200], "it cannot be decoded", id="PNG cut short"),
        pytest.param("p.jpg", JPEG[: len(JPEG) // 2], "it cannot be decoded", id="JPEG cut short"),
        pytest.param("p.gif", GIF[: len(GIF) // 2], "it cannot be decoded", id="GIF cut short"),
        pytest.param("p.webp", WEBP[:100], "it is cut short: 100 of", id="WebP cut short"),
        pytest.param("p.png", b"no picture at all", "its bytes are no picture", id="other bytes"),
        pytest.param("p.png", PNG[:10], "it ends before the picture begins", id="only a beginning"),
    ],
)
def test_damaged_pictures_are_found(lint, name, data, reason):
    (line,) = lint({"a.md": f"one\n![[{name}]] ![[{name}]]", name: data}, "EM005")
    assert line.startswith(f"a.md:2:1: EM005 corrupt-image: damaged picture `{name}`: {reason}")


def test_damage_in_the_middle_is_found_when_every_picture_is_decoded(lint):
    middle = len(PNG) // 2
    files = {"a.md": "![[p.png]]", "p.png": PNG[:middle] + bytes(64) + PNG[middle + 64 :]}
    assert lint(files, "EM005") == []
    assert len(lint({**files, "vaultkit.toml": FULL}, "EM005")) == 1


def test_the_limit_of_pixels_can_be_set(lint):
    files = {"a.md": "![[p.png]]", "p.png": PNG, "vaultkit.toml": "[rules.EM005]\nmax-pixels = 4095\n"}
    assert lint(files, "EM005") == [
        "a.md:1:1: EM005 corrupt-image: damaged picture `p.png`: 64 × 64 pixels exceed the limit of 4,095; Obsidian cannot show it"
    ]


def test_one_cause_is_told_once(lint):
    files = {f"p{number}.png": b"" for number in range(12)}
    note = "\n".join(f"![[{name}]]" for name in files)
    assert lint({**files, "a.md": note}, "EM005") == [
        "a.md:1:1: EM005 corrupt-image: all 12 pictures shown in notes are empty files"
    ]


def test_whole_pictures_do_not_load_pillow(tmp_path):
    (tmp_path / "a.md").write_text("![[p.png]] ![[p.jpg]]")
    (tmp_path / "p.png").write_bytes(PNG)
    (tmp_path / "p.jpg").write_bytes(JPEG)
    code = (
        "import sys; from vaultkit.cli.entry_point import main\n"
        f"sys.argv = ['vaultkit', 'check', '--isolated', {str(tmp_path)!r}]\n"
        "try: main()\n"
        "except SystemExit as stop: assert not stop.code, stop.code\n"
        "assert not {'PIL', 'networkx', 'numpy', 'scipy', 'pyvis'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    (tmp_path / "a.md").write_text("![[p.png]]")
    os.mkfifo(tmp_path / "p.png")
    findings = check_folder(Workspace(str(tmp_path), Config(), has_store=False), plan_of(Config(), select=["EM005"]))[
        1
    ].findings
    assert [finding.message for finding in findings] == [
        "damaged picture `p.png`: it is no regular file; Obsidian cannot show it"
    ]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                "a.md": "",
                "c.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "p.png"}], "edges": []}',
                "p.png": b"",
            },
            ["c.canvas:1:49: EM005 corrupt-image: damaged picture `p.png`: the file is empty; Obsidian cannot show it"],
            id="a canvas shows it",
        ),
    ],
)
def test_corrupt_image_elsewhere(lint, files, expected):
    assert lint(files, "EM005") == expected
