"""Where YAML as Obsidian reads it (npm ``yaml``, version 1.2) differs from PyYAML, which reads it here.

PyYAML refuses control characters, takes U+0085, U+2028 and U+2029 for line ends, and knows no escape of half a
character. It accepts lines of a quoted text or of a list in brackets that are not indented.
"""

from __future__ import annotations

import re
from typing import Any

_HIDDEN = 0x100000
_PAIR = 0x10E000
_FILL = "\U0010f000"
_RESERVED = re.compile("[\U00100000-\U0010ffff]")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_HALF = re.compile(
    r"(\\\\)|\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
_UNBALANCED = re.compile(r"[\[{\"'][^\n]*\n")


class Hidden:
    """A property block in which what PyYAML refuses is replaced, so that each character keeps its place.

    text: what to read.
    is_changed: something is replaced.
    """

    __slots__ = ("_pairs", "is_changed", "text")

    def __init__(self, block: str, *, with_escapes: bool = False) -> None:
        self._pairs: list[str] = []
        self.text = block
        self.is_changed = False
        if _RESERVED.search(block):
            return  # these characters stand for others here
        if with_escapes:
            self.text = _QUOTED.sub(lambda quoted: _HALF.sub(self._hide_escape, quoted[0]), self.text)
        self.text = _REFUSED.sub(lambda match: chr(_HIDDEN + ord(match[0])), self.text)
        self.is_changed = self.text != block

    def _hide_escape(self, match: re.Match[str]) -> str:
        if match[1] or len(self._pairs) >= ord(_FILL) - _PAIR:
            return match[0]
        high, low = match[2], match[3]
        is_pair = high is not None
        self._pairs.append(
            chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00) if is_pair else "\ufffd"
        )
        return chr(_PAIR + len(self._pairs) - 1) + _FILL * (len(match[0]) - 1)

    def shown(self, value: Any) -> Any:
        """A value read from `text` with the characters that the block has."""
        if not self.is_changed:
            return value
        if isinstance(value, str):
            return _RESERVED.sub(self._shown, value) if not value.isascii() else value
        if isinstance(value, list):
            return [self.shown(member) for member in value]
        if isinstance(value, dict):
            return {self.shown(name): self.shown(member) for name, member in value.items()}
        return value

    def _shown(self, match: re.Match[str]) -> str:
        number = ord(match[0])
        if match[0] == _FILL:
            return ""
        return self._pairs[number - _PAIR] if _PAIR <= number < ord(_FILL) else chr(number - _HIDDEN)


def may_have_unindented(block: str) -> bool:
    """Return whether a line may open a text or list that ends on another line."""
    return any(
        line.count("[") != line.count("]")
        or line.count("{") != line.count("}")
        or line.count('"') % 2
        or line.count("'") % 2
        for line in (match[0] for match in _UNBALANCED.finditer(block))
    )


def unindented_line(root: Any, block: str) -> int | None:
    """Number (from 0) of a line that continues a quoted text or a list in brackets and is not indented.

    root: the composed block. Source: npm ``yaml`` 2, which refuses such a block (BAD_INDENT, MISSING_CHAR).
    """
    lines = block.split("\n")
    seen: set[int] = set()
    pending: list[tuple[Any, int]] = [(root, -1)]
    while pending:
        node, column = pending.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        is_flow = getattr(node, "flow_style", False)
        if is_flow or getattr(node, "style", None) in ("'", '"'):
            first, last = node.start_mark.line, node.end_mark.line
            for number in range(first + 1, min(last, len(lines) - 1) + 1):
                if not _is_indented(lines[number], column, is_flow=is_flow, is_last=number == last):
                    return number
        elif isinstance(node.value, list):
            for member in node.value:
                key, value = member if isinstance(member, tuple) else (None, member)
                pending.append((value, node.start_mark.column if key is None else key.start_mark.column))
    return None


def _is_indented(line: str, column: int, *, is_flow: bool, is_last: bool) -> bool:
    content = line.lstrip(" ").rstrip("\r")
    if not content or (is_flow and content[0] == "#"):
        return True
    indent = len(line) - len(line.lstrip(" "))
    return indent > column or (is_flow and is_last and indent == column and content[0] in "]}")
