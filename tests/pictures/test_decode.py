"""Pixels as an engine gets them: RGB, upright, dark text on light paper or the other way round, whatever the file has."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, features

from vaultkit.pictures.decode import LONGEST_SIDE, decode


def saved(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def grey() -> Image.Image:
    """A dark square on light paper."""
    image = Image.new("L", (60, 40), 200)
    image.paste(20, (10, 10, 30, 30))
    return image


def sixteen_bits() -> Image.Image:
    return Image.frombytes("I;16", (60, 40), b"".join(bytes((0, value)) for value in grey().tobytes()))


FILES = [
    pytest.param(saved(grey()), id="grey"),
    pytest.param(saved(sixteen_bits()), id="16 bits"),
    pytest.param(saved(grey().convert("LA")), id="grey with alpha"),
    pytest.param(saved(grey().convert("RGB").convert("P", palette=Image.Palette.ADAPTIVE)), id="palette"),
    pytest.param(saved(grey().convert("RGBA")), id="RGBA"),
    pytest.param(saved(grey().convert("CMYK"), "JPEG", quality=95), id="CMYK"),
    pytest.param(saved(grey(), "JPEG", quality=95), id="grey JPEG"),
    pytest.param(saved(grey().convert("RGB"), "WEBP", lossless=True), id="WebP"),
    pytest.param(saved(grey(), "GIF"), id="GIF"),
    pytest.param(saved(grey().convert("RGB"), "BMP"), id="BMP"),
]


@pytest.mark.parametrize("data", FILES)
def test_every_kind_of_pixels_becomes_rgb(data: bytes) -> None:
    found = decode(data)
    assert (found.image.mode, found.width, found.height) == ("RGB", 60, 40)
    for place, level in (((20, 20), 20), ((50, 35), 200)):
        assert all(abs(value - level) <= 6 for value in found.image.getpixel(place)), found.image.getpixel(place)


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow has no AVIF")
def test_avif() -> None:
    assert decode(saved(grey().convert("RGB"), "AVIF")).image.size == (60, 40)


@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (255, 0)], ids=["dark ink", "light ink"])
def test_what_is_transparent_becomes_the_paper_that_the_ink_needs(ink: int, paper: int) -> None:
    image = Image.new("RGBA", (60, 40), (128, 128, 128, 0))
    image.paste((ink, ink, ink, 255), (10, 10, 30, 30))
    found = decode(saved(image)).image
    assert found.getpixel((20, 20)) == (ink, ink, ink)
    assert found.getpixel((50, 35)) == (paper, paper, paper)


def test_a_photograph_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    assert decode(saved(grey(), "JPEG", exif=exif.tobytes())).image.size == (40, 60)


def test_a_very_wide_picture_is_made_smaller() -> None:
    found = decode(saved(Image.new("L", (3 * LONGEST_SIDE, 60))))
    assert found.image.size == (LONGEST_SIDE, 20)
    assert (found.width, found.height) == (3 * LONGEST_SIDE, 60)
