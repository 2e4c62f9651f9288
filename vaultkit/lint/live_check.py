"""A check that stays in memory and is brought up to date: for watching, servers and texts that are not saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from vaultkit.base.record import record
from vaultkit.lint.check import StoredCheck, read_for_check, read_note
from vaultkit.lint.engine import CheckState, checked_state, report_of, updated_state
from vaultkit.lint.finding import Report
from vaultkit.lint.note_linter import Answers, lint_query
from vaultkit.lint.plan import Plan, plan_key
from vaultkit.note.model import Note
from vaultkit.vault.files import file_kind, is_hidden
from vaultkit.vault.link_tables import targets_of
from vaultkit.vault.load import update
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Listing, Progress, Workspace


@record
class LiveCheck:
    """A checked snapshot in memory, and from it the next one: for watching, servers and texts that are not saved."""

    workspace: Workspace
    plan: Plan
    snapshot: Snapshot
    answers: Answers
    state: CheckState

    @classmethod
    def start(
        cls,
        workspace: Workspace,
        plan: Plan,
        *,
        key: str = "",
        listing: Listing | None = None,
        progress: Progress | None = None,
    ) -> LiveCheck:
        """Read and check the vault, from the store if it has the check. key: as for `checked`.

        listing: the files, if they were listed just now.

        Raises:
            VaultkitError: the folder cannot be read.
        """
        if workspace.store is not None:
            run = StoredCheck(workspace, key or plan_key(plan), listing)
            found = run.run(plan, progress=progress)
            if isinstance(found.snapshot.notes, dict) and found.state is not None and found.answers is not None:
                return cls(workspace, plan, found.snapshot, found.answers, found.state)
            if found.state is not None:  # notes that are read late could be read after the store has others
                vault, stored = workspace.read(lint_query(plan), listing=run.listing, progress=progress)
                return cls(workspace, plan, vault, stored, found.state)
        vault, answers = read_for_check(workspace, plan, progress=progress)
        return cls(workspace, plan, vault, answers, checked_state(vault, plan, answers))

    def with_changes(self, written: Mapping[str, bytes | None], removed: Iterable[str] = ()) -> LiveCheck:
        """Return the check of the vault after some files were changed, added or deleted.

        For files other than notes and canvases the bytes do not matter and may be None. Edits of notes that the
        vault has repeat only what they can have changed.
        """
        gone = [path for path in removed if path in self.snapshot.files]
        ask = lint_query(self.plan).ask
        notes: dict[str, Note] = {}
        answers = dict(self.answers)
        for path in (*gone, *written):
            answers.pop(path, None)
        for path, data in written.items():
            if file_kind(path) == "note" and not is_hidden(path):
                notes[path], text = read_note(data or b"")
                answer = ask(notes[path], text)
                if answer is not None:
                    answers[path] = answer
        if not gone and written and notes.keys() == written.keys() and notes.keys() <= self.snapshot.notes.keys():
            unsaved = {path: data or b"" for path, data in written.items()}
            after, aspects = self.snapshot.with_notes(notes, unsaved)
            edited = frozenset(notes)
            linked = targets_of(self.snapshot, edited) | targets_of(after, edited)
            state = updated_state(self.state, after, self.plan, self.answers, answers, edited, aspects, linked)
        else:
            is_new = any(path not in self.snapshot.files for path in written)
            ignored = self.workspace.ignored_by_git(self.workspace.list_files()) if is_new else None
            after = update(self.snapshot, written, gone, ignored=ignored)
            state = checked_state(after, self.plan, answers)
        return LiveCheck(self.workspace, self.plan, after, answers, state)

    def report(self, only: Callable[[str], bool] | None = None) -> Report:
        """Return what was found. only: whether findings in a path are wanted."""
        return report_of(self.snapshot, self.state, only=only)
