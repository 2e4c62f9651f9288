"""A quiz in the terminal as a dialogue of plain text: what to ask next, how an answer is graded, what to log."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from vaultkit.base.record import record
from vaultkit.cards.checks.problems import problems_of, status_of
from vaultkit.cards.collection import Located
from vaultkit.cards.exporters.rows import guid_of
from vaultkit.cards.model import Card, CardBlock
from vaultkit.cards.render.plain import card_text
from vaultkit.cards.study.scheduling import Grade, is_scheduled
from vaultkit.cards.text_keys import normal

# What could steer a terminal: all control characters but tab and line end.
_CONTROLS = {code: 0xFFFD for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}
GRADES: dict[str, Grade] = {"1": "again", "2": "hard", "3": "good", "4": "easy"}
NEAR = 90.0


@record
class Question:
    """One study card of the quiz. sibling: which of the block's cards, from 0."""

    id: str
    card: Card
    decks: tuple[str, ...]
    path: str
    line: int
    block: CardBlock
    sibling: int


@record
class Result:
    """How one question went. typed: what was typed, "" when nothing was."""

    id: str
    front: str
    grade: Grade
    typed: str = ""
    score: float = 0.0


def questions(
    entries: Iterable[Located],
    *,
    seed: int | None,
    count: int = 0,
    skips_faulty: bool = False,
    done: Iterable[str] = (),
    due_until: date | None = None,
) -> list[Question]:
    """The study cards to ask, in their order or shuffled by ``seed``; cards without an answer cannot be asked.

    count:     at most so many, 0 for all.
    done:      ids that were answered already.
    due_until: only cards that are due on this day or before, the longest due first, and then new ones.
    """
    answered = set(done)
    found = []
    for entry in entries:
        status = status_of(problems_of(entry.block))
        if status in ("empty", "placeholder") or (skips_faulty and status not in ("ok", "fill-in")):
            continue
        for number, card in enumerate(entry.block.cards):
            if card.front and card.back:
                block = entry.block
                found.append(Question(guid_of(entry, number), card, block.decks, entry.path, block.line, block, number))
    if due_until is not None:
        found = _due_first(found, due_until)
    if seed is not None:
        random.Random(seed).shuffle(found)
    found = [question for question in found if question.id not in answered]
    return found[:count] if count else found


def _due_first(found: Iterable[Question], until: date) -> list[Question]:
    due, new = [], []
    for question in found:
        schedules = question.block.schedules
        entry = schedules[question.sibling] if question.sibling < len(schedules) else None
        if entry is None or not is_scheduled(entry):
            new.append(question)
        elif date.fromisoformat(entry.due) <= until:
            due.append((entry.due, question))
    return [question for _, question in sorted(due, key=lambda pair: pair[0])] + new


def typed_score(typed: str, answer: str) -> float:
    """How near a typed answer is, 0 to 100; 100 when only case, marks and punctuation differ."""
    one, other = normal(typed), normal(card_text(answer))
    if one and one == other:
        return 100.0
    if not one or not other:
        return 0.0
    from rapidfuzz import fuzz

    return min(99.0, float(fuzz.ratio(one, other)))


def run(
    asked: Sequence[Question], read: Callable[[str], str | None], write: Callable[[str], None], *, types: bool = False
) -> Iterator[tuple[Question, Result]]:
    """Ask each question; ``read`` takes a prompt and answers a line, None at the end of the input; "q" leaves."""
    for number, question in enumerate(asked, start=1):
        deck = ", ".join(question.decks)
        write(f"\n[{number}/{len(asked)}]{' ' + deck if deck else ''}  {question.path}:{question.line}")
        write(card_text(question.card.front).translate(_CONTROLS))
        if question.card.hint:
            write(f"(hint: {question.card.hint.translate(_CONTROLS)})")
        typed, score = "", 0.0
        line = read("your answer, q leaves: " if types else "Enter shows the answer, q leaves: ")
        answer = question.card.asked or question.card.back
        if line is None or (_leaves(line) and not (types and normal(answer) == "q")):
            return
        if types:
            typed = line.strip()
            score = max(typed_score(typed, answer), typed_score(typed, question.card.back))
        back = card_text(question.card.back).translate(_CONTROLS)
        write(f"---\n{back}" if "\n" in back else f"--- {back}")
        if types:
            write(
                "right"
                if score == 100.0
                else f"almost ({score:.0f} of 100)"
                if score >= NEAR
                else "not what the card says"
            )
            grade: Grade = "good" if score >= NEAR else "again"
        else:
            while True:
                line = read("1 again, 2 hard, 3 good, 4 easy, q leaves: ")
                if line is None or _leaves(line):
                    return
                if line.strip() in GRADES:
                    break
            grade = GRADES[line.strip()]
        yield question, Result(question.id, question.card.front, grade, typed, score)


def _leaves(line: str) -> bool:
    return line.strip().lower() == "q"


def sessions_of(log: str | None) -> list[Any]:
    """The sessions of a log, the last one last; none when there is no log yet.

    Raises:
        ValueError: the text is no log.
    """
    value = json.loads(log) if log and log.strip() else {"sessions": []}
    if not isinstance(value, dict) or not isinstance(value.get("sessions"), list):
        raise ValueError("no list of sessions")
    return list(value["sessions"])


def log_text(results: Sequence[Result], *, before: Sequence[Any], at: str, seed: int | None) -> str:
    """The JSON log with this session added to those before."""
    sessions = list(before)
    sessions.append(
        {
            "at": at,
            "seed": seed,
            "results": [
                {"id": r.id, "front": r.front, "grade": r.grade}
                | ({"typed": r.typed, "score": round(r.score, 1)} if r.typed else {})
                for r in results
            ],
        }
    )
    return json.dumps({"version": 1, "sessions": sessions}, ensure_ascii=False, indent=1) + "\n"


def answered_last(sessions: Sequence[Any]) -> list[str]:
    """Ids answered in the last session."""
    try:
        return [result["id"] for result in sessions[-1]["results"] if isinstance(result["id"], str)]
    except (KeyError, IndexError, TypeError):
        return []
