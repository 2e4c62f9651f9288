"""A vault as it was at a git revision, and what changed in its graph between two.

git is only asked, never told: `rev-parse`, `ls-tree`, `cat-file` and `diff` between two trees write
nothing and run no program that a repository names.
"""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Iterable, Mapping

from vaultkit.base.errors import VaultkitError
from vaultkit.base.git import run_git
from vaultkit.base.record import record
from vaultkit.graph.core import EDGE_KINDS, GraphCore
from vaultkit.vault.files import SKIPPED_FOLDERS, file_kind, is_hidden
from vaultkit.vault.load import load_vault, vault_of
from vaultkit.vault.snapshot import Snapshot

# What a renamed note is still taken for the same note by, as git's own default.
RENAME_SIMILARITY = "50%"
SYMLINK = "120000"  # git's mode of a symbolic link
# Links that lead to each other; systems stop at about as many.
MOST_LINKS = 40


@record
class GraphDiff:
    """What happened to the graph from one revision to another. Ids are those of the later one where a note moved.

    added, removed:   ids of nodes.  renamed: (id before, id after).
    links_added, links_removed: (source, kind, target), each pair and kind once.
    written:  unresolved names that a note answers to now.  lost: names that had a file and have none now.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    links_added: tuple[tuple[str, str, str], ...]
    links_removed: tuple[tuple[str, str, str], ...]
    written: tuple[str, ...]
    lost: tuple[str, ...]


def vault_at(root: str, revision: str | None) -> Snapshot:
    """The vault at ``root`` as it was at a git revision; None is the folder as it is now.

    Raises:
        VaultkitError: there is no git, no repository or no such revision.
    """
    if revision is None:
        return load_vault(root)
    commit = commit_of(root, revision)
    wanted: dict[str, str] = {}  # path -> object name
    texts: dict[str, bytes | None] = {}
    rows = [row.partition(b"\t") for row in _git(root, "ls-tree", "-r", "-z", commit).split(b"\0") if row]
    links = _links(root, rows)
    nested = {os.fsdecode(name).partition("/.obsidian/")[0] + "/" for _, _, name in rows if b"/.obsidian/" in name}
    for head, _, name in rows:
        mode, kind, blob = head.decode().split()
        path = os.fsdecode(name)
        if any(path.startswith(folder) for folder in nested):  # a vault of its own, as on disk
            continue
        if mode == SYMLINK:
            blob = links.get(path, "")
        if kind != "blob" or not blob:  # a submodule, or a link that is not followed on disk either
            continue
        if path == ".obsidian/app.json" or (file_kind(path) in ("note", "canvas") and _is_shown(path)):
            wanted[path] = blob
        elif _is_shown(path):
            texts[path] = None
    contents = _blobs(root, sorted(set(wanted.values())))
    for path, blob in wanted.items():
        texts[path] = contents[blob]
    try:
        app = json.loads(texts.pop(".obsidian/app.json", None) or b"{}")
    except ValueError:  # a settings file that is not JSON counts as none, as on disk
        app = {}
    ordered = {path: texts[path] for path in sorted(texts)}
    return vault_of(ordered, app if isinstance(app, dict) else {})


def _links(root: str, rows: Iterable[tuple[bytes, bytes, bytes]]) -> dict[str, str]:
    """Path of a symbolic link -> object name of the file of the vault that it leads to, as `index.files` follows it."""
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


def _git(root: str, *arguments: str, stdin: bytes | None = None) -> bytes:
    try:
        done = run_git(root, *arguments, stdin=stdin)
    except FileNotFoundError:
        raise VaultkitError("git is not installed, and revisions are read with it; install git") from None
    except OSError as error:
        raise VaultkitError(f"{root}: {error.strerror or error}; run that command yourself to see why") from None
    if done.returncode:
        if b"from promisor remote" in done.stderr:
            raise VaultkitError(f"{root}: this clone is partial and vaultkit never fetches; `git fetch` the rest first")
        said = done.stderr.decode(errors="replace").strip().split("\n")[0].removeprefix("fatal: ")
        raise VaultkitError(
            f"{root}: git cannot answer ({said or 'no reason given'}); revisions are those of a git repository with commits"
        )
    return done.stdout


def _blobs(root: str, names: list[str]) -> dict[str, bytes]:
    """Object name -> content."""
    answer = _git(root, "cat-file", "--batch", stdin="".join(f"{name}\n" for name in names).encode())
    found: dict[str, bytes] = {}
    at = 0
    for name in names:
        end = answer.index(b"\n", at)
        head = answer[at:end].split()
        if len(head) != 3:
            raise VaultkitError(f"{root}: git has no content of {name}; a partial clone cannot be read")
        size = int(head[2])
        found[name] = answer[end + 1 : end + 1 + size]
        at = end + size + 2
    return found


def compare(before: GraphCore, after: GraphCore, moved: Mapping[str, str] | None = None) -> GraphDiff:
    """What changed from one graph to another. moved: path before -> path after."""
    new_id = dict(zip(before.ids, before.ids, strict=True))
    renamed = []
    if moved:
        for old, new in sorted(moved.items()):
            if old in before.files and new in after.files and new not in before.files:
                old_id, now = before.ids[before.files[old]], after.ids[after.files[new]]
                new_id[old_id] = now
                renamed.append((old_id, now))
    nodes_before = set(new_id.values())
    nodes_after = set(after.ids)
    links_before = {(new_id[a], kind, new_id[b]) for a, kind, b in _pairs(before)}
    links_after = set(_pairs(after))
    gone, come = nodes_before - nodes_after, nodes_after - nodes_before
    names_before = {before.labels[at].casefold() for at in before.files.values()}
    names_after = {after.labels[at].casefold() for at in after.files.values()}
    return GraphDiff(
        tuple(sorted(come)),
        tuple(sorted(gone)),
        tuple(renamed),
        tuple(sorted(links_after - links_before)),
        tuple(sorted(links_before - links_after)),
        tuple(sorted(node for node in gone if _is_unresolved(node) and _name(node) in names_after)),
        tuple(sorted(node for node in come if _is_unresolved(node) and _name(node) in names_before)),
    )


def _is_unresolved(node: str) -> bool:
    return node.startswith("unresolved:")


def _name(node: str) -> str:
    return node.partition(":")[2].rpartition("/")[2].casefold()


def _pairs(core: GraphCore) -> list[tuple[str, str, str]]:
    ids = core.ids
    columns = zip(core.source.tolist(), core.edge_kind.tolist(), core.target.tolist(), strict=True)
    return [(ids[source], EDGE_KINDS[kind], ids[target]) for source, kind, target in columns]
