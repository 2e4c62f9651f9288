"""Run git without running anything else: the only place that starts git.

A vault can come from anybody, and its ``.git/config`` comes with it. Git starts programs that this file names, for
example ``core.fsmonitor`` when it reads the index. The settings below switch off every place where that can happen
in the commands vaultkit uses, and all network access. Commands read only; they take no lock.

Two things are up to the caller: a command that compares the work tree needs ``is_work_tree``, since the vault chooses
the names of ``filter.*`` programs, and ``--ignore-submodules=dirty``, since git starts itself again in each submodule.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import IO, TYPE_CHECKING, TypeVar

from vaultkit.base.safe_read import MAX_BYTES

if TYPE_CHECKING:
    from subprocess import CompletedProcess, Popen

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
_SECONDS_TO_END = 5  # a program that git started could keep its pipes open
_READ_BY_GIT = (
    ".gitattributes", ".git/config", ".git/config.worktree", ".git/HEAD", ".git/ORIG_HEAD", ".git/info/exclude", ".git/info/attributes",
    ".git/info/grafts", ".git/info/sparse-checkout", ".git/packed-refs", ".git/shallow", ".git/commondir", ".git/index",
    ".git/objects/info/alternates", ".git/objects/info/packs", ".git/objects/info/commit-graph",
)  # fmt: skip
_MOST_BYTES = 100_000_000
_GROWING = (".git/index", ".git/packed-refs", ".git/objects/info/commit-graph")  # 100 bytes and more for each file
_MOST_GROWING = 1_000_000_000
# Ten folders of ten folders and so on, each the same object, are a few hundred bytes of a repository and 10,000,000,000
# names. A million files are 100 MB of names.
MOST_OUTPUT = 128_000_000
_MOST_CONTENTS = 512_000_000
_MOST_MESSAGES = 100_000
# Git compares two files of up to 512 MB each in memory; see core.bigFileThreshold.
_MOST_MEMORY = 2_000_000_000
_PIECE = 65_536
_T = TypeVar("_T")


def run_git(
    folder: str,
    *arguments: str,
    stdin: bytes | None = None,
    seconds: float = _SECONDS,
    is_work_tree: bool = False,
    own_hooks: bool = False,
    most: int = MOST_OUTPUT,
) -> CompletedProcess[bytes]:
    """Run one git command in ``folder``; its status, output and messages.

    is_work_tree: the command reads files of the work tree; run no ``filter.*`` program for them.
    own_hooks: leave ``core.hooksPath`` as configured, to find the hooks' folder. Otherwise git sees no hooks.
    most: how many bytes the output may have.

    Raises:
        FileNotFoundError: git is not installed.
        TimeoutError: git took longer than ``seconds``.
        OSError: git cannot be started, or it prints more than ``most`` bytes.
    """
    environment = _environment()
    if is_work_tree:
        filters = run_git(folder, "config", "--null", "--name-only", "--get-regexp", r"^filter\.")
        if filters.returncode not in (0, 1):  # 1: there is none
            return filters
        _switch_filters_off(os.fsdecode(filters.stdout).split("\0"), environment)

    def read(stream: IO[bytes]) -> bytes:
        pieces, size = [], 0
        while piece := os.read(stream.fileno(), _PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise OSError(errno.EFBIG, f"git {arguments[0]} printed more than {most // 1_000_000} MB")
        return b"".join(pieces)

    hooks = [] if own_hooks else [f"core.hooksPath={os.devnull}"]
    done, output = _run(folder, arguments, hooks, stdin or b"", seconds, environment, read)
    done.stdout = output
    return done


def read_blobs(
    folder: str, names: Sequence[str], *options: str
) -> tuple[CompletedProcess[bytes], dict[str, bytes | None]]:
    """Read objects by their full names: how git ended, and name -> content, without those that git lacks.

    The content of a file of more than 10 MB, which no command reads on disk either, is None.
    options: such as ``--git-dir``.

    Raises: as `run_git`, where the limit is on all contents together.
    """

    def read(stream: IO[bytes]) -> dict[str, bytes | None]:
        found: dict[str, bytes | None] = {}
        total = 0
        for name in names:
            head = stream.readline(_PIECE).split()
            if len(head) == 3:
                size = int(head[2])
                total += size if size <= MAX_BYTES else 0
                if total > _MOST_CONTENTS:
                    raise OSError(errno.EFBIG, f"the files have more than {_MOST_CONTENTS // 1_000_000} MB in all")
                found[name] = _content(stream, size)
        return found

    # A file that is not read does not go through git's memory.
    settings = [f"core.hooksPath={os.devnull}", f"core.bigFileThreshold={MAX_BYTES}"]
    stdin = "".join(f"{name}\n" for name in names).encode()
    return _run(folder, (*options, "cat-file", "--batch"), settings, stdin, _SECONDS, _environment(), read)


def _content(stream: IO[bytes], size: int) -> bytes | None:
    """The next bytes without the line end behind them; None for a file that is too large, which is passed over."""
    if size <= MAX_BYTES:
        return stream.read(size + 1)[:size]
    left = size + 1
    while left and (piece := stream.read(min(left, 16 * _PIECE))):
        left -= len(piece)
    return None


def _environment() -> dict[str, str]:
    environment = {**os.environ, **_ENVIRONMENT}
    for name in _PATH_VARIABLES:
        if environment.get(name):
            environment[name] = os.path.abspath(environment[name])
    return environment


def _run(
    folder: str,
    arguments: Sequence[str],
    settings: Iterable[str],
    stdin: bytes,
    seconds: float,
    environment: dict[str, str],
    read: Callable[[IO[bytes]], _T],
) -> tuple[CompletedProcess[bytes], _T]:
    """Run git: how it ended, its messages, and what ``read`` made of its output."""
    import subprocess  # 12 ms that a vault without git need not pay
    from threading import Event, Thread, Timer

    _require_regular(
        work_tree(folder) or folder, (*_READ_BY_GIT, *([".gitignore"] if "check-ignore" in arguments else []))
    )
    options = [word for setting in (*_SETTINGS, *settings) for word in ("-c", setting)]
    process = subprocess.Popen(
        [_git_program(), "--no-pager", *options, *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,  # never the terminal's
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    _limit_memory(process)
    is_late = Event()
    messages: list[bytes] = []

    def stop() -> None:
        is_late.set()
        process.kill()

    timer = Timer(seconds, stop)
    beside = [Thread(target=_drain, args=(process.stderr, messages)), timer]
    if stdin:
        beside.append(Thread(target=_feed, args=(process.stdin, stdin)))
    for thread in beside:
        thread.daemon = True
        thread.start()
    try:
        assert process.stdout is not None
        with process.stdout:
            found = read(process.stdout)
        process.wait()
    except BaseException:
        process.kill()
        if not is_late.is_set():
            raise
    finally:
        timer.cancel()
        process.wait()
        for thread in beside:
            thread.join(_SECONDS_TO_END)
    if is_late.is_set():
        raise TimeoutError(f"git {arguments[0]} took longer than {seconds:g} seconds")
    return subprocess.CompletedProcess(arguments, process.returncode, b"", b"".join(messages)), found


def _drain(stream: IO[bytes], messages: list[bytes]) -> None:
    """Read all messages, and keep the first of them."""
    left = _MOST_MESSAGES
    with stream:
        while piece := stream.read(_PIECE):
            messages.append(piece[:left])
            left = max(0, left - len(piece))


def _feed(stream: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError), stream:  # git can end before it has read everything
        stream.write(data)


def _limit_memory(process: Popen[bytes]) -> None:
    """Have git end with "out of memory" before the machine has none. Linux only; mapped files do not count."""
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(OSError, ValueError):  # it has ended already, or there is a lower limit
            soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
            if soft == resource.RLIM_INFINITY or soft > _MOST_MEMORY:
                resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MOST_MEMORY, hard))


def work_tree(folder: str) -> str | None:
    """Return the nearest folder, this one or one above it, that has a ``.git``; None if there is none."""
    place = os.path.abspath(folder)
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            return None
        place = above
    return place


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
        most = _MOST_GROWING if name in _GROWING else _MOST_BYTES
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
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
