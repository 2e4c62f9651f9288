"""Ties card text to existing notes: the first mention of a title or alias on each side becomes a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vaultkit.base.record import record

_STOP = frozenset("a an i the what why how when who index readme home todo untitled note notes inbox".split())
_DEAD = re.compile(
    r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$|!?\[\[[^\]\n]*\]\]|!?\[[^\]\n]*\]\([^)\n]*\)|https?://\S+|<[^>\n]+>|==\d+;;|\{\{c\d+::"
    r"|(?<!\S)#[^\s#]+",
    re.DOTALL,
)


@record
class Titles:
    """What can be linked. pattern: finds any title; notes: folded title -> note names (several: ambiguous)."""

    pattern: re.Pattern[str] | None
    notes: Mapping[str, tuple[str, ...]]


@record
class CardMention:
    """A title found in card text. note: "" when several notes have it, so none is linked."""

    text: str
    note: str


def titles_of(names: Iterable[tuple[str, str]]) -> Titles:
    """names: (title or alias, name of its note as a link would write it)."""
    notes: dict[str, tuple[str, ...]] = {}
    written: dict[str, str] = {}
    for title, note in names:
        folded = title.casefold()
        if len(title) < 2 or folded in _STOP or title.isdigit() or re.search(r"[\[\]|#^\n]", title):
            continue
        notes[folded] = tuple(dict.fromkeys((*notes.get(folded, ()), note)))
        written.setdefault(folded, title)
    if not written:
        return Titles(None, {})
    parts = [
        re.escape(title) if title.isupper() or len(title) < 4 else f"(?i:{re.escape(title)})"
        for _, title in sorted(written.items(), key=lambda item: (-len(item[0]), item[0]))
    ]
    return Titles(re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?=s?(?!\w))"), notes)


def linked(text: str, titles: Titles, own: str = "") -> tuple[str, tuple[CardMention, ...]]:
    """The text with the first mention of each title linked; ``own`` is the note itself, which is left out."""
    if titles.pattern is None or not text:
        return text, ()
    dead = [match.span() for match in _DEAD.finditer(text)]
    pieces: list[str] = []
    mentions: list[CardMention] = []
    done: set[str] = set()
    position = 0
    for match in titles.pattern.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in dead):
            continue
        notes = titles.notes.get(match[0].casefold(), ())
        if not notes or own in notes or match[0].casefold() in done:
            continue
        done.add(match[0].casefold())
        if len(notes) > 1:
            mentions.append(CardMention(match[0], ""))
            continue
        mentions.append(CardMention(match[0], notes[0]))
        link = f"[[{match[0]}]]" if match[0] == notes[0] else f"[[{notes[0]}|{match[0]}]]"
        pieces += text[position : match.start()], link
        position = match.end()
    return "".join(pieces) + text[position:], tuple(mentions)
