"""Path patterns as people write them in configuration: ``Daily/**``, ``*.excalidraw.md``, ``Archive/``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from vaultkit.base.errors import ConfigError
from vaultkit.base.patterns import SafePattern

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[[^\]]+\]|[^*?\[]+|\[")


def pattern_regex(pattern: str) -> str:
    """The regular expression of one pattern.

    ``*`` and ``?`` stay within a folder, ``**`` does not; a pattern without "/" matches the last part
    of a path, one that ends with "/" the whole folder.

    >>> bool(re.fullmatch(pattern_regex("Daily/**"), "Daily/2024/a.md"))
    True
    """
    pattern = pattern.removeprefix("./")
    if pattern.endswith("/"):
        pattern += "**"
    anywhere = "/" not in pattern
    pattern = pattern.removeprefix("/")
    pieces = []
    for token in _TOKEN.findall(pattern):
        if token == "**/":
            pieces.append("(?:.*/)?")
        elif token == "**":
            pieces.append(".*")
        elif token == "*":
            pieces.append("[^/]*")
        elif token == "?":
            pieces.append("[^/]")
        elif token.startswith("[") and len(token) > 2:
            inner = token[1:-1]
            negated = inner.startswith("!")
            one = "[" + ("^" if negated else "") + re.escape(inner[negated:]).replace(r"\-", "-") + "]"
            pieces.append(one if _is_valid(one) else re.escape(token))
        else:
            pieces.append(re.escape(token))
    return ("(?:.*/)?" if anywhere else "") + "".join(pieces)


def _is_valid(expression: str) -> bool:
    try:
        re.compile(expression)
    except re.error:  # a range such as z-a
        return False
    return True


def matcher(patterns: Iterable[str]) -> Callable[[str], bool] | None:
    """A function that says whether a path fits one of the patterns; None when there are no patterns.

    Raises:
        ConfigError: a pattern is too long.
    """
    quick: list[str] = []
    slow: list[tuple[str, SafePattern]] = []
    for pattern in patterns:
        expression = pattern_regex(pattern)
        try:
            safe = SafePattern(expression, re.DOTALL)
        except re.error as error:
            raise ConfigError(f"the path pattern {pattern[:60]!r} cannot be used: {error}") from error
        if safe.quick is not None:
            quick.append(f"(?:{expression})")
        else:
            slow.append((_required(pattern), safe))
    if not quick and not slow:
        return None
    compiled = re.compile("|".join(quick) if quick else r"(?!)", re.DOTALL)
    if not slow:
        return lambda path: compiled.fullmatch(path) is not None
    return lambda path: (
        compiled.fullmatch(path) is not None or any(required in path and one.fullmatch(path) for required, one in slow)
    )


def _required(pattern: str) -> str:
    """Return a text that every path has which fits the pattern; it is found faster than the pattern is tried."""
    parts = re.split(r"[*?]+", pattern.removeprefix("./"))
    return "" if "[" in pattern else max((part.lstrip("/") for part in parts), key=len)
