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


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "```python\nx\n\nText\n"}, {"a.md": "```python\nx\n```\n\nText\n"}, id="fence"),
        pytest.param({"a.md": "$$\nx"}, {"a.md": "$$\nx\n$$"}, id="math"),
        pytest.param({"a.md": "%%\nx\n\nText"}, {"a.md": "%%\nx\n%%\n\nText"}, id="comment"),
        pytest.param({"a.md": "<!-- x\n\nText\n"}, {"a.md": "<!-- x\n-->\n\nText\n"}, id="HTML comment"),
        pytest.param(
            {"a.md": "~~~~\r\nx\r\n\r\nText\r\n"}, {"a.md": "~~~~\r\nx\r\n~~~~\r\n\r\nText\r\n"}, id="Windows line ends"
        ),
    ],
)
def test_unclosed_block_is_mended(fixed, lint, files, expected):
    once = fixed(files, "ST002")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "ST002") == []
    assert fixed({**files, **once}, "ST002") == once
