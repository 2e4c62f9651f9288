"""Run rules: each note rule once, where the note's text is; then the vault rules; then sort and keep."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from operator import attrgetter
from typing import Any

from vaultkit.base.errors import ConfigError
from vaultkit.base.globs import matcher
from vaultkit.base.process_pool import parallel_map
from vaultkit.base.record import changed, field_names, record
from vaultkit.base.text import decode, line_and_column, line_starts
from vaultkit.cards.model import CardSettings
from vaultkit.cards.settings import holds_no_cards
from vaultkit.config import Config
from vaultkit.lint.finding import Finding, Severity, Violation
from vaultkit.lint.offered_fixes import offered
from vaultkit.lint.rule import Gather, NeedsText, Rule, all_rules, named_rules
from vaultkit.lint.suppressions import Silencing, read_silencing, unused
from vaultkit.note.model import Note
from vaultkit.vault.files import VaultFile, Walk, file_kind, is_hidden
from vaultkit.vault.load import load_inspected
from vaultkit.vault.read_notes import read_notes
from vaultkit.vault.settings import read_settings
from vaultkit.vault.snapshot import Snapshot

# In smaller vaults the rules take less time than a fork.
NOTES_WORTH_A_WORKER = 1000
# The rule that tells of notes too large to be looked at, and that has the limit.
SIZE_CODE = "VK003"
JUDGED_KINDS = frozenset({"note", "canvas", "base"})

NoteFaults = tuple[tuple[str, Violation], ...]
_Found = list[tuple[str, str, Violation]]


@record
class Inspection:
    """What the note rules say of one note, what its comments silence, and (code, value) for rules that gather."""

    faults: NoteFaults
    silencing: Silencing | None
    gathered: tuple[tuple[str, Any], ...] = ()


Answers = Mapping[str, Inspection]


@record
class Plan:
    """Which rules run and how.

    rules:    (rule, its options), by code.
    severity: code -> severity.
    notices:  options that no rule has.
    cards:    what makes a flashcard in this vault.
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
    """The plan that a configuration and the lists of the command line, which win, make.

    cards: what makes a flashcard in the vault; None for the spaced-repetition plugin's defaults.

    Raises:
        ConfigError: a word names no rule, or an option does not fit its rule.
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
    """What to say of options that the rule does not have."""
    from difflib import get_close_matches

    known = [name.replace("_", "-") for name in field_names(rule.options)]
    for option in values:
        if option not in known:
            near = get_close_matches(option, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(sorted(known)) or 'none'}"
            yield f"{where}: rules.{rule.code} has no option {option!r}; {hint}"


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
            kind = {tuple: "a list of texts", str: "a text", bool: "true or false"}.get(type(default), "a number")
            raise ConfigError(f"{where}: rules.{rule.code}.{option} must be {kind}")
        chosen[known[option]] = value
    return rule.options(**chosen)


_NoteChecks = list[tuple[str, Callable[..., Iterable[Violation]], Any]]
_Gathers = list[tuple[str, Gather]]


def _by_need(plan: Plan) -> dict[str | NeedsText, tuple[_NoteChecks, _Gathers]]:
    """What to ask a note, by what it must have for that."""
    groups: dict[str | NeedsText, tuple[_NoteChecks, _Gathers]] = {}
    for rule, options in plan.rules:
        if rule.scope == "note":
            groups.setdefault(rule.needs, ([], []))[0].append((rule.code, _told(rule.check, plan), options))
        elif rule.gather is not None:
            look = rule.needs if callable(rule.needs) else _always
            groups.setdefault(look, ([], []))[1].append((rule.code, _told(rule.gather, plan)))
    return groups


def _told(ask: Callable[..., Any], plan: Plan) -> Callable[..., Any]:
    """``ask`` that is told what makes a flashcard, when it has a place for that: a keyword ``cards``."""
    return partial(ask, cards=plan.cards) if _is_about_cards(ask) else ask


def _is_about_cards(ask: Callable[..., Any]) -> bool:
    return "cards" in (getattr(ask, "__kwdefaults__", None) or ())


def _always(note: Note, text: str) -> bool:
    return True


def inspector(plan: Plan) -> Callable[[Note, str], Inspection | None]:
    """A function that runs the plan's note rules on one note; None when there is nothing to say."""
    groups = _by_need(plan)
    quick = [(_told(look, plan), checks, gathers) for look, (checks, gathers) in groups.items() if callable(look)]
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
                    for fault in check(note, text, options):
                        found.append((code, fault))
        gathered: list[tuple[str, Any]] = []
        for look, checks, gathers in quick:
            if look(note, text):
                for code, check, options in checks:
                    for fault in check(note, text, options):
                        found.append((code, fault))
                gathered += [(code, value) for code, gather in gathers if (value := gather(note, text)) is not None]
        silencing = None if plan.ignores_suppressions else read_silencing(note, text)
        if not (found or silencing or gathered):
            return None
        return Inspection(tuple(found), silencing, tuple(gathered))

    return inspect


@record
class Report:
    """What a run found.

    findings: by path, line, column, code.  checked: number of notes looked at.
    silenced: number of findings that comments hide.
    """

    findings: tuple[Finding, ...]
    checked: int
    silenced: int = 0


def check_folder(
    root: str | os.PathLike[str],
    plan: Plan,
    config: Config,
    *,
    only: Callable[[str], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Snapshot, Report]:
    """Read the vault at ``root`` and collect_findings it; ``only`` narrows what is reported, never what is read.

    Raises:
        VaultkitError: the folder cannot be read.
    """
    vault, answers = read_folder(root, plan, config, progress=progress)
    return vault, collect_findings(vault, plan, answers, only=only)


def read_folder(
    root: str | os.PathLike[str],
    plan: Plan,
    config: Config,
    *,
    named_files: frozenset[str] = frozenset(),
    progress: Callable[[int, int], None] | None = None,
    has_cache: bool = False,
) -> tuple[Snapshot, Answers]:
    """The vault at ``root``, and what the plan's note rules say of its notes.

    named_files: paths that exist even when the configuration excludes them.
    has_cache:   notes that have not changed since the last such run are not read again.

    Raises:
        VaultkitError: the folder cannot be read.
    """
    fits = matcher(config.exclude)
    excluded = fits if fits is None or not named_files else lambda path: path not in named_files and fits(path)
    rules = [
        (rule.code, repr(options))
        for rule, options in plan.rules
        if rule.scope == "note" or rule.gather is not None or rule.code == SIZE_CODE
    ]
    purpose = f"check {rules} {plan.ignores_suppressions} {plan.cards}" if has_cache else None
    return load_inspected(
        root,
        inspector(plan),
        excluded=excluded,
        progress=progress,
        purpose=purpose,
        config_folder=config.settings_folder,
        unjudged=git_ignored(root, config, named_files),
    )


def git_ignored(
    root: str | os.PathLike[str], config: Config, named_files: frozenset[str] = frozenset()
) -> Callable[[Walk], frozenset[str]] | None:
    """What to ask for the files that git ignores, but for those that were named; None when it does not matter."""
    if not config.respect_gitignore:
        return None

    def asked(found: Walk) -> frozenset[str]:
        from vaultkit.vault.gitignore import ignored_paths

        paths = [file.path for file in found.files if file.kind != "attachment"]
        return ignored_paths(os.path.abspath(os.fspath(root)), found.ignoring, paths) - named_files

    return asked


def read_paths(
    root: str | os.PathLike[str], paths: Iterable[str], plan: Plan, config: Config
) -> tuple[Snapshot, Answers]:
    """Only the notes at ``paths`` (on the disk), as a vault without anything else; for plans without vault rules."""
    root = os.path.abspath(os.fspath(root))
    excluded = matcher(config.exclude)
    wanted = sorted({os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/") for path in paths})
    kept = [path for path in wanted if not is_hidden(path) and not (excluded is not None and excluded(path))]
    scan = read_notes(root, [path for path in kept if file_kind(path) == "note"], inspector(plan))
    files = {path: VaultFile(path, file_kind(path)) for path in kept}
    name = os.path.basename(root)
    settings = read_settings(root, config.settings_folder)
    vault = Snapshot(files, scan.notes, {}, settings, name=name, root=root, faults=scan.faults)
    return vault, scan.answers


def without_vault_rules(plan: Plan) -> Plan:
    """The plan for notes read without their vault."""
    return changed(plan, rules=tuple((rule, options) for rule, options in plan.rules if rule.scope != "vault"))


def collect_findings(
    vault: Snapshot,
    plan: Plan,
    answers: Answers,
    *,
    only: Callable[[str], bool] | None = None,
    has_all_fixes: bool = False,
) -> Report:
    """All findings of a vault whose notes were inspected with the same plan.

    has_all_fixes: with the fixes as the rules propose them; otherwise with those that `offered` lets pass.
    """
    found: _Found = [(path, code, fault) for path, answer in answers.items() for code, fault in answer.faults]
    found += _of_vault_rules(vault, plan, answers)
    found, silenced = _silenced(found, plan, answers)
    unjudged = cache(unjudged_reason(vault, plan))
    ignores = [(matcher([pattern]), codes) for pattern, codes in plan.per_file_ignores]
    about_cards = frozenset(rule.code for rule, _ in plan.rules if _is_about_cards(rule.check))

    def is_kept(path: str, code: str) -> bool:
        if only is not None and not only(path):
            return False
        if unjudged(path) or (code in about_cards and holds_no_cards(path, plan.cards)):
            return False
        return not any(code in codes and fits is not None and fits(path) for fits, codes in ignores)

    rules = {rule.code: rule for rule, _ in plan.rules}
    severities = dict(plan.severity)
    starts_of = _LineStarts(vault)
    kept = sorted(
        ((path, code, fault) for path, code, fault in found if is_kept(path, code)),
        key=lambda entry: (entry[0], entry[2].start, entry[1], entry[2].end),
    )
    counts: dict[tuple[str, str, str], int] = {}
    findings = []
    for path, code, fault in kept:
        ordinal = counts[path, code, fault.about] = counts.get((path, code, fault.about), 0) + 1
        rule = rules[code]
        starts = starts_of(path)
        line, column = line_and_column(starts, fault.start)
        end_line, end_column = line_and_column(starts, max(fault.end, fault.start))
        findings.append(
            Finding(
                code=code,
                name=rule.name,
                severity=severities.get(code) or fault.severity or rule.severity,
                path=path,
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                message=fault.message,
                about=fault.about,
                start=fault.start,
                end=fault.end,
                fix=fault.fix,
                related=fault.related,
                fingerprint=fingerprint(code, path, fault.about, ordinal),
                help=fault.help,
            )
        )
    checked = sum(1 for path in vault.notes if only is None or only(path))
    return Report(tuple(findings) if has_all_fixes else offered(vault, tuple(findings)), checked, silenced)


def _of_vault_rules(vault: Snapshot, plan: Plan, answers: Answers) -> _Found:
    """What the rules of the whole vault say; in a large vault two processes share them."""
    rules = [(rule, options) for rule, options in plan.rules if rule.scope == "vault"]

    def run(index: int) -> _Found:
        rule, options = rules[index]
        if rule.gather is None:
            return [(path, rule.code, fault) for path, fault in rule.check(vault, options)]
        skips = _is_about_cards(rule.check)
        told = {
            path: value
            for path, answer in answers.items()
            if not (skips and holds_no_cards(path, plan.cards))
            for code, value in answer.gathered
            if code == rule.code
        }
        return [(path, rule.code, fault) for path, fault in _told(rule.check, plan)(vault, options, told)]

    is_large = len(vault.notes) >= NOTES_WORTH_A_WORKER
    if is_large:
        next(vault.bound_links(), None)  # what nearly all of them ask first
    return [entry for entries in parallel_map(len(rules), run, 2 if is_large else 1) for entry in entries]


def _silenced(found: _Found, plan: Plan, answers: Answers) -> tuple[_Found, int]:
    """What comments do not hide, with what the rules about the run say of those; and how much they hide."""
    silencing = {path: answer.silencing for path, answer in answers.items() if answer.silencing is not None}
    if not silencing:
        return found, 0
    used: dict[str, set[tuple[int, int]]] = {path: set() for path in silencing}

    def is_hidden(path: str, code: str, fault: Violation) -> bool:
        here = silencing.get(path)
        hides = here.hiding(code, fault) if here is not None else []
        used.get(path, set()).update((hide.comment, hide.word) for hide in hides)
        return bool(hides)

    kept = [entry for entry in found if not is_hidden(*entry)]
    count = len(found) - len(kept)
    running = frozenset(rule.code for rule, _ in plan.rules)
    idle = [entry for path, here in silencing.items() for entry in unused(path, here, used[path], running)]
    for rule, options in plan.rules:
        if rule.scope == "run":
            told = [(path, rule.code, fault) for path, fault in rule.check(idle, options)]
            kept += [entry for entry in told if not is_hidden(*entry)]
    return kept, count


def unjudged_reason(vault: Snapshot, plan: Plan) -> Callable[[str], str]:
    """A function that says why a file is a link target only and nothing is said of it; "" when it is judged."""
    index_only = matcher(plan.index_only)
    linter_folders = tuple(folder + "/" for folder in vault.settings.linter_ignored_folders)

    @cache
    def reason(path: str) -> str:
        if index_only is not None and index_only(path):
            return "index-only in the configuration"
        if vault.is_template(path):
            return "a template"
        if vault.is_excluded(path):
            return "excluded in Obsidian's settings"
        if path.startswith(linter_folders):
            return "ignored in the Linter plugin's settings"
        if path in vault.ignored:
            return "ignored by git"
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
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
