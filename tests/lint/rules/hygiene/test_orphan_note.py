"""HY001: notes without any link."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[[b]]", "b.md": ""}, id="all linked"),
        pytest.param(
            {
                "a.md": "[[b]]",
                "b.md": "",
                "c.md": "",
                "d.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "c.md"}]}',
            },
            id="linked from a canvas",
        ),
        pytest.param({"a.md": '---\nup: "[[b]]"\n---\n', "b.md": ""}, id="linked from a property"),
        pytest.param({"a.md": "[[b]]", "b.md": "", "c.md": "[[Nowhere]]"}, id="a planned note is a link"),
        pytest.param({"a.md": "", "b.md": ""}, id="a vault without links"),
        pytest.param(
            {"a.md": "[[b]]", "b.md": "", "Daily/c.md": "", "vaultkit.toml": '[rules.HY001]\nignore = ["Daily/**"]\n'},
            id="ignored",
        ),
    ],
)
def test_orphan_note_is_silent(lint, files):
    assert lint(files, "HY001") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[b]]", "b.md": "", "c.md": ""},
            ["c.md:1:1: HY001 orphan-note: orphan note: no links to it and no links in it"],
            id="alone",
        ),
        pytest.param(
            {"a.md": "[[b]]", "b.md": "", "c.md": "[[#One]]\n# One"},
            ["c.md:1:1: HY001 orphan-note: orphan note: no links to it and no links in it"],
            id="linked to itself only",
        ),
        pytest.param(
            {"a.md": "[[b]]", "b.md": "", "x/c.md": "", "x/d.md": "text"},
            [
                "x/c.md:1:1: HY001 orphan-note: orphan note: no links to it and no links in it",
                "x/d.md:1:1: HY001 orphan-note: orphan note: no links to it and no links in it",
            ],
            id="two of them",
        ),
    ],
)
def test_orphan_note_is_found(lint, files, expected):
    assert lint(files, "HY001") == expected
