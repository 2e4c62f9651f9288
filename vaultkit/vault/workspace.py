"""A vault as every command opens it: folder, configuration, settings folder, ignored files and cache, decided once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from vaultkit.base.hashes import blake2b
from vaultkit.base.errors import VaultkitError
from vaultkit.base.globs import matcher
from vaultkit.base.record import record
from vaultkit.base.safe_read import MAX_BYTES, read_regular, require_regular
from vaultkit.base.store import Store
from vaultkit.config import Config, find_config, read_config, user_config
from vaultkit.config import OBSIDIAN_FOLDER
from vaultkit.vault.files import VaultFile, Walk, stamp_of, walk
from vaultkit.vault.stamps import packed, trusted_until
from vaultkit.vault.settings import Settings, read_settings

if TYPE_CHECKING:
    from vaultkit.note.model import Note
    from vaultkit.vault.canvas import Canvas
    from vaultkit.vault.memo import Memo
    from vaultkit.vault.note_store import NoteQuery
    from vaultkit.vault.snapshot import Snapshot

# What reads notes is imported where it is used: an unchanged vault is answered without the parser.
Progress = Callable[[int, int], None]
# Kinds of stored answers that one vault keeps; those written longest ago go first.
MAX_PURPOSES = 12
_PURPOSES = "purposes"


def reason_of(error: OSError) -> str:
    """Return why a file could not be read."""
    return (error.strerror or str(error)).lower()


@record
class Listing:
    """The files of a workspace at one moment. left_out: paths that the configuration excludes."""

    walk: Walk
    files: Mapping[str, VaultFile]
    left_out: tuple[str, ...]


class Workspace:
    """Everything that is decided before a note is read.

    root:        absolute path of the vault's folder.
    config:      vaultkit's configuration for it.
    named_files: paths that exist even if the configuration excludes them.
    store:       the cache; None if nothing is to be cached.
    """

    def __init__(
        self, root: str, config: Config, *, named_files: frozenset[str] = frozenset(), has_store: bool = True
    ) -> None:
        self.root = os.path.abspath(root)
        self.config = config
        self.named_files = named_files
        self.store = Store.of(self.root) if has_store else None
        fits = matcher(config.exclude)
        self._excludes = fits if fits is not None else lambda path: False

    @classmethod
    def open(cls, root: str | os.PathLike[str], config: Config | None = None, *, has_store: bool = True) -> Workspace:
        """Open the vault in the folder ``root``.

        config: None for the configuration file of the vault, else the user's, else the defaults.

        Raises:
            ConfigError: the configuration cannot be understood.
        """
        root = os.path.abspath(os.fspath(root))
        return cls(root, config if config is not None else config_of(root), has_store=has_store)

    @staticmethod
    def memory(texts: Mapping[str, str | bytes | None], app: Mapping[str, Any] | None = None) -> Snapshot:
        """Return a snapshot in memory: path -> text, bytes, or None where the content does not matter.

        app: keys of Obsidian's ``app.json``.
        """
        from vaultkit.vault.load import snapshot_of_texts

        return snapshot_of_texts(texts, app)

    def excludes(self, path: str) -> bool:
        """The path does not exist for vaultkit, as the configuration says."""
        return path not in self.named_files and self._excludes(path)

    @property
    def settings_folder(self) -> str:
        """The vault-relative folder of Obsidian's settings; "" if none are to be read."""
        return self.config.settings_folder

    def settings(self) -> Settings:
        """Read Obsidian's settings of the vault."""
        return read_settings(self.root, self.settings_folder)

    def list_files(self) -> Listing:
        """List the files.

        Raises:
            VaultkitError: the folder cannot be read.
        """
        if not os.path.isdir(self.root):
            raise VaultkitError(f"{self.root}: no such folder; name the folder of a vault")
        found = walk(self.root, with_stamps=True, settings_folder=self.settings_folder or OBSIDIAN_FOLDER)
        if not found.files and found.faults and found.faults[0][0] == ".":
            raise VaultkitError(f"{self.root}: cannot be read ({found.faults[0][1]}); check its permissions")
        files = {file.path: file for file in found.files if not self.excludes(file.path)}
        left_out = tuple(file.path for file in found.files if file.path not in files)
        return Listing(found, files, left_out)

    def snapshot(self, *, progress: Progress | None = None) -> Snapshot:
        """Read all files. progress: called with (notes done, notes in all).

        Raises:
            VaultkitError: the folder cannot be read.
        """
        return self.read(None, progress=progress)[0]

    def revision(self, name: str) -> Snapshot:
        """Return the vault as it was at a git revision, such as "main" or "HEAD~3".

        Raises:
            VaultkitError: there is no git, no repository or no such revision.
        """
        from vaultkit.vault.revision import snapshot_at

        return snapshot_at(self, name)

    def listed(self, listing: Listing | None = None) -> Snapshot:
        """List the files; notes and canvases are read on first use.

        Raises:
            VaultkitError: the folder cannot be read.
        """
        from vaultkit.vault.canvas import read_canvas
        from vaultkit.vault.lazy import Later, LaterNotes, WholeVault

        listed = listing or self.list_files()
        whole = WholeVault(lambda: self.read(None, listing=listed)[0])
        notes = LaterNotes(self.root, (path for path, file in listed.files.items() if file.kind == "note"), whole)
        canvases: Mapping[str, Canvas] = Later(
            (path for path, file in listed.files.items() if file.kind == "canvas"),
            lambda: whole.vault.canvases,
            lambda: read_canvas(b""),
        )
        return self.assembled(listed, notes, canvases, listed.walk.faults)

    def read(
        self, query: NoteQuery[Any] | None, *, listing: Listing | None = None, progress: Progress | None = None
    ) -> tuple[Snapshot, dict[str, Any]]:
        """Read all files, and ask ``query`` about each note; notes that did not change come from the store.

        Returns:
            The snapshot, and path -> answer for the notes that have one.

        Raises:
            VaultkitError: the folder cannot be read.
        """
        listing = listing or self.list_files()
        paths = [path for path, file in listing.files.items() if file.kind == "note"]
        notes, answers, faults = self._notes(paths, listing.walk, query, progress)
        canvases, more = self.read_canvases(listing)
        return self.assembled(listing, notes, canvases, (*listing.walk.faults, *faults, *more)), answers

    def assembled(
        self,
        listing: Listing,
        notes: Mapping[str, Note],
        canvases: Mapping[str, Canvas],
        faults: tuple[tuple[str, str], ...],
        memo: Memo | None = None,
    ) -> Snapshot:
        """Return the snapshot of these files with notes and canvases that were read already. memo: known answers."""
        from vaultkit.vault.snapshot import Snapshot

        return Snapshot(
            listing.files,
            notes,
            canvases,
            self.settings(),
            name=os.path.basename(self.root),
            root=self.root,
            faults=faults,
            nested=listing.walk.nested,
            ignored=self.ignored_by_git(listing),
            left_out=listing.left_out,
            memo=memo,
        )

    def ignored_by_git(self, listing: Listing) -> frozenset[str]:
        """Return the files that git ignores, without those that were named."""
        if not self.config.respect_gitignore:
            return frozenset()
        from vaultkit.vault.gitignore import ignored_paths

        paths = [file.path for file in listing.walk.files if file.kind != "attachment"]
        return ignored_paths(self.root, listing.walk.ignoring, paths) - self.named_files

    def read_canvases(self, listing: Listing) -> tuple[dict[str, Canvas], list[tuple[str, str]]]:
        """Read the canvases, and look whether bases can be read; return them and (path, reason) of what cannot."""
        from vaultkit.vault.canvas import read_canvas

        canvases: dict[str, Canvas] = {}
        faults: list[tuple[str, str]] = []
        for path, file in listing.files.items():
            if file.kind not in ("canvas", "base"):
                continue
            place = os.path.join(self.root, path)
            try:
                if file.kind == "canvas":
                    canvases[path] = read_canvas(read_regular(place))
                else:  # rules read it later, if it is a regular file
                    require_regular(place, MAX_BYTES)
            except FileNotFoundError:
                if file.kind == "canvas":
                    faults.append((path, "no such file or directory"))
            except OSError as error:
                faults.append((path, reason_of(error)))
        return canvases, faults

    def environment(self, listing: Listing) -> bytes:
        """Return a hash of all that findings depend on besides the files of the vault.

        These are the names of the files and folders, Obsidian's settings, git's state and its ignore files, the
        configuration, and the day.
        """
        parts: list[object] = [self.config, sorted(self.named_files), listing.walk.nested, listing.walk.faults]
        parts += [tuple(listing.files), listing.left_out, listing.walk.folders, listing.walk.ignoring]
        parts.append(time.strftime("%Y-%m-%d"))
        places = [*self.settings_places(listing), *_git_files(self.root)]
        parts += [(place, stamp_of(place)) for place in places]
        return blake2b(repr(parts).encode("utf-8", "surrogateescape"), digest_size=32).digest()

    def settings_places(self, listing: Listing) -> list[str]:
        """Return absolute paths of the files that settings are read from: configuration, ignore files, Obsidian's."""
        places = [os.path.join(self.root, folder, ".gitignore") for folder in listing.walk.ignoring]
        if self.config.source:
            places.append(os.path.abspath(self.config.source))
        if self.settings_folder:
            places += _settings_files(os.path.join(self.root, self.settings_folder))
        return places

    def _notes(
        self, paths: list[str], found: Walk, query: NoteQuery[Any] | None, progress: Progress | None
    ) -> tuple[dict[str, Note], dict[str, Any], tuple[tuple[str, str], ...]]:
        from vaultkit.vault.note_store import NOTES, decode_note
        from vaultkit.vault.read_notes import read_notes

        store = self.store
        if store is None:
            scan = read_notes(self.root, paths, query, progress)
            return dict(scan.notes), dict(scan.answers), scan.faults
        limit = trusted_until()
        stamps = {path: packed(found.stamps.get(path), limit) for path in paths}
        old = store.rows(NOTES)
        said = store.rows(query.purpose) if query is not None and query.purpose else {}
        notes: dict[str, Note] = {}
        answers: dict[str, Any] = {}
        for path in paths:
            row = old.get(path)
            if row is None or not stamps[path] or row[0] != stamps[path]:
                continue
            if query is not None:
                answer = said.get(path)
                if answer is None or answer[0] != row[0]:
                    continue
                decoded = _decoded(query.decode, answer[1]) if answer[1] else _NOTHING
                if decoded is _BROKEN:
                    continue
                if decoded is not _NOTHING:
                    answers[path] = decoded
            note = _decoded(decode_note, row[1])
            if note is _BROKEN:
                answers.pop(path, None)
            else:
                notes[path] = note
        fresh = [path for path in paths if path not in notes]
        scan = read_notes(self.root, fresh, query, progress)
        if fresh or len(old) > len(notes):
            faulty = {path for path, _ in scan.faults}
            changed = {path: note for path, note in scan.notes.items() if path not in faulty}
            gone = [path for path in old if path not in stamps]
            self.write_notes(changed, scan.answers, stamps, query, gone)
        notes |= scan.notes
        answers |= scan.answers
        return {path: notes[path] for path in paths if path in notes}, answers, scan.faults

    def write_notes(
        self,
        notes: Mapping[str, Note],
        answers: Mapping[str, Any],
        stamps: Mapping[str, bytes],
        query: NoteQuery[Any] | None,
        gone: list[str],
    ) -> None:
        """Store notes and the answers about them. stamps: path -> packed stamp; gone: paths to delete."""
        from vaultkit.vault.note_store import NOTES, encode_note, encoded

        if self.store is None:
            return
        rows = []
        for path, note in notes.items():
            data = encode_note(note)
            rows.append((path, stamps[path] if data is not None else b"", data or b""))
        self.store.write(NOTES, rows, gone)
        if query is None or not query.purpose:
            return
        kinds = [kind for kind, _ in sorted(self.store.rows(_PURPOSES).items(), key=lambda row: row[1])]
        for kind in kinds[: max(0, len(kinds) - MAX_PURPOSES)]:
            self.store.drop(kind)
            self.store.write(_PURPOSES, (), [kind])
        said = []
        for path in notes:
            data = encoded(query.encode, answers[path]) if path in answers else b""
            said.append((path, stamps[path] if data is not None else b"", data or b""))
        self.store.write(query.purpose, said, gone)
        self.store.write(_PURPOSES, [(query.purpose, _now(), b"")])


_BROKEN: Any = object()
_NOTHING: Any = object()


def _now() -> bytes:
    return time.time_ns().to_bytes(8, "big")


def _decoded(decode: Callable[[bytes], Any], data: bytes) -> Any:
    import msgspec

    try:
        return decode(data)
    except (msgspec.MsgspecError, ValueError, TypeError):
        return _BROKEN


def config_of(root: str) -> Config:
    """Return the configuration of the vault at ``root``.

    Raises:
        ConfigError: it cannot be understood.
    """
    return read_config(find_config(root) or user_config())


def _settings_files(folder: str) -> list[str]:
    """List the settings files of Obsidian and of plugins, and the CSS snippets."""
    found = []
    for inner in ("", "plugins", "snippets"):
        try:
            with os.scandir(os.path.join(folder, inner)) as entries:
                names = sorted(entry.name for entry in entries)
        except OSError:
            continue
        if inner == "plugins":
            found += [os.path.join(folder, inner, name, "data.json") for name in names]
        else:
            found += [os.path.join(folder, inner, name) for name in names if inner or name.endswith(".json")]
    return found


def _git_files(root: str) -> list[str]:
    """Files whose change shows that git's answers may be others: head, index, refs, and ignore files."""
    folder = root
    above = []
    while not os.path.lexists(os.path.join(folder, ".git")):
        above.append(os.path.join(folder, ".gitignore"))
        parent = os.path.dirname(folder)
        if parent == folder:
            return []
        folder = parent
    git = os.path.join(folder, ".git")
    home = os.path.expanduser("~")
    names = ["HEAD", "index", "packed-refs", "config", os.path.join("info", "exclude"), os.path.join("logs", "HEAD")]
    return [
        git,
        *(os.path.join(git, name) for name in names),
        *above,
        os.path.join(folder, ".gitignore"),
        os.path.join(home, ".gitconfig"),
        os.path.join(home, ".config", "git", "ignore"),
        os.path.join(home, ".config", "git", "config"),
    ]


def load_vault(root: str | os.PathLike[str]) -> Snapshot:
    """Read the vault in the folder ``root`` with its own configuration.

    Raises:
        VaultkitError: the folder cannot be read, or its configuration cannot be understood.
    """
    return Workspace.open(root).snapshot()
