"""Plan a move: which files get another path, and which texts change. Nothing is written here.

A link is rewritten only if it would open a different file after the move. This includes links to other files that
would open the moved file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.base.text import BOM, Edit, apply_edits, decode, line_and_column, line_starts
from vaultkit.note.model import Note
from vaultkit.refactor.renaming import Renaming
from vaultkit.refactor.rewrite import Unwritable
from vaultkit.refactor.setting_files import SettingFile, fault_of
from vaultkit.refactor.work import Doubt, Placeless, Work
from vaultkit.vault.conflict_markers import holds_conflict
from vaultkit.vault.files import VaultFile
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.subpath import find_place

# A heading that holds a link to a heading that holds a link, and so on.
MAX_ROUNDS = 10


@record
class Rewrite:
    """New bytes for a file. path: its path before the move; new_path: afterwards."""

    path: str
    new_path: str
    before: bytes
    after: bytes


@record
class Respelled:
    """One link. path: of its file before the move; line, column: from 1; old, new: as written."""

    path: str
    line: int
    column: int
    old: str
    new: str


@record
class MovePlan:
    """What is to be done, all of it or nothing.

    pairs: (path, new path) of the files that move.  rewrites, links: what is rewritten in which files.
    adopted: (path, linkpath) of links that open nothing now and will open a moved file.
    settings: what is rewritten in Obsidian's own files, which are among the rewrites.
    left: (path, reason) of those that name a moved file, or may, and are left as they are.
    doubtful: links that open one file now and, if they were written before a move that has happened, opened
    another; they are left.
    placeless: links that open what took the place of a file, and name a heading or block that it lacks.
    """

    pairs: tuple[tuple[str, str], ...]
    rewrites: tuple[Rewrite, ...]
    links: tuple[Respelled, ...]
    adopted: tuple[tuple[str, str], ...]
    settings: tuple[Respelled, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    doubtful: tuple[Doubt, ...] = ()
    placeless: tuple[Placeless, ...] = ()


def plan_move(
    vault: Snapshot, renaming: Renaming, read: Callable[[str], bytes], setting_files: tuple[SettingFile, ...] = ()
) -> MovePlan:
    """The plan for files of ``vault`` to move. read: the bytes of a file by its path before.

    Raises:
        VaultkitError: a link cannot be rewritten; the message says where and why.
    """
    moved = dict(renaming.pairs)
    places = {path: moved.get(path, path) for path in vault.files}
    return _plan(Work(vault, vault.files, renaming, places, {}), renaming.pairs, read, setting_files)


def plan_relink(
    vault: Snapshot,
    renaming: Renaming,
    read: Callable[[str], bytes],
    setting_files: tuple[SettingFile, ...] = (),
    *,
    just_moved: bool = False,
) -> MovePlan:
    """The plan for a vault whose files have moved already, or were given up for others: nothing moves any more.

    renaming: from what was removed to what replaces it. Links that would open the first open the second; links
    of a moved note that open nothing now open what they opened from the old place.
    just_moved: all links are as they were before the move; else those that open one file now and opened
    another then are left, since when they were written is not known.

    Raises:
        VaultkitError: a link cannot be rewritten.
    """
    gone = dict(renaming.pairs)
    before = {**vault.files, **{path: VaultFile(path, vault.files[new].kind) for path, new in gone.items()}}
    origins = {new: path for path, new in gone.items()}
    places = {path: path for path in vault.files}
    earlier = {path: file for path, file in before.items() if path not in origins}
    work = Work(vault, before, renaming, places, origins, earlier=earlier, just_moved=just_moved)
    return _plan(work, (), read, setting_files)


def plan_relink_heading(vault: Snapshot, path: str, old: str, new: str, read: Callable[[str], bytes]) -> MovePlan:
    """The plan for links to a heading or block of the note ``path`` that has got another name already.

    old, new: subpaths, such as "#Results" or "#^id".

    Raises:
        VaultkitError: the old one is still there, the new one is not, or a link cannot be rewritten.
    """
    if find_place(vault.notes[path], old).kind != "missing":
        raise VaultkitError(f"{path}{old}: still exists; rename it in the note first")
    if find_place(vault.notes[path], new).kind not in ("heading", "block", "footnote"):
        raise VaultkitError(f"{path}{new}: no such heading or block; run `vaultkit outline` for a list of headings")
    places = {path: path for path in vault.files}
    work = Work(vault, vault.files, Renaming(()), places, {}, heading=(path, old, new))
    return _plan(work, (), read, ())


def plan_places(work: Work, read: Callable[[str], bytes]) -> MovePlan:
    """The plan for links when no file moves, and ``work`` says what else changes.

    Raises:
        VaultkitError: a link cannot be rewritten.
    """
    return _plan(work, (), read, ())


def _plan(
    work: Work,
    pairs: tuple[tuple[str, str], ...],
    read: Callable[[str], bytes],
    setting_files: tuple[SettingFile, ...],
) -> MovePlan:
    for _ in range(MAX_ROUNDS):
        rewritten = [found for path in work.places if (found := _rewritten(work, path, read)) is not None]
        notes = {rewrite.path: note for rewrite, _, note in rewritten if note is not None}
        if not work.reread(notes):
            break
    else:
        raise VaultkitError("links in headings that refer to each other cannot be updated; choose another name")
    rewrites = [rewrite for rewrite, _, _ in rewritten]
    links = [link for _, found, _ in rewritten for link in found]
    links.sort(key=lambda link: (link.path, link.line, link.column))
    settings, left = _settings(work, setting_files, rewrites)
    return MovePlan(
        pairs,
        tuple(rewrites),
        tuple(links),
        tuple(sorted(work.adopted)),
        tuple(settings),
        tuple(left),
        tuple(sorted(work.doubtful, key=lambda doubt: (doubt.path, doubt.linkpath))),
        tuple(sorted(work.placeless, key=lambda link: (link.path, link.linktext))),
    )


def _rewritten(
    work: Work, path: str, read: Callable[[str], bytes]
) -> tuple[Rewrite, tuple[Respelled, ...], Note | None] | None:
    """A file with its links as they must be, and the note that it is then; None when nothing in it changes."""
    edits_of = work.edits_of(path)
    if edits_of is None:
        return None
    is_base = work.vault.files[path].kind == "base"
    try:
        data = read(path)
    except OSError as error:
        if is_base:
            return None  # who wants to know asks `unread`
        reason = (error.strerror or str(error)).lower()
        raise VaultkitError(f"{path}: cannot be read ({reason}); nothing was changed") from error
    decoded = decode(data)
    if decoded.fault:
        if is_base:
            return None
        raise VaultkitError(f"{path}: cannot be changed ({decoded.fault}); fix the file first")
    text = decoded.text
    found = edits_of(text)
    if not found:
        return None
    if holds_conflict(work.vault.notes.get(path), text):
        raise VaultkitError(f"{path}: Git conflict markers, and links that must change; resolve the merge first")
    edits = tuple(_writable(path, text, found))
    after = apply_edits(text, edits)
    note = work.verify(path, text, after)
    head = BOM if decoded.has_bom else ""
    rewrite = Rewrite(path, work.places[path], data, (head + after).encode())
    return rewrite, tuple(respelled(path, text, edits)), note


def _writable(path: str, text: str, found: Iterable[Edit | Unwritable]) -> Iterator[Edit]:
    for edit in found:
        if isinstance(edit, Unwritable):
            line, column = line_and_column(line_starts(text), edit.start)
            raise VaultkitError(
                f"{path}:{line}:{column}: {edit.written} cannot be updated automatically; change it by hand first"
            )
        yield edit


def _settings(
    work: Work, setting_files: tuple[SettingFile, ...], rewrites: list[Rewrite]
) -> tuple[list[Respelled], list[tuple[str, str]]]:
    """What changes in Obsidian's own files, which join the rewrites; (path, reason) of those that are left."""
    settings: list[Respelled] = []
    left: list[tuple[str, str]] = []
    for file in setting_files:
        fault = fault_of(file)
        text = "" if fault else decode(file.data).text
        changes = tuple(work.setting_edits(file.path, text)) if text else ()
        reason = fault or (file.locked if changes else "")
        if reason:
            left.append((file.path, reason))
        elif changes:
            settings += respelled(file.path, text, changes)
            mark = file.data[: len(file.data) - len(text.encode())]
            rewrites.append(Rewrite(file.path, file.path, file.data, mark + apply_edits(text, changes).encode()))
    return settings, left


def respelled(path: str, text: str, edits: tuple[Edit, ...]) -> Iterator[Respelled]:
    """Each edit with the line and column where it is made."""
    starts = line_starts(text)
    for edit in edits:
        line, column = line_and_column(starts, edit.start)
        yield Respelled(path, line, column, text[edit.start : edit.end], edit.replacement)
