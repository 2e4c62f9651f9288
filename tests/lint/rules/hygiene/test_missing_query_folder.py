"""HY004: queries over missing folders."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                "a.md": '```dataview\nTABLE x\nFROM "Projects" or "b" or "c.md"\nWHERE y = "Gone"\n```\n',
                "Projects/x.md": "",
                "b.md": "",
                "c.md": "",
            },
            id="folders and notes",
        ),
        pytest.param(
            {"a.md": '```dataview\nLIST FROM "projects/" and -"Archive" and !"Old"\n```\n', "Projects/x.md": ""},
            id="another case, excluded ones",
        ),
        pytest.param(
            {
                "a.md": '```dataview\nLIST FROM ""\n```\n\n```dataview\nLIST FROM "/" or #tag or [[x]]\n```\n',
                "x.md": "",
            },
            id="the whole vault, tags and links",
        ),
        pytest.param(
            {"a.md": '```dataviewjs\n// dv.pages(\'"Gone"\')\ndv.pages(`"${folder}"`)\ndv.pages("#tag")\n```\n'},
            id="comments and programs",
        ),
        pytest.param(
            {"a.md": '```dataview\nTABLE x as "Mail from Bob", y as "Z"\nFROM #a and -("Old" or "Older")\n```\n'},
            id="names of columns, excluded groups",
        ),
        pytest.param({"a.md": '```dataview\nTABLE x\nFROM csv("https://example.org/x.csv")\n```\n'}, id="an address"),
        pytest.param({"a.md": 'FROM "Gone"\n\n```sql\nSELECT x FROM "Gone"\n```\n'}, id="no query"),
        pytest.param(
            {
                "Templates/t.md": '```dataview\nLIST FROM "Gone"\n```\n',
                ".obsidian/templates.json": '{"folder": "Templates"}',
            },
            id="a template",
        ),
        pytest.param({"_Topic-Skeleton/x/t.md": '```dataview\nLIST FROM "TOPIC"\n```\n'}, id="a skeleton"),
        pytest.param({"Note templates/t.md": '```dataview\nLIST FROM "Gone"\n```\n'}, id="a folder of templates"),
    ],
)
def test_missing_query_folder_is_silent(lint, files):
    assert lint(files, "HY004") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": '```dataview\nLIST FROM "Projects"\n```\n'},
            ["a.md:2:12: HY004 missing-query-folder: query over the missing folder `Projects`"],
            id="a folder",
        ),
        pytest.param(
            {"Contemplate/a.md": '```dataview\nLIST FROM "Projects"\n```\n'},
            ["Contemplate/a.md:2:12: HY004 missing-query-folder: query over the missing folder `Projects`"],
            id="a folder with the word inside another",
        ),
        pytest.param(
            {"a.md": '> ```dataview\n> TABLE x\n> from "Gone" or "Lost/x"\n> ```\n', "Lost/y.md": ""},
            [
                "a.md:3:9: HY004 missing-query-folder: query over the missing folder `Gone`; the same for 1 more folder of this note"
            ],
            id="once a note, in a quote",
        ),
        pytest.param(
            {"a.md": "```dataviewjs\ndv.list(dv.pages('\"Gone\"').file.link)\n```\n"},
            ["a.md:2:20: HY004 missing-query-folder: query over the missing folder `Gone`"],
            id="a program",
        ),
    ],
)
def test_missing_query_folder_is_found(lint, files, expected):
    assert lint(files, "HY004") == expected


def test_an_empty_folder_is_there(lint):
    assert lint({"a.md": '```dataview\nLIST FROM "Inbox"\n```\n', "Inbox/.gitkeep": ""}, "HY004") == []
