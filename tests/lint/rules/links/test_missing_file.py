"""LK002: a path, a Markdown link, a property or a canvas card without its file."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "[x](b.md) [[Sub/c.pdf]]", "b.md": "", "Sub/c.pdf": None}, id="the file is there"),
        pytest.param({"a.md": "[[Nowhere]]"}, id="a bare name is another rule"),
        pytest.param({"a.md": "[x](https://example.org/a.md)"}, id="a web address"),
        pytest.param({"a.md": "[x](oracle_rollable:a/b)"}, id="a plugin's own scheme"),
        pytest.param({"a.md": "[x](data.csv)", "data.csv": None}, id="a file that Obsidian does not show"),
        pytest.param({"a.md": "[x](../../b.md)"}, id="out of the vault is another rule"),
    ],
)
def test_missing_file_is_silent(lint, files):
    assert lint(files, "LK002") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[x](Old%20summary.md)"},
            ["a.md:1:1: LK002 missing-file: `Old summary.md` does not exist in this vault"],
            id="Markdown link",
        ),
        pytest.param(
            {"a.md": "[[Papers/Summary]]", "Archive/Summary.md": ""},
            [
                "a.md:1:1: LK002 missing-file: `Papers/Summary` does not exist in this vault; did you mean `Archive/Summary.md`?"
            ],
            id="same name elsewhere",
        ),
        pytest.param(
            {"a.md": '---\nup: "[[Nowhere]]"\n---\n'},
            ["a.md:2:6: LK002 missing-file: property `up`: no note named `Nowhere`"],
            id="property",
        ),
        pytest.param(
            {"b.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "gone.md"}]}'},
            ["b.canvas:1:49: LK002 missing-file: canvas card: `gone.md` does not exist in this vault"],
            id="canvas card",
        ),
        pytest.param(
            {"a.md": "[x](www.example.com/y) [me](me@example.com)"},
            [
                "a.md:1:1: LK002 missing-file: URL without a scheme: `www.example.com/y`; write `https://www.example.com/y`",
                "a.md:1:24: LK002 missing-file: URL without a scheme: `me@example.com`; write `mailto:me@example.com`",
            ],
            id="addresses without their scheme",
        ),
        pytest.param(
            {"coding/powershell.md": "[Room](https//tryhackme.com/room/powershell)"},
            [
                "coding/powershell.md:1:1: LK002 missing-file: URL without a scheme: "
                "`https//tryhackme.com/room/powershell`; write `https://tryhackme.com/room/powershell`"
            ],
            id="an address without its colon",
        ),
        pytest.param(
            {"a.md": "[x](httpserver.py.md) [y](http/server.md) [z](input.in)"},
            [
                "a.md:1:1: LK002 missing-file: `httpserver.py.md` does not exist in this vault",
                "a.md:1:23: LK002 missing-file: `http/server.md` does not exist in this vault",
                "a.md:1:43: LK002 missing-file: `input.in` does not exist in this vault",
            ],
            id="files that look a little like addresses",
        ),
        pytest.param(
            {"a.md": "[linux](/computers/linux)", "computers/linux/README.md": "", "wordlists/linux.md": ""},
            [
                "a.md:1:1: LK002 missing-file: `/computers/linux` is a folder; a link cannot open a folder; "
                "link to a note, such as `computers/linux/README.md`"
            ],
            id="a folder",
        ),
        pytest.param(
            {"x/a.md": "[[sub/]] [s](./sub) [t](../x/sub/)", "x/sub/b.md": ""},
            [
                "x/a.md:1:1: LK002 missing-file: `sub/` is a folder; a link cannot open a folder; "
                "link to a note in the folder",
                "x/a.md:1:10: LK002 missing-file: `./sub` is a folder; a link cannot open a folder; "
                "link to a note in the folder",
                "x/a.md:1:21: LK002 missing-file: `../x/sub/` is a folder; a link cannot open a folder; "
                "link to a note in the folder",
            ],
            id="a folder beside the note",
        ),
        pytest.param(
            {
                "networking/OSI/README.md": "[IP](networking/OSI/IP-addresses.md)",
                "PNPT/IP-addresses.md": "",
                "networking/OSI/3-network/IP-addresses.md": "",
            },
            [
                "networking/OSI/README.md:1:1: LK002 missing-file: `networking/OSI/IP-addresses.md` does not exist in "
                "this vault; did you mean `networking/OSI/3-network/IP-addresses.md` or `PNPT/IP-addresses.md`?"
            ],
            id="two candidates, that in the shared folder first",
        ),
        pytest.param(
            {"a.md": "[x](old/README.md)", "new/README.md": ""},
            ["a.md:1:1: LK002 missing-file: `old/README.md` does not exist in this vault"],
            id="a name that every folder has is no evidence",
        ),
        pytest.param(
            {"a.md": "[x](old/expression.md)", "depression.md": ""},
            ["a.md:1:1: LK002 missing-file: `old/expression.md` does not exist in this vault"],
            id="another word is not near",
        ),
        pytest.param(
            {"a.md": "[x](old/functions.md)", "function.md": ""},
            ["a.md:1:1: LK002 missing-file: `old/functions.md` does not exist in this vault; did you mean `function`?"],
            id="an inflection",
        ),
        pytest.param(
            {"a.md": "[x](old/functions.md) [y](functions.md)", "function.md": ""},
            [
                "a.md:1:1: LK002 missing-file: `old/functions.md` does not exist in this vault",
                "a.md:1:23: LK002 missing-file: `functions.md` does not exist in this vault",
            ],
            id="what is wanted twice is a name",
        ),
        pytest.param(
            {"x/Sets.md": "[x](Sets.md.md#part)"},
            ["x/Sets.md:1:1: LK002 missing-file: `Sets.md.md` does not exist in this vault; did you mean `x/Sets.md`?"],
            id="an extension written twice",
        ),
        pytest.param(
            {"a.md": "[[sets/MIPS Set]]", "papers/MIPS Set.pdf": None},
            [
                "a.md:1:1: LK002 missing-file: `sets/MIPS Set` does not exist in this vault; "
                "did you mean `papers/MIPS Set.pdf`?"
            ],
            id="a file of another type",
        ),
        pytest.param(
            {"a.md": '---\nparents:\n  - "[[b]]"\n  - "[[Gone]]"\n---\n', "b.md": ""},
            ["a.md:4:6: LK002 missing-file: property `parents`, item 2: no note named `Gone`"],
            id="an item of a property",
        ),
        pytest.param(
            {"a.md": '---\nup: "[[N]]"\n---\n', "b.md": "---\naliases: N\n---\n"},
            [
                "a.md:2:6: LK002 missing-file: property `up`: `N` is an alias of `b`; links cannot use aliases; "
                "write `[[b]]`"
            ],
            id="an alias in a property",
        ),
    ],
)
def test_missing_file_is_found(lint, files, expected):
    assert lint(files, "LK002") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[[Papers/Summary]] [s](Papers/Summary.md)", "Archive/Summary.md": ""},
            {"a.md": "[[Summary]] [s](Summary.md)"},
            id="same name elsewhere",
        ),
        pytest.param(
            {"a/b/README.md": "[gone](../old/Topic.md#A)", "c/Topic.md": "# A", "c/DNS.md": ""},
            {"a/b/README.md": "[gone](../../c/Topic.md#A)"},
            id="a relative link stays relative",
        ),
        pytest.param(
            {
                ".obsidian/app.json": '{"newLinkFormat": "relative"}',
                "a/b/README.md": "[gone](old/My%20topic.md) [[old/My topic|t]]",
                "c/My topic.md": "",
            },
            {"a/b/README.md": "[gone](../../c/My%20topic.md) [[../../c/My topic|t]]"},
            id="the vault wants relative links",
        ),
        pytest.param(
            {".obsidian/app.json": '{"newLinkFormat": "absolute"}', "a.md": "[x](old/n.md)", "c/d/n.md": ""},
            {"a.md": "[x](c/d/n.md)"},
            id="the vault wants paths from its root",
        ),
    ],
)
def test_missing_file_is_mended(fixed, lint, files, expected):
    once = fixed(files, "LK002")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "LK002") == []
    assert fixed({**files, **once}, "LK002") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "[x]\n\n[x]: Papers/gone.md\n"},
            ["a.md:3:1: LK002 missing-file: `Papers/gone.md` does not exist in this vault"],
            id="a reference",
        ),
    ],
)
def test_missing_file_elsewhere(lint, files, expected):
    assert lint(files, "LK002") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[x](gone.md)", "error", id="a file"),
        pytest.param("[x](Example.md)", "info", id="the example of a manual"),
        pytest.param("[x](img/Beispiel.png)", "info", id="in another language"),
        pytest.param("[x](Example%202.md)", "info", id="a second one"),
        pytest.param("[x](Examples%20of%20proofs.md)", "error", id="a note about examples"),
        pytest.param("[[input/output]]", "info", id="a name with a slash"),
        pytest.param("[[input/output]] [[input/b]]", "error", id="a folder that two links name"),
        pytest.param("[[sub/output]]", "error", id="a folder that is there"),
        pytest.param("[[input/output.pdf]]", "error", id="a file"),
        pytest.param("[x](input/output)", "error", id="a Markdown link"),
        pytest.param("[x](sub/)", "warning", id="a folder"),
        pytest.param('---\nup: "[[Nowhere]]"\n---\n', "info", id="a name in a property that nothing explains"),
        pytest.param('---\nup: "[[Stratgey map]]"\n---\n', "warning", id="one that is a slip"),
        pytest.param('---\nup: "[[x/Nowhere]]"\n---\n', "error", id="a path in a property"),
    ],
)
def test_how_bad_it_is(findings, text, expected):
    files = {"a.md": text, "sub/b.md": "", "Strategy map.md": ""}
    assert {finding.severity for finding in findings(files, "LK002")} == {expected}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("[[tags/plugin/Filter|filters]]", "info", id="a tag of the text"),
        pytest.param("[[tags/plugin]]", "info", id="the tag above it"),
        pytest.param("[x](/tags/physics.md)", "info", id="a tag of the properties, in a Markdown link"),
        pytest.param("[[tags/plug]]", "error", id="no tag of the vault"),
        pytest.param("[[tags/]]", "warning", id="the folder itself"),
        pytest.param("[[topics/physics]]", "error", id="another folder"),
    ],
)
def test_the_page_of_a_tag_is_made_by_the_site(findings, body, expected):
    files = {"a.md": body, "b.md": "---\ntags: [physics]\n---\n#plugin/filter", "tags/c.md": "", "topics/c.md": ""}
    assert [one.severity for one in findings(files, "LK002")] == [expected]
