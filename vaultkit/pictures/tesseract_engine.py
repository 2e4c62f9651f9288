"""The engine tesseract: an installed program, started for each picture."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.programs import program_path, run_program
from vaultkit.pictures.layout import reading_order
from vaultkit.pictures.model import Line

SECONDS = 90
# What people write -> the name of tesseract's language data.
_DATA = {
    "en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "pt": "por", "nl": "nld", "sv": "swe", "da": "dan",
    "no": "nor", "nb": "nor", "fi": "fin", "pl": "pol", "cs": "ces", "sk": "slk", "sl": "slv", "hr": "hrv", "hu": "hun",
    "ro": "ron", "tr": "tur", "ru": "rus", "uk": "ukr", "bg": "bul", "sr": "srp", "el": "ell", "he": "heb", "ar": "ara",
    "fa": "fas", "hi": "hin", "th": "tha", "vi": "vie", "id": "ind", "ko": "kor", "ja": "jpn", "zh": "chi_sim",
    "zh-cn": "chi_sim", "zh-hans": "chi_sim", "zh-tw": "chi_tra", "zh-hant": "chi_tra", "la": "lat", "ca": "cat",
}  # fmt: skip
# tesseract was trained on text of about 300 dpi; screens have 96, where its capitals are 10 pixels high.
_SMALL = 2_000_000
LEAST_CONFIDENCE = 0.3
MOST_LANGUAGES = 4  # each language makes it slower and less exact


def is_installed() -> bool:
    """Return whether the program is in PATH."""
    return program_path("tesseract") is not None


@cache
def _known() -> tuple[str, tuple[str, ...]]:
    """Version and language data."""
    status, out, messages = run_program("tesseract", ["--version"], seconds=20)
    found = re.search(rb"tesseract v?([\w.-]+)", out + messages)
    _, listed, _ = run_program("tesseract", ["--list-langs"], seconds=20)
    names = [line.strip() for line in listed.decode("utf-8", "replace").splitlines()[1:]]
    return (found[1].decode() if found and status == 0 else "?"), tuple(
        name for name in names if name not in ("", "osd")
    )


def data_names(languages: Sequence[str]) -> tuple[str, ...]:
    """Return tesseract's names of the languages; for none all that are installed, or English where these are many.

    Raises:
        VaultkitError: the data of a language is not installed, or no data is.
    """
    installed = _known()[1]
    wanted = [_DATA.get(one.lower(), one) for one in languages]
    missing = [one for one in wanted if one not in installed]
    if missing or not installed:
        have = ", ".join(installed) or "none"
        raise VaultkitError(
            f"tesseract: no language data for {', '.join(missing) or 'any language'}; installed: {have}"
        )
    if wanted:
        return tuple(dict.fromkeys(wanted))
    if len(installed) > MOST_LANGUAGES and "eng" in installed:
        return ("eng",)
    return tuple(sorted(installed, key=lambda name: (name != "eng", name)))


def identity(languages: Sequence[str]) -> str:
    """Return name, version and languages.

    Raises:
        VaultkitError: the data of a language is not installed, or the program cannot be started.
    """
    try:
        return f"tesseract {_known()[0]} {'+'.join(data_names(languages))}"
    except OSError as error:
        raise VaultkitError(f"tesseract: cannot be started ({error})") from error


class Tesseract:
    """The program with its languages."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.identity = identity(languages)
        self._data = "+".join(data_names(languages))

    def read(self, image: Any) -> Sequence[Line]:
        """Return the lines in reading order; tesseract's own takes a table apart by columns.

        Raises:
            OSError: the program failed or took too long.
        """
        scale = 2 if image.width * image.height < _SMALL else 1
        if scale > 1:
            image = image.resize((image.width * scale, image.height * scale), resample=3)
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=1, dpi=(192, 192))
        words = ["stdin", "stdout", "-l", self._data, "--psm", "3", "tsv"]
        status, table, messages = run_program(
            "tesseract", words, stdin=out.getvalue(), seconds=SECONDS, environment={"OMP_THREAD_LIMIT": "1"}
        )
        if status:
            lines = messages.decode("utf-8", "replace").strip().splitlines()
            raise OSError(f"tesseract: exit status {status}{': ' + lines[-1][:120] if lines else ''}")
        return reading_order(lines_of(table.decode("utf-8", "replace"), scale))


def lines_of(table: str, scale: int = 1) -> tuple[Line, ...]:
    """Return the lines of tesseract's TSV output: level, page, block, paragraph, line, word, box, confidence, text."""
    rows: dict[tuple[str, ...], list[_Word]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) // scale for cell in cells[6:10])
        word = cells[11].strip(), max(0.0, float(cells[10]) / 100), (left, top, left + width, top + height)
        rows.setdefault(tuple(cells[1:5]), []).append(word)
    found = []
    for words in (part for row in rows.values() for part in _split_at_gaps(row)):
        text = _spaced([word for word, _, _ in words])
        confidence = sum(score * len(word) for word, score, _ in words) / sum(len(word) for word, _, _ in words)
        if confidence >= LEAST_CONFIDENCE:
            boxes = [box for _, _, box in words]
            box = min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
            found.append(Line(text, round(min(1.0, confidence), 4), box))
    return tuple(found)


_Word = tuple[str, float, tuple[int, int, int, int]]


def _split_at_gaps(words: Sequence[_Word]) -> Iterator[Sequence[_Word]]:
    """Split a line where words are so far apart that they are labels or cells beside each other."""
    start = 0
    for at in range(1, len(words)):
        _, top, end, bottom = words[at - 1][2]
        if words[at][2][0] - end > 1.5 * (bottom - top):
            yield words[start:at]
            start = at
    yield words[start:]


def _spaced(words: Sequence[str]) -> str:
    """Join words by spaces, but not Chinese and Japanese letters, each of which tesseract takes for a word."""
    text = " ".join(words)
    return re.sub(r"(?<=[\u3005-\u30ff\u3400-\u9fff]) (?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])", "", text)
