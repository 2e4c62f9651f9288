"""ST002: blocks that are opened and never closed."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "```\nx\n```\n\n$$\ny\n$$\n\n%%\nz\n%%\n\n<!-- w -->\n"}, id="closed"),
        pytest.param({"a.md": "`x` $y$ %%z%%"}, id="inline"),
        pytest.param({"a.md": "It costs $5."}, id="a price"),
    ],
)
def test_unclosed_block_is_silent(lint, files):
    assert lint(files, "ST002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "text\n\n```python\nx\n"},
            ["a.md:3:1: ST002 unclosed-block: a code block begins here and is never closed; what follows is swallowed"],
            id="fence",
        ),
        pytest.param(
            {"a.md": "$$\nx\n"},
            [
                "a.md:1:1: ST002 unclosed-block: a math block ($$) begins here and is never closed; what follows is swallowed"
            ],
            id="math",
        ),
        pytest.param(
            {"a.md": "%%\nx\n"},
            [
                "a.md:1:1: ST002 unclosed-block: a comment (%%) begins here and is never closed; what follows is swallowed"
            ],
            id="comment",
        ),
        pytest.param(
            {"a.md": "<!-- x\n"},
            [
                "a.md:1:1: ST002 unclosed-block: an HTML comment (<!--) begins here and is never closed; what follows is swallowed"
            ],
            id="HTML comment",
        ),
    ],
)
def test_unclosed_block_is_found(lint, files, expected):
    assert lint(files, "ST002") == expected
