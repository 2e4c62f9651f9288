"""Compare the findings of a vault before and after a commit.

All findings of staged notes are reported. In other notes, only findings caused by the commit are reported. A link that
was broken before is an existing finding, even if its message changes. During a merge or cherry-pick, findings that one
of the sides already has are not reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Literal

from vaultkit.base.record import changed, record
from vaultkit.base.text import decode, has_conflict_markers
from vaultkit.commit.commit import Commit
from vaultkit.commit.sides import Side, is_unknown, written_links
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.finding import Finding, Violation
from vaultkit.lint.note_linter import Inspection
from vaultkit.lint.plan import Plan
from vaultkit.note.model import Link
from vaultkit.vault.canvas import CanvasNode
from vaultkit.vault.resolve import Resolution
from vaultkit.vault.snapshot import Snapshot

EffectKind = Literal["broken", "lost-place", "retargeted", "ambiguous"]
# The rule whose settings also hold for links that open another file than before.
_RETARGET_RULE = "ambiguous-link"
_PLACE_RULES = frozenset({"missing-heading", "missing-block", "ambiguous-heading"})
_ALIKE = frozenset({"ambiguous-link"})


@record
class Effect:
    """What happens to a link. subject: the file that causes it; detail: by kind, see `causes`."""

    kind: EffectKind
    subject: str
    detail: str


@record
class Caused:
    """A finding in a file that the commit does not touch. effect: None when it is about no link."""

    finding: Finding
    effect: Effect | None


@record
class Difference:
    """own: findings of staged files.  known: those of others that were there before.  caused: new ones of others."""

    own: tuple[Finding, ...]
    known: tuple[Finding, ...]
    caused: tuple[Caused, ...]


def difference(commit: Commit, plan: Plan) -> Difference:
    """Return the findings of the commit, before a baseline and severities are applied."""
    staged = frozenset(commit.staged)
    own = _findings(commit.after, plan, staged.__contains__, sources=staged, with_fixes=True) if staged else []
    about_run = {rule.code for rule, _ in plan.rules if rule.scope == "run"}
    elsewhere = [
        finding
        for finding in _findings(commit.compared, _plan_elsewhere(commit, plan), lambda path: path not in staged)
        if finding.code not in about_run
        and (finding.path not in commit.context or finding.end == 0)  # of these only names are checked
    ]
    sides = [_Past(side, commit, plan) for side in (commit.before, *commit.others)]
    if commit.others:
        own = list(_surplus(own, sides))
    compare = _Comparison(commit, sides, plan)
    own = [compare.with_lead(finding) for finding in own]
    known, caused = [], []
    for finding in elsewhere:
        if compare.is_known(finding, elsewhere):
            known.append(finding)
        elif (found := compare.cause(finding)) is not None:
            caused.append(found)
    caused += compare.retargeted(plan, {(one.finding.path, one.finding.start) for one in caused})
    caused.sort(key=lambda one: (one.finding.path, one.finding.start, one.finding.code))
    return Difference(tuple(own), tuple(known), tuple(caused))


def _plan_elsewhere(commit: Commit, plan: Plan) -> Plan:
    """The plan for files that are not staged, without rules whose findings there cannot have changed."""
    if not commit.is_text_only or commit.others:
        return plan
    rules = tuple((rule, options) for rule, options in plan.rules if rule.scope != "vault" or rule.depends)
    return changed(plan, rules=rules)


def _findings(
    side: Side,
    plan: Plan,
    only: Callable[[str], bool],
    *,
    sources: frozenset[str] | None = None,
    with_fixes: bool = False,
) -> list[Finding]:
    found = collect_findings(
        side.vault, plan, side.answers, only=only, has_all_fixes=not with_fixes, workers=1, sources=sources
    ).findings
    return [finding for finding in found if _is_judged(side, finding.path)]


def _is_judged(side: Side, path: str) -> bool:
    """The file's content is known, and settings of Obsidian are part of the commit."""
    folder = side.vault.settings.folder
    is_absent_setting = bool(folder) and path.startswith(folder + "/") and not side.vault.unsaved.get(path)
    return not is_absent_setting and not is_unknown(side, path)


class _Past:
    """One side of the commit, checked on first use."""

    def __init__(self, side: Side, commit: Commit, plan: Plan) -> None:
        self.side = side
        self._plan = plan
        self._new_name = commit.renamed

    @cached_property
    def _findings(self) -> tuple[Finding, ...]:
        found = collect_findings(self.side.vault, self._plan, self.side.answers, has_all_fixes=True, workers=1).findings
        return tuple(
            changed(finding, path=self._new_name[finding.path]) if finding.path in self._new_name else finding
            for finding in found
        )

    @cached_property
    def places(self) -> frozenset[tuple[str, str, int, int]]:
        """(path after the commit, code, start, end) of the findings."""
        return frozenset((one.path, one.code, one.start, one.end) for one in self._findings)

    @cached_property
    def counts(self) -> Counter[tuple[str, str, str]]:
        """(path after the commit, code, about) -> number of findings."""
        return Counter(map(_subject, self._findings))


def _subject(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.code, finding.about


def _surplus(findings: Iterable[Finding], sides: Iterable[_Past]) -> Iterator[Finding]:
    """Of findings about one thing so many as no side has."""
    left: Counter[tuple[str, str, str]] = Counter()
    for side in sides:
        left |= side.counts
    for finding in findings:
        if left[_subject(finding)] > 0:
            left[_subject(finding)] -= 1
        else:
            yield finding


class _Comparison:
    def __init__(self, commit: Commit, sides: list[_Past], plan: Plan) -> None:
        self._commit = commit
        self._sides = sides
        self._levels = {
            rule.code: rule.severity
            for rule, options in plan.rules
            if rule.code not in dict(plan.severity) and not getattr(options, "planned_after", 0)
        }
        self._old_name = {new: old for old, new in commit.renamed.items()}
        self._links: dict[tuple[int, str], dict[int, Any]] = {}
        self._counts: Counter[tuple[str, str, str]] | None = None

    def is_known(self, finding: Finding, findings: Iterable[Finding]) -> bool:
        """One of the sides has the finding."""
        place = (finding.path, finding.code, finding.start, finding.end)
        if any(place in side.places for side in self._sides):
            return True
        if self._counts is None:
            self._counts = Counter(map(_subject, findings))
        subject = _subject(finding)
        return self._counts[subject] <= max(side.counts[subject] for side in self._sides)

    def with_lead(self, finding: Finding) -> Finding:
        """Use the rule's own severity for a link that opened a file before: its note is not one still to be written.

        Settings and a comment around the link win.
        """
        if finding.severity != "info" or finding.code not in self._levels:
            return finding
        link = self._link(finding.path, finding.start)
        if link is None or getattr(link, "in_comment", False) or self._opens(-1, finding.path, link).path is not None:
            return finding
        before = self._opens(0, self._old_name.get(finding.path, finding.path), link)
        return finding if before.path is None else changed(finding, severity=self._levels[finding.code])

    def cause(self, finding: Finding) -> Caused | None:
        """The finding with its cause; None for an old debt."""
        link = self._link(finding.path, finding.start)
        if link is None:
            note = self._commit.after.vault.notes.get(finding.path)
            is_no_link = note is not None and any(item.start == finding.start for item in note.malformed)
            return None if is_no_link else Caused(finding, None)  # text that opened nothing before either
        before, after = self._opens(0, finding.path, link), self._opens(-1, finding.path, link)
        if before.path is None:
            return None
        if after.path is None:
            finding = self.with_lead(finding)
            return Caused(finding, Effect("broken", before.path, self._commit.renamed.get(before.path, "")))
        effect = self._retarget(before, after)
        if effect is not None:
            return Caused(finding, effect)
        if finding.name in _PLACE_RULES:
            if is_unknown(self._commit.before, before.path):
                return None
            if finding.name != "ambiguous-heading":
                return Caused(finding, Effect("lost-place", after.path, link.subpath))
        if finding.name in _ALIKE:
            there = self._commit.before.vault.files
            new = next((path for path in after.candidates if path not in there), "")
            return Caused(finding, Effect("ambiguous", new, link.linkpath)) if new else Caused(finding, None)
        return Caused(finding, None)

    def retargeted(self, plan: Plan, reported: set[tuple[str, int]]) -> Iterator[Caused]:
        """Links that open another file now, silenced as the rule about ambiguous links."""
        rules = [(rule, options) for rule, options in plan.rules if rule.name == _RETARGET_RULE]
        if not rules:
            return
        (rule, options), vault = rules[0], self._commit.after.vault
        faults: dict[str, list[Violation]] = {}
        effects: dict[tuple[str, int], Effect] = {}
        for path in self._commit.concerned:
            for link in written_links(vault, path):
                if isinstance(link, CanvasNode) or (path, link.start) in reported:
                    continue
                before, after = self._opens(0, path, link), self._opens(-1, path, link)
                effect = self._retarget(before, after)
                if effect is None or self._is_others_choice(path, link, after):
                    continue
                effects[path, link.start] = effect
                severity = "info" if isinstance(link, Link) and link.in_comment else None
                message = f"changed target of `{link.linkpath}`: opens `{after.path}` instead of `{before.path}`"
                faults.setdefault(path, []).append(
                    Violation(link.start, link.end, message, link.linkpath, severity=severity)  # type: ignore[arg-type]
                )
        if not faults:
            return
        silent = changed(plan, rules=((changed(rule, check=_nothing), options),))
        answers = self._commit.after.answers
        made = {
            path: Inspection(
                tuple((rule.code, fault) for fault in found), getattr(answers.get(path), "silencing", None)
            )
            for path, found in faults.items()
        }
        for finding in collect_findings(vault, silent, made, has_all_fixes=True).findings:
            yield Caused(finding, effects[finding.path, finding.start])

    def _retarget(self, before: Resolution, after: Resolution) -> Effect | None:
        if before.path is None or after.path is None:
            return None
        if after.path in (before.path, self._commit.renamed.get(before.path)):
            return None
        cause = before.path if before.path not in self._commit.after.vault.files else after.path
        return Effect("retargeted", cause, f"{before.path}\n{after.path}")

    def _is_others_choice(self, path: str, link: Any, after: Resolution) -> bool:
        """In a commit that is merged or picked the link opens the same file already."""
        return any(
            path in side.vault.files and side.vault.resolve(link.linkpath, path).path == after.path
            for side in self._commit.others
        )

    def _link(self, path: str, start: int) -> Any:
        links = self._links.get((-1, path))
        if links is None:
            links = {link.start: link for link in written_links(self._commit.after.vault, path)}
            self._links[-1, path] = links
        return links.get(start)

    def _opens(self, number: int, path: str, link: Any) -> Resolution:
        """What the link opens; number: -1 after the commit, else a side."""
        vault = self._commit.after.vault if number < 0 else self._sides[number].side.vault
        if isinstance(link, CanvasNode):
            path = vault.file_at(link.path) or (link.path if link.path in vault.files else "")
            return Resolution(path or None, (path,) if path else (), True, False)
        return vault.resolve(link.linkpath, path)


def _nothing(vault: Snapshot, options: object) -> tuple[()]:
    return ()


def conflicts(commit: Commit) -> list[tuple[str, int]]:
    """(path, line) of staged files with conflict markers that none of the sides has: not those of an example."""
    old_name = {new: old for old, new in commit.renamed.items()}
    found = []
    for path in commit.staged:
        text = commit.text(path)
        if not has_conflict_markers(text):
            continue
        sides = [(commit.before, old_name.get(path, path)), *((side, path) for side in commit.others)]
        known = Counter[str]()
        for side, name in sides:
            known |= Counter(filter(has_conflict_markers, _lines(side, name)))
        for number, line in enumerate(text.split("\n"), 1):
            if has_conflict_markers(line):
                known[line.rstrip("\r")] -= 1
                if known[line.rstrip("\r")] < 0:
                    found.append((path, number))
                    break
    return found


def _lines(side: Side, path: str) -> list[str]:
    return decode(side.vault.unsaved.get(path, b"")).text.replace("\r\n", "\n").split("\n")
