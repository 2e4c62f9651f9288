"""Expressions of bases, as a person writes them and reads the answer.

Source: Obsidian Help, "Bases syntax" and "Functions"; its own examples stand among these.
"""

from __future__ import annotations

import doctest
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.query.bases import parser
from vaultkit.query.bases.evaluate import BaseRow, check, pattern
from vaultkit.query.bases.files import Files
from vaultkit.query.bases.values import json_of
from vaultkit.vault.load import snapshot_of_texts as vault_of

NOTE = """---
price: 10
age: 4
status: done
done: true
empty:
due: 2025-05-27
at: 2025-05-27T14:03:09
author: "[[People/Ann|Ann A.]]"
authors: ["[[Ann]]", "[[Nobody]]"]
names: [c, a, b]
nested: {deep: {er: 1}}
Mixed Case: yes it is
tags: [book/novel]
---
[[Ann]] ![[p.png]] [[Gone]] #Reading
"""
VAULT = vault_of({"Books/Novel.md": NOTE, "People/Ann.md": "[[Novel]]", "p.png": None, "list.base": ""})
NOW = datetime(2025, 6, 1, 12, 0, 0)


def answer(text: str, **formulas: str) -> Any:
    """What the expression is for the note, as JSON has it."""
    tree = parser.parse(text)
    check(tree)
    known = {name: parser.parse(formula) for name, formula in formulas.items()}
    return json_of(BaseRow(Files(VAULT, "list.base", NOW), "Books/Novel.md", known).value(tree))


EXPRESSIONS: list[tuple[str, Any]] = [
    # operators, from loose to tight
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("7 % 4 - 1", 2),
    ("-7 % 4", -3),
    ("10 / 4", 2.5),
    ("10 / 5", 2),
    ("price / 0", None),
    ("price / missing", None),
    ("-price + 1", -9),
    ("1 - -1", 2),
    ("true || false && false", True),
    ("!done", False),
    ("!!price", True),
    ("price > 2 && age <= 4", True),
    ("price > 2 && status != 'done'", False),
    ("missing > 5", False),
    ("missing == null", True),
    ("'5.50' > 5", True),
    ("'10' == 10", True),
    ("true == 1", False),
    ('"b" > "a"', True),
    ("missing || 'nothing'", "nothing"),
    ('"a" + 1 + true', "a1true"),
    ('"a" + missing', "a"),
    # where values come from
    ("note.price + note['age']", 14),
    ('note["mixed case"]', "yes it is"),
    ("PRICE", 10),
    ("nested.deep.er + nested['deep']['er']", 2),
    ("names[0] + names[2]", "cb"),
    ("names[7]", None),
    ("names.length + status.length", 7),
    ("formula.twice + 1", 21),
    ("formula['twice']", 20),
    ("formula.none", None),
    ("file.name", "Novel.md"),
    ("file.basename", "Novel"),
    ("file.path", "Books/Novel.md"),
    ("file.folder", "Books"),
    ("file.ext", "md"),
    ("file.tags", ["#book/novel", "#Reading"]),
    ("file.links", ["[[People/Ann]]", "[[p.png]]", "[[Gone]]", "[[Nobody]]"]),
    ("file.embeds", ["[[p.png]]"]),
    ("file.backlinks", ["[[People/Ann]]"]),
    ("file.properties.keys().length", 13),
    ("file.file == file", True),
    ("this.file.name", "list.base"),
    ("this.path", "list.base"),
    # any
    ("1.isTruthy()", True),
    ("''.isTruthy()", False),
    ("[].isTruthy()", False),
    ('"x".isType("string") && true.isType("boolean") && due.isType("date")', True),
    ("author.isType('link') && file.isType('file') && missing.isType('null')", True),
    ("123.toString()", "123"),
    ("missing.isEmpty()", True),
    ("empty.isEmpty()", True),
    ("5.isEmpty()", False),
    # texts
    ('"hello".contains("ell")', True),
    ('"hello".containsAll("h", "e")', True),
    ('"hello".containsAny("x", "y", "e")', True),
    ('"hello".endsWith("lo") && "hello".startsWith("he")', True),
    ('"Hello".lower()', "hello"),
    ('"a:b:c:d".replace(/:/, "-")', "a-b:c:d"),
    ('"a:b:c:d".replace(/:/g, "-")', "a-b-c-d"),
    ('"a:b:c:d".replace(":", "-")', "a-b-c-d"),
    ("'2025-05'.replace(/(\\d+)-(\\d+)/, '$2/$1 $$ $&')", "05/2025 $ 2025-05"),
    ('"123".repeat(2)', "123123"),
    ('"x".repeat(99999999)', None),
    ('"hello".reverse()', "olleh"),
    ('"hello".slice(1, 4) + "hello".slice(3)', "elllo"),
    ('"a,b,c,d".split(",", 3)', ["a", "b", "c"]),
    ('"a,b;c".split(/[,;]/)', ["a", "b", "c"]),
    ('"hello wORLD".title()', "Hello World"),
    ('"  hi  ".trim()', "hi"),
    (r'"tab\tand \"quotes\""', 'tab\tand "quotes"'),
    ("escapeHTML('<b>')", "&lt;b&gt;"),
    # numbers
    ("(-5).abs()", 5),
    ("(2.1).ceil() + (2.9).floor()", 5),
    ("(2.5).round()", 3),
    ("(2.3333).round(2)", 2.33),
    ("(3.14159).toFixed(2)", "3.14"),
    ("max(1, price, 3) - min(4, 2)", 8),
    ('number("3.4") + number(true)', 4.4),
    ('number("three")', None),
    # lists and objects
    ("[1,2,3].contains(2)", True),
    ("[1,2,3].containsAll(2,3)", True),
    ("[1,2,3].containsAny(3,4)", True),
    ("names.containsAny(['z', 'a'])", True),
    ("[1,2,3,4].filter(value > 2)", [3, 4]),
    ("[1,2,3,4].map(value + index)", [1, 3, 5, 7]),
    ("[1,2,3].reduce(acc + value, 0)", 6),
    ("[3,'x',9].filter(value.isType('number')).reduce(if(acc == null || value > acc, value, acc), null)", 9),
    ("[1,[2,3]].flat()", [1, 2, 3]),
    ('[1,2,3].join(",")', "1,2,3"),
    ("[1,2,3].reverse()", [3, 2, 1]),
    ("[1,2,3,4].slice(1,3)", [2, 3]),
    ("names.sort()", ["a", "b", "c"]),
    ("[10, 9, 1].sort()", [1, 9, 10]),
    ("[1,2,2,3].unique()", [1, 2, 3]),
    ("[].isEmpty()", True),
    ('list("value")', ["value"]),
    ("list(names).length", 3),
    ("list(missing)", []),
    ("{}.isEmpty()", True),
    ("{'a': 1, b: 2}.values()", [1, 2]),
    # dates
    ("due", "2025-05-27"),
    ("at", "2025-05-27T14:03:09"),
    ("today()", "2025-06-01"),
    ("now()", "2025-06-01T12:00:00"),
    ('date("2024-12-01") + "1M" + "4h" + "3m"', "2025-01-01T04:03:00"),
    ("date('2025-01-31') + '1 month'", "2025-02-28"),
    ("due - '1 week'", "2025-05-20"),
    ("due < now() && due > now() - '7d'", True),
    ("due == '2025-05-27' && due == date('2025-05-27 00:00:00')", True),
    ("'2025-05-01' < due", True),
    ('(now() + "1d") - now()', 86400000),
    ("((today() - due).days).round()", 5),
    ("(now() - due) > duration('5d') * 1", True),
    ("now() + (duration('1d') * 2)", "2025-06-03T12:00:00"),
    ("due.year + due.month + due.day + at.hour + at.second", 2080),
    ("at.time() + ' ' + at.date().toString()", "14:03:09 2025-05-27"),
    ('due.format("YYYY-MM-DD dddd Do MMM")', "2025-05-27 Tuesday 27th May"),
    ("at.format('h:mm A [of] Q, WW')", "2:03 PM of 2, 22"),
    ("due.relative() + (now() + '2h').relative()", "6 days agoin 2 hours"),
    ("due.isEmpty()", False),
    ("date('nothing')", None),
    ("status - '1d'", None),
    # links and files
    ("author", "[[People/Ann|Ann A.]]"),
    ("author == link('Ann')", True),
    ("author == link('Nobody')", False),
    ("authors.contains(link('People/Ann'))", True),
    ("authors.contains(link('nobody'))", True),
    ("authors[0].asFile().name", "Ann.md"),
    ("author.linksTo(file)", True),
    ("file.hasLink('Ann')", True),
    ("file.hasLink('gone')", True),
    ("file.hasLink(link('People/Ann').asFile())", True),
    ("file.hasLink('list.base')", False),
    ("file('Ann').hasLink(file)", True),
    ("file.asLink('here')", "[[Books/Novel|here]]"),
    ('link("https://obsidian.md", "home")', "[home](https://obsidian.md)"),
    ("file.hasTag('book') && file.hasTag('#reading')", True),
    ("file.hasTag('novel', 'boo')", False),
    ("file.inFolder('Books') && !file.inFolder('Book')", True),
    ("file.hasProperty('Price') && file.hasProperty('empty') && !file.hasProperty('x')", True),
    ('file.embeds[0].containsAny("jpg", "png")', True),
    ("/abc/.matches('xabcx') && !/^ABC/.matches('abc') && /^ABC/i.matches('abc')", True),
    ("if(done, 'Yes')", "Yes"),
    ("if(missing, 'Yes')", None),
    ("if(missing, nested.x.y, 'No')", "No"),
    # a function of another type is no value
    ("price.lower()", None),
    ("missing.format('YYYY')", None),
]


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS, ids=[text for text, _ in EXPRESSIONS])
def test_answer(text: str, expected: Any) -> None:
    assert answer(text, twice="price * 2") == expected
    assert type(answer(text, twice="price * 2")) is type(expected)


FAULTS = [
    ("price >", "'price >': not an expression of a base, at character 8: expected a value, found the end of the text"),
    ("price > 2)", "at character 10: expected the end of the formula, found ')'"),
    ("'open", "at character 1: the text that begins here has no closing quote"),
    ("a § b", "at character 3: this character means nothing"),
    ("if(a, b", "at character 8: expected ',', found the end of the text"),
    ("a.", "at character 3: expected a name after the dot"),
    ("[1, 2", "at character 6: expected ',', found the end of the text"),
    ("a = 1", "at character 3: this character means nothing"),
    ("(" * 200 + "1" + ")" * 200, "it nests deeper than 60"),
    ("", "at character 1: expected a value, found the end of the text"),
    ("frobnicate(1)", "there is no function frobnicate(); Obsidian Help lists them under Functions"),
    ("file.hasTags('a')", "there is no function .hasTags(); did you mean hasTag()?"),
    ("[1].filter(value.foo())", "there is no function .foo()"),
    ("status.contains()", ".contains() takes 1 values, not 0"),
    ("if(1)", "if() takes 2 to 3 values, not 1"),
    ("now(1)", "now() takes 0 values, not 1"),
    ("/(/.matches('a')", "/(/: not a regular expression"),
    ("formula.a", "formula 'a' needs itself: a -> b -> a"),
    ("'a'.repeat(25).split('').reduce(acc + acc, 'x')", "grew beyond 1,000,000"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS, ids=[text[:40] for text, _ in FAULTS])
def test_fault(text: str, message: str) -> None:
    with pytest.raises(VaultkitError) as fault:
        answer(text, a="formula.b + 1", b="formula.a + 1")
    assert message in str(fault.value)
    assert "\n" not in str(fault.value)


def test_numbers_stay_numbers() -> None:
    assert answer("[1,2,3,4,5,6,7,8,9].reduce(acc * acc, 99)") is None
    assert answer("9007199254740993 + 0") == 9007199254740992


def test_named_groups_are_those_of_javascript() -> None:
    assert pattern(r"(?<year>\d{4})(?<!x)", "").compiled.quick.search("in 2025")["year"] == "2025"


@pytest.mark.parametrize("name", ["dates", "parser", "values"])
def test_examples_in_the_docstrings(name: str) -> None:
    failed, tried = doctest.testmod(import_module(f"vaultkit.query.bases.{name}"))
    assert tried
    assert not failed
