"""Sorted spans that can be asked whether an offset is inside one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


class Spans:
    """Sorted spans; those that overlap become one."""

    __slots__ = ("ends", "starts")

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        if not spans:
            return
        for start, end in sorted(spans):
            if self.ends and start < self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            elif end > start:
                self.starts.append(start)
                self.ends.append(end)

    def end_around(self, offset: int) -> int:
        """Return the end of the span that holds ``offset``, -1 when none does."""
        index = bisect_right(self.starts, offset) - 1
        return self.ends[index] if index >= 0 and offset < self.ends[index] else -1
