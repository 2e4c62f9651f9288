"""What the tests of hostile files share."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture
def no_hang() -> Iterator[None]:
    """A pipe that is opened blocks forever; the test then fails after a while."""

    def hang(*_: object) -> None:
        raise AssertionError("a file was opened that blocks")

    before = signal.signal(signal.SIGALRM, hang)
    signal.alarm(100)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
