"""Where a note names another one without a link: names and aliases in running text.

A name is found as a whole word, the longest of those that begin at a place, never in code, math,
HTML, comments, properties, headings, links, tags or addresses. Scripts that put no spaces between
words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) have no word ends to look for; there a name must
have two letters, and one in Katakana or Hiragana must not be a piece of a longer run of it. Korean
names may carry a particle.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from vaultkit.base.record import record
from vaultkit.note.model import Note
from vaultkit.note.properties import aliases
from vaultkit.vault.link_tables import unresolved_name
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

# exact: the name itself, its first letter in either case.  case: other letters differ in case.
# spelling: spaces for "_" and "-".  plural: another number (English).
Match = Literal["exact", "case", "spelling", "plural"]
MATCHES: tuple[Match, ...] = ("exact", "case", "spelling", "plural")

# Names that say what a note is for, not what it is about.
STRUCTURAL = frozenset(
    "about archive attachments changelog contents contributing daily dashboard draft drafts example examples home "
    "inbox index intro introduction journal license licence list log main misc moc new note notes overview "
    "page readme references resources start summary tags template templates test todo toc untitled welcome".split()
)
MIN_LETTERS = 3


@record
class MentionName:
    """A text that means one note. is_alias: it stands in the note's ``aliases``."""

    text: str
    path: str
    is_alias: bool


@record
class UnlinkedMention:
    """A place in a note's text that names another note. start, end: offsets in the text."""

    start: int
    end: int
    text: str
    name: MentionName
    match: Match


def names(vault: Snapshot, only: Collection[str] | None = None) -> tuple[MentionName, ...]:
    """The names and aliases that mean exactly one note and are worth a search, by path.

    Left out: names of two notes, dates and numbers, names of one or two letters, names such as
    "index" or "todo", templates, and what the vault's settings exclude.

    only: paths of the notes whose names are wanted; None for all.
    """
    found: dict[str, list[MentionName]] = {}
    for path in vault.notes if only is None else only:
        for name in _names_of(vault, path):
            found.setdefault(fold(name.text), []).append(name)
    if only is not None:
        for path, note in vault.notes.items():
            texts = (basename(path), *aliases(note.properties))
            if path not in only and any(fold(text.strip()) in found for text in texts):
                for name in _names_of(vault, path):
                    if fold(name.text) in found:
                        found[fold(name.text)].append(name)
    one_note = [
        same[0] for same in found.values() if len({name.path for name in same}) == 1 and is_searched(same[0].text)
    ]
    return tuple(sorted(one_note, key=lambda name: (name.path, name.is_alias, name.text)))


def _names_of(vault: Snapshot, path: str) -> list[MentionName]:
    if vault.is_excluded(path) or vault.is_template(path):
        return []
    texts = [(basename(path), False), *((alias, True) for alias in aliases(vault.notes[path].properties))]
    return [MentionName(unicodedata.normalize("NFC", text).strip(), path, is_alias) for text, is_alias in texts]


def longer_terms(vault: Snapshot, searched: Iterable[MentionName]) -> tuple[str, ...]:
    """What links call by more than one word and no single note means: names without a note, and names of two notes.

    "Vector calculus" is no mention of the note "Calculus" where other notes link to [[Vector calculus]].
    """
    known = {fold(name.text) for name in searched}
    wanted = {unresolved_name(name) for names_ in vault.unresolved.values() for name in names_}
    wanted |= {basename(path) for path in vault.notes}
    found = (unicodedata.normalize("NFC", text).strip() for text in wanted)
    return tuple(sorted({text for text in found if _is_long(text) and fold(text) not in known}))


def _is_long(text: str) -> bool:
    return is_searched(text) and (" " in text or any(_is_unspaced(letter) for letter in text))


def is_searched(text: str) -> bool:
    """The name is specific enough to be looked for.

    >>> [is_searched(text) for text in ("Cell", "IT", "2024-05-06", "index", "细胞", "细", "[x]")]
    [True, False, False, False, True, False, False]
    """
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or any(mark in text for mark in "[]|#^\n\t"):
        return False
    if sum(letter.isdigit() for letter in text) > len(letters):
        return False
    if any(_is_unspaced(letter) or _is_hangul(letter) for letter in letters):
        return len(letters) >= 2
    return len(letters) >= MIN_LETTERS and text.casefold() not in STRUCTURAL


class Mentions:
    """Finds mentions of a fixed set of names, by one Aho-Corasick automaton."""

    def __init__(self, vault_names: Iterable[MentionName], terms: Iterable[str] = ()) -> None:
        """terms: longer terms that mean no note; a name within one of them is not found."""
        from ahocorasick_rs import AhoCorasick, Implementation

        patterns: dict[str, tuple[MentionName | None, Match]] = {}
        own = [(name.text, name) for name in vault_names]
        for text, name in own:
            patterns.setdefault(_lower(text), (name, "exact"))
        for variants, match in ((_spellings, "spelling"), (_numbers, "plural")):
            for text, name in own:
                for variant in variants(text):
                    # A name of its own is never the plural of another one.
                    patterns.setdefault(_lower(variant), (name, match))  # type: ignore[arg-type]
        for term in terms:
            for variant in (term, *_numbers(term)):
                patterns.setdefault(_lower(variant), (None, "exact"))
        for text in list(patterns):
            decomposed = unicodedata.normalize("NFD", text)
            if decomposed != text:
                patterns.setdefault(decomposed, patterns[text])
        self._means = list(patterns.values())
        self._automaton = AhoCorasick(list(patterns), implementation=Implementation.ContiguousNFA) if patterns else None

    def find(self, path: str, note: Note, text: str) -> list[UnlinkedMention]:
        """The mentions of other notes in the text of the note at ``path``, in order."""
        if self._automaton is None or note.fault:
            return []
        dead = dead_spans(note, text)
        starts = [start for start, _ in dead]
        found: list[tuple[int, int, MentionName | None, Match]] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(_lower(text), overlapping=True):
            name, match = self._means[pattern]
            at = bisect_right(starts, end - 1) - 1
            if at >= 0 and dead[at][1] > start:
                continue
            if not _is_whole(text, start, end) or _begins_item(text, start):
                continue
            written = unicodedata.normalize("NFC", text[start:end])
            kind = _kind(name.text, written) if name is not None and match == "exact" else match
            if kind is not None:
                found.append((start, end, name, kind))
        mentions: list[UnlinkedMention] = []
        reached = 0
        for start, end, name, match in sorted(found, key=lambda item: (item[0], -item[1])):
            if start >= reached:
                reached = end
                if name is not None and name.path != path:
                    mentions.append(UnlinkedMention(start, end, text[start:end], name, match))
        return mentions


def dead_spans(note: Note, text: str) -> list[tuple[int, int]]:
    """Where no mention is looked for: sorted, not overlapping."""
    spans: list[tuple[int, int]] = [*note.comments]
    if note.frontmatter is not None:
        spans.append((0, note.frontmatter.end))
    for group in (
        note.dead,
        note.links,
        note.tags,
        note.headings,
        note.reference_links,
        note.reference_definitions,
        note.external_links,
        note.footnote_refs,
        note.malformed,
    ):
        spans += [(item.start, item.end) for item in group]
    if "]:" in text:
        spans += [(found.start(), _title_end(text, found.end())) for found in _DEFINITION.finditer(text)]
    for mark, form in _ADDRESSES:
        if mark in text:
            spans += [found.span() for found in form.finditer(text)]
    spans.sort()
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _title_end(text: str, end: int) -> int:
    """Where the title behind the destination of a link definition ends; ``end`` when there is none."""
    found = _TITLE.match(text, end)
    return found.end() if found else end


_DEFINITION = re.compile(r"^[ \t>]*\[(?!\^)[^\]\n]+\]:[ \t]*(?:\n[ \t>]*)?(?:<[^<>\n]*>|[^\s<]\S*)", re.MULTILINE)
_TITLE = re.compile(
    r"""[ \t]*(?:\n[ \t>]*)?(?:"[^"\n]*(?:\n[^"\n]+)*"|'[^'\n]*(?:\n[^'\n]+)*'|\([^()\n]*(?:\n[^()\n]+)*\))"""
)
# What stands in every address of a kind, and its form: URLs, mail addresses, callout heads, block ids, footnote heads,
# templates, inline fields. Most notes have none of the marks.
_ADDRESSES = tuple(
    (mark, re.compile(form, re.MULTILINE))
    for mark, form in (
        ("://", r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*://[^\s<>]+"),
        ("www.", r"\bwww\.[^\s<>]+"),
        ("@", r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"),
        ("[!", r"\[![^\]\n]*\]"),
        ("^", r"(?<!\S)\^[\w-]+[ \t]*$|^[ ]{0,3}\[\^[^\]\n]+\]:"),
        ("<%", r"<%.*?%>"),
        ("{{", r"\{\{.*?\}\}"),
        ("::", r"^[ \t>]*\w[\w -]*::"),
    )
)


def _lower(text: str) -> str:
    """The text in lower case, letter for letter, so that offsets stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _spellings(text: str) -> Iterator[str]:
    """The name with spaces where a file name has other marks."""
    if re.search(r"\w[_-]\w", text) and " " not in text:
        spaced = re.sub(r"[_-]+", " ", text).strip()
        if is_searched(spaced):
            yield spaced


def _numbers(text: str) -> Iterator[str]:
    """The name in the other number, by the regular rules of English; of its spelling with spaces, too."""
    for one in (text, *_spellings(text)):
        if len(one) < 4 or not re.search(r"[A-Za-z]{3}$", one) or not one.isascii():
            continue
        low = one.lower()
        if low.endswith(("s", "x", "z", "ch", "sh")):
            if low.endswith("ies") and len(low) > 5:
                yield one[:-3] + "y"
            elif low.endswith(("sses", "xes", "ches", "shes")):
                yield one[:-2]
            elif low.endswith("ses"):
                yield from (one[:-2], one[:-1])  # buses, cases
            elif low.endswith("s") and not low.endswith(("ss", "us", "is", "ics", "as", "os")):
                yield one[:-1]
            else:
                yield one + "es"
        elif low.endswith("y") and low[-2] not in "aeiou":
            yield one[:-1] + "ies"
        else:
            yield one + "s"


def _kind(name: str, written: str) -> Match | None:
    """How well a text that equals the name in lower case fits it; None when it means something else."""
    if written == name:
        return "exact"
    if _is_acronym(name):
        return None  # "IT" is not "it"
    if _is_acronym(written) and len(written) <= 5 and " " not in written:
        return None  # "WHO" is not the note "who"
    if written[0].lower() == name[0].lower() and written[1:] == name[1:]:
        return "exact"
    return "case"


def _is_acronym(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


# Beside these a text is a piece of something else: a path, a compound, an assignment, a link's text.
_GLUE_BEFORE = frozenset("_/\\@#$=<[~^")
_GLUE_AFTER = frozenset("_/\\@=>]~^(")


def _is_whole(text: str, start: int, end: int) -> bool:
    """The text between the offsets is no piece of a longer word."""
    before, first = text[start - 1] if start else " ", text[start]
    last, after = text[end - 1], text[end] if end < len(text) else " "
    if before in _GLUE_BEFORE or after in _GLUE_AFTER or unicodedata.combining(after):
        return False
    if before in "-–.'’" and start > 1 and text[start - 2].isalnum():
        return False
    if after in "-–.'’" and end + 1 < len(text) and text[end + 1].isalnum():
        is_possessive = after in "'’" and text[end + 1] == "s" and not text[end + 2 : end + 3].isalnum()
        if not is_possessive:
            return False
    return _is_edge(before, first) and (_is_edge(after, last) or _has_particle(text, end, last))


def _begins_item(text: str, start: int) -> bool:
    """What stands at the place is the marker of a list item, as in a name such as "2. CSS"."""
    if not _MARKER.match(text, start):
        return False
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t>")


_MARKER = re.compile(r"(?:\d{1,9}[.)]|[-+*])[ \t]")


def _is_edge(outside: str, inside: str) -> bool:
    """A word can end between the two letters."""
    if not outside.isalnum():
        return True
    if _is_unspaced(inside):
        script = _kana(inside)
        return script == "" or _kana(outside) != script
    return _is_unspaced(outside) and not _kana(inside)


# Particles that Korean writes at the end of a word.
_PARTICLES = frozenset(
    "은 는 이 가 을 를 의 에 와 과 도 로 만 나 란 들 으로 에서 에게 까지 부터 보다 처럼 이나 이란 라는 이라는 "
    "들은 들이 들을 들의 에는 에도 로서 로써 으로서 으로써 이라고 라고".split()
)


def _has_particle(text: str, end: int, last: str) -> bool:
    if not _is_hangul(last):
        return False
    stop = end
    while stop < len(text) and _is_hangul(text[stop]):
        stop += 1
    return text[end:stop] in _PARTICLES


def _is_hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3" or "\u1100" <= letter <= "\u11ff"


def _kana(letter: str) -> str:
    """Which of the two Japanese syllabaries a letter is of; "" for all others."""
    if "\u3041" <= letter <= "\u309f":
        return "hiragana"
    return "katakana" if "\u30a0" <= letter <= "\u30ff" or "\uff66" <= letter <= "\uff9f" else ""


def _is_unspaced(letter: str) -> bool:
    """Of a script that puts no spaces between words."""
    if letter < "\u0e00":
        return False
    return (
        "\u0e00" <= letter <= "\u0eff"  # Thai, Lao
        or "\u1000" <= letter <= "\u109f"  # Burmese
        or "\u1780" <= letter <= "\u17ff"  # Khmer
        or "\u3005" <= letter <= "\u30ff"
        or "\u3400" <= letter <= "\u9fff"
        or "\uf900" <= letter <= "\ufaff"
        or "\uff66" <= letter <= "\uff9f"
        or "\U00020000" <= letter <= "\U0003ffff"
    )
