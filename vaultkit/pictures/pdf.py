"""Pages of a PDF: their own text where they have one, else pixels for an engine."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from vaultkit.base.extras import missing_extra
from vaultkit.base.record import record
from vaultkit.pictures.decode import UnreadableError

MAX_PAGES = 200
# A scanned page has a text layer of a few stray letters at most.
LEAST_LETTERS = 16
DPI = 150
MAX_PAGE_PIXELS = 16_000_000
MAX_PAGE_LETTERS = 200_000


@record
class Page:
    """One page. text: its text layer; image: its pixels when it has no text, else None. width, height: in points."""

    text: str
    image: Any
    width: int
    height: int


def is_installed() -> bool:
    """Return whether PDF files can be read."""
    return find_spec("pypdfium2") is not None


def pages(data: bytes) -> Iterator[Page]:
    """Read the pages one by one, the first `MAX_PAGES`.

    Raises:
        UnreadableError: it is damaged, encrypted, or pypdfium2 is missing.
    """
    if not is_installed():
        raise UnreadableError(str(missing_extra("pypdfium2", "reading PDF files")))
    import pypdfium2

    if not data.startswith(b"%PDF-") and b"%PDF-" not in data[:1024]:
        raise UnreadableError("not a PDF")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = "protected by a password" if "password" in str(error).lower() else "damaged"
        raise UnreadableError(f"PDF {reason}") from None
    try:
        for number in range(min(len(document), MAX_PAGES)):
            yield _page(document, number)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"PDF damaged: {str(error).rstrip('.')[:100]}") from None
    finally:
        document.close()


def _page(document: Any, number: int) -> Page:
    page = document[number]
    try:
        width, height = page.get_size()
        layer = page.get_textpage()
        try:
            text = layer.get_text_range(0, min(layer.count_chars(), MAX_PAGE_LETTERS)) if layer.count_chars() else ""
        finally:
            layer.close()
        text = _clean(text)
        if sum(letter.isalnum() for letter in text) >= LEAST_LETTERS:
            return Page(text, None, round(width), round(height))
        return Page("", _rendered(page, width, height), round(width), round(height))
    finally:
        page.close()


def _rendered(page: Any, width: float, height: float) -> Any:
    if not (0 < width < 20_000 and 0 < height < 20_000):
        raise UnreadableError(f"a PDF page of {width:.0f} × {height:.0f} points")
    scale = min(DPI / 72, (MAX_PAGE_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    try:
        return bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()


def _clean(text: str) -> str:
    """The text layer with plain line ends and without what pdfium puts where it knows no letter."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-").replace("\x02", "-")
    return "\n".join(line.rstrip() for line in text.replace("\0", "").replace("\f", "\n").split("\n")).strip()
