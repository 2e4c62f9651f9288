"""``Reading``: one pass over one note, with what the readers of all kinds of cards share.

Each kind has a module in `kinds`. It looks for its signs, marks the lines that it uses and adds blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from vaultkit.base.record import changed
from vaultkit.cards.model import PLUGIN_KINDS, Card, CardBlock, CardSettings, Kind, Schedule
from vaultkit.cards.notes.protect import restored
from vaultkit.cards.reader.decks import Decks, is_deck_tag
from vaultkit.cards.reader.masked_lines import MaskedLines
from vaultkit.cards.reader.prefilter import ATX
from vaultkit.cards.reader.schedule import without_comments
from vaultkit.cards.reader.signs import BLOCK_ID, schedules_in, telling_line
from vaultkit.note.model import Note

_CLOSING = re.compile(r"(?<![ \t])[ \t]+#+[ \t]*$")
_FIRST_TAGS = re.compile(r"[ \t]*((?:#[^\s#]+[ \t]*)+)(?:\s|$)")
_HINT_LINE = re.compile(r"\(hint: (.+)\)$")
_TAGS_BEHIND = re.compile(r"(?:[ \t]*[^\s#]+#(?!\S))+")  # of the line backwards, so that it is looked at once


class Reading:
    """A note while its cards are read.

    telling:  the lines that may be a heading, a separator of cards of several lines, or a label.
    headings: (line, level, text), in order.
    blocks:   what was found, in the order of the kinds.
    """

    def __init__(self, note: Note, text: str, settings: CardSettings, decks: Decks) -> None:
        self.page = page = MaskedLines(note, text)
        self.note = note
        self.settings = settings
        if settings.end_marker and settings.end_marker in text:
            page.ends = frozenset(
                row
                for row, line in enumerate(page.lines)
                if line.strip() == settings.end_marker and not page.fence[row] and not page.skip[row]
            )
        self.decks = decks
        self.has_deck = bool(decks)
        self.decks_everywhere = decks.everywhere()
        self.blocks: list[CardBlock] = []
        # For each of `blocks` the decks that it names itself; None leaves them to the tag lines of the note.
        self.decks_of_blocks: list[tuple[str, ...] | None] = []
        # Behind a question that was imported stand the tags it had in its source.
        matter = note.frontmatter
        self.splits_tags = (
            matter is not None and "vaultkit-import" in text[: matter.end] and "vaultkit-import" in note.properties
        )
        self.telling = page.rows_like(telling_line(settings.multi, settings.multi_reversed))
        self.headings = self._find_headings()
        self._heading_rows = [row for row, _, _ in self.headings]
        self._contexts: list[tuple[str, ...]] = []
        self._section_ends: list[int] = []

    # Headings

    def _find_headings(self) -> list[tuple[int, int, str]]:
        page = self.page
        found = []
        for index in self.telling:
            line = page.lines[index]
            if "#" in line[:4] and not page.fence[index] and not page.skip[index]:
                match = ATX.match(line)
                if match:
                    found.append((index, len(match[1]), _CLOSING.sub("", line[match.end() :]).strip()))
        return found

    def section_end(self, at: int) -> int:
        """The first line behind the section of the heading at this index."""
        if not self._section_ends:
            ends = [len(self.page.lines)] * len(self.headings)
            open_headings: list[int] = []
            for index, (row, level, _) in enumerate(self.headings):
                while open_headings and self.headings[open_headings[-1]][1] >= level:
                    ends[open_headings.pop()] = row
                open_headings.append(index)
            self._section_ends = ends
        return self._section_ends[at]

    def context(self, row: int) -> tuple[str, ...]:
        """The headings above the line, the outermost first."""
        above = bisect_left(self._heading_rows, row)
        if not above:
            return ()
        if not self._contexts:
            trail: list[tuple[int, str]] = []
            for _, level, text in self.headings:
                while trail and trail[-1][0] >= level:
                    trail.pop()
                trail.append((level, text))
                self._contexts.append(tuple([text for _, text in trail]))
        return self._contexts[above - 1]

    # Blocks and their decks

    def add(
        self,
        kind: Kind,
        rows: Sequence[int],
        front: tuple[int, int],
        back: tuple[int, int],
        sides: tuple[str, str],
        *,
        schedules: tuple[Schedule, ...] = (),
        cards: tuple[Card, ...] | None = None,
        decks: tuple[str, ...] | None = None,
        block_id: str = "",
        placeholder: str = "",
        hint: str = "",
        extra: str = "",
        last: int | None = None,
        tags: tuple[str, ...] = (),
    ) -> None:
        """Add a block and mark its lines as used; schedules on the lines below are its own."""
        page = self.page
        used = page.used
        final = rows[-1] if last is None else last
        if page.has_schedules:
            final, below = self._schedules_below(final)
            schedules += below
        for row in rows:
            used[row] = True
        if cards is None:
            cards = (Card(*sides, hint=hint),)
            if kind.endswith("reversed"):
                cards += (Card(sides[1], sides[0], hint=hint),)
        self.decks_of_blocks.append(decks)
        self.blocks.append(
            CardBlock(
                kind,
                decks or self.decks_everywhere or (),
                rows[0] + 1,
                final + 1,
                page.starts[rows[0]],
                page.end_of(final),
                *front,
                *back,
                *sides,
                cards,
                schedules,
                block_id,
                placeholder,
                extra,
                hint,
                self.context(rows[0]),
                tags,
            )
        )

    def _schedules_below(self, final: int) -> tuple[int, tuple[Schedule, ...]]:
        """The last line of the schedules right below a line, and their entries."""
        page = self.page
        found: list[Schedule] = []
        is_quoted = page.lines[final].lstrip(" \t").startswith(">")
        while final + 1 < len(page.lines) and page.only_schedule[final + 1] and not page.used[final + 1]:
            if final + 1 in page.quoted_schedules and not is_quoted:
                break  # of another quote
            final += 1
            page.used[final] = True
            found += schedules_in(page.lines[final])
        return final, tuple(found)

    def with_decks(self) -> list[CardBlock]:
        """The blocks, each with its decks: known only once it is clear which tags belong to cards."""
        if self.decks_everywhere is not None:
            return self.blocks
        singles = {block.line - 1 for block in self.blocks if block.kind.startswith("single")}
        # The plugin drops a card of several lines or a cloze that a single-line card follows without a blank line.
        taken = {
            row
            for block in self.blocks
            if block.kind in PLUGIN_KINDS and (block.kind.startswith("single") or block.end_line not in singles)
            for row in range(block.line - 1, block.end_line)
        }
        self.decks.leave_out(taken)
        return [
            block if own is not None or not (decks := self.decks(block.line - 1)) else changed(block, decks=decks)
            for block, own in zip(self.blocks, self.decks_of_blocks, strict=True)
        ]

    def own_decks(self, row: int) -> tuple[tuple[str, ...] | None, int]:
        """Decks named by flashcard tags at the start of a line, and how many characters they take.

        Where folders are decks a tag there names none; the plugin takes it off the question all the same.
        """
        line = self.page.lines[row]
        match = _FIRST_TAGS.match(line) if "#" in line else None
        if match is None:
            return None, 0
        tags = match[1].split()
        if self.settings.folders_as_decks:
            return None, line.index(tags[0]) + len(tags[0])
        decks = [tag for tag in tags if is_deck_tag(tag, self.settings, "vaultkit")]
        if not decks or not is_deck_tag(tags[0], self.settings, "vaultkit"):
            return None, 0
        length = 0
        for tag in tags:
            if not is_deck_tag(tag, self.settings, "vaultkit"):
                break
            length = line.index(tag, length) + len(tag)
        return tuple(dict.fromkeys(tag[1:].rstrip("/") for tag in decks)), length

    # Sides

    def restored(self, text: str, *, is_front: bool) -> str:
        """The text without the backslashes that protect it in a note."""
        if "\\" not in text and "<br>" not in text:  # nearly always
            return text
        return restored(text, is_front=is_front, is_imported=self.splits_tags, settings=self.settings)

    def split_tags(self, line: str) -> tuple[str, tuple[str, ...]]:
        """The last line of a question without the tags behind it, in notes that were imported."""
        match = _TAGS_BEHIND.match(line[::-1]) if self.splits_tags and "#" in line else None
        if match is None:
            return line, ()
        start = len(line) - match.end()
        return line[:start].rstrip(), tuple(tag[1:] for tag in line[start:].split())

    def hint(self, line: str) -> str:
        """The hint that stands as the last line of a question, in notes that were imported."""
        match = _HINT_LINE.match(line) if self.splits_tags else None
        return self.restored(match[0], is_front=True)[len("(hint: ") : -1] if match else ""

    def without_schedules(self, rows: Sequence[int]) -> tuple[list[str], tuple[Schedule, ...]]:
        """The lines without schedules, and the entries of those."""
        page = self.page
        if not page.has_schedules:
            return [page.lines[row] for row in rows], ()
        lines: list[str] = []
        found: list[Schedule] = []
        for row in rows:
            line = page.lines[row]
            if "<!--SR:" in line and not page.fence[row]:
                found += schedules_in(line)
                line = without_comments(line)
            lines.append("" if page.only_schedule[row] else line)
        return lines, tuple(found)

    def side(self, rows: Sequence[int], lines: Sequence[str], *, is_front: bool) -> tuple[str, tuple[int, int], str]:
        """Study text of one side, where it is written, and the block id at its end (answers only)."""
        page = self.page
        trimmed = [line.rstrip() for line in lines]
        first, last = 0, len(trimmed)
        while first < last and not trimmed[first]:
            first += 1
        while last > first and not trimmed[last - 1]:
            last -= 1
        if first == last:
            place = page.end_of(rows[0] - 1) if rows and rows[0] else 0
            return "", (place, place), ""
        text = "\n".join(trimmed[first:last])
        block_id = ""
        if not is_front and "^" in text and not page.fence[rows[last - 1]]:
            match = BLOCK_ID.search(text)
            if match:
                block_id, text = match[1], text[: match.start()].rstrip()
        head = page.lines[rows[first]]
        lead = trimmed[first].lstrip()
        start = page.starts[rows[first]] + max(head.find(lead), 0)
        tail = text.rsplit("\n", 1)[-1].strip()
        tail_line = page.lines[rows[last - 1]]
        end = page.starts[rows[last - 1]] + max(tail_line.rfind(tail), 0) + len(tail)
        return (
            self.restored(text, is_front=is_front).strip(),
            (start, max(end, start)),
            block_id,
        )
