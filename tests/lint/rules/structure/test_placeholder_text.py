"""ST001: unfilled placeholders."""

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
        pytest.param({"a.md": "Go to **Settings → [Your Name] → iCloud**."}, id="a menu path"),
        pytest.param({"a.md": "Settings > [Your Name] > iCloud"}, id="a menu path with >"),
        pytest.param({"a.md": "Settings -> [Your Name] -> iCloud"}, id="a menu path with ->"),
        pytest.param({"a.md": "Click [Add description], then the [Add note] button."}, id="buttons"),
        pytest.param(
            {"a.md": "It greets you as \u201c[your name]\u201d. Write [your name] there."}, id="words to the reader"
        ),
        pytest.param({"a.md": "# Templates\n\nUse {{date}} for today.\n"}, id="a note about templates"),
        pytest.param({"a.md": "Шаблон заметки: {{title}}\n"}, id="a note about templates in Russian"),
        pytest.param({"a.md": "Templater\n\n<% tp.file.title %>\n"}, id="a note about Templater"),
    ],
)
def test_placeholder_text_is_silent(lint, files):
    assert lint(files, "ST001") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "- What? [answer goes here]"},
            ["a.md:1:9: ST001 placeholder-text: unfilled placeholder `[answer goes here]`"],
            id="answer",
        ),
        pytest.param(
            {"a.md": "x [answer goes here, hint, see slides 66-67]"},
            ["a.md:1:3: ST001 placeholder-text: unfilled placeholder `[answer goes here, hint, see slides 66-67]`"],
            id="with a hint",
        ),
        pytest.param(
            {"a.md": "# {{title}}\n{{date:YYYY}}"},
            [
                "a.md:1:3: ST001 placeholder-text: unfilled placeholder `{{title}}`",
                "a.md:2:1: ST001 placeholder-text: unfilled placeholder `{{date:YYYY}}`",
            ],
            id="core template",
        ),
        pytest.param(
            {"a.md": "<% tp.date.now() %>"},
            ["a.md:1:1: ST001 placeholder-text: unfilled placeholder `<% tp.date.now() %>`"],
            id="Templater",
        ),
        pytest.param(
            {"a.md": "- Name: [your name]\n> [insert summary]\n"},
            [
                "a.md:1:9: ST001 placeholder-text: unfilled placeholder `[your name]`",
                "a.md:2:3: ST001 placeholder-text: unfilled placeholder `[insert summary]`",
            ],
            id="behind a label and in a quote",
        ),
        pytest.param(
            {"a.md": "---\ntemplate: daily\n---\n<% tp.user.template() %>"},
            ["a.md:4:1: ST001 placeholder-text: unfilled placeholder `<% tp.user.template() %>`"],
            id="only properties and the placeholder itself name a template",
        ),
        pytest.param(
            {"a.md": "XXX later", "vaultkit.toml": '[rules.ST001]\npatterns = ["XXX"]\n'},
            ["a.md:1:1: ST001 placeholder-text: unfilled placeholder `XXX`"],
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
                "a.md:1:1: ST001 placeholder-text: unfilled placeholder `[TBD]`",
                "a.md:1:7: ST001 placeholder-text: unfilled placeholder `[Add description]`",
                "a.md:1:25: ST001 placeholder-text: unfilled placeholder `[Description here]`",
                'a.md:1:44: ST001 placeholder-text: unfilled placeholder `<%* tR += "x" %>`',
            ],
            id="other words",
        ),
    ],
)
def test_placeholder_text_elsewhere(lint, files, expected):
    assert lint(files, "ST001") == expected


def test_filler_text_is_info(findings):
    found = findings({"a.md": "Lorem ipsum dolor sit amet."}, "ST001")
    assert [(one.severity, one.message) for one in found] == [("info", "filler text `Lorem ipsum dolor`")]
