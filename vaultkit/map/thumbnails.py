"""Small pictures for the note card: the vault's images, shrunk, capped by number and by bytes."""

from __future__ import annotations

import base64
import io
import os
import warnings

from vaultkit.base.record import record
from vaultkit.base.safe_read import require_regular
from vaultkit.map.reuse import Reuse, digest
from vaultkit.vault.files import extension
from vaultkit.vault.snapshot import Snapshot

LONGEST_SIDE = 160
QUALITY = 60
MOST = 300
MOST_BYTES = 3_000_000  # of data URLs: the page is sent by mail
MOST_PIXELS = 60_000_000  # a picture of more is a decompression bomb, or would take seconds
# SVG is a document with scripts, not a picture; the others are what Pillow reads everywhere.
FORMATS = frozenset({"png", "jpg", "jpeg", "webp", "gif", "bmp"})


@record
class Thumbs:
    """urls: (path, data URL). left_out: pictures beyond the caps. unreadable: pictures Pillow could not read."""

    urls: tuple[tuple[str, str], ...]
    left_out: int
    unreadable: int


def thumbs(vault: Snapshot, reuse: Reuse) -> Thumbs:
    """Thumbnails of the pictures that notes show, the most shown first."""
    shown = [path for path in vault.files if extension(path) in FORMATS and path in vault.backlinks]
    shown.sort(key=lambda path: (-sum(vault.backlinks[path].values()), path))
    urls: list[tuple[str, str]] = []
    size = unreadable = left_out = 0
    for path in shown:
        if len(urls) >= MOST or size >= MOST_BYTES:
            left_out += 1
            continue
        url = _reused(vault.root, path, reuse)
        if not url:
            unreadable += 1
            continue
        if size + len(url) > MOST_BYTES:
            left_out += 1
            continue
        size += len(url)
        urls.append((path, url))
    return Thumbs(tuple(sorted(urls)), left_out, unreadable)


def _reused(root: str, path: str, reuse: Reuse) -> str:
    return reuse.value(f"thumbnail {path}", _stamp(root, path), lambda: _data_url(root, path))


def _stamp(root: str, path: str) -> bytes:
    """What changes with the picture: its size and the time of its last change."""
    try:
        found = os.stat(os.path.join(root, path))
    except OSError:
        return b""
    return digest(path, str(found.st_size), str(found.st_mtime_ns), str(found.st_ctime_ns))


def _data_url(root: str, path: str) -> str:
    data = thumbnail(os.path.join(root, path))
    return "" if data is None else "data:image/webp;base64," + base64.b64encode(data).decode("ascii")


def thumbnail(path: str) -> bytes | None:
    """A picture as a small WebP without its EXIF data; None when it cannot be read, or is too large to try."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns about what the next line refuses
            require_regular(path)
            with Image.open(path) as image:
                if image.width * image.height > MOST_PIXELS:
                    return None
                image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
                small = ImageOps.exif_transpose(image)
                small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                small = small.convert("RGBA" if "A" in small.getbands() or "transparency" in small.info else "RGB")
                small.info = {}
                out = io.BytesIO()
                small.save(out, "WEBP", quality=QUALITY, method=4)
                return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None  # Pillow's ways to say that this is no picture
