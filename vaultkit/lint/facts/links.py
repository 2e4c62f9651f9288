"""Shared by the link rules: the kind of a broken link."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from vaultkit.base.errors import ConfigError
from vaultkit.base.globs import matcher
from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.patterns import SafePattern
from vaultkit.lint.finding import Fix, Severity
from vaultkit.note.model import Link, Malformed, Note
from vaultkit.vault.files import file_kind
from vaultkit.vault.linktext import linktext
from vaultkit.vault.memo import depends_on
from vaultkit.vault.resolve import Resolver
from vaultkit.vault.snapshot import Snapshot

Missing = Literal["note", "file", "attachment", "other"]


def missing_kind(link: Link) -> Missing:
    """Return which rule reports a broken link.

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


def unresolved_links(vault: Snapshot, kind: Missing) -> list[tuple[str, Link]]:
    """Links of one kind that open nothing: (source, link); in text cards of canvases, too, where no fix can be.

    Left out are links to files that Obsidian does not show, to those that only the commit lacks, and those
    that another rule tells.
    """
    found = vault.get(_unresolved) if vault.sources is None else _unresolved(vault)
    return found.get(kind, [])


def untracked_links(vault: Snapshot) -> list[tuple[str, Link, str]]:
    """Links that open a file on this disk which the commit will not have: (source, link, file)."""
    if not vault.untracked:
        return []
    names = Resolver(vault.untracked)
    return [
        (path, bound.link, target)
        for path, bound in vault.written_links()
        if bound.resolution.path is None and (target := names.resolve(bound.link.linkpath, path).path) is not None
    ]


def _unresolved(vault: Snapshot) -> dict[Missing, list[tuple[str, Link]]]:
    found: dict[Missing, list[tuple[str, Link]]] = {}
    untracked = Resolver(vault.untracked or ())
    for path, bound in vault.written_links():
        if bound.resolution.path is not None:
            continue
        link = bound.link
        name = link.linkpath
        if vault.untracked and untracked.resolve(name, path).path is not None:
            continue
        kind = missing_kind(link)
        if kind != "note" and leaves_vault(path, name):
            continue
        if not name.isascii() and is_cut_by_hidden(vault, path, name):
            continue
        found.setdefault(kind, []).append((path, link))
    return found


# The first folders of absolute paths; to Obsidian a leading "/" is the vault's own root.
_SYSTEM_FOLDERS = frozenset({"users", "home", "mnt", "media", "volumes", "private", "var", "tmp", "opt", "srv"})


def leaves_vault(source: str, linkpath: str) -> bool:
    """Return whether the path of a link in the note ``source`` is outside the vault."""
    path = linkpath.strip()
    if path.startswith(("//", "\\")):  # another machine of the network
        return True
    if path.startswith("/"):
        first, slash, _ = path.lstrip("/").partition("/")
        return bool(slash) and first.lower() in _SYSTEM_FOLDERS
    if len(path) > 2 and path[1] == ":" and path[2] in "/\\" and path[0].isascii() and path[0].isalpha():
        return True
    if ".." not in path:
        return False
    depth = source.count("/")
    for part in path.split("/"):
        if part == "..":
            depth -= 1
            if depth < 0:
                return True
        elif part not in ("", "."):
            depth += 1
    return False


_CELL_END = lazy_pattern(r"(?<!\\)\|")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def is_cut_by_hidden(vault: Snapshot, source: str, linkpath: str) -> bool:
    """Return whether only an invisible character breaks the link; hidden-characters reports it."""
    if not any(map(linkpath.__contains__, _INVISIBLE)):
        return False
    return vault.resolve("".join(letter for letter in linkpath if letter not in _INVISIBLE), source).path is not None


def fix_in(vault: Snapshot, path: str, fix: Fix | None) -> Fix | None:
    """Return the fix in a note; None in a canvas, since JSON escapes its text cards."""
    return fix if path in vault.notes else None


def bar_at(note: Note, offset: int) -> str:
    """Return a pipe, escaped in a table."""
    in_table = any(kind == "table" and start <= offset < end for start, end, kind, _ in note.section_rows)
    return "\\|" if in_table else "|"


def severity_of(link: Link) -> Severity | None:
    """Return info for a link in a comment, since readers do not see it; else None."""
    return "info" if link.in_comment else None


def severity_at(note: Note, offset: int) -> Severity | None:
    """As `severity_of`, for invalid links."""
    index = bisect_right(note.comments, (offset, note.length + 1)) - 1
    return "info" if index >= 0 and offset < note.comments[index][1] else None


# What stands before the "[[" of an index, a type annotation or a regular expression, and what behind its "]".
_CODE_BEFORE = lazy_pattern(r"(?:[A-Za-z0-9)\]$^\\]|[A-Za-z0-9]_)$")
_CODE_BEHIND = lazy_pattern(r"[\[({]|_(?=[\w\[\]])|[,+=^?:](?=\S)")
_CODE_INSIDE = lazy_pattern(r"[:.=]")


def is_wikilink_attempt(text: str, item: Malformed) -> bool:
    """Return whether an unclosed ``[[`` or ``![[`` is an attempt at a wikilink or embed.

    Brackets that pair up, as in ``[[text](url)]``, ``[[X], Y]`` and ``[[:alpha:]_]``, are complete as they are
    written, and so are an index and a link in a bracket that is closed elsewhere.
    """
    opening = item.start + (item.kind == "unclosed-embed")
    if item.kind == "unclosed-wikilink" and _CODE_BEFORE.search(text[max(0, opening - 2) : opening]):
        return False
    end = text.find("\n", opening)
    line = text[opening : end if end >= 0 else len(text)]
    if _CODE_INSIDE.match(line, 2):
        return False
    first = line.find("]")
    return first < 0 or not (_CODE_BEHIND.match(line, first + 1) or _is_paired(line))


def _is_paired(line: str) -> bool:
    """The bracket that the line begins with is closed on it."""
    depth = 0
    position = 0
    while position < len(line):
        character = line[position]
        if character == "\\":
            position += 1
        elif character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
            if depth == 0:
                return True
        position += 1
    return False


def cut_at_cell(note: Note, item: Malformed) -> Malformed:
    """Up to where its cell of a table ends: an open link has no bar of its own there but an escaped one."""
    bar = _CELL_END.search(item.text) if "|" in item.text and bar_at(note, item.start) != "|" else None
    if bar is None:
        return item
    text = item.text[: bar.start()].rstrip()
    opening = len("![[") if item.kind == "unclosed-embed" else len("[[")
    return Malformed(item.start, item.start + opening + len(text), item.kind, text)


@depends_on()
def every_file(vault: Snapshot) -> Resolver:
    """Return a resolver that also knows files of types that Obsidian does not show."""
    return Resolver(vault.files)


def only_note_named(vault: Snapshot, name: str) -> str | None:
    """How to link to the one note that is called ``name``; None when several are."""
    paths = vault.files_named(name + ".md")
    return linktext(vault, paths[0]) if len(paths) == 1 else None


def is_allowed(linkpath: str, allow: tuple[str, ...]) -> bool:
    """Return whether an ``allow`` pattern matches the linkpath: a glob, or between slashes a regular expression."""
    if not allow:
        return False
    globs, expressions = _patterns(allow)
    return (globs is not None and globs(linkpath)) or any(one.search(linkpath) for one in expressions)


@lru_cache(maxsize=32)
def _patterns(allow: tuple[str, ...]) -> tuple[Callable[[str], bool] | None, tuple[SafePattern, ...]]:
    written = [entry for entry in allow if len(entry) > 2 and entry[0] == entry[-1] == "/"]
    try:
        expressions = tuple(SafePattern(entry[1:-1]) for entry in written)
    except re.error as error:
        raise ConfigError(f"allow: invalid regular expression `{', '.join(written)}`: {error.msg}") from error
    return matcher(entry for entry in allow if entry not in written), expressions
