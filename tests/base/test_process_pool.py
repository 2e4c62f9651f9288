"""The pool: the answers of one process, whoever works them out and whatever happens to him."""

from __future__ import annotations

import gc
import json
import os
import signal
import threading
import time
from collections.abc import Callable

import pytest

from vaultkit.base import process_pool as share
from vaultkit.base.process_pool import MAX_TICKETS
from vaultkit.base.process_pool import parallel_map as parallel_map_of_bytes

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")


def parallel_map(count, work, workers):
    """With results that are JSON values."""
    return parallel_map_of_bytes(
        count, work, workers, encode=lambda value: json.dumps(value).encode(), decode=json.loads
    )


@pytest.fixture(autouse=True)
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "processors", lambda: 4)


def whose(here: int) -> Callable[[int], tuple[int, bool]]:
    """Work that tells whether a worker did it, and that leaves the others time to take some."""

    def work(ticket: int) -> tuple[int, bool]:
        time.sleep(0.01)
        return ticket, os.getpid() != here

    return work


@pytest.mark.parametrize("count", [0, 1, 2, 7, MAX_TICKETS])
@pytest.mark.parametrize("workers", [1, 2, 4])
def test_answers_come_in_order(count: int, workers: int) -> None:
    assert parallel_map(count, lambda ticket: ticket * ticket, workers) == [ticket * ticket for ticket in range(count)]


def test_workers_take_their_part() -> None:
    answers = parallel_map(20, whose(os.getpid()), 2)
    assert [ticket for ticket, _ in answers] == list(range(20))
    assert {by_worker for _, by_worker in answers} == {True, False}


def test_one_worker_means_this_process() -> None:
    assert not any(by_worker for _, by_worker in parallel_map(5, whose(os.getpid()), 1))


def test_large_answers_pass_the_pipe() -> None:
    assert [len(answer) for answer in parallel_map(8, lambda ticket: "x" * 1_000_000, 4)] == [1_000_000] * 8


def test_what_a_dead_worker_took_is_done_here() -> None:
    here = os.getpid()

    def deadly(ticket: int) -> int:
        if os.getpid() != here and ticket > 2:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.005)
        return ticket

    assert parallel_map(12, deadly, 3) == list(range(12))


def test_an_error_in_a_worker_is_raised_here() -> None:
    here = os.getpid()

    def faulty(ticket: int) -> int:
        time.sleep(0.005)
        if ticket == 5:
            raise RuntimeError("a bug of ours")
        return ticket

    with pytest.raises(RuntimeError, match="a bug of ours"):
        parallel_map(12, faulty, 3)
    assert os.getpid() == here


def test_no_worker_and_no_open_file_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = f"/proc/{os.getpid()}/fd"
    if not os.path.isdir(folder):
        pytest.skip("open files are counted through /proc")
    before = len(os.listdir(folder))
    fork, children = os.fork, []

    def noted() -> int:
        child = fork()
        children.append(child)
        return child

    def faulty(ticket: int) -> int:
        raise RuntimeError

    monkeypatch.setattr(os, "fork", noted)
    parallel_map(12, lambda ticket: ticket, 3)
    with pytest.raises(RuntimeError):
        parallel_map(12, faulty, 3)
    assert len(os.listdir(folder)) == before
    assert len(children) == 4
    for child in children:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)


def test_beside_other_threads_nothing_is_forked() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert not any(by_worker for _, by_worker in parallel_map(6, whose(os.getpid()), 3))
    finally:
        done.set()
        other.join()


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(is_enabled: bool) -> None:
    was_enabled = gc.isenabled()
    try:
        (gc.enable if is_enabled else gc.disable)()
        parallel_map(3, lambda ticket: ticket, 2)
        assert gc.isenabled() == is_enabled
    finally:
        (gc.enable if was_enabled else gc.disable)()
