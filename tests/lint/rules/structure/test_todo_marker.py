"""ST011: notes to self."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "todo el mundo"}, id="Spanish"),
        pytest.param({"a.md": "`TODO`"}, id="code"),
        pytest.param({"a.md": "#TODO"}, id="a tag"),
        pytest.param({"a.md": "[[TODO]]"}, id="a link"),
        pytest.param({"a.md": "TODOS and notebook"}, id="a word"),
        pytest.param({"a.md": "https://example.org/TODO x"}, id="an address"),
        pytest.param({"a.md": "%% TODO %%"}, id="a comment"),
        pytest.param({"a.md": "see TODO.md; we need to move on"}, id="a file name, and a way to say it"),
        pytest.param({"a.md": "We need to move first; you have to finish it"}, id="prose"),
        pytest.param({"a.md": "Track TODO items, a TODO comment, TODO and FIXME"}, id="text about markers"),
        pytest.param(
            {"a.md": "- **TODO comments**: tags\n- TODO items are listed\n"}, id="text about markers in a list"
        ),
        pytest.param({"a.md": '- "TODO", tasks\n- `x` is "TODO"\n'}, id="quoted"),
        pytest.param(
            {"a.md": "# TODO: Split the lines.\n\u00a0\u00a0# TODO: Print them.\n"}, id="comments of a program"
        ),
        pytest.param({"a.md": "| a | TODO | DONE |\n| - | - | - |\n| TODO | x | y |\n"}, id="a table of statuses"),
        pytest.param({"a.md": "## TODO\n\nOn TBD's shares: TBD is a company"}, id="a heading, and a company"),
        pytest.param({"a.md": "Toggle to Done then to TODO\n- [ ] task - TODO ⏫\n"}, id="a status at the end"),
    ],
)
def test_todo_marker_is_silent(lint, files):
    assert lint(files, "ST011") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "one\nTODO: two"}, ["a.md:2:1: ST011 todo-marker: to-do marker: `TODO`"], id="TODO"),
        pytest.param(
            {
                "a.md": "> **Proof** **[TODO]**\n\nSoftmax: TBD\n\n> TODO：x\n\n- [ ] TODO write it\n\n==TODO Sort by date==\n"
            },
            [
                "a.md:1:16: ST011 todo-marker: to-do marker: `TODO`",
                "a.md:3:10: ST011 todo-marker: to-do marker: `TBD`",
                "a.md:5:3: ST011 todo-marker: to-do marker: `TODO`",
                "a.md:7:7: ST011 todo-marker: to-do marker: `TODO`",
                "a.md:9:3: ST011 todo-marker: to-do marker: `TODO`",
            ],
            id="in brackets, behind a label, at the beginning of a line",
        ),
        pytest.param({"a.md": "- tbd"}, ["a.md:1:3: ST011 todo-marker: to-do marker: `tbd`"], id="tbd"),
        pytest.param(
            {"a.md": "[need to move this]"},
            ["a.md:1:2: ST011 todo-marker: to-do marker: `need to move`"],
            id="need to move",
        ),
        pytest.param(
            {"a.md": "später", "vaultkit.toml": '[rules.ST011]\nwords = ["Später"]\n'},
            ["a.md:1:1: ST011 todo-marker: to-do marker: `später`"],
            id="own word",
        ),
    ],
)
def test_todo_marker_is_found(lint, files, expected):
    assert lint(files, "ST011") == expected
