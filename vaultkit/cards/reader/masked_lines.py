"""A note cut into lines for the reader of cards: which are hidden, blank, in code or used, and what is opaque in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from vaultkit.cards.reader.fences import fence_lines
from vaultkit.cards.reader.schedule import METADATA_CALLOUT, without_comments
from vaultkit.note.model import Note
from vaultkit.note.spans import Spans

_NO_SPANS = Spans(())


class MaskedLines:
    """A note cut into lines, with what is opaque marked. Lines count from 0."""

    def __init__(self, note: Note, text: str) -> None:
        self.text = text
        self.starts = note.line_starts
        self.lines = text.split("\n")
        if "\r" in text:
            self.lines = [row[:-1] if row.endswith("\r") else row for row in self.lines]
        matter = note.frontmatter.end if note.frontmatter else 0
        body = text.count("\n", 0, matter) + 1 if note.frontmatter else 0
        # A single character is found ten times as fast as two.
        has_fences = ("`" in text and "```" in text) or ("~" in text and "~~~" in text)
        has_comments = "<" in text and "<!--" in text
        self.fence = fence_lines(self.lines) if has_fences else [False] * len(self.lines)
        spans = self._dead_spans(note) if note.dead else []
        hidden = self._hidden_spans(note, spans) if note.comments or has_comments else []
        spans += hidden
        for link in note.links:
            if link.syntax == "wiki":
                spans.append((link.start, link.end))
            elif link.syntax == "markdown":
                spans.append((link.target_start, link.end))
        self.opaque = Spans(spans)
        self._masked: str | None = None
        count = len(self.lines)
        if hidden or "\0" in text:
            shown = _masked(text, Spans(hidden)).split("\n") if hidden else self.lines
            self.skip = [index < body or ("\0" in row and not row.strip("\0 \t\r")) for index, row in enumerate(shown)]
        else:
            self.skip = [True] * min(body, count) + [False] * (count - body)
        self.used = list(self.skip)
        self._has_pipes = "|" in text
        self._tables = (
            Spans([(section.start, section.end) for section in note.sections if section.kind == "table"])
            if self._has_pipes
            else _NO_SPANS
        )
        self.ends: frozenset[int] = frozenset()
        self.only_schedule = [False] * count
        # Lines with a schedule in a quote, outside the plugin's own callout.
        self.quoted_schedules: set[int] = set()
        self.has_schedules = has_comments and "<!--SR:" in text
        if self.has_schedules:
            for row in self.rows_holding(("<!--SR:",)):
                line = self.lines[row]
                self.only_schedule[row] = not self.fence[row] and not without_comments(line).strip(" \t>")
                if self.only_schedule[row] and line.lstrip(" \t").startswith(">"):
                    self.quoted_schedules.add(row)
            if "|" in text and "card-metadata]" in text:
                self._mark_metadata_callouts()

    def is_blank(self, index: int) -> bool:
        """Whether the line holds nothing but space, outside code."""
        line = self.lines[index]
        return (not line or line.isspace()) and not self.fence[index]

    def _mark_metadata_callouts(self) -> None:
        """Lines of the plugin's own callout around a schedule belong to the schedule."""
        for row in self.rows_holding(("card-metadata]",)):
            if self.fence[row] or METADATA_CALLOUT.match(self.lines[row]) is None:
                continue
            last = row
            while last + 1 < len(self.lines) and (
                self.only_schedule[last + 1] or self.lines[last + 1].strip(" \t") == ">"
            ):
                last += 1
            if any(self.only_schedule[index] for index in range(row + 1, last + 1)):
                self.only_schedule[row : last + 1] = [True] * (last + 1 - row)
                self.quoted_schedules.difference_update(range(row, last + 1))

    def _dead_spans(self, note: Note) -> list[tuple[int, int]]:
        """Formulas and code within a line."""
        text = self.text
        spans = [
            (dead.start, dead.end)
            for dead in note.dead
            if (dead.kind == "math" and not (dead.end >= len(text) and not text.endswith("$$")))
            or (dead.kind == "code" and text[dead.start] == "`")
        ]
        if "vaultkit-import" in note.properties:
            # Imported cards hold no blank line, so a formula across one is a stray "$$", not a formula.
            spans = [(start, end if (gap := text.find("\n\n", start, end)) < 0 else gap) for start, end in spans]
        return [span for span in spans if not self.fence[_line_at(self.starts, span[0])]]

    def _hidden_spans(self, note: Note, dead: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Comments of both kinds; a whole schedule is none."""
        comments = [span for span in note.comments if not self.fence[_line_at(self.starts, span[0])]]
        last = self.text.rfind("<!--")
        if self.text.count("<!--") > self.text.count("<!--SR:") or self.text.find("-->", last) < 0:
            comments += self._html_comments(Spans([span for span in dead if self.text[span[0]] == "`"]))
        return comments

    def _html_comments(self, code: Spans) -> Iterator[tuple[int, int]]:
        position = 0
        while (start := self.text.find("<!--", position)) >= 0:
            position = start + 4
            line = _line_at(self.starts, start)
            if self.fence[line] or code.end_around(start) >= 0:
                continue
            close = self.text.find("-->", start + 4)
            end = close + 3 if close >= 0 else len(self.text)
            position = end
            if not (self.text.startswith("<!--SR:", start) and close >= 0):
                yield start, end

    def masked_line(self, index: int) -> str:
        """The line with opaque text as NULs, same length as the line."""
        start, line = self.starts[index], self.lines[index]
        opaque = self.opaque
        following = bisect_right(opaque.ends, start)
        if following == len(opaque.ends) or opaque.starts[following] >= start + len(line):
            return line
        if self._masked is None:
            self._masked = _masked(self.text, opaque)
        return self._masked[start : start + len(line)]

    def is_table_row(self, index: int) -> bool:
        """A row of a table, in a quote or list as well."""
        if not self._has_pipes:
            return False
        if self._tables.end_around(self.starts[index]) >= 0:
            return True
        line = self.lines[index].lstrip(" \t>")
        return line.startswith("|") and line.rstrip().endswith("|") and len(line.strip()) > 1

    def end_of(self, index: int) -> int:
        """Offset behind the last character of the line."""
        return self.starts[index] + len(self.lines[index])

    def rows_like(self, line: re.Pattern[str]) -> list[int]:
        r"""The lines that begin as ``line`` says, in order. Its "\n" is the line end above, which `re` finds fast."""
        return [bisect_right(self.starts, match.start()) - 1 for match in line.finditer("\n" + self.text)]

    def rows_holding(self, texts: Iterable[str]) -> list[int]:
        """The lines that hold one of ``texts``, in order."""
        rows: set[int] = set()
        starts, find = self.starts, self.text.find
        for text in texts:
            at = find(text) if text[0] in self.text else -1
            while at >= 0:
                row = bisect_right(starts, at)
                rows.add(row - 1)
                at = find(text, starts[row]) if row < len(starts) else -1
        return sorted(rows)

    def runs_with(self, rows: Iterable[int]) -> list[list[int]]:
        """The runs of lines around ``rows`` that no card has used, in order.

        Blank and used lines and end markers end a run, hidden ones do not.
        """
        found: list[list[int]] = []
        last = -1
        for row in rows:
            if row <= last or self._ends_run(row) or self.skip[row]:
                continue
            first = row
            while first > last + 1 and not self._ends_run(first - 1):
                first -= 1
            last = row
            while last + 1 < len(self.lines) and not self._ends_run(last + 1):
                last += 1
            found.append([index for index in range(first, last + 1) if not self.skip[index]])
        return found

    def _ends_run(self, row: int) -> bool:
        return not self.skip[row] and (self.used[row] or row in self.ends or self.is_blank(row))


def _line_at(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _masked(text: str, spans: Spans) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in zip(spans.starts, spans.ends, strict=True):
        inside = text[start:end]
        if "\n" in inside:
            inside = "\n".join("\0" * len(row) for row in inside.split("\n"))
        else:
            inside = "\0" * (end - start)
        pieces += text[position:start], inside
        position = end
    return "".join(pieces) + text[position:]
