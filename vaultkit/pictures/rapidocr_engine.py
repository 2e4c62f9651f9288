"""The engine rapidocr: PP-OCRv6 by onnxruntime, with the models that are inside the package.

Each model is named by its path, because rapidocr downloads a model that it does not find by itself.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.extras import install_command
from vaultkit.pictures.layout import reading_order, tiles
from vaultkit.pictures.model import Line

_MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
# Scripts of PP-OCRv6 small, read from the letters inside its model: Latin, Greek letters of formulas, Han, Kana.
_LANGUAGES = frozenset(
    "en de fr es it pt nl sv da no nb nn fi is et lv lt pl cs sk sl hr hu ro tr sq ca eu gl ga cy mt lb la id ms af sw "
    "zh ja".split()
)
# A line that is read with less confidence is a decoration more often than text.
LEAST_CONFIDENCE = 0.5
MAX_AREA = 4_000_000  # pixels that are looked at; each million takes about a second and 150 MB


def is_installed() -> bool:
    """Return whether the engine and its models are here; nothing is loaded."""
    return find_spec("onnxruntime") is not None and _models_folder() is not None


def _models_folder() -> str | None:
    found = find_spec("rapidocr")
    if found is None or not found.origin:
        return None
    folder = os.path.join(os.path.dirname(found.origin), "models")
    return folder if all(os.path.isfile(os.path.join(folder, name)) for name in _MODELS.values()) else None


@cache
def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("rapidocr")
    except PackageNotFoundError:
        return "?"


def identity(languages: Sequence[str]) -> str:
    """Return name, version and model. One model reads all languages, so they are not part of it.

    Raises:
        VaultkitError: the model does not know the letters of a language.
    """
    unknown = [one for one in languages if one.lower().partition("-")[0] not in _LANGUAGES]
    if unknown:
        raise VaultkitError(
            f"--languages {','.join(unknown)}: not in the model of rapidocr; use --engine tesseract, "
            f"or some of {', '.join(sorted(_LANGUAGES))}"
        )
    return f"rapidocr {_version()} PP-OCRv6 small"


def longest_side(width: int, height: int) -> int:
    """Return the side to which a larger picture is made smaller: a wide one keeps the height of its letters.

    >>> longest_side(3840, 2160), longest_side(6000, 900), longest_side(90_000, 20)
    (2000, 4444, 10000)
    """
    return max(2000, min(MAX_AREA // max(1, min(width, height)), 10_000))


class RapidOcr:
    """The loaded models."""

    def __init__(self, languages: Sequence[str], threads: int) -> None:
        self.identity = identity(languages)
        folder = _models_folder()
        if folder is None:
            raise VaultkitError(f"the package rapidocr has no models; install it again with `{install_command('ocr')}`")
        from rapidocr import RapidOCR

        parameters: dict[str, Any] = {
            "Global.log_level": "critical",
            "Global.model_root_dir": folder,
            "Global.text_score": LEAST_CONFIDENCE,
            "Global.use_cls": False,  # it turns upright lines upside down: 3.6 % wrong letters on screenshots, 0.0 % without
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
        parameters |= {f"{part}.model_path": os.path.join(folder, name) for part, name in _MODELS.items()}
        self._engine: Any = RapidOCR(params=parameters)

    def read(self, image: Any) -> Sequence[Line]:
        """Return the lines in reading order; a long screenshot is read in pieces.

        Raises:
            OSError: the engine failed.
        """
        found: list[Line] = []
        for top, piece in tiles(image):
            found += self._read_piece(piece, top)
        return reading_order(found)

    def _read_piece(self, image: Any, top: int) -> Iterator[Line]:
        import numpy as np

        pixels = np.asarray(image)[:, :, ::-1]  # the models were trained on BGR
        self._engine.max_side_len = longest_side(*image.size)
        try:
            with contextlib.redirect_stdout(None):
                result = self._engine(np.ascontiguousarray(pixels))
        except Exception as error:  # of OpenCV, onnxruntime or rapidocr itself: one picture, not the run
            raise OSError(
                f"rapidocr: {type(error).__name__}: {str(error).splitlines()[0][:100] if str(error) else ''}"
            ) from error
        texts, scores, boxes = result.txts, result.scores, result.boxes
        if not texts or scores is None or boxes is None:
            return
        for text, score, box in zip(texts, scores, boxes, strict=True):
            if text.strip():
                left, upper = box.min(axis=0).astype(int).tolist()
                right, lower = box.max(axis=0).astype(int).tolist()
                yield Line(text.strip(), round(float(score), 4), (left, upper + top, right, lower + top))
