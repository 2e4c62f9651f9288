"""What several link rules ask: of which sort a link that opens nothing is."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from vaultkit.globs import matcher
from vaultkit.index.files import file_kind
from vaultkit.index.linktext import linktext
from vaultkit.index.resolve import Resolver
from vaultkit.index.vault import Vault, basename
from vaultkit.lint.finding import Severity
from vaultkit.lint.nearest import Names
from vaultkit.note.model import Link

Missing = Literal["note", "file", "attachment", "other"]


def missing_kind(link: Link) -> Missing:
    """Which rule answers for a link that opens nothing.

    "note": a bare name in double brackets; "attachment": an embed of a picture or the like; "file": a
    path, an extension, or a Markdown link; "other": what is no name at all, which other rules tell.
    """
    linkpath = link.linkpath.strip()
    if not linkpath or linkpath.startswith("|") or "{{" in linkpath or "<%" in linkpath:
        return "other"
    if link.is_embed and file_kind(linkpath) in ("attachment", "canvas", "base"):
        return "attachment"
    return "file" if link.syntax == "markdown" else missing_kind_of_name(linkpath)


def missing_kind_of_name(linkpath: str) -> Missing:
    """A name in double brackets is a note's, unless it has folders or the extension of a file."""
    if "://" in linkpath:
        return "note"
    return "file" if "/" in linkpath or file_kind(linkpath) != "unsupported" else "note"


def unresolved_links(vault: Vault, kind: Missing) -> list[tuple[str, Link]]:
    """Links of one kind that open nothing: (source, link).

    Left out are links to files that Obsidian does not show, and to those that only the commit lacks.
    """
    return _unresolved(vault).get(kind, [])


@lru_cache(maxsize=1)
def untracked_links(vault: Vault) -> list[tuple[str, Link, str]]:
    """Links that open a file on this disk which the commit will not have: (source, link, file)."""
    if not vault.untracked:
        return []
    names = Resolver(vault.untracked)
    return [
        (path, bound.link, target)
        for path, bound in vault.bound_links()
        if bound.resolution.path is None and (target := names.resolve(bound.link.linkpath, path).path) is not None
    ]


@lru_cache(maxsize=1)
def _unresolved(vault: Vault) -> dict[Missing, list[tuple[str, Link]]]:
    found: dict[Missing, list[tuple[str, Link]]] = {}
    # Files of types that Obsidian does not show exist all the same, so they are not broken.
    unshown = Resolver([*(path for path, file in vault.files.items() if file.kind == "unsupported"), *vault.untracked])
    for path, bound in vault.bound_links():
        if bound.resolution.path is not None:
            continue
        link = bound.link
        if unshown.resolve(link.linkpath, path).path is not None:
            continue
        found.setdefault(missing_kind(link), []).append((path, link))
    return found


def severity_of(link: Link) -> Severity | None:
    """A link in a comment is read by nobody, so its fault is only told."""
    return "info" if link.in_comment else None


@lru_cache(maxsize=1)
def note_names(vault: Vault) -> Names:
    """The names of all notes, to find the one that was meant."""
    return Names(basename(path) for path in vault.notes)


def only_note_named(vault: Vault, name: str) -> str | None:
    """How to link to the one note that is called ``name``; None when several are."""
    paths = vault.files_named(name + ".md")
    return linktext(vault, paths[0]) if len(paths) == 1 else None


def is_allowed(linkpath: str, allow: tuple[str, ...]) -> bool:
    """One of the rule's ``allow`` patterns fits the linkpath."""
    fits = matcher(allow)
    return fits is not None and fits(linkpath)
