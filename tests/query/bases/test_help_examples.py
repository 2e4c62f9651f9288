"""Every expression that Obsidian's help shows on its pages about Bases, with the value that it gives for it.

Pages: "Functions", "Bases syntax", "Formulas". Two examples of the help contradict the help itself and are read as they are meant:
the first result of `replace()` is printed as "a-b,c,d", and `now.time()` lacks its parentheses.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from vaultkit.query.bases import parser
from vaultkit.query.bases.evaluate import BaseRow, check
from vaultkit.query.bases.files import Files
from vaultkit.query.bases.values import text_of
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace

NOW = datetime(2025, 12, 31, 23, 59, 59)
NOTE = """---
price: 120
quantity: 4
tax: 5
discount: 20
part: 1
whole: 4
age: 17
status: Draft
completed: false
urgent: false
important: true
description: a note
start_date: 2025-12-20
due_date: 2025-12-24
impact: 3
urgency: 4
effort: 6
first_name: Ann
last_name: Lee
monthlyUses: 3
isModified: true
radius: 2
tasks: [a, b, c]
property: [first, second]
object: {subprop: inner}
author: "[[base]]"
authors: ["[[base]]", "[[Nobody]]"]
image-property: "[[p.png]]"
tags: [urgent, tag1/a]
values: [3, x, 9]
---
[[otherFile]]
"""
FORMULAS = {"Owned": "2.6", "price_per_unit": "price / quantity"}


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    root = tmp_path_factory.mktemp("vault")
    (root / "notes" / "sub").mkdir(parents=True)
    for path, text in (("notes/sub/Note.md", NOTE), ("otherFile.md", "[[Note]]"), ("base.md", ""), ("p.png", "")):
        (root / path).write_text(text, "utf-8")
    moment = datetime(2025, 12, 28, 12).timestamp()
    os.utime(root / "notes/sub/Note.md", (moment, moment))
    return Workspace.open(Path(root), has_store=False).snapshot()


EXAMPLES = [
    # Functions
    ("duration('5h') * 2", "36000000"), ("now() + '1d'", "2026-01-01T23:59:59"),
    ("now() + (duration('1d') * 2)", "2026-01-02T23:59:59"), ('file(link("[[otherFile]]"))', "otherFile.md"),
    ('file("otherFile").name', "otherFile.md"), ('if(isModified, "Modified", "Unmodified")', "Modified"),
    ('if(missing, "Modified", "Unmodified")', "Unmodified"), ("if(missing, 1)", ""),
    ('image(note["image-property"])', "[[p.png]]"),
    ('image("https://obsidian.md/images/obsidian-logo-gradient.svg")', "https://obsidian.md/images/obsidian-logo-gradient.svg"),
    ('icon("arrow-right")', "arrow-right"), ('list("value")', "value"), ('list("value").isType("list")', "true"),
    ('number("3.4")', "3.4"), ("number(true)", "1"), ('number("x")', ""), ("1.isTruthy()", "true"),
    ('"example".isType("string")', "true"), ('true.isType("boolean")', "true"), ("123.toString()", "123"),
    ('123.toString().isType("string")', "true"), ('now().date().format("YYYY-MM-DD HH:mm:ss")', "2025-12-31 00:00:00"),
    ('date("2025-05-27").format("YYYY-MM-DD")', "2025-05-27"), ("now().time()", "23:59:59"),
    ("file.mtime.relative()", "3 days ago"), ("now().isEmpty()", "false"), ('"hello".contains("ell")', "true"),
    ('"hello".containsAll("h", "e")', "true"), ('"hello".containsAny("x", "y", "e")', "true"),
    ('"hello".endsWith("lo")', "true"), ('"Hello world".isEmpty()', "false"), ('"".isEmpty()', "true"),
    ('"a:b:c:d".replace(/:/, "-")', "a-b:c:d"), ('"a:b:c:d".replace(/:/g, "-")', "a-b-c-d"), ('"123".repeat(2)', "123123"),
    ('"hello".reverse()', "olleh"), ('"hello".slice(1, 4)', "ell"), ('"hello".slice(1)', "ello"),
    ('"a,b,c,d".split(",", 3)', "a, b, c"), ('"a,b,c,d".split(/,/, 3)', "a, b, c"), ('"hello".startsWith("he")', "true"),
    ('"hello world".title()', "Hello World"), ('"  hi  ".trim()', "hi"), ("(-5).abs()", "5"), ("(2.1).ceil()", "3"),
    ("(2.9).floor()", "2"), ("5.isEmpty()", "false"), ("(2.5).round()", "3"), ("(2.3333).round(2)", "2.33"),
    ("(3.14159).toFixed(2)", "3.14"), ("[1,2,3].contains(2)", "true"), ("[1,2,3].containsAll(2,3)", "true"),
    ("[1,2,3].containsAny(3,4)", "true"), ("[1,2,3,4].filter(value > 2)", "3, 4"), ("[1,[2,3]].flat()", "1, 2, 3"),
    ("[1,2,3].isEmpty()", "false"), ('[1,2,3].join(",")', "1,2,3"), ("[1,2,3,4].map(value + 1)", "2, 3, 4, 5"),
    ("[1,2,3].reduce(acc + value, 0)", "6"),
    ('values.filter(value.isType("number")).reduce(if(acc == null || value > acc, value, acc), null)', "9"),
    ("[1,2,3].reverse()", "3, 2, 1"), ("[1,2,3,4].slice(1,3)", "2, 3"), ("[3, 1, 2].sort()", "1, 2, 3"),
    ('["c", "a", "b"].sort()', "a, b, c"), ("[1,2,2,3].unique()", "1, 2, 3"), ('link("[[otherFile]]").asFile()', "otherFile.md"),
    ("file.asLink()", "[[notes/sub/Note]]"), ('file.hasLink(file("otherFile"))', "true"), ('file.hasLink("otherFile")', "true"),
    ('file.hasTag("tag1", "tag2")', "true"), ('file.inFolder("notes")', "true"), ("{}.isEmpty()", "true"),
    ('/abc/.matches("abcde")', "true"),
    # Bases syntax
    ('if(price, price.toFixed(2) + " dollars")', "120.00 dollars"), ("(price / age).toFixed(2)", "7.06"), ("note.price", "120"),
    ('note["price"]', "120"), ('file.ext == "md"', "true"), ("file.size > 0", "true"), ("radius * (2 * 3.14)", "12.56"),
    ('due_date + "1M"', "2026-01-24"), ('due_date - "2h"', "2025-12-23T22:00:00"), ('now() + "1 day"', "2026-01-01T23:59:59"),
    ('file.mtime > now() - "1 week"', "true"), ('date("2024-12-01") + "1M" + "4h" + "3m"', "2025-01-01T04:03:00"),
    ('now() - date("2025-12-31 23:59:58")', "1000"), ('"message"', "message"), ("1", "1"), ("(2.5)", "2.5"),
    ('date("2025-01-01 12:00:00")', "2025-01-01T12:00:00"), ('now() + "1 hour"', "2026-01-01T00:59:59"),
    ('today() + "7d"', "2026-01-07"), ('(now() + "1d") - now()', "86400000"), ("now().hour", "23"), ("property[0]", "first"),
    ("object.subprop", "inner"), ('object["subprop"]', "inner"), ('link("filename")', "[[filename]]"),
    ('link("https://obsidian.md")', "https://obsidian.md"), ("link(file.mtime.date().toString())", "[[2025-12-28]]"),
    ('link("filename", "display")', "[[filename|display]]"), ("author == this", "true"), ("authors.contains(this)", "true"),
    ("file.hasLink(this.file)", "true"), ("this.file.name", "base.md"), ("this.file.folder", ""),
    # Formulas
    ("price * quantity", "480"), ('file.name + " - " + description', "Note.md - a note"), ("formula.price_per_unit * 1.1", "33"),
    ("price + tax", "125"), ("price - discount", "100"), ("price / quantity", "30"), ("(part / whole) * 100", "25"),
    ("price > 100", "true"), ("age < 18", "true"), ('status == "Done"', "false"), ('status != "Done"', "true"),
    ("file.mtime > now() - '7d'", "true"), ("!completed", "true"), ("price > 0 && quantity > 0", "true"),
    ("urgent || important", "true"), ('if(price, "$" + price.toFixed(2), "")', "$120.00"), ("file.name.lower()", "note.md"),
    ('tags.contains("urgent")', "true"), ('due_date.format("YYYY-MM-DD")', "2025-12-24"), ('start_date + "2w"', "2026-01-03"),
    ('if(due_date < now() && status != "Done", "Overdue", "")', "Overdue"), ("tasks.length", "3"),
    ("(impact * urgency) / effort", "2"), ('first_name + " " + last_name', "Ann Lee"), ("monthlyUses * formula.Owned.round()", "9"),
    ('"hello"', "hello"), ("'world'", "world"), ("42", "42"), ("3.14", "3.14"), ("(2 + 2)", "4"), ("[1, 2, 3]", "1, 2, 3"),
    ('{"name": "value"}.name', "value"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "value"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_example(vault: Snapshot, expression: str, value: str) -> None:
    tree = parser.parse(expression)
    check(tree)
    formulas = {name: parser.parse(text) for name, text in FORMULAS.items()}
    assert text_of(BaseRow(Files(vault, "base.md", NOW), "notes/sub/Note.md", formulas).value(tree)) == value


UNITS = ["y", "year", "years", "M", "month", "months", "d", "day", "days", "w", "week", "weeks"]
UNITS += ["h", "hour", "hours", "m", "minute", "minutes", "s", "second", "seconds"]


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_of_durations(vault: Snapshot, unit: str) -> None:
    """The unit and its short form move a date by the same, and by something."""
    row = BaseRow(Files(vault, "base.md", NOW), "notes/sub/Note.md", {})
    first = unit[0] if unit not in ("month", "months") else "M"
    moved = [
        text_of(row.value(parser.parse(f"now() + '2{space}{one}'"))) for one in (unit, first) for space in ("", " ")
    ]
    assert len(set(moved)) == 1
    assert moved[0] > "2025-12-31T23:59:59"
