"""What a view of a base shows, and what is said of a base that cannot be read."""

from __future__ import annotations

from datetime import datetime

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.query.bases.definition import read_base
from vaultkit.query.bases.rows import BaseTable, rows, table, view_named
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
    ("formulas: {f: foo()}\nfilters: formula.f", "list.base: formula 'f': there is no function foo()"),
    ("views: [{summaries: [a]}]", "list.base: view 1: summaries must be a mapping of properties to summaries"),
    ("summaries: 3", "list.base: summaries must be a mapping of names"),
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


SUMMARISED = vault_of(
    {
        "a.md": "---\nn: 1\nd: 2025-01-02\nok: true\nt: x\n---\n",
        "b.md": "---\nn: 4\nd: 2025-01-12\nok: false\nt: x\n---\n",
        "c.md": "---\nn: 10\nok: true\nt: y\n---\n",
        "d.md": "---\nn:\nt: ''\n---\n",
    }
)


def table_of(text: str) -> BaseTable:
    base = read_base("list.base", text)
    return table(SUMMARISED, base, view_named([base], None)[1], now=NOW)


# Source: Obsidian Help, "Bases syntax", "Default summary formulas".
SUMMARIES = [
    ("n", "Average", "5"),
    ("n", "Min", "1"),
    ("n", "Max", "10"),
    ("n", "Sum", "15"),
    ("n", "Range", "9"),
    ("n", "Median", "4"),
    ("n", "Stddev", "3.7416573867739413"),
    ("n", "sum", "15"),
    ("d", "Earliest", "2025-01-02"),
    ("d", "Latest", "2025-01-12"),
    ("d", "Range", "864000000"),
    ("ok", "Checked", "2"),
    ("ok", "Unchecked", "1"),
    ("t", "Empty", "1"),
    ("t", "Filled", "3"),
    ("t", "Unique", "2"),
    ("none", "Empty", "4"),
    ("none", "Sum", ""),
    ("t", "Average", ""),
    ("formula.twice", "Sum", "30"),
]


@pytest.mark.parametrize(("column", "name", "expected"), SUMMARIES)
def test_summaries_of_obsidian(column: str, name: str, expected: str) -> None:
    text = f"formulas: {{twice: n * 2}}\nviews: [{{summaries: {{{column}: {name}}}}}]"
    found = table_of(text)
    assert (list(map(text_of, found.summaries.values())), found.faults) == ([expected], ())


def test_a_summary_of_the_base_itself() -> None:
    found = table_of("summaries: {most: values.length, odd: 'values.foo()'}\nviews: [{summaries: {n: most, t: odd}}]")
    assert found.summaries["n"] == 4
    assert found.faults == ("summary 'odd': there is no function .foo(); did you mean floor()?",)


def test_an_unknown_summary_is_told() -> None:
    found = table_of("views: [{summaries: {n: Averge}}]")
    assert found.faults == ("there is no summary 'Averge'; did you mean Average?",)
    assert text_of(found.summaries["n"]) == "error"


def test_groups_have_their_rows_and_summaries() -> None:
    found = table_of("views: [{groupBy: {property: t, direction: DESC}, order: [file.name], summaries: {n: Sum}}]")
    rows = [(text_of(one.value), [row.path for row in one.rows], one.summaries["n"]) for one in found.groups]
    assert rows == [("y", ["c.md"], 10), ("x", ["a.md", "b.md"], 5), ("", ["d.md"], None)]
    assert found.summaries["n"] == 15


def test_no_groups_without_group_by() -> None:
    assert table_of("views: [{order: [file.name]}]").groups == ()


WRONG = [
    ("loop: formula.loop", "formula 'loop' needs itself: loop -> loop"),
    ("loop: foo()", "formula 'loop': there is no function foo()"),
    ("loop: '1 +'", "formula 'loop': '1 +': not an expression"),
    ("loop: [1]", "formula 'loop': an expression is one text"),
    ("loop: '/(/.matches(1)'", "formula 'loop': /(/: not a regular expression"),
]


@pytest.mark.parametrize(("formula", "message"), WRONG)
def test_a_wrong_formula_costs_its_own_cells_only(formula: str, message: str) -> None:
    text = (
        f"formulas: {{{formula}, good: n + 1}}\nviews: [{{order: [formula.loop, formula.good], sort: [formula.loop]}}]"
    )
    base = read_base("list.base", text.replace("sort: [formula.loop]", "sort: [{property: formula.loop}]"))
    found = table(SUMMARISED, base, view_named([base], None)[1], now=NOW)
    assert [text_of(row.values["formula.good"]) for row in found.rows] == ["2", "5", "11", ""]
    assert {text_of(row.values["formula.loop"]) for row in found.rows} == {"error"}
    (fault,) = found.faults
    assert fault.startswith(message)
    assert fault.endswith(" (4 cells)")


def test_groups_by_a_wrong_formula() -> None:
    found = table_of("formulas: {f: foo()}\nviews: [{groupBy: {property: formula.f, direction: ASC}}]")
    assert [len(group.rows) for group in found.groups] == [4]
