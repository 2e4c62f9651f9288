"""Path patterns as people write them in configuration: ``Daily/**``, ``*.excalidraw.md``, ``Archive/``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

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
            pieces.append("[" + ("^" if negated else "") + re.escape(inner[negated:]).replace(r"\-", "-") + "]")
        else:
            pieces.append(re.escape(token))
    return ("(?:.*/)?" if anywhere else "") + "".join(pieces)


def matcher(patterns: Iterable[str]) -> Callable[[str], bool] | None:
    """A function that says whether a path fits one of the patterns; None when there are no patterns."""
    alternatives = [pattern_regex(pattern) for pattern in patterns]
    if not alternatives:
        return None
    compiled = re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), re.DOTALL)
    return lambda path: compiled.fullmatch(path) is not None
