"""ST009: headings with nothing below."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "# A\n\ntext\n"}, id="text"),
        pytest.param({"a.md": "# A\n\n## B\n\ntext\n"}, id="a heading below"),
        pytest.param({"a.md": "# A\n"}, id="only a title is another rule"),
        pytest.param(
            {"a.md": "---\nexcalidraw-plugin: parsed\n---\ntext\n\n# Text Elements\n# Drawing\n\nx\n"}, id="a drawing"
        ),
        pytest.param(
            {"a.md": "# A\n\n# B\n\ntext\n", "vaultkit.toml": "[rules.ST009]\nmin-level = 2\n"},
            id="titles are left out",
        ),
    ],
)
def test_empty_section_is_silent(lint, files):
    assert lint(files, "ST009") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "# A\n\n# B\n\ntext\n"}, ["a.md:1:1: ST009 empty-section: empty section `A`"], id="between"
        ),
        pytest.param(
            {"a.md": "# A\n\ntext\n\n## B\n"},
            ["a.md:5:1: ST009 empty-section: empty section `B`"],
            id="at the end",
        ),
        pytest.param(
            {"a.md": "# A\n\n%%\nlater\n%%\n\n# B\n\ntext\n"},
            ["a.md:1:1: ST009 empty-section: empty section `A`"],
            id="a comment only",
        ),
        pytest.param(
            {"a.md": "# A\n\n%% later %%\n\n# B\n\ntext %% x %%\n"},
            ["a.md:1:1: ST009 empty-section: empty section `A`"],
            id="a comment on one line only",
        ),
        pytest.param(
            {"a.md": "# A\n\n---\n\n# B\n\n<!-- later -->\n\n# C\n\nText.\n"},
            [
                "a.md:1:1: ST009 empty-section: empty section `A`",
                "a.md:5:1: ST009 empty-section: empty section `B`",
            ],
            id="a rule and an HTML comment",
        ),
    ],
)
def test_empty_section_is_found(lint, files, expected):
    assert lint(files, "ST009") == expected
