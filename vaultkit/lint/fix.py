"""Apply fixes in memory and check the result again, until no fix is left.

The result is a list of steps: files with their old and new bytes, then files with their new names. A fix that would
break a link or undo another fix is dropped and reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.record import changed as with_fields
from vaultkit.base.text import BOM, apply_edits, decode
from vaultkit.lint.encodings import BOM_ENCODING, encoding_of, text_in
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.finding import Finding
from vaultkit.lint.fix_safety import NoteReading, apart, edited, edits_of
from vaultkit.lint.fixed import Applied, Choice, Dropped, Fixed, FixStep, is_wanted, origins_after
from vaultkit.lint.note_linter import Answers, note_linter
from vaultkit.lint.offered_fixes import offered
from vaultkit.lint.plan import Plan
from vaultkit.lint.rename_fixes import Renamed, links_meant, rename_files
from vaultkit.note.parse import parse_text
from vaultkit.vault.conflict_markers import holds_conflict
from vaultkit.vault.load import update
from vaultkit.vault.snapshot import Snapshot

MAX_ROUNDS = 10


def fix_vault(
    vault: Snapshot,
    plan: Plan,
    answers: Answers,
    choice: Choice,
    read: Callable[[str], bytes],
    only: Callable[[str], bool] | None = None,
) -> Fixed:
    """Fix the vault in memory.

    read: the bytes of a file now; an `OSError` it raises leaves the file as it is.
    only: limits which findings are fixed and reported.
    """
    work = _Work(vault, plan, answers, choice, read, only)
    for _ in range(MAX_ROUNDS):
        work.fix_texts()
        if not work.rename():
            break
    return work.outcome()


class _Work:
    """The state of one run: the vault with the fixes so far."""

    def __init__(
        self,
        vault: Snapshot,
        plan: Plan,
        answers: Answers,
        choice: Choice,
        read: Callable[[str], bytes],
        only: Callable[[str], bool] | None,
    ) -> None:
        self._vault = vault
        self._plan = plan
        self._inspect = note_linter(plan)
        self._answers = dict(answers)
        self._choice = choice
        self._read = read
        self._only = only
        self._steps: list[FixStep] = []
        self._origins: dict[str, str] = {}
        self._before: dict[str, bytes] = {}
        self._texts: dict[str, str] = {}
        self._seen: dict[str, set[str]] = {}
        self._unmarked: set[str] = set()
        self._applied: list[Applied] = []
        self._dropped: dict[tuple[str, str, str, str], Dropped] = {}
        self._unoffered: set[tuple[str, str, str, str]] = set()
        self._refused: dict[str, str] = {}
        self._report = collect_findings(vault, plan, answers, only=only, has_all_fixes=True)

    def fix_texts(self) -> None:
        """Fix texts until no fix is left; do not change files whose fixes do not end."""
        rounds = 0
        while rounds < MAX_ROUNDS:
            wanted = [finding for finding in self._wanted() if finding.path in self._vault.notes]
            if self._take(wanted):
                continue  # checked again with the bytes that were just read
            if not wanted or not self._apply(wanted):
                return
            rounds += 1
        self._give_up([finding for finding in self._wanted() if finding.path in self._vault.notes])

    def _wanted(self, *, is_rename: bool = False) -> list[Finding]:
        """Return the findings to fix now, by path and position."""
        return [
            finding
            for finding in self._report.findings
            if is_wanted(finding, self._choice)
            and (finding.fix is not None and finding.fix.rename is not None) == is_rename
            and (is_rename or finding.path not in self._refused)
            and _key(finding) not in self._dropped
            and _key(finding) not in self._unoffered
        ]

    def _take(self, wanted: Iterable[Finding]) -> bool:
        """Read the files to fix; return whether the vault was checked again for them.

        The findings may be older than the files, so edits apply only to bytes read here.
        """
        taken: dict[str, bytes] = {}
        for finding in wanted:
            path = finding.path
            if path in self._texts or path in self._refused:
                continue
            try:
                data = self._read(self._origins.get(path, path))
            except OSError as error:
                self._refused[path] = f"cannot be read ({(error.strerror or str(error)).lower()})"
                continue
            text = self._decoded(finding, data)
            if text is not None:
                self._before[path] = taken[path] = data
                self._texts[path] = text
                self._seen[path] = {text}
        if not taken:
            return False
        self._renew({path: self._bytes(path, self._texts[path]) for path in taken})
        return True

    def _decoded(self, finding: Finding, data: bytes) -> str | None:
        """Return the text of a file to fix; None if it must not be changed, and store the reason."""
        decoded = decode(data)
        if decoded.fault and finding.fix is not None and finding.fix.encoding:
            text = text_in(data, finding.fix.encoding) if encoding_of(data) == finding.fix.encoding else ""
            if text and not holds_conflict(parse_text(text), text):
                self._applied.append(_applied(finding))
                return text
        if decoded.fault:
            self._refused[finding.path] = decoded.fault
            return None
        if holds_conflict(parse_text(decoded.text), decoded.text):
            self._refused[finding.path] = "Git conflict markers in the file"
            return None
        return decoded.text

    def _apply(self, wanted: list[Finding]) -> bool:
        """Apply the fixes that do not overlap; return whether a text changed."""
        changed: dict[str, bytes] = {}
        has_dropped = False
        for path, group in groupby(wanted, key=lambda finding: finding.path):
            if path in self._refused:
                continue
            found = list(group)
            marks = [finding for finding in found if finding.fix is not None and finding.fix.encoding == BOM_ENCODING]
            if marks:  # no edit of the text can take off what stands before it
                self._unmarked.add(path)
                self._applied += [_applied(finding) for finding in marks]
                changed[path] = self._bytes(path, self._texts[path])
                continue
            findings, dropped = self._sifted(path, apart(found))
            has_dropped |= dropped
            text = edited(self._texts[path], edits_of(findings))[0]
            if text == self._texts[path]:
                has_dropped |= self._drop(findings, "changes nothing")
                continue
            if text in self._seen[path]:
                codes = ", ".join(sorted({finding.code for finding in findings}))
                self._abandon(path, f"fixes of {codes} undo each other")
                changed[path] = self._before[path]
                continue
            self._seen[path].add(text)
            self._texts[path] = text
            changed[path] = self._bytes(path, text)
            self._applied += [_applied(finding) for finding in findings]
        if changed:
            self._renew(changed)
        return bool(changed) or has_dropped

    def _give_up(self, wanted: list[Finding]) -> None:
        """Restore files whose fixes are not complete after the last round."""
        for path, findings in groupby(wanted, key=lambda finding: finding.path):
            if path not in self._refused:
                codes = ", ".join(sorted({finding.code for finding in findings}))
                self._abandon(path, f"fixes of {codes} are not complete after {MAX_ROUNDS} rounds")
        self._renew({path: self._before[path] for path in self._refused if path in self._before})

    def rename(self) -> bool:
        """Give files their new names, as many as can have them at once; whether one got it."""
        wanted = self._wanted(is_rename=True)
        if not wanted:
            return False
        done, refused = rename_files(self._vault, wanted, self._bytes_now)
        for finding, reason in refused:
            self._drop([finding], reason)
        if done is None:
            return False
        self._applied += [_applied(finding) for finding in done.findings]
        self._steps.append(FixStep(self._changes(), tuple(self._applied), done.renaming, done.move))
        self._applied = []
        self._go_on(done)
        return True

    def _go_on(self, done: Renamed) -> None:
        """Take the vault after a move, and all that is known of its files under their new names."""
        moved = dict(done.renaming.pairs)
        texts = {path: self._bytes_now(path) for path in self._texts}
        texts |= {rewrite.path: rewrite.after for rewrite in done.move.rewrites}
        self._vault = done.vault
        self._origins = origins_after(self._origins, done.move)
        self._answers = {moved.get(path, path): answer for path, answer in self._answers.items()}
        self._refused = {moved.get(path, path): reason for path, reason in self._refused.items()}
        self._before = {moved.get(path, path): data for path, data in texts.items()}
        self._texts = {path: decode(data).text for path, data in self._before.items()}
        self._seen = {path: {text} for path, text in self._texts.items()}
        self._unmarked = set()
        rewritten = [rewrite.new_path for rewrite in done.move.rewrites if rewrite.new_path in self._vault.notes]
        changed: dict[str, bytes] = {}
        for path, edits in links_meant(self._vault, moved).items():
            if path not in self._texts:
                try:
                    data = self._bytes_now(path)
                except OSError as error:
                    self._refused[path] = f"cannot be read ({(error.strerror or str(error)).lower()})"
                    continue
                decoded = decode(data)
                is_as_read = self._vault.notes[path].length == len(decoded.text)
                if decoded.fault or not is_as_read or holds_conflict(self._vault.notes[path], decoded.text):
                    continue
                self._before[path], self._texts[path] = data, decoded.text
                self._seen[path] = {decoded.text}
            if path not in self._refused:
                self._texts[path] = apply_edits(self._texts[path], edits)
                changed[path] = self._bytes(path, self._texts[path])
        self._renew({**{path: self._before[path] for path in rewritten}, **changed})

    def _bytes_now(self, path: str) -> bytes:
        """Return the bytes of a file with the fixes so far."""
        if path in self._texts and path not in self._refused:
            return self._bytes(path, self._texts[path])
        if path in self._before:
            return self._before[path]
        return self._read(self._origins.get(path, path))

    def _changes(self) -> tuple[FileChange, ...]:
        """Return the changes since the last move."""
        return tuple(
            FileChange(path, self._before[path], data)
            for path, text in sorted(self._texts.items())
            if path not in self._refused and (data := self._bytes(path, text)) != self._before[path]
        )

    def outcome(self) -> Fixed:
        changes = self._changes()
        if changes or self._applied:
            self._steps.append(FixStep(changes, tuple(self._applied)))
        return Fixed(
            tuple(self._steps),
            tuple(self._dropped.values()),
            tuple(sorted(self._refused.items())),
            self._vault,
            with_fields(self._report, findings=offered(self._vault, self._report.findings)),
        )

    def _sifted(self, path: str, findings: list[Finding]) -> tuple[list[Finding], bool]:
        """Those fixes after which every link opens what it opened; whether one was dropped for it."""
        reading = NoteReading(self._vault, path, self._texts[path])
        if reading.harm(findings).is_none(findings):
            return findings, False
        kept: list[Finding] = []
        has_dropped = False
        for finding in findings:
            assert finding.fix is not None
            alone = reading.harm([finding])
            if alone.lost or (alone.unsafe and finding.fix.is_safe and not self._choice.with_unsafe):
                self._unoffered.add(_key(finding))
                has_dropped = True
                continue
            if alone.unsafe and finding.fix.is_safe:
                finding = with_fields(finding, fix=with_fields(finding.fix, is_safe=False))
            if not reading.harm([*kept, finding]).lost:
                kept.append(finding)
        return kept, has_dropped

    def _drop(self, findings: Iterable[Finding], reason: str) -> bool:
        for finding in findings:
            assert finding.fix is not None
            self._dropped[_key(finding)] = Dropped(finding.path, finding.code, finding.name, finding.fix.title, reason)
        return bool(self._dropped)

    def _abandon(self, path: str, reason: str) -> None:
        """Restore the text of a file."""
        self._refused[path] = reason
        self._applied = [applied for applied in self._applied if applied.path != path]
        self._texts[path] = decode(self._before[path]).text
        self._unmarked.discard(path)

    def _bytes(self, path: str, text: str) -> bytes:
        has_bom = self._before[path].startswith(BOM.encode()) and path not in self._unmarked
        return (BOM if has_bom else "").encode() + text.encode("utf-8")

    def _renew(self, changed: Mapping[str, bytes]) -> None:
        self._vault = update(self._vault, changed)
        for path in changed:
            answer = self._inspect(self._vault.notes[path], self._texts[path])
            if answer:
                self._answers[path] = answer
            else:
                self._answers.pop(path, None)
        self._report = collect_findings(self._vault, self._plan, self._answers, only=self._only, has_all_fixes=True)


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.path, finding.code, finding.about, finding.fix.title if finding.fix else ""


def _applied(finding: Finding) -> Applied:
    assert finding.fix is not None
    fix = finding.fix
    is_rename = fix.rename is not None
    return Applied(finding.path, finding.line, finding.code, finding.name, fix.title, fix.is_safe, is_rename)
