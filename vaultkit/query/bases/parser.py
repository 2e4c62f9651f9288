"""From the text of a filter or formula to a tree; the grammar is that of Obsidian Help, "Bases syntax".

From loosest to tightest: ``||``, ``&&``, ``== !=``, ``> < >= <=``, ``+ -``, ``* / %``, ``! -`` before a
value, and behind one ``.name``, ``[index]`` and ``(arguments)``.
"""

from __future__ import annotations

import re

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.query.bases.values import bounded

# A formula that a person writes nests ten deep; Python's own stack ends at about a thousand.
MAX_NESTING = 60


@record
class Literal:
    """A text, a number, true, false or null."""

    value: str | int | float | bool | None


@record
class Regex:
    """``/source/flags``."""

    source: str
    flags: str


@record
class NameExpression:
    """A word by itself: ``file``, ``note``, ``formula``, ``this``, or a property."""

    name: str


@record
class Member:
    """``of.name``."""

    of: Node
    name: str


@record
class Index:
    """``of[index]``."""

    of: Node
    index: Node


@record
class Call:
    """``name(arguments)``; of: what it is called on, None for a global function."""

    of: Node | None
    name: str
    arguments: tuple[Node, ...]


@record
class Unary:
    """``!value`` or ``-value``."""

    operator: str
    value: Node


@record
class Binary:
    """``left operator right``."""

    operator: str
    left: Node
    right: Node


@record
class Items:
    """``[a, b]``."""

    items: tuple[Node, ...]


@record
class Pairs:
    """``{"key": value}``."""

    pairs: tuple[tuple[str, Node], ...]


@record
class Unreadable:
    """A formula that cannot be read. message: the fault."""

    message: str


Node = Literal | Regex | NameExpression | Member | Index | Call | Unary | Binary | Items | Pairs | Unreadable

_LEVELS = (("||",), ("&&",), ("==", "!="), (">=", "<=", ">", "<"), ("+", "-"), ("*", "/", "%"))
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
        |(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
        |(?P<name>[^\W\d]\w*|\$\w*)
        |(?P<mark>\|\||&&|[=!]=|[<>]=|[-+*/%!<>()\[\]{}.,:])
    )""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"\s*/(?P<source>(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/(?P<flags>[a-z]*)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def parse(text: str) -> Node:
    """The tree of an expression.

    >>> parse("price > 2")
    Binary(operator='>', left=NameExpression(name='price'), right=Literal(value=2))

    Raises:
        VaultkitError: it is no expression; the message says at which character.
    """
    reader = _Reader(text)
    node = reader.level(0)
    if reader.token:
        raise reader.fault(f"nothing is expected behind the end of it, but {reader.token!r} stands there")
    return node


class _Reader:
    """The token under the eye, and the rest of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = 0
        self.depth = 0
        self.kind, self.token, self.start = "", "", 0
        self.next()

    def next(self) -> None:
        """Look at the next token; its kind and text are "" at the end."""
        match = _TOKEN.match(self.text, self.end)
        if match is None:
            rest = self.text[self.end :]
            self.start = self.end + len(rest) - len(rest.lstrip())
            self.kind, self.token = "", ""
            if rest.strip():
                quote = self.text[self.start] in "\"'"
                raise self.fault(
                    "the text that begins here has no closing quote" if quote else "this character means nothing"
                )
            return
        self.kind = match.lastgroup or ""
        self.token, self.start, self.end = match[self.kind], match.start(self.kind), match.end()

    def fault(self, why: str) -> VaultkitError:
        return VaultkitError(f"{self.text!r}: not an expression of a base, at character {self.start + 1}: {why}")

    def takes(self, mark: str) -> bool:
        """Whether the token is this mark; then go on behind it."""
        if self.kind != "mark" or self.token != mark:
            return False
        self.next()
        return True

    def must(self, mark: str) -> None:
        if not self.takes(mark):
            found = f"{self.token!r} stands there" if self.token else "the text ends"
            raise self.fault(f"{mark!r} is expected, but {found}")

    def level(self, at: int) -> Node:
        """An expression of the operators of this level and tighter ones."""
        if at == len(_LEVELS):
            return self.unary()
        self.depth += 1
        if self.depth > MAX_NESTING * len(_LEVELS):
            raise self.fault(f"it nests deeper than {MAX_NESTING}")
        node = self.level(at + 1)
        while self.kind == "mark" and self.token in _LEVELS[at]:
            operator = self.token
            self.next()
            node = Binary(operator, node, self.level(at + 1))
        self.depth -= 1
        return node

    def unary(self) -> Node:
        marks = []
        while self.kind == "mark" and self.token in ("!", "-", "+"):
            marks.append(self.token)
            self.next()
        node = self.postfix(self.value())
        for mark in reversed(marks[:MAX_NESTING]):
            node = Unary(mark, node) if mark != "+" else node
        return node

    def postfix(self, node: Node) -> Node:
        while True:
            if self.takes("."):
                if self.kind != "name":
                    raise self.fault("a name is expected behind the dot")
                name = self.token
                self.next()
                node = Call(node, name, self.arguments()) if self.takes("(") else Member(node, name)
            elif self.takes("["):
                node = Index(node, self.level(0))
                self.must("]")
            else:
                return node

    def arguments(self, closing: str = ")") -> tuple[Node, ...]:
        found: list[Node] = []
        while not self.takes(closing):
            if found:
                self.must(",")
                if self.takes(closing):  # a comma behind the last one
                    break
            found.append(self.level(0))
        return tuple(found)

    def value(self) -> Node:
        kind, token = self.kind, self.token
        if kind == "number":
            self.next()
            return Literal(bounded(int(token) if token.isdecimal() and len(token) <= 300 else float(token)))
        if kind == "text":
            self.next()
            return Literal(_unescaped(token[1:-1]))
        if kind == "name":
            self.next()
            if token in _WORDS and not (self.kind == "mark" and self.token == "("):
                return Literal(_WORDS[token])
            return Call(None, token, self.arguments()) if self.takes("(") else NameExpression(token)
        if token == "/":
            match = _REGEX.match(self.text, self.start)
            if match is None:
                raise self.fault("a value is expected, or a /regular expression/ with both its slashes")
            self.end = match.end()
            self.next()
            return Regex(match["source"], match["flags"])
        if self.takes("("):
            node = self.level(0)
            self.must(")")
            return node
        if self.takes("["):
            return Items(self.arguments("]"))
        if self.takes("{"):
            return self.pairs()
        raise self.fault(
            f"a value is expected, but {token!r} stands there" if token else "a value is expected, it ends"
        )

    def pairs(self) -> Node:
        found: list[tuple[str, Node]] = []
        while not self.takes("}"):
            if found:
                self.must(",")
            if self.kind not in ("name", "text"):
                raise self.fault("a key is expected")
            key = self.token if self.kind == "name" else _unescaped(self.token[1:-1])
            self.next()
            self.must(":")
            found.append((key, self.level(0)))
        return Pairs(tuple(found))


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), text, flags=re.DOTALL)
