"""The page about search and Bases: its tables are complete, and every row is true."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from vaultkit.cli.doc_pages import page
from vaultkit.note.parse import parse_text
from vaultkit.query import search
from vaultkit.query.bases import functions, parser
from vaultkit.query.bases.evaluate import BaseRow, check
from vaultkit.query.bases.files import FIELDS, Files
from vaultkit.query.bases.summaries import SUMMARIES
from vaultkit.query.bases.values import text_of
from vaultkit.query.search_scope import SCOPES
from vaultkit.query.search_scope import page as search_page
from vaultkit.vault.load import snapshot_of_texts

PAGE = page("search-and-bases")
SEARCH, BASES = PAGE.split("\n## Bases\n")
_CELL = re.compile(r"(?<!\\)\|")


def table(text: str, columns: int) -> list[list[str]]:
    """The cells of all rows of tables with so many columns, without their heads; code without its marks."""
    rows = [
        [re.sub(r"^`(.*)`$", r"\1", cell.strip()).replace("\\|", "|") for cell in _CELL.split(line)[1:-1]]
        for line in re.findall(r"^\| `?.*\|$", text, re.MULTILINE)
    ]
    return [row for row in rows if len(row) == columns and not row[0].startswith(("---", "query", "function", "expr"))]


QUERIES = [(query, finds == "yes") for query, finds, _ in table(SEARCH, 3)]
NOTE = re.search(r"```markdown\n(.*?)```", SEARCH, re.DOTALL)[1]  # type: ignore[index]


@pytest.mark.parametrize(("query", "is_found"), QUERIES, ids=[query for query, _ in QUERIES])
def test_query(query: str, is_found: bool) -> None:
    here = search_page("Daily notes/2022-07-01.md", parse_text(NOTE), NOTE)
    assert (search.matches(search.compile_query(query), here) is not None) is is_found


def test_every_operator_of_search_is_shown() -> None:
    shown = " ".join(query for query, _ in QUERIES)
    assert [name for name in (*SCOPES, "tag", "match-case", "ignore-case") if f"{name}:" not in shown] == []


VIEWS = BASES.index("### Views")
FUNCTIONS = table(BASES[:VIEWS], 3)
VALUES = [*table(BASES[:VIEWS], 2), *([expression, value] for _, expression, value in FUNCTIONS)]
PROPERTIES = re.search(r"```yaml\n(.*?)```", BASES, re.DOTALL)[1]  # type: ignore[index]
VAULT = snapshot_of_texts({"Books/Novel.md": f"---\n{PROPERTIES}---\n", "Ann.md": "[[Novel]]", "list.base": ""})


@pytest.mark.parametrize(("expression", "value"), VALUES, ids=[row[0] for row in VALUES])
def test_value(expression: str, value: str) -> None:
    tree = parser.parse(expression)
    check(tree)
    found = BaseRow(Files(VAULT, "list.base", datetime(2025, 6, 1, 12)), "Books/Novel.md", {}).value(tree)
    assert text_of(found) == value


def test_every_function_has_a_row() -> None:
    shown = [name for name, _, _ in FUNCTIONS]
    wanted = [f"{name}()" for name in functions.GLOBAL_NAMES]
    kinds = {**functions.METHODS, "any": functions.ANY, "regular expression": functions.METHODS["regexp"]}
    lazy = [("list", name) for name in functions.LAZY]
    pairs = [(kind, name) for kind, methods in kinds.items() for name in methods]
    # A duration has the functions of a number.
    wanted += [f"{kind} `{name}()" for kind, name in [*pairs, *lazy] if kind not in ("regexp", "duration")]
    wanted += [f"file `{name}" for name in FIELDS if name not in ("size", "ctime", "mtime")]
    assert [
        name for name in wanted if not any(one.replace("`", "").startswith(name.replace("`", "")) for one in shown)
    ] == []
    assert set(FIELDS) >= {"size", "ctime", "mtime"}
    assert all(f"`file.{name}`" in PAGE for name in ("size", "ctime", "mtime"))


def test_every_summary_is_named() -> None:
    assert set(re.findall(r"`([A-Z]\w+)`", BASES[VIEWS:])) >= set(SUMMARIES)
