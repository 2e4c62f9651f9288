"""How likely a card with an FSRS schedule is still known, asked of py-fsrs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.util import find_spec

from vaultkit.cards.model import Schedule


def is_available() -> bool:
    """Whether py-fsrs is installed."""
    return find_spec("fsrs") is not None


def retrievability(schedule: Schedule, day: date) -> float | None:
    """0 to 1 at noon of ``day``; None for a new card (the plugin's state 0) or a broken entry."""
    from fsrs import Card, Scheduler, State

    if schedule.state not in (1, 2, 3) or not schedule.stability or not schedule.last_review:
        return None
    try:
        reviewed = datetime.fromisoformat(schedule.last_review.replace("Z", "+00:00"))
    except ValueError:
        return None
    if reviewed.tzinfo is None:
        reviewed = reviewed.replace(tzinfo=UTC)
    card = Card(
        state=State(schedule.state),
        stability=schedule.stability,
        difficulty=schedule.difficulty,
        due=datetime.fromisoformat(schedule.due).replace(tzinfo=UTC),
        last_review=reviewed,
    )
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return float(Scheduler().get_card_retrievability(card, noon))
