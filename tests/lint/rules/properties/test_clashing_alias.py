"""PR008: aliases that are the name or alias of another note."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "---\naliases: [x]\n---\n"}, id="of its own"),
        pytest.param({"a.md": "---\naliases: [A]\n---\n"}, id="its own name"),
        pytest.param({"a.md": "---\naliases: [x, X]\n---\n"}, id="the same alias twice in one note"),
        pytest.param({"a.md": "---\naliases: [b]\n---\n", "c.md": "# b"}, id="a heading"),
    ],
)
def test_clashing_alias_is_silent(lint, files):
    assert lint(files, "PR008") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"Normalization.md": "---\naliases: [softmax]\n---\n", "Softmax.md": ""},
            ["Normalization.md:2:11: PR008 clashing-alias: ambiguous alias `softmax`: also the name of `Softmax.md`"],
            id="the name of a note",
        ),
        pytest.param(
            {"a.md": "---\naliases: [x]\n---\n", "b.md": "---\naliases:\n  - y\n  - X\n---\n"},
            ["b.md:4:5: PR008 clashing-alias: ambiguous alias `X`: also an alias of `a.md`"],
            id="an alias of a note",
        ),
        pytest.param(
            {"a.md": "---\naliases: x\n---\n", "x.md": ""},
            ["a.md:2:10: PR008 clashing-alias: ambiguous alias `x`: also the name of `x.md`"],
            id="both",
        ),
    ],
)
def test_clashing_alias_is_found(lint, files, expected):
    assert lint(files, "PR008") == expected


def test_only_the_name_of_a_note_is_worth_a_warning(findings):
    files = {"RR.md": "", "a.md": "---\naliases: [policy, RR]\n---\n", "b.md": "---\naliases: [policy]\n---\n"}
    found = findings(files, "PR008")
    assert [(one.path, one.about, one.severity) for one in found] == [
        ("a.md", "RR", "warning"),
        ("b.md", "policy", "info"),
    ]


@pytest.mark.parametrize(
    ("files", "severity"),
    [
        pytest.param({"n/a.md": "---\naliases: [b]\n---\n", "n/b.md": ""}, "warning", id="one folder"),
        pytest.param(
            {"java/a.md": "---\naliases: [b]\n---\n", "dex/b.md": ""}, "info", id="a homonym in another folder"
        ),
        pytest.param(
            {"n/a.md": "---\naliases: [B]\n---\n", "m/b.md": "---\naliases: [A]\n---\n"},
            "warning",
            id="each the other's name",
        ),
        pytest.param(
            {"n/a.md": "---\naliases: [b]\n---\n", "m/b.md": "", "n/x/b.md": ""},
            "info",
            id="two notes in other folders",
        ),
        pytest.param(
            {"n/a.md": "---\naliases: [b]\n---\n", "m/b.md": "", "n/b.md": ""}, "warning", id="one of two in the folder"
        ),
        pytest.param(
            {"a.md": "---\naliases: [b]\nurl: https://x/1\n---\n", "b.md": "---\nurl: https://x/2\n---\n"},
            "info",
            id="two films",
        ),
        pytest.param(
            {"a.md": "---\naliases: [b]\nurl: https://x/1\n---\n", "b.md": "---\nurl: https://x/1\n---\n"},
            "warning",
            id="one film twice",
        ),
        pytest.param(
            {"a.md": "---\naliases: [b]\nurl: https://x/1\n---\n", "b.md": "---\nurl:\n---\n"},
            "warning",
            id="one address",
        ),
    ],
)
def test_a_homonym_in_another_folder_is_info(findings, files, severity):
    found = findings(files, "PR008")
    assert {one.severity for one in found} == {severity}
