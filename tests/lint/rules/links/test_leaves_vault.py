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
            ["a.md:1:1: LK011 leaves-vault: link to a local file `file:///C:/scan.pdf`: works on this computer only"],
            id="file address",
        ),
        pytest.param(
            {"a.md": "[x](C:/Users/me/scan.pdf)"},
            ["a.md:1:1: LK011 leaves-vault: link to a local file `C:/Users/me/scan.pdf`: works on this computer only"],
            id="a drive",
        ),
        pytest.param(
            {"x/a.md": "![[../../p.png]]"},
            ["x/a.md:1:1: LK011 leaves-vault: link to a path outside the vault `../../p.png`: Obsidian cannot open it"],
            id="too far up",
        ),
        pytest.param(
            {"x/a.md": "![](../../images/p.png)", "images/p.png": None},
            [
                "x/a.md:1:1: LK011 leaves-vault: too many `../` in the link `../../images/p.png`; `images/p.png` is in the vault"
            ],
            id="one step too many",
        ),
        pytest.param(
            {"a.md": "[[/home/me/notes/b]]"},
            [
                "a.md:1:1: LK011 leaves-vault: link to a path outside the vault `/home/me/notes/b`: Obsidian cannot open it"
            ],
            id="an absolute path",
        ),
        pytest.param(
            {"a.md": "[x][1] %%[[../y]]%%\n\n[1]: ../../out.md\n[2]: ../unused.md\n"},
            [
                "a.md:1:10: LK011 leaves-vault: link to a path outside the vault `../y`: Obsidian cannot open it",
                "a.md:3:1: LK011 leaves-vault: link to a path outside the vault `../../out.md`: Obsidian cannot open it",
            ],
            id="a definition",
        ),
    ],
)
def test_leaves_vault_is_found(lint, files, expected):
    assert lint(files, "LK011") == expected


def test_a_file_that_is_there_all_the_same_is_told_as_info(findings):
    (finding,) = findings({"x/a.md": "![](../../images/p.png)", "images/p.png": None}, "LK011")
    assert finding.severity == "info"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[x](//server/share/x.md)"},
            [
                "a.md:1:1: LK011 leaves-vault: link to a path outside the vault `//server/share/x.md`: Obsidian cannot open it"
            ],
            id="another machine",
        ),
        pytest.param(
            {"a.md": "[x](\\\\\\\\server\\\\share\\\\x.md)"},
            [
                "a.md:1:1: LK011 leaves-vault: link to a path outside the vault `\\\\server\\share\\x.md`: Obsidian cannot open it"
            ],
            id="another machine, as Windows writes it",
        ),
    ],
)
def test_leaves_vault_elsewhere(lint, files, expected):
    assert lint(files, "LK011") == expected
