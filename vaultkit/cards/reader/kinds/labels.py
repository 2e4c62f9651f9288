"""Cards with labels: ``Q:`` and ``A:``, in several languages."""

from __future__ import annotations

import re

from vaultkit.cards.reader.prefilter import ATX
from vaultkit.cards.reader.reading import Reading
from vaultkit.cards.reader.signs import unquoted

_LABEL_MARKS = r"[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)?(?:\*\*|__|\*|_)?"
_LABEL_TAIL = r"(?:\*\*|__|\*|_)?(?:[ \t\u00a0]*(?::(?!:)(?:\*\*|__|\*|_)?(?=\s|$)|：(?:\*\*|__)?))"
_NUMBERED = r"(?:[ \t]?[0-9]{1,4})?"
_QUESTION_WORDS = r"(?:Q|Question|Frage|Pregunta|Domanda|Pergunta|Вопрос|问|問|QUESTION)"
_ANSWER_WORDS = r"(?:A|Ans|Answer|R|Réponse|Antwort|Respuesta|Risposta|Resposta|Ответ|答|ANSWER)"
_DOT_FORM = r"(?:\*\*|__)?\.(?:\*\*|__)?(?=\s)"
QUESTION_LABEL = re.compile(rf"{_LABEL_MARKS}(?:{_QUESTION_WORDS}{_NUMBERED}{_LABEL_TAIL}|Q[0-9]{{0,4}}{_DOT_FORM})")
ANSWER_LABEL = re.compile(rf"{_LABEL_MARKS}(?:{_ANSWER_WORDS}{_NUMBERED}{_LABEL_TAIL}|A[0-9]{{0,4}}{_DOT_FORM})")
_BREAK = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_CONTINUES = re.compile(r"[ \t]*(?:[-*+][ \t]|[0-9]{1,9}[.)][ \t]|`{3}|~{3}|\||>|!\[|\$\$)|[ ]{4}|\t")


def read_labels(reading: Reading) -> None:
    """Add each question with a label; one without an answer only where the note names a deck."""
    page = reading.page
    labels = [
        row
        for row in reading.telling
        if not page.used[row]
        and not page.fence[row]
        and page.lines[row][:1] != "#"
        and QUESTION_LABEL.match(page.lines[row])
    ]
    for row in labels:
        if page.used[row]:
            continue
        opening = QUESTION_LABEL.match(page.lines[row])
        assert opening is not None
        quotes = opening[0].count(">")
        fronts, at = [row], row + 1
        while at < len(page.lines) and _is_open(reading, at) and not _is_label(reading, at):
            fronts.append(at)
            at += 1
        answer = ANSWER_LABEL.match(page.lines[at]) if at < len(page.lines) and not page.used[at] else None
        backs: list[int] = []
        if answer is not None:
            backs = _answer_rows(reading, at)
        elif not reading.has_deck:
            continue
        front_lines, more = reading.without_schedules(fronts)
        front_lines[0] = front_lines[0][opening.end() :]
        back_lines, schedules = reading.without_schedules(backs)
        if answer is not None:
            back_lines[0] = back_lines[0][answer.end() :]
        if quotes:
            front_lines[1:] = [unquoted(line, quotes) for line in front_lines[1:]]
            back_lines[1:] = [unquoted(line, quotes) for line in back_lines[1:]]
        front, front_span, _ = reading.side(fronts, front_lines, is_front=True)
        back, back_span, block_id = reading.side(backs, back_lines, is_front=False)
        if not front:
            continue
        reading.add(
            "qa", fronts + backs, front_span, back_span, (front, back),
            schedules=more + schedules, block_id=block_id,
        )  # fmt: skip


def _is_open(reading: Reading, row: int) -> bool:
    page = reading.page
    return not page.is_blank(row) and not page.used[row] and not page.only_schedule[row]


def _is_label(reading: Reading, row: int) -> bool:
    line = reading.page.lines[row]
    return not reading.page.fence[row] and bool(ANSWER_LABEL.match(line) or QUESTION_LABEL.match(line))


def _answer_rows(reading: Reading, first: int) -> list[int]:
    """Lines of the answer whose label stands on ``first``."""
    page = reading.page
    rows, at = [first], first + 1
    while at < len(page.lines):
        if page.is_blank(at):
            following = at
            while following < len(page.lines) and page.is_blank(following):
                following += 1
            if following >= len(page.lines) or not _continues(reading, following):
                break
            rows += range(at, following)
            at = following
        if not _is_open(reading, at) or _is_label(reading, at):
            break
        if not page.fence[at] and (ATX.match(page.lines[at]) or _BREAK.match(page.lines[at])):
            break
        rows.append(at)
        at += 1
    while page.is_blank(rows[-1]):
        rows.pop()
    return rows


def _continues(reading: Reading, row: int) -> bool:
    line = reading.page.lines[row]
    return (
        not reading.page.used[row]
        and not _is_label(reading, row)
        and not _BREAK.match(line)
        and (reading.page.fence[row] or _CONTINUES.match(line) is not None)
    )
