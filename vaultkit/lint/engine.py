"""Findings of a vault: the rules of the whole vault, suppressions, positions and fixes, for all notes or some.

`checked_state` does this for a whole snapshot. `updated_state` starts from an earlier state and repeats only what
an edit of some notes can have changed; both give the same findings.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from vaultkit.base.globs import matcher
from vaultkit.base.hashes import blake2b
from vaultkit.base.process_pool import parallel_map
from vaultkit.base.record import changed, record
from vaultkit.base.text import decode, line_and_column, line_starts
from vaultkit.cards.settings import holds_no_cards
from vaultkit.lint.finding import Finding, Report, Violation
from vaultkit.lint.note_linter import Answers, bind_card_settings, is_about_cards
from vaultkit.lint.offered_fixes import offered_in_file, with_possible_names
from vaultkit.lint.plan import Plan
from vaultkit.lint.rule import Rule
from vaultkit.lint.suppressions import Silencing, unused
from vaultkit.vault.aspects import EVERYTHING, GATHERED, LINKS, PLACES
from vaultkit.vault.link_tables import linking
from vaultkit.vault.memo import stored_queries
from vaultkit.vault.snapshot import Snapshot

# In smaller vaults the rules take less time than a fork.
NOTES_WORTH_A_WORKER = 1000
CHECKED_KINDS = frozenset({"note", "canvas", "base"})

ByPath = Mapping[str, tuple[Violation, ...]]


@record
class CheckState:
    """All that was found in a snapshot, in the parts that can be replaced one by one.

    by_rule:  code -> path -> violations, of the rules of the whole vault.
    findings: path -> findings, with the fixes that its note allows.
    silenced: path -> number of findings that comments hide.
    """

    by_rule: Mapping[str, ByPath]
    findings: Mapping[str, tuple[Finding, ...]]
    silenced: Mapping[str, int]


def collect_findings(
    vault: Snapshot,
    plan: Plan,
    answers: Answers,
    *,
    only: Callable[[str], bool] | None = None,
    has_all_fixes: bool = False,
    workers: int | None = None,
    sources: frozenset[str] | None = None,
) -> Report:
    """Return all findings of a vault whose notes were inspected with the same plan.

    only: whether findings in a path are wanted; all rules run on the whole vault.
    has_all_fixes: with the fixes as the rules propose them; otherwise with those that do no harm.
    workers: number of processes for rules of the whole vault; None for as many as its size is worth.
    sources: the notes in which rules look that need the vault, but not as a whole; None for all.
    """
    state = checked_state(
        vault, plan, answers, only=only, has_all_fixes=has_all_fixes, workers=workers, sources=sources
    )
    return _as_proposed(vault, state, only) if has_all_fixes else report_of(vault, state, only=only)


def checked_state(
    vault: Snapshot,
    plan: Plan,
    answers: Answers,
    *,
    only: Callable[[str], bool] | None = None,
    has_all_fixes: bool = False,
    workers: int | None = None,
    sources: frozenset[str] | None = None,
) -> CheckState:
    """Return everything that the rules find. Arguments as for `collect_findings`."""
    by_rule = _all_vault_rules(vault, plan, answers, workers, sources)
    paths = {*answers, *(path for found in by_rule.values() for path in found)}
    finisher = _Finisher(vault, plan, answers, by_rule, has_all_fixes=has_all_fixes)
    findings: dict[str, tuple[Finding, ...]] = {}
    silenced: dict[str, int] = {}
    for path in sorted(paths):
        found, count = finisher.finish(path, is_wanted=only is None or only(path))
        if found:
            findings[path] = found
        if count:
            silenced[path] = count
    return CheckState(by_rule, findings, silenced)


def report_of(vault: Snapshot, state: CheckState, *, only: Callable[[str], bool] | None = None) -> Report:
    """Return the findings of a state; ``only`` as for `collect_findings`."""
    report = _as_proposed(vault, state, only)
    return changed(report, findings=with_possible_names(vault, report.findings))


def _as_proposed(vault: Snapshot, state: CheckState, only: Callable[[str], bool] | None) -> Report:
    """The report with new names for files as the rules propose them."""
    findings = tuple(
        finding for path, found in state.findings.items() if only is None or only(path) for finding in found
    )
    checked = len(vault.notes) if only is None else sum(map(only, vault.notes))
    return Report(findings, checked, sum(state.silenced.values()))


def updated_state(
    state: CheckState,
    vault: Snapshot,
    plan: Plan,
    before: Answers,
    answers: Answers,
    edited: frozenset[str],
    aspects: frozenset[str],
    linked: frozenset[str] = frozenset(),
) -> CheckState:
    """Return the state after some notes were edited and nothing else changed.

    vault, answers: as they are now.  before: the answers about the edited notes as they were.
    linked:  the files that the edited notes link to, before or after.
    aspects: what changed in the edited notes for others (`vaultkit.vault.aspects`).
    """
    by_rule: dict[str, ByPath] = {}
    affected = set(edited)
    sources = edited
    if PLACES in aspects:
        known = vault.get(linking)
        sources |= {source for path in edited for source in known.get(path, ())}
    for rule, options in plan.rules:
        if rule.scope != "vault":
            continue
        old = state.by_rule.get(rule.code, {})
        new = _updated_rule(rule, options, old, vault, plan, before, answers, edited, aspects, sources)
        by_rule[rule.code] = new
        if new is not old:
            affected |= {path for path in {*old, *new} if old.get(path) != new.get(path)}
    # A fix is tried with the links of its note, and with those that lead to what it changes.
    concerned = (sources if PLACES in aspects else frozenset()) | (linked if LINKS in aspects else frozenset())
    affected |= {path for path in concerned if any(one.fix is not None for one in state.findings.get(path, ()))}
    finisher = _Finisher(vault, plan, answers, by_rule)
    findings, silenced = dict(state.findings), dict(state.silenced)
    for path in sorted(affected):
        found, count = finisher.finish(path)
        findings.pop(path, None)
        silenced.pop(path, None)
        if found:
            findings[path] = found
        if count:
            silenced[path] = count
    return CheckState(by_rule, {path: findings[path] for path in sorted(findings)}, silenced)


def _updated_rule(
    rule: Rule,
    options: Any,
    old: ByPath,
    vault: Snapshot,
    plan: Plan,
    before: Answers,
    answers: Answers,
    edited: frozenset[str],
    aspects: frozenset[str],
    sources: frozenset[str],
) -> ByPath:
    """sources: the edited notes, and those that link to them if their places changed."""
    narrow = frozenset() if rule.is_whole else rule.rewords | {PLACES}
    is_touched = bool(rule.depends & (aspects - narrow) or rule.depends & frozenset(EVERYTHING))
    if GATHERED in rule.depends and not is_touched:
        is_touched = any(_gathered(rule, before.get(path)) != _gathered(rule, answers.get(path)) for path in edited)
    if is_touched:
        return _run(rule, options, vault, plan, answers)
    if rule.is_whole:
        return old
    if PLACES not in rule.depends & aspects or PLACES in rule.rewords:
        sources = edited
    if rule.depends & aspects or rule.quotes:
        sources |= old.keys()
    found = _run(rule, options, vault.narrowed(sources), plan, answers)
    new = {path: value for path, value in found.items() if path in sources}
    if not new and old.keys().isdisjoint(sources):
        return old
    return {path: value for path, value in old.items() if path not in sources} | new


def _gathered(rule: Rule, answer: Any) -> list[Any]:
    return [value for code, value in answer.gathered if code == rule.code] if answer is not None else []


def _run(rule: Rule, options: Any, vault: Snapshot, plan: Plan, answers: Answers) -> ByPath:
    """Run one rule of the whole vault, or on the sources of a narrowed snapshot."""
    if rule.gather is None:
        entries: Iterable[tuple[str, Violation]] = rule.check(vault, options)
    else:
        skips = is_about_cards(rule.check)
        asked = answers.items() if vault.sources is None else ((path, answers.get(path)) for path in vault.sources)
        gathered = {
            path: value
            for path, answer in asked
            if answer is not None and answer.gathered and not (skips and holds_no_cards(path, plan.cards))
            for code, value in answer.gathered
            if code == rule.code
        }
        entries = bind_card_settings(rule.check, plan)(vault, options, gathered)
    found: dict[str, list[Violation]] = {}
    for path, violation in entries:
        found.setdefault(path, []).append(violation)
    return {path: tuple(violations) for path, violations in found.items()}


def _all_vault_rules(
    vault: Snapshot, plan: Plan, answers: Answers, workers: int | None, sources: frozenset[str] | None
) -> dict[str, ByPath]:
    """Run the rules of the whole vault; in a large vault two processes share them."""
    rules = [(rule, options) for rule, options in plan.rules if rule.scope == "vault"]
    count = workers or (2 if len(vault.notes) >= NOTES_WORTH_A_WORKER else 1)
    if count > 1:
        for path in vault.notes:  # nearly all of them need the links
            vault.links_of(path)
        for query in stored_queries(frozenset().union(*(rule.depends for rule, _ in rules))):
            vault.get(query)
    narrow = vault if sources is None else vault.narrowed(sources)
    found = parallel_map(
        len(rules),
        lambda index: _run(*rules[index], vault if rules[index][0].is_whole else narrow, plan, answers),
        count,
        encode=msgspec.msgpack.encode,
        decode=msgspec.msgpack.Decoder(dict[str, tuple[Violation, ...]]).decode,
    )
    return {rule.code: by_path for (rule, _), by_path in zip(rules, found, strict=True)}


class _Finisher:
    """Makes the findings of a path from all violations in it."""

    def __init__(
        self,
        vault: Snapshot,
        plan: Plan,
        answers: Answers,
        by_rule: Mapping[str, ByPath],
        *,
        has_all_fixes: bool = False,
    ) -> None:
        self._vault = vault
        self._answers = answers
        self._by_rule = [(code, found) for code, found in by_rule.items() if found]
        self._has_all_fixes = has_all_fixes
        self._rules = {rule.code: rule for rule, _ in plan.rules}
        self._run_rules = [(rule, options) for rule, options in plan.rules if rule.scope == "run"]
        self._severities = dict(plan.severity)
        self._ignores = [(matcher([pattern]), codes) for pattern, codes in plan.per_file_ignores]
        self._about_cards = frozenset(rule.code for rule, _ in plan.rules if is_about_cards(rule.check))
        self._cards = plan.cards
        self._unchecked = unchecked_reason(vault, plan)
        self._starts_of = _LineStarts(vault)

    def finish(self, path: str, *, is_wanted: bool = True) -> tuple[tuple[Finding, ...], int]:
        """Return the findings in a path, and how many more its comments hide."""
        answer = self._answers.get(path)
        found = list(answer.violations) if answer is not None else []
        for code, by_path in self._by_rule:
            found += [(code, violation) for violation in by_path.get(path, ())]
        hidden = 0
        if answer is not None and answer.silencing is not None:
            found, hidden = self._silenced(path, found, answer.silencing)
        if not found or not is_wanted or self._unchecked(path):
            return (), hidden
        ignored = {code for fits, codes in self._ignores if fits is not None and fits(path) for code in codes}
        if holds_no_cards(path, self._cards):
            ignored |= self._about_cards
        kept = [(code, violation) for code, violation in found if code not in ignored]
        kept.sort(key=lambda entry: (entry[1].start, entry[0], entry[1].end))
        findings = self._findings(path, kept)
        return (findings if self._has_all_fixes else offered_in_file(self._vault, path, findings)), hidden

    def _silenced(
        self, path: str, found: list[tuple[str, Violation]], silencing: Silencing
    ) -> tuple[list[tuple[str, Violation]], int]:
        """Take out what comments hide, and add what the rules about comments find; return how many were hidden."""
        used: set[tuple[int, int]] = set()

        def is_hidden(code: str, violation: Violation) -> bool:
            hides = silencing.hiding(code, violation)
            used.update((hide.comment, hide.word) for hide in hides)
            return bool(hides)

        kept = [(code, violation) for code, violation in found if not is_hidden(code, violation)]
        count = len(found) - len(kept)
        idle = list(unused(path, silencing, used, frozenset(self._rules)))
        for rule, options in self._run_rules:
            told = [(rule.code, violation) for _, violation in rule.check(idle, options)]
            kept += [(code, violation) for code, violation in told if not is_hidden(code, violation)]
        return kept, count

    def _findings(self, path: str, kept: list[tuple[str, Violation]]) -> tuple[Finding, ...]:
        counts: dict[tuple[str, str], int] = {}
        starts = self._starts_of(path) if kept else ()
        findings = []
        for code, violation in kept:
            ordinal = counts[code, violation.about] = counts.get((code, violation.about), 0) + 1
            line, column = line_and_column(starts, violation.start)
            end_line, end_column = line_and_column(starts, max(violation.end, violation.start))
            findings.append(
                Finding(
                    code=code,
                    name=self._rules[code].name,
                    severity=self._severities.get(code) or violation.severity or self._rules[code].severity,
                    path=path,
                    line=line,
                    column=column,
                    end_line=end_line,
                    end_column=end_column,
                    message=violation.message,
                    about=violation.about,
                    start=violation.start,
                    end=violation.end,
                    fix=violation.fix,
                    related=violation.related,
                    fingerprint=fingerprint(code, path, violation.about, ordinal),
                    help=violation.help,
                )
            )
        return tuple(findings)


def unchecked_reason(vault: Snapshot, plan: Plan) -> Callable[[str], str]:
    """Return a function from a path to the reason why it is not checked; "" if it is checked."""
    index_only = matcher(plan.index_only)
    linter_folders = tuple(folder + "/" for folder in vault.settings.linter_ignored_folders)

    @cache
    def reason(path: str) -> str:
        if index_only is not None and index_only(path):
            return "index-only in the configuration"
        if vault.is_template(path):
            return "template"
        if vault.is_excluded(path):
            return "excluded in Obsidian's settings"
        if path.startswith(linter_folders):
            return "ignored in the Linter plugin's settings"
        if path in vault.ignored:
            return "ignored by Git"
        return ""

    return reason


class _LineStarts:
    """Line tables by path; a canvas, base or settings file is read again for the few findings it has.

    What the vault holds unsaved counts before what lies on disk.
    """

    def __init__(self, vault: Snapshot) -> None:
        self._vault = vault
        self._read: dict[str, tuple[int, ...]] = {}

    def __call__(self, path: str) -> tuple[int, ...]:
        note = self._vault.notes.get(path)
        if note is not None:
            return note.line_starts
        if path not in self._read:
            self._read[path] = (0,)
            with contextlib.suppress(OSError):
                self._read[path] = line_starts(decode(self._vault.read_bytes(path)).text)
        return self._read[path]


def fingerprint(code: str, path: str, about: str, ordinal: int) -> str:
    """Identity of a finding that survives moved text: rule, file, subject, and which of several."""
    text = "\0".join((code, path, about, str(ordinal)))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
