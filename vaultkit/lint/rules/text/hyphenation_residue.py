"""A word split by a hyphen and a space, as in ``exist- ing``, from a line end in a PDF.

Why:     a search does not find the word, and flashcards ask for a word that does not exist.
Fix:     joins the halves where the joined word occurs in the note or is a common English word. Unsafe: the hyphen may
         be correct.
Source:  real flashcards made from papers.

Suspended hyphens (``pre- and post-training``, ``työpöytä- ja mobiili``) and halves that are words themselves
(``left- hand``) are not reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit
from vaultkit.lint.facts.common_words import is_common
from vaultkit.lint.facts.prose import not_prose
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "TX005"
SEVERITY = "info"
PRESETS = ("learning",)
BAD = {"a.md": "It answers exist- ing questions."}
GOOD = {"a.md": "It answers existing questions, before pre- and post-training."}

_BEFORE = lazy_pattern(r"(?<![\w-])[^\W\d_]+\Z")
_AFTER = lazy_pattern(r"[^\W\d_]+(?![\w-])")
MAX_WORD = 40
# Conjunctions, articles and the like, which may follow a suspended hyphen, in the languages that write one.
_JOINS = frozenset(
    "and or to nor but vs versus through as und oder bis sowie bzw beziehungsweise et ou à y o e u i en of dan maar met till och "
    "eller samt og men ja tai sekä eli että kuin vai või ning ehk és vagy illetve meg valamint ir ar un vai i a oraz lub albo nebo "
    "či alebo ali ili in ter și sau ve veya и или либо да та й або чи και ή "
    "the an is on at for with by from than then not that this it its we why what how when which who where see im am zum zur auf "
    "für von mit per pro als auch wie de la le les des du el los las".split()
)
_PREFIX = lazy_pattern(r"^(?:un|re|in|im|dis|non|mis|over|under)(?=[a-z]{4})")
_SUFFIX = lazy_pattern(r"(?<=[a-z]{4})(?:able|ment|ments|ness|ful|less)$")
# Words, but for those behind a hyphen and a space.
_WORD = lazy_pattern(r"(?<![^\W\d_])(?<!- )[^\W\d_]+")


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report lower-case words cut in two, in prose."""
    silent = None
    words: Counter[str] = Counter()
    for at in _hyphens(text):
        if not text[at - 1].islower() or not text[at + 2 : at + 3].islower():
            continue
        before, after = _BEFORE.search(text[max(at - MAX_WORD, 0) : at]), _AFTER.match(text, at + 2)
        if before is None or after is None:
            continue
        first, second = before[0], after[0]
        if not second.islower() or second in _JOINS or len(first) < 2 or len(second) < 2:
            continue
        silent = silent or not_prose(note)
        start, end = at - len(first), after.end()
        if silent.end_around(start) < 0:
            words = words or Counter(word.lower() for word in _WORD.findall(text))
            if not _is_cut(first.lower(), second, words):
                continue
            cut = text[start:end]
            fix = None
            if _is_known(first.lower() + second, words):
                fix = Fix(f"write `{first}{second}`", (Edit(start, end, first + second),), is_safe=False)
            yield Violation(start, end, f"word split by a hyphen: `{cut}`", cut, fix)


def _is_cut(first: str, second: str, words: Counter[str]) -> bool:
    """Return whether the joined word occurs in the note, or its second half is not a word."""
    return words[first + second] > 0 or (not words[second] and not is_common(second))


def _is_known(joined: str, words: Counter[str]) -> bool:
    """The word occurs in the note, or is a common one, also with a beginning or ending that makes a word of another."""
    if words[joined] > 0 or is_common(joined):
        return True
    stem = _PREFIX.sub("", joined)
    return is_common(stem) or is_common(_SUFFIX.sub("", stem))


def _hyphens(text: str) -> Iterator[int]:
    at = text.find("- ", 1)
    while at >= 0:
        yield at
        at = text.find("- ", at + 2)
