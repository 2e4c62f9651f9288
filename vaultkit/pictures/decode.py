"""Bytes of a picture file -> pixels that an engine can read, within limits.

A vault comes from anybody: a file of 1 kB can ask for gigabytes of pixels. So the header is read first, pixels are
limited, and whatever Pillow says about a damaged file becomes a reason to skip it.
"""

from __future__ import annotations

import io
import struct
import warnings
from typing import TYPE_CHECKING, Any

from vaultkit.base.record import record
from vaultkit.vault.image_headers import HEAD_BYTES, image_header_of
from vaultkit.vault.image_headers import MAX_PIXELS as MAX_JPEG_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_FILE_BYTES = 200_000_000
# 64 megapixels are 192 MB as RGB. JPEG can be decoded at half or a quarter of its size, so 178 megapixels are allowed.
MAX_PIXELS = 64_000_000
MIN_SIDE = 8
# No text gets more readable above this side; wider pictures are made smaller.
LONGEST_SIDE = 10_000
PICTURES = frozenset("png jpg jpeg webp gif bmp avif".split())
READABLE = PICTURES | {"pdf"}
# No other decoder of Pillow is needed, and each is code that a hostile file could reach.
_FORMATS = {"PNG": "PNG", "JPEG": "JPEG", "WebP": "WEBP", "GIF": "GIF", "BMP": "BMP", "AVIF": "AVIF"}
_SHOWN = {"": "no known picture format", "HTML": "a web page", "MP4": "a video", "HEIC": "HEIC", "TIFF": "TIFF"}


class UnreadableError(Exception):
    """The picture cannot be read; the message is the reason, without the path."""


@record
class Pixels:
    """A decoded picture. image: RGB, upright. width, height: of the file."""

    image: Any
    width: int
    height: int


def decode(data: bytes) -> Pixels:
    """Decode a picture: its first frame, upright, on white where it is transparent.

    Raises:
        UnreadableError: it is damaged, too large, too small, or of a format that is not read.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    seen = image_header_of(data[:HEAD_BYTES], data[-16:], len(data))
    kind = seen.format
    if not data:
        raise UnreadableError("the file is empty")
    if kind not in _FORMATS:
        if data.startswith(b"version https://git-lfs"):
            raise UnreadableError("a Git LFS pointer, not the picture; run `git lfs pull`")
        raise UnreadableError(f"not read: {_SHOWN.get(kind, kind)}")
    if seen.width:
        _require_size(kind, seen.width, seen.height)  # before Pillow, which refuses bombs without saying why
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns about what is limited here
            with Image.open(io.BytesIO(data), formats=(_FORMATS[kind],)) as opened:
                width, height = opened.size
                _require_size(kind, width, height)
                if kind == "JPEG" and width * height > MAX_PIXELS // 4:
                    opened.draft("RGB", (LONGEST_SIDE // 2, LONGEST_SIDE // 2))
                    if opened.width * opened.height > MAX_PIXELS:
                        raise UnreadableError(f"{width:,} × {height:,} pixels are too many")
                upright = ImageOps.exif_transpose(opened)
                return Pixels(_bounded(_on_white(upright)), width, height)
    except (Image.DecompressionBombError, UnidentifiedImageError):
        raise UnreadableError("damaged or too large to decode") from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError) as error:
        raise UnreadableError(f"damaged: {_reason(error)}") from None
    except (OverflowError, struct.error, MemoryError, ZeroDivisionError, AttributeError, RuntimeError) as error:
        raise UnreadableError(f"damaged: {_reason(error)}") from None


def _reason(error: BaseException) -> str:
    return (str(error).split("\n")[0].rstrip(".") or type(error).__name__)[:120]


def _require_size(kind: str, width: int, height: int) -> None:
    limit = MAX_JPEG_PIXELS if kind == "JPEG" else MAX_PIXELS
    if width * height > limit:
        raise UnreadableError(f"{width:,} × {height:,} pixels; at most {limit // 1_000_000} million are read")
    if min(width, height) < MIN_SIDE:
        raise UnreadableError(f"{width:,} × {height:,} pixels are too few for text")


def _on_white(image: Image) -> Image:
    """The picture as RGB. Transparent parts become white, or black where the visible part is light."""
    from PIL import Image as Images

    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would clip to white
        return image.convert("I").point(lambda value: value * (1 / 256) + 0).convert("L").convert("RGB")
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    alpha = clear.getchannel("A")
    grey = clear.convert("L")
    histogram = grey.histogram(alpha.point(lambda value: 255 if value > 127 else 0))
    visible = sum(histogram) or 1
    is_light = sum(level * count for level, count in enumerate(histogram)) / visible > 170
    has_hidden = alpha.histogram()[0] > 0
    paper = Images.new("RGB", clear.size, "black" if is_light and has_hidden else "white")
    paper.paste(clear, mask=alpha)
    return paper


def _bounded(image: Image) -> Image:
    longest = max(image.size)
    if longest <= LONGEST_SIDE:
        return image
    share = LONGEST_SIDE / longest
    return image.resize((max(1, round(image.width * share)), max(1, round(image.height * share))))
