"""What the engines' own answers become, and how programs are started."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from vaultkit.base.errors import VaultkitError
from vaultkit.base.programs import program_path, run_program
from vaultkit.pictures import rapidocr_engine, tesseract_engine
from vaultkit.pictures.layout import joined_text, reading_order, tiles
from vaultkit.pictures.model import Line
from vaultkit.pictures.tesseract_engine import lines_of

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def word(line: int, left: int, text: str, conf: float = 90.0, *, block: int = 1, width: int = 40) -> str:
    return f"5\t1\t{block}\t1\t{line}\t1\t{left}\t{20 * line}\t{width}\t10\t{conf}\t{text}\n"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(HEAD + "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n", [], id="a line is no word"),
        pytest.param(HEAD + word(1, 0, "Min") + word(1, 45, "hash", 70), ["Min hash"], id="words of a line"),
        pytest.param(HEAD + word(1, 0, "a") + word(2, 0, "b"), ["a", "b"], id="two lines"),
        pytest.param(HEAD + word(1, 0, "left") + word(1, 200, "right"), ["left", "right"], id="cells far apart"),
        pytest.param(HEAD + word(1, 0, "~~", 5), [], id="a decoration"),
        pytest.param(HEAD + word(1, 0, "细") + word(1, 41, "胞") + word(1, 82, "DNA"), ["细胞 DNA"], id="Chinese"),
        pytest.param(HEAD + "5\tbroken row\n" + word(1, 0, "good"), ["good"], id="a broken row"),
    ],
)
def test_lines_of_tesseract(table: str, expected: list[str]) -> None:
    assert [line.text for line in lines_of(table)] == expected


def test_boxes_are_those_of_the_picture_before_it_was_enlarged() -> None:
    (line,) = lines_of(HEAD + word(2, 10, "Min") + word(2, 60, "hash", 70), 2)
    assert line.box == (5, 20, 50, 25)
    assert line.confidence == pytest.approx((3 * 0.9 + 4 * 0.7) / 7, abs=1e-3)


def test_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract_engine, "_known", lambda: ("5.3", ("deu", "eng")))
    assert tesseract_engine.identity([]) == "tesseract 5.3 eng+deu"
    assert tesseract_engine.identity(["de"]) == "tesseract 5.3 deu"
    with pytest.raises(VaultkitError, match="no language data for fra; installed: deu, eng"):
        tesseract_engine.identity(["fr", "en"])
    with pytest.raises(VaultkitError, match="--languages ru: not in the model of rapidocr"):
        rapidocr_engine.identity(["en", "ru"])
    with pytest.raises(VaultkitError, match="--languages vi: not in the model of rapidocr"):
        rapidocr_engine.identity(["vi"])
    assert rapidocr_engine.identity(["zh-Hans", "de"]).startswith("rapidocr ")
    many = tuple(sorted(f"l{at}" for at in range(100))) + ("eng",)
    monkeypatch.setattr(tesseract_engine, "_known", lambda: ("5.3", many))
    assert tesseract_engine.identity([]) == "tesseract 5.3 eng"


def test_order_of_reading() -> None:
    lines = [
        Line("c", 1, (0, 50, 20, 60)),
        Line("b", 1, (100, 12, 120, 22)),
        Line("a", 1, (0, 10, 20, 20)),
        Line("title", 1, (0, -20, 200, 0)),
    ]
    assert [line.text for line in reading_order(lines)] == ["title", "a", "b", "c"]
    assert joined_text(reading_order(lines)) == "title\na  b\nc"


def test_a_long_screenshot_is_cut_between_lines() -> None:
    image = Image.new("RGB", (600, 7000), "white")
    draw = ImageDraw.Draw(image)
    for y in range(0, 7000, 50):
        draw.text((10, y), f"line at {y}", "black")
    pieces = list(tiles(image))
    assert len(pieces) > 3
    assert sum(piece.height for _, piece in pieces) == 7000
    for top, piece in pieces:
        assert piece.height <= 2000
        assert top % 50 > 15 or top == 0, "a cut goes through no line"
    assert [top for top, _ in tiles(Image.new("RGB", (1000, 1900)))] == [0]


@pytest.mark.skipif(os.name == "nt", reason="the programs are shell scripts")
class TestPrograms:
    def make(self, folder: Path, body: str) -> None:
        place = folder / "reader"
        place.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        place.chmod(0o755)

    def test_input_output_status(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        monkeypatch.setenv("SECRET_TOKEN", "x")
        self.make(tmp_path, 'cat; echo "$1 ${SECRET_TOKEN:-unset} $LC_ALL" >&2; exit 3')
        assert run_program("reader", ["a b"], stdin=b"in") == (3, b"in", b"a b unset C\n")

    def test_a_program_that_does_not_end_is_stopped(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        self.make(tmp_path, "exec sleep 60")
        with pytest.raises(TimeoutError, match=r"reader took longer than 0\.2 seconds"):
            run_program("reader", [], seconds=0.2)

    def test_too_much_output(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        self.make(tmp_path, "head -c 21000000 /dev/zero")
        with pytest.raises(OSError, match="reader wrote more than 20 MB"):
            run_program("reader", [])

    def test_a_program_in_the_working_directory_is_not_found(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.make(tmp_path, "echo owned")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PATH", ".::")
        assert program_path("reader") is None
        with pytest.raises(FileNotFoundError, match="reader is not installed"):
            run_program("reader", [])


def test_the_real_tesseract(tmp_path: Path) -> None:
    if not tesseract_engine.is_installed() or "eng" not in tesseract_engine._known()[1]:
        pytest.skip("tesseract with English is not installed")
    from PIL import ImageFont

    image = Image.new("RGB", (480, 120), "white")
    ImageDraw.Draw(image).text((20, 30), "Locality-sensitive hashing", "black", ImageFont.load_default(32))
    lines = tesseract_engine.Tesseract(["en"]).read(image)
    assert [line.text for line in lines] == ["Locality-sensitive hashing"]
