"""What a commit does to notes that it does not touch, told by cause: which change breaks how many links where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Literal

from vaultkit.hook.commit import Commit, place_is_lost, quoted
from vaultkit.index.canvas import CanvasNode
from vaultkit.index.linktext import display_name
from vaultkit.index.resolve import Resolution
from vaultkit.index.vault import Vault
from vaultkit.note.model import Link, PropertyLink
from vaultkit.record import record
from vaultkit.text import line_and_column, line_starts

Effect = Literal["broken", "lost-place", "retargeted", "ambiguous"]
Written = Link | PropertyLink | CanvasNode


@record
class Broken:
    """One link in a note that the commit leaves alone. line, column: from 1. written: as it stands there."""

    path: str
    line: int
    column: int
    written: str


@record
class Cause:
    """One change of the commit, and the links it breaks.

    message: "deleting `a.md` breaks 2 links".  mend: a command or a sentence that says what to do.
    """

    message: str
    mend: str
    links: tuple[Broken, ...]


def causes(commit: Commit) -> tuple[Cause, ...]:
    """The causes, by message, with their links in order."""
    groups: dict[tuple[Effect, str, str], list[Broken]] = {}
    moved = _moved_folders(commit)
    for path in commit.concerned:
        starts: tuple[int, ...] | None = None
        for link in _links(commit.named_after, path):
            effect = _effect(commit, path, link)
            if effect is None:
                continue
            kind, subject, detail = effect
            if kind == "broken":
                subject, detail = moved.get(subject, (subject, detail))
            starts = starts or line_starts(commit.text(path))
            line, column = line_and_column(starts, link.start)
            written = commit.text(path)[link.start : link.end] or _path_of(link)
            groups.setdefault((kind, subject, detail), []).append(Broken(path, line, column, written))
    made = [
        Cause(*_told(commit, kind, subject, detail, len(links)), tuple(sorted(links, key=_position)))
        for (kind, subject, detail), links in groups.items()
    ]
    return tuple(sorted(made, key=lambda cause: cause.message))


def _position(link: Broken) -> tuple[str, int, int]:
    return link.path, link.line, link.column


def _links(vault: Vault, path: str) -> Iterator[Written]:
    note = vault.notes.get(path)
    if note is not None:
        yield from chain[Link | PropertyLink](note.links, note.property_links)
    elif path in vault.canvases:
        yield from chain[Written](vault.canvases[path].nodes, vault.canvases[path].card_links)


def _path_of(link: Written) -> str:
    return link.path if isinstance(link, CanvasNode) else link.linkpath


def _effect(commit: Commit, source: str, link: Written) -> tuple[Effect, str, str] | None:
    """What happens to a link: (effect, the file that causes it, a detail); None when nothing does."""
    before, after = _opens(commit.named_before, source, link), _opens(commit.named_after, source, link)
    if before.path is None:
        return None
    if after.path is None:
        return "broken", before.path, commit.renamed.get(before.path, "")
    expected = commit.renamed.get(before.path, before.path)
    if after.path != before.path and after.path != expected:
        cause = before.path if before.path not in commit.paths else after.path
        return "retargeted", cause, f"{before.path}\n{after.path}"
    if place_is_lost(commit.named_before, commit.named_after, before.path, after.path, link.subpath):
        return "lost-place", after.path, link.subpath
    linkpath = _path_of(link)
    if (
        not isinstance(link, CanvasNode)
        and len(after.candidates) > 1
        and len(before.candidates) == 1
        and not after.is_exact
        and "/" not in linkpath
    ):
        new = next((path for path in after.candidates if path not in commit.named_before.files), "")
        return ("ambiguous", new, display_name(new)) if new else None
    return None


def _opens(vault: Vault, source: str, link: Written) -> Resolution:
    if not isinstance(link, CanvasNode):
        return vault.resolve(link.linkpath, source)
    found = vault.file_at(link.path)
    return Resolution(found, (found,) if found else (), True, False)


def _told(commit: Commit, kind: Effect, subject: str, detail: str, count: int) -> tuple[str, str]:
    links = f"{count} link" if count == 1 else f"{count} links"
    if kind == "broken":
        if detail:
            what = "renaming the folder" if subject not in commit.named_before.files else "renaming"
            return (
                f"{what} `{subject}` to `{detail}` breaks {links}",
                f"`vaultkit relink {quoted(subject)} {quoted(detail)}` points them to the new path",
            )
        return (
            f"deleting `{subject}` breaks {links}",
            f"`vaultkit relink {quoted(subject)} NEW` points them to another note",
        )
    if kind == "retargeted":
        old, new = detail.split("\n")
        if subject == old:
            verb = f"renaming `{old}` to `{commit.renamed[old]}`" if old in commit.renamed else f"deleting `{old}`"
            target = commit.renamed.get(old, "NEW")
            mend = f"`vaultkit relink {quoted(old)} {quoted(target)}` keeps them"
        else:
            verb = f"{_coming(commit, new)} `{new}`"
            mend = f"write the path in the links, or choose another name: `vaultkit move {quoted(new)} NEW`"
        return f"{verb} makes {links} open `{new}` instead of `{old}`", mend
    if kind == "ambiguous":
        which = "a link" if count == 1 else links
        return (
            f"{_coming(commit, subject)} `{subject}` makes {which} to {detail} ambiguous",
            f"write the path in the link, or choose another name: `vaultkit move {quoted(subject)} NEW`",
        )
    what = f"block `^{detail[2:]}`" if detail.startswith("#^") else f"heading `{detail.lstrip('#')}`"
    return (
        f"`{subject}` loses the {what}, which breaks {links}",
        "bring it back, or change the links",
    )


def _coming(commit: Commit, path: str) -> str:
    return "renaming to" if path in commit.renamed.values() else "adding"


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
    left = {folder for path in commit.paths for folder in _above(path)}
    return {
        old: folders for folders, paths in groups.items() if len(paths) > 1 and folders[0] not in left for old in paths
    }


def _above(path: str) -> Iterator[str]:
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
