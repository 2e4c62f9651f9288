"""The door: the one question that must not cost an import is answered here, all else goes to `main`.

Most commits of a repository touch no vault. To say so takes git and four small modules; click alone would
cost as much again (measured: 24 against 38 ms, where an empty Python takes 9).
"""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and leave with its status."""
    gc.disable()  # a command ends soon, its records make no cycles, and each pass would walk them all
    try:
        if sys.argv[1:] in (["hook"], ["hook", "--fix"]) and _is_nothing_staged():
            os._exit(0)
        from vaultkit.cli.app import main as run

        run()
    except KeyboardInterrupt:  # while modules were imported; later `run` answers it
        os._exit(130)


def _is_nothing_staged() -> bool:
    """Git answers, and nothing of a vault is staged; where it does not, the command itself says why."""
    if os.environ.get("VAULTKIT_VAULT"):
        return False
    from vaultkit.base.errors import VaultkitError
    from vaultkit.commit.prefilter import is_relevant
    from vaultkit.commit.repository import Git

    try:
        changes = Git(os.getcwd()).staged()
    except (VaultkitError, OSError):
        return False
    return not any(is_relevant(change) for change in changes)
