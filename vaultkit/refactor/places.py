"""Another name for a heading or a block: the edit in its note, and every link to it."""

from __future__ import annotations

import re
from collections.abc import Callable

from vaultkit.base.errors import VaultkitError
from vaultkit.base.text import Edit, apply_edits, code_span, decode
from vaultkit.note.model import Heading, Note
from vaultkit.note.parse import parse_text
from vaultkit.refactor.plan import MovePlan, plan_places
from vaultkit.refactor.renaming import Renaming
from vaultkit.refactor.work import Work
from vaultkit.vault.conflict_markers import holds_conflict
from vaultkit.vault.snapshot import Snapshot

Read = Callable[[str], bytes]

_BLOCK_ID = re.compile(r"[A-Za-z0-9-]+")
_TRAILING_ID = re.compile(r"[ \t]+\^[A-Za-z0-9-]+$")


def heading_at(vault: Snapshot, path: str, subpath: str) -> int:
    """The position among the note's headings of the one that ``subpath`` ("#Heading" or "#Outer#Inner") names.

    Raises:
        VaultkitError: there is none.
    """
    note = note_of(vault, path)
    place = vault.place(path, subpath)
    if place.kind != "heading":
        raise VaultkitError(f"{path}: no heading {code_span(subpath.lstrip('#'))}; `vaultkit outline` lists them")
    return next(index for index, heading in enumerate(note.headings) if heading.start == place.start)


def note_of(vault: Snapshot, path: str) -> Note:
    """The note at ``path``.

    Raises:
        VaultkitError: there is none, or it cannot be read.
    """
    note = vault.notes.get(path)
    if note is None:
        raise VaultkitError(f"{path}: not a note of this vault")
    if note.fault:
        raise VaultkitError(f"{path}: cannot be rewritten, it is {note.fault}; correct the file first")
    return note


def heading_span(note: Note, text: str, index: int) -> tuple[int, int]:
    """Where the text of a heading is written, without its marks and without a block id at its end.

    Raises:
        VaultkitError: the heading has no text.
    """
    heading = note.headings[index]
    start = text.find(heading.text, heading.start, heading.end) if heading.text else -1
    if start < 0:
        raise VaultkitError("the heading has no text; write it in the note")
    end = start + len(heading.text)
    trailing = _TRAILING_ID.search(heading.text)
    if trailing and any(start <= block.caret < end for block in note.blocks):
        end = start + trailing.start()
    return start, end


def plan_rename_heading(vault: Snapshot, path: str, index: int, new: str, read: Read) -> MovePlan:
    """The plan to give the heading number ``index`` (from 0) of a note another text.

    Every link that opens this heading, also by a chain such as ``#Outer#Inner``, opens it afterwards, and no link
    to another heading changes what it opens.

    Raises:
        VaultkitError: the new text is no heading, or a link cannot be rewritten.
    """
    old, text = _opened(vault, path, read)
    edit = Edit(*heading_span(old, text, index), new.strip())
    after = parse_text(apply_edits(text, (edit,)))
    if not new.strip() or "\n" in new or not _same_but(old, after, index, new.strip()):
        raise VaultkitError(f"{code_span(new)} cannot be the text of this heading; choose a plainer one")
    places = {one: one for one in vault.files}
    work = Work(vault, vault.files, Renaming(()), places, {}, own={path: edit})
    work.reread({path: after})
    return plan_places(work, read)


def _same_but(old: Note, new: Note, index: int, text: str) -> bool:
    """Return whether only the text of one heading differs, and is the one that is wanted."""

    def others(headings: tuple[Heading, ...]) -> list[tuple[int, str]]:
        return [(one.level, one.text) for number, one in enumerate(headings) if number != index]

    if len(old.headings) != len(new.headings) or others(old.headings) != others(new.headings):
        return False
    one = new.headings[index]
    if one.level != old.headings[index].level or [block.id for block in old.blocks] != [one.id for one in new.blocks]:
        return False
    return one.text == text or (one.text.startswith(text) and bool(_TRAILING_ID.fullmatch(one.text[len(text) :])))


def plan_rename_block(vault: Snapshot, path: str, old: str, new: str, read: Read) -> MovePlan:
    """The plan to give the block ``old`` (an id without ``^``) of a note the id ``new``, with all links to it.

    Raises:
        VaultkitError: there is no such block, the new id is taken or invalid, or a link cannot be rewritten.
    """
    note, text = _opened(vault, path, read)
    old, new = old.strip().removeprefix("^"), new.strip().removeprefix("^")
    block = next((one for one in note.blocks if one.id.lower() == old.lower()), None)
    if block is None:
        raise VaultkitError(f"{path}: no block {code_span('^' + old)}")
    if not _BLOCK_ID.fullmatch(new):
        raise VaultkitError(f"{code_span(new)} is no block id; use letters, digits and dashes")
    if new.lower() != old.lower() and any(one.id.lower() == new.lower() for one in note.blocks):
        raise VaultkitError(f"{path}: has a block {code_span('^' + new)} already; choose another id")
    start = block.caret + 1
    edit = Edit(start, start + len(block.id), new)
    ids = [one.id for one in parse_text(apply_edits(text, (edit,))).blocks]
    if ids != [new if one is block else one.id for one in note.blocks]:
        raise VaultkitError(f"{path}: the block {code_span('^' + old)} cannot be renamed here; change it by hand")
    places = {one: one for one in vault.files}
    work = Work(
        vault, vault.files, Renaming(()), places, {}, heading=(path, f"#^{block.id}", f"#^{new}"), own={path: edit}
    )
    return plan_places(work, read)


def _opened(vault: Snapshot, path: str, read: Read) -> tuple[Note, str]:
    note = note_of(vault, path)
    try:
        decoded = decode(read(path))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise VaultkitError(f"{path}: cannot be read ({reason}); nothing was changed") from error
    if decoded.fault or len(decoded.text) != note.length:
        raise VaultkitError(f"{path}: changed since it was read; run the command again")
    if holds_conflict(note, decoded.text):
        raise VaultkitError(f"{path}: has git conflict markers; resolve the conflict first")
    return note, decoded.text
