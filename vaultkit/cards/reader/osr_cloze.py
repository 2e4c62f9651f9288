"""Cloze deletions as the spaced-repetition plugin takes them, its losses included.

A text has one type: numbered when any deletion in it is, else overlapping, else simple; deletions of
another type stay as they are written. Numbers count up to the highest, so a hole makes a card that
asks nothing. Each deletion is put in where its words stand *first*, and a replacement's ``$$``, ``$&``,
``$``` and ``$'`` mean what they mean to JavaScript.

Source: behaviour of the plugin and of the package clozecraft 0.4.0, which it uses; observed by running them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vaultkit.base.record import record
from vaultkit.cards.model import Card
from vaultkit.cards.reader.cloze import found_in_lines

# The plugin has no limits and takes a time that grows with the cube of these; no card has so many.
MAX_CARDS = MAX_DELETIONS = 200
_PART = re.compile(r"\[((?:\\.|[^\]\\])*)\]")
_DOLLAR = re.compile(r"\$([$&`'])")
_ANY = "[^\n\r\u2028\u2029]+?"
_TYPES = ("numbered", "overlapping", "simple")


@record
class _Deletion:
    """raw: as written; sequence: a number, the letters a, s and h, or "" of a simple one."""

    raw: str
    answer: str
    hint: str
    sequence: str


@lru_cache(maxsize=32)
def _regexes(pattern: str) -> tuple[re.Pattern[str], ...]:
    """For each type the expression that finds its deletions; () when the pattern lacks one of its three parts."""
    parts = list(_PART.finditer(pattern))
    number = next((part for part in parts if re.search(r"\d", part[1])), None)
    hint = next((part for part in parts if "hint" in part[1]), None)
    if number is None or hint is None or "answer" not in pattern:
        return ()
    found = []
    for sequence in (r"(?P<sequence>\\d+)", "(?P<sequence>[ash]+)", ""):
        pieces, position = [], 0
        for part in sorted((number, hint), key=lambda part: part.start()):
            pieces.append(_literal(pattern[position : part.start()]))
            inside = re.escape(part[1].replace(r"\[", "[").replace(r"\]", "]"))
            if part is number:
                pieces.append(re.sub(r"\d+", sequence, inside) if sequence else "")
            else:
                pieces.append(f"(?:{inside.replace('hint', f'(?P<hint>{_ANY})', 1)})?")
            position = part.end()
        pieces.append(_literal(pattern[position:]))
        found.append(re.compile("".join(pieces)))
    return tuple(found)


def _literal(text: str) -> str:
    return re.escape(text).replace("answer", f"(?P<answer>{_ANY})", 1)


def _type_of(text: str, patterns: Sequence[str]) -> int:
    """Position in `_TYPES` of the type that rules the text; -1 when it holds no deletion."""
    types = (
        kind
        for pattern in patterns
        for kind, regex in enumerate(_regexes(pattern))
        if next(_found_by(regex, pattern, text), None) is not None
    )
    return min(types, default=-1)


def has_cloze(text: str, patterns: Sequence[str]) -> bool:
    """Whether the plugin sees a deletion in the text."""
    for pattern in patterns:
        if pattern[: _first_part(pattern)] in text and any(
            next(_found_by(regex, pattern, text), None) is not None for regex in reversed(_regexes(pattern))
        ):
            return True
    return False


def _found_by(regex: re.Pattern[str], pattern: str, text: str) -> Iterator[re.Match[str]]:
    """The matches of one of the expressions of a pattern."""
    closing = pattern[_last_part(pattern) :]
    return found_in_lines(regex, closing, text) if closing else regex.finditer(text)


@lru_cache(maxsize=32)
def _last_part(pattern: str) -> int:
    """Where the literal end of a pattern begins."""
    parts = [part.end() for part in _PART.finditer(pattern) if re.search(r"\d", part[1]) or "hint" in part[1]]
    return max([*parts, pattern.find("answer") + len("answer")])


@lru_cache(maxsize=32)
def _first_part(pattern: str) -> int:
    """Where the literal beginning of a pattern ends, for a quick look."""
    return min(at for at in (pattern.find("["), pattern.find("answer"), len(pattern)) if at >= 0)


def osr_cloze_cards(text: str, patterns: Sequence[str]) -> tuple[Card, ...]:
    """The sibling cards the plugin makes of a text with deletions."""
    kind = _type_of(text, patterns)
    if kind < 0:
        return ()
    found = [
        _Deletion(match[0], groups["answer"], groups.get("hint") or "", groups.get("sequence") or "")
        for pattern in patterns
        for match in (_found_by(_regexes(pattern)[kind], pattern, text) if _regexes(pattern) else ())
        for groups in (match.groupdict(),)
    ][:MAX_DELETIONS]
    if _TYPES[kind] == "simple":
        steps = [str(at + 1) for at in range(len(found))]
        count = len(found)
    else:
        steps = [deletion.sequence for deletion in found]
        count = max(len(step) if _TYPES[kind] == "overlapping" else int(step[:9]) for step in steps)
    cards = []
    for at in range(min(count, MAX_CARDS)):
        front = back = text
        for deletion, step in zip(found, steps, strict=True):
            if _TYPES[kind] == "overlapping":
                action = step[at] if at < len(step) else "s"
            else:
                action = "a" if int(step[:9]) == at + 1 else "s"
            asked = f"[{deletion.hint}]" if deletion.hint else "[...]"
            front = _put(front, deletion.raw, {"a": asked, "h": "...", "s": deletion.answer}[action])
            back = _put(back, deletion.raw, "..." if action == "h" else deletion.answer)
        cards.append(Card(front, back, number=at + 1))
    return tuple(cards)


def _put(text: str, raw: str, new: str) -> str:
    """The text with the first ``raw`` replaced, by the rules of JavaScript's String.replace."""
    at = text.find(raw)
    if at < 0:
        return text
    meant = {"$": "$", "&": raw, "`": text[:at], "'": text[at + len(raw) :]}
    return text[:at] + _DOLLAR.sub(lambda match: meant[match[1]], new) + text[at + len(raw) :]
