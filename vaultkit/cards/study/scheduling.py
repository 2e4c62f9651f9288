"""When a card is asked next: the two algorithms of the spaced-repetition plugin, and its way to write them down.

Source: the plugin's `osrSchedule`, `SrsAlgorithmOsr`, `SrsAlgorithmFsrs` and `DueDateHistogram`, version 1.15.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from vaultkit.base.extras import import_extra
from vaultkit.base.record import record
from vaultkit.cards.model import Schedule
from vaultkit.cards.reader.schedule import NEW_CARD_DATE

Algorithm = Literal["sm2", "fsrs"]
Grade = Literal["again", "hard", "good", "easy"]


@record
class ReviewSettings:
    """The plugin's settings for reviews, with its defaults.

    on_same_line: the comment follows the text on its line.  in_callout: it stands in a callout of its own.
    """

    algorithm: Algorithm = "sm2"
    base_ease: int = 250
    lapses_change: float = 0.5
    easy_bonus: float = 1.3
    load_balance: bool = True
    maximum_interval: int = 36525
    retention: float = 0.9
    on_same_line: bool = False
    in_callout: bool = False


def review_settings(values: Mapping[str, Any]) -> ReviewSettings:
    """Settings by the plugin's own names; what is absent or of another type keeps its default."""
    default = ReviewSettings()

    def number(key: str, fallback: float) -> float:
        value = values.get(key)
        return value if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else fallback

    return ReviewSettings(
        algorithm="fsrs" if str(values.get("algorithm", "")).upper().startswith("FSRS") else "sm2",
        base_ease=round(number("baseEase", default.base_ease)),
        lapses_change=number("lapsesIntervalChange", default.lapses_change),
        easy_bonus=number("easyBonus", default.easy_bonus),
        load_balance=values.get("loadBalance", True) is True,
        maximum_interval=round(number("maximumInterval", default.maximum_interval)),
        retention=min(number("fsrsDesiredRetention", default.retention), 0.999),
        on_same_line=values.get("cardCommentOnSameLine") is True,
        in_callout=values.get("useCalloutsForSchedulingComments") is True,
    )


def is_scheduled(entry: Schedule | None) -> bool:
    """Whether a card was reviewed before; a new one among siblings has an entry, too."""
    return entry is not None and bool(entry.due) and not entry.is_new


def due_days(schedules: Iterable[Schedule], today: date) -> Counter[int]:
    """Days from today -> number of cards that are due then, by which new dates are spread."""
    return Counter((date.fromisoformat(entry.due) - today).days for entry in schedules if is_scheduled(entry))


def first_ease(schedules: Iterable[Schedule], settings: ReviewSettings) -> int:
    """The ease of a card that is new in a note: between the plugin's own and what the note's cards have."""
    eases = [entry.ease for entry in schedules if is_scheduled(entry) and entry.ease is not None]
    if not eases:
        return settings.base_ease
    share = min(1.0, math.log(len(eases) + 0.5) / math.log(64))
    return _rounded(sum(eases) / len(eases) * share + settings.base_ease * (1 - share))


def next_entry(
    entry: Schedule | None, grade: Grade, now: datetime, settings: ReviewSettings, *, ease: int, due: Mapping[int, int]
) -> str:
    """The new entry for a card, without its "!".

    now:  with a time zone; its day is today.
    ease: of a card that is new.
    due:  how many cards are due in so many days.

    Raises:
        VaultkitError: FSRS is asked for and not installed.
    """
    if settings.algorithm == "fsrs":
        return _next_fsrs(entry, grade, now, settings)
    return _next_sm2(entry, grade, now.date(), settings, ease, due)


def new_entry(settings: ReviewSettings) -> str:
    """The entry of a card that was never reviewed beside siblings that were."""
    return f"{NEW_CARD_DATE},1,{settings.base_ease}"


def _next_sm2(
    entry: Schedule | None, grade: Grade, today: date, settings: ReviewSettings, ease: int, due: Mapping[int, int]
) -> str:
    if grade == "again":
        return f"{today.isoformat()},1,{settings.base_ease}"
    interval, late = 1.0, 0
    if entry is not None and is_scheduled(entry):
        interval = float(entry.interval or 1)
        late = max(0, (today - date.fromisoformat(entry.due)).days)
        ease = entry.ease if entry.ease is not None else _ease_of(entry.difficulty)
    if grade == "easy":
        ease += 20
        interval = (interval + late) * ease / 100 * settings.easy_bonus
    elif grade == "good":
        interval = (interval + late / 2) * ease / 100
    else:
        ease = max(130, ease - 20)
        interval = max(1, (interval + late / 4) * settings.lapses_change)
    if settings.load_balance:
        interval = _least_used(_rounded(interval), due)
    days = _rounded(_rounded(min(interval, settings.maximum_interval) * 10) / 10)
    return f"{(today + timedelta(days=days)).isoformat()},{days},{ease}"


def _least_used(interval: int, due: Mapping[int, int]) -> int:
    """A day near the interval on which few cards are due."""
    if interval <= 7 or not due.get(interval):
        return interval
    fuzz = 1 if interval <= 21 else min(3, int(interval * 0.05)) if interval <= 180 else min(7, int(interval * 0.025))
    best = interval
    for step in range(1, fuzz + 1):
        for day in (interval - step, interval + step):
            if not due.get(day):
                return day
            if due[day] < due[best]:
                best = day
    return best


def _rounded(value: float) -> int:
    """Half up, as JavaScript rounds."""
    return math.floor(value + 0.5)


def _next_fsrs(entry: Schedule | None, grade: Grade, now: datetime, settings: ReviewSettings) -> str:
    fsrs: Any = import_extra("fsrs", "scheduling with FSRS")
    Card, Rating, Scheduler, State = fsrs.Card, fsrs.Rating, fsrs.Scheduler, fsrs.State  # noqa: N806
    now = now.astimezone(UTC)
    reps, lapses, step = (0, 0, 0) if entry is None else _counts(entry)
    card = Card(due=now)
    state = 0
    if entry is not None and is_scheduled(entry):
        state = entry.state if entry.algorithm == "fsrs" and entry.state in (1, 2, 3) else 2
        last = _moment(entry.last_review) or _noon(entry.due) - timedelta(days=max(1, round(entry.interval or 1)))
        if entry.algorithm != "fsrs":
            reps = max(1, _rounded(math.log2(max(1, entry.interval or 1) + 1)))
        stability = entry.stability if entry.algorithm == "fsrs" else max(0.1, float(entry.interval or 1))
        difficulty = entry.difficulty if entry.algorithm == "fsrs" else _difficulty_of(entry.ease)
        card = Card(
            state=State(state), step=None if state == 2 else step, stability=stability, difficulty=difficulty,
            due=_moment(entry.raw.split(",")[1]) if entry.algorithm == "fsrs" else _noon(entry.due), last_review=last,
        )  # fmt: skip
    scheduler = Scheduler(
        desired_retention=settings.retention, maximum_interval=settings.maximum_interval, enable_fuzzing=False
    )
    rating = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy}[grade]
    card, _ = scheduler.review_card(card, rating, now)
    lapses += state == 2 and grade == "again"
    days = (card.due - now).days if int(card.state) == 2 else 0
    return (
        f"fsrs,{_stamp(card.due)},{days},{_decimal(card.stability)},{_decimal(card.difficulty)},{int(card.state)},"
        f"{reps + 1},{lapses},{card.step or 0},{_stamp(now)}"
    )


def _counts(entry: Schedule) -> tuple[int, int, int]:
    """Reviews, lapses and learning step of an entry; 0 for what it does not have."""
    fields = [*entry.raw.split(","), *[""] * 10][6:9] if entry.algorithm == "fsrs" else ["", "", ""]
    reps, lapses, step = (int(field) if field.strip().isdecimal() else 0 for field in fields)
    return reps, lapses, step


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _noon(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)


def _stamp(moment: datetime) -> str:
    """A time as JavaScript's `toISOString` writes it."""
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def _decimal(value: float | None) -> str:
    return f"{value or 0:.8f}".rstrip("0").rstrip(".")


def _difficulty_of(ease: int | None) -> float:
    """The plugin's own way from an ease to a difficulty."""
    if ease is None:
        return 5.5
    return min(10.0, max(1.0, 10 - (min(370, max(130, ease)) - 130) / 240 * 9))


def _ease_of(difficulty: float | None) -> int:
    return _rounded(130 + (10 - min(10.0, max(1.0, difficulty or 5.5))) / 9 * 240)
