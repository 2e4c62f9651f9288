"""Obsidian's syntax in the text of a card, set aside so that a CommonMark parser can read the rest.

Formulas, wikilinks, embeds, tags, highlights, callouts and web addresses become marks such as ``⸢3⸣``. The brackets
are punctuation, as the signs that they stand for are: emphasis around them begins and ends as before. Comments and
block ids go away, as Obsidian hides them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from vaultkit.base.record import record
from vaultkit.cards.reader.fences import fence_lines
from vaultkit.note.model import Note
from vaultkit.note.parse import parse_text

MarkKind = Literal["math", "link", "embed", "tag", "url", "highlight", "callout", "ready", "hidden", "text"]
PLACE = re.compile("⸢([0-9]+)⸣")


@record
class Mark:
    """One piece of Obsidian's syntax.

    raw:  as it is written.
    text: the formula, the target of a link or embed, the tag, the address, the type of a callout, the ready output.
    more: the text shown for a link; the size or text of an embed; "display" for a formula in lines of its own.
    """

    kind: MarkKind
    raw: str
    text: str
    more: str = ""


_HTML_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HIGHLIGHT = re.compile(r"(?<!=)==(?!=)")
_URL = re.compile(r"(?<![\w/\"'=<])(?<!\]\()(?<!\]:)(?<!\]: )https?://[^\s<>\"⸢⸣|]+")
_URL_TAIL = re.compile(r"[.,;:!?'\"*_~=]+$|==.*$")
# The note parser finds formulas as Obsidian's cache does; a card needs them as they are shown.
_FORMULA = re.compile(
    r"\$\$(?!\$)(?:\\.|[^$\\\0]|\$(?!\$))+\$\$|(?<!\$)\$(?![\s$])(?:\\.|[^$\\\n\0])*(?<![\s\\])\$(?![\d$])", re.DOTALL
)
_PIPE = re.compile(r"\\?\|")
_QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_CALLOUT = re.compile(
    r"^(?P<lead>[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*(?:>[ \t]?)+)\[!(?P<type>[^\]\n|]+)[^\]\n]*\][+-]?[ \t]*(?P<title>.*)$"
)
_TABLE_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$")
_TABLE_RULE = re.compile(r"^[ \t]*(?:\|[ \t]*)?(?::?-+:?[ \t]*\|[ \t]*)+(?:(?::-*:?|-+:?)[ \t]*)?$")
_TASK = re.compile(r"^((?:[ \t]|>)*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)\[[^\s\[\]xX]\](?=[ \t])")
_INLINE_FOOTNOTE = re.compile(r"\^\[([^\[\]\n]+)\]")
_OBSIDIAN = re.compile(r"[$=%#^\[⸢⸣<]|https?:|!\[")


def set_aside(text: str, ready: Sequence[tuple[int, int, str]] = ()) -> tuple[str, list[Mark]]:
    """The text as a CommonMark parser can read it, and the marks that it holds by their numbers.

    ready: stretches of the text with what to put out for them: (start, end, output).
    """
    marks: list[Mark] = []
    if ready or _OBSIDIAN.search(text):
        pieces: list[str] = []
        position = 0
        for start, end, mark in _chosen(text, ready):
            pieces.append(text[position:start])
            if mark.kind != "hidden":
                pieces.append(f"⸢{len(marks)}⸣")
                marks.append(mark)
            elif _fills_lines(text, start, end):
                end = min(end + 1, len(text))
            position = end
        text = "".join(pieces) + text[position:]
    return _readable_lines(text, marks), marks


def without_hidden(text: str) -> str:
    """The text as it is written, without what Obsidian hides: comments and block ids.

    >>> without_hidden("**a** %%b%%[[c]]")
    '**a** [[c]]'
    """
    if "%%" not in text and "<!--" not in text and "^" not in text:
        return text
    pieces: list[str] = []
    position = 0
    for start, end, mark in _chosen(text, ()):
        if mark.kind == "hidden":
            pieces.append(text[position:start])
            position = min(end + 1, len(text)) if _fills_lines(text, start, end) else end
    return "".join(pieces) + text[position:]


def _fills_lines(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the lines of a hidden stretch."""
    return (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")


def _chosen(text: str, ready: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, Mark]]:
    """The marks in order, of those that overlap only the first; within one start the longest."""
    found = [(start, -end, Mark("ready", text[start:end], output)) for start, end, output in ready]
    found += [(start, -end, mark) for start, end, mark in _obsidian(text)]
    found.sort(key=lambda entry: (entry[0], entry[1], entry[2].kind != "ready"))
    position = 0
    for start, minus_end, mark in found:
        if start >= position:
            yield start, -minus_end, mark
            position = -minus_end


def _obsidian(text: str) -> Iterator[tuple[int, int, Mark]]:
    note = parse_text("\n" + text)  # the line end keeps a first line of dashes from being taken for properties
    code = _Spans((dead.start - 1, dead.end - 1) for dead in note.dead if dead.kind == "code")
    closed = _Spans(_destinations(text, note))
    yield from _hidden(text, note, code)
    for match in _FORMULA.finditer(_without_code(text, note)) if "$" in text else ():
        if not _is_escaped(text, match.start()):
            yield match.start(), match.end(), _formula(text[match.start() : match.end()])
    for link in note.links:
        if link.syntax == "wiki":
            yield link.start - 1, link.end - 1, _wikilink(text[link.start - 1 : link.end - 1], is_embed=link.is_embed)
    for tag in note.tags:
        raw = text[tag.start - 1 : tag.end - 1]
        yield tag.start - 1, tag.end - 1, Mark("tag", raw, raw)
    for match in _HIGHLIGHT.finditer(text):
        if not code.hold(match.start()) and not closed.hold(match.start()) and not _is_escaped(text, match.start()):
            yield match.start(), match.end(), Mark("highlight", "==", "==")
    for match in _URL.finditer(text):
        if not code.hold(match.start()) and not closed.hold(match.start()):
            address = _URL_TAIL.sub("", match[0])
            while address.endswith(")") and address.count("(") < address.count(")"):
                address = _URL_TAIL.sub("", address[:-1])
            yield match.start(), match.start() + len(address), Mark("url", address, address)
    for match in re.finditer("[⸢⸣]", text):
        yield match.start(), match.end(), Mark("text", match[0], match[0])


def _hidden(text: str, note: Note, code: _Spans) -> Iterator[tuple[int, int, Mark]]:
    """Comments of both kinds, schedules, and block ids."""
    for start, end in note.comments:
        yield start - 1, end - 1, Mark("hidden", "", "")
    for match in _HTML_COMMENT.finditer(text) if "<!--" in text else ():
        if not code.hold(match.start()):
            yield match.start(), match.end(), Mark("hidden", "", "")
    for block in note.blocks:
        caret = block.caret - 1
        start = len(text[:caret].rstrip(" \t"))
        yield start, caret + 1 + len(block.id), Mark("hidden", "", "")


def _without_code(text: str, note: Note) -> str:
    """The text with zeros in the place of code, where dollars mean nothing."""
    pieces: list[str] = []
    position = 0
    for dead in note.dead:
        if dead.kind == "code" and dead.start - 1 >= position:
            pieces += text[position : dead.start - 1], "\0" * (dead.end - dead.start)
            position = dead.end - 1
    return "".join(pieces) + text[position:]


def _formula(raw: str) -> Mark:
    sign = "$$" if raw.startswith("$$") else "$"
    inner = raw[len(sign) : -len(sign)]
    if "\n" in inner:
        inner = _QUOTE_MARKS.sub("", inner)
    return Mark("math", raw, inner.strip("\n"), "display" if sign == "$$" else "")


def _wikilink(raw: str, *, is_embed: bool) -> Mark:
    target, *rest = _PIPE.split(raw[3:-2] if is_embed else raw[2:-2])
    shown = rest[-1].strip() if is_embed and rest else "|".join(rest).strip()
    return Mark("embed" if is_embed else "link", raw, target.strip(), shown)


def _destinations(text: str, note: Note) -> Iterator[tuple[int, int]]:
    """What stands in the parentheses of Markdown links."""
    for link in note.links:
        if link.syntax == "markdown":
            yield link.target_start - 1, link.end - 1
    for external in note.external_links:
        at = text.rfind("](", external.start - 1, external.end - 1)
        if at >= 0:
            yield at, external.end - 1


def _is_escaped(text: str, at: int) -> bool:
    before = text[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


class _Spans:
    """Stretches of a text that do not overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def hold(self, offset: int) -> bool:
        """Whether one of them holds the character at ``offset``."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and self._spans[index][1] > offset


def _readable_lines(text: str, marks: list[Mark]) -> str:
    """Callouts, tables under text, tasks of any kind and footnotes in a line, as CommonMark can take them."""
    lines = text.split("\n")
    fenced = fence_lines(lines)
    shown: list[str] = []
    footnotes: list[str] = []
    for row, line in enumerate(lines):
        if fenced[row]:
            shown.append(line)
            continue
        if "^[" in line:
            line = _INLINE_FOOTNOTE.sub(lambda match: _moved(match, footnotes), line)
        if match := _CALLOUT.match(line) if "[!" in line else None:
            lead, title = match["lead"], match["title"]
            shown.append(f"{lead}⸢{len(marks)}⸣{title}")
            shown.append(re.sub(r"[-*+0-9.)]", " ", lead).rstrip())
            kind = match["type"].strip().lower()
            marks.append(Mark("callout", match[0], kind, "" if title else kind.replace("-", " ").capitalize()))
            continue
        is_head = "|" in line and row + 1 < len(lines) and _TABLE_ROW.match(line) and _TABLE_RULE.match(lines[row + 1])
        if is_head and row and lines[row - 1].strip() and not _TABLE_ROW.match(lines[row - 1]):
            shown.append("")  # an answer holds no blank line, so a table often stands right below text
        shown.append(_TASK.sub(r"\1[x]", line) if "[" in line else line)
    for number, note in enumerate(footnotes, start=1):
        shown += ["", f"[^vk{number}]: {note}"]
    return "\n".join(shown)


def _moved(match: re.Match[str], footnotes: list[str]) -> str:
    """A reference in the place of a footnote in the line, which goes to the end; in code it stays."""
    if match.string.count("`", 0, match.start()) % 2:
        return match[0]
    footnotes.append(match[1])
    return f"[^vk{len(footnotes)}]"
