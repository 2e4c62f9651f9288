"""A worksheet page: questions that end in a placeholder for the answer, between unmarked headings."""

from __future__ import annotations

import re

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
        begin = item.end() if item else len(line) - len(line.lstrip())
        found = placeholder_at_end(line, only_answers=False)
        if found is not None:
            at, placeholder, hint = found
            front = line[begin:at].strip()
            first, front_start = number, start + begin
            if not front:
                above = leftovers.get(number - 1)
                if above is None:
                    leftovers[number] = Lines(number, number, words, "placeholder without a question")
                    continue
                del leftovers[number - 1]
                first = number - 1
                row = lines[first - 1]
                marker = _ITEM.match(row)
                lead = marker.end() if marker else len(row) - len(row.lstrip())
                front = row[lead:].strip()
                front_start = start - len(row) - 1 + lead
            cards.append(
                ImportedCard(
                    front=front,
                    back="",
                    line=first,
                    end_line=number,
                    first_line=first,
                    last_line=number,
                    number=len(cards) + 1,
                    hint=hint,
                    placeholder=placeholder,
                    section=tuple(part for part in (topic, section) if part),
                    front_start=front_start,
                    front_end=front_start + len(front),
                    back_start=start + at,
                    back_end=start + at + len(placeholder),
                )
            )
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
