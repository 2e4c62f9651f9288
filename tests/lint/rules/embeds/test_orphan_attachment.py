"""EM010: attachments that nothing refers to."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "![[p.png]]", "p.png": None}, id="embedded"),
        pytest.param({"a.md": "---\ncover: img/p.png\n---\n", "img/p.png": None}, id="property"),
        pytest.param({"a.md": '<img src="my%20p.png">', "my p.png": None}, id="HTML"),
        pytest.param(
            {"b.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "p.png"}]}', "p.png": None}, id="canvas"
        ),
        pytest.param({".obsidian/snippets/s.css": "a { background: url(p.png) }", "p.png": None}, id="style sheet"),
        pytest.param({"b.base": 'filters: file.name == "p.png"', "p.png": None}, id="base"),
        pytest.param(
            {"p.png": None, "vaultkit.toml": '[rules.EM010]\nfolders = ["Attachments/**"]\n'}, id="another folder"
        ),
    ],
)
def test_orphan_attachment_is_silent(lint, files):
    assert lint(files, "EM010") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "text", "p.png": None},
            ["p.png:1:1: EM010 orphan-attachment: unused attachment `p.png`"],
            id="nobody",
        ),
        pytest.param(
            {"a.md": "![[p.png]]", "p.png": None, "x/p 1.png": None},
            ["x/p 1.png:1:1: EM010 orphan-attachment: unused attachment `x/p 1.png`"],
            id="a namesake is shown",
        ),
        pytest.param(
            {"a.md": "", "p.pdf": None},
            ["p.pdf:1:1: EM010 orphan-attachment: unused attachment `p.pdf`"],
            id="young and old",
        ),
        pytest.param(
            {"p.png": None, "q.pdf": None, "vaultkit.toml": '[rules.EM010]\nextensions = ["pdf"]\n'},
            ["q.pdf:1:1: EM010 orphan-attachment: unused attachment `q.pdf`"],
            id="of one extension only",
        ),
    ],
)
def test_orphan_attachment_is_found(lint, files, expected):
    assert lint(files, "EM010") == expected
