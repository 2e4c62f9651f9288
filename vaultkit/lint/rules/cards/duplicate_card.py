"""Two flashcards ask the same question.

Why:     it is reviewed twice as often as it deserves, and a correction reaches one of the two.
Fix:     drops the later card when it has the same answer or none, and no schedule, block id or deck tag of its
         own. Unsafe: the twin may be meant, in another deck.
Options: scope: "vault", or "deck" to compare cards of one deck only.
         similarity: below 1, also questions this much alike (0.85 is the least), with no word left over but
         typing errors, and questions that are one part of another.
Source:  st3v3nmw/obsidian-spaced-repetition, issues 557 and 993.

Questions are the same once case, punctuation, tags, links and spaces are folded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import PLUGIN_DEFAULTS, may_have_cards, quoted
from vaultkit.lint.facts.equal_cards import Asked, CardLocation, pairs, questions_of, where
from vaultkit.lint.finding import Fix, RelatedPlace, Violation
from vaultkit.lint.rule import gathering_rule
from vaultkit.vault.aspects import GATHERED
from vaultkit.vault.snapshot import Snapshot

CODE = "FC004"
SEVERITY = "warning"
WHOLE = True
DEPENDS = (GATHERED,)
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nWhat is RAG?::Retrieval first\n\nwhat is **RAG**::Retrieval first\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is RAG?::Retrieval first\n\nWhat is DPO?::A loss on pairs\n"}


@record
class Options:
    """scope: "vault" or "deck"; similarity: 0.85 to 1."""

    scope: str = "vault"
    similarity: float = 1.0


@gathering_rule(questions_of)
def check(
    vault: Snapshot,
    options: Options,
    gathered: Mapping[str, tuple[Asked, ...]],
    *,
    cards: CardSettings = PLUGIN_DEFAULTS,
) -> Iterator[tuple[str, Violation]]:
    """The later card of each pair."""
    for twins, first, second in pairs(vault, gathered, options.scope, near=options.similarity < 1, cards=cards):
        if twins.kind == "conflicting-answers" or twins.score < options.similarity * 100:
            continue
        place = where(vault, first, second)
        question = quoted(second.asked.question)
        message = {
            "duplicate": f"{question} is asked already {place}",
            "near-duplicate": f"{question} is almost what is asked {place}",
        }.get(twins.kind, f"{question} overlaps with the question {place}")
        fix = _fix(first, second) if twins.kind == "duplicate" else None
        related = (RelatedPlace(first.path, first.asked.start, "the other card"),)
        about = " ".join(second.asked.question.split())[:80]
        yield second.path, Violation(second.asked.start, second.asked.end, message, about, fix, related)


def _fix(first: CardLocation, second: CardLocation) -> Fix | None:
    """Dropping the later card when nothing is lost with it; two answers that differ are no duplicate."""
    if second.asked.lines is None or (second.asked.answer and not first.asked.answer):
        return None
    return Fix("drop this card", (Edit(*second.asked.lines, ""),), is_safe=False)
