"""What a move changes: which files get another path, and which texts must be rewritten for it. Nothing is written here.

A link is looked at as it opens before and as it would open afterwards; only where that is not the same file it is
spelled anew. So links to files that stay, which a moved file would draw to itself, are kept true, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from vaultkit.errors import VaultkitError
from vaultkit.index.conflicts import holds_conflict
from vaultkit.index.files import VaultFile, extension
from vaultkit.index.resolve import Resolution, fold
from vaultkit.index.vault import Vault
from vaultkit.note.links import nfc
from vaultkit.note.model import Link, Note, PropertyLink
from vaultkit.note.parse import parse_text
from vaultkit.record import record
from vaultkit.refactor.definitions import Definition, definitions
from vaultkit.refactor.renaming import Renaming
from vaultkit.refactor.rewrite import Unwritable, base_edits, canvas_edits, linked, note_edits
from vaultkit.refactor.setting_files import SettingFile, fault_of, in_moved_folder, setting_edits
from vaultkit.refactor.spelling import Form, Names, respelled_relative, spelling
from vaultkit.text import BOM, Edit, apply_edits, decode, line_and_column, line_starts

_Written = tuple[Link | PropertyLink | Definition, ...]


@record
class Rewrite:
    """New bytes for a file. path: where it lies before the move; new_path: afterwards."""

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
class Doubt:
    """A link in the file ``path``. opened: what it opened before a move, as that is called now. opens: what now."""

    path: str
    linkpath: str
    opened: str
    opens: str


@record
class Move:
    """What is to be done, all of it or nothing.

    pairs: (path, new path) of the files that move.  rewrites, links: what is rewritten in which files.
    adopted: (path, linkpath) of links that open nothing now and will open a moved file.
    settings: what is rewritten in Obsidian's own files, which are among the rewrites.
    left: (path, reason) of those that name a moved file, or may, and are left as they are.
    doubtful: links that open one file now and, if they were written before a move that has happened, opened
    another; they are left.
    """

    pairs: tuple[tuple[str, str], ...]
    rewrites: tuple[Rewrite, ...]
    links: tuple[Respelled, ...]
    adopted: tuple[tuple[str, str], ...]
    settings: tuple[Respelled, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    doubtful: tuple[Doubt, ...] = ()


def plan_move(
    vault: Vault, renaming: Renaming, read: Callable[[str], bytes], setting_files: tuple[SettingFile, ...] = ()
) -> Move:
    """The plan for files of ``vault`` to move. read: the bytes of a file by its path before.

    Raises:
        VaultkitError: a link cannot be rewritten; the message says where and why.
    """
    moved = dict(renaming.pairs)
    places = {path: moved.get(path, path) for path in vault.files}
    return _plan(_Work(vault, vault.files, renaming, places, {}), renaming.pairs, read, setting_files)


def plan_relink(
    vault: Vault,
    renaming: Renaming,
    read: Callable[[str], bytes],
    setting_files: tuple[SettingFile, ...] = (),
    *,
    just_moved: bool = False,
) -> Move:
    """The plan for a vault whose files have moved already, or were given up for others: nothing moves any more.

    renaming: from what is gone to what takes its place. Links that would open the first open the second; links
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
    work = _Work(vault, before, renaming, places, origins, earlier=earlier, just_moved=just_moved)
    return _plan(work, (), read, setting_files)


def _plan(
    work: _Work,
    pairs: tuple[tuple[str, str], ...],
    read: Callable[[str], bytes],
    setting_files: tuple[SettingFile, ...],
) -> Move:
    rewrites: list[Rewrite] = []
    links: list[Respelled] = []
    for path, new_path in work.places.items():
        edits_of = work.edits_of(path, read)
        if edits_of is None:
            continue
        is_base = work.vault.files[path].kind == "base"
        try:
            data = read(path)
        except OSError as error:
            if is_base:
                continue  # who wants to know asks `unread`
            reason = (error.strerror or str(error)).lower()
            raise VaultkitError(f"{path}: cannot be read ({reason}); nothing was changed") from error
        decoded = decode(data)
        if decoded.fault:
            if is_base:
                continue
            raise VaultkitError(f"{path}: cannot be rewritten, it is {decoded.fault}; mend the file first")
        text = decoded.text
        found = edits_of(text)
        if not found:
            continue
        if holds_conflict(work.vault.notes.get(path), text):
            raise VaultkitError(
                f"{path}: holds git conflict markers and links that must change; settle the merge first"
            )
        starts = line_starts(text)
        edits: list[Edit] = []
        for edit in found:
            line, column = line_and_column(starts, edit.start)
            if isinstance(edit, Unwritable):
                raise VaultkitError(
                    f"{path}:{line}:{column}: {edit.written} cannot be rewritten here; change it by hand first"
                )
            edits.append(edit)
            links.append(Respelled(path, line, column, text[edit.start : edit.end], edit.replacement))
        after = apply_edits(text, tuple(edits))
        work.verify(path, text, after)
        head = BOM if decoded.has_bom else ""
        rewrites.append(Rewrite(path, new_path, data, (head + after).encode()))
    links.sort(key=lambda link: (link.path, link.line, link.column))
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
            settings += _respelled(file.path, text, changes)
            mark = file.data[: len(file.data) - len(text.encode())]
            rewrites.append(Rewrite(file.path, file.path, file.data, mark + apply_edits(text, changes).encode()))
    return Move(
        pairs,
        tuple(rewrites),
        tuple(links),
        tuple(sorted(work.adopted)),
        tuple(settings),
        tuple(left),
        tuple(sorted(work.doubtful, key=lambda doubt: (doubt.path, doubt.linkpath))),
    )


def _respelled(path: str, text: str, edits: tuple[Edit, ...]) -> Iterator[Respelled]:
    starts = line_starts(text)
    for edit in edits:
        line, column = line_and_column(starts, edit.start)
        yield Respelled(path, line, column, text[edit.start : edit.end], edit.replacement)


class _Work:
    """The names before and after, and what each link must open.

    before: the files that links see. places: each file of the vault -> its path afterwards.
    origins: file -> the path from which its links were written, when they open nothing where it lies now.
    earlier: the files as they were before a move that has happened. just_moved: links are as they were then.
    """

    def __init__(
        self,
        vault: Vault,
        before: Mapping[str, VaultFile],
        renaming: Renaming,
        places: Mapping[str, str],
        origins: Mapping[str, str],
        *,
        earlier: Mapping[str, VaultFile] | None = None,
        just_moved: bool = False,
    ) -> None:
        self.vault = vault
        self.places = places
        self.adopted: set[tuple[str, str]] = set()
        self._renaming = renaming
        self._moved = dict(renaming.pairs)
        self._origins = origins
        self._earlier = None if earlier is None else _names(vault, earlier)
        self._just_moved = just_moved
        self.doubtful: set[Doubt] = set()
        self._before = _names(vault, before)
        self._after = _names(vault, {places[path]: vault.files[path] for path in places})
        self._folded = {fold(path): new for path, new in renaming.pairs}

    def edits_of(self, path: str, read: Callable[[str], bytes]) -> Callable[[str], list[Edit | Unwritable]] | None:
        """How to find the edits of a file in its text; None when it needs none."""
        kind = self.vault.files[path].kind
        if kind == "note":
            note = self.vault.notes[path]
            stale = {linkpath for linkpath in linked(note) if self._is_stale(path, linkpath)}
            if not stale and not self._may_define(path, note, read):
                return None
            return lambda text: self._edits_in_note(path, note, text)
        if kind == "canvas" and path in self.vault.canvases and not self.vault.canvases[path].fault:
            return lambda text: list(canvas_edits(text, self._respell(path), self._moved_node)) if text.strip() else []
        if kind == "base":
            return lambda text: list(base_edits(text, self._respell(path), self._moved_path))
        return None

    @staticmethod
    def _may_define(path: str, note: Note, read: Callable[[str], bytes]) -> bool:
        """The note may hold reference definitions, which only its text shows."""
        try:
            return not note.fault and b"]:" in read(path)
        except OSError:
            return False  # such files are known before: see `unread`

    def _edits_in_note(self, path: str, note: Note, text: str) -> list[Edit | Unwritable]:
        if note.length != len(text):
            raise VaultkitError(f"{path}: changed since it was read; run the command again")
        return list(note_edits(note, text, self._respell(path)))

    def wanted(self, path: str, linkpath: str) -> str | None:
        """The file that a link must open afterwards; None when it opens nothing."""
        target = self._opened(path, linkpath).path
        return None if target is None else self._moved.get(target, self.places.get(target, target))

    def _opened(self, path: str, linkpath: str) -> Resolution:
        here = self._before.resolve(linkpath, path)
        if self._earlier is None:
            return here
        then = self._earlier.resolve(linkpath, self._origins.get(path, path))
        if self._after.resolve(linkpath, path).path is None or (self._just_moved and then.path is not None):
            return then
        if here.path is not None and then.path is not None and self._now(here.path) != self._now(then.path):
            self.doubtful.add(Doubt(path, linkpath, self._now(then.path), self._now(here.path)))
        return here

    def _now(self, path: str) -> str:
        return self._moved.get(path, path)

    def _is_stale(self, path: str, linkpath: str) -> bool:
        before = self._opened(path, linkpath)
        after = self._after.resolve(linkpath, self.places[path])
        if before.path is None:
            if linkpath.startswith(("./", "../")):
                return self.places[path] != path
            if after.path is not None:
                self.adopted.add((path, linkpath))
            return False
        target = self.wanted(path, linkpath)
        if after.path != target or (after.is_tie and not before.is_tie):
            return True
        return before.path != target and fold(before.path) == fold(target or "")

    def _respell(self, path: str) -> Callable[[str, str, Form], str | None]:
        def respell(linkpath: str, raw: str, form: Form) -> str | None:
            if not self._is_stale(path, linkpath):
                return None
            before = self._opened(path, linkpath)
            target = self.wanted(path, linkpath)
            if target is None:
                return respelled_relative(raw, form, path, self.places[path])
            old = before.path or ""
            if old != target and fold(old) == fold(target):
                return _recased(old, target, linkpath, raw)
            place, settings = self.places[path], self.vault.settings
            new = spelling(self._after, settings, place, old, target, raw, form, is_whole=before.is_exact)
            if new is None:
                raise VaultkitError(
                    f"{path}: the link to {linkpath} has no spelling that opens {target}; choose another name"
                )
            return new

        return respell

    def _moved_node(self, path: str) -> str | None:
        """A canvas names files by their whole path."""
        target = self._before.exact(path)
        new = self._moved.get(target) if target is not None else None
        return nfc(new) if new is not None and nfc(new) != nfc(path) else None

    def _moved_path(self, path: str) -> str | None:
        folder = self._renaming.folder
        if folder is not None and (path == folder[0] or path.startswith(folder[0] + "/")) and path not in self._moved:
            return folder[1] + path[len(folder[0]) :]
        new = self._folded.get(fold(path))
        if new is not None:
            return new
        new = self._folded.get(fold(path + ".md"))
        return new.removesuffix(".md") if new is not None else None

    def setting_edits(self, path: str, text: str) -> Iterator[Edit]:
        """Edits of one of Obsidian's own files; path: from the vault's folder."""
        name = path.removeprefix(self.vault.settings.folder + "/")
        return setting_edits(name, text, self._moved_node, self._moved_folder, self._moved_template)

    def _moved_folder(self, value: str) -> str | None:
        folder = self._renaming.folder
        return None if folder is None else in_moved_folder(value, *folder, fold)

    def _moved_template(self, value: str) -> str | None:
        """A note named by its path or as in a link, from the vault's root."""
        name = value.strip().lstrip("/")
        target = self._before.resolve(name, "").path if name else None
        new = self._moved.get(target) if target is not None else None
        if new is None or self._after.resolve(name, "").path == new:
            return None
        return nfc(new if extension(name) == "md" else new.removesuffix(".md"))

    def verify(self, path: str, before: str, after: str) -> None:
        """Every link of the rewritten note opens what it should, and none came or went.

        Raises:
            VaultkitError: it would not be so.
        """
        if self.vault.files[path].kind != "note":
            return
        old, new = self.vault.notes[path], parse_text(after)
        pairs: tuple[tuple[_Written, _Written], ...] = (
            (old.links, new.links),
            (old.property_links, new.property_links),
            (definitions(old, before), definitions(new, after)),
        )
        for was, now in pairs:
            fits = len(was) == len(now) and all(
                one.subpath == two.subpath
                and self.wanted(path, one.linkpath) in (None, self._target(path, two.linkpath))
                for one, two in zip(was, now, strict=True)
            )
            if not fits:
                raise VaultkitError(f"{path}: its links cannot all be kept; rename to a plainer name")

    def _target(self, path: str, linkpath: str) -> str | None:
        return self._after.resolve(linkpath, self.places[path]).path


def _names(vault: Vault, files: Mapping[str, VaultFile]) -> Names:
    shows_all = vault.settings.show_unsupported_files
    shown = [path for path, file in files.items() if shows_all or file.kind != "unsupported"]
    return Names(shown, (path for path, file in files.items() if not shows_all and file.kind == "unsupported"))


def _recased(old: str, new: str, linkpath: str, raw: str) -> str | None:
    """The raw linkpath with the new letters, when it was written with the old ones."""
    for before, after in ((old, new), (old.removesuffix(".md"), new.removesuffix(".md"))):
        if nfc(raw.strip()) and nfc(before).endswith(nfc(raw.strip())) and len(nfc(before)) == len(nfc(after)):
            return raw.replace(raw.strip(), nfc(after)[-len(nfc(raw.strip())) :])
    return None
