"""Texts of notes, compressed into characters that an HTML script element can hold.

The bytes are deflated and written seven bits to an ASCII character, which is an eighth smaller than base64. Four characters
are escaped: NUL and CR, which HTML parsers change, "<", which could end the element, and DEL, which is the escape.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from vaultkit.base.record import record

SEPARATOR = "\0"  # between texts
ESCAPE = 0x7F
ESCAPED = (0x00, 0x0D, 0x3C, ESCAPE)
FLIP = 0x40  # what an escaped character differs by


@record
class Packed:
    """size: number of compressed bytes. characters: ASCII without "<", NUL and CR."""

    size: int
    characters: str


def packed(texts: Sequence[str]) -> Packed:
    """Compress texts. NUL in a text becomes U+FFFD, as in a browser; so do lone surrogates."""
    joined = SEPARATOR.join(text.replace(SEPARATOR, "\ufffd") for text in texts)
    return packed_bytes(joined.encode("utf-8", "replace"))


def packed_bytes(data: bytes) -> Packed:
    """Compress bytes, without a header: what ``DecompressionStream("deflate-raw")`` reads."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    compressed = deflate.compress(data) + deflate.flush()
    bits = np.unpackbits(np.frombuffer(compressed, dtype=np.uint8))
    bits = np.concatenate([bits, np.zeros(-len(bits) % 7, dtype=np.uint8)])
    codes = (bits.reshape(-1, 7) @ (1 << np.arange(6, -1, -1))).astype(np.uint8)
    is_escaped = np.isin(codes, ESCAPED)
    places = np.flatnonzero(is_escaped)
    codes = np.where(is_escaped, codes ^ FLIP, codes).astype(np.uint8)
    return Packed(len(compressed), np.insert(codes, places, ESCAPE).tobytes().decode("ascii"))


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
    return zlib.decompress(np.packbits(bits)[: found.size].tobytes(), -15)
