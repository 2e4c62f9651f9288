"""Ordinary words of many languages: the text rules find nothing in them, and their fixes change none.

The words come from the package ``wordfreq``, which is there for tests only.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from vaultkit.config import Config
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import plan_of
from vaultkit.vault.load import snapshot_of_texts as vault_of

wordfreq = pytest.importorskip("wordfreq", reason="the word lists of `wordfreq` are not installed")

LANGUAGES = sorted(wordfreq.available_languages("small"))
WORDS = 20_000
# Words as they stand in a text: alone, with a capital, in capitals, before and behind marks.
SHAPES = (
    "{0}", "{1}", "{2}", "«{0}»", "»{2}«", "„{1}“", "“{0}”", "‘{2}’", "{0}…", "{2}’s", "–{0}–", "{0} {2}", "{2}°", "{1}®",
    "¿{0}?", "¡{2}!", "#{0}", "[[{0}]]", "[[{1}|{2}]]", "{0}\u00a0%", "({2})", "5\u00a0{0}", "{0}² ", "«\u00a0{0}\u00a0»",
)  # fmt: skip


def lines(language: str) -> Iterator[str]:
    listed = wordfreq.top_n_list(language, WORDS, wordlist="small")
    words = [word for word in listed if len(word) > 1 and word[0].isalpha() and "\u00ad" not in word]
    for number, word in enumerate(words):
        shape = SHAPES[number % len(SHAPES)]
        yield f"{word} {word.capitalize()} {word.upper()} {shape.format(word, word.capitalize(), word.upper())}"


def test_the_languages_are_many():
    assert len(LANGUAGES) >= 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_found_in_ordinary_words(language):
    text = "\n\n".join(lines(language))
    plan = plan_of(Config(), select=["TX001", "TX003", "TX005"])
    vault = vault_of({"a.md": text})
    answer = note_linter(plan)(vault.notes["a.md"], text)
    found = collect_findings(vault, plan, {"a.md": answer} if answer is not None else {}).findings
    assert [(finding.code, text[max(finding.start - 5, 0) : finding.end + 5]) for finding in found] == []
