"""Notes that are only pictures, and pictures that are stored more than once."""

from __future__ import annotations

from collections.abc import Callable

from vaultkit.base.record import record
from vaultkit.graph.attributes import picture_hash, without_files
from vaultkit.query.metadata import word_count
from vaultkit.vault.files import IMAGE_EXTENSIONS, extension
from vaultkit.vault.snapshot import Snapshot


@record
class PictureNote:
    """A note without a word besides its pictures. pictures: how many it shows."""

    path: str
    pictures: int


@record
class Pictures:
    """only: notes that are only pictures, by path.  equal: paths of pictures with the same bytes, the most copies first."""

    only: tuple[PictureNote, ...]
    equal: tuple[tuple[str, ...], ...]


def pictures(vault: Snapshot, read: Callable[[str], str]) -> Pictures:
    """What the vault's pictures are. read: path -> text of a note."""
    only = []
    for path, note in vault.notes.items():
        shown = sum(link.is_embed and extension(link.linkpath) in IMAGE_EXTENSIONS for link in note.links)
        if shown and not word_count(note, without_files(note, read(path))).words:
            only.append(PictureNote(path, shown))
    copies: dict[str, list[str]] = {}
    for path in vault.files:
        print_ = picture_hash(vault, path)
        if print_:
            copies.setdefault(print_, []).append(path)
    equal = sorted((tuple(sorted(paths)) for paths in copies.values() if len(paths) > 1), key=lambda p: (-len(p), p))
    return Pictures(tuple(sorted(only, key=lambda one: one.path)), tuple(equal))
