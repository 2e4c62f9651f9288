"""Check a workspace: from the stored report if nothing changed, from the stored state if a few notes did, else whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from vaultkit.base.hashes import blake2b
from vaultkit.base.paths import relative_path
from vaultkit.base.record import record
from vaultkit.base.safe_read import read_regular
from vaultkit.base.text import decode
from vaultkit.lint.differences import differences
from vaultkit.lint.engine import CheckState, checked_state, collect_findings, report_of, updated_state
from vaultkit.lint.finding import Finding, Report
from vaultkit.lint.note_linter import Answers, Inspection, lint_query
from vaultkit.lint.plan import Plan, plan_key
from vaultkit.lint.stored_report import REPORTS, StoredReport, StoredReports
from vaultkit.note.model import Note
from vaultkit.note.parse import parse_text, unread_note
from vaultkit.vault.files import VaultFile, file_kind, is_hidden
from vaultkit.vault.link_tables import targets_of
from vaultkit.vault.memo import FACTS, Memo, stored_facts
from vaultkit.vault.note_store import NoteQuery, Rows, StaleError, encode_note, encoded, stored_answers, stored_notes
from vaultkit.vault.read_notes import read_notes
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Listing, Progress, Workspace

# With more edited notes than this the whole vault is checked anew.
MOST_EDITED = 64
_STATE = "state"


@record
class StoredState:
    """A run as the next one can start from it.

    stamps:  path -> packed stamp of all files.
    digests: path -> hash of the stored note, of notes without a stamp; empty if there are many.
    facts:   (name, stamp) of the stored answers to queries about the whole vault (`vaultkit.vault.memo`).
    """

    environment: bytes
    stamps: Mapping[str, bytes]
    digests: Mapping[str, bytes]
    facts: tuple[tuple[str, bytes], ...]
    state: CheckState

    def is_of_this_run(self, path: str, stamp: bytes, value: bytes) -> bool:
        """Whether a row of the store is the note that the run saw, and not what another command read since."""
        wanted = self.stamps[path]
        return stamp == wanted if wanted else self.digests.get(path) == _digest(value)


_encode = msgspec.msgpack.Encoder().encode
_decode_state = msgspec.msgpack.Decoder(StoredState).decode


@record
class Checked:
    """A checked vault.

    snapshot: its notes may be read late.
    state:    None if the stored report was used.
    facts:    stamps of the stored answers that were used, as in `StoredState`.
    """

    snapshot: Snapshot
    report: Report
    state: CheckState | None = None
    answers: Any = None
    facts: tuple[tuple[str, bytes], ...] = ()


def read_for_check(workspace: Workspace, plan: Plan, *, progress: Progress | None = None) -> tuple[Snapshot, Answers]:
    """Read a vault with the answers of the note rules, for what needs more than findings, such as fixes.

    Raises:
        VaultkitError: the folder cannot be read.
    """
    return workspace.read(lint_query(plan), progress=progress)


def check_folder(
    workspace: Workspace,
    plan: Plan,
    *,
    only: Callable[[str], bool] | None = None,
    progress: Progress | None = None,
) -> tuple[Snapshot, Report]:
    """Read a vault and check all of it. only: whether findings in a path are wanted.

    Raises:
        VaultkitError: the folder cannot be read.
    """
    vault, answers = read_for_check(workspace, plan, progress=progress)
    return vault, collect_findings(vault, plan, answers, only=only)


def read_paths(workspace: Workspace, paths: Iterable[str], plan: Plan) -> tuple[Snapshot, Answers]:
    """Read only the notes at ``paths`` (on disk), as a vault without anything else; for plans without vault rules."""
    root = workspace.root
    wanted = sorted({relative_path(path, root) for path in paths})
    kept = [path for path in wanted if not is_hidden(path) and not workspace.excludes(path)]
    scan = read_notes(root, [path for path in kept if file_kind(path) == "note"], lint_query(plan))
    files = {path: VaultFile(path, file_kind(path)) for path in kept}
    settings = workspace.settings()
    vault = Snapshot(files, scan.notes, {}, settings, name=os.path.basename(root), root=root, faults=scan.faults)
    return vault, scan.answers


class StoredCheck(StoredReports):
    """One run of a check with the store."""

    def before(self) -> CheckState | None:
        """Return what the last run found, whatever changed since; None if there was none."""
        row = self.store.get(_STATE, self.key)
        try:
            return _decode_state(row[1]).state if row is not None else None
        except (msgspec.MsgspecError, ValueError):
            return None

    def run(self, plan: Plan, *, notices: tuple[str, ...] = (), progress: Progress | None = None) -> Checked:
        """Check what must be checked, and store the outcome.

        Raises:
            VaultkitError: the folder cannot be read.
        """
        query = lint_query(plan)
        checked = None
        try:
            checked = self._repeated(plan, query)
        except StaleError as error:
            import logging  # 1 ms that most runs need not pay

            logging.getLogger(__name__).debug("the stored state of %s is not usable: %s", self.workspace.root, error)
        if checked is None:
            vault, answers = self.workspace.read(query, listing=self.listing, progress=progress)
            state = checked_state(vault, plan, answers)
            checked = Checked(vault, report_of(vault, state), state, answers)
        self._keep(checked, notices)
        return checked

    def _repeated(self, plan: Plan, query: NoteQuery[Inspection]) -> Checked | None:
        """Start from the stored state; None if too much changed since."""
        row = self.store.get(_STATE, self.key)
        if row is None:
            return None
        try:
            before = _decode_state(row[1])
        except (msgspec.MsgspecError, ValueError):
            return None
        files = self.listing.files
        if before.environment != self.environment or before.stamps.keys() != self.stamps.keys():
            return None
        edited = [path for path, stamp in self.stamps.items() if not stamp or before.stamps[path] != stamp]
        if len(edited) > MOST_EDITED or any(files[path].kind != "note" for path in edited):
            return None
        paths = [path for path, file in files.items() if file.kind == "note"]
        notes = stored_notes(self.store, paths, before.is_of_this_run)
        canvases, faults = self.workspace.read_canvases(self.listing)
        memo = Memo(stored_facts(self.store, self.key, dict(before.facts)))
        vault = self.workspace.assembled(self.listing, notes, canvases, (*self.listing.walk.faults, *faults), memo)
        said = _Answers(stored_answers(self.store, query, paths, before.stamps))
        if not edited:
            return Checked(vault, report_of(vault, before.state), before.state, said, before.facts)
        fresh = _read_edited(self.workspace, edited, query)
        if fresh is None:
            return None
        new_notes, new_answers = fresh
        old_answers = {path: said.get(path) for path in edited}
        after, aspects = vault.with_notes(new_notes, {})
        now = said.replaced({path: new_answers.get(path) for path in edited})
        old = {path: answer for path, answer in old_answers.items() if answer is not None}
        linked = targets_of(vault, edited) | targets_of(after, edited)
        state = updated_state(before.state, after, plan, old, now, frozenset(edited), aspects, linked)
        self.workspace.write_notes(new_notes, new_answers, self.stamps, query, [])
        return Checked(after, report_of(after, state), state, now, before.facts)

    def _keep(self, checked: Checked, notices: tuple[str, ...]) -> None:
        if checked.state is None or len(checked.snapshot.faults) > len(self.listing.walk.faults):
            return
        facts = self._keep_facts(checked)
        stored = StoredState(self.environment, self.stamps, self._digests(checked.snapshot), facts, checked.state)
        for kind, value in (
            (_STATE, stored),
            (REPORTS, StoredReport(checked.report, notices, tuple(sorted(checked.snapshot.ignored)))),
        ):
            if kind == REPORTS and not self.is_settled:
                continue
            data = encoded(_encode, value)
            if data is not None:
                self.store.write(kind, [(self.key, self.fingerprint, data)])

    def _keep_facts(self, checked: Checked) -> tuple[tuple[str, bytes], ...]:
        """Store answers about the whole vault that are new; return (name, stamp) of all that are stored."""
        fresh, kept = checked.snapshot.memo.to_store()
        self.store.write(FACTS, [(self.key + name, _digest(data), data) for name, data in fresh.items()])
        known = [(name, stamp) for name, stamp in checked.facts if name in kept]
        return (*known, *((name, _digest(data)) for name, data in fresh.items()))

    def _digests(self, vault: Snapshot) -> dict[str, bytes]:
        unsettled = [path for path, stamp in self.stamps.items() if not stamp and path in vault.notes]
        if len(unsettled) > MOST_EDITED:  # the next run starts anew
            return {}
        return {path: _digest(data) for path in unsettled if (data := encode_note(vault.notes[path])) is not None}


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def read_note(data: bytes) -> tuple[Note, str]:
    """Return the note in these bytes and its text."""
    decoded = decode(data)
    if decoded.fault:
        return unread_note(decoded.fault, decoded.has_bom), decoded.text
    return parse_text(decoded.text, decoded.has_bom), decoded.text


def checked(
    workspace: Workspace,
    plan: Plan,
    *,
    key: str = "",
    notices: tuple[str, ...] = (),
    listing: Listing | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Check a vault, with the store if there is one.

    key:     what the plan was made of; plans of equal keys and equal settings must be equal.
    listing: the files, if they were listed just now and the stored report does not hold.

    Raises:
        VaultkitError: the folder cannot be read.
    """
    if workspace.store is None:
        vault, answers = read_for_check(workspace, plan, progress=progress)
        state = checked_state(vault, plan, answers)
        return Checked(vault, report_of(vault, state), state, answers)
    run = StoredCheck(workspace, key or plan_key(plan), listing)
    known = run.known() if listing is None else None
    if known is not None:
        return Checked(workspace.listed(run.listing), known.report)
    return run.run(plan, notices=notices, progress=progress)


@record
class Since:
    """A check and what it found more, and less, than the last one. is_first: there was none to compare with."""

    checked: Checked
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    is_first: bool


def checked_since_last(
    workspace: Workspace,
    plan: Plan,
    *,
    key: str = "",
    listing: Listing | None = None,
    progress: Progress | None = None,
) -> Since:
    """Check a vault, and compare with the last check of the same key (see `checked`).

    Raises:
        VaultkitError: the folder cannot be read.
    """
    if workspace.store is None:
        return Since(checked(workspace, plan, progress=progress), (), (), is_first=True)
    run = StoredCheck(workspace, key or plan_key(plan), listing)
    before = run.before()
    found = run.run(plan, progress=progress)
    if before is None or found.state is None:
        return Since(found, (), (), is_first=True)
    return Since(found, *differences(before.findings, found.state.findings), is_first=False)


class _Answers(Mapping[str, Inspection]):
    """Stored answers, of which most notes have none. replaced: other answers for some paths."""

    def __init__(self, rows: Rows[Inspection | None], values: Mapping[str, Inspection | None] | None = None) -> None:
        self._rows = rows
        self._values = values or {}

    def replaced(self, values: Mapping[str, Inspection | None]) -> _Answers:
        return _Answers(self._rows, {**self._values, **values})

    def get(self, path: str, default: Any = None) -> Any:
        if path in self._values:
            return self._values[path]
        return self._rows.get(path, default)

    def __getitem__(self, path: str) -> Inspection:
        found = self.get(path)
        if found is None:
            raise KeyError(path)
        answer: Inspection = found
        return answer

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._rows if self.get(path) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _read_edited(
    workspace: Workspace, paths: list[str], query: NoteQuery[Inspection]
) -> tuple[dict[str, Note], dict[str, Inspection]] | None:
    """Read and inspect the edited notes; None if one cannot be read."""
    notes: dict[str, Note] = {}
    answers: dict[str, Inspection] = {}
    for path in paths:
        try:
            data = read_regular(os.path.join(workspace.root, path))
        except OSError:
            return None
        notes[path], text = read_note(data)
        answer = query.ask(notes[path], text)
        if answer is not None:
            answers[path] = answer
    return notes, answers
