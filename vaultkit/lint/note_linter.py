"""Run the rules that need one note only, in the process that reads the note."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec

from vaultkit.base.hashes import blake2b
from vaultkit.base.record import record
from vaultkit.lint.finding import Violation
from vaultkit.lint.plan import Plan
from vaultkit.lint.rule import Gather, NeedsText, Rule, find_rule
from vaultkit.lint.suppressions import Silencing, read_silencing
from vaultkit.note.model import Note
from vaultkit.vault.note_store import NoteQuery

# The rule about notes that are too large to be checked. It holds the limit.
SIZE_CODE = "VK003"

NoteViolations = tuple[tuple[str, Violation], ...]


@record
class Inspection:
    """The violations of one note, its suppressions, and (code, value) for gathering rules."""

    violations: NoteViolations
    silencing: Silencing | None
    gathered: tuple[tuple[str, Any], ...] = ()


Answers = Mapping[str, Inspection]

_NoteChecks = list[tuple[str, Callable[..., Iterable[Violation]], Any]]
_Gathers = list[tuple[str, Gather]]


def _by_need(plan: Plan) -> dict[str | NeedsText, tuple[_NoteChecks, _Gathers]]:
    """What to ask a note, by what it must have for that."""
    groups: dict[str | NeedsText, tuple[_NoteChecks, _Gathers]] = {}
    for rule, options in plan.rules:
        if rule.scope == "note":
            groups.setdefault(rule.needs, ([], []))[0].append(
                (rule.code, bind_card_settings(rule.check, plan), options)
            )
        elif rule.gather is not None:
            look = rule.needs if callable(rule.needs) else _always
            groups.setdefault(look, ([], []))[1].append((rule.code, bind_card_settings(rule.gather, plan)))
    return groups


def bind_card_settings(ask: Callable[..., Any], plan: Plan) -> Callable[..., Any]:
    """Bind the vault's card settings if the callable accepts a keyword ``cards``."""
    return partial(ask, cards=plan.cards) if is_about_cards(ask) else ask


def is_about_cards(ask: Callable[..., Any]) -> bool:
    """Whether a rule's function takes the card settings, as a keyword ``cards``."""
    return "cards" in (getattr(ask, "__kwdefaults__", None) or ())


def _always(note: Note, text: str) -> bool:
    return True


def note_linter(plan: Plan) -> Callable[[Note, str], Inspection | None]:
    """Return a function that runs the plan's note rules on one note; it returns None if there is no result."""
    groups = _by_need(plan)
    quick = [
        (bind_card_settings(look, plan), checks, gathers)
        for look, (checks, gathers) in groups.items()
        if callable(look)
    ]
    fields = [
        (attrgetter(need) if need else None, checks) for need, (checks, _) in groups.items() if isinstance(need, str)
    ]

    limit = next((options.max_size for rule, options in plan.rules if rule.code == SIZE_CODE), sys.maxsize)

    def inspect(note: Note, text: str) -> Inspection | None:
        if note.fault or len(text) > limit:
            return None
        found: list[tuple[str, Violation]] = []
        for needed, checks in fields:
            if needed is None or needed(note):
                for code, check, options in checks:  # no comprehension: most rules find nothing, thousands of times
                    for violation in check(note, text, options):
                        found.append((code, violation))
        gathered: list[tuple[str, Any]] = []
        for look, checks, gathers in quick:
            if look(note, text):
                for code, check, options in checks:
                    for violation in check(note, text, options):
                        found.append((code, violation))
                gathered += [(code, value) for code, gather in gathers if (value := gather(note, text)) is not None]
        silencing = None if plan.ignores_suppressions else read_silencing(note, text)
        if not (found or silencing or gathered):
            return None
        return Inspection(tuple(found), silencing, tuple(gathered))

    return inspect


def lint_query(plan: Plan) -> NoteQuery[Inspection]:
    """Return the note rules of a plan as a question to each note, whose answers can be stored."""
    rules = [
        (rule.code, repr(options))
        for rule, options in plan.rules
        if rule.scope == "note" or rule.gather is not None or rule.code == SIZE_CODE
    ]
    text = repr((rules, plan.ignores_suppressions, plan.cards))
    purpose = "lint " + blake2b(text.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
    return NoteQuery(purpose, note_linter(plan), _encode, _decode)


@record
class _StoredInspection:
    """An `Inspection` whose gathered values are decoded by the types of their rules."""

    violations: NoteViolations
    silencing: Silencing | None
    gathered: tuple[tuple[str, msgspec.Raw], ...] = ()


_encode = msgspec.msgpack.Encoder().encode
_stored = msgspec.msgpack.Decoder(_StoredInspection)


def _decode(data: bytes) -> Inspection:
    found = _stored.decode(data)
    gathered = tuple([(code, _gathered_decoder(find_rule(code)).decode(value)) for code, value in found.gathered])
    return Inspection(found.violations, found.silencing, gathered)


@cache
def _gathered_decoder(rule: Rule) -> msgspec.msgpack.Decoder[Any]:
    assert rule.gather is not None
    return msgspec.msgpack.Decoder(get_type_hints(rule.gather)["return"])
