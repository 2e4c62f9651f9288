"""The staged commit: the vault before and after it, as far as the staged changes affect it.

Only the staged notes and those that they affect are read. All others are notes without content, so that links to
them resolve. The content comes from the index, not from the disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vaultkit.base.record import record
from vaultkit.base.store import Store
from vaultkit.commit.card_questions import question_keys, question_names
from vaultkit.commit.contents import Contents
from vaultkit.commit.link_name_index import ALIAS, concerned, key, names_of
from vaultkit.commit.repository import Git, Staged
from vaultkit.commit.sides import READ_KINDS, Files, Reader, Side
from vaultkit.commit.tree import Submodules, Tree, VaultScope
from vaultkit.commit.untracked import untracked_files
from vaultkit.lint.plan import Plan
from vaultkit.note.model import Note
from vaultkit.note.properties import aliases
from vaultkit.vault.files import file_kind
from vaultkit.vault.resolve import Resolver
from vaultkit.vault.settings import Settings
from vaultkit.vault.subpath import heading_key

_COPY = re.compile(r"(?P<name>.+?)(?: [1-9]| \([1-9]\)| copy)")
_COPY_ENDS = frozenset("123456789)y")


@record
class Source:
    """Where a commit is read from.

    top:     the repository's folder.  root: the vault's.
    before, after: the trees, submodules not filled in.  others: of the commits that are merged or picked.
    settings_files: Obsidian's own settings that the commit has, by path in the vault.
    """

    git: Git
    root: str
    scope: VaultScope
    before: Tree
    after: Tree
    changes: tuple[Staged, ...]
    others: tuple[Tree, ...]
    contents: Contents
    submodules: Submodules
    settings: Settings
    settings_files: Mapping[str, bytes]


@record
class Commit:
    """A commit to check.

    before:    the vault that the commit changes; others: those of commits that are merged or picked.
    after:     the vault that it makes; compared: the same as far as the others are, to be compared with them.
    staged:    paths (as they will be) of files that are added or changed.
    concerned: notes and canvases that are not staged and may have other findings now.
    context:   notes that were read because others name a place in them; their own links are not known in full.
    renamed:   path before -> path after.  deleted: paths that are gone and not renamed.
    altered_folders: submodules whose commit changes.
    is_text_only: nothing but the text of notes changes; no file comes, goes or gets another name.
    text:      the text that the commit will have, of a file that was read; "" for others.
    """

    before: Side
    after: Side
    compared: Side
    others: tuple[Side, ...]
    staged: tuple[str, ...]
    concerned: tuple[str, ...]
    context: frozenset[str]
    renamed: Mapping[str, str]
    deleted: tuple[str, ...]
    altered_folders: tuple[str, ...]
    is_text_only: bool
    text: Callable[[str], str]

    @property
    def paths(self) -> frozenset[str]:
        """All files that there will be."""
        return frozenset(self.after.vault.files)


@record
class _Changes:
    staged: tuple[str, ...]
    renamed: dict[str, str]
    deleted: tuple[str, ...]
    gone: frozenset[str]
    come: frozenset[str]
    altered: tuple[str, ...]


def read_commit(source: Source, plan: Plan, inspect: Callable[[Note, str], Any], *, every_note: bool = False) -> Commit:
    """Read the staged commit as a vault before and after it.

    inspect: what the note rules of the plan find in a note.  every_note: read all notes, for rules that compare all.
    """
    contents, scope, top = source.contents, source.scope, source.git.top
    after = scope.files(source.submodules.filled(source.after), contents, top)
    before = scope.files(source.submodules.filled(source.before), contents, top)
    reader = Reader(source.root, contents, source.settings, inspect)
    changes = _changes(source.changes, scope, before, after)
    readable = [path for path in changes.staged if file_kind(path) in READ_KINDS]
    reader.fetch(after, [*readable, *changes.altered])
    old_name = {new: old for old, new in changes.renamed.items()}
    reader.fetch(before, [*(old_name.get(path, path) for path in readable), *changes.altered, *changes.gone])

    resolver = reader.resolver(after)
    staged = frozenset(changes.staged)
    others = {path: entry for path, entry in after.items() if path not in staged and file_kind(path) in READ_KINDS}
    affected = set(others)
    if not every_note:
        keys = _changed_keys(reader, before, after, changes, old_name)
        keys |= _wanted_keys(reader, after, readable, resolver)
        questions = question_keys(reader, before, after, changes.altered, changes.gone, plan)
        affected = _with_names(source, reader, others, plan, keys, questions)
    affected |= _copies(after, changes) - staged
    checked = reader.with_embeds(after, {*readable, *changes.altered, *affected})
    read = checked | reader.targets(after, checked)
    untracked = untracked_files(source.git, scope, reader, after, readable, resolver)
    compared = reader.side(after, sorted(read), untracked, source.settings_files)
    whole = reader.side(after, sorted(read), untracked, source.settings_files, is_lean=False) if readable else compared
    sides = []
    for files in (before, *(scope.files(source.submodules.filled(tree), contents, top) for tree in source.others)):
        old = {old_name.get(path, path) for path in checked} | changes.gone
        old = reader.with_embeds(files, old if files is before else old | checked)
        old |= reader.targets(files, old)
        sides.append(reader.side(files, sorted(old), None, source.settings_files))
    return Commit(
        before=sides[0],
        after=whole,
        compared=compared,
        others=tuple(sides[1:]),
        staged=changes.staged,
        concerned=tuple(sorted(checked - staged)),
        context=frozenset(read - checked),
        renamed=changes.renamed,
        deleted=changes.deleted,
        altered_folders=_altered_folders(source),
        is_text_only=all(one.status == "M" and file_kind(one.path) == "note" for one in source.changes),
        text=lambda path: contents.text(after.get(path)),
    )


def _with_names(
    source: Source, reader: Reader, files: Files, plan: Plan, keys: frozenset[str], questions: frozenset[str]
) -> set[str]:
    """Return the files that have one of the names in a link, or one of the questions on a card."""
    if not keys and not questions:
        return set()
    contents = source.contents
    blobs = {path: entry.blob for path, entry in files.items() if entry.blob}
    by_blob = {entry.blob: entry for entry in files.values()}

    def read_blobs(wanted: Iterable[str]) -> Mapping[str, bytes]:
        wanted = list(wanted)
        contents.fetch(by_blob[blob] for blob in wanted)
        return {blob: data for blob in wanted if (data := contents.data(by_blob[blob])) is not None}

    store = Store.of(source.root)
    known = names_of({blob: file_kind(path) == "canvas" for path, blob in blobs.items()}, store, read_blobs)
    found = set(concerned(known, blobs, keys))
    if questions:
        found |= set(question_names(known, blobs, by_blob, questions, reader, plan, store))
    return found


def _changes(changes: Iterable[Staged], scope: VaultScope, before: Files, after: Files) -> _Changes:
    staged: set[str] = set()
    renamed: dict[str, str] = {}
    for change in changes:
        new = scope.inside(change.path) if change.new is not None else None
        if new is None or new not in after:
            continue
        staged.add(new)
        old = scope.inside(change.old_path) if change.status == "R" else None
        if old is not None and old in before:
            renamed[old] = new
    gone = frozenset(before.keys() - after.keys())
    come = frozenset(after.keys() - before.keys())
    _pair_in_submodules(before, after, gone - renamed.keys(), come - set(renamed.values()), renamed)
    altered = tuple(path for path, entry in after.items() if path in before and before[path].blob != entry.blob)
    deleted = tuple(sorted(gone - renamed.keys()))
    return _Changes(tuple(sorted(staged)), renamed, deleted, gone, come, altered)


def _pair_in_submodules(
    before: Files, after: Files, gone: Iterable[str], come: Iterable[str], renamed: dict[str, str]
) -> None:
    """Files of submodules that have another name and the same content."""
    there = {after[path].blob: path for path in sorted(come) if after[path].folder}
    for path in sorted(gone):
        if before[path].folder and (new := there.pop(before[path].blob, None)) is not None:
            renamed[path] = new


def _altered_folders(source: Source) -> tuple[str, ...]:
    folders = []
    for change in source.changes:
        for entry in (change.old, change.new):
            if entry is not None and entry.mode == "160000" and entry.path.startswith(source.scope.prefix):
                folders.append(entry.path[len(source.scope.prefix) :])
    return tuple(dict.fromkeys(folders))


def _changed_keys(
    reader: Reader, before: Files, after: Files, changes: _Changes, old_name: Mapping[str, str]
) -> frozenset[str]:
    """Names whose links may mean something else now: of files that come, go or change what can be linked in them."""
    keys = set()
    for path in changes.gone | changes.come:
        keys.add(key(path))
        if file_kind(path) == "note":
            keys.add(ALIAS + key(path))
    pairs = [(path, path) for path in changes.altered]
    pairs += [(old, new) for new, old in old_name.items() if old in before and new in after]
    for old, new in pairs:
        kind = file_kind(new)
        if kind == "base":
            keys.add(key(new))
        if kind == "note":
            was, now = reader.contents.note(before[old]), reader.contents.note(after[new])
            if _places(was) != _places(now):
                keys |= {key(new), key(old)}
            keys |= {ALIAS + key(alias) for alias in _aliases(was) ^ _aliases(now)}
    for path in changes.come:
        if file_kind(path) == "note" and path not in old_name:
            reader.contents.fetch([after[path]])
            keys |= {ALIAS + key(alias) for alias in _aliases(reader.contents.note(after[path]))}
    return frozenset(keys)


def _places(note: Note) -> tuple[Any, ...]:
    """What links can name in a note, in order: a chain of headings may break where none is lost."""
    return (
        note.fault,
        [(heading.level, heading_key(heading.text)) for heading in note.headings],
        sorted(block.id.lower() for block in note.blocks),
        sorted(footnote.id.lower() for footnote in note.footnotes),
        [(link.start, link.end, link.linkpath, link.subpath) for link in note.links if link.is_embed],
    )


def _aliases(note: Note) -> set[str]:
    matter = note.frontmatter
    return {alias.strip() for alias in aliases(matter.properties)} if matter is not None else set()


def _wanted_keys(reader: Reader, files: Files, staged: Iterable[str], names: Resolver) -> frozenset[str]:
    """Keys of what staged notes link to and no file has: others may want it, too, or have it as an alias."""
    found = set()
    for path in staged:
        if file_kind(path) == "note":
            for link in reader.contents.note(files[path]).links:
                if link.linkpath.strip() and names.resolve(link.linkpath, path).path is None:
                    found |= {key(link.linkpath), ALIAS + key(link.linkpath)}
    return frozenset(found)


def _copies(files: Files, changes: _Changes) -> set[str]:
    """Notes beside a changed one whose name says that one is a copy of the other."""
    changed = {path for path in (*changes.altered, *changes.come) if file_kind(path) == "note"}
    if not changed:
        return set()
    stems = {path[:-3] for path in changed}
    found = set()
    for path in files:
        if path[-4:-3] in _COPY_ENDS and file_kind(path) == "note" and (match := _COPY.fullmatch(path[:-3])):
            if path in changed:
                found.add(match["name"] + path[-3:])
            elif match["name"] in stems:
                found.add(path)
    return {path for path in found if path in files}
