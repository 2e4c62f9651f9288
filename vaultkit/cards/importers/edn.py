"""A reader for EDN, the notation of Clojure in which Mochi writes its packages."""

from __future__ import annotations

import re
from typing import Any

_TOKEN = re.compile(
    r"[\s,]*(?:(?P<comment>;[^\n]*)|(?P<discard>\#_)|(?P<set>\#\{)|(?P<tag>\#[A-Za-z][\w./-]*)|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r'|(?P<text>"(?:\\.|[^"\\])*")|(?P<character>\\(?:[A-Za-z]+|.))|(?P<atom>[^\s,()\[\]{}";]+))',
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def read_edn(text: str) -> Any:
    """The first value of the text: maps as dicts, vectors, lists and sets as lists, keywords without their colon.

    >>> read_edn('{:a [1 "b" #{:c}] :d nil}')
    {'a': [1, 'b', ['c']], 'd': None}

    Raises:
        ValueError: the text is no EDN.
    """
    reader = _Reader(text)
    return reader.value()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def value(self) -> Any:
        """The next value."""
        while True:
            match = _TOKEN.match(self.text, self.at)
            if match is None:
                raise ValueError(f"no value at character {self.at}")
            self.at = match.end()
            kind = match.lastgroup
            if kind == "comment":
                continue
            if kind == "discard":
                self.value()
                continue
            if kind == "tag":
                return self.value()
            if kind in ("open", "set"):
                items = self.items("}" if kind == "set" else _CLOSING[match["open"]])
                if match["open"] != "{":
                    return items
                return {_key(key): value for key, value in zip(items[::2], items[1::2], strict=True)}
            if kind == "close":
                raise ValueError(f"unmatched {match['close']} at character {self.at}")
            return _atom(match)

    def items(self, closing: str) -> list[Any]:
        """The values up to the sign that closes them."""
        found: list[Any] = []
        while True:
            match = _TOKEN.match(self.text, self.at)
            if match is None:
                raise ValueError(f"missing {closing}")
            if match.lastgroup == "comment":
                self.at = match.end()
            elif match.lastgroup == "discard":
                self.at = match.end()
                self.value()
            elif match["close"]:
                self.at = match.end()
                if match["close"] != closing:
                    raise ValueError(f"{match['close']} in place of {closing}")
                return found
            else:
                found.append(self.value())


def _key(value: Any) -> Any:
    return str(value) if isinstance(value, list | dict) else value


def _atom(match: re.Match[str]) -> Any:
    if match["text"] is not None:
        return _ESCAPE.sub(_unescaped, match["text"][1:-1])
    if match["character"] is not None:
        return match["character"][1:]
    word = match["atom"]
    if word in ("nil", "true", "false"):
        return {"nil": None, "true": True, "false": False}[word]
    if re.fullmatch(r"[+-]?\d+N?", word):
        return int(word.rstrip("N"))
    if re.fullmatch(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?M?", word):
        return float(word.rstrip("M"))
    return word.removeprefix(":")


def _unescaped(match: re.Match[str]) -> str:
    sign = match[1]
    return chr(int(sign[1:], 16)) if len(sign) == 5 else _NAMED.get(sign, sign)
