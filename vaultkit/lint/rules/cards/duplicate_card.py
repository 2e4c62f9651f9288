"""Two flashcards with the same question.

Why:     the question is reviewed twice as often, and a correction changes only one of the cards.
Fix:     removes the later card if it has the same answer or none, and no schedule, block id or deck tag. Unsafe: the
         duplicate may be intended, in another deck.
Options: scope: "vault", or "deck" to compare cards of one deck only.
         similarity: below 1 (at least 0.85), also report similar questions that differ by typing errors only, and
         questions that are part of another question.
Source:  st3v3nmw/obsidian-spaced-repetition, issues 557 and 993.

Case, punctuation, tags, links and spaces are ignored when questions are compared.
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
    """Report the later card of each pair."""
    for twins, first, second in pairs(vault, gathered, options.scope, near=options.similarity < 1, cards=cards):
        if twins.kind == "conflicting-answers" or twins.score < options.similarity * 100:
            continue
        place = where(vault, first, second)
        question = quoted(second.asked.question)
        message = {
            "duplicate": f"duplicate card: {question} is also {place}",
            "near-duplicate": f"similar card: {question} is almost the same as the question {place}",
        }.get(twins.kind, f"similar card: {question} overlaps with the question {place}")
        fix = _fix(first, second) if twins.kind == "duplicate" else None
        related = (RelatedPlace(first.path, first.asked.start, "the other card"),)
        about = " ".join(second.asked.question.split())[:80]
        yield second.path, Violation(second.asked.start, second.asked.end, message, about, fix, related)


def _fix(first: CardLocation, second: CardLocation) -> Fix | None:
    """Remove the later card if nothing is lost with it."""
    if second.asked.lines is None or (second.asked.answer and not first.asked.answer):
        return None
    return Fix("remove this card", (Edit(*second.asked.lines, ""),), is_safe=False)
