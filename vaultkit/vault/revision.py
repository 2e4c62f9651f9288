"""A vault as it was at a git revision: the files of a git tree, read from git's objects."""

from __future__ import annotations

import contextlib
import errno
import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping

from vaultkit.base.errors import VaultkitError
from vaultkit.base.git import read_blobs, run_git
from vaultkit.note.model import Note
from vaultkit.note.parse import parse_note
from vaultkit.vault.canvas import read_canvas
from vaultkit.vault.files import SKIPPED_FOLDERS, VaultFile, file_kind, is_hidden
from vaultkit.vault.settings import read_settings
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace

RENAME_SIMILARITY = "50%"
SYMLINK = "120000"  # git's mode of a symbolic link
MOST_LINKS = 40


def snapshot_at(workspace: Workspace, revision: str) -> Snapshot:
    """Return the vault as it was at a git revision, seen with the configuration of today.

    Raises:
        VaultkitError: there is no git, no repository or no such revision.
    """
    root = workspace.root
    commit = commit_of(root, revision)
    rows = [row.partition(b"\t") for row in _git(root, "ls-tree", "-r", "-z", commit).split(b"\0") if row]
    links = _links(root, rows)
    folder = workspace.settings_folder
    mark = f"/{folder}/" if folder else ""
    paths = [os.fsdecode(name) for _, _, name in rows]
    nested = tuple({path.partition(mark)[0] + "/" for path in paths if mark and mark in path})
    wanted: dict[str, str] = {}  # path -> object name
    files: dict[str, VaultFile] = {}
    for (head, _, _), path in zip(rows, paths, strict=True):
        mode, kind, blob = head.decode().split()
        if path.startswith(nested):  # a vault of its own, as on disk
            continue
        if mode == SYMLINK:
            blob = links.get(path, "")
        if kind != "blob" or not blob:  # a submodule, or a link that is not followed on disk either
            continue
        is_setting = bool(folder) and path.startswith(folder + "/")
        if not is_setting and (not _is_shown(path) or workspace.excludes(path)):
            continue
        if not is_setting:
            files[path] = VaultFile(path, file_kind(path))
        if file_kind(path) in ("note", "canvas", "base") or (is_setting and path.endswith(".json")):
            wanted[path] = blob
    contents = _blobs(root, sorted(set(wanted.values())))
    texts = {path: contents[blob] for path, blob in wanted.items()}

    def read(place: str) -> bytes:
        path = os.path.relpath(place, root).replace(os.sep, "/")
        if path not in texts:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)
        return texts[path]

    ordered = {path: files[path] for path in sorted(files)}
    notes: dict[str, Note] = {}
    for path, file in ordered.items():
        if file.kind == "note":
            notes[path] = parse_note(texts[path])
    return Snapshot(
        ordered,
        notes,
        {path: read_canvas(texts[path]) for path, file in ordered.items() if file.kind == "canvas"},
        read_settings(root, folder, read),
        name=os.path.basename(root),
        unsaved=texts,
    )


def _links(root: str, rows: Iterable[tuple[bytes, bytes, bytes]]) -> dict[str, str]:
    """Path of a symbolic link -> object name of the file of the vault that it leads to, as `vault.files` follows it."""
    blobs: dict[str, str] = {}
    links: dict[str, str] = {}
    for head, _, name in rows:
        mode, kind, blob = head.decode().split()
        if kind == "blob":
            (links if mode == SYMLINK else blobs)[os.fsdecode(name)] = blob
    contents = _blobs(root, sorted(set(links.values()))) if links else {}
    targets = {
        path: posixpath.normpath(posixpath.join(posixpath.dirname(path), os.fsdecode(contents[blob])))
        for path, blob in links.items()
    }
    found = {}
    for path in links:
        target = path
        for _ in range(MOST_LINKS):
            if target not in targets:
                break
            target = targets[target]
        if target in blobs:
            found[path] = blobs[target]
    return found


def _is_shown(path: str) -> bool:
    return not is_hidden(path) and not SKIPPED_FOLDERS.intersection(path.split("/")[:-1])


def commit_of(root: str, revision: str) -> str:
    """Full name of the commit that ``revision`` means.

    Raises:
        VaultkitError: there is no git, no repository or no such revision.
    """
    if not revision or revision.startswith("-"):
        raise VaultkitError(f"{revision!r}: not a git revision; name a commit, a tag or a branch")
    _git(root, "rev-parse", "--git-dir")
    try:
        found = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except VaultkitError:
        raise VaultkitError(f"{revision}: no such git revision in {root}; `git log` lists them") from None
    return found.decode().strip()


def renames(root: str, before: str, after: str) -> Mapping[str, str]:
    """Path before -> path after, of files that git takes for moved between two commits."""
    rows = _git(
        root,
        "diff",
        "--no-ext-diff",
        "--no-textconv",
        "--relative",
        "--no-rename-empty",
        "--name-status",
        "-z",
        f"--find-renames={RENAME_SIMILARITY}",
        "--diff-filter=R",
        before,
        after,
    ).split(b"\0")
    moved = zip(rows[1::3], rows[2::3], strict=False)
    return {os.fsdecode(old): os.fsdecode(new) for old, new in moved}


def _git(root: str, *arguments: str) -> bytes:
    with _explained(root):
        done = run_git(root, *arguments)
    _require_answer(root, done.returncode, done.stderr)
    return done.stdout


@contextlib.contextmanager
def _explained(root: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise VaultkitError("reading revisions needs git; install git") from None
    except OSError as error:
        raise VaultkitError(f"{root}: {error.strerror or error}; run that command yourself to see why") from None


def _require_answer(root: str, status: int, messages: bytes) -> None:
    if status:
        if b"from promisor remote" in messages:
            raise VaultkitError(f"{root}: this clone is partial and vaultkit never fetches; `git fetch` the rest first")
        said = messages.decode(errors="replace").strip().split("\n")[0].removeprefix("fatal: ")
        raise VaultkitError(
            f"{root}: git cannot answer ({said or 'no reason given'}); revisions are those of a git repository with commits"
        )


def _blobs(root: str, names: list[str]) -> dict[str, bytes]:
    """Object name -> content; none of a file that is too large, as if it was empty."""
    with _explained(root):
        done, found = read_blobs(root, names)
    _require_answer(root, done.returncode, done.stderr)
    lacking = next((name for name in names if name not in found), None)
    if lacking is not None:
        raise VaultkitError(f"{root}: git has no content of {lacking}; a partial clone cannot be read")
    return {name: data or b"" for name, data in found.items()}
