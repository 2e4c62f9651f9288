r"""An unescaped pipe inside a table cell: in a link, an embed, math or code. The row splits there.

Why:     the reading view shows half of the link in one cell and half in the next. In the header row, an extra
         pipe makes Obsidian show the whole table as text.
Fix:     writes ``\|`` in links and embeds: safe. In code, and as ``\vert`` in math: unsafe.
Source:  Obsidian Help, "Advanced formatting syntax", tables: the pipe of a link must be escaped.

Math and code are reported only where their pipes give the row more cells than the table has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.lint.facts.prose import dead_spans
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST007"
SEVERITY = "warning"
BAD = {"a.md": "| model |\n| --- |\n| [[b|BERT]] |\n", "b.md": ""}
GOOD = {"a.md": "| model |\n| --- |\n| [[b\\|BERT]] |\n", "b.md": ""}

_LEAD = r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?"
# With the line end before it, which makes the search quick; the head of the table is above.
_DELIMITER = lazy_pattern(
    r"\n(?P<lead>[ \t>]*+)(?=[|:-][^\n]*\|)(?P<row>\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?)[ \t]*\r?(?=\n|\Z)"
)
_ROW = lazy_pattern(rf"{_LEAD}(?P<row>(?:[^\n]*[^ \t\r\n])?)[ \t\r]*(?=\n|\Z)")
_SPAN = lazy_pattern(
    r"(?<!`)(?P<tick>`+)(?!`)(?P<code>[^\n]+?)(?<!`)(?P=tick)(?!`)"
    r"|!?\[\[(?P<wiki>[^\[\]\n]+)\]\]"
    r"|!?\[[^\[\]\n]*\]\((?P<link>[^()\n]{0,500})\)"
    r"|(?<![\\$])\$\$(?P<display>[^$\n]+)\$\$"
    r"|(?<![\\$])\$(?![\s$])(?P<math>[^$\n]*?(?<![\s\\]))\$(?![\d$])"
)
_PIPE = lazy_pattern(r"(?<!\\)\|")
# A blank line, a heading, a rule, the end of a block, the title of a callout, a property block.
_NO_TEXT = lazy_pattern(r"\Z|#{1,6}[ \t]|[-*_=`~$%]{2,}|>|\[!|<!--|\^[\w-]+\Z")
_TARGET = lazy_pattern(r"(?:\\?\||$)")


@record
class _Row:
    """A row of a table without the marks of quotes and lists. columns: of its table."""

    start: int
    end: int
    columns: int


def needs(note: Note, text: str) -> bool:
    """Return whether the note may have a table."""
    return "|" in text and "-" in text and ("]]" in text or "](" in text or "$" in text or "`" in text)


NEEDS = needs


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report links, embeds, formulas and code that split their table row."""
    for row in _rows(note, text):
        spans = [(match, _pipes(text, match)) for match in _SPAN.finditer(text, row.start, row.end)]
        inside = sum(len(pipes) for _, pipes in spans)
        cells = _cells(text, row.start, row.end)
        is_split = cells > row.columns >= cells - inside
        for match, pipes in spans:
            kind = _kind(match)
            is_link = kind == "wiki" or (kind == "link" and match[0].startswith("!"))
            if pipes and (is_split or (is_link and _is_row(text, row, match))):
                yield _fault(match, pipes, kind)


def _rows(note: Note, text: str) -> Iterator[_Row]:
    """The rows of all tables: the line above each delimiter row, and the lines with a pipe below it."""
    dead = None
    last = 0
    for found in _DELIMITER.finditer(text):
        dead = dead or dead_spans(note)
        start = found.start() + 1
        if dead.end_around(found.start("row")) >= 0 or start < last:
            continue
        columns = _cells(text, *found.span("row"))
        above = _ROW.match(text, text.rfind("\n", 0, start - 1) + 1)
        if above is None or "|" not in above["row"] or _continues_text(text, above):
            continue
        yield _Row(*above.span("row"), columns)
        position = found.end() + 1
        while position < len(text):
            below = _ROW.match(text, position)
            if below is None or "|" not in below["row"] or not _goes_on(found, below):
                break
            yield _Row(*below.span("row"), columns)
            position = last = below.end() + 1


def _continues_text(text: str, head: re.Match[str]) -> bool:
    """Text right above makes the head a line of its paragraph, and Obsidian shows no table; in a callout its title does not."""
    lead = head[0][: head.start("row") - head.start()]
    if not head.start() or lead.strip(" \t>"):
        return False
    above = text[text.rfind("\n", 0, head.start() - 1) + 1 : head.start() - 1].strip(" \t\r")
    above = above.lstrip("> \t") if ">" in lead else above
    return not _NO_TEXT.match(above)


def _goes_on(delimiter: re.Match[str], below: re.Match[str]) -> bool:
    """The line belongs to the table: in the same quote, no list item, and with an outer pipe where the table has one."""
    lead = below[0][: below.start("row") - below.start()]
    if (">" in delimiter["lead"]) != (">" in lead) or lead.strip(" \t>"):
        return False
    return below["row"].startswith("|") or not delimiter["row"].startswith("|")


def _cells(text: str, start: int, end: int) -> int:
    row = text[start:end].strip()
    return len(_PIPE.findall(row)) + 1 - row.startswith("|") - (len(row) > 1 and row.endswith("|") and row[-2] != "\\")


def _pipes(text: str, match: re.Match[str]) -> list[int]:
    return [pipe.start() for pipe in _PIPE.finditer(text, *match.span())]


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in ("code", "wiki", "link", "display", "math") if match[kind] is not None)


def _is_row(text: str, row: _Row, match: re.Match[str]) -> bool:
    """The line has a pipe beside the link's own; a line of text right below a table is meant as text."""
    return "|" in text[row.start : match.start()] or "|" in text[match.end() : row.end]


def _vert(text: str, at: int) -> str:
    """The command for a pipe; a letter behind it needs a space, and before the closing ``$`` none may be."""
    return r"\vert " if text[at + 1 : at + 2].isalpha() else r"\vert"


def _fault(match: re.Match[str], pipes: list[int], kind: str) -> Violation:
    written, (start, end) = match[0], match.span()
    if kind in ("math", "display"):
        fix = Fix(r"write `\vert`", tuple(Edit(at, at + 1, _vert(match.string, at)) for at in pipes), is_safe=False)
        return Violation(
            start, end, rf"unescaped `|` in math splits the table row: `{written}`", written, fix, help=r"write `\vert`"
        )
    fix = Fix("escape the pipe", tuple(Edit(at, at, "\\") for at in pipes), is_safe=kind != "code")
    escaped = _PIPE.sub(r"\\|", written)
    if kind == "code":
        return Violation(
            start, end, "unescaped `|` in code splits the table row", written, fix, help=f"write `{escaped.strip('`')}`"
        )
    about = match["wiki"][: _TARGET.search(match["wiki"]).start()] if kind == "wiki" else match["link"]  # type: ignore[union-attr]
    message = "unescaped `|` in a table cell splits the table row"
    return Violation(start, end, message, about, fix, help=f"write `{escaped}`")
