"""Link reference definitions, ``[id]: destination``, with the place of each destination.

Rewriting a destination changes running text when the line is no definition. So a line counts only if it fulfils all
of CommonMark 0.31, section 4.7: it does not interrupt a paragraph, and only a title follows the destination.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.note.inline import Spans
from vaultkit.note.links import markdown_destination
from vaultkit.note.model import Note
from vaultkit.record import record
from vaultkit.refactor.spelling import Form

MAX_LABEL = 999
_MARKER = r"(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))"
_PREFIX = re.compile(rf"[ \t]*(?:{_MARKER}[ \t]*)*")
_HEAD = re.compile(
    rf"^(?P<prefix>[ \t]*(?:{_MARKER}[ \t]*)*)\[(?![\^!])(?P<label>(?:[^\[\]\\\n]|\\[^\n])+)\]:", re.MULTILINE
)
# White space with at most one line end, behind which the marks of the quote stand again.
_GAP = r"(?:[ \t]*(?:\r?\n[ \t]*(?:>[ \t]*)*)?)"
_DESTINATION = re.compile(rf"{_GAP}(?:<(?P<angle>(?:[^<>\\\n]|\\[^\n])*)>|(?P<bare>(?!<)[^\s\x00-\x1f\x7f]+))")
_LINE_END = re.compile(r"[ \t]*(?=\r?\n|\Z)")
_TITLE = re.compile(
    rf"(?:[ \t]+|(?={_GAP}\S)(?:[ \t]*\r?\n[ \t]*(?:>[ \t]*)*))"
    r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))[ \t]*(?=\r?\n|\Z)",
    re.DOTALL,
)
_BLANK_LINE = re.compile(r"\n[ \t>]*\r?\n")
_NO_PARAGRAPH = re.compile(r"#{1,6}(?:[ \t].*)?|(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+|```.*|~~~.*|\$\$")


@record
class Definition:
    """A definition whose destination is in the vault.

    start, end: from the bracket to the end of the destination.
    target_start, target_end: linkpath and subpath as they are written, without angle brackets.
    """

    start: int
    end: int
    linkpath: str
    subpath: str
    target_start: int
    target_end: int
    form: Form


def definitions(note: Note, text: str) -> tuple[Definition, ...]:
    """The definitions of a note in order. text: the note's text."""
    return tuple(_definitions(note, text)) if "]:" in text else ()


def _definitions(note: Note, text: str) -> Iterator[Definition]:
    body = note.frontmatter.end if note.frontmatter else 0
    dead = Spans([(span.start, span.end) for span in note.dead])
    last_end = -1
    for head in _HEAD.finditer(text, body):
        start = head.end("prefix")
        label = head["label"]
        if not label.strip() or len(label) > MAX_LABEL or dead.end_around(start) >= 0:
            continue
        found = _DESTINATION.match(text, head.end())
        if found is None or (found["bare"] is not None and not _is_balanced(found["bare"])):
            continue
        end = _end(text, found.end())
        if end < 0 or not _begins_block(text, head.start(), head["prefix"], last_end, body):
            continue
        last_end = end
        group = "angle" if found["angle"] is not None else "bare"
        target = markdown_destination(found[group])
        if target is not None:
            form: Form = "angle" if group == "angle" else "markdown"
            yield Definition(start, found.end(), *target, *found.span(group), form)


def _end(text: str, offset: int) -> int:
    """Where the definition ends whose destination ends at ``offset``; -1 when other text follows."""
    title = _TITLE.match(text, offset)
    if title is not None and not _BLANK_LINE.search(title[0]):
        return title.end()
    line_end = _LINE_END.match(text, offset)
    return line_end.end() if line_end is not None else -1


def _begins_block(text: str, line: int, prefix: str, last_end: int, body: int) -> bool:
    """The line that starts at ``line`` is not part of a paragraph above it."""
    if line <= body or (last_end >= 0 and not text[last_end:line].strip()):
        return True
    above = text[text.rfind("\n", 0, line - 1) + 1 : line - 1].rstrip("\r")
    marks = _PREFIX.match(above)
    assert marks is not None
    content = above[marks.end() :].strip()
    if not content or _NO_PARAGRAPH.fullmatch(content):
        return True
    if prefix.count(">") > marks[0].count(">"):
        return True
    return bool(prefix.strip(" \t>"))  # the line begins a list item


def _is_balanced(destination: str) -> bool:
    depth = 0
    for mark in re.findall(r"\\.|[()]", destination):
        depth += (mark == "(") - (mark == ")")
        if depth < 0:
            return False
    return depth == 0
