"""Links that a commit breaks in notes that it does not change, grouped by the change that breaks them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vaultkit.base.record import record
from vaultkit.base.safe_read import read_regular
from vaultkit.base.text import escape_control_chars
from vaultkit.commit.commit import Commit
from vaultkit.commit.difference import Caused, Effect
from vaultkit.commit.sides import written_links
from vaultkit.commit.typed import Shell
from vaultkit.note.parse import parse_note
from vaultkit.vault.files import file_kind
from vaultkit.vault.linktext import display_name

_MAX_NAMED = 20


@record
class Broken:
    """One link in a note that the commit does not change. line, column: from 1. written: the link's own text."""

    path: str
    line: int
    column: int
    written: str


@record
class CommitCause:
    """One change of the commit, and the links it breaks.

    message: "deleting `a.md` breaks 2 links".  remedy: a command or a sentence.
    """

    message: str
    remedy: str
    links: tuple[Broken, ...]


def causes(commit: Commit, caused: Iterable[Caused], prefix: str, shell: Shell) -> tuple[CommitCause, ...]:
    """The causes of findings about links, by message, with their links in order.

    prefix: from the repository's top to the vault.
    """
    groups: dict[Effect, list[Caused]] = {}
    folders = {**_moved_folders(commit), **_deleted_folders(commit)}
    for one in caused:
        effect = one.effect
        if effect is not None:
            if effect.kind == "broken":
                effect = Effect("broken", *folders.get(effect.subject, (effect.subject, effect.detail)))
            groups.setdefault(effect, []).append(one)
    teller = _Teller(commit, prefix, shell)
    return tuple(sorted((teller.cause(*group) for group in groups.items()), key=lambda cause: cause.message))


class _Teller:
    def __init__(self, commit: Commit, prefix: str, shell: Shell) -> None:
        self._commit = commit
        self._prefix = prefix
        self._shell = shell

    def cause(self, effect: Effect, group: list[Caused]) -> CommitCause:
        places = {(one.finding.path, one.finding.start): one for one in group}  # two rules may report one link
        group = list(places.values())
        count = len(group)
        message, remedy = {
            "broken": self._broken, "retargeted": self._retargeted,
            "ambiguous": self._ambiguous, "lost-place": self._lost_place,
        }[effect.kind](effect, f"{count} link" if count == 1 else f"{count} links", count)  # fmt: skip
        added = self._added_command(group)
        if added:
            remedy = added
        links = (Broken(one.finding.path, one.finding.line, one.finding.column, self._written(one)) for one in group)
        return CommitCause(message, remedy, tuple(sorted(links, key=lambda link: (link.path, link.line, link.column))))

    def _broken(self, effect: Effect, links: str, count: int) -> tuple[str, str]:
        subject, new = effect.subject, effect.detail
        is_folder = subject not in self._commit.before.vault.files
        what = "the folder " if is_folder else ""
        if new:
            command = self._shell.vaultkit(self._prefix, "relink", subject, new)
            return (
                f"renaming {what}{self._path(subject)} to {self._path(new)} breaks {links}",
                f"run `{command}` to update them",
            )
        module = next((one for one in self._commit.altered_folders if subject.startswith(one + "/")), "")
        if module:
            return (
                f"updating the submodule {self._path(module)} removes {self._path(subject)} and breaks {links}",
                "change the links, or keep the version of the submodule",
            )
        if is_folder:
            return f"deleting the folder {self._path(subject)} breaks {links}", "change the links, or keep the files"
        command = self._shell.vaultkit(self._prefix, "relink", subject, "NEW")
        return f"deleting {self._path(subject)} breaks {links}", f"run `{command}` to link to another note"

    def _retargeted(self, effect: Effect, links: str, count: int) -> tuple[str, str]:
        old, new = effect.detail.split("\n")
        if effect.subject == old:
            renamed = self._commit.renamed.get(old)
            verb = f"renaming {self._path(old)} to {self._path(renamed)}" if renamed else f"deleting {self._path(old)}"
            command = self._shell.vaultkit(self._prefix, "relink", old, renamed or "NEW")
            remedy = f"run `{command}` to keep their targets" if renamed else f"run `{command}` to link to another note"
        else:
            verb = f"{self._coming(new)} {self._path(new)}"
            command = self._shell.vaultkit(self._prefix, "move", new, "NEW")
            remedy = f"write the path in the links, or choose another name: `{command}`"
        return f"{verb} makes {links} open {self._path(new)} instead of {self._path(old)}", remedy

    def _ambiguous(self, effect: Effect, links: str, count: int) -> tuple[str, str]:
        command = self._shell.vaultkit(self._prefix, "move", effect.subject, "NEW")
        return (
            f"{self._coming(effect.subject)} {self._path(effect.subject)} makes {links} to "
            f"`{escape_control_chars(display_name(effect.subject))}` ambiguous",
            f"write the path in the link, or choose another name: `{command}`",
        )

    def _lost_place(self, effect: Effect, links: str, count: int) -> tuple[str, str]:
        place = escape_control_chars(effect.detail)
        if file_kind(effect.subject) == "base":
            what = f"view `{place.lstrip('#')}`"
        elif place.startswith("#[^"):
            what = f"footnote `{place[1:]}`"
        else:
            what = f"block `^{place[2:]}`" if place.startswith("#^") else f"heading `{place.lstrip('#')}`"
        return (
            f"removing {what} from {self._path(effect.subject)} breaks {links}",
            "restore it, or change the links",
        )

    def _coming(self, path: str) -> str:
        return "renaming to" if path in self._commit.renamed.values() else "adding"

    def _path(self, path: str) -> str:
        return f"`{escape_control_chars(self._shell.path(self._prefix + path))}`"

    def _written(self, one: Caused) -> str:
        text = self._commit.text(one.finding.path)
        return text[one.finding.start : one.finding.end] or one.finding.about

    def _added_command(self, group: list[Caused]) -> str:
        """What to do when the links are right on disk and only not staged; "" when one of them is not."""
        paths = sorted({one.finding.path for one in group})
        if not all(self._is_fixed(path, group) for path in paths):
            return ""
        if len(paths) > _MAX_NAMED:
            return f"the links are already changed on disk: run `git add` for these {len(paths)} files"
        command = self._shell.git_add(self._prefix + path for path in paths)
        return f"run `{command}`: the links are already changed on disk"

    def _is_fixed(self, path: str, group: list[Caused]) -> bool:
        """On disk the note is another, without any of the links."""
        place = os.path.join(self._commit.after.vault.root, path)
        if file_kind(path) != "note" or os.path.islink(place):
            return False
        try:
            note = parse_note(read_regular(place))
        except OSError:  # deleted there, or nothing to read
            return False
        links: list[Any] = [*note.links, *note.property_links, *note.reference_definitions]
        there = {(link.linkpath, link.subpath) for link in links}
        starts = {one.finding.start for one in group if one.finding.path == path}
        lost = {
            (link.linkpath, link.subpath)
            for link in written_links(self._commit.after.vault, path)
            if link.start in starts
        }
        return not note.fault and there.isdisjoint(lost)


def _moved_folders(commit: Commit) -> Mapping[str, tuple[str, str]]:
    """Renamed file -> (folder before, folder after), where a folder moved with all that was in it."""
    groups: dict[tuple[str, str], list[str]] = {}
    for old, new in commit.renamed.items():
        old_parts, new_parts = old.split("/"), new.split("/")
        shared = 0
        while shared < min(len(old_parts), len(new_parts)) - 1 and old_parts[-shared - 1] == new_parts[-shared - 1]:
            shared += 1
        if shared and len(old_parts) > shared:
            groups.setdefault(("/".join(old_parts[:-shared]), "/".join(new_parts[:-shared])), []).append(old)
    left = _folders(commit.paths)
    return {
        old: folders for folders, paths in groups.items() if len(paths) > 1 and folders[0] not in left for old in paths
    }


def _deleted_folders(commit: Commit) -> Mapping[str, tuple[str, str]]:
    """Deleted file -> (the highest folder of which nothing is left, ""), where it held several files."""
    if len(commit.deleted) < 2:
        return {}
    left = _folders(commit.paths) | _folders(commit.renamed)
    groups: dict[str, list[str]] = {}
    for path in commit.deleted:
        if not any(path.startswith(one + "/") for one in commit.altered_folders):
            gone = [folder for folder in _above(path) if folder not in left]
            if gone:
                groups.setdefault(gone[-1], []).append(path)
    return {path: (folder, "") for folder, paths in groups.items() if len(paths) > 1 for path in paths}


def _folders(paths: Iterable[str]) -> set[str]:
    return {folder for path in paths for folder in _above(path)}


def _above(path: str) -> Iterator[str]:
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
