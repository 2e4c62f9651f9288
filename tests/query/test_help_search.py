"""Every query on the help's page "Search", with a file that it finds and one that it does not find."""

from __future__ import annotations

import pytest

from vaultkit.cli.searching import searched
from vaultkit.vault.workspace import Workspace

EXAMPLES = [
    ('"star wars"', "the star wars film", "wars of a star"),
    (r'"they said \"hello\" to each other"', 'they said "hello" to each other', "they said hello to each other"),
    ("meeting work", "work: a meeting", "a meeting"),
    ("meeting OR work", "a meeting", "nothing"),
    ("meeting work OR meetup personal", "personal meetup", "work meetup"),
    ("meeting (work OR meetup) personal", "personal meetup meeting", "personal meeting"),
    ("meeting -work", "a meeting", "a meeting at work"),
    ("meeting -work -meetup", "a meeting", "a meeting and a meetup"),
    ("meeting -(work meetup)", "a meeting at work", "a meeting, work and meetup"),
    ("task:(call OR email)", "- [ ] an email", "an email"),
    ('content:"happy cat"', "a happy cat", "a cat, happy"),
    ("match-case:HappyCat", "HappyCat", "happycat"),
    ("ignore-case:ikea", "IKEA", "shop"),
    ("tag:#work", "#work and #other", "```\n#work\n```\n"),
    ("tag:#work", "---\ntags: [work/deep]\n---\n", "#workshop"),
    ("line:(mix flour)", "mix the flour", "mix\nflour"),
    ("block:(dog cat)", "dog\nand cat", "dog\n\ncat"),
    ("section:(dog cat)", "# A\ndog\n\ncat", "# A\ndog\n# B\ncat"),
    ("task:call", "- [x] call", "- call"),
    ("task-todo:call", "- [ ] call", "- [x] call"),
    ("task-done:call", "- [x] call", "- [ ] call"),
    ("[aliases]", "---\naliases: [A]\n---\n", "aliases"),
    ("[aliases:Name]", "---\naliases: [Name]\n---\n", "---\naliases: [Other]\n---\nName"),
    ("[status:Draft OR Published]", "---\nstatus: Published\n---\n", "---\nstatus: Done\n---\nDraft"),
    ("[aliases:null]", "---\naliases:\n---\n", '---\naliases: ""\n---\n'),
    ("meeting [duration:<5]", "---\nduration: 3\n---\nmeeting", "---\nduration: 10\n---\nmeeting"),
    (r"/\d{4}-\d{2}-\d{2}/", "on 2022-01-01", "on 2022-1-1"),
    ("embed OR search", "a search", "nothing"),
]


@pytest.mark.parametrize(("query", "found", "other"), EXAMPLES)
def test_example(query: str, found: str, other: str) -> None:
    vault = Workspace.memory({"found.md": found, "other.md": other}, {})
    assert [page.path for page, _ in searched(vault, query, "", None, match_case=False)] == ["found.md"]


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("file:.jpg", "a.jpg"),
        ("file:202209", "202209.md"),
        ('path:"Daily notes/2022-07"', "Daily notes/2022-07-01.md"),
        (r"path:/\d{4}-\d{2}-\d{2}/", "Daily notes/2022-07-01.md"),
        ("tag:work", None),
    ],
)
def test_example_of_names(query: str, path: str | None) -> None:
    files = {"a.jpg": "", "202209.md": "", "Daily notes/2022-07-01.md": ""}
    files["b.canvas"] = '{"nodes": [{"id": "1", "type": "text", "text": "#work .jpg 202209"}]}'
    vault = Workspace.memory(files, {})
    found = [page.path for page, _ in searched(vault, query, "", None, match_case=False)]
    assert found == ([] if path is None else [path])
