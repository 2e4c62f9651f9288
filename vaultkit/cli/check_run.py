"""What ``vaultkit check`` does with its options."""

from __future__ import annotations

import contextlib
import io
import os
import time

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.checking import check_vault
from vaultkit.cli.console import environment, notice
from vaultkit.cli.setup import Setup, setup_of
from vaultkit.config import OBSIDIAN_FOLDER


def run_check(wants: CheckOptions) -> int:
    """Check as the options say; return the exit status."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(environment(VAULTKIT_CACHE_DIR=wants.cache_dir, VAULTKIT_JOBS=wants.jobs))
        if wants.quiet or wants.silent:
            stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        if wants.silent:
            stack.enter_context(contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")))
        return _checked(wants)


def _checked(wants: CheckOptions) -> int:
    if wants.watch and not wants.staged:
        if wants.wants_fixes or wants.add_suppressions is not None or "-" in wants.paths:
            raise VaultkitError("--watch cannot be combined with --fix, --diff, --add-suppressions or stdin")
        from vaultkit.cli.watching import watch

        watch(wants)
    started = time.monotonic()
    if wants.staged and wants.paths != ("-",):
        from vaultkit.cli.staged import check_staged
        from vaultkit.commit.repository import NoGitError

        try:
            return check_staged(wants)
        except NoGitError as error:
            notice(f"{error}; checking the whole vault")
    if wants.changed:
        from vaultkit.cli.after_edit import check_changed

        return check_changed(wants)
    setup = setup_of(wants)
    if wants.paths == ("-",):
        from vaultkit.cli.stdin import check_stdin

        return check_stdin(setup, wants)
    status = check_vault(setup, wants)
    if wants.verbose:
        _say_more(setup, wants, time.monotonic() - started)
    return status


def _say_more(setup: Setup, wants: CheckOptions, seconds: float) -> None:
    found = f"there is no {OBSIDIAN_FOLDER} and no git work tree around it"
    if wants.vault is not None:
        found = "as named"
    elif os.path.isdir(os.path.join(setup.root, OBSIDIAN_FOLDER)):
        found = f"it has {OBSIDIAN_FOLDER}"
    elif os.path.exists(os.path.join(setup.root, ".git")):
        found = "the top of a git work tree"
    vault = setup.workspace.listed()
    notice(f"the vault is {vault.root} ({found}): {len(vault.notes)} notes, {len(vault.files)} files")
    notice(f"configuration: {setup.config.source or 'none'}; {len(setup.plan.rules)} rules; {seconds:.2f} s")
