"""Dialect ``vaultkit``: the cards of a note, read without the plugin's losses.

Kinds are looked for in order of precedence (heading sections, callouts, single-line, multi-line,
labels, worksheets, clozes); a line is used once. What stands in code, comments, formulas, links
and tables makes no card.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from functools import lru_cache

from vaultkit.base.record import changed
from vaultkit.cards.checks.phrases import (
    may_hold_placeholder,
    placeholder_at_end,
    placeholder_places,
    whole_placeholder,
)
from vaultkit.cards.model import PLUGIN_KINDS, Card, CardBlock, CardSettings, Kind, Schedule
from vaultkit.cards.notes.protect import restored, restored_line
from vaultkit.cards.reader.cloze import Deletion, cloze_cards, deletions, opening_of
from vaultkit.cards.reader.decks import Decks, is_deck_tag
from vaultkit.cards.reader.masked_lines import MaskedLines
from vaultkit.cards.reader.prefilter import ATX, ITEM, has_label, has_line, is_likely_card, markers
from vaultkit.cards.reader.schedule import COMMENT, read_entries
from vaultkit.note.model import Note
from vaultkit.note.properties import property_tags

_LABEL_MARKS = r"[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)?(?:\*\*|__|\*|_)?"
_LABEL_TAIL = r"(?:\*\*|__|\*|_)?(?:[ \t\u00a0]*(?::(?!:)(?:\*\*|__|\*|_)?(?=\s|$)|：(?:\*\*|__)?))"
_NUMBERED = r"(?:[ \t]?[0-9]{1,4})?"
_QUESTION_WORDS = r"(?:Q|Question|Frage|Pregunta|Domanda|Pergunta|Вопрос|问|問|QUESTION)"
_ANSWER_WORDS = r"(?:A|Ans|Answer|R|Réponse|Antwort|Respuesta|Risposta|Resposta|Ответ|答|ANSWER)"
_DOT_FORM = r"(?:\*\*|__)?\.(?:\*\*|__)?(?=\s)"
QUESTION_LABEL = re.compile(rf"{_LABEL_MARKS}(?:{_QUESTION_WORDS}{_NUMBERED}{_LABEL_TAIL}|Q[0-9]{{0,4}}{_DOT_FORM})")
ANSWER_LABEL = re.compile(rf"{_LABEL_MARKS}(?:{_ANSWER_WORDS}{_NUMBERED}{_LABEL_TAIL}|A[0-9]{{0,4}}{_DOT_FORM})")

_ONE_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_CARD_TAG = re.compile(r"(?:^|[ \t])#(card(?:/reverse|-reverse|/spaced|-spaced)?)[ \t]*$")
_LAST_TAG = re.compile(r"(?:^|[ \t])(#[^\s#]+)[ \t]*$")
_FIRST_TAGS = re.compile(r"[ \t]*((?:#[^\s#]+[ \t]*)+)(?:\s|$)")
_HINT_LINE = re.compile(r"\(hint: (.+)\)$")
_TAGS_BEHIND = re.compile(r"(?:(?<!\S)#[^\s#]+[ \t]*)+$")
_CALLOUT = re.compile(r"[ \t]*>[ \t]*\[!([^\]\n|]+)(\|[^\]\n]*)?\][+-]?[ \t]*(.*)$")
_EXTRA = re.compile(r"[ \t]*>[ \t]?\[!extra\][+-]?[ \t]*$", re.IGNORECASE)
_TWO_WAYS = re.compile(r"-(?:bi|reversed?)$")
_BLOCK_ID = re.compile(r"[ \t](\^[a-zA-Z0-9-]+)$")
_ONLY_ID = re.compile(r"\^[a-zA-Z0-9-]+")
_FIELD = re.compile(r"\[[^\[\]\n]*?[^\[\]\n:]::(?!:)[^\[\]\n]*\]|\([^()\n:]{1,60}::(?!:)[^()\n]*\)")
_BREAK = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_CONTINUES = re.compile(r"[ \t]*(?:[-*+][ \t]|[0-9]{1,9}[.)][ \t]|`{3}|~{3}|\||>|!\[|\$\$)|[ ]{4}|\t")


def may_hold_cards(text: str, note: Note, settings: CardSettings) -> bool:
    """Whether reading on can find anything: a cheap look that most notes do not pass."""
    return (
        settings.folders_as_decks
        or bool(settings.single and settings.single in text)
        or bool(settings.single_reversed and settings.single_reversed in text)
        or any(is_deck_tag(tag.tag, settings, "vaultkit") for tag in note.tags)
        or any(is_deck_tag(f"#{tag}", settings, "vaultkit") for tag in property_tags(note.properties))
        or "cards-deck" in note.properties
        or any(mark and has_line(text, mark) for mark in (settings.multi, settings.multi_reversed))
        or "#card" in text
        or ("[!" in text and any(f"[!{name}" in text.lower() for name in settings.callouts))
        or has_label(text)
        or may_hold_placeholder(text)
    )


# All that `str.strip` takes off but the line end: one class, since two in a row would take turns on a long run of it.
_SPACE = r" \t\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"


@lru_cache(maxsize=16)
def _separators(single: str, single_reversed: str) -> tuple[tuple[str, Kind], ...]:
    """The separators within a line, longer first: it wins."""
    pairs: list[tuple[str, Kind]] = [(single_reversed, "single-reversed"), (single, "single-basic")]
    return tuple(sorted((pair for pair in pairs if pair[0]), key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=16)
def _openings(patterns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(opening_of, patterns))))


@lru_cache(maxsize=16)
def _telling_line(*separators: str) -> re.Pattern[str]:
    """A line that may be a heading, hold nothing but a separator, or begin with a label: found in one go for all three."""
    words = "|".join(
        [
            "#",
            "Q",
            "Frage",
            "Pregunta",
            "Domanda",
            "Pergunta",
            "Вопрос",
            "问",
            "問",
            *map(re.escape, filter(None, separators)),
        ]
    )
    return re.compile(rf"\n[{_SPACE}>*_+\-\d.)]*(?:{words})")


def _holds_only(line: str, separators: Container[str]) -> bool:
    """Whether a line may hold a separator and nothing else but space and quote marks."""
    return line.strip() in separators or line.replace(">", " ").strip() in separators


class Grammar:
    """One pass over one note. The answer of `read` is all that lasts."""

    def __init__(self, path: str, note: Note, text: str, settings: CardSettings) -> None:
        self.page = MaskedLines(note, text)
        self.note = note
        self.settings = settings
        if settings.end_marker and settings.end_marker in text:
            page = self.page
            self.page.ends = frozenset(
                row
                for row, line in enumerate(page.lines)
                if line.strip() == settings.end_marker and not page.fence[row] and not page.skip[row]
            )
        self.decks = Decks(path, note, settings, "vaultkit")
        self.has_deck = bool(self.decks)
        self.decks_everywhere = self.decks.everywhere()
        self.blocks: list[CardBlock] = []
        # For each of `blocks` the decks that it names itself; None leaves them to the tag lines of the note.
        self.own_decks: list[tuple[str, ...] | None] = []
        self.headings: list[tuple[int, int, str]] = []
        # Behind a question that was imported stand the tags it had in its source.
        self.splits_tags = "vaultkit-import" in note.properties

    def read(self) -> tuple[CardBlock, ...]:
        """All blocks of the note, in order."""
        self.telling = self.page.rows_like(_telling_line(self.settings.multi, self.settings.multi_reversed))
        self._find_headings()
        formats = self.settings.formats
        for name, look in (
            ("heading", self._heading_cards),
            ("callout", self._callouts),
            ("sr", self._single),
            ("sr", self._multi),
            ("qa", self._labels),
            ("worksheet", self._worksheets),
            ("sr", self._clozes),
        ):
            if not formats or name in formats:
                look()
        if not formats or "heading" in formats:
            self._deck_headings()
        self._metadata_callouts()
        blocks = self._with_decks()
        if len(blocks) > 1:
            blocks.sort(key=lambda block: (block.start, block.end))
        return tuple(blocks)

    def _with_decks(self) -> list[CardBlock]:
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
        return [
            block if own is not None or not (decks := self.decks(block.line - 1, taken)) else _with(block, decks=decks)
            for block, own in zip(self.blocks, self.own_decks, strict=True)
        ]

    # Building one block

    def _add(
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
        page = self.page
        final = rows[-1] if last is None else last
        while final + 1 < len(page.lines) and page.only_schedule[final + 1] and not page.used[final + 1]:
            final += 1
            page.used[final] = True
            schedules += _schedules(page.lines[final])
        for row in rows:
            page.used[row] = True
        if cards is None:
            cards = (Card(*sides, hint=hint),)
            if kind.endswith("reversed"):
                cards += (Card(sides[1], sides[0], hint=hint),)
        self.own_decks.append(decks)
        self.blocks.append(
            CardBlock(
                kind=kind,
                decks=decks or self.decks_everywhere or (),
                line=rows[0] + 1,
                end_line=final + 1,
                start=page.starts[rows[0]],
                end=page.end_of(final),
                front_start=front[0],
                front_end=front[1],
                back_start=back[0],
                back_end=back[1],
                front=sides[0],
                back=sides[1],
                cards=cards,
                schedules=schedules,
                block_id=block_id,
                placeholder=placeholder,
                extra=extra,
                hint=hint,
                context=self._context(rows[0]),
                tags=tags,
            )
        )

    def _context(self, row: int) -> tuple[str, ...]:
        if not self.headings:
            return ()
        trail: list[tuple[int, str]] = []
        for index, level, text in self.headings:
            if index >= row:
                break
            while trail and trail[-1][0] >= level:
                trail.pop()
            trail.append((level, text))
        return tuple([text for _, text in trail])

    def _own_decks(self, row: int) -> tuple[tuple[str, ...] | None, int]:
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
        for tag in decks:
            if tag != tags[len(decks[: decks.index(tag)])]:
                break
            length = self.page.lines[row].index(tag, length) + len(tag)
        return tuple(dict.fromkeys(tag[1:].rstrip("/") for tag in decks)), length

    # The kinds, in order of precedence

    def _find_headings(self) -> None:
        page = self.page
        for index in self.telling:
            line = page.lines[index]
            if "#" in line[:4] and not page.fence[index] and not page.skip[index]:
                match = ATX.match(line)
                if match:
                    self.headings.append((index, len(match[1]), _CLOSING.sub("", line[match.end() :]).strip()))

    def _heading_cards(self) -> None:
        """Headings with ``#card``, each with all of its section."""
        next_free = 0
        for at, (row, _, title) in enumerate(self.headings):
            match = _CARD_TAG.search(title) if row >= next_free and "#" in title else None
            if match is None:
                continue
            kind: Kind = "heading"
            if "reverse" in match[1]:
                kind = "heading-reversed"
            elif "spaced" in match[1]:
                kind = "heading-prompt"
            next_free = self._section_end(at)
            self._add_heading(kind, row, title[: match.start()].strip(), next_free)

    def _deck_headings(self) -> None:
        """Headings with a flashcard tag: each names the deck of what follows.

        One is a card itself when it has a text, and what follows holds no card. Inner headings come first.
        """
        page = self.page
        heading_rows = [block.line - 1 for block in self.blocks]
        tagged = [
            (at, row, title[: match.start()].strip(), match[1])
            for at, (row, _, title) in enumerate(self.headings)
            if "#" in title
            and (match := _LAST_TAG.search(title)) is not None
            and is_deck_tag(match[1], self.settings, "vaultkit")
        ]
        for at, row, front, tag in reversed(tagged):
            stop = self._section_end(at)
            reach = max(stop, self.decks.next_row(row, len(page.lines)))
            if not front or any(row <= line < reach for line in heading_rows) or page.used[row]:
                continue
            if all(page.blank[index] or page.skip[index] for index in range(row + 1, stop)):
                continue
            self._add_heading("heading", row, front, stop, (tag[1:].rstrip("/"),))
            heading_rows.append(row)

    def _section_end(self, at: int) -> int:
        """The first line behind the section of the heading at this index."""
        level = self.headings[at][1]
        return next((row for row, other, _ in self.headings[at + 1 :] if other <= level), len(self.page.lines))

    def _add_heading(self, kind: Kind, row: int, title: str, stop: int, decks: tuple[str, ...] | None = None) -> None:
        page = self.page
        front, tags = self._split_tags(title)
        before, _, last = front.rpartition("<br>")
        hint = self._hint(last) if before or front.startswith("<br>") else ""
        front = before if hint else front
        rows = list(range(row + 1, stop))
        while rows and not page.lines[rows[-1]].strip():
            rows.pop()
        body = [index for index in rows if not page.skip[index]]
        lines, schedules = self._without_schedules(body)
        block_id = ""
        final = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].strip()), -1)
        if final >= 0 and _ONLY_ID.fullmatch(lines[final].strip()):  # flashcards-obsidian writes its ids so
            block_id, lines, body = lines[final].strip(), lines[:final], body[:final]
        back, span, own_id = self._side(body, lines, is_front=False)
        block_id = block_id or own_id
        start = page.starts[row] + page.lines[row].index(front) if front else page.starts[row]
        for index in range(row, stop):
            page.used[index] = True
        shown = restored_line(front, is_imported=self.splits_tags, settings=self.settings).strip()
        self._add(
            kind, [row], (start, start + len(front)), span, (shown, back),
            schedules=schedules, decks=decks, block_id=block_id, last=rows[-1] if rows else row, tags=tags, hint=hint,
        )  # fmt: skip

    def _callouts(self) -> None:
        page = self.page
        if "[!" not in page.text:
            return
        for row in page.rows_holding(("[!",)):
            if page.used[row] or page.fence[row]:
                continue
            line = page.lines[row]
            match = _CALLOUT.match(line)
            if match is None or (match[2] or "").strip("| ").lower() == "card-metadata":
                continue
            name = match[1].strip().lower()
            base = _TWO_WAYS.sub("", name)
            if base not in self.settings.callouts:
                continue
            rows = [row]
            while rows[-1] + 1 < len(page.lines) and _ONE_QUOTE.match(page.lines[rows[-1] + 1]):
                if page.only_schedule[rows[-1] + 1]:
                    break
                rows.append(rows[-1] + 1)
            title = match[3].strip()
            front = title.removeprefix(":").strip() if title.startswith(":") else title
            lines, schedules = self._without_schedules(rows[1:])
            body = [_ONE_QUOTE.sub("", text, count=1) for text in lines]
            back, span, block_id = self._side(rows[1:], body, is_front=False)
            start = page.starts[row] + (line.rindex(front) if front else len(line))
            kind: Kind = "callout" if base == name else "callout-reversed"
            self._add(
                kind, rows, (start, start + len(front)), span, (front, back), schedules=schedules, block_id=block_id
            )

    def _single(self) -> None:
        page, settings = self.page, self.settings
        separators = _separators(settings.single, settings.single_reversed)
        for row in page.rows_holding([separator for separator, _ in separators]):
            if page.used[row] or page.fence[row] or page.is_table_row(row):
                continue
            line = page.lines[row]
            masked = page.masked_line(row)
            if page.has_schedules and "<!--SR:" in masked:
                masked = COMMENT.sub(lambda match: "\0" * len(match[0]), masked)
            if "[" in masked or "(" in masked:
                masked = _FIELD.sub(lambda match: "\0" * len(match[0]), masked)
            for separator, kind in separators:  # noqa: B007 - the one that breaks counts
                at = masked.find(separator)
                if at >= 0:
                    break
            else:
                continue
            own, taken = self._own_decks(row)
            if own is None and not self.has_deck and not is_likely_card(line, at, separator):
                continue
            begin = taken + markers(line[taken:at])
            front = line[begin:at]
            rest = line[at + len(separator) :]
            if page.has_schedules:
                rest = COMMENT.sub("", rest)
            back = rest.strip()
            block_id = ""
            match = _BLOCK_ID.search(" " + back) if "^" in back else None
            if match and back != match[1]:
                block_id, back = match[1], back[: -len(match[1])].rstrip()
            base = page.starts[row]
            front_start = base + begin + len(front) - len(front.lstrip())
            back_start = base + at + len(separator) + len(rest) - len(rest.lstrip())
            if not back:
                back_start = base + at + len(separator)
            shown = front.strip()
            sides = (
                self._restored(shown, is_front=True),
                self._restored(back, is_front=False),
            )
            self._add(
                kind,
                [row],
                (front_start, front_start + len(shown)),
                (back_start, back_start + len(back)),
                sides,
                schedules=_schedules(line),
                decks=own,
                block_id=block_id,
            )

    def _multi(self) -> None:
        page, settings = self.page, self.settings
        marks = {mark for mark in (settings.multi, settings.multi_reversed) if mark}
        if not any(mark in page.text for mark in marks):
            return
        rows_with = [row for row in self.telling if _holds_only(page.lines[row], marks)]
        for run in page.runs_with(rows_with):
            is_quoted = page.lines[run[0]].lstrip().startswith(">")
            at = next(
                (
                    index
                    for index, row in enumerate(run)
                    if not page.fence[row] and _bare(page.lines[row], is_quoted) in marks
                ),
                -1,
            )
            if at <= 0 or page.used[run[0]]:
                continue
            separator = _bare(page.lines[run[at]], is_quoted)
            kind: Kind = "multi-basic" if separator == settings.multi else "multi-reversed"
            if kind == "multi-basic" and settings.multi_reversed and settings.multi_reversed in page.text:
                later = next(
                    (
                        index
                        for index in range(at + 1, len(run))
                        if _bare(page.lines[run[index]], is_quoted) == settings.multi_reversed
                        and not page.fence[run[index]]
                    ),
                    -1,
                )
                if later > 0:
                    at, kind = later, "multi-reversed"
            rows = list(run)
            if settings.end_marker:
                rows = self._to_end_marker(run)
            quotes = page.lines[run[at]].count(">") if is_quoted else 0
            fronts, backs = rows[:at], rows[at + 1 :]
            own, taken = self._own_decks(fronts[0])
            if own is not None and not page.lines[fronts[0]][taken:].strip() and len(fronts) > 1:
                fronts, taken = fronts[1:], 0
            while len(fronts) > 1 and not taken and (ATX.match(page.lines[fronts[0]]) or _is_callout(page, fronts[0])):
                fronts = fronts[1:]
            front_lines, more = self._without_schedules(fronts)
            front_lines[0] = front_lines[0][taken:]
            back_lines, schedules = self._without_schedules(backs)
            if quotes:
                front_lines = [_unquoted(line, quotes) for line in front_lines]
                back_lines = [_unquoted(line, quotes) for line in back_lines]
            stripped = markers(front_lines[0], items=len(front_lines) == 1)
            front_lines[0] = front_lines[0][stripped:]
            if settings.end_marker and at > 0:
                while back_lines and not back_lines[-1].strip():
                    back_lines.pop()
            front_lines[-1], tags = self._split_tags(front_lines[-1].rstrip())
            hint = self._hint(front_lines[-1]) if len(front_lines) > 1 else ""
            if hint:
                fronts, front_lines = fronts[:-1], front_lines[:-1]
            front, front_span, _ = self._side(fronts, front_lines, is_front=True)
            back, back_span, block_id = self._side(backs, back_lines, is_front=False)
            self._add(
                kind, rows, front_span, back_span, (front, back),
                schedules=more + schedules, decks=own, block_id=block_id, tags=tags, hint=hint,
            )  # fmt: skip

    def _to_end_marker(self, run: list[int]) -> list[int]:
        page = self.page
        rows = list(run)
        row = rows[-1] + 1
        while row < len(page.lines) and not (page.used[row] and not page.skip[row]):
            if row in page.ends:
                page.used[row] = True
                break
            if not page.skip[row]:
                rows.append(row)
            row += 1
        else:
            while rows and page.blank[rows[-1]]:
                rows.pop()
        return rows

    def _labels(self) -> None:
        page = self.page
        labels = [
            row
            for row in self.telling
            if not page.used[row] and not page.fence[row] and QUESTION_LABEL.match(page.lines[row])
        ]
        for row in labels:
            if page.used[row]:
                continue
            opening = QUESTION_LABEL.match(page.lines[row])
            assert opening is not None
            quotes = opening[0].count(">")
            fronts, at = [row], row + 1
            while at < len(page.lines) and self._is_open(at) and not self._is_label(at):
                fronts.append(at)
                at += 1
            answer = ANSWER_LABEL.match(page.lines[at]) if at < len(page.lines) and not page.used[at] else None
            backs: list[int] = []
            if answer is not None:
                backs = self._answer_rows(at)
            elif not self.has_deck:
                continue
            front_lines, more = self._without_schedules(fronts)
            front_lines[0] = front_lines[0][opening.end() :]
            back_lines, schedules = self._without_schedules(backs)
            if answer is not None:
                back_lines[0] = back_lines[0][answer.end() :]
            if quotes:
                front_lines[1:] = [_unquoted(line, quotes) for line in front_lines[1:]]
                back_lines[1:] = [_unquoted(line, quotes) for line in back_lines[1:]]
            front, front_span, _ = self._side(fronts, front_lines, is_front=True)
            back, back_span, block_id = self._side(backs, back_lines, is_front=False)
            if not front:
                continue
            self._add(
                "qa", fronts + backs, front_span, back_span, (front, back),
                schedules=more + schedules, block_id=block_id,
            )  # fmt: skip

    def _is_open(self, row: int) -> bool:
        page = self.page
        return not page.blank[row] and not page.used[row] and not page.only_schedule[row]

    def _is_label(self, row: int) -> bool:
        line = self.page.lines[row]
        return not self.page.fence[row] and bool(ANSWER_LABEL.match(line) or QUESTION_LABEL.match(line))

    def _answer_rows(self, first: int) -> list[int]:
        """Lines of the answer whose label stands on ``first``."""
        page = self.page
        rows, at = [first], first + 1
        while at < len(page.lines):
            if page.blank[at]:
                following = at
                while following < len(page.lines) and page.blank[following]:
                    following += 1
                if following >= len(page.lines) or not self._continues(following):
                    break
                rows += range(at, following)
                at = following
            if not self._is_open(at) or self._is_label(at):
                break
            if not page.fence[at] and (ATX.match(page.lines[at]) or _BREAK.match(page.lines[at])):
                break
            rows.append(at)
            at += 1
        while page.blank[rows[-1]]:
            rows.pop()
        return rows

    def _continues(self, row: int) -> bool:
        line = self.page.lines[row]
        return (
            not self.page.used[row]
            and not self._is_label(row)
            and not _BREAK.match(line)
            and (self.page.fence[row] or _CONTINUES.match(line) is not None)
        )

    def _worksheets(self) -> None:
        page = self.page
        rows_with = [bisect_right(page.starts, at) - 1 for at in placeholder_places(page.text)]
        if not rows_with:
            return
        wanted = set(rows_with)
        for run in page.runs_with(rows_with):
            for index, row in enumerate(run):
                if row not in wanted or page.fence[row] or page.used[row]:
                    continue
                line = page.lines[row]
                if not line.rstrip().endswith(("]", ")", "}", ">", ".", "…")):
                    continue
                item = ITEM.match(_unquoted(line, line.count(">")) if line.lstrip().startswith(">") else line)
                if item is None and len(run) > 1:
                    continue
                found = placeholder_at_end(line, only_answers=not self.has_deck)
                if found is None or page.opaque.end_around(page.starts[row] + found[0]) >= 0:
                    continue
                at, placeholder, hint = found
                begin = markers(line[:at])
                front = line[begin:at].strip()
                rows = [row]
                if not front:
                    if index == 0 or page.used[run[index - 1]] or ITEM.match(page.lines[run[index - 1]]) is None:
                        continue
                    rows = [run[index - 1], row]
                    prompt = page.lines[rows[0]]
                    begin = markers(prompt)
                    front = prompt[begin:].strip()
                    if not front or whole_placeholder(front) == "yes":
                        continue
                start = page.starts[rows[0]] + begin
                start += len(page.lines[rows[0]][begin:]) - len(page.lines[rows[0]][begin:].lstrip())
                back = page.starts[row] + at
                self._add(
                    "worksheet", rows, (start, start + len(front)), (back, back + len(placeholder)),
                    (self._restored(front, is_front=True), ""),
                    placeholder=placeholder, hint=hint,
                )  # fmt: skip

    def _clozes(self) -> None:
        page = self.page
        rows_with = page.rows_holding(_openings(self.settings.cloze_patterns)) if self.has_deck else ()
        for run in page.runs_with(rows_with):
            rows = [row for row in run if not page.only_schedule[row]]
            if not rows or all(self._has_no_deletion(row) for row in rows):
                continue
            own, taken = self._own_decks(rows[0])
            start = page.starts[rows[0]] + taken
            kept = rows
            if own is not None and not page.lines[rows[0]][taken:].strip() and len(rows) > 1:
                kept, start = rows[1:], page.starts[rows[1]]
            if taken and kept is rows:
                start += len(page.lines[rows[0]]) - taken - len(page.lines[rows[0]][taken:].lstrip())
            if len(kept) == 1:
                start += markers(page.text[start : page.end_of(kept[0])])
            extra, kept = self._split_extra(kept)
            text, found, tags, end, schedules, block_id = self._cloze_text(kept, start)
            if not found:
                continue
            shown, _, extra_id = self._side(extra, [_unquoted(page.lines[row], 1) for row in extra], is_front=False)
            if len(rows) < len(run):  # a schedule on a line of its own, as the plugin writes it
                _, schedules = self._without_schedules(run)
            self._add(
                "cloze", run, (start, end), (start, end), (text, text),
                cards=cloze_cards(text, found, shown), schedules=schedules, decks=own, block_id=block_id or extra_id, tags=tags,
                extra=shown,
            )  # fmt: skip

    def _split_extra(self, rows: list[int]) -> tuple[list[int], list[int]]:
        """The lines of a callout that is shown with the answer only, and those before it."""
        lines = self.page.lines
        at = next((at for at, row in enumerate(rows) if at and _EXTRA.match(lines[row])), None)
        if at is None or not all(_ONE_QUOTE.match(lines[row]) for row in rows[at:]):
            return [], rows
        return rows[at + 1 :], rows[:at]

    def _has_no_deletion(self, row: int) -> bool:
        page = self.page
        if page.fence[row] or page.is_table_row(row):
            return True
        line = page.lines[row]
        if not any(map(line.__contains__, _openings(self.settings.cloze_patterns))):
            return True
        base = page.starts[row]
        return not deletions(line, self.settings.cloze_patterns, lambda at: self._is_dead(base + at))

    def _is_dead(self, offset: int) -> bool:
        end = self.page.opaque.end_around(offset)
        return end >= 0

    def _cloze_text(
        self, rows: list[int], start: int
    ) -> tuple[str, list[Deletion], tuple[str, ...], int, tuple[Schedule, ...], str]:
        """The text of a cloze block, its deletions found where the text is alive, and the tags behind it."""
        page = self.page
        pieces: list[str] = []
        found: list[Deletion] = []
        schedules: tuple[Schedule, ...] = ()
        length = 0
        for row in rows:
            begin = max(start, page.starts[row])
            raw = page.text[begin : page.end_of(row)]
            schedules += _schedules(raw)
            line = COMMENT.sub("", raw).rstrip() if "<!--SR:" in raw else raw.rstrip()
            if not page.fence[row] and not page.is_table_row(row):
                for one in deletions(line, self.settings.cloze_patterns, lambda at, b=begin: self._is_dead(b + at)):  # type: ignore[misc]
                    shift = length
                    found.append(
                        Deletion(one.start + shift, one.end + shift, one.answer, one.hint, one.number, one.steps)
                    )
            pieces.append(line)
            length += len(line) + 1
        text = "\n".join(pieces)
        block_id = ""
        match = _BLOCK_ID.search(text) if "^" in text else None
        if match:
            block_id, text = match[1], text[: match.start()].rstrip()
        tags: tuple[str, ...] = ()
        if self.splits_tags:
            head, line_end, last = text.rpartition("\n")
            last, tags = self._split_tags(last)
            text = self._restored(f"{head}{line_end}{last}", is_front=True)
            found = deletions(text, self.settings.cloze_patterns)
        return text, found, tags, min(start + len(text), page.end_of(rows[-1])), schedules, block_id

    def _metadata_callouts(self) -> None:
        """Schedules in ``> [!sr|card-metadata]``, given to the card that ends on the line above or just before it."""
        page = self.page
        if "card-metadata" not in page.text:
            return
        for row, line in enumerate(page.lines):
            match = _CALLOUT.match(line) if "card-metadata" in line and not page.used[row] else None
            if match is None or page.fence[row]:
                continue
            last = row
            while last + 1 < len(page.lines) and _ONE_QUOTE.match(page.lines[last + 1]):
                last += 1
            entries = _schedules("\n".join(page.lines[row : last + 1]))
            above = row - 1
            while above >= 0 and page.blank[above]:
                above -= 1
            for index, block in enumerate(self.blocks):
                if entries and block.end_line == above + 1:
                    self.blocks[index] = _with(
                        block, schedules=block.schedules + entries, end_line=last + 1, end=page.end_of(last)
                    )

    # Sides

    def _restored(self, text: str, *, is_front: bool) -> str:
        return restored(text, is_front=is_front, is_imported=self.splits_tags, settings=self.settings)

    def _split_tags(self, line: str) -> tuple[str, tuple[str, ...]]:
        """The last line of a question without the tags behind it, in notes that were imported."""
        match = _TAGS_BEHIND.search(line) if self.splits_tags and "#" in line else None
        if match is None:
            return line, ()
        return line[: match.start()].rstrip(), tuple(tag[1:] for tag in match[0].split())

    def _hint(self, line: str) -> str:
        """The hint that stands as the last line of a question, in notes that were imported."""
        match = _HINT_LINE.match(line) if self.splits_tags else None
        return self._restored(match[0], is_front=True)[len("(hint: ") : -1] if match else ""

    def _without_schedules(self, rows: Sequence[int]) -> tuple[list[str], tuple[Schedule, ...]]:
        if not self.page.has_schedules:
            return [self.page.lines[row] for row in rows], ()
        lines: list[str] = []
        found: tuple[Schedule, ...] = ()
        for row in rows:
            line = self.page.lines[row]
            if "<!--SR:" in line and not self.page.fence[row]:
                found += _schedules(line)
                line = COMMENT.sub("", line)
            lines.append("" if self.page.only_schedule[row] else line)
        return lines, found

    def _side(self, rows: Sequence[int], lines: Sequence[str], *, is_front: bool) -> tuple[str, tuple[int, int], str]:
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
            match = _BLOCK_ID.search(text)
            if match:
                block_id, text = match[1], text[: match.start()].rstrip()
        head = page.lines[rows[first]]
        lead = trimmed[first].lstrip()
        start = page.starts[rows[first]] + max(head.find(lead), 0)
        tail = text.rsplit("\n", 1)[-1].strip()
        tail_line = page.lines[rows[last - 1]]
        end = page.starts[rows[last - 1]] + max(tail_line.rfind(tail), 0) + len(tail)
        return (
            self._restored(text, is_front=is_front).strip(),
            (start, max(end, start)),
            block_id,
        )


def _is_callout(page: MaskedLines, row: int) -> bool:
    """Whether the line is the head of a callout, which frames a card in it and is no part of its question."""
    return "[!" in page.lines[row] and _CALLOUT.match(page.lines[row]) is not None


def _with(block: CardBlock, **changes: object) -> CardBlock:
    return changed(block, **changes)


def _schedules(line: str) -> tuple[Schedule, ...]:
    if "<!--SR:" not in line:
        return ()
    return tuple([entry for match in COMMENT.finditer(line) for entry in read_entries(match[1])])


def _bare(line: str, is_quoted: bool) -> str:
    """A line as a separator would stand there: no space around it, in a quote no quote marks."""
    return line.strip().lstrip(">").lstrip(" \t>").strip() if is_quoted else line.strip()


def _unquoted(line: str, depth: int) -> str:
    for _ in range(depth):
        line = _ONE_QUOTE.sub("", line, count=1)
    return line
