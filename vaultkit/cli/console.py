"""The terminal: notices, progress, colour, width. Findings go to stdout, all else to stderr."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterable, Iterator
from types import TracebackType

from vaultkit.base.text import escape_control_chars

# A run shorter than this shows no progress.
QUIET_SECONDS = 0.5
BAR_CELLS = 24
LINES_AT_ONCE = 512


def notice(text: str) -> None:
    """Say something that is no finding."""
    _labelled("note", "36", text)


def complain(text: str) -> None:
    """Say why there is no answer."""
    _labelled("error", "31;1", text)


def _labelled(label: str, codes: str, text: str) -> None:
    shown = "\n".join(map(escape_control_chars, text.split("\n")))
    say(f"{colored(label, codes) if wants_color('auto', sys.stderr) else label}: {shown}")


def say(line: str) -> None:
    """Print a line on stderr, which `colored` may have colored."""
    if "\x1b[" in line:
        import click  # it knows the terminals of Windows; a run without colors need not wait 12 ms for it

        click.echo(line, err=True, color=True)
    else:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


def colored(text: str, codes: str) -> str:
    """Color a text for a terminal. codes: numbers of ECMA-48, "select graphic rendition": 1 is bold, 32 is green."""
    return f"\x1b[{codes}m{text}\x1b[0m"


def echo(text: str) -> None:
    """Print a line that `click.style` has coloured, without its colours where none are wanted."""
    import click

    click.echo(text, color=wants_color("auto"))


def write_diff(lines: Iterable[str]) -> None:
    """Write lines of a diff: bytes as they are, so that git can apply it; on a terminal without what that would obey."""
    if sys.stdout.isatty():
        sys.stdout.writelines(escape_control_chars(line, keep="\n\t") for line in lines)
        return
    target = getattr(sys.stdout, "buffer", None)
    if target is None:
        sys.stdout.writelines(lines)
        return
    sys.stdout.flush()
    target.writelines(line.encode("utf-8", "surrogateescape") for line in lines)
    target.flush()


def silence() -> None:
    """The reader of stdout left, as ``| head`` does: what is still written goes nowhere, and is no fault."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def wants_color(choice: str, stream: object = None) -> bool:
    """Whether to colour: the option, then NO_COLOR, FORCE_COLOR, CLICOLOR, TERM, then the terminal."""
    if choice != "auto":
        return choice == "always"
    environment = os.environ
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE", "0") != "0":
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return False
    return bool(getattr(stream or sys.stdout, "isatty", lambda: False)())


@contextlib.contextmanager
def environment(**values: object) -> Iterator[None]:
    """Give variables that are read far below another value for a while; None leaves one as it is."""
    before = {name: os.environ.get(name) for name, value in values.items() if value is not None}
    os.environ.update({name: str(values[name]) for name in before})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def terminal_width() -> int:
    """Columns of the terminal, within what is good to read."""
    named = os.environ.get("COLUMNS", "")
    columns = int(named) if named.isdecimal() else 0
    if not columns:
        try:  # `shutil.get_terminal_size` does the same, and takes 2 ms to import
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 0
        except (AttributeError, ValueError, OSError):  # no terminal
            columns = 0
    return max(60, min(columns or 100, 140))


def write_lines(lines: Iterable[str]) -> None:
    """Write lines to stdout, many at a time: a pipe may be unbuffered. A reader that has seen enough may leave."""
    try:
        _write_lines(lines)
    except BrokenPipeError:
        silence()


def _write_lines(lines: Iterable[str]) -> None:
    pending: list[str] = []
    for line in lines:
        pending.append(line)
        if len(pending) >= LINES_AT_ONCE:
            sys.stdout.write("\n".join(pending) + "\n")
            pending.clear()
    if pending:
        sys.stdout.write("\n".join(pending) + "\n")
    sys.stdout.flush()


class Progress:
    """A bar on stderr: only on a terminal, only after half a second, gone when it is done."""

    def __init__(self, label: str, *, hidden: bool = False) -> None:
        self._label = label
        self._started = time.monotonic()
        self._is_shown = False
        self._is_hidden = hidden or bool(os.environ.get("CI")) or not sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int, total: int) -> None:
        """Show how far the work is."""
        if self._is_hidden or not total or time.monotonic() - self._started < QUIET_SECONDS:
            return
        self._is_shown = True
        filled = BAR_CELLS * done // total
        bar = "█" * filled + "░" * (BAR_CELLS - filled)
        try:
            sys.stderr.write(f"\r{self._label} {bar} {done}/{total} ")
            sys.stderr.flush()
        except UnicodeEncodeError:
            self._is_hidden = True

    def say(self, text: str) -> None:
        """Show in words what is being done, where there is nothing to count."""
        self._label = text
        if self._is_hidden or time.monotonic() - self._started < QUIET_SECONDS:
            return
        self._is_shown = True
        sys.stderr.write(f"\r\x1b[K{text} ... ")
        sys.stderr.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
