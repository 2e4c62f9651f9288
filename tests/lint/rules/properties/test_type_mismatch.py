"""PR007: values of another type than the vault gives the property."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"created": "date", "at": "datetime", "pages": "number", "read": "checkbox", "status": "text", "authors": "multitext"}}',
                "a.md": "---\ncreated: 2024-05-28\nat: 2024-05-28T10:30\npages: 12\nread: true\nstatus: done\nauthors: [x]\n---\n",
            },
            id="right",
        ),
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"created": "date", "at": "datetime", "pages": "number", "read": "checkbox", "status": "text", "authors": "multitext"}}',
                "a.md": "---\ncreated:\npages:\nread:\n---\n",
            },
            id="empty",
        ),
        pytest.param({"a.md": "---\ncreated: soon\n---\n"}, id="no type file"),
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"created": "date", "at": "datetime", "pages": "number", "read": "checkbox", "status": "text", "authors": "multitext"}}',
                "a.md": '---\ncreated: "[[2024-05-28]]"\n---\n',
            },
            id="a link to the daily note",
        ),
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"created": "date", "at": "datetime", "pages": "number", "read": "checkbox", "status": "text", "authors": "multitext"}}',
                "a.md": '---\ncreated: "{{date}}"\n---\n',
            },
            id="a template",
        ),
    ],
)
def test_type_mismatch_is_silent(lint, files):
    assert lint(files, "PR007") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"created": "date", "at": "datetime", "pages": "number", "read": "checkbox", "status": "text", "authors": "multitext"}}',
                "a.md": "---\nx: 1\ncreated: 28.5.2024\n---\n",
            },
            [
                "a.md:3:10: PR007 type-mismatch: property `created` should be a date (vault setting), found the text `28.5.2024`"
            ],
            id="date",
        ),
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"created": "date", "at": "datetime", "pages": "number", "read": "checkbox", "status": "text", "authors": "multitext"}}',
                "a.md": "---\npages: 12 pages\n---\n",
            },
            [
                "a.md:2:8: PR007 type-mismatch: property `pages` should be a number (vault setting), found the text `12 pages`"
            ],
            id="number",
        ),
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"created": "date", "at": "datetime", "pages": "number", "read": "checkbox", "status": "text", "authors": "multitext"}}',
                "a.md": "---\nread: yes\n---\n",
            },
            [
                "a.md:2:7: PR007 type-mismatch: property `read` should be true or false (vault setting), found the text `yes`"
            ],
            id="checkbox",
        ),
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"created": "date", "at": "datetime", "pages": "number", "read": "checkbox", "status": "text", "authors": "multitext"}}',
                "a.md": "---\nstatus: [a, b]\n---\n",
            },
            ["a.md:2:9: PR007 type-mismatch: property `status` should be a text (vault setting), found a list"],
            id="text",
        ),
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"created": "date", "at": "datetime", "pages": "number", "read": "checkbox", "status": "text", "authors": "multitext"}}',
                "a.md": "---\nPages: many\n---\n",
            },
            [
                "a.md:2:8: PR007 type-mismatch: property `Pages` should be a number (vault setting), found the text `many`"
            ],
            id="name in other letters",
        ),
    ],
)
def test_type_mismatch_is_found(lint, files, expected):
    assert lint(files, "PR007") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"created": "date", "at": "datetime", "pages": "number", "read": "checkbox", "status": "text", "authors": "multitext"}}',
                "a.md": "---\ncreated: 28.5.2024\n---\n",
            },
            {"a.md": "---\ncreated: 2024-05-28\n---\n"},
            id="day first",
        ),
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"created": "date", "at": "datetime", "pages": "number", "read": "checkbox", "status": "text", "authors": "multitext"}}',
                "a.md": "---\ncreated: 2024/5/8\n---\n",
            },
            {"a.md": "---\ncreated: 2024-05-08\n---\n"},
            id="slashes, year first",
        ),
    ],
)
def test_type_mismatch_is_mended(fixed, lint, files, expected):
    once = fixed(files, "PR007")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "PR007") == []
    assert fixed({**files, **once}, "PR007") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                ".obsidian/types.json": '{"types": {"d": "date", "l": "multitext"}}',
                "a.md": "---\nd: 2024-13-45\nl: one\n---\n",
            },
            [
                "a.md:2:4: PR007 type-mismatch: property `d` should be a date (vault setting), found the text `2024-13-45`",
                "a.md:3:4: PR007 type-mismatch: property `l` should be a list (vault setting), found the text `one`",
            ],
            id="no such day, no list",
        ),
    ],
)
def test_type_mismatch_elsewhere(lint, files, expected):
    assert lint(files, "PR007") == expected


def test_a_day_that_no_month_has_is_not_mended(findings):
    files = {".obsidian/types.json": '{"types": {"created": "date"}}', "a.md": "---\ncreated: 2024-02-30\n---\n"}
    assert [finding.fix for finding in findings(files, "PR007")] == [None]


def test_texts_for_lists_are_reported_once_a_property(findings):
    note = "---\nauthors: one\n---\n"
    files = {".obsidian/types.json": '{"types": {"authors": "multitext"}}', "a.md": note, "b.md": note, "c.md": note}
    assert [(one.path, one.severity, one.message) for one in findings(files, "PR007")] == [
        (
            "a.md",
            "info",
            "property `authors` should be a list (vault setting), found the text `one`; the same in 2 more notes",
        )
    ]
