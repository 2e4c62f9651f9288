"""What ``move`` and ``relink`` share: plan, show, write."""

from __future__ import annotations

import os
from collections.abc import Callable

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.errors import VaultkitError
from vaultkit.base.paths import relative_path, with_slashes
from vaultkit.base.record import changed
from vaultkit.base.safe_read import read_inside, read_regular
from vaultkit.base.text import escape_control_chars
from vaultkit.base.unified_diff import diff
from vaultkit.cli.console import notice, write_diff, write_lines
from vaultkit.cli.options import load_config, vault_root
from vaultkit.refactor.apply import apply_move
from vaultkit.refactor.plan import MovePlan, plan_move, plan_relink, plan_relink_heading
from vaultkit.refactor.renaming import Renaming, heading_renamed, renaming, renaming_done
from vaultkit.refactor.setting_files import SettingFile, setting_files
from vaultkit.refactor.symlinks import require_symlinks_kept
from vaultkit.refactor.unreadable import unread
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace


def run_move(
    old: str, new: str, vault: str | None, *, dry_run: bool, as_diff: bool, quiet: bool, skip_unread: bool
) -> int:
    """Do what ``vaultkit move`` says; the status to leave with."""
    _require_utf8(new)
    root, read = read_vault(vault, old, skip_unread=skip_unread)
    wanted = renaming(read, _in_vault(root, old), _in_vault(root, new))
    require_symlinks_kept(root, read.files, wanted)
    move = plan_move(read, wanted, reader(root), _setting_files(read))
    if as_diff or dry_run:
        return show_plan(move, as_diff=as_diff)
    old_path, new_path = wanted.folder or wanted.pairs[0]
    apply_plan(root, wanted, move, f"{old_path} is now {new_path}", quiet=quiet)
    return 0


def run_relink(
    old: str,
    new: str,
    vault: str | None,
    *,
    dry_run: bool,
    as_diff: bool,
    quiet: bool,
    skip_unread: bool,
    just_moved: bool,
) -> int:
    """Do what ``vaultkit relink`` says; the status to leave with."""
    _require_utf8(new)
    root, read = read_vault(vault, new, skip_unread=skip_unread)
    if "#" in old:
        note, was, now = heading_renamed(read, _in_vault(root, old), _in_vault(root, new))
        move = plan_relink_heading(read, note, was, now, reader(root))
    else:
        renamed = renaming_done(read, _in_vault(root, old), _in_vault(root, new))
        move = plan_relink(read, renamed, reader(root), _setting_files(read), just_moved=just_moved)
    if as_diff or dry_run:
        return show_plan(move, as_diff=as_diff)
    done = f"links to {old} now open {new}" if move.links else f"no links to {old}"
    apply_plan(root, None, move, done, quiet=quiet)
    return 0


def show_plan(move: MovePlan, *, as_diff: bool) -> int:
    """Print what would change, as a list or a diff; return the exit status."""
    return _show_diff(move) if as_diff else _show(move)


def apply_plan(
    root: str, renaming: Renaming | None, move: MovePlan, done: str, *, quiet: bool, noun: str = "link"
) -> None:
    """Make the change and print what was done. done: what to print first. noun: what the rewritten places are."""
    apply_move(root, renaming, move)
    say_what_stays(move)
    if not quiet:
        _say(done, move, noun)


def _require_utf8(name: str) -> None:
    """Raise VaultkitError if the name has bytes that are not UTF-8, which no link in a note can hold."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise VaultkitError(
            f"{escape_control_chars(name)}: the name is not UTF-8, so no link can contain it; choose another name"
        ) from None


def read_vault(vault: str | None, path: str, *, skip_unread: bool) -> tuple[str, Snapshot]:
    """The vault's folder and the vault.

    Raises:
        VaultkitError: a file's links are not known, and it is not to be skipped.
    """
    root = vault_root(vault, [path])
    read = Workspace.open(root, changed(load_config(root), exclude=())).snapshot()
    for unknown, reason in unread(read, reader(root)):
        if not skip_unread:
            raise VaultkitError(
                f"{unknown}: cannot be read ({reason}), so links in it would break; repair it, or continue without it "
                "with --skip-unread"
            )
        notice(f"{unknown}: cannot be read ({reason}), so links in it stay as they are")
    return root, read


def _setting_files(vault: Snapshot) -> tuple[SettingFile, ...]:
    # Settings may be shared by several vaults through links, which Obsidian follows, too.
    return setting_files(vault.root, vault.settings.folder, lambda path: read_regular(os.path.join(vault.root, path)))


def _in_vault(root: str, path: str) -> str:
    """A path from the vault's folder; an absolute one is made so."""
    if not os.path.isabs(path):
        return with_slashes(path)
    relative = relative_path(path, root)
    if relative == ".." or relative.startswith("../"):
        raise VaultkitError(f"{path}: outside the vault {root}; name a path inside it")
    return relative + ("/" if path.endswith("/") else "")


def reader(root: str) -> Callable[[str], bytes]:
    """A function that reads the bytes of a file of the vault."""

    def read(path: str) -> bytes:
        return read_inside(root, path)

    return read


def _show(move: MovePlan) -> int:
    write_lines(
        escape_control_chars(line)
        for line in (
            *(f"{old} -> {new}" for old, new in move.pairs),
            *(
                f"{link.path}:{link.line}:{link.column}: {link.old} -> {link.new}"
                for link in move.links + move.settings
            ),
        )
    )
    say_what_stays(move)
    return 0


def _show_diff(move: MovePlan) -> int:
    rewritten = {rewrite.path: rewrite for rewrite in move.rewrites}
    for old, new in move.pairs:
        rewrite = rewritten.pop(old, None)
        change = FileChange(old, rewrite.before, rewrite.after) if rewrite else FileChange(old, b"", b"")
        write_diff(diff(change, new))
    for path, rewrite in rewritten.items():
        write_diff(diff(FileChange(path, rewrite.before, rewrite.after)))
    say_what_stays(move)
    return 0


def _say(head: str, move: MovePlan, noun: str = "link") -> None:
    settings = dict.fromkeys(link.path for link in move.settings)
    links, files = len(move.links), len(move.rewrites) - len(settings)
    text = f"{links} {noun}{'s' if links != 1 else ''} in {files} file{'s' if files != 1 else ''} rewritten"
    notice(f"{head}; {text}")
    for path in settings:
        changes = [f"{link.old} is {link.new}" for link in move.settings if link.path == path]
        more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
        notice(f"{path}: {changes[0]}{more} now")
    for path, linkpath in move.adopted:
        notice(f"{path}: the link to {linkpath} was broken and now opens a moved file")


def say_what_stays(move: MovePlan) -> None:
    """Tell which of Obsidian's own files could not be changed, and which links may have been meant otherwise."""
    for path, reason in move.left:
        notice(f"{path} {reason}, so its links stay as they are")
    for doubt in move.doubtful:
        notice(
            f"{doubt.path}: the link to {doubt.linkpath} opens {doubt.opens} and opened {doubt.opened} before "
            "the move if it is older; --just-moved writes it so"
        )
    for link in move.placeless:
        kind = "block" if link.subpath.startswith("#^") else "heading"
        notice(f"{link.path}: the link to {link.linktext} opens {link.target}, which has no such {kind}")
