"""Links to headings that hold a link: where the link is rewritten, the heading gets another name."""

from __future__ import annotations

import json

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.refactor.headings import in_place_of
from vaultkit.refactor.plan import plan_move, plan_relink, plan_relink_heading
from vaultkit.refactor.renaming import heading_renamed, renaming, renaming_done
from vaultkit.vault.load import snapshot_of_texts as vault_of


def moved(texts: dict[str, str], old: str, new: str) -> dict[str, str]:
    vault = vault_of(texts)
    move = plan_move(vault, renaming(vault, old, new), lambda path: texts[path].encode())
    names = dict(move.pairs)
    result = {names.get(path, path): text for path, text in texts.items()}
    return result | {rewrite.new_path: rewrite.after.decode() for rewrite in move.rewrites}


def lost_places(texts: dict[str, str]) -> list[str]:
    """Links to headings that are not there."""
    vault = vault_of(texts)
    return [
        f"{path}: {bound.link.linktext}"
        for path, bound in vault.written_links()
        if bound.target is not None and vault.place(bound.target, bound.link.subpath).kind == "missing"
    ]


@pytest.mark.parametrize(
    ("heading", "link", "expected"),
    [
        pytest.param("## [[b]] 14:13:49", "[[log#b 14 13 49]]", "[[log#new 14 13 49]]", id="a time"),
        pytest.param("## [[b]] 14:13:49", "[[log#b 14:13:49|x]]", "[[log#new 14:13:49|x]]", id="punctuation is kept"),
        pytest.param("## About [[b]]", "![[log#About b]]", "![[log#About new]]", id="an embed"),
        pytest.param("## About [[b|bee]]", "[[log#About b bee]]", "[[log#About new bee]]", id="with a label"),
        pytest.param("## About ![[b]]!", "[[log#About b]]", "[[log#About new]]", id="an embed in the heading"),
        pytest.param(
            "## About [bee](b.md)", "[[log#About bee b md]]", "[[log#About bee new md]]", id="a Markdown link"
        ),
        pytest.param("## [[b]] and [[b]]", "[[log#b and b]]", "[[log#new and new]]", id="the name twice"),
        pytest.param("## [[b]]\n### In", "[[log#b#In]]", "[[log#new#In]]", id="a heading above the one meant"),
        pytest.param("# A\n## [[b]]", "[[log#A#b]]", "[[log#A#new]]", id="a heading below another"),
        pytest.param("[[b]]\n===", "[[log#b]]", "[[log#new]]", id="a heading with a line below"),
        pytest.param("## [[b]] x", "[l](log.md#b%20x)", "[l](log.md#new%20x)", id="a Markdown link to it"),
        pytest.param("## [[b]] x", "[l](<log.md#b x>)", "[l](<log.md#new x>)", id="in angle brackets"),
        pytest.param("## [[b]] x", "[l]\n\n[l]: log.md#b%20x", "[l]\n\n[l]: log.md#new%20x", id="a definition"),
        pytest.param("## [[b]] x", '---\nup: "[[log#b x]]"\n---\n', '---\nup: "[[log#new x]]"\n---\n', id="a property"),
        pytest.param("## [[b]] x", "| [[log#b x\\|y]] |\n|--|", "| [[log#new x\\|y]] |\n|--|", id="in a table"),
        pytest.param("## [[b]] x\n## y", "[[log#y]] [[log#nope]]", "[[log#y]] [[log#nope]]", id="other places stay"),
        pytest.param("text [[b]] ^id", "[[log#^id]]", "[[log#^id]]", id="a block stays"),
        pytest.param("## B", "[[log#B]]", "[[log#B]]", id="a heading without a link"),
    ],
)
def test_links_to_the_heading_follow(heading, link, expected):
    texts = {"a.md": link, "log.md": heading, "b.md": ""}
    after = moved(texts, "b.md", "new.md")
    assert after["a.md"] == expected
    assert lost_places(after) == lost_places(texts)
    assert moved(after, "new.md", "b.md") == texts, "and back again"


@pytest.mark.parametrize(
    ("texts", "old", "new", "expected"),
    [
        pytest.param(
            {"log.md": "[[#b 1]]\n\n# [[b]] 1", "b.md": ""}, "b.md", "new.md",
            {"log.md": "[[#new 1]]\n\n# [[new]] 1"}, id="a link in the same note",
        ),
        pytest.param(
            {"a.md": "[[My Note#My Note]]", "My Note.md": "# [[My Note]]"}, "My Note.md", "New.md",
            {"a.md": "[[New#New]]", "New.md": "# [[New]]"}, id="a heading that links to its own note",
        ),
        pytest.param(
            {"a.md": "[[log#b]]", "log.md": "# [[b]]", "b.md": ""}, "b.md", "d/b.md",
            {"a.md": "[[log#b]]", "log.md": "# [[b]]"}, id="the name stays",
        ),
        pytest.param(
            {"a.md": "[[log#x b]]", "log.md": "# [[x/b]]", "x/b.md": "", "b.md": ""}, "x/b.md", "y/b.md",
            {"a.md": "[[log#y b]]", "log.md": "# [[y/b]]"}, id="the folder is in the heading",
        ),
        pytest.param(
            {"a.md": "[[log#Photo photo.png]]", "log.md": "## Photo ![[photo.png]]", "photo.png": ""},
            "photo.png", "photo.jpg",
            {"a.md": "[[log#Photo photo.jpg]]", "log.md": "## Photo ![[photo.jpg]]"}, id="a picture",
        ),
        pytest.param(
            {"a.md": "[[c#log b]]", "c.md": "# [[log#b]]", "log.md": "# [[b]]", "b.md": ""}, "b.md", "new.md",
            {"a.md": "[[c#log new]]", "c.md": "# [[log#new]]", "log.md": "# [[new]]"},
            id="a heading that links to such a heading",
        ),
        pytest.param(
            {"a.md": "[[Log#b x]] [[Log]]", "Log.md": "# [[b]] x", "b.md": ""}, "b.md", "New name (1).md",
            {"a.md": "[[Log#New name (1) x]] [[Log]]", "Log.md": "# [[New name (1)]] x"}, id="a longer name",
        ),
    ],
)  # fmt: skip
def test_headings_and_links_change_together(texts, old, new, expected):
    after = moved(texts, old, new)
    assert {path: after[path] for path in expected} == expected
    assert lost_places(after) == []


def test_a_node_of_a_canvas_follows():
    nodes = [
        {"id": "1", "type": "file", "file": "log.md", "subpath": "#b x"},
        {"id": "2", "type": "text", "text": "[[log#b x]]"},
        {"id": "3", "type": "file", "file": "log.md", "subpath": "#other"},
        {"id": "4", "type": "file", "file": "b.md", "subpath": "#b x"},
    ]
    canvas = json.dumps({"nodes": nodes})
    after = moved({"c.canvas": canvas, "log.md": "# [[b]] x\n# other", "b.md": "# b x"}, "b.md", "new.md")
    found = json.loads(after["c.canvas"])["nodes"]
    assert [node.get("subpath") or node.get("text") for node in found] == ["#new x", "[[log#new x]]", "#other", "#b x"]
    assert [node.get("file") for node in found] == ["log.md", None, "log.md", "new.md"]


def test_a_base_follows():
    after = moved({"c.base": 'x: link == "[[log#b x]]"', "log.md": "# [[b]] x", "b.md": ""}, "b.md", "new.md")
    assert after["c.base"] == 'x: link == "[[log#new x]]"'


def test_a_move_after_which_a_link_would_open_another_heading_is_refused():
    texts = {"a.md": "[[log#b]]", "log.md": "# new\n# [[b]]", "b.md": ""}
    with pytest.raises(VaultkitError, match="could not open this heading"):
        moved(texts, "b.md", "new.md")
    texts = {"a.md": "[[log#new]]", "log.md": "# [[b]]\n# new", "b.md": ""}
    with pytest.raises(VaultkitError, match="could not open this heading"):
        moved(texts, "b.md", "new.md")


def test_relink_follows_too():
    texts = {"a.md": "[[log#b x]]", "log.md": "# [[b]] x", "new.md": ""}
    vault = vault_of(texts)
    move = plan_relink(vault, renaming_done(vault, "b.md", "new.md"), lambda path: texts[path].encode())
    assert {rewrite.path: rewrite.after.decode() for rewrite in move.rewrites} == {
        "a.md": "[[log#new x]]",
        "log.md": "# [[new]] x",
    }


@pytest.mark.parametrize(
    ("target", "link", "told"),
    [
        pytest.param("# H", "[[b#H]]", [], id="the heading is there"),
        pytest.param("", "[[b#H]]", ["a.md b#H c.md"], id="a heading"),
        pytest.param("", "[[b#^x]]", ["a.md b#^x c.md"], id="a block"),
        pytest.param("", "[l](b.md#H)", ["a.md b.md#H c.md"], id="in Markdown"),
        pytest.param("", '---\nup: "[[b#H]]"\n---\n', ["a.md b#H c.md"], id="a property"),
        pytest.param("", "[[c#H]]", [], id="a link that opened it before"),
        pytest.param("", "[[b]]", [], id="no place"),
    ],
)
def test_relink_tells_what_the_new_note_lacks(target, link, told):
    texts = {"a.md": link, "c.md": target}
    vault = vault_of(texts)
    move = plan_relink(vault, renaming_done(vault, "b.md", "c.md"), lambda path: texts[path].encode())
    assert [f"{link.path} {link.linktext} {link.target}" for link in move.placeless] == told


def relinked(texts: dict[str, str], old: str, new: str) -> dict[str, str]:
    vault = vault_of(texts)
    move = plan_relink_heading(vault, *heading_renamed(vault, old, new), lambda path: texts[path].encode())
    return texts | {rewrite.path: rewrite.after.decode() for rewrite in move.rewrites}


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        pytest.param("[[b#Old]] [[b#old|x]] ![[b#Old]]", "[[b#New]] [[b#New|x]] ![[b#New]]", id="wikilinks"),
        pytest.param("[x](b.md#Old) [x](<b.md#Old>)", "[x](b.md#New) [x](<b.md#New>)", id="Markdown"),
        pytest.param("[x]\n\n[x]: b.md#Old 'T'", "[x]\n\n[x]: b.md#New 'T'", id="a definition"),
        pytest.param('---\nup: "[[b#Old]]"\n---\n', '---\nup: "[[b#New]]"\n---\n', id="a property"),
        pytest.param("[[b#Top#Old]]", "[[b#Top#New]]", id="below another heading"),
        pytest.param("[[b#Old#In]]", "[[b#New#In]]", id="above another heading"),
        pytest.param("[[b#Older]] [[c#Old]] [[b]]", "[[b#Older]] [[c#Old]] [[b]]", id="others stay"),
        pytest.param("`[[b#Old]]`", "`[[b#Old]]`", id="code stays"),
    ],
)
def test_relink_of_a_heading(link, expected):
    texts = {"a.md": link, "b.md": "# Top\n## New\n### In\n\n[[#Old]]", "c.md": "# Old"}
    after = relinked(texts, "b#Old", "b#New")
    assert after["a.md"] == expected
    assert after["b.md"] == "# Top\n## New\n### In\n\n[[#New]]"
    assert relinked(texts, "b.md#old", "#New") == after


def test_relink_of_a_heading_with_other_marks():
    texts = {"a.md": "[[b#1 Old, x]] [x](b.md#1%20Old,%20x)", "b.md": "# 2 New: (y)"}
    after = relinked(texts, "b#1 Old, x", "b#2 New: (y)")
    assert after["a.md"] == "[[b#2 New: (y)]] [x](b.md#2%20New%3A%20%28y%29)"


def test_relink_of_a_block():
    texts = {"a.md": "[[b#^old]] [[b#^Old|x]]", "b.md": "text ^new"}
    assert relinked(texts, "b#^old", "b#^new")["a.md"] == "[[b#^new]] [[b#^new|x]]"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("b#There", "b#New", "still exists", id="not gone"),
        pytest.param("b#Old", "b#Nope", "no such heading", id="not there"),
        pytest.param("b#Old", "c#Old", "another note", id="in another note"),
        pytest.param("b#Old", "b", "missing heading", id="no heading"),
        pytest.param("b#Old", "b#^new", "use two of the same kind", id="a block for a heading"),
        pytest.param("z#Old", "z#New", "no such file", id="no note"),
    ],
)
def test_relink_of_a_heading_is_refused(old, new, message):
    with pytest.raises(VaultkitError, match=message):
        relinked({"a.md": "[[b#Old]]", "b.md": "# There\n# New", "c.md": "# Old"}, old, new)


def test_in_place_of_needs_the_whole_chain():
    assert in_place_of("#A#B#C", "#B#C", "#D") == "#A#D"
    assert in_place_of("#A#B", "#B#C", "#D") is None
