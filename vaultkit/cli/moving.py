"""What ``move`` and ``relink`` share: plan, show, write."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from vaultkit.cli.console import notice, write_lines
from vaultkit.cli.options import vault_root
from vaultkit.errors import VaultkitError
from vaultkit.index.diff import diff
from vaultkit.index.load import load_vault
from vaultkit.index.write import Change
from vaultkit.refactor.apply import apply_move
from vaultkit.refactor.plan import Move, plan_move, plan_relink
from vaultkit.refactor.renaming import renaming, renaming_done


def run_move(old: str, new: str, vault: str | None, *, dry_run: bool, as_diff: bool, quiet: bool) -> int:
    """Do what ``vaultkit move`` says; the status to leave with."""
    root = vault_root(vault, [old])
    read = load_vault(root)
    wanted = renaming(read, _in_vault(root, old), _in_vault(root, new))
    move = plan_move(read, wanted, _reader(root))
    if as_diff:
        return _show_diff(move)
    if dry_run:
        return _show(move)
    apply_move(root, wanted, move)
    if not quiet:
        old_path, new_path = wanted.folder or wanted.pairs[0]
        _say(f"{old_path} is now {new_path}", move)
    return 0


def run_relink(old: str, new: str, vault: str | None, *, dry_run: bool, as_diff: bool, quiet: bool) -> int:
    """Do what ``vaultkit relink`` says; the status to leave with."""
    root = vault_root(vault, [new])
    read = load_vault(root)
    move = plan_relink(read, renaming_done(read, _in_vault(root, old), _in_vault(root, new)), _reader(root))
    if as_diff:
        return _show_diff(move)
    if dry_run:
        return _show(move)
    apply_move(root, None, move)
    if not quiet:
        _say(f"links to {old} open {new} now" if move.links else f"nothing links to {old}", move)
    return 0


def _in_vault(root: str, path: str) -> str:
    """A path from the vault's folder; an absolute one is made so."""
    if not os.path.isabs(path):
        return path.replace(os.sep, "/")
    relative = os.path.relpath(path, root).replace(os.sep, "/")
    if relative == ".." or relative.startswith("../"):
        raise VaultkitError(f"{path}: lies outside the vault {root}; name a path inside it")
    return relative + ("/" if path.endswith("/") else "")


def _reader(root: str) -> Callable[[str], bytes]:
    def read(path: str) -> bytes:
        try:
            with open(os.path.join(root, path), "rb") as file:
                return file.read()
        except OSError as error:
            raise VaultkitError(f"{path}: cannot be read ({error.strerror}); nothing was changed") from error

    return read


def _show(move: Move) -> int:
    write_lines(
        [f"{old} -> {new}" for old, new in move.pairs]
        + [f"{link.path}:{link.line}:{link.column}: {link.old} -> {link.new}" for link in move.links]
    )
    return 0


def _show_diff(move: Move) -> int:
    rewritten = {rewrite.path: rewrite for rewrite in move.rewrites}
    for old, new in move.pairs:
        rewrite = rewritten.pop(old, None)
        change = Change(old, rewrite.before, rewrite.after) if rewrite else Change(old, b"", b"")
        sys.stdout.writelines(diff(change, new))
    for path, rewrite in rewritten.items():
        sys.stdout.writelines(diff(Change(path, rewrite.before, rewrite.after)))
    sys.stdout.flush()
    return 0


def _say(head: str, move: Move) -> None:
    links, files = len(move.links), len(move.rewrites)
    told = f"{links} link{'s' if links != 1 else ''} in {files} file{'s' if files != 1 else ''} rewritten"
    notice(f"{head}; {told}")
    for path, linkpath in move.adopted:
        notice(f"{path}: the link to {linkpath}, which opened nothing, opens a moved file now")
