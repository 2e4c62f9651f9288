"""Worker processes for hostile files: one that dies or hangs costs its file, not the run.

Unlike `vaultkit.base.process_pool`, this process does no part of the work, so that it can report each result when it is there,
stop a worker that takes too long, and start another one. Where there is no fork, the work is done in this process.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from vaultkit.base.process_pool import processors

_T = TypeVar("_T")

NICENESS = 10
MAX_WORKERS = 16
# A worker makes room for a new one after so many items: the engine's memory grows by about 1 MB with each picture, and
# loading it again takes a second.
LIFE = 100
_SIZE_BYTES = 8
_ALIVE = 0  # a message of no bytes: the worker has finished a part of its work, such as a page

# work(item, alive) -> result as bytes; alive() tells that it goes on.
Work = Callable[[str, Callable[[], None]], bytes]


class WorkerError(Exception):
    """The worker ended, or was stopped, while it worked on one item; the message says why."""


def usable_workers(wanted: int | None) -> int:
    """Return how many workers run at a time. wanted: None for one per processor."""
    return max(1, min(wanted or processors(), MAX_WORKERS))


def can_fork() -> bool:
    """Return whether processes can be forked safely here."""
    threading = sys.modules.get("threading")
    is_alone = threading is None or threading.active_count() == 1
    return hasattr(os, "fork") and sys.platform != "darwin" and is_alone


def lower_priority() -> None:
    """Give way to other programs, where the system knows priorities."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)


def results(
    items: Sequence[str], start: Callable[[], Work], workers: int, seconds: float
) -> Iterator[tuple[str, bytes | WorkerError]]:
    """Yield each item with its result as soon as it is there, in any order.

    start:   called once in each worker; returns the function that does the work.
    seconds: the longest time between two signs of life of a worker.
    """
    if not can_fork():
        work = start()
        for item in items:
            yield item, work(item, lambda: None)
        return
    pool: list[_Worker] = []
    waiting = list(reversed(items))
    try:
        while waiting or pool:
            while waiting and len(pool) < workers:
                pool.append(_Worker(start, [one.giving for one in pool] + [one.receiving for one in pool]))
                pool[-1].give(waiting.pop())
            readable, _, _ = select.select([one.receiving for one in pool], [], [], 1.0)
            now = time.monotonic()
            for one in list(pool):
                answer: bytes | WorkerError | None = None
                if one.receiving in readable:
                    answer = one.receive()
                elif now - one.since > seconds:
                    answer = WorkerError(f"took longer than {seconds:g} seconds")
                if answer is None:
                    continue
                item = one.item
                if isinstance(answer, WorkerError) or not waiting or one.done >= LIFE:
                    pool.remove(one)
                    one.end(kill=isinstance(answer, WorkerError))
                else:
                    one.give(waiting.pop())
                yield item, answer
    finally:
        for one in pool:
            one.end(kill=True)


class _Worker:
    """One forked process, the item it works on, and since when."""

    def __init__(self, start: Callable[[], Work], others: Sequence[int]) -> None:
        asking, self.giving = os.pipe()
        self.receiving, answering = os.pipe()
        self.item = ""
        self.done = 0
        self.since = time.monotonic()
        sys.stdout.flush()
        sys.stderr.flush()
        self.process = os.fork()
        if self.process == 0:
            for file in (self.giving, self.receiving, *others):  # else a worker would outlive this process
                os.close(file)
            _live(start, asking, answering)
        os.close(asking)
        os.close(answering)

    def give(self, item: str) -> None:
        """Send the next item."""
        self.item, self.since = item, time.monotonic()
        data = os.fsencode(item)
        try:
            _write_all(self.giving, len(data).to_bytes(_SIZE_BYTES, "big") + data)
        except BrokenPipeError:
            return  # it died; the next look at its answers notices

    def receive(self) -> bytes | WorkerError | None:
        """Return the answer; None for a sign of life."""
        head = _read_all(self.receiving, _SIZE_BYTES)
        if head is None:
            return self._death()
        size = int.from_bytes(head, "big")
        if size == _ALIVE:
            self.since = time.monotonic()
            return None
        answer = _read_all(self.receiving, size)
        self.done += 1
        return self._death() if answer is None else answer

    def _death(self) -> WorkerError:
        _, status = os.waitpid(self.process, 0)
        self.process = 0
        if os.WIFSIGNALED(status):
            return WorkerError(f"the reading process was ended by {signal.Signals(os.WTERMSIG(status)).name}")
        return WorkerError(f"the reading process failed with exit status {os.WEXITSTATUS(status)}")

    def end(self, *, kill: bool) -> None:
        """Close its pipes, after which it ends by itself, and wait for it."""
        os.close(self.giving)
        os.close(self.receiving)
        if self.process:
            if kill:
                os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)


def _live(start: Callable[[], Work], asking: int, answering: int) -> None:
    """The life of a worker; it never returns."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends the workers
        lower_priority()
        work = start()

        def alive() -> None:
            os.write(answering, _ALIVE.to_bytes(_SIZE_BYTES, "big"))

        alive()  # the models are loaded
        while (head := _read_all(asking, _SIZE_BYTES)) is not None:
            item = _read_all(asking, int.from_bytes(head, "big"))
            if item is None:
                break
            answer = work(os.fsdecode(item), alive)
            _write_all(answering, len(answer).to_bytes(_SIZE_BYTES, "big") + answer)
        status = 0
    except BrokenPipeError:
        status = 0  # the parent is gone
    finally:
        os._exit(status)


def _read_all(file: int, size: int) -> bytes | None:
    pieces: list[bytes] = []
    while size:
        piece = os.read(file, min(size, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _write_all(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]
