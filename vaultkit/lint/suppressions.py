"""Suppression comments, such as ``%% vaultkit-disable LK001 -- why %%``: read and applied.

A comment hides a range of offsets for a set of codes. Comments that hide nothing are passed to the rule
unused-suppression. Comments inside code, math or another comment are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import line_of
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import all_rules, codes_of
from vaultkit.note.model import Note

MARK = "vaultkit-"
PROPERTY = "vaultkit-ignore"
VERBS = ("disable", "enable", "disable-line", "disable-next-line", "disable-file")
_TOOL_GROUP = "VK"  # rules about silencing itself are silenced by name only

_IN_PERCENT = lazy_pattern(r"%%[ \t]*vaultkit-([a-z]+(?:-[a-z]+)*)(?![\w-])([^\n]*?)%%")
_IN_HTML = lazy_pattern(r"<!--[ \t]*vaultkit-([a-z]+(?:-[a-z]+)*)(?!\w)([^\n]*?)-->")
_IN_YAML = lazy_pattern(r"(?:(?<=\s)|(?<![^\n]))#[ \t]*vaultkit-([a-z]+(?:-[a-z]+)*)(?![\w-])([^\n]*)")
_REASON = lazy_pattern(r"(?:^|\s)--(?:\s|$)")
_WORD = lazy_pattern(r"[^\s,]+")


@record
class Word:
    """A code, prefix or name in a comment. codes: the rules it means; empty when it means none."""

    text: str
    start: int
    end: int
    codes: frozenset[str]


@record
class Comment:
    """One comment (or the property) that silences, as it stands in the note.

    words:  as written; none means all rules.
    verb:   one of `VERBS`, "ignore" for the property, or what was written instead.
    cut_start, cut_end: what goes when the comment goes: its whole line when it stands there alone.
    """

    start: int
    end: int
    verb: str
    words: tuple[Word, ...]
    reason: str
    cut_start: int
    cut_end: int


@record
class Hide:
    """Findings of ``codes`` that begin in ``[first, last)`` are hidden.

    comment, word: which comment says so, and with which of its words; -1 when it has none.
    ended_by: the comment that ends the range; -1 when it needs none or has none.
    """

    codes: frozenset[str]
    first: int
    last: int
    comment: int
    word: int
    ended_by: int


@record
class Silencing:
    """What the comments of one note silence. idle: "enable" comments that end nothing; open: ranges without end."""

    comments: tuple[Comment, ...]
    hides: tuple[Hide, ...]
    idle: tuple[int, ...]
    open: tuple[int, ...]

    def hiding(self, code: str, fault: Violation) -> list[Hide]:
        """Return what hides this violation."""
        return [hide for hide in self.hides if hide.first <= fault.start < hide.last and code in hide.codes]


@record
class Unused:
    """A comment of which some words hid nothing. words: those, empty when it is the whole comment."""

    path: str
    comment: Comment
    words: tuple[Word, ...]
    is_whole: bool
    ended_by: Comment | None


def read_silencing(note: Note, text: str) -> Silencing | None:
    """Return the suppressions of a note; None if it has no suppression comment."""
    if MARK not in text:
        return None
    comments = sorted(_comments(note, text), key=lambda comment: comment.start)
    if not comments:
        return None
    hides: list[Hide] = []
    idle: list[int] = []
    meant = _lines_meant(comments, note, text) if any(one.verb == "disable-next-line" for one in comments) else []
    ranges: list[tuple[int, int, frozenset[str]]] = []
    for index, comment in enumerate(comments):
        meanings = [(at, word.codes) for at, word in enumerate(comment.words)] or [(-1, _all_codes())]
        if comment.verb == "disable":
            ranges += [(index, at, codes) for at, codes in meanings if codes]
        elif comment.verb == "enable":
            enabled = frozenset().union(*(codes for _, codes in meanings))
            still_open = []
            for begun, at, codes in ranges:
                if codes & enabled:
                    hides.append(Hide(codes & enabled, comments[begun].end, comment.start, begun, at, index))
                if codes - enabled:
                    still_open.append((begun, at, codes - enabled))
            if still_open == ranges and enabled:
                idle.append(index)
            ranges = still_open
        elif comment.verb in VERBS or comment.verb == "ignore":
            first, last = _extent(comment, meant, note, text)
            hides += [Hide(codes, first, last, index, at, -1) for at, codes in meanings]
    hides += [Hide(codes, comments[begun].end, len(text) + 1, begun, at, -1) for begun, at, codes in ranges]
    is_open = tuple(dict.fromkeys(begun for begun, _, _ in ranges))
    return Silencing(tuple(comments), tuple(hides), tuple(idle), is_open)


@cache
def _all_codes() -> frozenset[str]:
    return frozenset(rule.code for rule in all_rules() if not rule.code.startswith(_TOOL_GROUP))


def _comments(note: Note, text: str) -> Iterator[Comment]:
    opened = {start for start, _ in note.comments}
    for match in _IN_PERCENT.finditer(text):
        if match.start() in opened:
            yield _comment(match, text)
    for match in _IN_HTML.finditer(text):
        at = match.start()
        is_html = any(dead.start <= at < dead.end and text[dead.start] == "<" for dead in note.dead)
        if is_html and not any(start <= at < end for start, end in note.comments):
            yield _comment(match, text)
    matter = note.frontmatter
    if matter is not None:
        for match in _IN_YAML.finditer(text, matter.content_start, matter.content_end):
            yield _comment(match, text)
        value = matter.properties.get(PROPERTY)
        if value:
            yield _property(value, text, matter.content_start, matter.content_end)


def _comment(match: re.Match[str], text: str) -> Comment:
    verb, rest = match[1], match[2]
    at = match.start(2)
    split = _REASON.search(rest)
    named = rest[: split.start()] if split else rest
    reason = rest[split.end() :].strip() if split else ""
    words = tuple(
        Word(found[0], at + found.start(), at + found.end(), codes_of(found[0])) for found in _WORD.finditer(named)
    )
    return Comment(match.start(), match.end(), verb, words, reason, *_cut(text, match.start(), match.end()))


def _cut(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the comment's whole line if it has no other text, else the comment with the blanks before it."""
    line_start = text.rfind("\n", 0, start) + 1
    newline = text.find("\n", end)
    line_end = newline + 1 if newline >= 0 else len(text)
    before, after = text[line_start:start], text[end:line_end]
    if not before.strip() and not after.strip():
        return line_start, line_end
    return start - (len(before) - len(before.rstrip(" \t"))), end


def _property(value: object, text: str, start: int, end: int) -> Comment:
    key = max(text.find(PROPERTY, start, end), start)
    values = value if isinstance(value, (list, tuple)) else str(value).split(",")
    words = []
    for member in values:
        word = str(member).strip()
        at = text.find(word, key + len(PROPERTY), end)
        words.append(Word(word, max(at, key), max(at, key) + len(word), codes_of(word)))
    return Comment(key, key + len(PROPERTY), "ignore", tuple(words), "", key, key)


def _lines_meant(comments: list[Comment], note: Note, text: str) -> list[int]:
    """For each line that line or the next one that is neither blank nor a comment of the kind; one past the last."""
    starts = (*note.line_starts, len(text) + 1)
    ends: dict[int, int] = {}
    for comment in comments:
        ends[comment.cut_start] = max(comment.cut_end, ends.get(comment.cut_start, 0))
    meant = list(range(len(starts)))
    for line in range(len(starts) - 3, -1, -1):
        start, end = starts[line], starts[line + 1]
        if not text[start:end].strip() or ends.get(start, 0) >= end:
            meant[line] = meant[line + 1]
    return meant


def _extent(comment: Comment, meant: list[int], note: Note, text: str) -> tuple[int, int]:
    """Where findings of a file, a line or the line after must begin to be hidden."""
    if comment.verb in ("disable-file", "ignore"):
        return 0, len(text) + 1
    starts = (*note.line_starts, len(text) + 1)
    line = line_of(note.line_starts, comment.start)
    if comment.verb == "disable-next-line":
        line = line_of(note.line_starts, comment.end) + 1
        line = meant[line] if line < len(meant) else line
        if line + 1 >= len(starts):
            return len(text) + 1, len(text) + 1
    return starts[line], starts[line + 1]


def unused(path: str, silencing: Silencing, used: set[tuple[int, int]], running: frozenset[str]) -> list[Unused]:
    """Return the unused comments, and unused words of comments, of rules that ran.

    used: (comment, word) of each that hid something.  running: codes of the rules of this run.
    """
    found = []
    by_default = _default_codes()
    hides: dict[int, list[Hide]] = {}
    ended: dict[int, set[int]] = {}
    for hide in silencing.hides:
        hides.setdefault(hide.comment, []).append(hide)
        ended.setdefault(hide.ended_by, set()).add(hide.comment)
    for index, comment in enumerate(silencing.comments):
        mine = hides.get(index, [])
        idle_words = []
        for at in sorted({hide.word for hide in mine}):
            codes: frozenset[str] = frozenset().union(*(hide.codes for hide in mine if hide.word == at))
            is_judged = bool(codes & running) and codes & by_default <= running
            if is_judged and (index, at) not in used and not any(code.startswith(_TOOL_GROUP) for code in codes):
                idle_words.append(at)
        if not idle_words:
            continue
        is_whole = len(idle_words) == max(1, len(comment.words))
        enders = {hide.ended_by for hide in mine}
        only_mine = len(enders) == 1 and all(ended[ender] == {index} for ender in enders)
        ender = enders.pop() if is_whole and only_mine else -1
        found.append(
            Unused(
                path,
                comment,
                tuple(comment.words[at] for at in idle_words if at >= 0),
                is_whole,
                silencing.comments[ender] if ender >= 0 else None,
            )
        )
    return found


@cache
def _default_codes() -> frozenset[str]:
    return frozenset(rule.code for rule in all_rules() if "default" in rule.presets)
