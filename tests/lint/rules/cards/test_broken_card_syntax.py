"""FC011: signs of a card that make none."""

from __future__ import annotations

import pytest

from vaultkit.cards.model import CardSettings
from vaultkit.lint.rules.cards.broken_card_syntax import Options, check
from vaultkit.note.parse import parse_note


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#flashcards\n\nQ\n?\nA\n"}, id="a card"),
        pytest.param({"a.md": "?\nAnswer\n"}, id="no deck"),
        pytest.param({"a.md": "#flashcards\n\n`==` and `?`\n"}, id="code"),
        pytest.param({"a.md": "#flashcards\n\nQ\n?\n\nR::B\n"}, id="an empty answer before the next card"),
        pytest.param({"a.md": "#flashcards\n\nIt was ==sold== twice\n"}, id="a closed cloze"),
        pytest.param({"a.md": "#flashcards\n\na == b\n\nx==5\n\nnote ==\n"}, id="comparisons"),
        pytest.param(
            {"a.md": "#flashcards\n\nIn C the ==equality== operator is `a == b` here\n"}, id="a comparison in code"
        ),
        pytest.param({"a.md": "#flashcards\n\nThe ==sum== of $a == b$ is it\n"}, id="in a formula"),
        pytest.param({"a.md": "#flashcards\n\nThe ==link== to [[a==b]] is it\n"}, id="in a link"),
        pytest.param({"a.md": "#flashcards\n\nThe ==code==:\n```\na == b\n```\n"}, id="in a fence of the block"),
        pytest.param({"a.md": "#flashcards\n\nThe ==one== is %% a ==b %% it\n"}, id="in a comment"),
        pytest.param({"a.md": "#flashcards\n\nWith ==one== it holds that a == b\n"}, id="with spaces"),
        pytest.param(
            {"a.md": "#flashcards\n\n首都是什么？::北京\n\n为什么？\n\n问：什么\n答：这个\n"},
            id="full-width signs in text",
        ),
        pytest.param({"a.md": "首都：：北京\n\n？\n"}, id="full-width separators without a deck"),
        pytest.param({"a.md": "#flashcards\n\n```\na：：b\n```\n\n`a：：b`\n"}, id="full-width separators in code"),
        pytest.param({"a.md": "#flashcards\n\nQ\n?\nA\n?\n"}, id="a question mark that ends an answer"),
        pytest.param(
            {"a.md": "#flashcards/x\n# Title\n## Genetic algorithm\n?\n- A protocol\n\n### What is it?\n?\nGiven\n"},
            id="the deck's tag above the first card's heading",
        ),
        pytest.param(
            {"a.md": "#flashcards/x\nWhat is life?\n?\nA branch of AI\n\nWhat is heredity?\n?\nFeatures\n"},
            id="the deck's tag above the first question",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nThe ==equality== operator is `a == b` in C, $a == b$, [[a==b]] and <a b=='c'>\n"},
            id="== in code, formulas, links and tags beside a cloze",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nThe ==test==\n```c\nif (a == b)\n```\n"}, id="== in a fence of the block"
        ),
    ],
)
def test_broken_card_syntax_is_silent(lint, files):
    assert lint(files, "FC011") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#flashcards\n\n?\nAnswer\n"},
            [
                "a.md:3:1: FC011 broken-card-syntax: `?` without a question above it",
            ],
            id="no question",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ\n?\n\nThe answer.\n"},
            [
                "a.md:4:1: FC011 broken-card-syntax: blank line between the question and its answer `The answer.`",
            ],
            id="a blank line",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nIt was ==sold twice\n"},
            [
                "a.md:3:1: FC011 broken-card-syntax: unclosed cloze in `It was ==sold twice`",
            ],
            id="an open cloze",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nThe ==one== and ==two `==` three\n"},
            ["a.md:3:1: FC011 broken-card-syntax: unclosed cloze in `The ==one== and ==two three`"],
            id="an open cloze beside a whole one",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\n首都：：北京\n\n首都 ：：： 北京\n\n:：x\n\na:：b\n"},
            [
                "a.md:3:1: FC011 broken-card-syntax: `：：` is not a card separator; the separator is `::`",
                "a.md:5:1: FC011 broken-card-syntax: `：：：` is not a card separator; the separator is `:::`",
                "a.md:9:1: FC011 broken-card-syntax: `:：` is not a card separator; the separator is `::`",
            ],
            id="full-width colons",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\n什么\n？\n这个\n\nما هو\n؟\nهذا\n\na\n？？\nb\n"},
            [
                "a.md:4:1: FC011 broken-card-syntax: `？` is not a card separator; the separator is `?`",
                "a.md:8:1: FC011 broken-card-syntax: `؟` is not a card separator; the separator is `?`",
                "a.md:12:1: FC011 broken-card-syntax: `？？` is not a card separator; the separator is `??`",
            ],
            id="full-width and Arabic question marks",
        ),
        pytest.param(
            {"a.md": "#flashcards\n\nQ1\n?\nA1\nQ2\n?\nA2\n"},
            [
                "a.md:7:1: FC011 broken-card-syntax: `?` is part of the answer to `Q1`: missing blank line above the next card",
            ],
            id="no blank line between two cards",
        ),
    ],
)
def test_broken_card_syntax_is_found(lint, files, expected):
    assert lint(files, "FC011") == expected


def test_marks_of_a_setting_that_is_no_more(lint):
    text = "#flashcards\n\nq\n&&\na\n\n```\n&&\n```\n\nq\n?\na\n"
    config = '[rules.FC011]\nseparators = ["&&", "?"]\n'
    assert lint({"a.md": text}, "FC011") == []
    assert lint({"a.md": text, "vaultkit.toml": config}, "FC011") == [
        "a.md:4:1: FC011 broken-card-syntax: `&&` is not a card separator in this vault; use a separator of `[cards]`",
    ]
    note, options = parse_note(text.encode()), Options(separators=("&&",))
    assert list(check(note, text, options, cards=CardSettings(multi="&&"))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("==all==", "cloze without text around it: `==all==`"),
        ("- ==all==.", "cloze without text around it: `==all==.`"),
        ("==0;;zero== text", "invalid cloze number 0 in `==0;;zero`: numbers start at 1"),
        ("==all;;a hint==", ""),
        ("- ==one==\n- ==two==", ""),
        ("==one== here", ""),
    ],
)
def test_a_cloze_that_asks_nothing(lint, text, expected):
    found = [f"a.md:3:1: FC011 broken-card-syntax: {expected}"] if expected else []
    assert lint({"a.md": f"#flashcards\n\n{text}\n"}, "FC011") == found
