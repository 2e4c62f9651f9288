"""Run git without running anything else: the only place that starts git.

A vault can come from anybody, and its ``.git/config`` comes with it. Git starts programs that this file names, for
example ``core.fsmonitor`` when it reads the index. The settings below switch off every place where that can happen
in the commands vaultkit uses, and all network access. Commands read only; they take no lock.

Two things are up to the caller: a command that compares the work tree needs ``is_work_tree``, since the vault chooses
the names of ``filter.*`` programs, and ``--ignore-submodules=dirty``, since git starts itself again in each submodule.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subprocess import CompletedProcess

# Variables of a hook, which can be relative to the folder where the hook was started.
_PATH_VARIABLES = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")
_SETTINGS = (
    "core.fsmonitor=",  # empty, not false: git before 2.36 takes "false" for a program
    "core.quotePath=off",
    "color.ui=false",
    "core.askPass=",
    "core.gitProxy=",
    "core.sshCommand=false",
    "credential.helper=",
    "diff.external=",
    f"diff.orderFile={os.devnull}",
    "log.mailmap=false",
    "log.showSignature=false",  # runs gpg.program
    "protocol.allow=never",
)
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # one protocol, which does not exist: no fetch reaches a remote
    "GIT_NO_LAZY_FETCH": "1",  # git 2.45 and later
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_SECONDS = 120
_READ_BY_GIT = (".gitignore", ".gitattributes", ".git/config", ".git/HEAD", ".git/info/exclude", ".git/info/attributes")
_MOST_BYTES = 100_000_000


def run_git(
    folder: str,
    *arguments: str,
    stdin: bytes | None = None,
    seconds: float = _SECONDS,
    is_work_tree: bool = False,
    own_hooks: bool = False,
) -> CompletedProcess[bytes]:
    """Run one git command in ``folder``; its status, output and messages.

    is_work_tree: the command reads files of the work tree; run no ``filter.*`` program for them.
    own_hooks: leave ``core.hooksPath`` as configured, to find the hooks' folder. Otherwise git sees no hooks.

    Raises:
        FileNotFoundError: git is not installed.
        TimeoutError: git took longer than ``seconds``.
        OSError: git cannot be started.
    """
    import subprocess  # 12 ms that a vault without git need not pay

    _require_regular(folder, _READ_BY_GIT if "check-ignore" in arguments else _READ_BY_GIT[1:])
    settings = [*_SETTINGS, *([] if own_hooks else [f"core.hooksPath={os.devnull}"])]
    options = [word for setting in settings for word in ("-c", setting)]
    environment = {**os.environ, **_ENVIRONMENT}
    for name in _PATH_VARIABLES:
        if environment.get(name):
            environment[name] = os.path.abspath(environment[name])
    if is_work_tree:
        filters = run_git(folder, "config", "--null", "--name-only", "--get-regexp", r"^filter\.")
        if filters.returncode not in (0, 1):  # 1: there is none
            return filters
        _switch_filters_off(os.fsdecode(filters.stdout).split("\0"), environment)
    try:
        return subprocess.run(
            [_git_program(), "--no-pager", *options, *arguments],
            cwd=folder,
            env=environment,
            input=stdin or b"",  # never the terminal's
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"git {arguments[0]} took longer than {seconds:g} seconds") from None


def _require_regular(folder: str, names: Iterable[str]) -> None:
    """Git waits without end at a pipe, and reads any size into memory.

    Raises:
        OSError: a file that git is about to read is no regular file, or huge.
    """
    for name in names:
        try:
            found = os.stat(os.path.join(folder, name))
        except OSError:
            continue  # not there, or in another place: git knows
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
            raise OSError(errno.EINVAL, f"{name} is not a regular file, or too large for git")


def _switch_filters_off(settings: Iterable[str], environment: dict[str, str]) -> None:
    """Empty every ``filter.*`` program. Variables, since a filter's name can hold a ``=``, which ``-c`` would split."""
    names = {setting.rpartition(".")[0] for setting in settings if setting}
    given = environment.get("GIT_CONFIG_COUNT", "")
    count = int(given) if given.isdecimal() else 0
    for name in sorted(names):
        for key, value in (("clean", ""), ("smudge", ""), ("process", ""), ("required", "false")):
            environment[f"GIT_CONFIG_KEY_{count}"] = f"{name}.{key}"
            environment[f"GIT_CONFIG_VALUE_{count}"] = value
            count += 1
    environment["GIT_CONFIG_COUNT"] = str(count)


def _git_program() -> str:
    """The absolute path of git. Relative entries of PATH are skipped: they can lead into the vault."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    raise FileNotFoundError("git is not installed")
