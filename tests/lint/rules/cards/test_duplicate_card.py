"""FC004: cards that ask the same."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nWhat is RAG?::A\n\nWhat is DPO?::A\n"}, id="other questions"),
        pytest.param(
            {"a.md": "#flashcards\n\nWhat is RAG?::A\n\nWhat is RAG?::B\n"}, id="other answers are another rule"
        ),
        pytest.param({"a.md": "What is RAG?::A\n\nWhat is RAG?::A\n"}, id="no deck"),
        pytest.param(
            {"a.md": "#flashcards\n\nQuestion\n?\nAnswer\n\n> Question\n> ?\n> Answer\n"},
            id="an example in a quote, which the plugin does not see",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nExplain Top-P sampling::A\n\nExplain Top-K sampling::A\n"},
            id="one letter that matters",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nExplain multimodal learning::A\n\nExplain mulitmodal learning::A\n"},
            id="a typing error, by default",
        ),
        pytest.param(
            {
                "a.md": "#flashcards/a\n\nQ?::A\n",
                "b.md": "#flashcards/b\n\nQ?::A\n",
                "vaultkit.toml": '[rules.FC004]\nscope = "deck"\n',
            },
            id="another deck",
        ),
        pytest.param(
            {
                "A.md": "#flashcards\n\nQ?::A\n",
                "b.md": "#flashcards\n\nQ?::A\n",
                ".obsidian/app.json": '{"userIgnoreFilters": ["A.md"]}',
            },
            id="a note that Obsidian excludes",
        ),
    ],
)
def test_duplicate_card_is_silent(lint, files):
    assert lint(files, "FC004") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\nWhat is RAG?::A\n\nwhat is **rag**::A\n"},
            [
                "a.md:5:1: FC004 duplicate-card: duplicate card: `what is **rag**` is also on line 3",
            ],
            id="case and marks",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nwhat are x-formers::A\n\nwhat are xformers?\n?\nA\n"},
            [
                "a.md:5:1: FC004 duplicate-card: duplicate card: `what are xformers?` is also on line 3",
            ],
            id="hyphen, and another way to write cards",
        ),
        pytest.param(
            {
                "Z.md": "#flashcards/b\n\nQ?::A\n",
                "a.md": "ML Flashcards\n\n1\nQ\n\nQ?\n\nA\n\nA\n\n2\nQ\n\nTwo?\n\nA\n\nb\n",
            },
            [
                "a.md:6:1: FC004 duplicate-card: duplicate card: `Q?` is also in `Z.md`, line 3",
            ],
            id="an export and a deck",
        ),
        pytest.param(
            {
                "a.md": "#flashcards\n\nExplain multimodal learning::A\n\nExplain mulitmodal learning::B\n",
                "vaultkit.toml": "[rules.FC004]\nsimilarity = 0.9\n",
            },
            [
                "a.md:5:1: FC004 duplicate-card: similar card: `Explain mulitmodal learning` is almost the same as the question on line 3",
            ],
            id="a typing error, when asked for",
        ),
        pytest.param(
            {
                "a.md": "#flashcards\n\nWhat is RAG?::A\n\nWhat is RAG? How is it built?::B\n",
                "vaultkit.toml": "[rules.FC004]\nsimilarity = 0.9\n",
            },
            [
                "a.md:5:1: FC004 duplicate-card: similar card: `What is RAG? How is it built?` overlaps with the question on line 3",
            ],
            id="a part of another, when asked for",
        ),
    ],
)
def test_duplicate_card_is_found(lint, files, expected):
    assert lint(files, "FC004") == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "#flashcards\n\nWhat is RAG?::A\n\nwhat is rag::A\n\nEnd\n",
            "#flashcards\n\nWhat is RAG?::A\n\n\nEnd\n",
            id="the later goes",
        ),
        pytest.param("#flashcards\n\n- Q::A\n- R::B\n- q::a\n", "#flashcards\n\n- Q::A\n- R::B\n", id="from a list"),
        pytest.param("#flashcards\n\nQ\n?\nA\n\nQ\n?\nA", "#flashcards\n\nQ\n?\nA\n\n", id="with all its lines"),
    ],
)
def test_duplicate_card_fix(fixed, lint, before, after):
    once = fixed({"a.md": before}, "FC004")
    assert once == {"a.md": after}
    assert fixed(once, "FC004") == once


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#flashcards\n\nQ::A\n\nQ::A <!--SR:!2026-01-01,3,250-->\n", id="it has a schedule"),
        pytest.param("#flashcards\n\nQ::A\n\nQ::A ^id\n", id="something may link to it"),
        pytest.param("#flashcards\n\nQ::\n\nQ::A\n", id="only the later has an answer"),
        pytest.param("#flashcards\n\n- Q::A\n- Q::A\n  - more\n", id="something hangs on it"),
    ],
)
def test_duplicate_card_has_no_fix(findings, text):
    found = findings({"a.md": text}, "FC004")
    assert found and all(finding.fix is None for finding in found)
