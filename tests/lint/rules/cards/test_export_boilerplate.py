"""FC009: words of a site in raw exports."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"a.md": "# Surveys\n\nHow well did you know this?\n1\nNot at all\n2\n3\n4\n5\nPerfectly\n"},
            id="an ordinary note",
        ),
        pytest.param(
            {"a.md": "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n\na\n\n2\nQ\n\nTwo?\n\nA\n\nb\n"}, id="an export without"
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ::A\n\nHow well did you know this?\n1\nNot at all\n2\n3\n4\n5\nPerfectly\n"},
            id="a deck that is no export",
        ),
    ],
)
def test_export_boilerplate_is_silent(lint, files):
    assert lint(files, "FC009") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {
                "a.md": "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n\na\n\nHow well did you know this?\n1\nNot at all\n2\n3\n4\n5\nPerfectly\n2\nQ\n\nTwo?\n\nA\n\nb\n"
            },
            [
                "a.md:12:1: FC009 export-boilerplate: a rating scale of the flashcard site: not part of a card",
            ],
            id="a rating scale",
        ),
        pytest.param(
            {"a.md": "Deck\n\nEnjoy with Quizwiz!\n\nOne?\n\na\n\nTwo?\n\nb\n"},
            [
                "a.md:3:1: FC009 export-boilerplate: a slogan of the flashcard site: not part of a card",
            ],
            id="a slogan",
        ),
        pytest.param(
            {
                "a.md": "Deck\n\nEnjoy with Quizwiz!\n\nOne?\n\na\n\nTwo?\n\nb\n\nRelated study sets\n\nSet one\n\nView Set\n\nSet two\n\nView Set\n"
            },
            [
                "a.md:3:1: FC009 export-boilerplate: a slogan of the flashcard site: not part of a card",
                "a.md:13:1: FC009 export-boilerplate: a list of other sets of the flashcard site: not part of a card",
            ],
            id="other sets",
        ),
        pytest.param(
            {
                "a.md": "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n\na\n\n2\nQ\n\nTwo?\n\nA\n\nb\n",
                "vaultkit.toml": '[rules.FC009]\npatterns = ["Two.*"]\n',
            },
            [
                "a.md:15:1: FC009 export-boilerplate: flashcard site text `Two?`: not part of a card",
            ],
            id="own pattern",
        ),
    ],
)
def test_export_boilerplate_is_found(lint, files, expected):
    assert lint(files, "FC009") == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n\na\n\nHow well did you know this?\n1\nNot at all\n2\n3\n4\n5\nPerfectly\n2\nQ\n\nTwo?\n\nA\n\nb\n",
            "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n\na\n\n2\nQ\n\nTwo?\n\nA\n\nb\n",
            id="the scale goes, the cards stay",
        ),
        pytest.param(
            "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\nHow well did you know this?\n1\nNot at all\n2\n3\n4\n5\nPerfectly\n2\nQ\n\nTwo?\n\nA\n\nb\n",
            "ML Flashcards\n\n1\nQ\n\nOne?\n\nA\n2\nQ\n\nTwo?\n\nA\n\nb\n",
            id="a blank answer stays blank",
        ),
        pytest.param(
            "Deck\n\nEnjoy with Quizwiz!\n\nOne?\n\na\n\nTwo?\n\nb\n\nRelated study sets\n\nSet one\n\nView Set\n\nSet two\n\nView Set\n",
            "Deck\n\nEnjoy with Quizwiz!\n\nOne?\n\na\n\nTwo?\n\nb\n\n",
            id="other sets go, the slogan stays",
        ),
    ],
)
def test_export_boilerplate_fix(fixed, lint, before, after):
    once = fixed({"a.md": before}, "FC009")
    assert once == {"a.md": after}
    assert fixed(once, "FC009") == once


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Deck\n\nEnjoy with Quizwiz!\n\nOne?\n\na\n\nTwo?\n\nb\n",
            id="without its slogan the note would not be known as an export",
        ),
    ],
)
def test_export_boilerplate_has_no_fix(findings, text):
    found = findings({"a.md": text}, "FC009")
    assert found and all(finding.fix is None for finding in found)
