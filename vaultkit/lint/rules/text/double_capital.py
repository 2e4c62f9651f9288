"""A word begins with two capitals: ``WHat``, ``FIne``, ``IMage``.

Why:     the shift key was held too long; searching and duplicate checks with case miss the word.
Fix:     writes the second letter small. Unsafe: it may be a name.
Options: allow: words that are written so.
Source:  seen in real flashcards; word processors mend it as you type.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import note_rule
from vaultkit.lint.rules._prose import is_in_url, not_prose
from vaultkit.note.model import Note
from vaultkit.record import record
from vaultkit.text import Edit

CODE = "TX004"
SEVERITY = "info"
PRESETS = ("learning",)
BAD = {"a.md": "WHat is fine-tuning?"}
GOOD = {"a.md": "What is fine-tuning? GPUs, OAuth and PhDs are fine."}

# The set stands first and the look behind after it: so the search skips at full speed.
_DOUBLE = re.compile(r"[A-Z](?<![\w#/.@&_-].)[A-Z][a-z]+(?![\w@/&]|\.\w|-[A-Z\d])")
# Three letters are an abbreviation oftener than a slip, but for the words that everybody writes.
_SHORT = frozenset(
    "THe WHy HOw WHo ANd ARe BUt FOr YOu NOt CAn HAs HAd WAs ONe TWo ALl ANy OUr OUt SHe HIm HEr HIs MAy NEw NOw SEe "
    "USe YEs".split()
)
# Names that are written so, and plurals of abbreviations.
_NAMES = frozenset(
    "OAuth IPython EBook EBooks ECommerce EMail EMails IPhone IPhones IPad IPads IPod IPods IMac IMacs UPenn UMass "
    "UTorrent RStudio DJango QTip IOException IPsec IPfs ESlint ESbuild URIs URLs AIs APIs SQLite".split()
)
# How words begin; "JMeter" and "HBase" are names, "WHat" is a slip.
_BEGINNINGS = re.compile(
    r"[AEIOUY][A-Z]|[A-Z][AEIOUY]|BL|BR|CH|CL|CR|DR|FL|FR|GH|GL|GN|GR|KN|PH|PL|PR|RH|SC|SH|SK|SL|SM|SN|SP|SQ|ST|SW"
    r"|TH|TR|TW|WH|WR"
)
_WORD = re.compile(r"\w+")
_PLURAL = re.compile(r"[A-Z]{2}es")


# So often, and never written otherwise, a word of a note is a name.
NAME = 3


@record
class Options:
    """allow: words that are written so."""

    allow: tuple[str, ...] = ()


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Fault]:
    """Words of two capitals and at least two small letters, in prose."""
    silent = None
    matches = list(_DOUBLE.finditer(text))
    counts = Counter(match[0] for match in matches) if len(matches) >= NAME else Counter()
    words: set[str] = set()
    for match in matches:
        word = match[0]
        if len(word) == 3 and word not in _SHORT:
            continue
        if _BEGINNINGS.match(word) is None or _PLURAL.fullmatch(word) or word in _NAMES or word in options.allow:
            continue
        good = word[0] + word[1:].lower()
        if counts[word] >= NAME and word not in _SHORT:
            words = words or set(_WORD.findall(text))
            if good not in words and good.lower() not in words:
                continue  # a name that somebody chose
        silent = silent or not_prose(note)
        start, end = match.span()
        if silent.end_around(start) >= 0 or is_in_url(text, start):
            continue
        fix = Fix(f"write {good}", (Edit(start, end, good),), is_safe=False)
        yield Fault(start, end, f'"{word}" begins with two capitals; write "{good}"', word, fix)
