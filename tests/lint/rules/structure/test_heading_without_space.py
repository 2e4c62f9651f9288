"""ST015: headings without a space."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "## Right\n\n#tag #Tag\n\n####\n\n###### Six\n\n#######Seven\n"}, id="headings and tags"),
        pytest.param({"a.md": "```c\n##define X\n```\n\n`##x`\n\n    ##x\n"}, id="code"),
        pytest.param({"a.md": "%%\n##x\n%%\n"}, id="a comment"),
        pytest.param(
            {"a.md": "##!x ##__x ##$$ ##-\n\n\\##x\n\nsee ##x\n"}, id="signs, an escape, the middle of a line"
        ),
    ],
)
def test_heading_without_space_is_silent(lint, files):
    assert lint(files, "ST015") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "> x\n> ##Results"},
            ["a.md:2:3: ST015 heading-without-space: no space after `##`: `##Results` is not a heading"],
            id="in a quote",
        ),
        pytest.param(
            {"a.md": "one\n##Results"},
            ["a.md:2:1: ST015 heading-without-space: no space after `##`: `##Results` is not a heading"],
            id="a word",
        ),
        pytest.param(
            {"a.md": "##**Bold**\n###《书》\n##1. One\n"},
            [
                "a.md:1:1: ST015 heading-without-space: no space after `##`: `##**Bold**` is not a heading",
                "a.md:2:1: ST015 heading-without-space: no space after `###`: `###《书》` is not a heading",
                "a.md:3:1: ST015 heading-without-space: no space after `##`: `##1. One` is not a heading",
            ],
            id="marks, titles and numbers",
        ),
        pytest.param(
            {"a.md": "#\xa0Results\n\n##\u3000结果\n"},
            [
                "a.md:1:1: ST015 heading-without-space: no-break space instead of a space after `#`: `#\xa0Results` is not a heading",
                "a.md:3:1: ST015 heading-without-space: full-width space instead of a space after `##`: `##\u3000结果` is not a heading",
            ],
            id="other spaces",
        ),
    ],
)
def test_heading_without_space_is_found(lint, files, expected):
    assert lint(files, "ST015") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("##Results\n#\xa0A\n##\u3000\u3000B\n", "## Results\n# A\n## B\n", id="a space"),
    ],
)
def test_heading_without_space_is_fixed(fixed, lint, text, expected):
    assert fixed({"a.md": text}, "ST015") == {"a.md": expected}
    assert lint({"a.md": expected}, "ST015") == []
