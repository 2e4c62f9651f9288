"""EM001: an embed of a picture or the like without its file."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "![[p.png]]", "Attachments/p.png": None}, id="it is there"),
        pytest.param({"a.md": "[[Nowhere]]"}, id="a link is no embed"),
        pytest.param({"a.md": "![[p.png]]", ".p.png.icloud": None}, id="kept in the cloud"),
        pytest.param({"a.md": "`![[p.png]]`"}, id="code"),
        pytest.param({"a.md": "![[nas 1.png]]", "vaultkit.toml": '[rules.EM001]\nallow = ["nas *"]\n'}, id="allowed"),
    ],
)
def test_missing_attachment_is_silent(lint, files):
    assert lint(files, "EM001") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "one\n![[p.png|300]]"},
            ["a.md:2:1: EM001 missing-attachment: missing attachment `p.png`"],
            id="picture",
        ),
        pytest.param(
            {"a.md": "![[p.png]]", "p.jpg": None},
            ["a.md:1:1: EM001 missing-attachment: missing attachment `p.png`; did you mean `p.jpg`?"],
            id="another extension is there",
        ),
        pytest.param(
            {"a.md": "![x](img/p.png)"},
            ["a.md:1:1: EM001 missing-attachment: missing attachment `img/p.png`"],
            id="Markdown",
        ),
        pytest.param(
            {"a.md": "![[Board.canvas]]"},
            ["a.md:1:1: EM001 missing-attachment: missing attachment `Board.canvas`"],
            id="canvas",
        ),
        pytest.param(
            {"a.md": "![[Pasted image 20240528225721.png]]", "Pasted image 20240528225723.png": None},
            [
                "a.md:1:1: EM001 missing-attachment: missing attachment `Pasted image 20240528225721.png`; `Pasted image 20240528225723.png` was pasted within seconds of it"
            ],
            id="pasted a moment later",
        ),
        pytest.param(
            {"x/a.md": "![[p.png]]", "p.jpg": None, "x/p.webp": None},
            ["x/a.md:1:1: EM001 missing-attachment: missing attachment `p.png`; did you mean `x/p.webp` or `p.jpg`?"],
            id="two of the name, that in the own folder first",
        ),
    ],
)
def test_missing_attachment_is_found(lint, files, expected):
    assert lint(files, "EM001") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                "a.md": "![[Pasted image 20240528225721.png|300]]",
                "x/Pasted image 20240528225723.png": None,
                "Pasted image 20240528225821.png": None,
            },
            {"a.md": "![[Pasted image 20240528225723.png|300]]"},
            id="pasted a moment later",
        ),
        pytest.param(
            {"a.md": "![[p.png|300]] ![x](p.png)", "p.jpg": None},
            {"a.md": "![[p.jpg|300]] ![x](p.jpg)"},
            id="another extension",
        ),
    ],
)
def test_missing_attachment_is_mended(fixed, lint, files, expected):
    once = fixed(files, "EM001")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "EM001") == []
    assert fixed({**files, **once}, "EM001") == once


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("p.png", "error", id="a picture"),
        pytest.param("Example.png", "info", id="the example of a manual"),
        pytest.param("beispiel 2.pdf", "info", id="another, in another language"),
        pytest.param("examples.png", "error", id="a name that only begins so"),
    ],
)
def test_how_bad_it_is(findings, name, expected):
    assert [finding.severity for finding in findings({"a.md": f"![[{name}]]"}, "EM001")] == [expected]
