"""Regular expressions of users, matched in linear time.

Python's `re` tries every way to match, which takes practically forever for ``(a+)+$`` and a text that nearly fits. Expressions
that cannot do that are left to `re`. All others are run as an automaton, whose states are built as they are needed;
those that need look-around or back references besides are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# A repetition of up to this many is as good as one without end.
_MANY = 10
# `re` tries about n ** k places for k repetitions and n characters.
_MOST_REPEATS = 2
_MOST_NODES = 4_000
_MOST_STATES = 2_000
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT)


class UnboundedError(re.error):
    """The expression could run without end, and cannot be run in another way."""


class SafePattern:
    """A regular expression that takes time in proportion to the text. It answers only whether something matches."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Compile the expression.

        Raises:
            re.error: it is no regular expression. UnboundedError: it could run without end.
        """
        tree = _parsed(pattern, flags)
        self.quick = re.compile(pattern, flags) if _is_quick(tree) else None
        self._automaton = None if self.quick is not None else _Automaton(tree, tree.state.flags)

    def search(self, text: str) -> bool:
        """It matches somewhere in the text."""
        if self.quick is not None:
            return self.quick.search(text) is not None
        assert self._automaton is not None
        return self._automaton.matches(text, is_whole=False)

    def fullmatch(self, text: str) -> bool:
        """It matches the text as a whole."""
        if self.quick is not None:
            return self.quick.fullmatch(text) is not None
        assert self._automaton is not None
        return self._automaton.matches(text, is_whole=True)


def compile_quick(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, for those who need places and groups of a match.

    Raises:
        re.error: it is no regular expression. UnboundedError: it could run without end.
    """
    if not _is_quick(_parsed(pattern, flags)):
        raise UnboundedError("it could run without end: repetitions inside or beside each other")
    return re.compile(pattern, flags)


def _parsed(pattern: str, flags: int) -> Any:
    try:
        return parser.parse(pattern, flags)
    except (RecursionError, OverflowError, ValueError) as error:
        raise re.error(str(error)) from None


def _is_quick(tree: Any) -> bool:
    """Whether no repetition contains another or a choice, and few follow each other.

    One that ends where the letter behind it comes, as the digits in ``\\d+-\\d+``, can end in one way only.
    """
    count = 0
    pending: list[tuple[Any, bool, int | None]] = [(tree, False, None)]
    while pending:
        items, is_inside, behind = pending.pop()
        for at, (op, value) in enumerate(items):
            following = behind
            if at + 1 < len(items):
                following = items[at + 1][1] if items[at + 1][0] is ops.LITERAL else None
            is_repeat = op in _REPEATS or op is ops.POSSESSIVE_REPEAT
            if is_inside and (op is ops.BRANCH or op is ops.GROUPREF or (is_repeat and value[0] != value[1])):
                return False
            is_heavy = is_repeat and value[1] >= _MANY
            count += is_heavy and value[0] != value[1] and not _ends_before(value[2], following)
            within = following if op is ops.SUBPATTERN else None
            pending += [(inner, is_inside or is_heavy, within) for inner in _inner(op, value)]
    return count <= _MOST_REPEATS


def _ends_before(repeated: Any, letter: int | None) -> bool:
    """Return whether what is repeated is one sign of a set that certainly lacks ``letter``, in any case."""
    if letter is None or len(repeated) != 1:
        return False
    signs = {ord(one) for one in (chr(letter), *chr(letter).lower(), *chr(letter).upper())}
    if repeated[0][0] is ops.NOT_LITERAL:
        return repeated[0][1] in signs and len(signs) == 1
    if repeated[0][0] is not ops.IN:
        return False
    has = is_negated = False
    for op, value in repeated[0][1]:
        if op is ops.NEGATE:
            is_negated = True
        elif op is ops.LITERAL:
            has |= value in signs
        elif op is ops.RANGE:
            has |= any(value[0] <= sign <= value[1] for sign in signs)
        else:  # a category
            return False
    return has == is_negated


def _inner(op: Any, value: Any) -> Iterator[Any]:
    if op in _REPEATS or op is ops.POSSESSIVE_REPEAT:
        yield value[2]
    elif op is ops.SUBPATTERN:
        yield value[3]
    elif op is ops.BRANCH:
        yield from value[1]
    elif op is ops.ATOMIC_GROUP:
        yield value
    elif op in (ops.ASSERT, ops.ASSERT_NOT):
        yield value[1]
    elif op is ops.GROUPREF_EXISTS:
        yield value[1]
        if value[2] is not None:
            yield value[2]


_Test = Callable[[str], bool]


class _Automaton:
    """States are sets of nodes. A node is ("char", test, next), ("any of", nodes), ("start", next), ("end", next)."""

    def __init__(self, tree: Any, flags: int) -> None:
        self._flags = flags
        self._nodes: list[tuple[str, Any, int]] = [("match", None, 0)]
        try:
            self._first = self._sequence(list(tree), 0)
        except RecursionError:
            raise UnboundedError("it is nested too deeply") from None
        self._next: dict[tuple[frozenset[int], str, bool], frozenset[int]] = {}

    def matches(self, text: str, *, is_whole: bool) -> bool:
        state = self._closed([self._first], at_start=True, at_end=not text)
        last = len(text) - 1
        for at, character in enumerate(text):
            if not is_whole and 0 in state:
                return True
            if at == last:
                state = self._closed(self._step(state, character, not is_whole), at_start=False, at_end=True)
                break
            known = self._next.get((state, character, is_whole))
            if known is None:
                known = self._closed(self._step(state, character, not is_whole), at_start=False, at_end=False)
                if len(self._next) > _MOST_STATES:
                    self._next.clear()
                self._next[state, character, is_whole] = known
            state = known
        return 0 in state

    def _step(self, state: frozenset[int], character: str, starts_anew: bool) -> list[int]:
        found = [self._first] if starts_anew else []
        for node in state:
            kind, test, following = self._nodes[node]
            if kind == "char" and test(character):
                found.append(following)
        return found

    def _closed(self, nodes: Iterable[int], *, at_start: bool, at_end: bool) -> frozenset[int]:
        found: set[int] = set()
        pending = list(nodes)
        while pending:
            node = pending.pop()
            if node in found:
                continue
            found.add(node)
            kind, value, following = self._nodes[node]
            if kind == "any of":
                pending += value
            elif (kind == "start" and at_start) or (kind == "end" and at_end):
                pending.append(following)
        return frozenset(found)

    def _add(self, kind: str, value: Any, following: int) -> int:
        if len(self._nodes) >= _MOST_NODES:
            raise UnboundedError("it is too large")
        self._nodes.append((kind, value, following))
        return len(self._nodes) - 1

    def _sequence(self, items: list[Any], following: int) -> int:
        for op, value in reversed(items):
            following = self._node(op, value, following)
        return following

    def _node(self, op: Any, value: Any, following: int) -> int:
        if op is ops.SUBPATTERN:
            if value[1] or value[2]:
                raise UnboundedError("it could run without end, and sets its own flags")
            return self._sequence(list(value[3]), following)
        if op is ops.BRANCH:
            return self._add("any of", [self._sequence(list(part), following) for part in value[1]], 0)
        if op in _REPEATS:
            return self._repeat(value[0], value[1], list(value[2]), following)
        if op is ops.AT and not self._flags & re.MULTILINE:
            if value in (ops.AT_BEGINNING, ops.AT_BEGINNING_STRING):
                return self._add("start", None, following)
            if value in (ops.AT_END, ops.AT_END_STRING):
                return self._add("end", None, following)
        if op in (ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN):
            return self._add("char", self._test(op, value), following)
        raise UnboundedError("it could run without end, and uses lookaround or a backreference")

    def _repeat(self, low: int, high: int, items: list[Any], following: int) -> int:
        if high == ops.MAXREPEAT:
            loop = self._add("any of", [], 0)
            self._nodes[loop][1].extend((self._sequence(items, loop), following))
            following = loop
        else:
            for _ in range(high - low):
                following = self._add("any of", [self._sequence(items, following), following], 0)
        for _ in range(low):
            following = self._sequence(items, following)
        return following

    def _test(self, op: Any, value: Any) -> _Test:
        """Whether a character matches: tried with `re`, each character once."""
        known: dict[str, bool] = {}
        single = re.compile(_source(op, value), self._flags & (re.IGNORECASE | re.DOTALL | re.ASCII))

        def test(character: str) -> bool:
            answer = known.get(character)
            if answer is None:
                answer = known[character] = single.fullmatch(character) is not None
            return answer

        return test


_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D", ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S", ops.CATEGORY_WORD: r"\w", ops.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _source(op: Any, value: Any) -> str:
    """The expression of one character, written again."""
    if op is ops.ANY:
        return "."
    if op is ops.LITERAL:
        return _written(value)
    if op is ops.NOT_LITERAL:
        return f"[^{_written(value)}]"
    negated = bool(value) and value[0][0] is ops.NEGATE
    parts = []
    for kind, member in value[negated:]:
        if kind is ops.RANGE:
            parts.append(f"{_written(member[0])}-{_written(member[1])}")
        else:
            parts.append(_CATEGORIES[member] if kind is ops.CATEGORY else _written(member))
    return f"[{'^' if negated else ''}{''.join(parts)}]"


def _written(code: int) -> str:
    return f"\\U{code:08x}"
