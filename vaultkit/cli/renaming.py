"""What ``rename`` does: find what is named, plan, show or write."""

from __future__ import annotations

from collections.abc import Callable

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.cli.console import notice
from vaultkit.cli.moving import apply_plan, read_vault, reader, run_move, show_plan
from vaultkit.cli.obsidian_cli import one_file
from vaultkit.cli.options import open_workspace
from vaultkit.query.file_lookup import file_named
from vaultkit.query.metadata import tag
from vaultkit.refactor.places import heading_at, note_of, plan_rename_block, plan_rename_heading
from vaultkit.refactor.plan import MovePlan
from vaultkit.refactor.properties import plan_rename_property
from vaultkit.refactor.tags import plan_rename_tag
from vaultkit.vault.snapshot import Snapshot


@record
class RenameOptions:
    """The options that all renames share."""

    vault: str | None
    dry_run: bool
    as_diff: bool
    skip_unread: bool
    quiet: bool


def rename_heading(old: str, new: str, options: RenameOptions) -> int:
    """Rename the heading ``old`` ("Note#Heading")."""

    def plan(vault: Snapshot) -> MovePlan:
        path, subpath = _place(vault, old, "Note#Heading")
        return plan_rename_heading(vault, path, heading_at(vault, path, subpath), new, reader(vault.root))

    return _run(plan, f"heading {old} is now {new}", options)


def rename_block(old: str, new: str, options: RenameOptions) -> int:
    """Rename the block ``old`` ("Note#^id")."""

    def plan(vault: Snapshot) -> MovePlan:
        path, subpath = _place(vault, old, "Note#^id")
        return plan_rename_block(vault, path, subpath.removeprefix("#"), new, reader(vault.root))

    return _run(plan, f"block {old} is now ^{new.removeprefix('^')}", options)


def rename_tag(old: str, new: str, options: RenameOptions) -> int:
    """Rename a tag."""

    def plan(vault: Snapshot) -> MovePlan:
        made = plan_rename_tag(vault, old, new, reader(vault.root))
        merged = tag(vault, new, nested=True).files
        if merged and not options.quiet and old.strip("#").lower() != new.strip("#").lower():
            files = f"{len(merged)} file{'s' if len(merged) != 1 else ''}"
            notice(f"#{new.removeprefix('#')} is in {files} already; afterwards nothing tells which tag a note had")
        return made

    return _run(plan, f"#{old.removeprefix('#')} is now #{new.removeprefix('#')}", options)


def rename_property(old: str, new: str, options: RenameOptions) -> int:
    """Rename a property."""
    return _run(
        lambda vault: plan_rename_property(vault, old, new, reader(vault.root)),
        f"property {old} is now {new}",
        options,
    )


def rename_file(name: str | None, file: str | None, path: str | None, new: str, options: RenameOptions) -> int:
    """Rename a file in its folder."""
    vault = open_workspace(options.vault).listed()
    old = one_file(vault, name, file, path)
    if "/" in new:
        raise VaultkitError(f"{new}: a name has no `/`; `vaultkit move` moves a file to another folder")
    folder = old[: old.rfind("/") + 1]
    return run_move(
        old,
        folder + new,
        vault.root,
        dry_run=options.dry_run,
        as_diff=options.as_diff,
        quiet=options.quiet,
        skip_unread=options.skip_unread,
    )


def _place(vault: Snapshot, named: str, example: str) -> tuple[str, str]:
    note, hash_, subpath = named.partition("#")
    if not note.strip() or not hash_ or not subpath.strip("# ^"):
        raise VaultkitError(f"{named}: name a note and a place in it, such as `{example}`")
    path = note if note in vault.notes else file_named(vault, note)
    note_of(vault, path)
    return path, hash_ + subpath


def _run(plan: Callable[[Snapshot], MovePlan], done: str, options: RenameOptions) -> int:
    _, vault = read_vault(options.vault, ".", skip_unread=options.skip_unread)
    made = plan(vault)
    if options.as_diff or options.dry_run:
        return show_plan(made, as_diff=options.as_diff)
    apply_plan(vault.root, None, made, done, quiet=options.quiet, noun="place")
    return 0
