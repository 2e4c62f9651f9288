"""Mojibake: text decoded with the wrong character encoding (``donâ€™t``, ``cafÃ©``), or its remains.

Why:     a search does not find the words, and readers cannot read them.
Fix:     decodes the text again where it converts to UTF-8 without loss. Unsafe. None where control characters
         were lost (``donât``, a lone ``β`` for a dash): the text cannot be restored.
Options: encodings: the encodings to try.  min-evidence: how many certain cases of one kind a note must have
         before a character that could be an ordinary letter is reported.
Source:  the Unicode Standard, UTF-8; Python's codecs; a real worksheet (ISO-8859-7 without control characters).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.lint.facts.prose import dead_spans
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note
from vaultkit.note.spans import Spans

CODE = "TX001"
SEVERITY = "warning"
BAD = {"a.md": "Attention donâ€™t come cheap in a cafÃ©."}
GOOD = {"a.md": "Attention don’t come cheap in a café. The scaling factor is β."}

_RUN = lazy_pattern(r"[^\x00-\x7f]{2,}")
# What a text that was decoded right may be made of: accents, punctuation, symbols, arrows, emoji.
# Patterns as texts are compiled when first asked for, which in most vaults is never (3 ms).
_LETTERS = r"[\u00a0-\u017f]+"
_SIGNS = (
    r"[\u00a0-\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20bf\u2100-\u27ff\u2900-\u2bff\ufe0f\ufeff\U0001f000-\U0001faff]+"
)
_SCRIPTS = (
    r"[\u0386-\u03ce\u0400-\u045f\u05d0-\u05ea\u0621-\u064a\u0e01-\u0e5b\u3000-\u30ff\u4e00-\u9fff"
    r"\uac00-\ud7a3\uff01-\uff5e]{3,}"
)

# Tables in which the bytes 80 to 9F are control characters, which editors and web forms drop:
# the letters that E2 and F0, the first bytes of punctuation and emoji, became.
_STRIPPED = {"iso8859-7": "βπ", "latin-1": "âð", "iso8859-2": "âđ", "iso8859-9": "âğ", "iso8859-5": "т№"}
# What a lead letter may keep behind it: never a letter, digit, power or quotation mark of good text.
_TAILS = "¢£¤¥¦§¨©¬¶€₯ͺ"
_STRONG = rf"(?P<lead>[βπâðđğт№])(?P<tail>[{_TAILS}]+)"
_LEADS = "βπâðđğт№"
_WEAK = r"(?<![^\W\d_])[βπâðđğ]|[βπâðđğ](?![^\W\d_])|(?<=[a-z])[βâ](?=(?:s|t|re|ve|ll|d|m)\b)|[\u29a0-\u29bf]"

_BEHIND_CAPITALS = "«»°®©™²³¹\u00a0\u00ad"
_MATHEMATICS = "πΩ∞∑∏∫∂∆µ±≥≤≠≈¬"
# How often a small letter must stand before a capital in a run of one script, so that it is no word.
MIN_RISES = 2

_CLOSING = "”“»›’‘…–—"


@record
class Options:
    """encodings: encodings to try; min_evidence: certain cases required before uncertain ones are reported."""

    encodings: tuple[str, ...] = (
        "cp1252", "latin-1", "mac-roman", "cp437", "cp850", "cp1250", "cp1251", "cp1253", "cp866", "iso8859-7",
    )  # fmt: skip
    min_evidence: int = 3


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Violation]:
    """Runs that decode again, and remains of stripped ones, outside code."""
    if text.isascii():
        return
    found: list[tuple[int, int, str]] = []
    tables = _tables(options.encodings)
    for suspect in _suspect(options.encodings).finditer(text):
        run = _RUN.match(text, suspect.start())
        assert run is not None
        good = _decoded(run[0], tables[run[0][0]])
        if good is None or _is_word(run[0]) or _is_end_of_word(text, run.start(), run[0]):
            continue
        found.append((*run.span(), good))
    found = _without_roots(text, found)
    strong = []
    if any(map(text.__contains__, _LEADS)):
        strong = [(match.start(), match.end(), match["lead"]) for match in re.finditer(_STRONG, text)]
    if not found and not strong:
        return
    silent = dead_spans(note, with_properties=False)
    for start, end, good in found:
        if silent.end_around(start) < 0:
            shown = text[start:end]
            fix = Fix(f"write {_named(good)}", (Edit(start, end, good),), is_safe=False)
            message = f"wrong character encoding: `{shown}` is probably {_named(good)}"
            yield Violation(start, end, message, shown, fix)
    taken = Spans([(start, end) for start, end, _ in found])
    yield from _remains(text, strong, options.min_evidence, silent, taken)


def _remains(
    text: str, strong: list[tuple[int, int, str]], evidence: int, silent: Spans, taken: Spans
) -> Iterator[Violation]:
    """Lead letters with what is left of their sequence; alone only where the note has enough of the others."""
    strong = [sign for sign in strong if silent.end_around(sign[0]) < 0 and taken.end_around(sign[0]) < 0]
    leads: dict[str, int] = {}
    for _, _, lead in strong:
        # A letter may stand for the same byte in several tables; one sign counts once all the same.
        for letter in {letter for pair in _STRIPPED.values() if lead in pair for letter in pair}:
            leads[letter] = leads.get(letter, 0) + 1
    spans = {(start, end) for start, end, _ in strong}
    sure = {letter for letter, count in leads.items() if count >= evidence}
    if sure:
        starts = {start for start, _ in spans}
        for match in re.finditer(_WEAK, text):
            start, end = match.span()
            is_remnant = match[0] >= "\u29a0"
            if (
                start in starts
                or taken.end_around(start) >= 0
                or silent.end_around(start) >= 0
                or not (is_remnant or match[0] in sure)
            ):
                continue
            if not is_remnant and (_is_same_script(text, start - 1, match[0]) or _is_same_script(text, end, match[0])):
                continue
            spans.add((start, end))
    for start, end in sorted(spans):
        shown = text[start:end]
        message = f"wrong character encoding: `{shown}` is the rest of a lost character"
        yield Violation(start, end, message, shown, help="type the character again")


def _is_same_script(text: str, at: int, letter: str) -> bool:
    """The neighbour is a letter of the same script, so the letter is part of a word: "βάρος"."""
    if not 0 <= at < len(text) or not text[at].isalpha() or text[at].isascii():
        return False
    return unicodedata.name(text[at], "").split(" ")[0] == unicodedata.name(letter, "?").split(" ")[0]


@lru_cache(maxsize=4)
def _tables(encodings: tuple[str, ...]) -> dict[str, tuple[dict[str, int], ...]]:
    """First character of a run -> tables (character -> byte) in which it can begin a UTF-8 sequence."""
    starts: dict[str, list[dict[str, int]]] = {}
    for encoding in encodings:
        table: dict[str, int] = {}
        for byte in range(0x80, 0x100):
            try:
                table[bytes([byte]).decode(encoding)] = byte
            except UnicodeDecodeError:
                table[chr(byte)] = byte  # browsers keep the control character
        for character, byte in table.items():
            if 0xC2 <= byte <= 0xF4:
                starts.setdefault(character, []).append(table)
    return {character: tuple(tables) for character, tables in starts.items()}


@lru_cache(maxsize=4)
def _suspect(encodings: tuple[str, ...]) -> re.Pattern[str]:
    """Two characters of which the first may begin a run of some table; most good text has none.

    The set stands first and the look behind after it, since only then does the search skip at full speed.
    """
    firsts = re.escape("".join(sorted(_tables(encodings))))
    return re.compile(rf"[{firsts}](?<![^\x00-\x7f].)[^\x00-\x7f]", re.DOTALL)


def _is_end_of_word(text: str, start: int, run: str) -> bool:
    """Letters and a mark: a capital before what closes a quotation, “AMANHû or ÀS’s, or of another script, «25 В°»."""
    letters = run.rstrip("".join(letter for letter in run if not _script(letter)))
    scripts = {_script(letter) for letter in letters}
    if len(scripts) == 1 and scripts.isdisjoint(("LATIN", "")) and not _rises(letters):
        return True
    if len(run) > 2:
        return False
    if text[max(start - 1, 0) : start].isupper() and run[0].isupper():
        return run[1] in _CLOSING or run[1] in _BEHIND_CAPITALS
    return run[1] in _CLOSING and not text[start + 2 : start + 3].isalnum()


def _is_word(run: str) -> bool:
    """The run is letters of one script, as in "тип", and no small letter stands before a capital, as in "РџСЂРё".

    Capitals of Latin that Western words never have before a small letter, as in "Ãœber", are none.
    """
    scripts = {_script(letter) for letter in run}
    if len(scripts) > 1 or "" in scripts:
        return False
    if scripts == {"LATIN"}:
        return run[0] not in "ÃÂ" or not run[1].islower()
    return _rises(run) < MIN_RISES


def _rises(run: str) -> int:
    return sum(one.islower() and other.isupper() for one, other in pairwise(run))


def _script(letter: str) -> str:
    """The first word of a letter's name, which is its script; "" for what is no letter."""
    if unicodedata.category(letter)[0] not in "LM" or letter in "ªº":
        return ""
    return unicodedata.name(letter, "").split(" ")[0]


def _without_roots(text: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Without "√π" and the like, which is mathematics unless it is within a word or the note has other such pairs."""
    roots = {text[start:end] for start, end, _ in found if text[start] == "√" and end - start == 2}
    if not roots or (len(roots) > 1 and any(pair[1] not in _MATHEMATICS for pair in roots)):
        return found
    return [
        (start, end, good)
        for start, end, good in found
        if text[start:end] not in roots
        or (text[max(start - 2, 0) : start].isalpha() and start > 1 and text[end : end + 1].isalpha())
    ]


def _decoded(run: str, tables: tuple[dict[str, int], ...]) -> str | None:
    """The text that the run was before; None when no table gives a likely one."""
    for table in tables:
        second = table.get(run[1])
        if second is None or not 0x80 <= second <= 0xBF:
            continue
        data = [table.get(character) for character in run]
        if None in data:
            continue
        try:
            good = bytes(byte for byte in data if byte is not None).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if _is_likely(run, good):
            return good
    return None


def _is_likely(run: str, good: str) -> bool:
    """Latin letters and signs are likely at once, letters of another script from three on."""
    if re.fullmatch(_SIGNS, good):
        return True
    if re.fullmatch(_LETTERS, good):
        return run[0] in "ÃÂÅÄ√┬├╞─╬" or len(good) >= 2
    return len(run) >= 2 * len(good) and re.fullmatch(_SCRIPTS, good) is not None


def _named(good: str) -> str:
    return f"`{good}`" if good.isprintable() and not good.isspace() else unicodedata.name(good[0], repr(good)).lower()
