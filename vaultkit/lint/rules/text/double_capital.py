"""A word begins with two capitals: ``WHat``, ``FIne``, ``IMage``.

Why:     the shift key was held too long; searching and duplicate checks with case miss the word.
Fix:     writes the second letter small. Unsafe: it may be a name.
Options: allow: words that are written so.
Source:  seen in real flashcards; word processors mend it as you type.
"""

from __future__ import annotations

import re
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

_DOUBLE = re.compile(r"(?<![\w#/.@&_-])[A-Z]{2}[a-z]{2,}(?![\w@/&]|\.\w|-[A-Z\d])")
# Names that are written so, and beginnings that are an abbreviation of their own.
_NAMES = frozenset(
    "OAuth IPython DBpedia EBook EBooks ECommerce EMail EMails IPhone IPhones IPad IPads IPod IMac JQuery UPenn UMass "
    "UTorrent XInput XPath XQuery XLink XForms XPointer DBeaver DJango DNase RNase KDevelop KDialog QTip GCloud "
    "MBart MLflow MLops MLlib NLtk PCIe PHPunit PSpice RStudio SQLite TCells VLookup VMware VSphere YTmusic "
    "IOException IPsec IPfs ESlint ESbuild JSdoc JSfiddle JSlint PHds URIs URLs VMs".split()
)


@record
class Options:
    """allow: words that are written so."""

    allow: tuple[str, ...] = ()


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Fault]:
    """Words of two capitals and at least two small letters, in prose."""
    silent = None
    for match in _DOUBLE.finditer(text):
        word = match[0]
        if word in _NAMES or word in options.allow:
            continue
        silent = silent or not_prose(note)
        start, end = match.span()
        if silent.end_around(start) >= 0 or is_in_url(text, start):
            continue
        good = word[0] + word[1:].lower()
        fix = Fix(f"write {good}", (Edit(start, end, good),), is_safe=False)
        yield Fault(start, end, f'"{word}" begins with two capitals; write "{good}"', word, fix)
