"""What a view of a base shows, and what is said of a base that cannot be read."""

from __future__ import annotations

from datetime import datetime

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.query.bases.definition import read_base
from vaultkit.query.bases.rows import rows, view_named
from vaultkit.query.bases.values import text_of
from vaultkit.vault.load import snapshot_of_texts as vault_of

VAULT = vault_of(
    {
        "Books/A.md": "---\nprice: 3\nage: 2\nstatus: open\n---\n#book [[Textbook]]",
        "Books/B.md": "---\nprice: 30\nage: 3\nstatus: done\n---\n#book/novel",
        "Books/Required Reading/C.md": "---\nprice: 7\nage: 1\nstatus: open\n---\n#book",
        "D.md": "#tag",
        "E.md": "",
        "Textbook.md": "",
        "p.png": None,
        "list.base": "",
    }
)
NOW = datetime(2025, 6, 1, 12)

# The example of Obsidian Help, "Bases syntax".
HELP = """
filters:
  or:
    - file.hasTag("tag")
    - and:
        - file.hasTag("book")
        - file.hasLink("Textbook")
    - not:
        - file.hasTag("book")
        - file.inFolder("Required Reading")
formulas:
  formatted_price: 'if(price, price.toFixed(2) + " dollars")'
  ppu: "(price / age).toFixed(2)"
properties:
  status:
    displayName: Status
  formula.formatted_price:
    displayName: "Price"
  note.age:
    displayName: Age
views:
  - type: table
    name: "My table"
    limit: 10
    filters:
      and:
        - 'status != "done"'
        - or:
            - "formula.ppu > 5"
            - "price > 2.1"
    order:
      - file.name
      - file.ext
      - note.age
      - formula.ppu
      - formula.formatted_price
  - type: cards
    name: Everything
"""


def shown(text: str, view: str | None = None, this: str | None = None) -> list[str]:
    base = read_base("list.base", text)
    found = rows(VAULT, *view_named([base], view), this=this, now=NOW)
    return [" ".join([row.path, *map(text_of, row.values.values())]) for row in found]


def test_the_example_of_the_help() -> None:
    assert shown(HELP) == ["Books/A.md A.md md 2 1.50 3.00 dollars"]
    assert shown(HELP, "everything") == [
        "Books/A.md A.md", "D.md D.md", "E.md E.md", "Textbook.md Textbook.md", "list.base list.base", "p.png p.png",
    ]  # fmt: skip
    base = read_base("list.base", HELP)
    assert dict(base.names) == {"status": "Status", "formula.formatted_price": "Price", "age": "Age"}
    assert [(view.name, view.type) for view in base.views] == [("My table", "table"), ("Everything", "cards")]


VIEWS = [
    pytest.param("", [*sorted(VAULT.files)], id="an empty base has a table of all files"),
    pytest.param("filters: price > 5", ["Books/B.md", "Books/Required Reading/C.md"], id="a filter may be one text"),
    pytest.param("filters: {and: []}", [*sorted(VAULT.files)], id="an empty group lets all through"),
    pytest.param(
        "filters: {not: [price, 'file.ext != \"md\"']}", ["D.md", "E.md", "Textbook.md"], id="not is none of these"
    ),
    pytest.param(
        "filters: price\nviews: [{sort: [{property: price, direction: DESC}]}]",
        ["Books/B.md", "Books/Required Reading/C.md", "Books/A.md"],
        id="falling",
    ),
    pytest.param(
        "filters: file.ext == 'md'\nviews: [{limit: 4, sort: [{property: note.status, direction: ASC},"
        " {property: note.price, direction: DESC}]}]",
        ["Books/B.md", "Books/Required Reading/C.md", "Books/A.md", "D.md"],
        id="two keys, what has none last, then the limit",
    ),
    pytest.param(
        "filters: price\nviews: [{groupBy: {property: status, direction: DESC},"
        " sort: [{property: formula.x, direction: ASC}]}]\nformulas: {x: 0 - price}",
        ["Books/Required Reading/C.md", "Books/A.md", "Books/B.md"],
        id="groups come first, formulas sort",
    ),
    pytest.param("filters: this.file.hasLink(file)", ["Textbook.md"], id="this"),
    pytest.param("filters: file.hasLink(this)", [], id="this is no link target here"),
    pytest.param("filters: file.links.contains(link('textbook'))", ["Books/A.md"], id="links are compared by file"),
]


@pytest.mark.parametrize(("text", "expected"), VIEWS)
def test_view(text: str, expected: list[str]) -> None:
    if "views" not in text:
        text += "\nviews: [{order: [note.none]}]" if text else ""
    assert [line.split(".")[0] for line in shown(text, this="Books/A.md")] == [path.split(".")[0] for path in expected]


FAULTS = [
    ("views: 3", "list.base: views must be a list of views, each with its type and name"),
    ("views: [{limit: many}]", "list.base: view 1: limit must be a whole number"),
    ("views: [{order: name}]", "list.base: view 1: order and sort must be lists of properties"),
    ("views: [{sort: [3]}]", "list.base: view 1: a sort names its property and direction"),
    ("formulas: [a]", "list.base: formulas must be a mapping of names"),
    ("filters: {any: [a]}", "list.base: filters: a filter is an expression, or one of and, or, not"),
    ("filters: {and: [a], or: [b]}", "list.base: filters: a filter is an expression, or one of and, or, not"),
    ("filters: 'price >'", "list.base: filters: 'price >': not an expression of a base, at character 8"),
    ("filters: foo(1)", "list.base: filters: there is no function foo()"),
    ("views: [{name: N, filters: 'x.foo()'}]", "list.base: filters of view 'N': there is no function .foo()"),
    ("formulas: {f: foo()}\nviews: [{order: [formula.f]}]", "list.base: formula 'f': there is no function foo()"),
    ("formulas: {f: [1]}\nfilters: formula.f", "list.base: formula 'f': an expression is one text; put it in quotes"),
    ("formulas: {f: formula.f}\nfilters: formula.f", "list.base: formula 'f' needs itself: f -> f"),
    ("filters: '1" + " + 1" * 3000 + "'", "list.base: filters: the expression is too long"),
    ("a: [", "list.base: not a base ("),
]


@pytest.mark.parametrize(("text", "message"), FAULTS, ids=[text[:40] for text, _ in FAULTS])
def test_fault(text: str, message: str) -> None:
    with pytest.raises(VaultkitError) as fault:
        shown(text)
    assert str(fault.value).startswith(message)
    assert "\n" not in str(fault.value)


def test_a_formula_that_is_not_shown_may_be_wrong() -> None:
    assert len(shown("formulas: {f: foo()}")) == len(VAULT.files)


def test_a_view_that_is_not_there() -> None:
    with pytest.raises(VaultkitError, match="there is no view 'x'; it has 'My table', 'Everything'"):
        shown(HELP, "x")
