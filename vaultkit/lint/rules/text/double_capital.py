"""A word with two capitals at its beginning: ``WHat``, ``FIne``, ``IMage``.

Why:     the shift key was held too long; searching and duplicate checks with case miss the word.
Fix:     writes the second letter small. Unsafe: it may be a name.
Options: allow: words that are spelled so.
Source:  seen in real flashcards; word processors correct it as you type.

Reported only where the plain word is a common English one, or occurs in the same note more than twice as often:
``OCaml``, ``UNet`` and ``DAgger`` are names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import note_rule
from vaultkit.lint.rules._prose import is_in_url, not_prose
from vaultkit.note.inline import Spans
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
# Names and abbreviations that a common word hides in.
_NAMES = frozenset("EMail EMails EBook EBooks ECommerce UPenn UMass OUtput INput IDs IPhone IPhones IPad".split())
_PLURAL = re.compile(r"[A-Z]{2}es")
_MIXED = re.compile(r"\b[a-z]+[A-Z][A-Za-z]*\b")
_CAPITALS_BEFORE = re.compile(r"[A-Z]{2,}[:,]?[ ]+\Z")
# Common English words; inflected forms are reduced to these.
_COMMON = frozenset(
    """
    able about above accept across act actual add after again against age agree all allow almost along already also although
    always among an and another answer any appear apply approach are area around as ask at attention available average away
    back base basic be because become before begin behind being believe below best better between big bit black block body book
    both bottom break bring build but by call can card care carry case cause center certain chain change chapter character
    check choose claim class clear close code collect color come command common company compare complete compute concept
    condition connect consider consist constant contain context continue control copy correct cost could count course cover
    create current data date day decide deep default define degree depend derive describe design detail develop did differ
    difference different difficult direct discover discuss do does done down draw drive drop during each early easy effect
    either element else email end energy enough ensure enter equal equation error even event ever every exact example except
    exist expect experience explain explore express face fact fall false family far fast feature feel few field figure file
    fill final find fine first fix flow focus follow food for force form forward found four free frequent from full function
    further future game gap general generate get give go goal good graph great group grow guide had half hand happen hard has
    have he head hear heat help her here high him his history hold home hope hour house how however human idea identify if
    image implement important improve in include increase indeed indicate information input inside instead into introduce
    involve is issue it item its itself job join just keep key kind know knowledge label language large last late later law
    layer lead learn least leave left length less let letter level life light like limit line link list little live local long
    look lose lot love low machine main make man many map mark matter may mean measure meet member memory message method
    middle might mind minute miss model money month more most mother move much multiple must my name nature near need network
    never new next night no node none nor normal not note nothing now number object occur of off offer often old on once one
    only open operation option or order original other our out output over own page paper parent part particular pass past
    path pattern people per perform perhaps period person picture piece place plan plant play please point policy possible
    power practice present press prevent previous price print problem process produce product program project property prove
    provide public pull purpose push put question quick quite range rate rather reach read ready real reason receive recent
    reduce refer region relate relation remain remember remove repeat replace report represent require research rest result
    return review right rise role room root round row rule run same sample save say scale school score search second section
    see seem select self send sense sentence separate series serve set several shape share she short should show side sign
    similar simple since single size skill small so social some sometimes soon sort sound source space speak special specific
    speed stand standard start state step still stop store story strong structure student study style subject such suggest
    sum summary support suppose sure system table take talk task teach team technique tell term test text than thank that the
    their them then theory there therefore these they thing think this those though thought three through thus time to today
    together too tool top total train transform travel treat tree true try tune turn two type under understand unit unless
    until up update upon use useful user usual valid value variable various very view vote wait walk want was watch water way
    we week weight well were what when where whether which while white who whole whose why wide will with within without word
    work world would write wrong year yes yet you young your
    """.split()
)
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "r", "al", "ion")
# A word that is plainly written more than so many times as often is the one that was meant.
RARE = 2


@record
class Options:
    """allow: words that are written so."""

    allow: tuple[str, ...] = ()


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Fault]:
    """Words of two capitals and at least two small letters, in prose."""
    silent = None
    matches = [match for match in _DOUBLE.finditer(text) if _is_candidate(match[0], options)]
    counts = Counter(match[0] for match in matches)
    for match in matches:
        start, end = match.span()
        word = match[0]
        good = word[0] + word[1:].lower()
        silent = silent or not_prose(note)
        if not _is_common(good.lower()) and _count(text, good, silent) <= RARE * counts[word]:
            continue
        if silent.end_around(start) >= 0 or is_in_url(text, start) or _is_meant(text, start, end):
            continue
        fix = Fix(f"write {good}", (Edit(start, end, good),), is_safe=False)
        yield Fault(start, end, f"two capitals at the beginning of `{word}`; write `{good}`", word, fix)


def _count(text: str, word: str, silent: Spans) -> int:
    """How often the word occurs in prose, as it is or in small letters."""
    found = re.finditer(rf"\b(?:{word}|{word.lower()})\b", text)
    return sum(silent.end_around(match.start()) < 0 and not is_in_url(text, match.start()) for match in found)


def _is_candidate(word: str, options: Options) -> bool:
    if len(word) == 3 and word not in _SHORT:
        return False
    return not (_PLURAL.fullmatch(word) or word in _NAMES or word in options.allow)


def _is_common(word: str) -> bool:
    """The word, or what it is inflected from, is a common one.

    >>> [_is_common(word) for word in ("discovering", "tuning", "stopped", "studies", "caml")]
    [True, True, True, True, False]
    """
    if word in _COMMON or (word.endswith("ies") and word[:-3] + "y" in _COMMON):
        return True
    stems = [word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending)]
    return any(
        stem in _COMMON or stem + "e" in _COMMON or (stem[-1:] == stem[-2:-1] and stem[:-1] in _COMMON)
        for stem in stems
    )


def _is_meant(text: str, start: int, end: int) -> bool:
    """The word is quoted as it is, spelled out for an acronym (``FInding Rogue nEtworks``), or continues capitals."""
    if text[start - 1 : start] in tuple("\"'“‘„«") and text[end : end + 1] in tuple("\"'”’“»"):
        return True
    stop = text.find("\n", end)
    near = text[end : min(end + 60, stop if stop >= 0 else len(text))]
    return _MIXED.search(near) is not None or _CAPITALS_BEFORE.search(text, max(start - 20, 0), start) is not None
