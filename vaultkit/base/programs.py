"""Start a program that the user installed, other than git: the only place that does.

A program is found in PATH by its name, never in the vault or the working directory, gets no terminal, a fixed
environment, and limited time and output. An editor is the exception: it is the user's own and needs the terminal.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from typing import IO

from vaultkit.base.errors import VaultkitError

SECONDS = 120
MAX_OUTPUT = 20_000_000
# What a program needs to run at all; nothing else of the environment reaches it.
_PASSED_ON = (
    "PATH",
    "HOME",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "LD_LIBRARY_PATH",
    "TESSDATA_PREFIX",
)


def program_path(name: str) -> str | None:
    """Return the absolute path of the program, or None. Relative entries of PATH are skipped: they can be in the vault."""
    names = (f"{name}.exe",) if os.name == "nt" else (name,)
    for folder in os.get_exec_path():
        for one in names:
            path = os.path.join(folder, one)
            if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    return None


def run_program(
    name: str,
    arguments: Sequence[str],
    *,
    stdin: bytes = b"",
    seconds: float = SECONDS,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, bytes, bytes]:
    """Run the program and return its exit status, output and messages.

    environment: variables to add to the few that are passed on.

    Raises:
        FileNotFoundError: it is not installed.
        TimeoutError: it took longer than ``seconds`` and was stopped.
        OSError: it cannot be started, or wrote more than `MAX_OUTPUT` bytes.
    """
    import subprocess  # 12 ms that other commands need not pay

    path = program_path(name)
    if path is None:
        raise FileNotFoundError(f"{name} is not installed")
    passed = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    # Files instead of pipes: a program that writes without end fills no memory, and none of the three can block.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as messages:
        given.write(stdin)
        given.seek(0)
        process = subprocess.Popen(
            [path, *arguments],
            stdin=given,
            stdout=out,
            stderr=messages,
            env={**passed, "LC_ALL": "C", **(environment or {})},
            cwd=os.path.dirname(path),  # not the vault
            start_new_session=os.name != "nt",
        )
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"{name} took longer than {seconds:g} seconds") from None
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        return status, _bounded(out, name), _bounded(messages, name)


def _bounded(file: IO[bytes], name: str) -> bytes:
    file.seek(0)
    data = file.read(MAX_OUTPUT + 1)
    if len(data) > MAX_OUTPUT:
        raise OSError(f"{name} wrote more than {MAX_OUTPUT // 1_000_000} MB")
    return data


def run_editor(path: str) -> None:
    """Open the file in the user's editor (``VISUAL``, ``EDITOR``) and wait until it is closed.

    Raises:
        VaultkitError: no editor is set, it cannot be started, or it reports a failure.
    """
    import shlex
    import subprocess

    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        raise VaultkitError("no editor is set; set EDITOR, or give the text with --text")
    try:
        words = shlex.split(command, posix=os.name != "nt")
        status = subprocess.run([*words, path], check=False).returncode if words else 1
    except (OSError, ValueError) as error:
        raise VaultkitError(f"EDITOR={command}: cannot be started ({error}); give the text with --text") from error
    if status:
        raise VaultkitError(f"EDITOR={command}: exit status {status}; nothing was changed")
