"""From linkpath to file: the one place that decides what a link names.

The order is Obsidian's (rules R70 to R86, measured on Obsidian 1.13.7): an exact path from the
vault's root; then, among all files whose path ends with the linkpath at a folder boundary, one in
the own folder; then the shortest path. At each step ``linkpath.md`` comes before ``linkpath``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from vaultkit.base.record import record


@record
class Resolution:
    """What a linkpath names.

    path:       the file Obsidian would open; None when there is none.
    candidates: all files that the linkpath fits, sorted; more than one means the choice depends on
                where the link stands or on the length of paths.
    is_exact:   the linkpath is the whole path from the root, or says where it starts.
    is_tie:     two candidates are equal by all of Obsidian's known rules; the pick is ours.
    """

    path: str | None
    candidates: tuple[str, ...]
    is_exact: bool
    is_tie: bool


NOWHERE = Resolution(None, (), False, False)


def fold(path: str) -> str:
    """The form in which paths are compared: NFC, no case, no-break spaces as spaces.

    Letters that only look alike ("ﬁ" and "fi") stay different, so this is no full case folding;
    the two small sigmas are one letter.

    >>> fold("ΛΌΓΟΣ.md") == fold("λόγος.MD")
    True
    """
    if path.isascii():
        return path.lower()
    path = unicodedata.normalize("NFC", path).replace("\u00a0", " ").replace("\u202f", " ")
    return path.lower().replace("ς", "σ")


class Resolver:
    """Answers what a linkpath names among a fixed set of files. Answers are kept, as most links are written more than once."""

    __slots__ = ("_anywhere", "_by_name", "_by_path", "_in_folder")

    def __init__(self, paths: Iterable[str]) -> None:
        by_path: dict[str, list[str]] = {}
        by_name: dict[str, list[tuple[str, str]]] = {}  # file name -> (folded path, path)
        for path in sorted(paths):
            key = fold(path)
            by_path.setdefault(key, []).append(path)
            by_name.setdefault(key[key.rfind("/") + 1 :], []).append((key, path))
        self._by_path = by_path
        self._by_name = by_name
        # Answers given before: those that hold wherever the link stands, and those of one folder.
        self._anywhere: dict[str, Resolution] = {}
        self._in_folder: dict[tuple[str, str], Resolution] = {}

    def resolve(self, linkpath: str, source: str) -> Resolution:
        """What ``linkpath`` names in the note ``source``; an empty one names the note itself."""
        linkpath = linkpath.strip()
        if not linkpath:
            return Resolution(source, (source,), True, False)
        known = self._anywhere.get(linkpath)
        if known is not None:
            return known
        folder = source[: source.rfind("/") + 1]
        known = self._in_folder.get((folder, linkpath))
        if known is None:
            known = self._resolve(linkpath, folder)
            if linkpath[0] == "." or (len(known.candidates) > 1 and not known.is_exact):
                self._in_folder[folder, linkpath] = known
            else:
                self._anywhere[linkpath] = known
        return known

    def exact(self, path: str) -> str | None:
        """The file at exactly this path from the root, compared as paths are; None when there is none."""
        found = self._by_path.get(fold(path))
        return self._pick(found, path) if found else None

    def named(self, name: str) -> tuple[str, ...]:
        """All files of this file name, extension included, in any folder."""
        return tuple(path for _, path in self._by_name.get(fold(name), ()))

    @staticmethod
    def _pick(paths: list[str], wanted: str) -> str:
        return wanted if wanted in paths else paths[0]

    def _resolve(self, linkpath: str, folder: str) -> Resolution:
        if linkpath.startswith(("./", "../")) or linkpath in (".", ".."):
            absolute = joined(folder, linkpath)
            return NOWHERE if absolute is None else self._at(absolute)
        if linkpath.startswith("/"):
            return self._at(linkpath.lstrip("/"))
        key = fold(linkpath)
        for wanted in (key + ".md", key):
            if wanted in self._by_path:
                return self._at(linkpath)
        name = key[key.rfind("/") + 1 :]
        notes, others = self._by_name.get(name + ".md", ()), self._by_name.get(name, ())
        if not notes and not others:
            return NOWHERE
        if name != key:  # a linkpath with folders fits where whole folders do
            notes = [pair for pair in notes if pair[0].endswith(f"/{key}.md")]
            others = [pair for pair in others if pair[0].endswith("/" + key)]
        candidates = tuple(sorted(path for group in (notes, others) for _, path in group))
        own_folder = fold(folder)
        for group, wanted in ((notes, f"{own_folder}{key}.md"), (others, own_folder + key)):
            own = [path for found, path in group if found == wanted]
            if own:
                return Resolution(self._pick(own, folder + linkpath), candidates, False, len(own) > 1)
        if not candidates:
            return NOWHERE
        group = notes or others
        shortest = min(len(path) for _, path in group)
        best = sorted(path for _, path in group if len(path) == shortest)
        return Resolution(best[0], candidates, False, len(best) > 1)

    def _at(self, path: str) -> Resolution:
        for wanted in (path + ".md", path):
            found = self._by_path.get(fold(wanted))
            if found:
                return Resolution(self._pick(found, wanted), tuple(found), True, len(found) > 1)
        return NOWHERE


def joined(folder: str, relative: str) -> str | None:
    """The path from the root of ``./x`` or ``../x``; None when it climbs out of the vault."""
    parts = folder.rstrip("/").split("/") if folder else []
    for part in relative.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
