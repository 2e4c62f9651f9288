"""Search as Obsidian's help documents it: properties as sub-queries, all files, folders, excluded files."""

from __future__ import annotations

import pytest

from vaultkit.cli.searching import searched
from vaultkit.vault.workspace import Workspace

FILES = {
    "A.md": "---\nstatus: Draft\nduration: 3\n---\nmeeting\n",
    "B.md": "---\nstatus: Published\nduration: 10\n---\nmeeting\n",
    "G.md": "---\nstatus: Draft2\ndate: 2025-03-01\n---\n",
    "H.md": '---\nstatus: In progress\nequote: ""\nelist: []\nempty:\n---\n',
    "Old/Old.md": "meeting old\n",
    "Daily notes/2022-07-01.md": "plain note\n",
    "Meet/Deep/Zed.md": "",
    "tasks.md": "- [ ] call Bob\n  second line email\n- [x] done\n  - [ ] inner\n",
    "letters.md": "naïve 42 star wars\n",
    "photo202209.jpg": "",
    "Board.canvas": '{"nodes": [{"id": "1", "type": "text", "text": "canvasword meeting"}]}',
    "Zebra.base": "",
}


@pytest.fixture(scope="module")
def vault():
    return Workspace.memory(FILES, {"userIgnoreFilters": ["Old/"]})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Sub-queries of properties. The first and the third are the help's own examples.
        ("[status:Draft OR Published]", "A B G"),
        ("[status:(Draft OR Published)]", "A B G"),
        ("meeting [duration:<5]", "A"),
        ("[duration:>5]", "B"),
        ("[duration:<=3]", "A"),
        ("[duration:> 5]", "B"),
        ('[status:"Draft"]', "A"),
        ("[status:/^Draft$/]", "A"),
        ("[status:Draft]", "A G"),
        ("[status:In progress]", "H"),
        ("[status:-Draft]", "B H"),
        ("[date:>2025-01-01]", "G"),
        ("[date:<2025-01-01]", ""),
        ("[duration OR date]", "A B G"),
        ("[/^dur/:3]", "A"),
        ("[status]", "A B G H"),
        ("[empty:null]", "H"),
        ("[equote:null]", ""),
        ("[elist:null]", ""),
        # Files that are no notes, folders, excluded files.
        ("file:.jpg", "photo202209.jpg"),
        ("path:Meet", "Meet/Deep/Zed"),
        ("canvasword", "Board.canvas"),
        ("zebra", "Zebra.base"),
        ("photo202209", ""),
        ('"meeting old"', ""),
        ("Daily", "Daily notes/2022-07-01"),
        ("Meet Deep", "Meet/Deep/Zed"),
        # A task is its whole item, without those below it.
        ("task:email", "tasks"),
        ("task:(call email)", "tasks"),
        ("task-todo:(call -email)", ""),
        ("task-done:inner", ""),
        # Regular expressions are JavaScript's.
        ("/star (?<x>wars)/", "letters"),
        (r"/na\Wve/", "letters"),
        (r"/4{1}2 star/", "letters"),
    ],
)
def test_search(vault, query, expected):
    found = [page.path.removesuffix(".md") for page, _ in searched(vault, query, "", None, match_case=False)]
    assert found == sorted([word for word in _words(expected, found) if word])


def _words(expected: str, found: list[str]) -> list[str]:
    """The paths in a row of the table; a path with a blank is one of those found."""
    spaced = [path for path in found if " " in path and path in expected]
    for path in spaced:
        expected = expected.replace(path, "")
    return [*expected.split(), *spaced]
