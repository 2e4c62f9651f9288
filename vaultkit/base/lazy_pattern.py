"""Regular expressions that are compiled when they are first used.

A run of ``check`` imports all rules and their 180 expressions. Compiling them takes 13 ms, a tenth of what it takes to
check a vault after one edit, and the text of one note needs few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast

_ATTRIBUTES = (
    "match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags", "groups",
    "groupindex",
)  # fmt: skip


class LazyPattern:
    """What `re.compile` returns, later. Its methods are those of the compiled expression from the first use on."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ATTRIBUTES:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for attribute in _ATTRIBUTES:
            setattr(self, attribute, getattr(compiled, attribute))
        return getattr(compiled, name)


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`. Errors in the expression are raised when it is first used.

    >>> lazy_pattern(r"a+").sub("b", "caat")
    'cbt'
    """
    return cast("re.Pattern[str]", LazyPattern(source, flags))
