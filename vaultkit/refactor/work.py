"""The edits of one move in each file of a vault: which links must be rewritten, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.note.links import nfc
from vaultkit.note.model import Link, Note, PropertyLink, ReferenceDefinition
from vaultkit.note.parse import parse_text
from vaultkit.refactor.headings import have_changed, in_place_of, respelled_subpath
from vaultkit.refactor.renaming import Renaming
from vaultkit.refactor.rewrite import Respell, RespellPath, Unwritable, base_edits, canvas_edits, linked, note_edits
from vaultkit.refactor.setting_files import in_moved_folder, setting_edits
from vaultkit.refactor.spelling import Form, respelled_relative, spelling
from vaultkit.vault.files import VaultFile, extension
from vaultkit.vault.resolve import Resolution, Resolver, fold
from vaultkit.vault.snapshot import Snapshot

_Written = tuple[Link | PropertyLink | ReferenceDefinition, ...]


@record
class Doubt:
    """A link in the file ``path``. opened: what it opened before a move, as that is called now. opens: what now."""

    path: str
    linkpath: str
    opened: str
    opens: str


@record
class Placeless:
    """A link in the file ``path`` that opens ``target`` now, which has no such heading or block."""

    path: str
    linktext: str
    target: str
    subpath: str


class Work:
    """The names before and after, and what each link must open.

    before: the files that links see. places: each file of the vault -> its path afterwards.
    origins: file -> the path from which its links were written, if they open nothing from its present path.
    earlier: the files as they were before a move that has happened. just_moved: links are as they were then.
    heading: (path, old subpath, new subpath) of a heading or block that has got another name.
    own: path -> the edit in that note that gives a heading or block its new name.
    """

    def __init__(
        self,
        vault: Snapshot,
        before: Mapping[str, VaultFile],
        renaming: Renaming,
        places: Mapping[str, str],
        origins: Mapping[str, str],
        *,
        earlier: Mapping[str, VaultFile] | None = None,
        just_moved: bool = False,
        heading: tuple[str, str, str] | None = None,
        own: Mapping[str, Edit] | None = None,
    ) -> None:
        self.vault = vault
        self.places = places
        self.adopted: set[tuple[str, str]] = set()
        self._renaming = renaming
        self._moved = dict(renaming.pairs)
        self._origins = origins
        self._earlier = None if earlier is None else Resolver(earlier)
        self._just_moved = just_moved
        self.doubtful: set[Doubt] = set()
        self.placeless: set[Placeless] = set()
        self._heading = heading
        self._own = own or {}
        self._reread: dict[str, Note] = {}
        self._before = Resolver(before)
        self._after = Resolver({places[path]: vault.files[path] for path in places})
        self._folded = {fold(path): new for path, new in renaming.pairs}

    def edits_of(self, path: str) -> Callable[[str], list[Edit | Unwritable]] | None:
        """How to find the edits of a file in its text; None when it needs none."""
        kind = self.vault.files[path].kind
        if kind == "note":
            note = self.vault.notes[path]
            stale = {linkpath for linkpath in linked(note) if self._is_stale(path, linkpath)}
            self._tell_placeless(path, note)
            if not stale and path not in self._own and not self._has_stale_subpath(path, note):
                return None
            return lambda text: self._edits_in_note(path, note, text)
        if kind == "canvas" and path in self.vault.canvases and not self.vault.canvases[path].fault:
            return lambda text: (
                list(canvas_edits(text, self._respelling(path), self._moved_node)) if text.strip() else []
            )
        if kind == "base":
            return lambda text: list(base_edits(text, self._respelling(path), self._moved_path))
        return None

    def _edits_in_note(self, path: str, note: Note, text: str) -> list[Edit | Unwritable]:
        if note.length != len(text):
            raise VaultkitError(f"{path}: changed during the run; run the command again")
        edits = list(note_edits(note, text, self._respelling(path)))
        own = self._own.get(path)
        if own is None:
            return edits
        return [own, *(edit for edit in edits if not own.start <= edit.start < own.end)]

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

    def _respelling(self, path: str) -> Respell:
        return Respell(self._respell(path), lambda linkpath, subpath: self._new_subpath(path, linkpath, subpath))

    def reread(self, notes: Mapping[str, Note]) -> bool:
        """Take the notes as they would read; whether links to their headings must be looked at again.

        notes: those that are rewritten, by path.
        """
        changed = {path: note for path, note in notes.items() if have_changed(self.vault.notes[path], note)}
        is_news = any(
            path not in self._reread or have_changed(self._reread[path], note) for path, note in changed.items()
        ) or bool(self._reread.keys() - changed.keys())
        self._reread = changed
        return is_news

    def _new_subpath(self, path: str, linkpath: str, subpath: str) -> str | None:
        """The subpath to write in a link of the note ``path``; None when it may stay."""
        if self._heading is None and not self._reread:
            return None
        holder = path
        if linkpath.strip():
            opened = self._opened(path, linkpath).path
            holder = "" if opened is None else opened if opened in self.vault.notes else self._now(opened)
        if self._heading is not None and holder == self._heading[0]:
            named = in_place_of(subpath, *self._heading[1:])
            return named if named != subpath else None
        new = self._reread.get(holder)
        if new is None or subpath.startswith(("#^", "#[^")):
            return None
        try:
            return respelled_subpath(self.vault.notes[holder], new, subpath)
        except ValueError:
            raise VaultkitError(
                f"{path}: the link to {linkpath}{subpath} could not open this heading after the change; choose "
                "another name"
            ) from None

    def _has_stale_subpath(self, path: str, note: Note) -> bool:
        return any(
            link.subpath and self._new_subpath(path, link.linkpath, link.subpath) is not None
            for link in _links_of(note)
        )

    def _tell_placeless(self, path: str, note: Note) -> None:
        """Return links to a replaced file whose heading or block does not exist in the new file."""
        if self._earlier is None:
            return
        for link in _links_of(note):
            opened = self._opened(path, link.linkpath).path if link.subpath and link.linkpath else None
            target = self._moved.get(opened) if opened is not None else None
            if target is not None and self.vault.place(target, link.subpath).kind == "missing":
                self.placeless.add(Placeless(path, link.linkpath + link.subpath, target, link.subpath))

    def _respell(self, path: str) -> RespellPath:
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
                    f"{path}: the link to {linkpath} could not open {target} after the move; choose another name"
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

    def verify(self, path: str, before: str, after: str) -> Note | None:
        """The rewritten note, in which every link opens what it should, and none came or went; None for other files.

        Raises:
            VaultkitError: it would not be so.
        """
        if self.vault.files[path].kind != "note":
            return None
        old, new = self.vault.notes[path], parse_text(after)
        pairs: tuple[tuple[_Written, _Written], ...] = (
            (old.links, new.links),
            (old.property_links, new.property_links),
            (old.reference_definitions, new.reference_definitions),
        )
        for was, now in pairs:
            fits = len(was) == len(now) and all(
                two.subpath in (one.subpath, self._new_subpath(path, one.linkpath, one.subpath))
                and self.wanted(path, one.linkpath) in (None, self._target(path, two.linkpath))
                for one, two in zip(was, now, strict=True)
            )
            if not fits:
                raise VaultkitError(f"{path}: not all of its links can be updated; choose a simpler name")
        if len(old.headings) != len(new.headings):
            raise VaultkitError(f"{path}: not all of its headings would stay the same; choose a simpler name")
        return new

    def _target(self, path: str, linkpath: str) -> str | None:
        return self._after.resolve(linkpath, self.places[path]).path


def _links_of(note: Note) -> Iterator[Link | PropertyLink | ReferenceDefinition]:
    return chain(note.links, note.property_links, note.reference_definitions)


def _recased(old: str, new: str, linkpath: str, raw: str) -> str | None:
    """The raw linkpath with the new letters, when it was written with the old ones."""
    for before, after in ((old, new), (old.removesuffix(".md"), new.removesuffix(".md"))):
        if nfc(raw.strip()) and nfc(before).endswith(nfc(raw.strip())) and len(nfc(before)) == len(nfc(after)):
            return raw.replace(raw.strip(), nfc(after)[-len(nfc(raw.strip())) :])
    return None
