"""A worksheet page: questions that end in a placeholder for the answer, between unmarked headings."""

from __future__ import annotations

import re

from vaultkit.base.record import record
from vaultkit.cards.checks.phrases import placeholder_at_end, whole_placeholder
from vaultkit.cards.importers.model import ImportedCard, ImportReading, Lines

NAME = "worksheet"

_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d+[.)])[ \t]+(?:\[.\][ \t]+)?")
_TOPIC = re.compile(r"(?:π[§¦¬€]|β(?=[ ])|[\U0001F300-\U0001FAFF\u2600-\u27BF]\ufe0f?)[ \t]*(?=\w)")
_LONGEST_HEADING = 120


def evidence(text: str, suffix: str) -> tuple[int, str]:
    """How sure it is that this is the format (0 not at all), and what tells."""
    count = sum(1 for line in text.split("\n") if placeholder_at_end(line, only_answers=True))
    return (85, f"{count} lines that end in a placeholder for an answer") if count >= 3 else (0, "")


def read(text: str, name: str) -> ImportReading:
    """All questions with a placeholder; every other line is a leftover with what it looks like."""
    lines = text.split("\n")
    cards: list[ImportedCard] = []
    leftovers: dict[int, Lines] = {}
    boilerplate: list[Lines] = []
    topic, section, title = "", "", ""
    fresh = False
    offset = 0
    for number, line in enumerate(lines, start=1):
        start, offset = offset, offset + len(line) + 1
        words = line.strip("\ufeff \t\r\u00a0")
        if not words:
            continue
        item = _ITEM.match(line)
        begin = _behind_marker(line)
        found = placeholder_at_end(line, only_answers=False)
        if found is not None:
            question = _question(line[: found[0]], begin, start, number)
            if not question.text:
                if leftovers.pop(number - 1, None) is None:
                    leftovers[number] = Lines(number, number, words, "placeholder without a question")
                    continue
                row = lines[number - 2]
                question = _question(row, _behind_marker(row), start - len(row) - 1, number - 1)
            names = tuple(part for part in (topic, section) if part)
            cards.append(_card(question, found, start, number, len(cards) + 1, names))
            fresh = False
            continue
        if not title and not cards and not item and number <= 3:
            title = words
            boilerplate.append(Lines(number, number, words, "title"))
            continue
        reason = _reason(words, bool(item))
        leftovers[number] = Lines(number, number, words, reason)
        if reason == "topic heading":
            topic, section, fresh = _TOPIC.sub("", words).strip(), "", False
        elif reason == "heading" and not (fresh and re.search(r"[(–—:β]", words)):
            section, fresh = words, True
    return ImportReading(NAME, title or name, tuple(cards), tuple(boilerplate), tuple(leftovers.values()))


@record
class _Question:
    """text: "" for none; start: offset in the whole text; line: from 1."""

    text: str
    start: int
    line: int


def _question(row: str, begin: int, start: int, line: int) -> _Question:
    """The question in a row from ``begin`` on; start: offset of the row."""
    return _Question(row[begin:].strip(), start + begin, line)


def _behind_marker(row: str) -> int:
    item = _ITEM.match(row)
    return item.end() if item else len(row) - len(row.lstrip())


def _card(
    question: _Question, found: tuple[int, str, str], start: int, line: int, number: int, section: tuple[str, ...]
) -> ImportedCard:
    """found: column, text and hint of the placeholder in the line that begins at ``start``."""
    at, placeholder, hint = found
    return ImportedCard(
        front=question.text,
        back="",
        line=question.line,
        end_line=line,
        first_line=question.line,
        last_line=line,
        number=number,
        hint=hint,
        placeholder=placeholder,
        section=section,
        front_start=question.start,
        front_end=question.start + len(question.text),
        back_start=start + at,
        back_end=start + at + len(placeholder),
    )


def _reason(words: str, is_item: bool) -> str:
    if "://" in words:
        return "address"
    if whole_placeholder(words.lstrip("-*+ ")) == "yes" or re.match(r"TODO\b", words):
        return "section without questions"
    if not is_item and _TOPIC.match(words):
        return "topic heading"
    if not is_item and len(words) <= _LONGEST_HEADING and not words.endswith((".", "!", "?", ":")):
        return "heading"
    return "caption" if words.endswith(":") else "remark"
