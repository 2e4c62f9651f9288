"""LK011: links that lead out of the vault."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"x/a.md": "[x](../b.md)", "b.md": ""}, id="up and down inside"),
        pytest.param({"a.md": "[x](/b.md)", "b.md": ""}, id="the vault's root"),
        pytest.param({"a.md": "[x](https://example.org/../a)"}, id="a web address"),
        pytest.param(
            {"a.md": "[x](file:///srv/a.pdf)", "vaultkit.toml": '[rules.LK011]\nallow = ["file:///srv/**"]\n'},
            id="allowed",
        ),
    ],
)
def test_leaves_vault_is_silent(lint, files):
    assert lint(files, "LK011") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[x](file:///C:/scan.pdf)"},
            [
                "a.md:1:1: LK011 leaves-vault: file:///C:/scan.pdf is a file of this machine; nobody else can open the link"
            ],
            id="file address",
        ),
        pytest.param(
            {"a.md": "[x](C:/Users/me/scan.pdf)"},
            ["a.md:1:1: LK011 leaves-vault: C:/Users/me/scan.pdf lies outside the vault, so Obsidian cannot open it"],
            id="a drive",
        ),
        pytest.param(
            {"x/a.md": "![[../../p.png]]"},
            ["x/a.md:1:1: LK011 leaves-vault: ../../p.png lies outside the vault, so Obsidian cannot open it"],
            id="too far up",
        ),
        pytest.param(
            {"x/a.md": "![](../../images/p.png)", "images/p.png": None},
            [
                "x/a.md:1:1: LK011 leaves-vault: ../../images/p.png lies outside the vault, so Obsidian cannot open it; images/p.png is there: the path has too many ../"
            ],
            id="one step too many",
        ),
        pytest.param(
            {"a.md": "[[/home/me/notes/b]]"},
            ["a.md:1:1: LK011 leaves-vault: /home/me/notes/b lies outside the vault, so Obsidian cannot open it"],
            id="an absolute path",
        ),
    ],
)
def test_leaves_vault_is_found(lint, files, expected):
    assert lint(files, "LK011") == expected
