"""Which rules run and how: the configuration and the command line as one value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vaultkit.base.errors import ConfigError
from vaultkit.base.record import changed, field_names, record
from vaultkit.cards.model import CardSettings
from vaultkit.config import Config
from vaultkit.lint.finding import Severity
from vaultkit.lint.rule import Rule, all_rules, named_rules


@record
class Plan:
    """Which rules run and how.

    rules:    (rule, its options), by code.
    severity: code -> severity.
    notices:  messages about unknown options.
    cards:    the flashcard syntax of the vault.
    """

    rules: tuple[tuple[Rule, Any], ...]
    severity: tuple[tuple[str, Severity], ...]
    per_file_ignores: tuple[tuple[str, frozenset[str]], ...]
    index_only: tuple[str, ...]
    ignores_suppressions: bool = False
    notices: tuple[str, ...] = ()
    cards: CardSettings = CardSettings()


def plan_of(
    config: Config,
    *,
    select: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    ignores_suppressions: bool = False,
    cards: CardSettings | None = None,
) -> Plan:
    """Return the plan for a configuration and the command line, which takes precedence.

    cards: the flashcard syntax of the vault; None for the spaced-repetition plugin's defaults.

    Raises:
        ConfigError: a rule is unknown, or the value of an option is invalid.
    """
    where = config.source or "command line"
    chosen = named_rules(select, "--select") or named_rules(config.select, f"{where}: lint.select")
    if not chosen:
        chosen = frozenset(
            rule.code for rule in all_rules() if config.preset == "strict" or config.preset in rule.presets
        )
    chosen |= named_rules(config.extend_select, f"{where}: lint.extend-select")
    if not select:
        chosen -= named_rules(config.ignore, f"{where}: lint.ignore")
    chosen |= named_rules(extend_select, "--extend-select")
    chosen -= named_rules(ignore, "--ignore")
    severity: dict[str, Severity] = {}
    for word, level in config.severity:
        for code in named_rules([word], f"{where}: lint.severity"):
            severity[code] = level  # type: ignore[assignment]
    options: dict[str, dict[str, Any]] = {}
    for word, values in config.rule_options:
        for code in named_rules([word], f"{where}: rules"):
            options.setdefault(code, {}).update(values)
    asked = [rule for rule in all_rules() if rule.code in options]
    notices = [text for rule in asked for text in _unknown(rule, options[rule.code], where)]
    return Plan(
        tuple((rule, _options(rule, options.get(rule.code, {}), where)) for rule in all_rules() if rule.code in chosen),
        tuple(sorted(severity.items())),
        tuple(
            (pattern, named_rules(words, f"{where}: lint.per-file-ignores"))
            for pattern, words in config.per_file_ignores
        ),
        config.index_only,
        ignores_suppressions,
        tuple(notices),
        cards or CardSettings(),
    )


def _unknown(rule: Rule, values: Mapping[str, Any], where: str) -> Iterator[str]:
    """Return messages for unknown options."""
    from difflib import get_close_matches

    known = [name.replace("_", "-") for name in field_names(rule.options)]
    for option in values:
        if option not in known:
            near = get_close_matches(option, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"its options: {', '.join(sorted(known)) or 'none'}"
            yield f"{where}: unknown option `{option}` in rules.{rule.code}; {hint}"


def _options(rule: Rule, values: Mapping[str, Any], where: str) -> Any:
    """The rule's options record with ``values`` in place of its defaults."""
    known = {name.replace("_", "-"): name for name in field_names(rule.options)}
    defaults = rule.options()
    chosen = {}
    for option, value in values.items():
        if option not in known:
            continue
        default = getattr(defaults, known[option])
        if type(value) is not type(default) and not (isinstance(default, float) and isinstance(value, int)):
            kind = {tuple: "a list of strings", str: "a string", bool: "true or false"}.get(type(default), "a number")
            raise ConfigError(f"{where}: rules.{rule.code}.{option} must be {kind}")
        chosen[known[option]] = value
    return rule.options(**chosen)


def plan_key(plan: Plan) -> str:
    """All that the findings depend on besides the vault and its settings, as a text."""
    rules = [(rule.code, repr(options)) for rule, options in plan.rules]
    return repr((rules, plan.severity, plan.per_file_ignores, plan.index_only, plan.ignores_suppressions, plan.cards))


def without_vault_rules(plan: Plan) -> Plan:
    """The plan for notes read without their vault."""
    return changed(plan, rules=tuple((rule, options) for rule, options in plan.rules if rule.scope != "vault"))
