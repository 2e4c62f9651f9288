"""Rules: how one is declared, and which there are.

A rule is a module of ``lint/rules/<group>/`` whose file name is the rule's name. It holds ``CODE``,
``SEVERITY``, a docstring that is the rule's page, the vaults ``BAD`` and ``GOOD``, and one function
under `note_rule`, `vault_rule` or `gathering_rule`. ``PRESETS`` (for a rule that is off by default),
``Options``, ``NEEDS``, ``DEPENDS``, ``REWORDS``, ``QUOTES``, ``WHOLE`` and ``COMPARES_ALL`` (see `Rule`) are optional.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Literal

from vaultkit.base.errors import ConfigError
from vaultkit.base.record import record
from vaultkit.lint import rules
from vaultkit.lint.finding import Severity, Violation
from vaultkit.note.model import Note
from vaultkit.vault.snapshot import Snapshot

Scope = Literal["note", "vault", "run"]
NoteCheck = Callable[[Note, str, Any], Iterable[Violation]]
VaultCheck = Callable[[Snapshot, Any], Iterable[tuple[str, Violation]]]
Gather = Callable[[Note, str], Any]
GatheredCheck = Callable[[Snapshot, Any, Mapping[str, Any]], Iterable[tuple[str, Violation]]]
NeedsText = Callable[[Note, str], bool]
RunCheck = Callable[[Any, Any], Iterable[tuple[str, Violation]]]


@record
class NoOptions:
    """The options of a rule that has none."""


@record
class Rule:
    """One rule.

    presets: those that switch it on; the preset "strict" has all rules.
    needs:   field of `Note` without which the rule has nothing to ask a note, or a quick look that tells;
             "" when it looks at every note. Rules that share a quick look pay for it once.
    gather:  what a rule of the whole vault asks each note while its text is at hand; None is not kept.
    compares_all: what it says of a note can change with any other note, linked or not.
    depends: aspects of other notes (`vaultkit.vault.aspects`) that can change what it says of a note.
    rewords: those of them that change what it says of a fault, not whether there is one.
    quotes:  what it says of a note quotes positions or text of other notes, so it looks again after every edit.
    is_whole: it looks at the vault as a whole, so it is run again for all notes or not at all.
    """

    code: str
    name: str
    severity: Severity
    presets: tuple[str, ...]
    scope: Scope
    check: Callable[..., Any]
    options: type[Any]
    module: str
    needs: str | NeedsText = ""
    gather: Gather | None = None
    compares_all: bool = False
    depends: frozenset[str] = frozenset()
    rewords: frozenset[str] = frozenset()
    quotes: bool = False
    is_whole: bool = False


_RULES: dict[str, Rule] = {}
_BY_DEFAULT = ("default", "learning", "publish")


def note_rule(check: NoteCheck) -> NoteCheck:
    """Declare a rule that needs one note and its text; its findings are cached with the note."""
    _declare(check, "note")
    return check


def vault_rule(check: VaultCheck) -> VaultCheck:
    """Declare a rule that needs the whole vault; it yields (path, violation)."""
    _declare(check, "vault")
    return check


def gathering_rule(gather: Gather) -> Callable[[GatheredCheck], GatheredCheck]:
    """Declare a rule of the whole vault that needs texts: it gets the result of ``gather`` for each note, by path."""

    def declare(check: GatheredCheck) -> GatheredCheck:
        _declare(check, "vault", gather)
        return check

    return declare


def run_rule(check: RunCheck) -> RunCheck:
    """Declare a rule about the run itself: it gets the unused suppression comments and yields (path, violation)."""
    _declare(check, "run")
    return check


def _declare(check: Callable[..., Any], scope: Scope, gather: Gather | None = None) -> None:
    module: ModuleType = sys.modules[check.__module__]
    name = check.__module__.rpartition(".")[2].replace("_", "-")
    _RULES[module.CODE] = Rule(
        code=module.CODE,
        name=name,
        severity=module.SEVERITY,
        presets=getattr(module, "PRESETS", _BY_DEFAULT),
        scope=scope,
        check=check,
        options=getattr(module, "Options", NoOptions),
        module=check.__module__,
        needs=getattr(module, "NEEDS", ""),
        gather=gather,
        compares_all=getattr(module, "COMPARES_ALL", False),
        depends=frozenset(getattr(module, "DEPENDS", ())),
        rewords=frozenset(getattr(module, "REWORDS", ())),
        quotes=getattr(module, "QUOTES", False),
        is_whole=getattr(module, "WHOLE", False),
    )


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return all rules, sorted by code."""
    for module in _modules():
        import_module(module)
    return tuple(_RULES[code] for code in sorted(_RULES))


def _modules() -> Iterator[str]:
    """Names of all rule modules, found by file name (pkgutil is as good and five times as slow)."""
    for folder in rules.__path__:
        for group in sorted(os.listdir(folder)):
            path = os.path.join(folder, group)
            if os.path.isdir(path) and not group.startswith("_"):
                for file in sorted(os.listdir(path)):
                    if file.endswith(".py") and not file.startswith("_"):
                        yield f"{rules.__name__}.{group}.{file[:-3]}"


def find_rule(word: str) -> Rule:
    """Return the rule with this code or name.

    Raises:
        ConfigError: there is none; the message names a similar one.
    """
    for rule in all_rules():
        if word.upper() == rule.code or word.lower() == rule.name:
            return rule
    raise ConfigError(f"unknown rule `{word}`{near_rule(word)}")


def named_rules(words: Iterable[str], where: str) -> frozenset[str]:
    """Return the codes of the rules for codes, prefixes, names or ``ALL``. where: for the error message.

    Raises:
        ConfigError: a rule is unknown; the message names a similar one.
    """
    found: set[str] = set()
    for word in words:
        codes = codes_of(word)
        if not codes:
            raise ConfigError(f"{where}: unknown rule `{word}`{near_rule(word.strip())}")
        found |= codes
    return frozenset(found)


def codes_of(word: str) -> frozenset[str]:
    """Return the codes of the rules for a code, prefix, name or ``ALL``; empty if there are none."""
    wanted = word.strip()
    if wanted.upper() == "ALL":
        return frozenset(rule.code for rule in all_rules())
    return frozenset(
        rule.code
        for rule in all_rules()
        if wanted and (rule.code.startswith(wanted.upper()) or rule.name == wanted.lower())
    )


def near_rule(word: str) -> str:
    """Return the end of an "unknown rule" message: a similar rule, or how to list them."""
    from difflib import get_close_matches

    codes = [rule.code for rule in all_rules()]
    names = [rule.name for rule in all_rules()]
    near = get_close_matches(word.lower(), names, n=1) or get_close_matches(word.upper(), codes, n=1, cutoff=0.7)
    return f"; did you mean `{near[0]}`?" if near else "; run `vaultkit rule` for a list"
