"""Fixes that give files other names: as many as can be made at once, as one move after which no link is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from vaultkit.errors import VaultkitError
from vaultkit.index.load import update
from vaultkit.index.resolve import fold
from vaultkit.index.vault import Vault, basename
from vaultkit.lint.finding import Finding
from vaultkit.record import record
from vaultkit.refactor.renaming import Renaming, renaming
from vaultkit.text import Edit

if TYPE_CHECKING:
    from vaultkit.refactor.plan import Move

_READ_KINDS = ("note", "canvas", "base")
Refusal = tuple[Finding, str]


@record
class Renamed:
    """Findings that one move takes away. vault: as it is afterwards."""

    findings: tuple[Finding, ...]
    renaming: Renaming
    move: Move
    vault: Vault


def rename_files(
    vault: Vault, wanted: Iterable[Finding], read: Callable[[str], bytes]
) -> tuple[Renamed | None, list[Refusal]]:
    """The findings' files under their new names, or one folder; and (finding, reason) of those that cannot be.

    wanted: findings whose fix is a new name.  read: the bytes of a file of the vault.
    """
    from vaultkit.refactor.unread import unread

    for path, fault in unread(vault, read):
        reason = f"cannot be made ({path} cannot be read ({fault}), so links in it would stay old; mend that first)"
        return None, [(finding, reason) for finding in wanted]
    chosen: list[tuple[Finding, Renaming]] = []
    refused: list[Refusal] = []
    pairs: dict[str, str] = {}
    names = [(finding, finding.fix.rename) for finding in wanted if finding.fix is not None and finding.fix.rename]
    for finding, (old, new) in sorted(names, key=lambda entry: entry[1][0] not in vault.files):  # folders last
        try:
            one = renaming(vault, old, new)
        except VaultkitError as error:
            refused.append((finding, f"cannot be made ({error})"))
            continue
        if one.folder is not None:
            if not chosen:
                chosen = [(finding, one)]
            break  # after the files, for their paths lie in it
        taken = {fold(new) for new in pairs.values()}
        if pairs.keys().isdisjoint(dict(one.pairs)) and taken.isdisjoint(fold(new) for _, new in one.pairs):
            pairs.update(one.pairs)
            chosen.append((finding, one))
    if not chosen:
        return None, refused
    done = _moved(vault, chosen, read)
    if isinstance(done, Renamed):
        return done, refused
    if len(chosen) > 1:  # one of them is to blame: those that can be made alone are made together, or else one by one
        alone = []
        for entry in chosen:
            single = _moved(vault, [entry], read)
            if isinstance(single, Renamed):
                alone.append(entry)
            else:
                refused.append((entry[0], single))
        done = _moved(vault, alone, read) if alone else ""
        if alone and not isinstance(done, Renamed):
            done = _moved(vault, alone[:1], read)
    else:
        refused.append((chosen[0][0], done))
    return (done if isinstance(done, Renamed) else None), refused


def _moved(vault: Vault, chosen: Iterable[tuple[Finding, Renaming]], read: Callable[[str], bytes]) -> Renamed | str:
    """The move that all of ``chosen`` make together, or why it cannot be."""
    from vaultkit.refactor.plan import plan_move
    from vaultkit.refactor.setting_files import setting_files

    findings = tuple(finding for finding, _ in chosen)
    folder = next((one.folder for _, one in chosen), None)
    whole = Renaming(tuple(sorted(pair for _, one in chosen for pair in one.pairs)), folder)
    try:
        move = plan_move(vault, whole, read, setting_files(vault.root, vault.settings.folder, read))
        rewritten: dict[str, bytes | None] = {rewrite.new_path: rewrite.after for rewrite in move.rewrites}
        moved = {
            new: read(old) if vault.files[old].kind in _READ_KINDS and new not in rewritten else None
            for old, new in whole.pairs
        }
    except VaultkitError as error:
        return f"cannot be made ({error})"
    except OSError as error:
        return f"cannot be made ({error.filename} cannot be read: {(error.strerror or str(error)).lower()})"
    after = update(vault, moved | rewritten, dict(whole.pairs))
    lost = _lost(vault, after, dict(whole.pairs))
    return f"would lose the link to {lost}" if lost else Renamed(findings, whole, move, after)


def _lost(before: Vault, after: Vault, moved: Mapping[str, str]) -> str:
    """A file that some note's links opened and do not open under its new name; "" when there is none."""
    for source, targets in before.resolved.items():
        now = after.resolved.get(moved.get(source, source), {})
        for target in targets:
            if moved.get(target, target) not in now:
                return target
    return ""


def links_meant(vault: Vault, moved: Mapping[str, str]) -> dict[str, tuple[Edit, ...]]:
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
