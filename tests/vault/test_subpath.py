"""From subpath to heading, block or footnote (rules R18, R90 to R95)."""

from __future__ import annotations

import pytest

from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.subpath import find_place, heading_key
from vaultkit.note.parse import parse_text
from vaultkit.base.text import line_and_column

NOTE = """# Results: part 1
## Method
### Setup (old)
# [[Cell|The cell]] & `code`
## Method
## Naïve, l'été
text ^Block-1

- item ^item

# Ends here。
[^note]: a footnote
"""


def place(subpath: str, text: str = NOTE) -> str:
    """Kind and line, such as "heading 3"."""
    note = parse_text(text)
    found = find_place(note, subpath)
    if found.kind in ("none", "missing"):
        return found.kind
    return f"{found.kind} {line_and_column(note.line_starts, found.start)[0]}"


@pytest.mark.parametrize(
    ("subpath", "expected"),
    [
        pytest.param("", "none", id="nothing asked"),
        pytest.param("#", "none", id="nothing behind the #"),
        pytest.param("#Results: part 1", "heading 1", id="as it is written"),
        pytest.param("#results part 1", "heading 1", id="R90 no punctuation, no case"),
        pytest.param("#Results   part 1", "heading 1", id="R90 runs of spaces shrink"),
        pytest.param("#results-part-1", "missing", id="R90 a slug is no heading"),
        pytest.param("#Setup old", "heading 3", id="R90 brackets are dropped"),
        pytest.param("#Cell The cell code", "heading 4", id="R90 the brackets and the bar of a link, too"),
        pytest.param("#Naïve l'été", "heading 6", id="R90 an apostrophe stays"),
        pytest.param("#Naïve lété", "missing", id="R90 so it may not be left out"),
        pytest.param("#Naive l'ete", "missing", id="accents are letters"),
        pytest.param("#Ends here", "missing", id="R90 punctuation outside ASCII stays"),
        pytest.param("#Ends here。", "heading 11", id="R90 so it must be written"),
        pytest.param("#Method", "heading 2", id="R92 the first of two"),
        pytest.param("#Cell The cell code#Method", "heading 5", id="R91 below another heading"),
        pytest.param("#Results part 1#Setup old", "heading 3", id="R91 levels may be skipped"),
        pytest.param("#Method#Results part 1", "missing", id="R91 not above it"),
        pytest.param("#Ends here。#Method", "missing", id="R91 not before it"),
        pytest.param("#Results part 1#Method#Setup old", "heading 3", id="R91 three levels"),
        pytest.param("#^Block-1", "block 7", id="a block"),
        pytest.param("#^block-1", "block 7", id="R93 in any case"),
        pytest.param("#^item", "block 9", id="a list item's"),
        pytest.param("#^nothing", "missing", id="R94 no such block"),
        pytest.param("#[^note]", "footnote 12", id="R95 a footnote"),
        pytest.param("#[^other]", "missing", id="R95 no such footnote"),
        pytest.param("#No such heading", "missing", id="R94 no such heading"),
    ],
)
def test_find_place(subpath: str, expected: str) -> None:
    assert place(subpath) == expected


def test_a_heading_that_stands_twice_is_counted() -> None:
    note = parse_text(NOTE)
    assert find_place(note, "#Method").repeats == 2
    assert find_place(note, "#Ends here。").repeats == 1


@pytest.mark.parametrize("path", ["a.pdf", "b.png", "c.base", "d.canvas"])
def test_subpaths_steer_a_viewer_elsewhere(path: str) -> None:
    vault = vault_of({path: None})
    assert vault.place(path, "#page=3").kind == "viewer"


def test_nothing_is_missing_in_a_note_that_is_no_text() -> None:
    assert vault_of({"a.md": b"\xff\xff"}).place("a.md", "#x").kind == "none"


def test_heading_key() -> None:
    assert heading_key("**A** — b\u00a0c") == "a — b c"
    assert heading_key("STRASSE") == heading_key("Straße")
