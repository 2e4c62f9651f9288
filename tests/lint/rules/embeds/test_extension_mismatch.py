"""EM006: pictures whose bytes are of another format than their name says."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image


def drawn(kind: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (4, 4), "teal").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("p.png", drawn("PNG"), id="PNG"),
        pytest.param("p.jpeg", drawn("JPEG"), id="two extensions of one format"),
        pytest.param("p.svg", b"<!-- made by hand --><svg/>", id="SVG behind a comment"),
        pytest.param("p.png", b"", id="an empty file is another rule"),
        pytest.param("p.png", b"no picture at all", id="unknown bytes are another rule"),
        pytest.param("p.pdf", drawn("PNG"), id="no picture by name"),
    ],
)
def test_extension_mismatch_is_silent(lint, name, data):
    assert lint({"a.md": f"![[{name}]]", name: data}, "EM006") == []


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("p.png", drawn("JPEG"), "wrong file extension: `p.png` is a JPEG file, not PNG", id="JPEG"),
        pytest.param("p.jpg", drawn("WEBP"), "wrong file extension: `p.jpg` is a WebP file, not JPEG", id="WebP"),
        pytest.param(
            "p.png", b"<!DOCTYPE html><p>", "wrong file extension: `p.png` is a web page, not PNG", id="web page"
        ),
        pytest.param(
            "p.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "wrong file extension: `p.jpg` is a HEIC file, not JPEG", id="HEIC"
        ),
        pytest.param("p.png", b"%PDF-1.7\n", "wrong file extension: `p.png` is a PDF file, not PNG", id="PDF"),
    ],
)
def test_extension_mismatch_is_found(lint, name, data, message):
    assert lint({"a.md": f"![[{name}]]", name: data}, "EM006") == [f"a.md:1:1: EM006 extension-mismatch: {message}"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                "a.md": "",
                "c.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "p.png"}], "edges": []}',
                "p.png": b"GIF89a",
            },
            ["c.canvas:1:49: EM006 extension-mismatch: wrong file extension: `p.png` is a GIF file, not PNG"],
            id="a canvas shows it",
        ),
    ],
)
def test_extension_mismatch_elsewhere(lint, files, expected):
    assert lint(files, "EM006") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "![[x/p.png]]", "x/p.png": b"\xff\xd8\xff"}, "x/p.jpg", id="JPEG"),
        pytest.param({"a.md": "![[p.jpg]]", "p.jpg": b"RIFF\0\0\0\0WEBP"}, "p.webp", id="WebP"),
        pytest.param({"a.md": "![[p.png]]", "p.png": b"%PDF-1.4"}, "p.pdf", id="PDF"),
        pytest.param({"a.md": "![[p.png]]", "p.png": b"<html></html>"}, None, id="a web page is no picture"),
        pytest.param({"a.md": "![[p.png]]", "p.png": b"II*\0"}, None, id="Obsidian shows no TIFF"),
        pytest.param({"a.md": "![[p.png]]", "p.png": b"GIF89a", "p.gif": b""}, None, id="the name is taken"),
    ],
)
def test_extension_mismatch_is_renamed_to(findings, files, expected):
    found = findings(files, "EM006")
    assert [finding.fix and finding.fix.rename[1] for finding in found] == [expected]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        pytest.param("p.png", b"\xff\xd8\xff", "info", id="JPEG as PNG"),
        pytest.param("p.jpg", drawn("PNG"), "info", id="PNG as JPEG"),
        pytest.param("p.jpg", b"RIFF\0\0\0\0WEBP", "info", id="WebP as JPEG"),
        pytest.param("p.png", b"GIF89a", "info", id="GIF as PNG"),
        pytest.param("p.png", b"<html></html>", "warning", id="a web page"),
        pytest.param("p.svg", drawn("PNG"), "warning", id="a picture that is called SVG"),
        pytest.param("p.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "warning", id="an SVG by another name"),
        pytest.param("p.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "warning", id="HEIC"),
        pytest.param("p.png", b"%PDF-1.4", "warning", id="PDF"),
    ],
)
def test_what_browsers_tell_by_the_bytes_is_info(findings, name, data, expected):
    assert [one.severity for one in findings({"a.md": f"![[{name}]]", name: data}, "EM006")] == [expected]
