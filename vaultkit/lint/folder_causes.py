"""Find folders behind broken links: renamed, moved or missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from vaultkit.base.record import record
from vaultkit.lint.finding import Finding
from vaultkit.vault.files import extension
from vaultkit.vault.resolve import fold, joined
from vaultkit.vault.snapshot import Snapshot

# So many of a folder's links must have their file in the new folder, of those whose file is somewhere.
_MOST = 0.6
_FEWEST = 3


@record
class FolderCause:
    """A folder that links name and that does not exist. now: the folder that has its files, "" when none has.

    has_same_paths: below the folder nothing else has changed.
    """

    folder: str
    now: str
    findings: tuple[Finding, ...]
    has_same_paths: bool = False


@record
class Wanted:
    """A file that a link wants. folder: the first folder of the path that does not exist; rest: the path in it."""

    finding: Finding
    path: str
    folder: str
    rest: str


def folder_causes(
    findings: Iterable[Finding], vault: Snapshot, linkpath: Callable[[Finding], str]
) -> Iterator[FolderCause]:
    """The folders that do not exist, with the findings of links into them."""
    ends = folder_ends(vault)
    groups: defaultdict[str, list[Wanted]] = defaultdict(list)
    for finding in findings:
        wanted = _wanted(finding, linkpath(finding), ends)
        if wanted is not None:
            groups[fold(wanted.folder)].append(wanted)
    for group in groups.values():
        yield from _explained(group, vault)


def folder_ends(vault: Snapshot) -> frozenset[str]:
    """Every folder as links may name it: "a/b/c" as that, "b/c" and "c"; folded."""
    folders = {fold(path.rpartition("/")[0]) for path in vault.files}
    found: set[str] = set()
    for folder in folders:
        while folder and folder not in found:
            parts = folder.split("/")
            found.update("/".join(parts[at:]) for at in range(len(parts)))
            folder = folder.rpartition("/")[0]
    return frozenset(found)


def _wanted(finding: Finding, linkpath: str, ends: frozenset[str]) -> Wanted | None:
    path: str | None = linkpath
    if linkpath.startswith(("./", "../")):
        path = joined(finding.path[: finding.path.rfind("/") + 1], linkpath)
    path = (path or "").strip("/")
    if "/" not in path or ":" in path or path.startswith("."):
        return None
    parts = path.split("/")
    for count in range(1, len(parts)):
        folder = "/".join(parts[:count])
        if fold(folder) not in ends:
            return Wanted(finding, path, folder, "/".join(parts[count:]))
    return None


def _explained(group: Sequence[Wanted], vault: Snapshot) -> Iterator[FolderCause]:
    """The renamed folder that a group has in common, or its renamed subfolders; what is left has no folder now."""
    left = list(group)
    places = {wanted.finding.fingerprint: _places(wanted, wanted.rest, vault) for wanted in group}
    now = _common(places.values())
    if now:
        moved = [one for one in group if now in places[one.finding.fingerprint]]
        yield _cause(group[0].folder, now, moved, has_same_paths=len(moved) == len(group))
        left = [one for one in group if one not in moved]
    else:
        by_folder: defaultdict[str, list[Wanted]] = defaultdict(list)
        for wanted in group:
            by_folder[wanted.path.rpartition("/")[0]].append(wanted)
        for folder, inner in by_folder.items():
            names = {one.finding.fingerprint: _places(one, one.path.rpartition("/")[2], vault) for one in inner}
            now = _common(names.values())
            if now:
                moved = [one for one in inner if now in names[one.finding.fingerprint]]
                yield _cause(folder, now, moved, has_same_paths=len(moved) == len(inner))
                left = [one for one in left if one not in moved]
    if left:
        yield _cause(group[0].folder, "", left)


def _cause(folder: str, now: str, group: Sequence[Wanted], *, has_same_paths: bool = False) -> FolderCause:
    return FolderCause(folder, now, tuple(one.finding for one in group), has_same_paths)


def _places(wanted: Wanted, rest: str, vault: Snapshot) -> tuple[str, ...]:
    """Return the folders that have the file at the path ``rest``."""
    name = rest.rpartition("/")[2]
    files = vault.files_named(name)
    end = "/" + fold(rest)
    if not files and extension(name) != "md":
        files, end = vault.files_named(f"{name}.md"), end + ".md"
    return tuple(path[: -len(end)] for path in files if fold(path).endswith(end) and len(path) > len(end))


def _common(places: Iterable[tuple[str, ...]]) -> str:
    """The folder that has most of the files; "" when none does."""
    known = [place for place in places if place]
    counts = Counter(folder for place in known for folder in set(place))
    if not counts:
        return ""
    (folder, count), *_ = counts.most_common(1)
    return folder if count >= _FEWEST and count >= _MOST * len(known) else ""
