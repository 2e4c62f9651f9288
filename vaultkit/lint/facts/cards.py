"""Shared by the flashcard rules: which notes have cards, their cards, and the texts of findings.

Most notes have no cards, so a quick check runs first, and the card reader is imported only after it. The card syntax
comes from the same settings as in card lists and exports. Cards are checked in notes with a deck tag or in a deck
folder, and in raw exports; elsewhere ``::`` is a Dataview field, ``std::vector`` or a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import code_span
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.option_patterns import expression
from vaultkit.lint.finding import Fix, Severity, Violation
from vaultkit.note.model import Note
from vaultkit.note.properties import property_tags

if TYPE_CHECKING:
    from vaultkit.cards.checks.problem import Problem, ProblemKind
    from vaultkit.cards.model import CardBlock

PLUGIN_DEFAULTS = CardSettings()  # for whoever asks without a vault at hand
MULTI = ("multi-basic", "multi-reversed")
EXPORTS = frozenset({"brainscape", "quizwiz", "worksheet"})
_FILL_IN = lazy_pattern(r"[\[({<](?:your )?answers? (?:goes )?here|[\[({<]your answer", re.IGNORECASE)


def may_have_cards(note: Note, text: str, *, cards: CardSettings = PLUGIN_DEFAULTS) -> bool:
    """Return quickly whether the note is a deck or may be a raw export."""
    return is_deck(note, cards) or may_be_export(text)


def may_have_lone_cards(note: Note, text: str, *, cards: CardSettings = PLUGIN_DEFAULTS) -> bool:
    """Return quickly whether the note is not a deck but may have cards."""
    from vaultkit.cards.reader.prefilter import has_label, has_likely_card, has_line

    has_sign = (
        any(mark and has_likely_card(text, mark) for mark in (cards.single, cards.single_reversed))
        or any(mark and has_line(text, mark) for mark in (cards.multi, cards.multi_reversed))
        or "#card" in text
        or ("[!" in text and any(f"[!{name}" in text.lower() for name in cards.callouts))
        or has_label(text)
    )
    return has_sign and not is_deck(note, cards)


def may_be_export(text: str) -> bool:
    """The text has a sign of Brainscape, of Quizwiz, or of a worksheet."""
    if "Q" in text and "\nQ" in text and ("\nQ\n" in text or "\nQ\r\n" in text or "\nQ " in text):
        return True
    if ("z" in text and "uizwiz" in text) or ("V" in text and "View Set" in text):
        return True
    return "nswer" in text and _FILL_IN.search(text) is not None


def is_deck(note: Note, cards: CardSettings) -> bool:
    """The note carries a tag that makes it a deck, or one below it; or every folder is one."""
    if cards.folders_as_decks:
        return True
    if not note.tags and note.frontmatter is None:
        return False
    names, folders = deck_names(cards.flashcard_tags)
    tags = [tag.tag[1:] for tag in note.tags] + list(property_tags(note.properties))
    return any((name := tag.casefold()) in names or name.startswith(folders) for tag in tags)


@lru_cache(maxsize=4)
def deck_names(tags: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The tags that make decks, folded and without "#"; and how tags below them begin."""
    names = [tag.lstrip("#").casefold() for tag in tags]
    return frozenset(names), tuple(name + "/" for name in names)


_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)


class _Ask(Protocol[_T_co]):
    """A query of a note with the card settings."""

    def __call__(self, note: Note, text: str, *, cards: CardSettings = PLUGIN_DEFAULTS) -> _T_co: ...


def once_a_note(ask: _Ask[_T]) -> _Ask[_T]:
    """``ask`` with its last answer kept, for rules that ask the same of one note after another.

    The note is known by identity: `lru_cache` would compare all that it holds, eleven times a note.
    """
    last: list[Any] = [None, None, None, None]

    @wraps(ask)
    def answer(note: Note, text: str, *, cards: CardSettings = PLUGIN_DEFAULTS) -> _T:
        of_note, of_text, of_cards, found = last
        if of_note is not note or of_text is not text or of_cards is not cards:
            found = ask(note, text, cards=cards)
            last[:] = note, text, cards, found
        return found  # type: ignore[no-any-return]

    return answer


@once_a_note
def cards_of(note: Note, text: str, *, cards: CardSettings = PLUGIN_DEFAULTS) -> tuple[CardBlock, ...]:
    """The cards of a deck or of a raw export, in order."""
    blocks = all_cards_of(note, text, cards=cards)
    return tuple([block for block in blocks if block.decks or block.kind in EXPORTS])


@once_a_note
def all_cards_of(note: Note, text: str, *, cards: CardSettings = PLUGIN_DEFAULTS) -> tuple[CardBlock, ...]:
    """The cards of a note, those without a deck among them, in order."""
    if may_be_export(text):
        from vaultkit.cards.collection import inspector

        return inspector(cards, compare=False)(note, text)
    from vaultkit.cards.reader.read import read_cards

    return read_cards("", note, text, cards, compare=False)


@once_a_note
def seen_by_plugin(note: Note, text: str, *, cards: CardSettings = PLUGIN_DEFAULTS) -> tuple[CardBlock, ...]:
    """The cards that the spaced-repetition plugin sees in a note."""
    from vaultkit.cards.reader.read import read_as_plugin

    return read_as_plugin("", note, text, cards)


def compared_cards(note: Note, text: str, *, cards: CardSettings = PLUGIN_DEFAULTS) -> tuple[CardBlock, ...]:
    """The cards of a deck, each with what the plugin makes of it."""
    from vaultkit.cards.reader.read import compared

    return compared(cards_of(note, text, cards=cards), seen_by_plugin(note, text, cards=cards))


@once_a_note
def broken_places(note: Note, text: str, *, cards: CardSettings = PLUGIN_DEFAULTS) -> tuple[Problem, ...]:
    """Return card syntax of a deck that makes no card, or truncates one."""
    blocks = all_cards_of(note, text, cards=cards)
    multi = [block.back for block in blocks if block.kind in MULTI]
    lone = _lone_mark(cards.multi, cards.multi_reversed)
    marks = len(lone.findall("\n" + text)) if lone is not None else 0
    from vaultkit.cards.checks.syntax import broken_separators, may_hold_slip

    if marks == len(multi) and all(multi) and not _may_hold_open_cloze(text) and not may_hold_slip(text):
        return ()  # each mark has made a whole card, which is nearly always so
    return tuple(broken_separators(note, text, blocks, cards))


def lone_marks(note: Note, text: str, marks: set[str]) -> Iterator[tuple[int, int, str]]:
    """Lines outside code and comments that hold one of ``marks`` and nothing else: (start, end, mark)."""
    from vaultkit.cards.reader.masked_lines import MaskedLines

    page = MaskedLines(note, text)
    for start, line, skip, fence in zip(page.starts, page.lines, page.skip, page.fence, strict=True):
        mark = line.strip()
        if mark in marks and not skip and not fence:
            begin = start + len(line) - len(line.lstrip())
            yield begin, begin + len(mark), mark


def _may_hold_open_cloze(text: str) -> bool:
    """Some line has an odd number of cloze marks, or some that code, a formula, a link or a comment may hide."""
    at = text.find("==") if "=" in text else -1
    while at >= 0:
        end = text.find("\n", at)
        line = text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]
        if line.count("==") % 2 or any(sign in line for sign in "`$[<>%"):
            return True
        at = text.find("==", end) if end >= 0 else -1
    return False


@once_a_note
def suspected(note: Note, text: str, *, cards: CardSettings = PLUGIN_DEFAULTS) -> set[ProblemKind]:
    """Return the kinds of problem that the cards of the note may have, after a quick check."""
    from vaultkit.cards.checks.problems import suspicions

    return suspicions(cards_of(note, text, cards=cards))


class _Check(Protocol):
    """The check of a note rule about cards."""

    def __call__(
        self, note: Note, text: str, options: Any, *, cards: CardSettings = PLUGIN_DEFAULTS
    ) -> Iterable[Violation]: ...


def where_suspected(kind: ProblemKind, *, unless: tuple[str, ...] = ()) -> Callable[[_Check], _Check]:
    """The check, asked only of notes in which a quick look suspects ``kind``: nearly all are done with one look.

    unless: options that make the check go by signs of the user's own; when one is set, every note is asked.
    """

    def wrapped(check: _Check) -> _Check:
        known: list[Any] = [None, False]  # the options of the last call, and whether they are wider

        @wraps(check)
        def asked(note: Note, text: str, options: Any, *, cards: CardSettings = PLUGIN_DEFAULTS) -> Iterable[Violation]:
            if kind in suspected(note, text, cards=cards):
                return check(note, text, options, cards=cards)
            if unless and options is not known[0]:
                plain = type(options)()
                known[:] = [options, any(getattr(options, name) != getattr(plain, name) for name in unless)]
            return check(note, text, options, cards=cards) if unless and known[1] else ()

        return asked

    return wrapped


@lru_cache(maxsize=4)
def _lone_mark(*separators: str) -> re.Pattern[str] | None:
    """Return the pattern of a line with only a multi-line card separator; None without such a separator."""
    marks = "|".join(re.escape(mark) for mark in sorted(separators, key=len, reverse=True) if mark)
    return re.compile(rf"\n[ \t>]*(?:{marks})[ \t]*\r?(?=\n|\Z)") if marks else None


def is_export(note: Note, text: str, cards: CardSettings) -> bool:
    """Return whether the note is a raw export from a site."""
    blocks = cards_of(note, text, cards=cards)
    return bool(blocks) and blocks[0].kind in EXPORTS


def is_quoted(text: str, start: int) -> bool:
    """Return whether the line is in a quote, where the plugin reads no multi-line cards."""
    return text[text.rfind("\n", 0, start) + 1 : start + 1].lstrip().startswith(">")


def question_of(block: CardBlock) -> str:
    """Return the question on one line, as the card's subject."""
    return " ".join(block.front[:2000].split())[:80]


def quoted(text: str) -> str:
    """Return the text on one line and in backticks, shortened."""
    words = " ".join(text[:2000].split())
    return code_span(f"{words[:57]}…" if len(words) > 60 else words)


def fault_of(problem: Problem, fix: Fix | None = None, severity: Severity | None = None) -> Violation:
    """Return the violation for a problem; its subject is the card's question."""
    about = question_of(problem.block) if problem.block is not None else problem.detail
    return Violation(problem.start, problem.end, problem.message, about, fix, (), severity)


def whole_line_fault(problem: Problem, text: str, severity: Severity | None = None) -> Violation:
    """As `fault_of`, but from the start of the question if question and answer are on one line."""
    block = problem.block
    if block is not None and "\n" not in text[block.front_start : problem.end]:
        end = max(problem.end, block.front_end)
        return Violation(block.front_start, end, problem.message, question_of(block), None, (), severity)
    return fault_of(problem, None, severity)


def added(block: CardBlock, patterns: tuple[str, ...], *, answer_only: bool = False) -> Iterator[tuple[int, int, str]]:
    """Where a user's own patterns match a card: (start, end, the words); only the first place of each pattern."""
    sides = [] if answer_only else [(block.front, block.front_start, block.front_end)]
    if block.kind != "cloze":
        sides.append((block.back, block.back_start, block.back_end))
    for pattern in patterns:
        for side, start, end in sides:
            match = expression(pattern).search(side)
            if match and match[0]:
                exact = end - start == len(side)
                yield (start + match.start(), start + match.end(), match[0]) if exact else (start, end, match[0])
                break
