"""Files that staged notes link to and that are on this disk but not in the commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vaultkit.commit.repository import SUBMODULE, Git
from vaultkit.commit.sides import Files, Reader
from vaultkit.commit.tree import VaultScope
from vaultkit.commit.typed import Shell
from vaultkit.vault.files import file_kind, walk
from vaultkit.vault.resolve import Resolver


def untracked_files(
    git: Git, scope: VaultScope, reader: Reader, files: Files, staged: Iterable[str], names: Resolver
) -> dict[str, str]:
    """Return path in the vault -> why it is not in the commit, and the remedy."""
    missing = [
        (path, linkpath)
        for path in staged
        for linkpath in _linkpaths(reader, files, path)
        if linkpath.strip() and names.resolve(linkpath, path).path is None
    ]
    if not missing:
        return {}
    on_disk = Resolver(file.path for file in walk(reader.root).files if file.path not in files)
    targets = {target for path, linkpath in missing if (target := on_disk.resolve(linkpath, path).path) is not None}
    if not targets:
        return {}
    index = git.index()
    inside = {target: _submodule(index, scope.prefix + target) for target in targets}
    ignored = git.ignored(scope.prefix + target for target in sorted(targets) if not inside[target])
    return {
        target: _why(git, scope.prefix + target, inside[target], is_ignored=scope.prefix + target in ignored)
        for target in sorted(targets)
    }


def _linkpaths(reader: Reader, files: Files, path: str) -> Iterable[str]:
    if file_kind(path) == "note":
        note = reader.contents.note(files[path])
        links: list[Any] = [*note.links, *note.property_links, *note.reference_definitions]
        return [link.linkpath for link in links]
    if file_kind(path) == "canvas":
        canvas = reader.canvas(files[path])
        return [*(link.linkpath for link in canvas.card_links), *("/" + node.path for node in canvas.nodes)]
    return ()


def _submodule(index: Mapping[str, Any], path: str) -> str:
    """Return the submodule of a path; "" for none."""
    folder = path.rpartition("/")[0]
    while folder:
        if folder in index and index[folder].mode == SUBMODULE:
            return folder
        folder = folder.rpartition("/")[0]
    return ""


def _why(git: Git, path: str, submodule: str, *, is_ignored: bool) -> str:
    shell = Shell(git.top)
    if submodule:
        command = shell.git_add([path[len(submodule) + 1 :]], submodule)
        return f"not in its submodule; run `{command}` and commit there first"
    if is_ignored:
        return f"ignored by Git and not in the commit; change .gitignore or run `{shell.git_add([path], force=True)}`"
    return f"not in the commit; run `{shell.git_add([path])}`"
