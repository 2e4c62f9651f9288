"""FC012: schedules that are not the one of a card."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"a.md": "#flashcards\n\nQ\n___\nA\n<!--SR:!2026-01-01,3,250-->\n"}, id="a card with another separator"
        ),
        pytest.param({"a.md": "#flashcards\n\nQ::A\n<!--SR:!2026-01-01,3,250-->\n"}, id="one schedule"),
        pytest.param({"a.md": "prose\n\n<!--SR:!2026-01-01,3,250-->\n"}, id="no deck"),
        pytest.param(
            {"a.md": "#flashcards\n\nWhy?\n___\nBecause.\n<!--SR:!2026-01-01,3,250-->\n"},
            id="a card with a separator that is set in the plugin",
        ),
        pytest.param({"a.md": "#flashcards\n\n```\n<!--SR:!2026-01-01,3,250-->\n```\n"}, id="an example in code"),
    ],
)
def test_stray_schedule_is_silent(lint, files):
    assert lint(files, "FC012") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nprose\n\n<!--SR:!2026-01-01,3,250-->\n"},
            [
                "a.md:5:1: FC012 stray-schedule: schedule without a card",
            ],
            id="no card",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::A <!--SR:!2026-01-01,3,250-->\n<!--SR:!2026-02-01,3,250-->\n"},
            [
                "a.md:4:1: FC012 stray-schedule: duplicate schedule on the card `Q`",
            ],
            id="two",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::A\n<!--SR:!2026-01-01,3,250!2026-01-01,3,250-->\n"},
            [
                "a.md:4:1: FC012 stray-schedule: too many schedule entries: 2 for 1 cards",
            ],
            id="too many entries",
        ),
    ],
)
def test_stray_schedule_is_found(lint, files, expected):
    assert lint(files, "FC012") == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "#flashcards\n\nQ::A <!--SR:!2026-01-01,3,250-->\n<!--SR:!2026-02-01,3,250-->\n",
            "#flashcards\n\nQ::A\n<!--SR:!2026-02-01,3,250-->\n",
            id="the first is due first",
        ),
        pytest.param(
            "#flashcards\n\nQ::A <!--SR:!2026-02-01,3,250-->\n<!--SR:!2026-01-01,3,250-->\n",
            "#flashcards\n\nQ::A <!--SR:!2026-02-01,3,250-->\n",
            id="the second is due first",
        ),
    ],
)
def test_stray_schedule_fix(fixed, lint, before, after):
    once = fixed({"a.md": before}, "FC012")
    assert once == {"a.md": after}
    assert fixed(once, "FC012") == once


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#flashcards\n\nprose\n\n<!--SR:!2026-01-01,3,250-->\n", id="it may still find its card"),
        pytest.param(
            "#flashcards\n\nQ::A <!--SR:!2026-01-01,3,250-->\n<!--SR:!2026-13-41,3,250-->\n", id="one cannot be read"
        ),
    ],
)
def test_stray_schedule_has_no_fix(findings, text):
    found = findings({"a.md": text}, "FC012")
    assert found and all(finding.fix is None for finding in found)
