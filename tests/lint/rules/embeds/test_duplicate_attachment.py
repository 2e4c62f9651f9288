"""EM011: notes that show copies of one file."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "![[p.png]] ![[q.png]]", "p.png": b"one", "q.png": b"two"}, id="other bytes"),
        pytest.param({"a.md": "![[p.png]] ![[q.png]]", "p.png": b"one", "q.png": b"three"}, id="other sizes"),
        pytest.param({"a.md": "![[p.png]] ![[q.png]]", "p.png": b"", "q.png": b""}, id="empty files"),
        pytest.param({"a.md": "![[p.png]]", "p.png": b"one", "q.png": b"one"}, id="nothing shows the copy"),
    ],
)
def test_duplicate_attachment_is_silent(lint, files):
    assert lint(files, "EM011") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[p.png]] ![[p 1.png]]", "p.png": b"one", "p 1.png": b"one"},
            ["a.md:1:12: EM011 duplicate-attachment: duplicate file: `p 1.png` is identical to `p.png`"],
            id="both shown",
        ),
        pytest.param(
            {"a.md": "![[p.png]]", "b.md": "one\n![[x/q.png]]", "p.png": b"one", "x/q.png": b"one"},
            ["b.md:2:1: EM011 duplicate-attachment: duplicate file: `x/q.png` is identical to `p.png`"],
            id="in two notes",
        ),
        pytest.param(
            {"a.md": "![[p.png]] ![[p1.png]] ![[p2.png]]", "p.png": b"one", "p1.png": b"one", "p2.png": b"one"},
            [
                "a.md:1:12: EM011 duplicate-attachment: duplicate file: `p1.png` is identical to `p.png`",
                "a.md:1:24: EM011 duplicate-attachment: duplicate file: `p2.png` is identical to `p.png`",
            ],
            id="three",
        ),
    ],
)
def test_duplicate_attachment_is_found(lint, files, expected):
    assert lint(files, "EM011") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[p.png]] ![[p 1.png|300]] ![x](p%201.png)", "p.png": b"one", "p 1.png": b"one"},
            {"a.md": "![[p.png]] ![[p.png|300]] ![x](p.png)"},
            id="the first is shown",
        ),
    ],
)
def test_duplicate_attachment_is_mended(fixed, lint, files, expected):
    once = fixed(files, "EM011")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "EM011") == []
    assert fixed({**files, **once}, "EM011") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "", "p.png": b"one", "q.png": b"one"},
            ["q.png:1:1: EM011 duplicate-attachment: duplicate file: `q.png` is identical to `p.png`"],
            id="nothing shows either",
        ),
    ],
)
def test_duplicate_attachment_elsewhere(lint, files, expected):
    assert lint(files, "EM011") == expected


def picture(
    format: str = "PNG", size: tuple[int, int] = (300, 200), words: str = "Locality-sensitive\nhashing"
) -> bytes:
    image = Image.new("RGB", (300, 200), "white")
    draw = ImageDraw.Draw(image)
    draw.text((20, 20), words, "#223", ImageFont.load_default(26))
    draw.ellipse((180, 110, 280, 190), outline="#a33", width=5)
    draw.line((10, 190, 150, 120), fill="#3a3", width=6)
    out = io.BytesIO()
    image.resize(size).save(out, format)
    return out.getvalue()


@pytest.mark.parametrize(
    ("compare", "expected"),
    [
        pytest.param("bytes", [], id="bytes"),
        pytest.param("pixels", [], id="pixels"),
        pytest.param(
            "similar",
            [
                "a.md:1:12: EM011 duplicate-attachment: similar picture: `small.png` looks the same as `p.jpg`",
                "a.md:1:26: EM011 duplicate-attachment: duplicate file: `twin.jpg` is identical to `p.jpg`",
            ],
            id="similar",
        ),
    ],
)
def test_similar_pictures_are_found_only_on_request(lint, compare, expected):
    files = {
        "a.md": "![[p.jpg]] ![[small.png]] ![[other.png]]",
        "p.jpg": picture("JPEG"),
        "small.png": picture(size=(150, 100)),
        "other.png": picture(words="Gradient descent\nof a loss"),
    }
    if expected:
        files["twin.jpg"] = files["p.jpg"]
        files["a.md"] = "![[p.jpg]] ![[small.png]]![[twin.jpg]] ![[other.png]]"
    files["vaultkit.toml"] = f'[rules.EM011]\ncompare = "{compare}"\n'
    assert lint(files, "EM011") == expected
