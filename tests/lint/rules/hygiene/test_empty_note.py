"""HY002: notes with nothing in them."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "# A\n\ntext\n"}, id="text"),
        pytest.param({"a.md": "![[p.png]]"}, id="a picture"),
        pytest.param({"a.md": "```\nx\n```\n"}, id="a code block"),
        pytest.param({"a.md": "- a"}, id="a list"),
    ],
)
def test_empty_note_is_silent(lint, files):
    assert lint(files, "HY002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": ""}, ["a.md:1:1: HY002 empty-note: empty note"], id="nothing"),
        pytest.param({"a.md": "# A\n"}, ["a.md:1:1: HY002 empty-note: empty note"], id="a title"),
        pytest.param(
            {"a.md": "---\ntags: [x]\n---\n\n# A\n\n%% later %%\n"},
            ["a.md:1:1: HY002 empty-note: empty note"],
            id="properties",
        ),
        pytest.param(
            {"a.md": "# A\n\ntwo words\n", "vaultkit.toml": "[rules.HY002]\nmin-words = 5\n"},
            ["a.md:1:1: HY002 empty-note: short note: 2 words"],
            id="few words",
        ),
    ],
)
def test_empty_note_is_found(lint, files, expected):
    assert lint(files, "HY002") == expected
