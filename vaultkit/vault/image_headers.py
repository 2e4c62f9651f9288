"""What a picture file really is: format, size and damage, from as few bytes as decide it.

The first bytes and the last ones are read by hand; Pillow is imported only for a picture that
these leave in doubt, or when every picture is to be decoded.
"""

from __future__ import annotations

import os
import re
import stat
import struct
from typing import Any

from vaultkit.base.record import record
from vaultkit.base.safe_read import require_regular

HEAD_BYTES = 4096
# Above this number of pixels a decoder needs gigabytes: a bomb, whatever its author meant.
MAX_PIXELS = 178_956_970
EMPTY = "the file is empty"

# The format that an extension promises; several extensions may promise one.
_PROMISED = {
    "png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "gif": "GIF", "webp": "WebP", "bmp": "BMP", "avif": "AVIF", "svg": "SVG",
}  # fmt: skip
_LFS = b"version https://git-lfs.github.com/spec/"
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)


@record
class ImageHeader:
    """What the bytes of a picture file say.

    format:     "PNG", "JPEG" …; "" when the bytes are none that is known.
    width, height: in pixels; 0 when the header does not tell.
    fault:      why it cannot be shown, or "".
    is_doubtful: the cheap look did not settle whether it is whole.
    """

    format: str
    width: int
    height: int
    fault: str
    is_doubtful: bool


def promised_format(suffix: str) -> str:
    """The format that files of this extension should have; "" for other files than pictures."""
    return _PROMISED.get(suffix, "")


def look_at(path: str, max_pixels: int = MAX_PIXELS) -> ImageHeader | None:
    """A cheap look: a few system calls and kilobytes. None when there is no such file, as for one kept in the cloud."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            return ImageHeader("", 0, 0, "it is no regular file", False)
        size = status.st_size
        with open(path, "rb", buffering=0) as file:
            head = file.read(HEAD_BYTES)
            tail = head[-16:]
            if size > HEAD_BYTES:
                file.seek(size - 16)
                tail = file.read(16)
    except FileNotFoundError:
        return None
    except OSError as error:
        return ImageHeader("", 0, 0, f"it cannot be read ({(error.strerror or str(error)).lower()})", False)
    return image_header_of(head, tail, size, max_pixels)


def image_header_of(head: bytes, tail: bytes, size: int, max_pixels: int = MAX_PIXELS) -> ImageHeader:
    """What the first bytes, the last 16 and the size of a file tell."""
    if size == 0:
        return ImageHeader("", 0, 0, EMPTY, False)
    if head.startswith(_LFS):
        return ImageHeader("", 0, 0, "it is a Git LFS pointer, not the picture; run `git lfs pull`", False)
    kind = sniff(head)
    width, height = _dimensions(kind, head)
    if width * height > max_pixels:
        return ImageHeader(kind, width, height, f"{width} × {height} pixels would need gigabytes to show", False)
    fault, is_doubtful = _end(kind, head, tail, size)
    return ImageHeader(kind, width, height, fault, is_doubtful)


def sniff(head: bytes) -> str:
    """The format that the first bytes announce; "HTML" and "PDF" among them, "" for none."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if b"avif" in head[8:64] or b"avis" in head[8:64]:
            return "AVIF"
        return "HEIC" if brand in (b"heic", b"heix", b"mif1", b"msf1", b"hevc") else "MP4"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "BMP"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "TIFF"
    if head.startswith(b"%PDF-"):
        return "PDF"
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "HTML"
    return "SVG" if b"<svg" in head or head.startswith(b"<?xml") else ""


def _dimensions(kind: str, head: bytes) -> tuple[int, int]:
    if kind == "PNG" and head[12:16] == b"IHDR" and len(head) >= 24:
        return struct.unpack(">II", head[16:24])
    if kind == "GIF" and len(head) >= 10:
        return struct.unpack("<HH", head[6:10])
    if kind == "BMP" and len(head) >= 26:
        width, height = struct.unpack("<ii", head[18:26])
        return abs(width), abs(height)
    if kind == "WebP" and head[12:16] == b"VP8X" and len(head) >= 30:
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == "JPEG":
        position = 2
        while position + 9 < len(head) and head[position] == 0xFF:
            marker = head[position + 1]
            if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
                height, width = struct.unpack(">HH", head[position + 5 : position + 9])
                return width, height
            position += 2 + int.from_bytes(head[position + 2 : position + 4], "big")
    return 0, 0


def _end(kind: str, head: bytes, tail: bytes, size: int) -> tuple[str, bool]:
    """Why the end of the file does not fit its beginning, or whether it leaves doubt."""
    if kind == "PNG":
        return "", b"IEND" not in tail
    if kind == "JPEG":
        return "", b"\xff\xd9" not in tail
    if kind == "GIF":
        return "", b";" not in tail
    if kind == "WebP":
        expected = int.from_bytes(head[4:8], "little") + 8
        return (f"it is cut short: {size:,} of {expected:,} bytes", False) if size < expected else ("", False)
    return "", kind == ""


def damage(path: str, max_pixels: int = MAX_PIXELS) -> str:
    """Why Pillow cannot decode the picture at ``path``; "" when it can, or does not know the format."""
    from PIL import Image, UnidentifiedImageError

    opener: Any = Image
    limit = opener.MAX_IMAGE_PIXELS
    opener.MAX_IMAGE_PIXELS = None  # checked here, by the caller's own limit
    try:
        require_regular(path)
        with Image.open(path) as picture:
            width, height = picture.size
            if width * height > max_pixels:
                return f"{width} × {height} pixels would need gigabytes to show"
            picture.load()
    except UnidentifiedImageError:
        with open(path, "rb") as file:
            known = sniff(file.read(HEAD_BYTES)) in _PROMISED.values()
        return "it ends before the picture begins" if known else "its bytes are no picture"
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        struct.error,
        MemoryError,
        IndexError,
        TypeError,
        OverflowError,
    ) as error:
        return f"it cannot be decoded: {str(error).rstrip('.') or type(error).__name__}"
    finally:
        opener.MAX_IMAGE_PIXELS = limit
    return ""
