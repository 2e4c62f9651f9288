"""Pictures that show the same; tests/bench/pictures_similar.py measures precision on five hundred."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from vaultkit.cli.entry_point import run
from vaultkit.pictures.similar import Pair, fingerprint, groups, similar


def slide(*lines: str, paper: str = "white") -> Image.Image:
    image = Image.new("RGB", (800, 500), paper)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 800, 80), fill="#1a237e")
    for row, line in enumerate(lines):
        draw.text((60, 110 + 90 * row), line, "#222", ImageFont.load_default(30))
    return image


ONE = slide("MinHash estimates a share", "of common items of sets", "with a few small numbers", "and a hash function")
OTHER = slide("Gradient descent goes down", "the slope of a loss, by", "steps of the learning rate", "until it is flat")


def saved(image: Image.Image, format: str = "PNG", **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


COPIES = {
    "recompressed": saved(ONE, "JPEG", quality=40),
    "half the size": saved(ONE.resize((400, 250))),
    "twice the size": saved(ONE.resize((1600, 1000))),
    "cropped": saved(ONE.crop((40, 25, 760, 475))),
    "cropped at one side": saved(ONE.crop((40, 0, 800, 500))),
    "grey": saved(ONE.convert("L").convert("RGB")),
    "inverted": saved(ImageOps.invert(ONE)),
}


def likeness(first: bytes, second: bytes) -> float:
    pairs = similar({"a": fingerprint(first), "b": fingerprint(second)}, {"a": "1", "b": "2"})
    return pairs[0].likeness if pairs else 0.0


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_copy(copy: bytes) -> None:
    assert likeness(saved(ONE), copy) >= 0.8
    assert likeness(copy, saved(ONE)) >= 0.8


@pytest.mark.parametrize(
    "other",
    [OTHER, slide(), Image.new("RGB", (800, 500), "white"), ONE.rotate(180), ONE.resize((800, 300)), slide("x" * 20)],
    ids=["other words", "template", "empty page", "upside down", "other proportions", "one line"],
)
def test_another_picture(other: Image.Image) -> None:
    assert likeness(saved(ONE), saved(other)) == 0.0


def test_empty_and_damaged_pictures_are_like_nothing() -> None:
    white = saved(Image.new("RGB", (300, 300), "white"))
    assert likeness(white, saved(Image.new("RGB", (200, 200), "white"))) == 0.0
    assert fingerprint(b"oops") == ""
    assert similar({"a": "", "b": "1:2x2:@@", "c": fingerprint(saved(ONE))}, {"a": "1", "b": "2", "c": "3"}) == ()


def test_groups() -> None:
    pairs = [Pair("b", "c", 0.9), Pair("d", "e", 1.0), Pair("a", "b", 0.9)]
    assert groups(pairs) == [["a", "b", "c"], ["d", "e"]]


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".obsidian").mkdir()
    for name, data in {
        "one.png": saved(ONE),
        "twin.png": saved(ONE),
        "other.png": saved(OTHER),
        "bad.png": b"",
    }.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "small.jpg").write_bytes(COPIES["recompressed"])
    monkeypatch.chdir(tmp_path)
    for _ in range(2):  # drawn, then from the cache
        assert run(["pictures", "similar"]) == 0
        out = capfd.readouterr().out
        assert out.startswith(("3\t0.9", "3\t1.00"))
        assert out.endswith("one.png, small.jpg, twin.png\n")
