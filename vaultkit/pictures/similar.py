"""Pictures that show the same: recompressed, resized, recoloured or slightly cropped copies.

Slides of one template are alike as a whole and differ in their words, so likeness as a whole says little. Two pictures are
first laid on each other: for each axis the crop is searched in which their edges coincide best. Then each part of the one
that shows anything is compared with the same part of the other, and the parts that are least alike decide.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vaultkit.base.record import record
from vaultkit.base.safe_read import read_inside
from vaultkit.pictures.decode import MAX_FILE_BYTES, UnreadableError, decode

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

# Both measured by tests/bench/pictures_similar.py. EDGES: how well edges must coincide along each axis.
EDGES = 0.8
ALIKE = 0.8
SIDE, PARTS, BINS = 192, 12, 256
# Copies are cropped by a tenth at most, and looked for in steps of one bin.
_MOST_CROPPED = 0.105
PROPORTIONS = 1.13
# The share of parts that may be less alike than the likeness says, as where a pointer or a stamp covers one.
_LEFT_OUT = 0.1
_LEAST_PARTS = 4
_LEAST_CONTRAST = 2.0
LEAST_SHOWN = 0.06
_LONGEST = 1024
_FORMAT = "1"


@record
class Pair:
    """Two pictures that show the same. likeness: from 0 to 1; 1 for the same bytes."""

    first: str
    second: str
    likeness: float


def fingerprint(data: bytes) -> str:
    """Return what is compared of a picture, as text of some kilobytes; "" for one that cannot be decoded."""
    import numpy as np
    from PIL import Image

    try:
        image = decode(data).image
    except UnreadableError:
        return ""
    grey = image.convert("L")
    small = grey.resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()
    grey.thumbnail((_LONGEST, _LONGEST), Image.Resampling.BOX)
    pixels = np.asarray(grey, dtype=np.float32)
    across = np.abs(np.diff(pixels, axis=1)).mean(axis=0) if pixels.shape[1] > 1 else np.zeros(1, np.float32)
    down = np.abs(np.diff(pixels, axis=0)).mean(axis=1) if pixels.shape[0] > 1 else np.zeros(1, np.float32)
    edges = b"".join(_profile(values).tobytes() for values in (across, down))
    packed = base64.b64encode(zlib.compress(small + edges, 6)).decode("ascii")
    return f"{_FORMAT}:{image.width}x{image.height}:{packed}"


def fingerprint_at(root: str, path: str) -> str:
    """Return the fingerprint of a picture of the vault; "" where there is none."""
    try:
        return fingerprint(read_inside(root, path, MAX_FILE_BYTES))
    except OSError:
        return ""


def _profile(values: Any) -> Any:
    """Edges along one axis in `BINS` bins, of 0 to 255."""
    import numpy as np

    sums = np.concatenate(([0.0], np.cumsum(values)))
    at = np.linspace(0, len(values), BINS + 1)
    bins = np.diff(np.interp(at, np.arange(len(sums)), sums))
    return np.round(255 * np.sqrt(bins / max(float(bins.max()), 1e-9))).astype(np.uint8)


class _Print:
    """A fingerprint as numbers. ratio: width through height; grey: SIDE × SIDE; edges: across and down, BINS each."""

    __slots__ = ("edges", "grey", "ratio")

    def __init__(self, ratio: float, grey: Floats, edges: tuple[Floats, Floats]) -> None:
        self.ratio = ratio
        self.grey = grey
        self.edges = edges


def similar(prints: Mapping[str, str], digests: Mapping[str, str]) -> tuple[Pair, ...]:
    """Return the pairs that show the same, the most alike first.

    prints: path -> fingerprint.  digests: path -> hash of the bytes.
    """
    by_digest: dict[str, list[str]] = {}
    for path in sorted(prints):
        by_digest.setdefault(digests[path], []).append(path)
    pairs = [Pair(paths[0], other, 1.0) for paths in by_digest.values() for other in paths[1:]]
    read = {paths[0]: _read(prints[paths[0]]) for paths in by_digest.values()}
    names = [path for path, one in read.items() if one is not None]
    shown = [one for one in read.values() if one is not None]
    pairs += [Pair(names[a], names[b], round(value, 3)) for (a, b), value in _compared(shown).items() if value >= ALIKE]
    return tuple(sorted(pairs, key=lambda pair: (-pair.likeness, pair.first, pair.second)))


def _read(text: str) -> _Print | None:
    """The numbers of a fingerprint; None for an empty page, or text that is no fingerprint."""
    import numpy as np

    try:
        form, size, data = text.split(":")
        width, height = map(int, size.split("x"))
        raw = zlib.decompressobj().decompress(base64.b64decode(data, validate=True), SIDE * SIDE + 2 * BINS)
    except (ValueError, binascii.Error, zlib.error):
        return None
    if form != _FORMAT or len(raw) != SIDE * SIDE + 2 * BINS or min(width, height) < 1:
        return None
    values = np.frombuffer(raw, np.uint8).astype(np.float32)
    grey = values[: SIDE * SIDE].reshape(SIDE, SIDE)
    edges = values[SIDE * SIDE :].reshape(2, BINS)
    return _Print(width / height, grey, (edges[0], edges[1])) if float(grey.std()) >= _LEAST_CONTRAST else None


def _compared(shown: Sequence[_Print]) -> dict[tuple[int, int], float]:
    """(first, second) -> likeness, of the pairs whose edges coincide; either may be a part of the other."""
    import numpy as np

    found: dict[tuple[int, int], float] = {}
    if len(shown) < 2:
        return found
    ratios = np.log(np.array([one.ratio for one in shown]))
    edges = [np.stack([_unit(one.edges[axis][None])[0] for one in shown]).T for axis in (0, 1)]
    spans = _spans()
    for at, one in enumerate(shown):
        near = np.flatnonzero(np.abs(ratios - ratios[at]) <= np.log(PROPORTIONS))
        near = near[near != at]
        best: list[Any] = []
        for axis in (0, 1):
            if not len(near):
                break
            likeness = _parts_of(one.edges[axis], spans) @ edges[axis][:, near]
            span = likeness.argmax(axis=0)
            keep = likeness[span, np.arange(len(near))] >= EDGES
            near, best = near[keep], [spans_[keep] for spans_ in (*best, span)]
        for place, other in enumerate(near.tolist()):
            x, y = (spans[spans_[place]] for spans_ in best)
            value = _likeness(one.grey, shown[other].grey, (x[0], y[0], x[1], y[1]))
            key = min(at, other), max(at, other)
            found[key] = max(found.get(key, 0.0), value)
    return found


def _spans() -> list[tuple[float, float]]:
    """The parts of an axis, as shares from 0 to 1, that a crop could have left; the whole first."""
    step = 1 / BINS
    most = int(_MOST_CROPPED / step)
    return [(before * step, 1 - behind * step) for before in range(most + 1) for behind in range(most + 1 - before)]


def _parts_of(edges: Floats, spans: Sequence[tuple[float, float]]) -> Floats:
    """The edges within each span, stretched to all bins: rows of length 1."""
    import numpy as np

    middles = (np.arange(BINS) + 0.5) / BINS
    at = np.array([start + (end - start) * middles for start, end in spans]) * BINS - 0.5
    return _unit(np.interp(at.ravel(), np.arange(BINS), edges).reshape(len(spans), BINS))


def _unit(rows: Any) -> Floats:
    import numpy as np

    # Neighbouring bins share their weight, so that half a bin more or less does not matter.
    padded = np.pad(rows, ((0, 0), (1, 1)), mode="edge")
    soft = 0.25 * padded[:, :-2] + 0.5 * padded[:, 1:-1] + 0.25 * padded[:, 2:]
    soft = soft - soft.mean(axis=1, keepdims=True)
    found: Floats = (soft / np.maximum(np.linalg.norm(soft, axis=1, keepdims=True), 1e-6)).astype(np.float32)
    return found


def _likeness(grey: Floats, other: Floats, box: tuple[float, float, float, float]) -> float:
    """How alike the part of the one picture is to the other, by the parts that show something."""
    import numpy as np
    from PIL import Image

    left, top, right, bottom = (share * SIDE for share in box)
    cut = Image.fromarray(grey).resize((SIDE, SIDE), Image.Resampling.BILINEAR, (left, top, right, bottom))
    first, second = _parts(np.asarray(cut)), _parts(other)
    contrast = np.maximum(
        first.std(axis=1) / max(float(grey.std()), 1e-6), second.std(axis=1) / max(float(other.std()), 1e-6)
    )
    shown = contrast >= LEAST_SHOWN
    if int(shown.sum()) < _LEAST_PARTS:
        shown = contrast >= np.sort(contrast)[-_LEAST_PARTS]
    together = np.abs((_centred(first[shown]) * _centred(second[shown])).sum(axis=1))
    return float(np.quantile(together, _LEFT_OUT))


def _parts(grey: Any) -> Any:
    """The PARTS × PARTS parts of a square, each a row of values, slightly blurred."""
    import numpy as np

    padded = np.pad(grey, 1, mode="edge")
    soft: Any = sum(padded[y : y + SIDE, x : x + SIDE] for y in range(3) for x in range(3)) / 9
    size = SIDE // PARTS
    parts = soft.reshape(PARTS, size, PARTS, size).transpose(0, 2, 1, 3)
    # Without what is the same along a row or a column: two lines of other words are both dark on white.
    parts = (
        parts
        - parts.mean(axis=2, keepdims=True)
        - parts.mean(axis=3, keepdims=True)
        + parts.mean(axis=(2, 3), keepdims=True)
    )
    return parts.reshape(PARTS * PARTS, size * size)


def _centred(rows: Any) -> Any:
    import numpy as np

    centred = rows - rows.mean(axis=1, keepdims=True)
    return centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6)


def groups(pairs: Iterable[Pair]) -> list[list[str]]:
    """Return the pictures that are connected by pairs, the largest group first."""
    group: dict[str, list[str]] = {}
    for pair in pairs:
        one = group.setdefault(pair.first, [pair.first])
        other = group.setdefault(pair.second, [pair.second])
        if one is not other:
            one += other
            for path in other:
                group[path] = one
    unique = {id(paths): sorted(paths) for paths in group.values()}
    return sorted(unique.values(), key=lambda paths: (-len(paths), paths))
