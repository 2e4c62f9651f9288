"""FC008: labels with nothing after them."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nQ::Sizes matter EXAMPLE a hat\n"}, id="text after it"),
        pytest.param({"a.md": "#flashcards\n\nQ::The year 2023 WINNER SPARSE\n"}, id="capitals that are no label"),
        pytest.param({"a.md": "Q::Sizes matter a lot EXAMPLE\n"}, id="no deck"),
        pytest.param({"a.md": "#flashcards\n\nQ::EXAMPLE\n"}, id="the whole answer"),
        pytest.param({"a.md": "#flashcards\n\nWhich drive::C:\n"}, id="one word with a colon"),
        pytest.param({"a.md": "#flashcards\n\nQ::that is fun :smile:\n"}, id="a shortcode"),
        pytest.param({"a.md": "#flashcards\n\nQ::a head, `def f(x):`\n"}, id="code"),
        pytest.param({"a.md": "#flashcards\n\nQ\n?\nThe parts:\n- one\n"}, id="a list below the colon"),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::Sizes EXAMPLE a hat\n", "vaultkit.toml": "[rules.FC008]\nmin-words = 2\n"},
            id="as many words as wanted",
        ),
    ],
)
def test_dangling_section_is_silent(lint, files):
    assert lint(files, "FC008") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nQ::Sizes matter a lot EXAMPLE\n"},
            [
                "a.md:3:23: FC008 dangling-section: no text after `EXAMPLE` in the answer",
            ],
            id="at the end",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::Sizes matter HOW TO DO:\n"},
            [
                "a.md:3:17: FC008 dangling-section: no text after `HOW TO DO` in the answer",
            ],
            id="with a colon",
        ),
        pytest.param(
            {"a.md": "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n\nSizes matter a lot WHY\n\n2\nQ\n\nTwo?\n\nA\n\nb\n"},
            [
                "a.md:10:20: FC008 dangling-section: no text after `WHY` in the answer",
            ],
            id="in an export",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::Sizes matter Tip:\n", "vaultkit.toml": '[rules.FC008]\nlabels = ["Tip"]\n'},
            [
                "a.md:3:17: FC008 dangling-section: no text after `Tip` in the answer",
            ],
            id="own label",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ\n?\nIt has parts.\nThe parts are:\n"},
            [
                "a.md:6:1: FC008 dangling-section: no text after `The parts are:` in the answer",
            ],
            id="a last line that ends in a colon",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::It is old. **Uses:**\n"},
            [
                "a.md:3:15: FC008 dangling-section: no text after `**Uses:**` in the answer",
            ],
            id="a bold label",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::Sizes EXAMPLE hat\n", "vaultkit.toml": "[rules.FC008]\nmin-words = 2\n"},
            [
                "a.md:3:10: FC008 dangling-section: only `hat` after `EXAMPLE` in the answer",
            ],
            id="fewer words than wanted",
        ),
        pytest.param(
            {
                "a.md": "#flashcards\n\nQ\n?\n#### Uses\nhats\n#### Tip\nnone at all\n",
                "vaultkit.toml": "[rules.FC008]\nmin-words = 2\n",
            },
            [
                "a.md:5:1: FC008 dangling-section: only `hats` after `#### Uses` in the answer",
            ],
            id="fewer words than wanted below a heading",
        ),
    ],
)
def test_dangling_section_is_found(lint, files, expected):
    assert lint(files, "FC008") == expected
