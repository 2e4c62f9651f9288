"""Expressions that are compiled when they are used do what compiled ones do."""

from __future__ import annotations

import re
import sys

import pytest

from vaultkit.base.lazy_pattern import LazyPattern, lazy_pattern
from vaultkit.lint.rule import all_rules


def test_it_answers_as_a_compiled_expression() -> None:
    source, text = r"(?P<word>a+)(b)?", "xaab a"
    one, other = lazy_pattern(source, re.IGNORECASE), re.compile(source, re.IGNORECASE)
    assert (one.pattern, one.flags, one.groups, one.groupindex) == (other.pattern, other.flags, 2, {"word": 1})
    assert one.findall(text) == other.findall(text)
    assert one.split(text) == other.split(text)
    assert one.sub("-", text) == other.sub("-", text)
    assert one.search(text, 2).span() == other.search(text, 2).span()
    assert one.match(text) is None
    assert one.fullmatch("AA")["word"] == "AA"


def test_it_is_compiled_once_and_only_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    compile_now = re.compile
    monkeypatch.setattr(re, "compile", lambda *rest: compiled.append(rest) or compile_now(*rest))
    one = lazy_pattern("a")
    assert compiled == []
    assert one.match("a")
    assert one.search("ba")
    assert len(compiled) == 1


def test_it_has_nothing_else() -> None:
    with pytest.raises(AttributeError):
        _ = lazy_pattern("a").scanner  # type: ignore[attr-defined]


def test_the_expressions_of_all_rules_can_be_compiled() -> None:
    assert all_rules()
    found = [
        value
        for name, module in list(sys.modules.items())
        if name.startswith("vaultkit.lint")
        for value in vars(module).values()
        if isinstance(value, LazyPattern)
    ]
    assert len(found) > 100
    for pattern in found:
        assert pattern.groups >= 0
