"""A schedule comment (``<!--SR:…-->``) that is duplicate, invalid, or without a card.

Why:     the plugin reads only one of two schedules. Without its schedule, a card starts again as new.
Fix:     of two valid schedules on one card, removes the one that is due first. Unsafe: the plugin may use the other.
         None in other cases: the author may find the card of a lost schedule.
Source:  st3v3nmw/obsidian-spaced-repetition, issues 993 and 1646.

If the vault has no settings of the plugin, a schedule directly below text is not reported: the text may be a card with
other separators.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import PLUGIN_DEFAULTS, cards_of, is_deck, may_have_cards, question_of
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note
from vaultkit.note.spans import Spans

if TYPE_CHECKING:
    from vaultkit.cards.model import CardBlock

_TEXT = lazy_pattern(r"\S")
CODE = "FC012"
SEVERITY = "warning"
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nQ::A <!--SR:!2026-01-01,3,250-->\n<!--SR:!2026-02-01,3,250-->\n"}
GOOD = {"deck.md": "#flashcards\n\nQ::A\n<!--SR:!2026-02-01,3,250-->\n"}


@note_rule
def check(note: Note, text: str, options: object, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterator[Violation]:
    """Report schedules of a deck that are not the only schedule of a card; code is ignored."""
    if "<!--SR:" not in text:
        return
    from vaultkit.cards.checks.schedules import stray_schedules

    problems = list(stray_schedules(text, cards_of(note, text, cards=cards)))
    if not problems or not is_deck(note, cards):
        return
    code = Spans([(dead.start, dead.end) for dead in note.dead if dead.kind == "code"])
    fixes: dict[int, Fix | None] = {}
    for problem in problems:
        if code.end_around(problem.start) >= 0:
            continue
        if problem.detail == "orphan" and cards.source == "defaults" and _has_text_above(text, problem.start):
            continue
        fix = None
        if problem.block is not None and problem.detail == "twice":
            start = problem.block.start
            fix = fixes[start] if start in fixes else fixes.setdefault(start, _fix(text, problem.block))
        about = question_of(problem.block) if problem.block is not None else text[problem.start : problem.end]
        yield Violation(problem.start, problem.end, problem.message, about, fix)


def _has_text_above(text: str, start: int) -> bool:
    """Return whether text precedes the comment without a blank line: it may be a card with other separators."""
    line = text.rfind("\n", 0, start) + 1
    above = text.rfind("\n", 0, max(line - 1, 0)) + 1
    return _TEXT.search(text, above, start) is not None


def _fix(text: str, block: CardBlock) -> Fix | None:
    """Dropping the one of two whole schedules that is due first."""
    from vaultkit.cards.reader.schedule import comments_in, read_entries

    found = [(match, read_entries(match[1])) for match in comments_in(text, block.start, block.end)]
    if len(found) != 2 or not all(entries and all(entry.due for entry in entries) for _, entries in found):
        return None
    earlier, _ = min(found, key=lambda pair: max(entry.due for entry in pair[1]))
    start = earlier.start()
    while start and text[start - 1] in " \t\r\n":
        start -= 1
    return Fix("remove the earlier schedule", (Edit(start, earlier.end(), ""),), is_safe=False)
