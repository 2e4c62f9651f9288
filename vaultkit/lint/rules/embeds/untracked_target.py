"""A link or embed to a file that is not in Git.

Why:     the link works here but is broken in every clone. The usual case is a pasted picture that was not added.
Fix:     none: the help shows the `git add` command.
Options: when: "staged" checks links in notes that Git tracks, "all" links in all notes.
Source:  git-ls-files(1); pre-commit leaves untracked and ignored files in place (tried with 4.7.0).
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from vaultkit.base.git import run_git
from vaultkit.base.record import record
from vaultkit.base.text import code_span
from vaultkit.lint.facts.links import severity_of, untracked_links
from vaultkit.lint.finding import Severity, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.snapshot import Snapshot

CODE = "EM009"
SEVERITY = "warning"
BAD = None
GOOD = {"a.md": "![[plot.png]]", "plot.png": None}


@record
class Options:
    """when: "staged" or "all"."""

    when: str = "staged"


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report link targets that are not in Git's index; nothing outside a work tree.

    A snapshot of a commit lists the files that exist only on this disk itself.
    """
    if vault.untracked is not None:
        for path, link, missing in untracked_links(vault):
            reason, _, help_ = vault.untracked[missing].partition("; ")
            message = f"untracked file {code_span(missing)}: {reason}"
            yield path, Violation(link.start, link.end, message, missing, None, (), severity_of(link), help_)
        return
    top = work_tree(vault.root) if vault.root else None
    if top is None or next(_shown(vault), None) is None:
        return
    tracked = tracked_files(top, vault.root)
    if tracked is None:
        return
    from shlex import quote

    folded: dict[str, str] | None = None
    reported: set[tuple[str, str]] = set()
    for path, start, end, target, severity in _shown(vault):
        if target == path or target in tracked or (path, target) in reported:
            continue
        if options.when != "all" and path not in tracked:
            continue
        folded = folded or {name.lower(): name for name in tracked}
        if _is_known(vault.root, target, tracked, folded):
            continue
        reported.add((path, target))
        message = f"untracked file {code_span(target)}: the link is broken in every clone"
        yield path, Violation(start, end, message, target, None, (), severity, f"run `git add -f {quote(target)}`")


def _shown(vault: Snapshot) -> Iterator[tuple[str, int, int, str, Severity | None]]:
    """(file, start, end, target, severity) of what links, embeds, properties and canvas nodes open."""
    for path, bound in vault.written_links():
        if bound.target is not None:
            yield path, bound.link.start, bound.link.end, bound.target, severity_of(bound.link)
    for path, note in vault.source_notes():
        for entry in note.property_links:
            target = vault.resolve(entry.linkpath, path).path
            if target is not None:
                yield path, entry.start, entry.end, target, None
    for path, canvas in vault.source_canvases():
        for node in canvas.nodes:
            target = vault.file_at(node.path)
            if target is not None:
                yield path, node.start, node.end, target, None


def work_tree(root: str) -> str | None:
    """Return the top folder of the git work tree of ``root``; None outside of one."""
    folder = os.path.abspath(root)
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def tracked_files(top: str, root: str) -> frozenset[str] | None:
    """Return the paths below ``root``, relative to it, in git's index; None if git does not run."""
    prefix = os.path.relpath(os.path.abspath(root), top).replace(os.sep, "/")
    try:
        answer = run_git(top, "ls-files", "-z", *(["--", prefix] if prefix != "." else []), seconds=60)
    except OSError:
        return None  # without git there are no commits
    if answer.returncode:
        return None
    cut = 0 if prefix == "." else len(prefix) + 1
    return frozenset(os.fsdecode(name)[cut:] for name in answer.stdout.split(b"\0") if name)


def _is_known(root: str, target: str, tracked: frozenset[str], folded: dict[str, str]) -> bool:
    """Git has the file after all: in a submodule, or spelled otherwise on a disk that folds case."""
    folder = target
    while "/" in folder:
        folder = folder.rpartition("/")[0]
        if folder in tracked:
            return True
    place = os.path.join(root, target)
    if not os.path.exists(place):
        return True  # kept in the cloud only: nothing to add here
    name = folded.get(target.lower())
    return (
        name is not None
        and os.path.exists(os.path.join(root, name))
        and os.path.samefile(os.path.join(root, name), place)
    )
