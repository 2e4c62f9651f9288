"""A word that starts with two capital letters: ``WHat``, ``FIne``, ``IMage``.

Why:     case-sensitive searches and duplicate checks miss the word.
Fix:     writes the second letter in lower case. Unsafe: the word may be a name.
Options: allow: words that are correct as written.
Source:  real flashcards; word processors correct it while typing.

Reported only where the plain word is a common English one, or occurs in the same note more than twice as often:
``OCaml``, ``UNet`` and ``DAgger`` are names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.lint.facts.common_words import is_common
from vaultkit.lint.facts.prose import is_in_url, not_prose
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "TX004"
SEVERITY = "info"
PRESETS = ("learning",)
BAD = {"a.md": "WHat is fine-tuning?"}
GOOD = {"a.md": "What is fine-tuning? GPUs, OAuth and PhDs are fine."}

# The set stands first and the look behind after it: so the search skips at full speed.
_DOUBLE = lazy_pattern(r"[A-Z](?<![\w#/.@&_-].)[A-Z][a-z]+(?![\w@/&]|\.\w|-[A-Z\d])")
# Three letters are an abbreviation oftener than a slip, but for the words that everybody writes.
_SHORT = frozenset(
    "THe WHy HOw WHo ANd ARe BUt FOr YOu NOt CAn HAs HAd WAs ONe TWo ALl ANy OUr OUt SHe HIm HEr HIs MAy NEw NOw SEe "
    "USe YEs".split()
)
# Names and abbreviations that a common word hides in.
_NAMES = frozenset("EMail EMails EBook EBooks ECommerce UPenn UMass OUtput INput IDs IPhone IPhones IPad".split())
_PLURAL = lazy_pattern(r"[A-Z]{2}es")
_MIXED = re.compile(r"\b[a-z]+[A-Z][A-Za-z]*\b")
_CAPITALS_BEFORE = lazy_pattern(r"[A-Z]{2,}[:,]?[ ]+\Z")
# A word that is plainly written more than so many times as often is the one that was meant.
RARE = 2


@record
class Options:
    """allow: words that are correct as written."""

    allow: tuple[str, ...] = ()


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Violation]:
    """Words of two capitals and at least two small letters, in prose."""
    silent = None
    matches = [match for match in _DOUBLE.finditer(text) if _is_candidate(match[0], options)]
    counts = Counter(match[0] for match in matches)
    for match in matches:
        start, end = match.span()
        word = match[0]
        good = word[0] + word[1:].lower()
        silent = silent or not_prose(note)
        if not is_common(good.lower()):
            is_compound = is_common(word[1:].lower())  # "CMake", "XCode"
            if is_compound or _count(note, text, good) <= RARE * counts[word]:
                continue
        if silent.end_around(start) >= 0 or is_in_url(text, start) or _is_meant(text, start, end):
            continue
        fix = Fix(f"write `{good}`", (Edit(start, end, good),), is_safe=False)
        yield Violation(start, end, f"two capital letters at the start of `{word}`", word, fix, help=f"write `{good}`")


def _count(note: Note, text: str, word: str) -> int:
    """How often the word occurs in prose, as it is or in small letters."""
    silent = not_prose(note)
    found = re.finditer(rf"\b(?:{word}|{word.lower()})\b", text)
    return sum(silent.end_around(match.start()) < 0 and not is_in_url(text, match.start()) for match in found)


def _is_candidate(word: str, options: Options) -> bool:
    if len(word) == 3 and word not in _SHORT:
        return False
    return not (_PLURAL.fullmatch(word) or word in _NAMES or word in options.allow)


def _is_meant(text: str, start: int, end: int) -> bool:
    """The word is quoted as it is, spelled out for an acronym (``FInding Rogue nEtworks``), or continues capitals."""
    if text[start - 1 : start] in tuple("\"'“‘„«") and text[end : end + 1] in tuple("\"'”’“»"):
        return True
    stop = text.find("\n", end)
    near = text[end : min(end + 60, stop if stop >= 0 else len(text))]
    return _MIXED.search(near) is not None or _CAPITALS_BEFORE.search(text, max(start - 20, 0), start) is not None
