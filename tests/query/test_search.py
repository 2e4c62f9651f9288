"""Obsidian's search syntax."""

from __future__ import annotations

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.note.parse import parse_text
from vaultkit.query.search import compile_query, found_lines, matches
from vaultkit.query.search_scope import page

TEXT = """---
status: done
up: [x, Draft two]
empty:
---
# Cell wall
The cell membrane is thin. #bio/cell

Cafe\u0301 and [[Water]]
## Other
- [ ] buy milk
- [x] sell milk
  and more
"""


def found(query: str, *, match_case: bool = False) -> bool:
    here = page("Science/My Note.md", parse_text(TEXT), TEXT)
    return matches(compile_query(query, match_case=match_case), here) is not None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("membrane", True),
        ("MEMBRANE", True),
        ("memb thin", True),
        ("membrane thick", False),
        ("thick OR thin", True),
        ("membrane -thin", False),
        ("membrane -thick", True),
        ('"membrane is"', True),
        ('"membrane thin"', False),
        (r"/mem\w+ne/", True),
        ("/^the cell/", True),
        ("-(thick OR fat)", True),
        ("(thick OR thin) milk", True),
        ("my note", True),
        ("content:my", False),
        ("file:my", True),
        ("file:science", False),
        ("path:science", True),
        ("tag:bio", True),
        ("tag:#BIO/cell", True),
        ("tag:bi", False),
        ("tag: #bio", True),
        ("-tag: #bio", False),
        ("tag:(#bio OR #none)", True),
        ("tag:(#none OR #other)", False),
        ("tag:(#bio -#none)", True),
        ("line: (cell thin)", True),
        ("line: (cell milk)", False),
        ("file: my", True),
        ("Tag: #bio", True),
        ("Note: cell", False),
        ("task:", False),
        ("line:(cell thin)", True),
        ("line:(cell milk)", False),
        ("section:(cell membrane)", True),
        ("section:(membrane milk)", False),
        ("block:(sell more)", True),
        ("block:(sell buy)", False),
        ("task:milk", True),
        ("task-todo:buy", True),
        ("task-todo:sell", False),
        ("task-done:sell", True),
        ("task:membrane", False),
        ("match-case:The", True),
        ("match-case:THE", False),
        ("[status]", True),
        ("[Status:DONE]", True),
        ("[status:open]", False),
        ("[up:draft]", True),
        ("[nothing]", False),
        ("[empty:null]", True),
        ("[status:null]", False),
        ("café", True),
        ("https://example.org/x", False),
    ],
)
def test_query(query: str, expected: bool) -> None:
    assert found(query) is expected


def test_case_can_count() -> None:
    assert not found("MEMBRANE", match_case=True)
    assert found("ignore-case:MEMBRANE", match_case=True)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "query: empty; say what to look for, such as query=word"),
        ('"open', "query: cannot read '\"open'; close the quotes"),
        ("(a", "query: a parenthesis is not closed"),
        ("a)", "query: unexpected ')'; check the parentheses"),
        ("OR a", "query: a term is missing beside OR or in parentheses"),
        ("foo:bar", 'query: there is no operator "foo:"; put the text in quotes to search for it'),
        ("tag:-x", "query: tag: needs the name of a tag"),
        ("tag:()", "query: a term is missing beside OR or in parentheses"),
        ("/(/", "query: /(/ is no regular expression (missing ), unterminated subpattern at position 0)"),
    ],
)
def test_what_cannot_be_read(query: str, message: str) -> None:
    with pytest.raises(VaultkitError) as fault:
        compile_query(query)
    assert str(fault.value) == message


def test_found_lines_are_told_once_with_their_text() -> None:
    here = page("a.md", parse_text(TEXT), TEXT)
    spans = matches(compile_query("milk OR cell"), here)
    assert spans is not None
    assert [(line.line, line.text) for line in found_lines(here, spans)] == [
        (6, "# Cell wall"),
        (7, "The cell membrane is thin. #bio/cell"),
        (11, "- [ ] buy milk"),
        (12, "- [x] sell milk"),
    ]
