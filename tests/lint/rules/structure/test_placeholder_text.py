"""ST001: fill-ins that were never filled in."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "- What? [because]"}, id="an answer"),
        pytest.param({"a.md": "[insert here](b.md)", "b.md": ""}, id="a link"),
        pytest.param({"a.md": "`{{title}}`"}, id="code"),
        pytest.param({"a.md": "- [ ] answer goes here"}, id="a task"),
        pytest.param({"a.md": "x " * 10_001 + "[answer goes here]"}, id="a line of data"),
        pytest.param({"Templates/t.md": "{{title}}"}, id="a templates folder"),
    ],
)
def test_placeholder_text_is_silent(lint, files):
    assert lint(files, "ST001") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "- What? [answer goes here]"},
            ["a.md:1:9: ST001 placeholder-text: [answer goes here] was never filled in"],
            id="answer",
        ),
        pytest.param(
            {"a.md": "x [answer goes here, hint, see slides 66-67]"},
            ["a.md:1:3: ST001 placeholder-text: [answer goes here, hint, see slides 66-67] was never filled in"],
            id="with a hint",
        ),
        pytest.param(
            {"a.md": "# {{title}}\n{{date:YYYY}}"},
            [
                "a.md:1:3: ST001 placeholder-text: {{title}} was never filled in",
                "a.md:2:1: ST001 placeholder-text: {{date:YYYY}} was never filled in",
            ],
            id="core template",
        ),
        pytest.param(
            {"a.md": "<% tp.date.now() %>"},
            ["a.md:1:1: ST001 placeholder-text: <% tp.date.now() %> was never filled in"],
            id="Templater",
        ),
        pytest.param(
            {"a.md": "XXX later", "vaultkit.toml": '[rules.ST001]\npatterns = ["XXX"]\n'},
            ["a.md:1:1: ST001 placeholder-text: XXX was never filled in"],
            id="own words",
        ),
    ],
)
def test_placeholder_text_is_found(lint, files, expected):
    assert lint(files, "ST001") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": '[TBD] [Add description] [Description here] <%* tR += "x" %>'},
            [
                "a.md:1:1: ST001 placeholder-text: [TBD] was never filled in",
                "a.md:1:7: ST001 placeholder-text: [Add description] was never filled in",
                "a.md:1:25: ST001 placeholder-text: [Description here] was never filled in",
                'a.md:1:44: ST001 placeholder-text: <%* tR += "x" %> was never filled in',
            ],
            id="other words",
        ),
    ],
)
def test_placeholder_text_elsewhere(lint, files, expected):
    assert lint(files, "ST001") == expected
