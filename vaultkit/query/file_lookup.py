"""Which file a person means by a name on the command line."""

from __future__ import annotations

from collections.abc import Collection

from vaultkit.base.errors import VaultkitError
from vaultkit.base.paths import relative_path, with_slashes
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot

SHOWN_CANDIDATES = 10
_ALL = "; `vaultkit files` lists them"


def file_by_path(vault: Snapshot, path: str) -> str:
    """The file at exactly this path of the vault, or at this path on disk; case does not count.

    Raises:
        VaultkitError: there is no such file in the vault.
    """
    path = with_slashes(path)
    if path in vault.files:
        return path
    found = vault.file_at(path) or vault.file_at(path + ".md")
    if found is None and vault.root:
        on_disk = relative_path(path, vault.root)
        found = on_disk if on_disk in vault.files else None
    if found is None:
        raise VaultkitError(f"{path}: no such file in the vault{_near(vault, path, vault.files)}")
    return found


def file_named(vault: Snapshot, name: str) -> str:
    """The file that ``name`` means: a path, or a name as it would stand in a link in the vault's root.

    Raises:
        VaultkitError: no file is meant, or more than one.
    """
    if not name.strip():
        raise VaultkitError("empty file name; use file=NAME or path=PATH")
    name = with_slashes(name)
    if name in vault.files:
        return name
    # "./" would make it a path on disk to a shell user; a link in the root means the same file.
    found = vault.resolve(name, "")
    if found.path is not None:
        if len(found.candidates) > 1 and not found.is_exact:
            shown = ", ".join(found.candidates[:SHOWN_CANDIDATES])
            more = len(found.candidates) - SHOWN_CANDIDATES
            rest = f" and {more} more" if more > 0 else ""
            raise VaultkitError(f"{name}: ambiguous name; write the path of one of {shown}{rest}")
        return found.path
    if vault.root:
        on_disk = relative_path(name, vault.root)
        if on_disk in vault.files:
            return on_disk
    owners = vault.aliases.get(fold(name.strip()), ())
    if owners:
        raise VaultkitError(f"{name}: no file of that name; it is an alias of {', '.join(owners[:SHOWN_CANDIDATES])}")
    raise VaultkitError(f"{name}: no such file in the vault{_near(vault, name, vault.files)}")


def note_named(vault: Snapshot, name: str) -> str:
    """As `file_named`, for commands that need a note.

    Raises:
        VaultkitError: no note is meant, or more than one.
    """
    path = file_named(vault, name)
    if path not in vault.notes:
        raise VaultkitError(f"{path}: not a note; this works for notes only")
    return path


def _near(vault: Snapshot, name: str, paths: Collection[str]) -> str:
    if len(paths) > 50_000:  # comparing with each would take seconds
        return _ALL
    from difflib import get_close_matches

    wanted = name.removesuffix(".md")
    names = {path.removesuffix(".md")[path.rfind("/") + 1 if "/" not in wanted else 0 :]: path for path in paths}
    near = get_close_matches(wanted, names, n=1)
    return f"; did you mean {near[0]!r}?" if near else _ALL
