"""Where a process begins and ends: streams, the exit status, and what must not cost the import of click.

Click takes 12 ms to import. An unchanged vault is checked in 55 ms without it, and a commit that touches no vault is
let through in 24, where an empty Python takes 9.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from typing import NoReturn

from vaultkit.base.errors import VaultkitError

EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, EXIT_BUG, EXIT_INTERRUPTED = 0, 1, 2, 3, 130
COMPLETION = "_VAULTKIT_COMPLETE"  # where a shell asks click for the words that may follow
# The output is a file, and its disk is full, broken, or has no more room for this user.
_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_CHECK_FLAGS = {"-q": "quiet", "--quiet": "quiet", "--changed": "changed"}
# Variables of the environment that are no options.
_NO_OPTIONS = ("VAULTKIT_CACHE_DIR", "VAULTKIT_TRACEBACK")
WELCOME = """vaultkit reads an Obsidian vault as Obsidian does. Run it in the folder of a vault:

  vaultkit check             report broken links, missing pictures, empty flashcards (--fix repairs)
  vaultkit map --open        draw the vault as a map in the browser
  vaultkit hook install      check every git commit before it is made

vaultkit --help lists all commands, vaultkit docs start is a ten-minute start."""
REPORT_ADDRESS = "https://github.com/vaultkit/vaultkit/issues"


def main() -> NoReturn:
    """Run the command line and leave with its status.

    Taking a large vault apart, object by object, before the process ends would cost a tenth of a run.
    """
    gc.disable()  # a command ends soon, its records make no cycles, and each pass would walk them all
    try:
        if sys.argv[1:] in (["hook"], ["hook", "--fix"]) and _is_nothing_staged():
            os._exit(EXIT_CLEAN)
        status = run(sys.argv[1:])
        sys.stdout.flush()
        sys.stderr.flush()
    except KeyboardInterrupt:  # while modules were imported; later `run` answers it
        status = EXIT_INTERRUPTED
    os._exit(status)


def run(arguments: list[str]) -> int:
    """Run the command line; return the status with which the process should leave."""
    for name in ("stdout", "stderr"):  # `>&-`: the caller wants to hear nothing
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # names with undecodable bytes are shown escaped
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from vaultkit.cli.console import complain, silence

    try:
        if not arguments and COMPLETION not in os.environ:
            sys.stdout.write(WELCOME + "\n")
            return EXIT_CLEAN
        status = _without_click(arguments)
        if status is None:
            from vaultkit.cli.app import run_command_line

            status = run_command_line(arguments)
        sys.stdout.flush()
        return status
    except VaultkitError as error:
        complain(str(error))
        return EXIT_USAGE
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        silence()  # the reader left before the last lines
        return EXIT_CLEAN
    except OSError as error:
        if error.errno not in _UNWRITABLE or error.filename is not None:
            return _report_bug(error)
        silence()
        complain(f"cannot write the output ({error.strerror}); free some space and run again")
        return EXIT_USAGE
    except ModuleNotFoundError as error:
        from vaultkit.base.extras import is_extra, missing_extra

        if not is_extra(error.name):
            return _report_bug(error)
        complain(str(missing_extra(error.name or "", f"`vaultkit {arguments[0]}`")))
        return EXIT_USAGE
    except Exception as error:
        return _report_bug(error)


def _without_click(arguments: list[str]) -> int | None:
    """Run ``check`` of paths, or the hook; None for all other command lines, which click reads.

    A test compares what these mean here with what click makes of them.
    """
    command, *rest = arguments or [""]
    if any(name.startswith(("VAULTKIT_", COMPLETION)) and name not in _NO_OPTIONS for name in os.environ):
        return None
    if command == "check":
        chosen = {}
        while rest and rest[0] in _CHECK_FLAGS:
            chosen[_CHECK_FLAGS[rest.pop(0)]] = True
        if any(path.startswith("-") for path in rest):
            return None
        from vaultkit.base.record import changed
        from vaultkit.cli.check_options import CheckOptions
        from vaultkit.cli.check_run import run_check

        return run_check(changed(CheckOptions(tuple(rest)), **chosen))
    if command == "hook" and rest in ([], ["--fix"]):
        from vaultkit.cli.hooking import run_hook

        return run_hook(None, fix=bool(rest), config_file=None, color="auto")
    return None


def _is_nothing_staged() -> bool:
    """Git answers, and nothing of a vault is staged; where it does not, the command itself says why."""
    if os.environ.get("VAULTKIT_VAULT"):
        return False
    from vaultkit.commit.prefilter import is_relevant
    from vaultkit.commit.repository import Git

    try:
        changes = Git(os.getcwd()).staged()
    except (VaultkitError, OSError):
        return False
    return not any(is_relevant(change) for change in changes)


def _report_bug(error: Exception) -> int:
    import traceback

    from vaultkit.cli.console import complain

    last = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{os.path.basename(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(last))
    complain(
        f"vaultkit has a bug: {type(error).__name__}: {error}\n  at {places}\n"
        f"  Please report it, with the note that caused it if you can: {REPORT_ADDRESS}"
    )
    if os.environ.get("VAULTKIT_TRACEBACK"):
        traceback.print_exception(error)
    return EXIT_BUG
