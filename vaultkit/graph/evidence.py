"""What speaks for a name in a text being meant as a link, and how often such suggestions are right.

The score of a suggestion is the share of suggestions with the same evidence that a reader judged right or harmless, so
0.9 means the same in every vault. The weights are a logistic regression on 788 mentions of 15 vaults in English,
Chinese, Italian, German and Russian that were read in their notes one by one, with an L2 penalty of 0.8, by which the
shares of a vault that was left out agree best. `tests/bench/suggestions.py` draws such suggestions and compares the
scores with the judgements; `tests/graph/test_evidence.py` says what the weights must keep.
"""

from __future__ import annotations

import math
import re
from itertools import islice

from vaultkit.base.record import record
from vaultkit.graph.everyday_words import is_everyday, is_gerund
from vaultkit.graph.words import terms

# A suggestion is listed from LISTED on, and written by --fix from WRITTEN on.
LISTED = 0.7
WRITTEN = 0.95

_BASE = 0.73
_WEIGHTS = {
    "link_odds": 0.51,
    "fit": 1.68,
    "topical": 3.66,
    "near": 0.96,
    "verb": -0.96,
    "everyday": -3.26,
    "bare": -1.66,
}
# What these count beside an everyday word: a phrase of such words, an English gerund of one, and any single word in a
# language whose everyday words are not listed.
PHRASE, GERUND, UNLISTED = 0.6, 0.7, 0.5
# A text with fewer different words among its first ones says nothing.
BARE_WORDS, BARE_READ = 3, 200
# Behind the first an English word is a verb, and before the second.
_SUBJECTS = frozenset(
    "to can could will would should must may might shall we you they i let's please cannot then".split()
)
_OBJECTS = frozenset("it them him us me itself themselves yourself".split())
_LAST_WORD = re.compile(r"([^\W\d_][\w'’-]*)[ \t]+[*_\"“(]*\Z")
_NEXT_WORD = re.compile(r"\A[*_\"”)]*[ \t]+([^\W\d_][\w'’-]*)")


SENTENCE_CHARACTERS = 160
_SENTENCE_START = re.compile(r"(?:\A[ \t>]*(?:[-*+]|\d+[.)])?(?: \[.\])?|[.!?:;])[ \t]*\Z")


@record
class Evidence:
    """What is known of a note that names another one.

    linking:   other notes that link to the target.  naming: notes that name it without a link.
    common:    neighbours of both notes.  links_back: the target links to this note.
    fit:       share of all notes whose text fits the subject of the target less well (`vaultkit.graph.context`).
    topical:   mean ``fit`` of the other notes that name the target, with two notes of 0.5 added.
    everyday:  1 for a word of everyday language, less for a phrase of such words, else 0.
    is_verb:   it stands as an English verb.
    is_bare:   the target has hardly any words, so nothing says what it means by its name (see `is_bare`).
    """

    linking: int
    naming: int
    common: int
    links_back: bool
    fit: float
    topical: float
    everyday: float
    is_verb: bool
    is_bare: bool


def features(evidence: Evidence) -> dict[str, float]:
    """The evidence as numbers that are weighed."""
    return {
        "link_odds": math.log((evidence.linking + 0.5) / (evidence.naming + 0.5)),
        "fit": evidence.fit,
        "topical": evidence.topical,
        "near": min(1.0, evidence.common / 3) + 0.5 * evidence.links_back,
        "verb": float(evidence.is_verb),
        "everyday": evidence.everyday,
        "bare": float(evidence.is_bare),
    }


def share_right(evidence: Evidence) -> float:
    """The share of suggestions with such evidence that are right or harmless, from 0 to 1."""
    total = _BASE + sum(_WEIGHTS[name] * value for name, value in features(evidence).items())
    return 1 / (1 + math.exp(-total))


def everyday(written: str, *, is_listed: bool = True) -> float:
    """How much of an everyday word a text is, from 0 to 1.

    is_listed: the everyday words of the vault's languages are known.
    """
    is_phrase = re.search(r"\w[ _-]\w", written) is not None
    if is_everyday(written):
        return PHRASE if is_phrase else 1.0
    if is_gerund(written):
        return GERUND
    return 0.0 if is_listed or is_phrase else UNLISTED


def is_bare(text: str) -> bool:
    """The text of a note has fewer than three different words, as a page of a film with its poster only."""
    return len(set(islice(terms(text), BARE_READ))) < BARE_WORDS


def word_before(text: str, start: int) -> str:
    """The word before a place on the same line, in lower case; "" for none."""
    found = _LAST_WORD.search(text[max(0, start - 40) : start])
    return found[1].lower() if found else ""


def word_after(text: str, end: int) -> str:
    """The word behind a place on the same line, in lower case; "" for none."""
    found = _NEXT_WORD.search(text[end : end + 40])
    return found[1].lower() if found else ""


def starts_sentence(text: str, start: int) -> bool:
    """Nothing of the sentence stands before the place on its line, but for marks of lists and quotes."""
    before = text[max(text.rfind("\n", 0, start) + 1, start - 200) : start]
    return "|" not in before and _SENTENCE_START.search(before) is not None


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place, on one line, cut to about 160 characters."""
    first = max((found.end() for found in _SENTENCE_END.finditer(text, max(0, start - 400), start)), default=None)
    if first is None:
        first = max(0, start - 400)
    last = _SENTENCE_END.search(text, end, end + 400)
    stop = last.end() if last else min(len(text), end + 400)
    around = SENTENCE_CHARACTERS // 2
    cut_before, cut_after = start - first > around, stop - end > around
    shown = text[start - around if cut_before else first : end + around if cut_after else stop]
    return ("…" if cut_before else "") + " ".join(shown.split()) + ("…" if cut_after else "")


_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？]|\n")


def is_verb(written: str, before: str, after: str, *, is_order: bool = False) -> bool:
    """An English word that stands as a verb: "to host", "registers them", "View or restore".

    is_order: the name is a plural and the text its singular, at the beginning of a sentence and before another word.

    >>> is_verb("View", "to", "nested"), is_verb("hosts", "many", "of"), is_verb("View", "", "or")
    (True, False, False)
    >>> is_verb("View", "", "or", is_order=True)
    True
    """
    if " " in written or not written.isascii():
        return False
    return before in _SUBJECTS or after in _OBJECTS or (is_order and bool(after))
