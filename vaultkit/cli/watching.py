"""``check --watch``: the report again after every change, of the notes that changed and all that depends on them."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import read_inside
from vaultkit.base.text import decode
from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.checking import read_vault, report_on
from vaultkit.cli.console import notice
from vaultkit.cli.setup import Setup, setup_of
from vaultkit.lint.engine import Answers, git_ignored, inspector
from vaultkit.vault.files import file_kind, walk
from vaultkit.vault.load import update
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.watch import Changes, FileStamps, snapshot, wait_for_changes


def watch(wants: CheckOptions) -> NoReturn:
    """Report now and after every change, until Ctrl-C."""
    setup = setup_of(wants)
    while True:
        more = (setup.config.source,) if setup.config.source else ()
        seen: FileStamps = snapshot(setup.root, more)
        vault, answers = read_vault(setup, wants)
        while True:
            if sys.stdout.isatty():
                click.clear()
            report_on(vault, answers, setup, wants)
            notice("watching for changes, Ctrl-C ends")
            changes, seen = wait_for_changes(setup.root, seen, more)
            if changes.touches_settings:
                break
            vault, answers = changed_vault(vault, answers, setup, changes)
        try:
            setup = setup_of(wants)
        except VaultkitError as error:
            notice(f"{error}; the settings from before hold")


def changed_vault(vault: Snapshot, answers: Answers, setup: Setup, changes: Changes) -> tuple[Snapshot, Answers]:
    """The vault, and what note rules say of it, after some files changed; only those are read."""
    written: dict[str, bytes | None] = {}
    removed = list(changes.removed)
    for path in changes.changed:
        if setup.excludes(path):
            continue
        try:
            written[path] = read_inside(vault.root, path) if file_kind(path) in ("note", "canvas") else None
            if written[path] is None and not os.path.lexists(os.path.join(vault.root, path)):
                raise FileNotFoundError
        except FileNotFoundError:
            removed.append(path)
        except OSError as error:
            notice(f"{path} cannot be read ({error.strerror}); what was known of it holds")
    ignored = None
    if any(path not in vault.files for path in written):
        asked = git_ignored(vault.root, setup.config, setup.named_files)
        ignored = asked(walk(vault.root)) if asked is not None else None
    vault = update(vault, written, removed, ignored=ignored)
    now = {path: answer for path, answer in answers.items() if path not in written and path not in removed}
    inspect = inspector(setup.plan)
    for path, data in written.items():
        if path in vault.notes:
            answer = inspect(vault.notes[path], decode(data or b"").text)
            if answer is not None:
                now[path] = answer
    return vault, now
