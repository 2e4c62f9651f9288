"""Pictures and an engine for tests: text is drawn as bytes into pixels, so that the fake engine reads it exactly."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vaultkit.pictures.model import Line

IDENTITY = "fake 1"
WIDTH = 64


def picture(text: str, format: str = "PNG", size: tuple[int, int] = (WIDTH, 64), **options: Any) -> bytes:
    """A picture whose pixels are the text's bytes; lossless formats only."""
    from PIL import Image

    image = Image.new("RGB", size, "white")
    data = text.encode()
    pixels = image.load()
    assert pixels is not None
    for at, value in enumerate(data + b"\0"):
        pixels[at % WIDTH, at // WIDTH] = (value, value, value)
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


class FakeEngine:
    """Reads what `picture` drew. A text that begins with "!" makes it fail in a way that a real engine could."""

    identity = IDENTITY

    def read(self, image: Any) -> Sequence[Line]:
        data = bytearray()
        for at in range(image.width * image.height):
            value = image.getpixel((at % WIDTH, at // WIDTH))[0]
            if value == 0:
                break
            data.append(value)
        text = data.decode("utf-8", "replace")
        if text == "!crash":
            os.kill(os.getpid(), 9)
        if text == "!hang":
            time.sleep(60)
        if text == "!fail":
            raise OSError("the engine failed")
        if text.startswith("!slow"):
            time.sleep(0.05)
        return tuple(
            Line(line, 0.6 if "?" in line else 0.95, (0, at * 10, 50, at * 10 + 8))
            for at, line in enumerate(text.split("\n"))
            if line
        )


def fake(threads: int = 1) -> FakeEngine:
    assert threads >= 1
    return FakeEngine()


def vault(root: Path, files: dict[str, str | bytes]) -> Path:
    """A vault on the disk; a text under the name of a picture is drawn."""
    (root / ".obsidian").mkdir(exist_ok=True)
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = picture(content) if path.endswith(".png") else content.encode()
        place.write_bytes(content)
    return root
