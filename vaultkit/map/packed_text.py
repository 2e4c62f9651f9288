"""Texts of notes, compressed into characters that an HTML script element can hold.

The bytes are compressed by bzip2, which needs a quarter less than deflate for a vault's text, or deflated, which browsers
read by themselves. They are written seven bits to an ASCII character, which is an eighth smaller than base64. Four characters
are escaped: NUL and CR, which HTML parsers change, "<", which could end the element, and DEL, which is the escape.
"""

from __future__ import annotations

import bz2
import zlib
from collections.abc import Sequence
from typing import Literal

import numpy as np

from vaultkit.base.record import record

LEVEL = 7  # the best one takes twice as long for a hundredth of the size
SEPARATOR = "\0"  # between texts
ESCAPE = 0x7F
ESCAPED = (0x00, 0x0D, 0x3C, ESCAPE)
FLIP = 0x40  # what an escaped character differs by

Form = Literal["deflate", "bzip2"]

_IS_ESCAPED = np.zeros(128, dtype=np.bool_)
_IS_ESCAPED[list(ESCAPED)] = True


@record
class Packed:
    """size: number of compressed bytes. characters: ASCII without "<", NUL and CR. form: how they are compressed."""

    size: int
    characters: str
    form: Form = "deflate"


def packed(texts: Sequence[str], *, is_quick: bool = False) -> Packed:
    """Compress texts. NUL in a text becomes U+FFFD, as in a browser.

    is_quick: compress less, in a fifth of the time.
    """
    joined = SEPARATOR.join(text.replace(SEPARATOR, "\ufffd") for text in texts)
    data = joined.encode("utf-8", "replace")
    return packed_bytes(data, level=1) if is_quick else _written(bz2.compress(data, 9), "bzip2")


def packed_bytes(data: bytes, *, level: int = LEVEL) -> Packed:
    """Compress bytes, without a header: what ``DecompressionStream("deflate-raw")`` reads."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -15)
    return _written(deflate.compress(data) + deflate.flush(), "deflate")


def _written(compressed: bytes, form: Form) -> Packed:
    """The bytes as characters."""
    size = len(compressed)
    # Seven bytes are eight characters: character n has the low n bits of byte n - 1 and the high 7 - n bits of byte n.
    padded = np.zeros((-(-size // 7), 7), dtype=np.uint8)
    padded.ravel()[:size] = np.frombuffer(compressed, dtype=np.uint8)
    codes = np.zeros((len(padded), 8), dtype=np.uint8)
    for at in range(8):
        if at < 7:
            codes[:, at] |= padded[:, at] >> (at + 1)
        if at:
            codes[:, at] |= (padded[:, at - 1] << (7 - at)) & 0x7F
    codes = codes.ravel()[: -(-size * 8 // 7)]
    is_escaped = _IS_ESCAPED[codes]
    places = np.flatnonzero(is_escaped)
    codes = np.where(is_escaped, codes ^ FLIP, codes).astype(np.uint8)
    return Packed(size, np.insert(codes, places, ESCAPE).tobytes().decode("ascii"), form)


def unpacked(found: Packed) -> bytes:
    """The bytes that were compressed.

    >>> unpacked(packed(["one <two>", "three"]))
    b'one <two>\\x00three'
    """
    codes = np.frombuffer(found.characters.encode("ascii"), dtype=np.uint8)
    escapes = np.flatnonzero(codes == ESCAPE)  # an escaped character is never the escape itself
    codes = codes.copy()
    codes[escapes + 1] ^= FLIP
    codes = np.delete(codes, escapes)
    bits = np.unpackbits(codes[:, None], axis=1)[:, 1:].ravel()
    data = np.packbits(bits)[: found.size].tobytes()
    return bz2.decompress(data) if found.form == "bzip2" else zlib.decompress(data, -15)
