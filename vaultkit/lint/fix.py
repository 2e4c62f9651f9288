"""Fixes: edits to new texts to a new vault, judged again, until nothing is left to mend.

Everything happens in memory; what comes out is a list of files with their old and new bytes. A fix after
which a link opens nothing any more is dropped and told, and so is one that undoes another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain, groupby

from vaultkit.index.load import update
from vaultkit.index.subpath import find_place
from vaultkit.index.vault import Vault
from vaultkit.index.write import Change
from vaultkit.lint.engine import Answers, Plan, Report, inspector, judge
from vaultkit.lint.finding import Finding, Fix
from vaultkit.note.model import Link, Note, PropertyLink
from vaultkit.note.parse import parse_text
from vaultkit.record import record
from vaultkit.text import BOM, Edit, apply_edits, decode, has_conflict_markers

MAX_ROUNDS = 10
_LONE_NEWLINE = re.compile(r"(?<!\r)\n")


@record
class Choice:
    """Which fixes are wanted. fixable: codes, None for all; unfixable: codes."""

    with_unsafe: bool = False
    fixable: frozenset[str] | None = None
    unfixable: frozenset[str] = frozenset()


@record
class Applied:
    """A fix that was made. line: where the fault stood when it was mended."""

    path: str
    line: int
    code: str
    name: str
    title: str
    is_safe: bool


@record
class Dropped:
    """A fix that was not made although it was wanted, and why."""

    path: str
    code: str
    name: str
    title: str
    reason: str


@record
class Fixed:
    """What mending a vault came to.

    changes: files with old and new bytes, nothing written yet.
    refused: (path, reason) of files that no fix may touch.
    vault, report: the vault as it would then be, and what is left in it.
    """

    changes: tuple[Change, ...]
    applied: tuple[Applied, ...]
    dropped: tuple[Dropped, ...]
    refused: tuple[tuple[str, str], ...]
    vault: Vault
    report: Report


def is_wanted(finding: Finding, choice: Choice) -> bool:
    """The finding has a fix that the choice allows."""
    if finding.fix is None or (not finding.fix.is_safe and not choice.with_unsafe):
        return False
    if choice.fixable is not None and finding.code not in choice.fixable:
        return False
    return finding.code not in choice.unfixable


def fix_vault(
    vault: Vault,
    plan: Plan,
    answers: Answers,
    choice: Choice,
    read: Callable[[str], bytes],
    only: Callable[[str], bool] | None = None,
) -> Fixed:
    """Mend the vault in memory.

    read: the bytes of a file now; an `OSError` it raises leaves the file as it is.
    only: narrows what is mended and reported.
    """
    work = _Work(vault, plan, answers, choice, read, only)
    rounds = 0
    while rounds < MAX_ROUNDS:
        wanted = work.wanted()
        if work.take(finding.path for finding in wanted):
            continue  # judged again with the bytes that were just read
        if not wanted or not work.mend(wanted):
            break
        rounds += 1
    else:
        work.give_up(work.wanted())
    return work.outcome()


class _Work:
    """The state of one run: the vault as mended so far."""

    def __init__(
        self,
        vault: Vault,
        plan: Plan,
        answers: Answers,
        choice: Choice,
        read: Callable[[str], bytes],
        only: Callable[[str], bool] | None,
    ) -> None:
        self._vault = vault
        self._plan = plan
        self._inspect = inspector(plan)
        self._answers = dict(answers)
        self._choice = choice
        self._read = read
        self._only = only
        self._before: dict[str, bytes] = {}
        self._texts: dict[str, str] = {}
        self._seen: dict[str, set[str]] = {}
        self._applied: list[Applied] = []
        self._dropped: dict[tuple[str, str, str, str], Dropped] = {}
        self._refused: dict[str, str] = {}
        self._report = judge(vault, plan, answers, only=only)

    def wanted(self) -> list[Finding]:
        """Findings to mend now, by path and position."""
        return [
            finding
            for finding in self._report.findings
            if is_wanted(finding, self._choice)
            and finding.path in self._vault.notes
            and finding.path not in self._refused
            and _key(finding) not in self._dropped
        ]

    def take(self, paths: Iterable[str]) -> bool:
        """Read files that are to be mended; whether the vault was judged again for them.

        The findings came from what was read some time ago; edits are made only to bytes that are in hand.
        """
        taken: dict[str, bytes] = {}
        for path in dict.fromkeys(paths):
            if path in self._texts:
                continue
            try:
                data = self._read(path)
            except OSError as error:
                self._refused[path] = f"cannot be read ({(error.strerror or str(error)).lower()})"
                continue
            decoded = decode(data)
            if decoded.fault:
                self._refused[path] = decoded.fault
            elif has_conflict_markers(decoded.text):
                self._refused[path] = "holds git conflict markers"
            else:
                self._before[path] = taken[path] = data
                self._texts[path] = decoded.text
                self._seen[path] = {decoded.text}
        if not taken:
            return False
        self._renew(taken)
        return True

    def mend(self, wanted: list[Finding]) -> bool:
        """Apply what can be applied at once; whether a text changed."""
        changed: dict[str, bytes] = {}
        has_dropped = False
        for path, group in groupby(wanted, key=lambda finding: finding.path):
            if path in self._refused:
                continue
            findings, dropped = self._sifted(path, _apart(group))
            has_dropped |= dropped
            text = _mended(self._texts[path], findings)
            if text == self._texts[path]:
                has_dropped |= self._drop(findings, "changes nothing")
                continue
            if text in self._seen[path]:
                codes = ", ".join(sorted({finding.code for finding in findings}))
                self._abandon(path, f"its fixes undo one another ({codes})")
                changed[path] = self._before[path]
                continue
            self._seen[path].add(text)
            self._texts[path] = text
            changed[path] = self._bytes(path, text)
            self._applied += [_applied(finding) for finding in findings]
        if changed:
            self._renew(changed)
        return bool(changed) or has_dropped

    def give_up(self, wanted: list[Finding]) -> None:
        """Leave files as they were read whose fixes are still wanted after the last round."""
        for path, findings in groupby(wanted, key=lambda finding: finding.path):
            if path not in self._refused:
                codes = ", ".join(sorted({finding.code for finding in findings}))
                self._abandon(path, f"its fixes do not settle within {MAX_ROUNDS} rounds ({codes})")
        self._renew({path: self._before[path] for path in self._refused if path in self._before})

    def outcome(self) -> Fixed:
        changes = [
            Change(path, self._before[path], data)
            for path, text in sorted(self._texts.items())
            if path not in self._refused and (data := self._bytes(path, text)) != self._before[path]
        ]
        return Fixed(
            tuple(changes),
            tuple(self._applied),
            tuple(self._dropped.values()),
            tuple(sorted(self._refused.items())),
            self._vault,
            self._report,
        )

    def _sifted(self, path: str, findings: list[Finding]) -> tuple[list[Finding], bool]:
        """Those fixes after which every link opens what it opened; whether one was dropped for it."""
        text = self._texts[path]
        links = _Links(self._vault, path)
        if not links.lost(parse_text(_mended(text, findings)), is_safe=True):
            return findings, False
        kept: list[Finding] = []
        has_dropped = False
        for finding in findings:
            assert finding.fix is not None
            lost = links.lost(parse_text(_mended(text, [finding])), is_safe=finding.fix.is_safe)
            if lost:
                has_dropped |= self._drop([finding], f"would lose the link to {lost}")
                continue
            together = [*kept, finding]
            is_safe = all(other.fix is not None and other.fix.is_safe for other in together)
            if not links.lost(parse_text(_mended(text, together)), is_safe=is_safe):
                kept = together
        return kept, has_dropped

    def _drop(self, findings: Iterable[Finding], reason: str) -> bool:
        for finding in findings:
            assert finding.fix is not None
            self._dropped[_key(finding)] = Dropped(finding.path, finding.code, finding.name, finding.fix.title, reason)
        return bool(self._dropped)

    def _abandon(self, path: str, reason: str) -> None:
        """Leave a file as it was read."""
        self._refused[path] = reason
        self._applied = [applied for applied in self._applied if applied.path != path]
        self._texts[path] = decode(self._before[path]).text

    def _bytes(self, path: str, text: str) -> bytes:
        has_bom = self._before[path].startswith(BOM.encode())
        return (BOM if has_bom else "").encode() + text.encode("utf-8")

    def _renew(self, changed: Mapping[str, bytes]) -> None:
        self._vault = update(self._vault, changed)
        for path in changed:
            answer = self._inspect(self._vault.notes[path], self._texts[path])
            if answer:
                self._answers[path] = answer
            else:
                self._answers.pop(path, None)
        self._report = judge(self._vault, self._plan, self._answers, only=self._only)


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.path, finding.code, finding.about, finding.fix.title if finding.fix else ""


def _applied(finding: Finding) -> Applied:
    assert finding.fix is not None
    return Applied(finding.path, finding.line, finding.code, finding.name, finding.fix.title, finding.fix.is_safe)


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """Findings whose edits do not touch those of one before, by position then code; the rest waits a round."""
    taken: list[Edit] = []
    chosen = []
    for finding in sorted(findings, key=lambda finding: (_first(finding.fix), finding.code)):
        assert finding.fix is not None
        if not any(_touch(edit, other) for edit in finding.fix.edits for other in taken):
            taken += finding.fix.edits
            chosen.append(finding)
    return chosen


def _first(fix: Fix | None) -> int:
    return min((edit.start for edit in fix.edits), default=0) if fix else 0


def _touch(one: Edit, other: Edit) -> bool:
    """The order of the two edits would matter: they share characters, or one inserts at the other's edge."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _mended(text: str, findings: Iterable[Finding]) -> str:
    """The text with the findings' edits, in the note's own line ends and with or without a last one, as it was."""
    edits = tuple(edit for finding in findings if finding.fix for edit in finding.fix.edits)
    line_end = line_end_of(text)
    if line_end == "\r\n":
        edits = tuple(Edit(edit.start, edit.end, _LONE_NEWLINE.sub("\r\n", edit.replacement)) for edit in edits)
    new = apply_edits(text, edits)
    if text and not text.endswith("\n") and new.endswith("\n"):
        return new.rstrip("\r\n")
    if text.endswith("\n") and new and not new.endswith("\n"):
        return new + line_end
    return new


def line_end_of(text: str) -> str:
    """How most lines of the text end."""
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"


class _Links:
    """What the links out of a note, and those to places in it, open before it is mended."""

    def __init__(self, vault: Vault, path: str) -> None:
        self._vault = vault
        self._path = path
        note = vault.notes[path]
        self._targets, self._count = self._outgoing(note)
        self._places = [
            subpath
            for source in vault.backlinks.get(path, ())
            if source != path and source in vault.notes
            for subpath in self._subpaths_from(source)
            if find_place(note, subpath).kind != "missing"
        ]

    def lost(self, note: Note, *, is_safe: bool) -> str:
        """What would not be opened any more if the note read so; "" when nothing is lost.

        An unsafe fix may point a link elsewhere, so there it is the number of links that must not fall.
        """
        targets, count = self._outgoing(note)
        missing = self._targets - targets
        if missing and (is_safe or count < self._count):
            path, subpath = min(missing)
            return path + subpath
        for subpath in self._places:
            if find_place(note, subpath).kind == "missing":
                return self._path + subpath
        return ""

    def _outgoing(self, note: Note) -> tuple[set[tuple[str, str]], int]:
        """(target, "") for each link that opens a file, (target, subpath) where its place is found, too."""
        found: set[tuple[str, str]] = set()
        count = 0
        for link in chain[Link | PropertyLink](note.links, note.property_links):
            target = self._vault.resolve(link.linkpath, self._path).path
            if target is None:
                continue
            count += 1
            found.add((target, ""))
            if link.subpath:
                place = (
                    find_place(note, link.subpath) if target == self._path else self._vault.place(target, link.subpath)
                )
                if place.kind in ("heading", "block", "footnote"):
                    found.add((target, link.subpath.lower()))
        return found, count

    def _subpaths_from(self, source: str) -> set[str]:
        note = self._vault.notes[source]
        return {
            link.subpath
            for link in chain[Link | PropertyLink](note.links, note.property_links)
            if link.subpath and self._vault.resolve(link.linkpath, source).path == self._path
        }
