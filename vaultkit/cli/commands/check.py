"""Report broken links, missing pictures, empty flashcards and other faults."""

from __future__ import annotations

import click

from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.check_parameters import CheckCommand, check_options


@click.command(cls=CheckCommand)
@check_options
def command(wants: CheckOptions) -> int:
    """Check the vault around the working directory, or around PATH.

    PATH limits which findings are shown. The whole vault is always read. With the PATH - the text of one note is
    read from stdin; --stdin-filename says which note it is.

    Exit status: 0 nothing found, 1 errors or warnings (with --diff: changes), 2 wrong usage or configuration.
    """
    from vaultkit.cli.check_run import run_check

    return run_check(wants)
