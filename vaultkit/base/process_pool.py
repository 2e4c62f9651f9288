"""Share work between this process and forked ones: the only pool.

Whoever is free takes the next ticket, so a slow piece, or a processor that something else keeps busy,
causes no delay. A fork costs about 3 ms, and as much again for pages that are copied when both
processes touch them, so small work stays in this process.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from typing import TypeVar

_T = TypeVar("_T")

MAX_WORKERS = 8
# A ticket is one byte in a pipe: a byte is read whole, by one process only.
MAX_TICKETS = 256


def processors() -> int:
    """How many processes can truly run at a time; ``VAULTKIT_JOBS`` has the last word."""
    wanted = os.environ.get("VAULTKIT_JOBS", "")
    if wanted.isdigit() and int(wanted):
        return int(wanted)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def parallel_map(
    count: int,
    work: Callable[[int], _T],
    workers: int,
    *,
    encode: Callable[[_T], bytes],
    decode: Callable[[bytes], _T],
) -> list[_T]:
    """Return ``[work(0), …, work(count - 1)]``, at most `MAX_TICKETS` of them.

    work:    a function whose results survive ``decode(encode(result))``; other effects may be lost with its process.
    workers: processes to share the work, this one included; fewer where there is no fork to rely on.

    Raises:
        whatever ``work`` raises.
    """
    workers = min(workers, processors(), MAX_WORKERS, count)
    was_enabled = gc.isenabled()
    gc.disable()  # one pass would walk, and so copy, every object that the processes have in common
    try:
        if workers < 2 or not _can_fork():
            return [work(ticket) for ticket in range(count)]
        return _with_workers(count, work, workers, encode, decode)
    finally:
        if was_enabled:
            gc.enable()


def _can_fork() -> bool:
    """There is a fork to rely on: not on macOS, and not beside other threads, whose locks it would copy closed."""
    threading = sys.modules.get("threading")
    is_alone = threading is None or threading.active_count() == 1
    return is_alone and hasattr(os, "fork") and sys.platform != "darwin"


def _with_workers(
    count: int, work: Callable[[int], _T], workers: int, encode: Callable[[_T], bytes], decode: Callable[[bytes], _T]
) -> list[_T]:
    tickets, box = os.pipe()
    os.write(box, bytes(range(count)))
    os.close(box)
    sys.stdout.flush()
    sys.stderr.flush()
    children = []
    for _ in range(workers - 1):
        receiving, sending = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(receiving)
            _work(tickets, sending, work, encode)
        os.close(sending)
        children.append((child, receiving))
    answers: dict[int, _T] = {}
    received: list[bytes] = []
    try:
        while ticket := os.read(tickets, 1):
            answers[ticket[0]] = work(ticket[0])
    finally:
        os.read(tickets, MAX_TICKETS)  # there are some left only if something was raised
        os.close(tickets)
        for child, receiving in children:
            with open(receiving, "rb") as pipe:
                data = pipe.read()
            if os.waitpid(child, 0)[1] == 0:  # else it died or raised: what it took is done again below
                received.append(data)
    for data in received:
        for ticket_number, piece in _pieces(data):
            answers[ticket_number] = decode(piece)
    return [answers[ticket] if ticket in answers else work(ticket) for ticket in range(count)]


def _pieces(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(ticket, encoded result) of what a worker sent: a byte, eight bytes of length, the result, again and again."""
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at + 1 : at + 9], "big")
        yield data[at], data[at + 9 : at + 9 + size]
        at += 9 + size


def _work(tickets: int, sending: int, work: Callable[[int], _T], encode: Callable[[_T], bytes]) -> None:
    """The life of a worker: take tickets, send the results, leave without running anybody's exit handlers."""
    status = 1
    try:
        # Each result is encoded at once, so that this takes from the worker's time and not from the end.
        pieces = []
        while ticket := os.read(tickets, 1):
            piece = encode(work(ticket[0]))
            pieces += [ticket, len(piece).to_bytes(8, "big"), piece]
        with open(sending, "wb") as pipe:
            pipe.writelines(pieces)
        status = 0
    finally:
        os._exit(status)
