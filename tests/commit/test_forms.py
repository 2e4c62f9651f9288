"""Every form in which a file can be named: what a commit breaks in notes, canvases and settings it does not touch."""

from __future__ import annotations

import json

import pytest
from repositories import PICTURE, Repository

CANVAS = '{{"nodes":[{{"id":"1","type":"file","file":"{0}","subpath":"{1}"}}]}}'
DRAWING = (
    "---\nexcalidraw-plugin: parsed\n---\n# Head\n\ntext ^t1\n\n%%\n# Drawing\n```compressed-json\nN4Ig\n```\n%%\n"
)
BASE = "views:\n  - type: table\n    name: Related trips\n  - type: cards\n    name: All\n"
TARGET = "# T\n\n## Part\n\n### Deep\n\nclaim ^c1\n\n[^1]: note\n"

DELETED = [
    pytest.param("[[t]]", id="wikilink"),
    pytest.param("[[t|shown]] and [[t#Part|x]]", id="with display text"),
    pytest.param("![[t]]", id="embed"),
    pytest.param("[x](t.md)", id="Markdown link"),
    pytest.param("[x](<t.md>)", id="in angle brackets"),
    pytest.param("[x](./t.md)", id="relative"),
    pytest.param("[x](t.md 'title')", id="with title"),
    pytest.param("![x](t.md)", id="Markdown embed"),
    pytest.param("see [x][r]\n\n[r]: t.md", id="reference link"),
    pytest.param("see [r]\n\n[r]: t.md 'title'", id="shortcut reference"),
    pytest.param('---\nup: "[[t]]"\n---\n', id="property"),
    pytest.param('---\nup:\n  - "[[t]]"\n---\n', id="list property"),
    pytest.param("> [!note]\n> [[t]]\n", id="in a callout"),
    pytest.param("| a |\n| - |\n| [[t\\|x]] |\n", id="in a table"),
    pytest.param("- item\n  - [[T]]\n", id="in a list, other case"),
    pytest.param("# About [[t]]\n", id="in a heading"),
    pytest.param("note[^1]\n\n[^1]: [[t]]\n", id="in a footnote"),
    pytest.param("[[/t]]", id="from the root"),
    pytest.param("[[t.md]]", id="with extension"),
]


@pytest.mark.parametrize("text", DELETED)
def test_a_deleted_note(repository: Repository, text):
    repository.commit({"a.md": text, "t.md": TARGET})
    repository.git("rm", "-q", "t.md")
    status, lines = repository.hook()
    assert status == 1
    assert lines[0].startswith("deleting `t.md` breaks ")
    assert lines[-1] == "  run `vaultkit relink t.md NEW` to link to another note"


@pytest.mark.parametrize("name", ["data.csv", "files/z.zip", "report.docx", "notes.txt", "p.png", "d.pdf", "x.canvas"])
@pytest.mark.parametrize("form", ["[x]({0})", "[[{0}]]", "![[{0}]]"])
def test_a_deleted_file_of_any_type(repository, name, form):
    repository.commit({"a.md": form.format(name) + "\n", name: "{}", "staged too.md": "x\n"})
    repository.git("rm", "-q", name)
    repository.write({"staged too.md": "y\n"})
    repository.git("add", "-A")
    status, lines = repository.hook()
    assert (status, lines[:2]) == (1, [f"deleting `{name}` breaks 1 link:", f"  a.md:1:1: {form.format(name)}"])


def test_a_renamed_file_that_obsidian_does_not_list(repository):
    repository.commit({"a.md": "[x](data.csv)\n", "data.csv": "1,2\n"})
    repository.git("mv", "data.csv", "numbers.csv")
    assert repository.hook()[1][0] == "renaming `data.csv` to `numbers.csv` breaks 1 link:"


def test_files_that_obsidian_shows_on_request(repository):
    repository.commit(
        {".obsidian/app.json": '{"showUnsupportedFiles": true}', "a.md": "[[data.csv]]\n", "data.csv": "1\n"}
    )
    repository.git("rm", "-q", "data.csv")
    assert repository.hook()[1][0] == "deleting `data.csv` breaks 1 link:"


def test_a_changed_file_that_obsidian_does_not_list_is_nothing(repository):
    repository.commit({"a.md": "[x](data.csv)\n", "data.csv": "1,2\n"})
    repository.write({"data.csv": "3\n"})
    repository.git("add", "-A")
    assert repository.hook() == (0, [])


PLACES = [
    pytest.param("[[t#Part]]", "## Other", "heading `Part`", id="heading"),
    pytest.param("[[t#T#Part]]", "## Other", "heading `T#Part`", id="chain of headings"),
    pytest.param("[[t#Part#Deep]]", "## Other", "heading `Part#Deep`", id="a chain whose middle goes"),
    pytest.param("![[t#Part]]", "## Other", "heading `Part`", id="embed"),
    pytest.param("[x](t.md#Part)", "## Other", "heading `Part`", id="Markdown link"),
    pytest.param('---\nup: "[[t#Part]]"\n---\n', "## Other", "heading `Part`", id="property"),
]


@pytest.mark.parametrize(("text", "heading", "lost"), PLACES)
def test_a_lost_heading(repository, text, heading, lost):
    repository.commit({"a.md": text + "\n", "t.md": TARGET})
    repository.write({"t.md": TARGET.replace("## Part", heading)})
    repository.git("add", "-A")
    assert repository.hook()[1][0] == f"removing {lost} from `t.md` breaks 1 link:"


@pytest.mark.parametrize("text", ["[[t#^c1]]", "![[t#^C1]]", "[x](t.md#^c1)", '---\nup: "[[t#^c1]]"\n---\n'])
def test_a_lost_block(repository, text):
    repository.commit({"a.md": text + "\n", "t.md": TARGET})
    repository.write({"t.md": TARGET.replace(" ^c1", "")})
    repository.git("add", "-A")
    assert repository.hook()[1][0].startswith("removing block `^")


def test_a_lost_footnote(repository):
    repository.commit({"a.md": "[x](t.md#[^1])\n", "t.md": TARGET})
    repository.write({"t.md": TARGET.replace("[^1]: note", "")})
    repository.git("add", "-A")
    assert repository.hook()[1][0] == "removing footnote `[^1]` from `t.md` breaks 1 link:"


def test_a_heading_that_comes_twice(repository):
    repository.commit({"a.md": "[[t#Part]]\n", "t.md": TARGET})
    repository.write({"t.md": TARGET + "\n## Part\n"})
    repository.git("add", "-A")
    assert [line.split(": ")[1] for line in repository.hook()[1]] == ["warning ST006 ambiguous-heading"]


CANVASES = [
    pytest.param("#Part", "## Other", "removing heading `Part` from `t.md` breaks 1 link:", id="heading"),
    pytest.param("#^c1", "## Part", "removing block `^c1` from `t.md` breaks 1 link:", id="block"),
]


@pytest.mark.parametrize(("subpath", "heading", "message"), CANVASES)
def test_a_card_of_a_canvas(repository, subpath, heading, message):
    repository.commit({"c.canvas": CANVAS.format("t.md", subpath), "t.md": TARGET})
    repository.write({"t.md": TARGET.replace("## Part", heading).replace(" ^c1", "")})
    repository.git("add", "-A")
    assert repository.hook()[1][0] == message


def test_check_reports_places_of_canvas_cards(repository):
    repository.commit(
        {
            "c.canvas": CANVAS.format("t.md", "#Nope"), "d.canvas": CANVAS.format("t.md", "#^nope"),
            "e.canvas": CANVAS.format("t.md", "#Part"), "f.canvas": CANVAS.format("p.png", "#x"),
            "t.md": TARGET, "p.png": PICTURE,
        }
    )  # fmt: skip
    out = repository.vaultkit("check", "--output-format", "concise")[1].splitlines()
    assert [" ".join(line.split()[:3]) for line in out] == ["c.canvas:1:43: error LK003", "d.canvas:1:43: error LK004"]


@pytest.mark.parametrize(
    "link", ["![[Trips.base#Related trips]]", "[[Trips.base#related Trips]]", "[x](Trips.base#Related%20trips)"]
)
def test_a_view_of_a_base(repository, link):
    repository.commit({"a.md": link + "\n", "Trips.base": BASE})
    assert repository.vaultkit("check")[0] == 0
    repository.write({"Trips.base": BASE.replace("Related trips", "Trips nearby")})
    repository.git("add", "-A")
    assert repository.hook()[1][0].casefold() == "removing view `related trips` from `trips.base` breaks 1 link:"
    repository.git("commit", "-qnm", "x")
    assert "no view" in repository.vaultkit("check", "--output-format", "concise")[1]


@pytest.mark.parametrize("base", ["", "views: {\n", "views: 3\n", BASE])
def test_views_that_cannot_be_judged_or_are_there(repository, base):
    repository.commit({"a.md": "![[Trips.base]] ![[Trips.base#All]]\n", "Trips.base": base})
    assert repository.vaultkit("check", "--select", "LK")[:2] == (0, "")


PARTS = ["^group=abc|300", "^frame=x", "^area=y", "^clippedframe=z", "^8GqPYYf1", "^t1", "Head"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", ["D.excalidraw", "D"])
def test_parts_of_a_drawing(repository, part, name):
    path = f"{name}.md"
    repository.commit({"a.md": f"![[{name}#{part}]]\n", path: DRAWING})
    assert repository.vaultkit("check")[:2] == (0, "")
    assert repository.vaultkit("check", "--select", "LK")[0] == 0


def test_a_drawing_has_headings_like_any_note(repository):
    repository.commit({"a.md": "![[D#Nope]]\n", "D.md": DRAWING})
    assert "LK003" in repository.vaultkit("check", "--output-format", "concise")[1]


SETTINGS = [
    pytest.param("bookmarks.json", {"items": [{"type": "file", "path": "b.md"}]}, ("rm", "-q", "b.md"), id="bookmark"),
    pytest.param("templates.json", {"folder": "T"}, ("mv", "T", "U"), id="template folder"),
    pytest.param("daily-notes.json", {"template": "T/day"}, ("mv", "T/day.md", "T/x.md"), id="template of daily notes"),
    pytest.param("plugins/templater-obsidian/data.json", {"templates_folder": "T"}, ("mv", "T", "U"), id="Templater"),
]


@pytest.mark.parametrize(("name", "content", "command"), SETTINGS)
def test_settings_of_obsidian_that_name_a_file(repository, name, content, command):
    repository.commit({f".obsidian/{name}": json.dumps(content), "b.md": "x\n", "T/day.md": "x\n"})
    repository.git(*command)
    status, lines = repository.hook()
    assert status == 1
    assert [line.split(" ")[2] for line in lines] == ["HY003"]
    assert lines[0].startswith(f".obsidian/{name}:1:")


@pytest.mark.parametrize(("name", "content", "command"), SETTINGS)
def test_settings_that_are_not_part_of_the_commit(repository, name, content, command):
    repository.commit({".gitignore": ".obsidian\n", "b.md": "x\n", "T/day.md": "x\n"})
    repository.write({f".obsidian/{name}": json.dumps(content)})
    repository.git(*command)
    assert repository.hook() == (0, [])


NAMES = ["SearchOff.png:Zone.Identifier", "note: 1.txt", "a.md.", "Icon\r", "con.csv", "what?.zip"]


@pytest.mark.parametrize("name", NAMES)
def test_names_that_break_a_checkout(repository, name):
    repository.commit({"b.md": "x\n"})
    repository.write({name: "x"})
    repository.git("add", "-A")
    status, lines = repository.hook()
    assert status == 1 and len(lines) == 1 and " NM001 unsafe-name: " in lines[0]
    assert "NM001" in repository.vaultkit("check", "--output-format", "concise")[1]


def test_ordinary_names_that_obsidian_does_not_list(repository):
    repository.write({"Makefile": "x", "a.tar.gz": "x", ".env": "x", "C# [x]/main.py": "x", "b^2 #1.txt": "x"})
    repository.git("add", "-A")
    assert repository.hook() == (0, [])


@pytest.mark.parametrize("other", ["data.csv", "DATA.CSV"])
def test_names_that_differ_by_case(repository, other):
    repository.commit({"Data.csv": "1\n"})
    repository.write({other: "2\n"})
    repository.git("add", "-A")
    status, lines = repository.hook()
    assert status == 1 and " NM002 case-collision: " in lines[0]


def test_a_whole_folder_deleted_is_told_once(repository):
    notes = {f"Old/Sub {at % 3}/n{at}.md": "x\n" for at in range(30)}
    links = {f"a{at}.md": f"[[n{at}]]\n" for at in range(30)}
    repository.commit(notes | links)
    repository.git("rm", "-rq", "Old")
    lines = repository.hook()[1]
    assert lines[0] == "deleting the folder `Old` breaks 30 links:"
    assert lines[-2:] == ["  … and 20 more", "  change the links, or keep the files"]
    assert len(lines) == 13


def test_part_of_a_folder_deleted(repository):
    repository.commit({"Old/a.md": "x\n", "Old/b.md": "x\n", "Old/c.md": "x\n", "n.md": "[[a]] [[b]]\n"})
    repository.git("rm", "-q", "Old/a.md", "Old/b.md")
    assert [line for line in repository.hook()[1] if line.startswith("del")] == [
        "deleting `Old/a.md` breaks 1 link:", "deleting `Old/b.md` breaks 1 link:",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["my note.md", "my data.csv"])
def test_a_link_with_a_space_becomes_a_file(repository, name):
    """`[x](my data.csv)` is no link and opened nothing before either."""
    repository.commit({"a.md": f"[x]({name})\n"})
    repository.write({name: "x\n"})
    repository.git("add", "-A")
    assert repository.hook() == (0, [])


def test_an_embed_that_closes_a_circle(repository):
    repository.commit({"a.md": "![[b]]\n", "b.md": "![[c]]\n", "c.md": "x\n"})
    repository.write({"c.md": "![[a]]\n"})
    repository.git("add", "-A")
    assert [line.split(" ")[2] for line in repository.hook()[1]] == ["EM008"]


def test_reference_pictures(repository):
    text = "![alt][p] ![q] `![r]`\n\n[p]: img/p.png\n[q]: q.png\n[r]: r.png\n"
    repository.commit({"a.md": text, "img/p.png": PICTURE, "q.png": PICTURE})
    assert repository.vaultkit("check")[0] == 0
    repository.git("rm", "-q", "img/p.png")
    assert repository.hook()[1][:2] == ["deleting `img/p.png` breaks 1 link:", "  a.md:3:1: [p]: img/p.png"]
    repository.git("commit", "-qnm", "x")
    out = repository.vaultkit("check", "--output-format", "concise")[1]
    assert [line.split(" ")[2] for line in out.splitlines()] == ["LK002"]
