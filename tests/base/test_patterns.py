"""Expressions that somebody else wrote: the same answers as `re`, in time that grows with the text only."""

from __future__ import annotations

import random
import re
import time

import pytest

from vaultkit.base.errors import ConfigError
from vaultkit.base.globs import matcher
from vaultkit.base.patterns import SafePattern, UnboundedError, _Automaton, _parsed, compile_quick


def expression(chance: random.Random, depth: int = 0) -> str:
    kind = chance.random()
    if depth > 3 or kind < 0.35:
        return chance.choice(["a", "b", "c", "/", ".", "[ab]", "[^a]", r"\d", r"\w", "[a-c1]", "x1", r"[^\s/]"])
    if kind < 0.6:
        return expression(chance, depth + 1) + expression(chance, depth + 1)
    if kind < 0.75:
        return f"(?:{expression(chance, depth + 1)}|{expression(chance, depth + 1)})"
    if kind < 0.9:
        times = chance.choice(["*", "+", "?", "{1,3}", "*?", "{2}", "{2,}"])
        return f"({expression(chance, depth + 1)}){times}"
    return chance.choice(["^", "$", ""]) + expression(chance, depth + 1) + chance.choice(["$", ""])


@pytest.mark.parametrize("seed", range(8))
def test_the_automaton_agrees_with_re(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(400):
        pattern = expression(chance)
        flags = chance.choice([0, re.IGNORECASE, re.DOTALL])
        tree = _parsed(pattern, flags)
        try:
            automaton = _Automaton(tree, tree.state.flags)
        except UnboundedError:
            continue
        compiled = re.compile(pattern, flags)
        for _ in range(4):
            text = "".join(chance.choice("abcABx1/.") for _ in range(chance.randint(0, 7)))
            assert automaton.matches(text, is_whole=False) == bool(compiled.search(text)), (pattern, text, flags)
            assert automaton.matches(text, is_whole=True) == bool(compiled.fullmatch(text)), (pattern, text, flags)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|a)*$", "(a|aa)+$", "a*a*a*a*a*a*b", "(.*a){20}", "(x+x+)+y", "(?:a?){40}a{40}", "([a-zA-Z]+)*$",
     r"(\w+\s?)*$", "^(([a-z])+.)+[A-Z]([a-z])+$"],
)  # fmt: skip
def test_traps_take_no_time(pattern: str) -> None:
    start = time.process_time()
    safe = SafePattern(pattern)
    safe.search("a" * 5000 + "!")
    safe.fullmatch("a" * 5000 + "!")
    assert time.process_time() - start < 2
    with pytest.raises(UnboundedError):
        compile_quick(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["(", "[", "*", "(a+)+(?=b)", r"(a+)+\1", "(a{1,1000}){1,1000}", "(" * 5000, "a{99999999999}", "(?P<a>x)(?P<a>y)"],
)
def test_what_cannot_be_run_is_an_error_of_re(pattern: str) -> None:
    with pytest.raises(re.error):
        SafePattern(pattern)


@pytest.mark.parametrize(
    "pattern", ["a.*b", r"\bword\b", r"^\d{4}-\d{2}-\d{2}$", r"(?<!x)y", "foo|bar", "[a-z]+/[a-z]+"]
)
def test_everyday_expressions_are_left_to_re(pattern: str) -> None:
    assert SafePattern(pattern).quick is not None and compile_quick(pattern)


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*a" * 30 + "b", "a" * 60, False),
        ("*a" * 30 + "b", "a" * 60 + "b", True),
        ("**/" * 25 + "x.md", "a/" * 30 + "x.md", True),
        ("**/" * 25 + "x.md", "a/" * 30 + "y.md", False),
        ("**/" * 25 + "x.md", "a/" * 300 + "y.md", False),
        ("a/**/b/*/c/*.md", "a/x/y/b/z/c/d.md", True),
        ("a/**/b/*/c/*.md", "a/x/y/b/z/q/c/d.md", False),
        ("[z-a].md", "[z-a].md", True),
        ("[z-a].md", "m.md", False),
    ],
)
def test_globs_in_linear_time(glob: str, path: str, *, expected: bool) -> None:
    start = time.process_time()
    fits = matcher(["nothing", glob])
    assert fits is not None and fits(path) is expected
    assert time.process_time() - start < 2


def test_a_glob_that_is_too_long_is_an_error_of_the_configuration() -> None:
    with pytest.raises(ConfigError, match="cannot be used"):
        matcher(["*a" * 5000])
