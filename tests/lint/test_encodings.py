"""Which encodings are certain: texts as people have them, and bytes that only look like one."""

from __future__ import annotations

import pytest

from vaultkit.lint.encodings import encoding_of, text_in

FRENCH = "Le café est fermé l\u2019été ; où aller ? Voilà.\n"
GERMAN = "Größe: 5 °C – „Übung macht den Meister“, Straße 12, §5\n"
SPANISH = "¿Dónde está el niño? Señal número 2º\n"
PORTUGUESE = "São questões de informação\n"


@pytest.mark.parametrize(
    "text", [FRENCH, GERMAN, SPANISH, PORTUGUESE, "it\u2019s \u201cfine\u201d \u2013 really\n", "5 €\n"]
)
def test_western_texts(text):
    assert encoding_of(text.encode("cp1252")) == "cp1252"
    assert text_in(text.encode("cp1252"), "cp1252") == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_wide_encodings(encoding):
    text = "# Title\n\nSome words, and " + FRENCH
    name = encoding_of(text.encode(encoding))
    assert text_in(text.encode(encoding), name) == text


def test_big_endian_with_a_mark():
    assert encoding_of(b"\xfe\xff" + "日本".encode("utf-16-be")) == "utf-16"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Привет, мир, как дела".encode("cp1251"), id="Cyrillic"),
        pytest.param("Καλημέρα κόσμε".encode("iso8859-7"), id="Greek"),
        pytest.param("こんにちは".encode("shift-jis"), id="Japanese"),
        pytest.param("你好世界".encode("gb18030"), id="Chinese"),
        pytest.param("Příliš žluťoučký kůň".encode("cp1250"), id="Czech"),
        pytest.param("Zażółć gęślą jaźń".encode("cp1250"), id="Polish"),
        pytest.param("Árvíztűrő tükörfúrógép".encode("cp1250"), id="Hungarian"),
        pytest.param("İstanbul'da güneş".encode("cp1254"), id="Turkish"),
        pytest.param("café crème".encode("mac-roman"), id="old Macintosh"),
        pytest.param("café crème".encode("cp437"), id="DOS"),
        pytest.param("日本語の文".encode("utf-16-le"), id="UTF-16 that is not ASCII, without a mark"),
        pytest.param(b"\xff\xfea", id="half a character"),
        pytest.param(b"\xff\xfea\0\0\0b\0", id="UTF-16 with NUL"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", id="a picture"),
        pytest.param(b"a\0b\0\0\0", id="NUL among letters"),
        pytest.param(b"caf\xe9 \x01", id="a control byte"),
        pytest.param(b"caf\xe9 \x81", id="a byte that the table has not"),
        pytest.param(bytes(range(128, 256)), id="all upper bytes"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_is_not_certain(data):
    assert encoding_of(data) == ""
