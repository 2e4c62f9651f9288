"""Which files get which path: the words OLD and NEW of a move, read against the vault."""

from __future__ import annotations

import re
from collections.abc import Collection

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.note.links import nfc
from vaultkit.refactor.spelling import wikilink_reads_back
from vaultkit.vault.files import SKIPPED_FOLDERS, extension, file_kind
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

# What a link cannot name: Obsidian refuses such names, and "[[ ]]" would end or split there.
_UNLINKABLE = re.compile(r"[#^|\\:\x00-\x1f\x7f]")


class NotThereError(VaultkitError):
    """What is to be moved is nothing in the vault."""


@record
class Renaming:
    """pairs: (path, new path) of each file, by path. folder: (old, new) when a whole folder moves."""

    pairs: tuple[tuple[str, str], ...]
    folder: tuple[str, str] | None = None


def renaming(vault: Snapshot, old: str, new: str) -> Renaming:
    """The renaming of the file or folder ``old`` to the path ``new``, both from the vault's root.

    old: a path, or a note's name as in a link.  new: a path; with a last "/", or when it is a folder, the
    folder to move into. An extension may be left out.

    Raises:
        VaultkitError: ``old`` is nothing, or ``new`` is taken or no path that a file of a vault can have.
    """
    folders = folders_of(vault.files)
    try:
        source = _source(vault, old, folders)
    except NotThereError as error:
        there = _arrived(vault, old, new, folders)
        hint = f'; if it was already moved to {there}, run `vaultkit relink "{old}" "{there}"` to update its links'
        raise VaultkitError(f"{error}{hint if there else ''}") from None
    name = source.rpartition("/")[2]
    target = _in_unicode_of(new.removeprefix("./").rstrip("/"), folders)
    if (new.endswith("/") or (target in folders and fold(target) != fold(source))) or not target:
        target = f"{target}/{name}" if target else name
    elif source not in folders:
        target = with_extension(target, source)
    _require_usable(target, source)
    for nested in vault.nested:
        if f"{fold(target)}/".startswith(f"{fold(nested)}/"):
            raise VaultkitError(
                f"{target}: {nested} is a separate vault, and links cannot open its files; choose another folder"
            )
    if target == source:
        raise VaultkitError(f"{source}: already has this path; choose another")
    if source in folders:
        if fold(target).startswith(fold(source) + "/"):
            raise VaultkitError(f"{target}: is inside {source}; a folder cannot be moved into itself")
        pairs = [(path, target + path[len(source) :]) for path in vault.files if path.startswith(source + "/")]
    else:
        pairs = [(source, target)]
    _require_free(vault, target, source, pairs)
    return Renaming(tuple(sorted(pairs)), (source, target) if source in folders else None)


def renaming_done(vault: Snapshot, old: str, new: str) -> Renaming:
    """Return the renaming that was already done: ``old`` is missing, ``new`` exists.

    Raises:
        VaultkitError: it is not so.
    """
    folders = folders_of(vault.files)
    target = new.removeprefix("./").rstrip("/")
    source = old.removeprefix("./").rstrip("/")
    if target in folders and file_kind(source) != "unsupported":  # a file that is in that folder now
        target = new = f"{target}/{source.rpartition('/')[2]}"
    if target in folders:
        pairs = [
            (source + path[len(target) :], path)
            for path in vault.files
            if path.startswith(target + "/") and source + path[len(target) :] not in vault.files
        ]
        if source in folders:
            raise VaultkitError(f"{source}: still exists; run `vaultkit move` to move it and update its links")
        return Renaming(tuple(sorted(pairs)), (source, target))
    target = _source(vault, new, frozenset())
    source = with_extension(source, target)
    if vault.file_at(source) is not None and fold(source) != fold(target):
        raise VaultkitError(f"{source}: still exists; run `vaultkit move` to move it and update its links")
    if source == target:
        raise VaultkitError(f"{source}: old and new path are the same; use the path in the links as the old one")
    return Renaming(((source, target),))


def heading_renamed(vault: Snapshot, old: str, new: str) -> tuple[str, str, str]:
    """The note whose heading or block has another name now, with its old and its new subpath.

    old, new: such as "Note#Old heading" and "Note#New heading", or "#New heading" for the same note.

    Raises:
        VaultkitError: there is no such note, or the two name places of different notes or kinds.
    """
    name, _, was = old.partition("#")
    other, hash_, now = new.partition("#")
    path = _source(vault, name, frozenset())
    if path not in vault.notes:
        raise VaultkitError(f"{path}: not a note, so it has no headings")
    if not hash_ or not was.strip("# ^") or not now.strip("# ^"):
        raise VaultkitError(f"{new}: missing heading; write the heading that replaces {old}, such as {name}#Heading")
    if other and _source(vault, other, frozenset()) != path:
        raise VaultkitError(f"{new}: in another note than {old}; relink works for headings of the same note only")
    if was.startswith("^") != now.startswith("^"):
        raise VaultkitError(f"{new}: a block and a heading cannot replace each other; use two of the same kind")
    return path, f"#{was}", f"#{now}"


def folders_of(paths: Collection[str]) -> frozenset[str]:
    """Return all folders with files."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)


def with_extension(path: str, like: str) -> str:
    """The path with the extension that makes it the same kind of file as ``like``.

    >>> with_extension("Models/GPT-3.5", "GPT-3.md")
    'Models/GPT-3.5.md'

    Raises:
        VaultkitError: it has the extension of another kind.
    """
    suffix = extension(like)
    kind, wanted = file_kind(path), file_kind(like)
    if kind == wanted and (kind != "unsupported" or extension(path) == suffix):
        return path
    if kind == "unsupported":
        return f"{path}.{like.rpartition('.')[2]}" if suffix else path
    raise VaultkitError(f"{path}: extension of another file type than {like}; keep .{suffix}")


def _source(vault: Snapshot, name: str, folders: Collection[str]) -> str:
    path = name.removeprefix("./").rstrip("/")
    if path in vault.files or path in folders:
        return path
    exact = vault.file_at(path) or vault.file_at(path + ".md")
    if exact is not None:
        return exact
    found = vault.resolve(path, "")
    if len(found.candidates) > 1 and not found.is_exact:
        raise VaultkitError(f"{name}: ambiguous name; write the path of one of {', '.join(found.candidates)}")
    if found.path is None:
        from difflib import get_close_matches

        near = get_close_matches(path, [*vault.files, *folders], n=1)
        hint = f"did you mean `{near[0]}`?" if near else "run `vaultkit files` for a list"
        raise NotThereError(f"{name}: no such file or folder in the vault; {hint}")
    return found.path


def _in_unicode_of(path: str, folders: Collection[str]) -> str:
    """Return the path in NFC, as in links; folders that exist keep their Unicode form."""
    if path.isascii():
        return path
    known = {nfc(folder): folder for folder in folders}
    found = ""
    for part in nfc(path).split("/"):
        joined = f"{found}/{part}" if found else part
        found = known.get(nfc(joined), joined)
    return found


def _arrived(vault: Snapshot, old: str, new: str, folders: Collection[str]) -> str:
    """Where ``old``, which is nothing, seems to have been moved to already; "" when it does not seem so."""
    source, target = (path.removeprefix("./").rstrip("/") for path in (old, new))
    for path in (f"{target}/{source.rpartition('/')[2]}".lstrip("/"), target):
        found = vault.file_at(path) or vault.file_at(f"{path}.md")
        if found is not None:
            return found
    return target if target in folders and not extension(source) else ""


def _require_usable(target: str, source: str) -> None:
    old_parts = set(source.split("/"))
    for part in target.split("/"):
        if part in old_parts:
            continue
        if part in ("", ".", "..") or target.startswith("/"):
            raise VaultkitError(
                f"{target}: not a path inside the vault; write it relative to the vault's folder, with /"
            )
        if part.startswith("."):
            raise VaultkitError(
                f"{target}: Obsidian hides files and folders that start with a dot; choose another name"
            )
        if part in SKIPPED_FOLDERS and part != target.rpartition("/")[2]:
            raise VaultkitError(f"{target}: files in {part} are not part of the vault; choose another folder")
        if part != part.strip() or part.endswith("."):
            raise VaultkitError(f"{target}: a name cannot start or end with a space or end with a dot; remove it")
        found = _UNLINKABLE.search(part)
        if found is not None:
            raise VaultkitError(
                f"{target}: links cannot open a file with `{found[0]}` in its name; choose another name"
            )
        link = nfc(part) if part == target.rpartition("/")[2] else f"{nfc(part)}/x"
        if not wikilink_reads_back(link, link):
            raise VaultkitError(f"{target}: links would end inside `{part}`; choose a name with other brackets")


def _require_free(vault: Snapshot, target: str, source: str, pairs: list[tuple[str, str]]) -> None:
    leaving = {path for path, _ in pairs}
    for path, new in pairs:
        there = vault.file_at(new)
        if there is None:
            there = next(
                (other for other in vault.files_named(new.rpartition("/")[2]) if fold(other) == fold(new)), None
            )
        if there is not None and there not in leaving:
            raise VaultkitError(f"{new}: already exists; choose another name for {path}")
    if fold(target) != fold(source):
        for folder in folders_of(vault.files):
            if fold(folder) == fold(target):
                raise VaultkitError(f"{target}: a folder with this name exists; choose another name")
    parts = target.split("/")[:-1]
    for count in range(1, len(parts) + 1):
        if "/".join(parts[:count]) in vault.files:
            raise VaultkitError(f"{'/'.join(parts[:count])}: a file, not a folder")
