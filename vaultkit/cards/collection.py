"""All cards of a vault: what to ask of each note while it is read, and sums over the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from vaultkit.base.record import changed, record
from vaultkit.cards.checks.problems import problems_of
from vaultkit.cards.checks.sides import empty_side, placeholder_answer
from vaultkit.cards.model import CardBlock, CardSettings, Dialect, Schedule
from vaultkit.cards.reader.exports_in_notes import export_cards
from vaultkit.cards.reader.read import read_cards
from vaultkit.cards.settings import holds_no_cards
from vaultkit.cards.text_keys import has_embed
from vaultkit.note.model import Note


@record
class Located:
    """A block with the note it stands in."""

    path: str
    block: CardBlock


def inspector(
    settings: CardSettings, dialect: Dialect = "vaultkit", *, compare: bool = True
) -> Callable[[Note, str], tuple[CardBlock, ...]]:
    """The question to ask of each note while its text is at hand."""

    def inspect(note: Note, text: str) -> tuple[CardBlock, ...]:
        if dialect == "vaultkit" and "vaultkit-import" not in note.properties:
            found = export_cards(text)
            if found and (not settings.formats or found[0].kind in settings.formats):
                if found[0].kind != "worksheet":
                    return found
                # A few stand-ins make no export of a note: one with a deck, or with other cards, is read as a note.
                blocks = read_cards("", note, text, settings, dialect, compare=compare)
                is_note = any(block.decks or block.kind != "worksheet" for block in blocks)
                return blocks if is_note else found
        return read_cards("", note, text, settings, dialect, compare=compare)

    return inspect


def counter(settings: CardSettings) -> Callable[[Note, str], tuple[int, int]]:
    """The question how many cards a note has, and how many of them lack a side or have only a stand-in for it."""
    cards_in = inspector(settings, compare=False)

    def count(note: Note, text: str) -> tuple[int, int]:
        blocks = cards_in(note, text)
        empty = [block for block in blocks if any(empty_side(block)) or any(placeholder_answer(block))]
        return sum(len(block.cards) for block in blocks), sum(len(block.cards) for block in empty)

    return count


def located(
    answers: Mapping[str, tuple[CardBlock, ...]],
    settings: CardSettings,
    *,
    deck: str = "",
    tag: str = "",
    paths: Iterable[str] = (),
) -> list[Located]:
    """The blocks of all notes in order of path, only those that were asked for.

    deck: a deck or one above it.  paths: notes or folders.
    """
    wanted = [path.strip("/") for path in paths]
    found = []
    for path in sorted(answers):
        if wanted and not any(path == name or path.startswith(name + "/") or name in ("", ".") for name in wanted):
            continue
        if holds_no_cards(path, settings):
            continue
        for block in answers[path]:
            if settings.folders_as_decks:
                block = changed(block, decks=(path.rpartition("/")[0],))
            if deck and not any(is_below(name, deck) for name in block.decks):
                continue
            if tag and not any(is_below(name, tag) for name in (*block.tags, *block.decks)):
                continue
            found.append(Located(path, block))
    return found


def is_below(name: str, wanted: str) -> bool:
    """Whether ``name`` is the deck or tag ``wanted`` or nested in it; a leading "#" or "flashcards/" may be left out.

    >>> is_below("flashcards/ml/rag", "ml")
    True
    """
    name, wanted = name.casefold(), wanted.casefold().lstrip("#").strip("/").replace("::", "/")
    return any(name == full or name.startswith(full + "/") for full in (wanted, f"flashcards/{wanted}"))


def as_json(entry: Located) -> dict[str, Any]:
    """One block as `cards list --format json` prints it."""
    block = entry.block
    decks = block.decks
    answer: dict[str, Any] = {
        "path": entry.path,
        "kind": block.kind,
        "deck": None if not decks else decks[0] if len(decks) == 1 else list(decks),
        "line": block.line,
        "end_line": block.end_line,
        "compat": block.compat,
        "cards": [
            {"front": card.front, "back": card.back} | ({"hint": card.hint} if card.hint else {})
            for card in block.cards
        ],
    }
    if block.why:
        answer["why"] = block.why
    for key in ("block_id", "placeholder", "extra", "hint"):
        if getattr(block, key):
            answer[key] = getattr(block, key)
    if block.schedules:
        answer["schedule"] = [schedule_json(entry) for entry in block.schedules]
    if block.tags:
        answer["tags"] = list(block.tags)
    if block.context:
        answer["context"] = list(block.context)
    problems = problems_of(block)
    if problems:
        answer["problems"] = list(dict.fromkeys(problem.kind for problem in problems))
    return answer


def schedule_json(entry: Schedule) -> dict[str, Any]:
    """One schedule entry; only what it says."""
    values = {"due": entry.due, "interval": entry.interval, "ease": entry.ease, "algorithm": entry.algorithm}
    if entry.algorithm == "fsrs":
        values |= {"stability": entry.stability, "difficulty": entry.difficulty, "state": entry.state}
    return {key: value for key, value in values.items() if value is not None}


@record
class CardRow:
    """Sums over blocks of one kind, deck, note or tag.

    new, learning, due, overdue: study cards; learning as FSRS says, of the other algorithm nobody knows.
    words:  of an answer, in the mean over those that have one.
    media:  questions with a picture or another embed on a side.
    """

    name: str
    questions: int
    cards: int
    new: int
    learning: int
    due: int
    overdue: int
    unanswered: int
    faults: int
    oldest_due: str
    words: int
    media: int


_LEARNING = (1, 3)  # FSRS states: learning, and learning again


def statistics(entries: Iterable[Located], by: str, today: date) -> list[CardRow]:
    """One row for each deck (with the decks above it), note, tag or kind, then all together; nothing counts twice."""
    groups: dict[str, list[Located]] = {}
    everything: list[Located] = []
    for entry in entries:
        everything.append(entry)
        for name in dict.fromkeys(_names(entry, by)):
            groups.setdefault(name, []).append(entry)
    rows = [_row(name, groups[name], today) for name in sorted(groups)]
    return [*rows, _row("all", everything, today)]


def _names(entry: Located, by: str) -> list[str]:
    if by == "note":
        return [entry.path]
    if by == "kind":
        return [entry.block.kind]
    if by == "tag":
        return list(entry.block.tags) or ["(no tag)"]
    names = []
    for deck in entry.block.decks:
        parts = deck.split("/")
        names += ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return names or ["(no deck)"]


def _row(name: str, entries: list[Located], today: date) -> CardRow:
    counts: Counter[str] = Counter()
    oldest = ""
    for entry in entries:
        block = entry.block
        counts["questions"] += 1
        counts["cards"] += len(block.cards)
        kinds = {problem.kind for problem in problems_of(block)}
        counts["faults"] += bool(kinds - {"unfilled-blank", "empty-item", "maybe-placeholder"})
        counts["unanswered"] += bool(kinds & {"empty-answer", "placeholder-answer"})
        counts["media"] += has_embed(block.front) or has_embed(block.back)
        if block.back and block.kind != "cloze":
            counts["answers"] += 1
            counts["words"] += len(block.back.split())
        for index in range(len(block.cards)):
            schedule = block.schedules[index] if index < len(block.schedules) else None
            if schedule is None or schedule.is_new or not schedule.due:
                counts["new"] += 1
                continue
            counts["learning"] += schedule.algorithm == "fsrs" and schedule.state in _LEARNING
            due = date.fromisoformat(schedule.due)
            counts["due"] += due == today
            counts["overdue"] += due < today
            if due <= today and (not oldest or schedule.due < oldest):
                oldest = schedule.due
    return CardRow(
        name, counts["questions"], counts["cards"], counts["new"], counts["learning"], counts["due"], counts["overdue"],
        counts["unanswered"], counts["faults"], oldest, round(counts["words"] / max(counts["answers"], 1)), counts["media"],
    )  # fmt: skip


@record
class Reviews:
    """Notes that the plugin has whole notes reviewed of (``sr-due`` in their properties): all, due today, overdue."""

    notes: int
    due: int
    overdue: int


def note_reviews(notes: Iterable[Note], today: date) -> Reviews:
    """The reviews of whole notes; a date that is none counts for nothing."""
    days = []
    for note in notes:
        value = note.properties.get("sr-due")
        try:
            days.append(date.fromisoformat(str(value)[:10]))
        except ValueError:
            continue
    return Reviews(len(days), sum(day == today for day in days), sum(day < today for day in days))


@record
class Due:
    """A study card that is due. retrievability: FSRS only, 0 to 1; None otherwise."""

    path: str
    line: int
    decks: tuple[str, ...]
    front: str
    due: str
    interval: float | None
    algorithm: str
    retrievability: float | None


def due_cards(
    entries: Iterable[Located], until: date, retrievability: Callable[[Schedule], float | None] = lambda _: None
) -> list[Due]:
    """The study cards due on or before ``until``, the longest due first; new cards are not due."""
    found = []
    for entry in entries:
        block = entry.block
        for card, schedule in zip(block.cards, block.schedules, strict=False):
            if schedule.due and not schedule.is_new and date.fromisoformat(schedule.due) <= until:
                found.append(
                    Due(
                        entry.path,
                        block.line,
                        block.decks,
                        card.front,
                        schedule.due,
                        schedule.interval,
                        schedule.algorithm,
                        retrievability(schedule) if schedule.algorithm == "fsrs" else None,
                    )
                )
    return sorted(found, key=lambda item: (item.due, item.path, item.line))
