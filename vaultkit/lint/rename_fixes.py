"""Fixes that rename files: as many as possible in one move that breaks no link."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.lint.finding import Finding
from vaultkit.refactor.renaming import Renaming, renaming
from vaultkit.vault.files import file_kind
from vaultkit.vault.load import update
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

if TYPE_CHECKING:
    from vaultkit.refactor.plan import MovePlan

_READ_KINDS = ("note", "canvas", "base")
Refusal = tuple[Finding, str]


@record
class Renamed:
    """Findings that one move takes away. vault: as it is afterwards."""

    findings: tuple[Finding, ...]
    renaming: Renaming
    move: MovePlan
    vault: Snapshot


def rename_files(
    vault: Snapshot, wanted: Iterable[Finding], read: Callable[[str], bytes]
) -> tuple[Renamed | None, list[Refusal]]:
    """The findings' files under their new names, or one folder; and (finding, reason) of those that cannot be.

    wanted: findings whose fix is a new name.  read: the bytes of a file of the vault.
    """
    from vaultkit.refactor.unreadable import unread

    whole, closed = _with_what_is_left_out(vault, read)
    for path, fault in (*closed, *unread(whole, read)):
        reason = f"cannot be applied (links in {path} would break, since it cannot be read: {fault})"
        return None, [(finding, reason) for finding in wanted]
    chosen: list[tuple[Finding, Renaming]] = []
    refused: list[Refusal] = []
    pairs: dict[str, str] = {}
    names = [(finding, finding.fix.rename) for finding in wanted if finding.fix is not None and finding.fix.rename]
    for finding, (old, new) in sorted(names, key=lambda entry: entry[1][0] not in vault.files):  # folders last
        try:
            one = renaming(whole, old, new)
        except VaultkitError as error:
            refused.append((finding, f"cannot be applied ({error})"))
            continue
        if one.folder is not None:
            if not chosen:
                chosen = [(finding, one)]
            break  # after the files, whose paths are in it
        taken = {fold(new) for new in pairs.values()}
        if pairs.keys().isdisjoint(dict(one.pairs)) and taken.isdisjoint(fold(new) for _, new in one.pairs):
            pairs.update(one.pairs)
            chosen.append((finding, one))
    if not chosen:
        return None, refused
    done = _moved(vault, whole, chosen, read)
    if isinstance(done, Renamed):
        return done, refused
    if len(chosen) > 1:  # one of them is to blame: those that can be made alone are made together, or else one by one
        alone = []
        for entry in chosen:
            single = _moved(vault, whole, [entry], read)
            if isinstance(single, Renamed):
                alone.append(entry)
            else:
                refused.append((entry[0], single))
        done = _moved(vault, whole, alone, read) if alone else ""
        if alone and not isinstance(done, Renamed):
            done = _moved(vault, whole, alone[:1], read)
    else:
        refused.append((chosen[0][0], done))
    return (done if isinstance(done, Renamed) else None), refused


def _with_what_is_left_out(vault: Snapshot, read: Callable[[str], bytes]) -> tuple[Snapshot, list[tuple[str, str]]]:
    """The vault with the files that the configuration excludes, as they link, too; (path, reason) of the unreadable."""
    contents: dict[str, bytes | None] = {}
    closed = []
    for path in vault.left_out:
        try:
            contents[path] = read(path) if file_kind(path) in _READ_KINDS else None
        except OSError as error:
            closed.append((path, (error.strerror or str(error)).lower()))
    return (update(vault, contents) if contents else vault), closed


def _moved(
    vault: Snapshot, whole: Snapshot, chosen: Iterable[tuple[Finding, Renaming]], read: Callable[[str], bytes]
) -> Renamed | str:
    """The move that all of ``chosen`` make together, or why it cannot be."""
    from vaultkit.refactor.plan import plan_move
    from vaultkit.refactor.setting_files import setting_files
    from vaultkit.refactor.symlinks import require_symlinks_kept

    findings = tuple(finding for finding, _ in chosen)
    folder = next((one.folder for _, one in chosen), None)
    renamed = Renaming(tuple(sorted(pair for _, one in chosen for pair in one.pairs)), folder)
    left_out = frozenset(vault.left_out)
    try:
        require_symlinks_kept(vault.root, whole.files, renamed)
        move = plan_move(whole, renamed, read, setting_files(vault.root, vault.settings.folder, read))
        rewritten: dict[str, bytes | None] = {
            rewrite.new_path: rewrite.after for rewrite in move.rewrites if rewrite.path not in left_out
        }
        moved = {
            new: read(old) if vault.files[old].kind in _READ_KINDS and new not in rewritten else None
            for old, new in renamed.pairs
            if old not in left_out
        }
    except VaultkitError as error:
        return f"cannot be applied ({error})"
    except OSError as error:
        return f"cannot be applied ({error.filename} cannot be read: {(error.strerror or str(error)).lower()})"
    names = dict(renamed.pairs)
    still_out = tuple(names.get(path, path) for path in vault.left_out)
    after = update(vault, moved | rewritten, names, left_out=still_out)
    lost = _lost(vault, after, names)
    return f"would break the link to `{lost}`" if lost else Renamed(findings, renamed, move, after)


def _lost(before: Snapshot, after: Snapshot, moved: Mapping[str, str]) -> str:
    """A file that some note's links opened and do not open under its new name; "" when there is none."""
    for source, targets in before.resolved.items():
        now = after.resolved.get(moved.get(source, source), {})
        for target in targets:
            if moved.get(target, target) not in now:
                return target
    return ""


def links_meant(vault: Snapshot, moved: Mapping[str, str]) -> dict[str, tuple[Edit, ...]]:
    """Links that were written for a file whose name no link can reach, such as ``[[C# basics]]``, as edits by note.

    vault: after the move. moved: path before -> path now.
    """
    names = {name: basename(new) for old, new in moved.items() for name in (basename(old), old.removesuffix(".md"))}
    found: dict[str, list[Edit]] = {}
    for path, bound in vault.bound_links():
        link = bound.link
        if bound.target is None and link.syntax == "wiki" and link.linktext in names:
            found.setdefault(path, []).append(Edit(link.target_start, link.target_end, names[link.linktext]))
    return {path: tuple(edits) for path, edits in found.items()}
