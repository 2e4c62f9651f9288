"""``check --watch``: the report again after every change, of the notes that changed and all that depends on them."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import read_inside
from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.checking import left_out, print_notices, show
from vaultkit.cli.console import notice
from vaultkit.cli.setup import setup_of
from vaultkit.lint.live_check import LiveCheck
from vaultkit.vault.files import file_kind
from vaultkit.vault.watch import Changes, FileStamps, file_stamps, wait_for_changes, waiter


def watch(wants: CheckOptions) -> NoReturn:
    """Report now and after every change, until Ctrl-C."""
    setup = setup_of(wants)
    while True:
        wait = waiter(setup.root)
        seen: FileStamps = file_stamps(setup.workspace)
        live = LiveCheck.start(setup.workspace, setup.plan)
        print_notices((*setup.notices, *left_out(live.snapshot)))
        while True:
            if sys.stdout.isatty():
                click.clear()
            show(live.snapshot, live.report(setup.only), setup, wants)
            notice("watching for changes; press Ctrl-C to stop")
            changes, seen = wait_for_changes(setup.workspace, seen, wait=wait)
            if changes.touches_settings:
                break
            live = after_changes(live, changes)
        try:
            setup = setup_of(wants)
        except VaultkitError as error:
            notice(f"{error}; using the settings from before")


def after_changes(live: LiveCheck, changes: Changes) -> LiveCheck:
    """Return the check after some files changed on disk; only those are read."""
    written: dict[str, bytes | None] = {}
    removed = list(changes.removed)
    for path in changes.changed:
        place = os.path.join(live.workspace.root, path)
        try:
            if file_kind(path) in ("note", "canvas"):
                written[path] = read_inside(live.workspace.root, path)
            elif os.path.lexists(place):
                written[path] = None
            else:
                removed.append(path)
        except FileNotFoundError:
            removed.append(path)
        except OSError as error:
            notice(f"cannot read {path} ({error.strerror}); keeping the previous results")
    return live.with_changes(written, removed)
