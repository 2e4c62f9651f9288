"""PDF files: their own text first, pages without text as the engine sees them, hostile ones with a reason."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from drawn import IDENTITY, fake, vault

from vaultkit.pictures.reading import read_pictures
from vaultkit.pictures.texts import picture_texts

pytest.importorskip("pypdfium2", reason="the extra [ocr] is not installed")


def pdf(*pages: str) -> bytes:
    """A PDF with a text layer: one line of text each page; "" for an empty page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for at, text in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 100] /Contents {5 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        stream = f"BT /F1 14 Tf 10 50 Td ({text}) Tj ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def scanned() -> bytes:
    """A PDF of one picture without a text layer."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(out, "PDF")
    return out.getvalue()


def read(root: Path) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """Path -> (text, origin); path -> reason."""
    paths = [one.name for one in root.iterdir() if one.suffix == ".pdf"]
    run = read_pictures(str(root), paths, fake, IDENTITY, jobs=1)
    return {path: (one.text, one.origin) for path, one in picture_texts(root).items()}, dict(run.known.skipped)


def test_the_text_layer_comes_first(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.pdf": pdf("MinHash estimates the Jaccard index", "Bands and rows of a signature")})
    assert read(root)[0] == {"a.pdf": ("MinHash estimates the Jaccard index\fBands and rows of a signature", "text")}


def test_a_page_without_text_goes_to_the_engine(tmp_path: Path) -> None:
    class Seen:
        identity = IDENTITY

        def read(self, image):  # type: ignore[no-untyped-def]
            from vaultkit.pictures.model import Line

            assert image.mode == "RGB"
            return (Line(f"a page of {image.width} × {image.height}", 0.9),)

    root = vault(tmp_path, {"a.pdf": scanned(), "b.pdf": pdf("A text layer of its own", "")})
    read_pictures(str(root), ["a.pdf", "b.pdf"], lambda threads: Seen(), IDENTITY, jobs=1)
    found = picture_texts(root)
    assert found["a.pdf"].text.startswith("a page of ")
    assert (found["a.pdf"].origin, found["b.pdf"].origin) == ("ocr", "mixed")
    assert found["b.pdf"].text == "A text layer of its own\fa page of 834 × 209"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4\nnothing more", "PDF damaged"),
        (b"hello", "not a PDF"),
        (b"", "not a PDF"),
        (pdf("x" * 30)[:-200], None),
        (pdf("x" * 30).replace(b"/Count 1", b"/Count 99999999"), None),
        (pdf("x" * 30).replace(b"[0 0 400 100]", b"[0 0 9e9 9e9]"), None),
        (pdf("").replace(b"[0 0 400 100]", b"[0 0 19999 1]"), None),
    ],
    ids=["only a head", "no PDF", "empty", "cut short", "count", "huge page", "thin page"],
)
def test_a_hostile_pdf(tmp_path: Path, data: bytes, reason: str | None) -> None:
    texts, skipped = read(vault(tmp_path, {"a.pdf": data, "b.pdf": pdf("Bands and rows of a signature")}))
    assert texts["b.pdf"][0] == "Bands and rows of a signature"
    assert set(texts) | set(skipped) == {"a.pdf", "b.pdf"}, "read or skipped, never neither"
    if reason is not None:
        assert skipped == {"a.pdf": reason}
