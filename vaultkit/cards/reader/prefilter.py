"""Signs of cards in a text, for the quick look that comes before what reads cards is even loaded."""

from __future__ import annotations

import re
from functools import lru_cache

_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[^\]\n]\][ \t]+)?")
ATX = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+|$)")
_CODE_NEAR = re.compile(r"[(){};<>=&*]|->")
_WORD = re.compile(r"[\w~]*")
_LABEL = re.compile(
    r"\n[ \t>*_+\-\d.)]*(?:Q[ \t]?\d{0,4}[*_]{0,2}[ \t\u00a0]*[:：.]"
    r"|(?:Question|Frage|Pregunta|Domanda|Pergunta|Вопрос|问|問|QUESTION)[ \t]?\d{0,4}[*_]{0,2}[ \t\u00a0]*[:：])"
)
_WORDS = ("Q", "Frage", "Pregunta", "Domanda", "Pergunta", "Вопрос", "问", "問")


def has_label(text: str) -> bool:
    """A line begins with a label of questions, such as ``Q:`` or ``Frage 3:``."""
    return any(map(text.__contains__, _WORDS)) and _LABEL.search("\n" + text) is not None


def has_line(text: str, separator: str) -> bool:
    """The separator stands on a line of its own, in a quote as well."""
    return separator in text and _line_of(separator).search("\n" + text) is not None


@lru_cache(maxsize=16)
def _line_of(separator: str) -> re.Pattern[str]:
    """A line with nothing but the separator and space around it."""
    return re.compile(rf"\n(?:[^\S\n]|>)*{re.escape(separator)}[^\S\n]*(?![^\n])")


def markers(text: str, *, items: bool = True) -> int:
    """How many characters of quote, list, task and heading marks stand before the study text."""
    if text[:1].isalpha():  # nearly always, and no mark begins so
        return 0
    at = 0
    quote = _QUOTE.match(text)
    if quote:
        at = quote.end()
    if items:
        item = ITEM.match(text, at)
        if item:
            at = item.end()
    heading = ATX.match(text[at:])
    if heading:
        at += heading.end()
    return at


def is_likely_card(line: str, at: int, separator: str) -> bool:
    """In a note that names no deck: text with a separator that is no field, no code and no time."""
    front, back = line[markers(line[:at]) : at], line[at + len(separator) :]
    if not front.strip() or separator in back:
        return False
    if len(front.split()) == 1 and not (front.strip()[:1].isupper() and back[:1].isupper()):
        return False  # `status::done`, a Dataview field; `std::move`
    if front.rstrip().endswith(("?", "？")):
        return True
    touches_left, touches_right = front[-1:].strip() != "", back[:1].strip() != ""
    if touches_left and not touches_right:
        return False  # `Release date:: 2020`, a Dataview field
    before, after = _WORD.match(front[::-1]), _WORD.match(back)  # a search for the last word is quadratic
    if touches_left and touches_right and before and after:
        if before[0][-1:].islower() or not after[0] or before[0].isdigit() or after[0].isdigit():
            return False  # `std::move`, `12::30`
        if _CODE_NEAR.search(back[:80]) or _CODE_NEAR.search(front[-20:]):
            return False
    return True


def has_likely_card(text: str, separator: str) -> bool:
    """A line may hold a card with the separator although its note names no deck; some turn out to be none."""
    at = text.find(separator)
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        line = text[start : end if end >= 0 else len(text)]
        # A line with another separator behind is none, so only the last ones count. Two can overlap, as in `:::`.
        place = line.find(separator, max(0, line.rfind(separator) - len(separator) + 1))
        while place >= 0:
            if is_likely_card(line, place, separator):
                return True
            place = line.find(separator, place + 1)
        at = text.find(separator, end) if end >= 0 else -1
    return False
