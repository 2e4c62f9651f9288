"""EM007: an embed of a type that Obsidian cannot show."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "![[p.png]]", "p.png": None}, id="a picture"),
        pytest.param({"a.md": "[[p.heic]]", "p.heic": None}, id="a link"),
        pytest.param({"a.md": "![[p.heic]]"}, id="missing is another rule"),
        pytest.param({"a.md": "![[d.excalidraw]]", "d.excalidraw.md": ""}, id="a drawing is a note"),
        pytest.param(
            {"a.md": "![[p.psd]]", "p.psd": None, "vaultkit.toml": '[rules.EM007]\nallow = ["psd"]\n'}, id="allowed"
        ),
    ],
)
def test_unsupported_embed_is_silent(lint, files):
    assert lint(files, "EM007") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "![[p.heic]]", "p.heic": None},
            [
                "a.md:1:1: EM007 unsupported-embed: unsupported file type `.heic`: Obsidian shows `p.heic` as a grey line"
            ],
            id="iPhone photo",
        ),
        pytest.param(
            {"a.md": "one\n![[Sub/text.docx]]", "Sub/text.docx": None},
            [
                "a.md:2:1: EM007 unsupported-embed: unsupported file type `.docx`: Obsidian shows `Sub/text.docx` as a grey line"
            ],
            id="Word",
        ),
        pytest.param(
            {"a.md": "![x](scan.tif)", "scan.tif": None},
            [
                "a.md:1:1: EM007 unsupported-embed: unsupported file type `.tif`: Obsidian shows `scan.tif` as a grey line"
            ],
            id="Markdown",
        ),
        pytest.param(
            {"a.md": "![[P.PSD]]", "P.PSD": None},
            ["a.md:1:1: EM007 unsupported-embed: unsupported file type `.psd`: Obsidian shows `P.PSD` as a grey line"],
            id="upper case",
        ),
    ],
)
def test_unsupported_embed_is_found(lint, files, expected):
    assert lint(files, "EM007") == expected


def test_unsupported_embed_heeds_patterns_of_paths(lint):
    files = {
        "a.md": "![[x/p.heic]] ![[y/q.heic]]",
        "x/p.heic": None,
        "y/q.heic": None,
        "vaultkit.toml": '[rules.EM007]\nallow = ["x/*"]\n',
    }
    found = lint(files, "EM007")
    assert found == [
        "a.md:1:15: EM007 unsupported-embed: unsupported file type `.heic`: Obsidian shows `y/q.heic` as a grey line"
    ]
