"""Two flashcards with the same question and different answers.

Why:     one of the two is wrong or incomplete, and reviews of one contradict the other.
Fix:     none: only the author knows which answer is right.
Options: scope: "vault", or "deck" to compare cards of one deck only.
Source:  two real decks of one author.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vaultkit.base.record import record
from vaultkit.cards.model import CardSettings
from vaultkit.lint.facts.cards import PLUGIN_DEFAULTS, may_have_cards, quoted
from vaultkit.lint.facts.equal_cards import Asked, pairs, questions_of, where
from vaultkit.lint.finding import RelatedPlace, Violation
from vaultkit.lint.rule import gathering_rule
from vaultkit.vault.aspects import GATHERED
from vaultkit.vault.snapshot import Snapshot

CODE = "FC005"
SEVERITY = "warning"
WHOLE = True
DEPENDS = (GATHERED,)
NEEDS = may_have_cards
BAD = {"deck.md": "#flashcards\n\nWhat is RAG?::Retrieval first\n\nwhat is RAG::A kind of fine-tuning\n"}
GOOD = {"deck.md": "#flashcards\n\nWhat is RAG?::Retrieval first\n\nWhat is DPO?::A loss on pairs\n"}


@record
class Options:
    """scope: "vault" or "deck"."""

    scope: str = "vault"


@gathering_rule(questions_of)
def check(
    vault: Snapshot,
    options: Options,
    gathered: Mapping[str, tuple[Asked, ...]],
    *,
    cards: CardSettings = PLUGIN_DEFAULTS,
) -> Iterator[tuple[str, Violation]]:
    """Report the later card of each pair."""
    for twins, first, second in pairs(vault, gathered, options.scope, cards=cards):
        if twins.kind == "conflicting-answers":
            message = f"conflicting answers: {quoted(second.asked.question)} has a different answer {where(vault, first, second)}"
            related = (RelatedPlace(first.path, first.asked.start, "the other answer"),)
            about = " ".join(second.asked.question.split())[:80]
            yield second.path, Violation(second.asked.start, second.asked.end, message, about, None, related)
