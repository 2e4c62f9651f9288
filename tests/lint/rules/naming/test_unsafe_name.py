"""NM001: names that cannot be linked or kept everywhere."""

from __future__ import annotations

import pytest

from vaultkit.lint.rules.naming.unsafe_name import Options, check
from vaultkit.vault.load import snapshot_of_texts as vault_of


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"C sharp.md": "", "Über uns – 2024 (1).md": ""}, id="plain"),
        pytest.param({"image[1].png": None}, id="a picture with brackets"),
        pytest.param({"[Bug] x.md": "", "a.md": "[[[Bug] x]]"}, id="a note with single brackets"),
        pytest.param({"a]b.md": "", "c[d.md": ""}, id="one bracket alone"),
        pytest.param({"src/[id].tsx": None}, id="a file that is no part of the notes"),
        pytest.param({"What?.md": "", "vaultkit.toml": "[rules.NM001]\ntargets = []\n"}, id="only Linux"),
        pytest.param({"console.md": ""}, id="a name that begins like a reserved one"),
    ],
)
def test_unsafe_name_is_silent(lint, files):
    assert lint(files, "NM001") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"C# basics.md": ""},
            [
                "C# basics.md:1:1: NM001 unsafe-name: invalid file name `C# basics.md`: `#` is link syntax, so links cannot open it"
            ],
            id="hash",
        ),
        pytest.param(
            {"What is softmax?.md": ""},
            [
                "What is softmax?.md:1:1: NM001 unsafe-name: invalid file name `What is softmax?.md`: `?` is not allowed on Windows and Android"
            ],
            id="question mark",
        ),
        pytest.param(
            {"A: B/c.md": "", "A: B/d.md": ""},
            ["A: B/c.md:1:1: NM001 unsafe-name: invalid folder name `A: B`: `:` is not allowed on Windows and Android"],
            id="folder",
        ),
        pytest.param(
            {"aux.md": ""},
            ["aux.md:1:1: NM001 unsafe-name: invalid file name `aux.md`: reserved on Windows"],
            id="reserved",
        ),
        pytest.param(
            {"a .md": ""},
            ["a .md:1:1: NM001 unsafe-name: invalid file name `a .md`: space before the extension"],
            id="space before the extension",
        ),
        pytest.param(
            {"a[[b.md": ""},
            [
                "a[[b.md:1:1: NM001 unsafe-name: invalid file name `a[[b.md`: `[[` is link syntax, so links cannot open it"
            ],
            id="two brackets",
        ),
        pytest.param(
            {"50%% off.md": ""},
            [
                "50%% off.md:1:1: NM001 unsafe-name: invalid file name `50%% off.md`: `%%` is link syntax, so links cannot open it"
            ],
            id="the mark of a comment",
        ),
    ],
)
def test_unsafe_name_is_found(lint, files, expected):
    assert lint(files, "NM001") == expected


def test_a_name_too_long_for_any_disk_is_found():
    name = "ä" * 127 + ".md"
    found = list(check(vault_of({name: ""}), Options()))
    assert [(path, fault.message) for path, fault in found] == [
        (name, f"invalid file name `{name[:100]}…`: longer than 255 bytes")
    ]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"Title..md": ""},
            [
                "Title..md:1:1: NM001 unsafe-name: invalid file name `Title..md`: a dot before the extension is lost where the extension is hidden"
            ],
            id="a dot before the extension",
        ),
        pytest.param(
            {"C#/a.md": ""},
            [
                "C#/a.md:1:1: NM001 unsafe-name: invalid folder name `C#`: `#` is link syntax, so links with a path cannot open its files"
            ],
            id="a folder",
        ),
    ],
)
def test_unsafe_name_elsewhere(lint, files, expected):
    assert lint(files, "NM001") == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("What is softmax?.md", "What is softmax.md"),
        ("C# basics.md", "C sharp basics.md"),
        ("Attention: all you need.md", "Attention - all you need.md"),
        ("12:30 talk.canvas", "12-30 talk.canvas"),
        ("x/con.md", "x/con_.md"),
        ("Title..md", "Title.md"),
        ("???.md", None),
        (f"{'é' * 125}?.md", f"{'é' * 125}.md"),
    ],
)
def test_unsafe_name_is_renamed_to(findings, path, expected):
    found = findings({path: "{}" if path.endswith("canvas") else "", "a.md": ""}, "NM001")
    assert [finding.fix and finding.fix.rename for finding in found] == [expected and (path, expected)]


def test_unsafe_name_gives_no_name_twice(findings):
    found = findings({"a?.md": "", "a*.md": "", "b?.md": "", "x/b.md": ""}, "NM001")
    assert [(finding.path, finding.fix and finding.fix.rename[1]) for finding in found] == [
        ("a*.md", "a.md"),
        ("a?.md", None),
        ("b?.md", None),
    ]
