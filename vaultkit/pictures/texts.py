"""The texts of a vault's pictures, as far as they are known: from the cache, corrected by the vault's own file.

Nothing here reads a picture's pixels, loads an engine or starts a program, so any command may ask.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping

from vaultkit.base.record import record
from vaultkit.base.safe_read import read_inside
from vaultkit.pictures.corrections import Correction, read_corrections
from vaultkit.pictures.decode import MAX_FILE_BYTES, READABLE
from vaultkit.pictures.model import Line, PictureText
from vaultkit.pictures.store import FileStamp, Stored, TextStore, stamp_of, store_file
from vaultkit.vault.files import extension, walk

EDITED = "edited"


@record
class Known:
    """What is known of some pictures.

    texts:   path -> text.  skipped: path -> why an engine could not read it.
    digests: path -> hash of the bytes, also of pictures not read yet; none for files that cannot be read at all.
    faults:  path -> why the file cannot be read.
    """

    texts: Mapping[str, PictureText]
    skipped: Mapping[str, str]
    digests: Mapping[str, str]
    faults: Mapping[str, str]


def picture_texts(root: str | os.PathLike[str]) -> Mapping[str, PictureText]:
    """Return path -> text of the pictures of the vault at ``root`` that were read or corrected, by path.

    A picture without text is included, with an empty one. The answer is empty, after one `stat`, where nothing was ever
    read or corrected.

    Raises:
        VaultkitError: ``.vaultkit/pictures.jsonl`` is damaged.
    """
    root = os.path.abspath(os.fspath(root))
    if not has_texts(root):
        return {}
    return texts_of(root, (file.path for file in walk(root).files)).texts


def has_texts(root: str) -> bool:
    """Return whether anything was read on this machine, or corrected in this vault."""
    from vaultkit.pictures.corrections import FILE

    path = store_file()
    return (path is not None and os.path.isfile(path)) or os.path.isfile(os.path.join(root, FILE))


def stored_texts(root: str, files: Iterable[str]) -> Mapping[str, PictureText]:
    """Return path -> text of the pictures among the files, for commands that nobody asked about pictures.

    Where no picture of the vault was read on this machine, only files that a correction names are looked into.

    Raises:
        VaultkitError: ``.vaultkit/pictures.jsonl`` is damaged.
    """
    paths = [path for path in files if extension(path) in READABLE]
    if not paths or not has_texts(root):
        return {}
    corrections = read_corrections(root)
    store = TextStore(store_file(), make=False)
    try:
        if not _has_read(root, paths, store):
            names = {one.picture.rpartition("/")[2] for one in corrections.values()}
            paths = [path for path in paths if path.rpartition("/")[2] in names]
        return texts_of(root, paths, store=store).texts if paths else {}
    finally:
        store.close()


def _has_read(root: str, paths: Iterable[str], store: TextStore) -> bool:
    """Return whether the cache knows one of the files of the vault."""
    if not store.is_open:
        return False
    places = (os.path.join(os.path.realpath(root), path) for path in paths)
    return bool(store.digests({place: stamp for place in places if (stamp := stamp_of(place)) is not None}))


def texts_of(root: str, files: Iterable[str], engine: str | None = None, store: TextStore | None = None) -> Known:
    """Return what is known of the pictures among the files of the vault.

    engine: only what the engine of this identity read; None for the engine that was used last, else any.
    store:  the open cache; by default it is opened to be read.

    Raises:
        VaultkitError: ``.vaultkit/pictures.jsonl`` is damaged.
    """
    paths = sorted(path for path in files if extension(path) in READABLE)
    corrections = read_corrections(root)
    own = store if store is not None else TextStore(store_file(), make=False)
    try:
        digests, faults = digests_of(root, paths, own)
        stored = own.texts(digests.values(), engine)
    finally:
        if store is None:
            own.close()
    texts: dict[str, PictureText] = {}
    skipped: dict[str, str] = {}
    for path in paths:
        digest = digests.get(path)
        if digest is None:
            continue
        found, correction = stored.get(digest), corrections.get(digest)
        if correction is not None:
            texts[path] = _edited(path, correction, found)
        elif found is not None and found.reason:
            skipped[path] = found.reason
        elif found is not None:
            texts[path] = _read(path, digest, found)
    return Known(texts, skipped, digests, faults)


def _edited(path: str, correction: Correction, found: Stored | None) -> PictureText:
    size = (found.width, found.height) if found is not None else (0, 0)
    lines: tuple[Line, ...] = ()
    return PictureText(path, correction.text, 1.0, "edited", "", correction.digest, lines, *size)


def _read(path: str, digest: str, found: Stored) -> PictureText:
    return PictureText(
        path, found.text, found.confidence, found.origin, found.engine, digest, found.lines, found.width, found.height
    )  # fmt: skip


def digests_of(root: str, paths: Iterable[str], store: TextStore) -> tuple[dict[str, str], dict[str, str]]:
    """Path -> hash, from the cache where the file is as it was; path -> why it cannot be read."""
    real = os.path.realpath(root)
    places = {path: os.path.join(real, path) for path in paths}
    stamps: dict[str, FileStamp] = {place: stamp for place in places.values() if (stamp := stamp_of(place)) is not None}
    known = store.digests(stamps)
    digests: dict[str, str] = {}
    faults: dict[str, str] = {}
    new: list[tuple[str, FileStamp, str]] = []
    for path, place in places.items():
        if place in known:
            digests[path] = known[place]
            continue
        try:
            digests[path] = digest_of(read_inside(root, path, MAX_FILE_BYTES))
        except OSError as error:
            faults[path] = (error.strerror or str(error)).lower()
            continue
        if place in stamps:
            new.append((place, stamps[place], digests[path]))
    store.put_digests(new)
    return digests, faults


def digest_of(data: bytes) -> str:
    """Return the hash by which texts and corrections are kept."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
