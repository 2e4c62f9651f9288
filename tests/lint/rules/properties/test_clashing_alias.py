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
            ['Normalization.md:2:11: PR008 clashing-alias: the alias "softmax" is the name of Softmax.md as well'],
            id="the name of a note",
        ),
        pytest.param(
            {"a.md": "---\naliases: [x]\n---\n", "b.md": "---\naliases:\n  - y\n  - X\n---\n"},
            ['b.md:4:5: PR008 clashing-alias: the alias "X" is an alias of a.md as well'],
            id="an alias of a note",
        ),
        pytest.param(
            {"a.md": "---\naliases: x\n---\n", "x.md": ""},
            ['a.md:2:10: PR008 clashing-alias: the alias "x" is the name of x.md as well'],
            id="both",
        ),
    ],
)
def test_clashing_alias_is_found(lint, files, expected):
    assert lint(files, "PR008") == expected
