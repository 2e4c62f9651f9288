"""What an expression is for one file. A small interpreter of `parser`'s trees; nothing is run as Python."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from vaultkit.base.errors import FormulaError, VaultkitError
from vaultkit.base.javascript_regex import python_pattern
from vaultkit.base.patterns import SafePattern
from vaultkit.query.bases import parser
from vaultkit.query.bases.files import FIELDS, Files
from vaultkit.query.bases.functions import (
    GLOBAL_NAMES,
    GLOBALS,
    LAZY,
    METHOD_NAMES,
    Function,
    field,
    method,
    subject,
)
from vaultkit.query.bases.values import (
    MAX_TEXT,
    CellFault,
    File,
    LinkValue,
    Pattern,
    added,
    are_equal,
    checked,
    divided,
    is_truthy,
    multiplied,
    number_of,
    order_of,
    remainder,
    subtracted,
    too_large,
)

_ARITHMETIC = {"-": subtracted, "*": multiplied, "/": divided, "%": remainder}
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}


class BaseRow:
    """One file of a base, as its expressions see it.

    formulas: name -> tree, those of the base.
    """

    def __init__(self, files: Files, path: str, formulas: Mapping[str, parser.Node]) -> None:
        self.files = files
        self.path = path
        self.formulas = formulas
        self._known: dict[str, Any] = {}
        self._pending: list[str] = []

    def formula(self, name: str) -> Any:
        """The value of a formula; None when the base has none of that name.

        Raises:
            FormulaError: it needs itself, or cannot be read.
        """
        if name in self._pending:
            raise FormulaError(f"formula {name!r} needs itself: {' -> '.join([*self._pending, name])}")
        if name not in self._known:
            self._pending.append(name)
            tree = self.formulas.get(name)
            try:
                self._known[name] = None if tree is None else self.value(tree)
            finally:
                self._pending.pop()
        return self._known[name]

    def named(self, column: str) -> Any:
        """The value of a property as views name it: ``file.name``, ``formula.x``, ``note.x`` or ``x``."""
        prefix, dot, name = column.partition(".")
        if dot and prefix == "formula":
            return self.formula(name)
        if dot and prefix == "file":
            return self.files.field(self.path, name) if name in FIELDS else None
        return self.files.property(self.path, name if dot and prefix == "note" else column)

    def cell(self, column: str) -> Any:
        """The value that a view shows for a column; a `CellFault` where it has none."""
        try:
            return self.named(column)
        except FormulaError as error:
            return CellFault(str(error))
        except RecursionError:
            return CellFault("the formulas are nested too deeply")

    def value(self, node: parser.Node, given: Mapping[str, Any] | None = None) -> Any:
        """What the expression is. given: the variables of ``filter``, ``map`` and ``reduce``."""
        match node:
            case parser.Literal(value):
                return value
            case parser.NameExpression(name):
                return self._word(name, given)
            case parser.Member(parser.NameExpression("formula"), name):
                return self.formula(name)
            case parser.Index(parser.NameExpression("formula"), parser.Literal(str() as name)):
                return self.formula(name)
            case parser.Member(parser.NameExpression("note"), name):
                return self.files.property(self.path, name)
            case parser.Index(parser.NameExpression("note"), parser.Literal(str() as name)):
                return self.files.property(self.path, name)
            case parser.Member(of, name):
                return self._member(self.value(of, given), name)
            case parser.Index(of, index):
                return self._at(self.value(of, given), self.value(index, given))
            case parser.Call(None, name, arguments):
                return self._global(name, arguments, given)
            case parser.Call(of, name, arguments):
                assert of is not None
                return self._method(self.value(of, given), name, arguments, given)
            case parser.Unary("!", inner):
                return not is_truthy(self.value(inner, given))
            case parser.Unary(_, inner):
                return multiplied(self.value(inner, given), -1)
            case parser.Binary(operator, left, right):
                return self._binary(operator, left, right, given)
            case parser.Items(items):
                return checked([self.value(item, given) for item in items])
            case parser.Pairs(pairs):
                return checked({key: self.value(item, given) for key, item in pairs})
            case parser.Regex(source, flags):
                return pattern(source, flags)
            case parser.Unreadable(message):
                raise FormulaError(message)

    def _word(self, name: str, given: Mapping[str, Any] | None) -> Any:
        if given is not None and name in given:
            return given[name]
        if name == "file":
            return File(self.path)
        if name == "this":
            return File(self.files.this)
        if name == "note":
            return self.files.properties(self.path)
        if name == "formula":
            return {known: self.formula(known) for known in self.formulas}
        return self.files.property(self.path, name)

    def _member(self, value: Any, name: str) -> Any:
        if isinstance(value, File):
            return self.files.field(value.path, name) if name in FIELDS else self.files.property(value.path, name)
        if isinstance(value, LinkValue) and value.path is not None and name in FIELDS:
            return self.files.field(value.path, name)
        return field(value, name)

    def _at(self, value: Any, index: Any) -> Any:
        if isinstance(index, str):
            return self._member(value, index)
        at = number_of(index)
        if at is None or at != int(at) or not isinstance(value, list | str) or not 0 <= at < len(value):
            return None
        return value[int(at)]

    def _global(self, name: str, arguments: tuple[parser.Node, ...], given: Mapping[str, Any] | None) -> Any:
        if name == "if":
            _must_fit("if()", len(arguments), 2, 3)
            chosen = 1 if is_truthy(self.value(arguments[0], given)) else 2
            return self.value(arguments[chosen], given) if chosen < len(arguments) else None
        function = GLOBALS[name]
        _must_fit(f"{name}()", len(arguments), function.low, function.high)
        return _answer(function, self.files, *(self.value(argument, given) for argument in arguments))

    def _method(
        self, value: Any, name: str, arguments: tuple[parser.Node, ...], given: Mapping[str, Any] | None
    ) -> Any:
        if name in LAZY and isinstance(value, list):
            _must_fit(f".{name}()", len(arguments), *LAZY[name])
            return self._each(value, name, arguments, given or {})
        function: Function | None = method(value, name)
        if function is None:  # a function of another type: no value, as in a cell of Obsidian's
            return None
        _must_fit(f".{name}()", len(arguments), function.low, function.high)
        values = [self.value(argument, given) for argument in arguments]
        return _answer(function, self.files, subject(value, name), *values)

    def _each(self, value: list[Any], name: str, arguments: tuple[parser.Node, ...], given: Mapping[str, Any]) -> Any:
        if name == "reduce":
            found = self.value(arguments[1], given)
            for at, member in enumerate(value):
                found = self.value(arguments[0], {**given, "value": member, "index": at, "acc": found})
            return found
        answers: list[Any] = []
        size = 0
        for at, member in enumerate(value):
            answers.append(self.value(arguments[0], {**given, "value": member, "index": at}))
            size += len(answers[-1]) if isinstance(answers[-1], str | list) else 1
            if size > MAX_TEXT:
                raise too_large()
        if name == "map":
            return checked(answers)
        return [member for member, answer in zip(value, answers, strict=True) if is_truthy(answer)]

    def _binary(self, operator: str, left: parser.Node, right: parser.Node, given: Mapping[str, Any] | None) -> Any:
        one = self.value(left, given)
        if operator == "&&":
            return self.value(right, given) if is_truthy(one) else one
        if operator == "||":
            return one if is_truthy(one) else self.value(right, given)
        two = self.value(right, given)
        if operator in ("==", "!="):
            return are_equal(one, two) == (operator == "==")
        if operator == "+":
            return checked(added(one, two))
        if operator in _ARITHMETIC:
            return _ARITHMETIC[operator](one, two)
        order = order_of(one, two)
        if order is None:
            return False
        return {">": order > 0, "<": order < 0, ">=": order >= 0, "<=": order <= 0}[operator]


def _answer(function: Function, files: Files, *values: Any) -> Any:
    """What the function answers; None, as for an error in a cell, for numbers and dates that no clock or float holds."""
    try:
        return checked(function.run(files, *values))
    except (OverflowError, ValueError):
        return None


def _must_fit(name: str, number: int, low: int, high: int | None) -> None:
    if number < low or (high is not None and number > high):
        takes = f"{low}" if low == high else f"{low} or more" if high is None else f"{low} to {high}"
        raise FormulaError(f"{name} takes {takes} values, not {number}")


def pattern(source: str, flags: str) -> Pattern:
    """A regular expression of JavaScript, as near as Python's come.

    Raises:
        VaultkitError: it is none.
    """
    try:
        compiled = SafePattern(
            python_pattern(source, flags), sum(_FLAGS[flag] for flag in set(flags) if flag in _FLAGS)
        )
    except re.error as error:
        raise VaultkitError(f"/{source}/{flags}: not a regular expression ({error})") from error
    return Pattern(source, flags, compiled)


def nodes(node: parser.Node) -> Iterator[parser.Node]:
    """The tree's nodes, itself first."""
    yield node
    match node:
        case parser.Member(of, _) | parser.Unary(_, of):
            yield from nodes(of)
        case parser.Index(one, two) | parser.Binary(_, one, two):
            yield from nodes(one)
            yield from nodes(two)
        case parser.Call(of, _, arguments):
            for inner in (*([of] if of is not None else []), *arguments):
                yield from nodes(inner)
        case parser.Items(items):
            for inner in items:
                yield from nodes(inner)
        case parser.Pairs(pairs):
            for _, inner in pairs:
                yield from nodes(inner)
        case _:
            pass


def check(tree: parser.Node) -> None:
    """See that all functions are known, before a file is looked at.

    Raises:
        VaultkitError: one is not; the message names it.
    """
    for node in nodes(tree):
        if isinstance(node, parser.Regex):
            pattern(node.source, node.flags)
        if isinstance(node, parser.Call):
            known = GLOBAL_NAMES if node.of is None else METHOD_NAMES
            if node.name not in known:
                near = get_close_matches(node.name, known, n=1)
                hint = f"; did you mean {near[0]}()?" if near else "; Obsidian Help lists them under Functions"
                raise VaultkitError(f"there is no function {'' if node.of is None else '.'}{node.name}(){hint}")


def formulas_in(tree: parser.Node) -> set[str]:
    """Names of the formulas that the expression needs by name."""
    found = set()
    for node in nodes(tree):
        match node:
            case parser.Member(parser.NameExpression("formula"), name):
                found.add(name)
            case parser.Index(parser.NameExpression("formula"), parser.Literal(str() as name)):
                found.add(name)
            case _:
                pass
    return found
