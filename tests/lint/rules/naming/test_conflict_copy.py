"""NM004: copies that sync tools leave."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"Note.md": "one", "Note 1.md": "two"}, id="another note"),
        pytest.param({"Conflict (1914).md": "", "Merge conflict.md": ""}, id="about conflicts"),
        pytest.param({"Note 1.md": "same"}, id="numbered without original"),
        pytest.param({"Note.md": "", "Note 1.md": ""}, id="two empty ones"),
        pytest.param({"Report.md": "same", "Report 2024.md": "same"}, id="years"),
        pytest.param({"The conflict-2.md": "x"}, id="a title"),
    ],
)
def test_conflict_copy_is_silent(lint, files):
    assert lint(files, "NM004") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"Note.md": "one", "Note (Ana's conflicted copy 2024-05-28).md": "two"},
            [
                "Note (Ana's conflicted copy 2024-05-28).md:1:1: NM004 conflict-copy: sync conflict copy of `Note.md`; merge its changes, then delete it"
            ],
            id="Dropbox",
        ),
        pytest.param(
            {"Note.md": "one", "Note.sync-conflict-20240528-101500-ABCDEFG.md": "two"},
            [
                "Note.sync-conflict-20240528-101500-ABCDEFG.md:1:1: NM004 conflict-copy: sync conflict copy of `Note.md`; merge its changes, then delete it"
            ],
            id="Syncthing",
        ),
        pytest.param(
            {"Note (conflicted copy 2024-05-28 101500).md": "two"},
            [
                "Note (conflicted copy 2024-05-28 101500).md:1:1: NM004 conflict-copy: sync conflict copy; merge its changes, then delete it"
            ],
            id="Nextcloud",
        ),
        pytest.param(
            {"x/Note.md": "same", "x/Note 1.md": "same"},
            ["x/Note 1.md:1:1: NM004 conflict-copy: duplicate note: the same text as `x/Note.md`"],
            id="an equal copy",
        ),
        pytest.param(
            {"Note~laptop.md": "", "vaultkit.toml": '[rules.NM004]\npatterns = ["*~laptop.md"]\n'},
            ["Note~laptop.md:1:1: NM004 conflict-copy: sync conflict copy; merge its changes, then delete it"],
            id="own pattern",
        ),
    ],
)
def test_conflict_copy_is_found(lint, files, expected):
    assert lint(files, "NM004") == expected
