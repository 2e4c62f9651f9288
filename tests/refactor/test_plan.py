"""What a move rewrites, as the files look before and after."""

from __future__ import annotations

import json
import random

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.refactor.plan import MovePlan, plan_move, plan_relink
from vaultkit.refactor.renaming import renaming, renaming_done
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.snapshot import Snapshot


def plan(texts: dict[str, str], old: str, new: str, app: dict[str, object] | None = None) -> tuple[Snapshot, MovePlan]:
    vault = vault_of(texts, app)
    return vault, plan_move(vault, renaming(vault, old, new), lambda path: texts[path].encode())


def after(texts: dict[str, str], old: str, new: str, app: dict[str, object] | None = None) -> dict[str, str]:
    _, move = plan(texts, old, new, app)
    names = dict(move.pairs)
    result = {names.get(path, path): text for path, text in texts.items()}
    return result | {rewrite.new_path: rewrite.after.decode() for rewrite in move.rewrites}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[[Old]]", "[[New]]", id="bare stays bare"),
        pytest.param("[[Old|the name]]", "[[New|the name]]", id="display text stays"),
        pytest.param("| [[Old\\|x]] |\n|--|", "| [[New\\|x]] |\n|--|", id="in a table cell"),
        pytest.param("![[Old#A#B|300]]", "![[New#A#B|300]]", id="embed with subpath and size"),
        pytest.param("[[Old#^id]]", "[[New#^id]]", id="block"),
        pytest.param("[[Old.md]]", "[[New.md]]", id="extension stays"),
        pytest.param("[[ Old ]]", "[[ New ]]", id="spaces stay"),
        pytest.param("[[d/Old]]", "[[d/New]]", id="path stays path"),
        pytest.param("[[/d/Old]]", "[[/d/New]]", id="path from the root"),
        pytest.param("[[./d/Old]]", "[[./d/New]]", id="relative wikilink"),
        pytest.param("[x](d/Old.md)", "[x](d/New.md)", id="markdown"),
        pytest.param("[x](./d/Old.md 'title')", "[x](./d/New.md 'title')", id="markdown relative with title"),
        pytest.param("[x](<Old.md#A b>)", "[x](<New.md#A b>)", id="angle brackets"),
        pytest.param("[x](Old)", "[x](New)", id="markdown without extension"),
        pytest.param("[x][r]\n\n[r]: d/Old.md 'T'", "[x][r]\n\n[r]: d/New.md 'T'", id="reference definition"),
        pytest.param('---\nup: "[[Old|x]]"\n---\n', '---\nup: "[[New|x]]"\n---\n', id="property"),
        pytest.param("---\nup: ['[[Old]]', '[[Old]]']\n---\n", "---\nup: ['[[New]]', '[[New]]']\n---\n", id="list"),
        pytest.param("%% [[Old]] %%", "%% [[New]] %%", id="in a comment"),
        pytest.param("`[[Old]]` [[Older]]", "`[[Old]]` [[Older]]", id="code and other names stay"),
        pytest.param("see [[old]]", "see [[new]]", id="letters as within a sentence"),
        pytest.param("[[Old]] [[Gone]]\r\n[[Old]]", "[[New]] [[Gone]]\r\n[[New]]", id="CRLF, twice"),
        pytest.param("😀 [[Old]] é", "😀 [[New]] é", id="behind wide characters"),
    ],
)
def test_rename(text, expected):
    texts = {"a.md": text, "d/Old.md": "", "Older.md": ""}
    assert after(texts, "d/Old.md", "d/New.md")["a.md"] == expected


@pytest.mark.parametrize(
    ("texts", "old", "new", "expected"),
    [
        pytest.param(
            {"a.md": "[x](My%20note.md)", "My note.md": ""}, "My note.md", "Your note (1).md",
            {"a.md": "[x](Your%20note%20(1).md)"}, id="spaces are encoded, balanced parentheses are not",
        ),
        pytest.param(
            {"a.md": "[x](caf%C3%A9.md)", "café.md": ""}, "café.md", "thé.md", {"a.md": "[x](th%C3%A9.md)"},
            id="percent letters stay percent letters",
        ),
        pytest.param(
            {"a.md": "[[x]]", "x.md": "", "d/y.md": ""}, "x.md", "y.md", {"a.md": "[[y]]"},
            id="an exact name at the root is enough",
        ),
        pytest.param(
            {"a.md": "[[x]]", "x.md": "", "y.md": ""}, "x.md", "d/y.md", {"a.md": "[[d/y]]"},
            id="a name that another file has becomes a path",
        ),
        pytest.param(
            {"d/a.md": "[[y]]", "c/y.md": "", "e/x.md": ""}, "e/x.md", "d/y.md", {"d/a.md": "[[c/y]]"},
            id="links to a file that stays are not drawn to the moved one",
        ),
        pytest.param(
            {"d/a.md": "[[b]] [x](./b.md) ![[p.png]] [y](../c.md) [z](../gone.md)", "d/b.md": "", "c.md": "", "p.png": ""},
            "d/a.md", "e/f/a.md",
            {"e/f/a.md": "[[b]] [x](../../d/b.md) ![[p.png]] [y](../../c.md) [z](../../gone.md)"},
            id="relative links of the moved note",
        ),
        pytest.param(
            {"a.md": "![[p.png|300]] ![x](d/p.png)", "d/p.png": ""}, "p.png", "q/r.png",
            {"a.md": "![[r.png|300]] ![x](q/r.png)"}, id="attachment",
        ),
        pytest.param(
            {"d/a.md": "[[d/b]] [[b]] [x](./b.md)", "d/b.md": "[[d/a]]", "c.md": "[[d/a]]"}, "d", "e",
            {"e/a.md": "[[e/b]] [[b]] [x](./b.md)", "e/b.md": "[[e/a]]", "c.md": "[[e/a]]"}, id="folder",
        ),
        pytest.param(
            {"a.md": "[[Old]] [[old]]", "Old.md": ""}, "Old.md", "OLD.md", {"a.md": "[[OLD]] [[old]]"},
            id="only the case changes",
        ),
        pytest.param(
            {"a.md": '---\nup: "[[x]]"\nto: \'[[x]]\'\n---\n', "x.md": ""}, "x.md", "it's.md",
            {"a.md": '---\nup: "[[it\'s]]"\nto: \'[[it\'\'s]]\'\n---\n'}, id="quotes in properties",
        ),
        pytest.param(
            {"a.md": "[x](x.md)", "x.md": ""}, "x.md", "50% & more.md", {"a.md": "[x](50%25%20&%20more.md)"},
            id="a percent sign is encoded",
        ),
    ],
)  # fmt: skip
def test_moves(texts, old, new, expected):
    result = after(texts, old, new)
    assert {path: result[path] for path in expected} == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param('u: "see [[Old]]"\ny: "[[Old]]"', 'u: "see [[Old]]"\ny: "[[New]]"', id="the same within a text"),
        pytest.param('w: [[Old]]\nx: "[[Old]]"', 'w: [[Old]]\nx: "[[New]]"', id="a list of lists"),
        pytest.param('# "[[Old]]"\nx: "[[Old]]" # [[Old]]', '# "[[Old]]"\nx: "[[New]]" # [[Old]]', id="in comments"),
        pytest.param('"[[Old]]": "[[Old]]"', '"[[Old]]": "[[New]]"', id="as a name"),
        pytest.param('x: "[[Old]]"\ny: "\\u005b[Old]]"', 'x: "[[New]]"\ny: "[[New]]"', id="with escapes"),
        pytest.param('x: "\\u005b[Old]]"\n', 'x: "[[New]]"\n', id="only with escapes"),
        pytest.param('x: &a "[[Old]]"\ny: *a', 'x: &a "[[New]]"\ny: *a', id="an alias"),
        pytest.param("x: '[[Old|it''s]]'", "x: '[[New|it''s]]'", id="doubled quotes"),
        pytest.param('x: "[[Old|\\"q\\"]]"', 'x: "[[New|\\"q\\"]]"', id="escaped quotes"),
        pytest.param("😀: é\nx:\n  - >-\n    [[Old]]\n  - '[m](Old.md)'", "😀: é\nx:\n  - >-\n    [[New]]\n  - '[m](New.md)'", id="folded"),
        pytest.param('{"x": ["[[Old]]", "text [[Old]]"]}', '{"x": ["[[New]]", "text [[Old]]"]}', id="JSON"),
        pytest.param('a: 1\r\nu: "[[Old]] x"\r\ny: "[[Old]]"\r\n', 'a: 1\r\nu: "[[Old]] x"\r\ny: "[[New]]"\r\n', id="CRLF"),
    ],
)  # fmt: skip
def test_links_in_properties_among_what_only_looks_like_one(block, expected):
    end = "\r\n" if "\r" in block else "\n"
    texts = {"a.md": f"---{end}{block.rstrip()}{end}---{end}", "Old.md": ""}
    assert after(texts, "Old", "New")["a.md"] == f"---{end}{expected.rstrip()}{end}---{end}"


def test_settings_decide_when_the_old_style_cannot_work():
    texts = {"d/a.md": "[[x]]", "x.md": "", "y.md": ""}
    assert after(texts, "x.md", "d/e/y.md", {"newLinkFormat": "relative"})["d/a.md"] == "[[./e/y]]"
    assert after(texts, "x.md", "d/e/y.md", {"newLinkFormat": "absolute"})["d/a.md"] == "[[d/e/y]]"


def test_canvas_is_edited_in_place():
    canvas = (
        '{ "nodes":[\n\t{"type":"file","id":"1","file":"d\\/Old.md","subpath":"#A"},\n'
        '\t{"id":"2","type":"text","text":"\\u00e9 [[Old]]\\nd/Old.md"},\n'
        '\t{"id":"3","type":"text","text":"d/Old.md"}, {"type":"group","background":"d/p.png"} ],"edges":[]}\n'
    )
    result = after({"c.canvas": canvas, "d/Old.md": "", "d/p.png": ""}, "d", "e")
    assert result["c.canvas"] == canvas.replace("d\\/Old.md", "e\\/Old.md").replace('"d/p.png"', '"e/p.png"')
    result = after({"c.canvas": canvas, "d/Old.md": "", "d/p.png": ""}, "d/Old.md", "d/Ñew.md")
    assert result["c.canvas"] == canvas.replace("d\\/Old.md", "d\\/Ñew.md").replace("[[Old]]", "[[\\u00d1ew]]")
    json.loads(result["c.canvas"])


def test_base_files():
    base = 'filters:\n  - \'file.inFolder("d")\'\n  - file.path == "d/Old.md"\n  - this == link("Old")\n  - [[Old]]\n'
    result = after({"x.base": base, "d/Old.md": ""}, "d", "e/f")
    assert result["x.base"] == base.replace('("d")', '("e/f")').replace("d/Old", "e/f/Old")
    result = after({"x.base": base, "d/Old.md": ""}, "d/Old.md", "d/New.md")
    assert result["x.base"] == base.replace("d/Old", "d/New").replace("[[Old]]", "[[New]]")


@pytest.mark.parametrize(
    ("line", "old", "new", "expected"),
    [
        pytest.param('link("d/it\'s.md")', "d", "e", 'link("e/it\'s.md")', id="an apostrophe"),
        pytest.param("'link(\"d/it''s.md\")'", "d/it's.md", "d/that's.md", "'link(\"d/that''s.md\")'", id="in single quotes"),
        pytest.param("'link(\"d/x.md\")'", "d/x.md", "d/x's.md", "'link(\"d/x''s.md\")'", id="one comes into single quotes"),
        pytest.param("up: 'file.path == \"d/x.md\"'", "d/x.md", "d/x's.md", "up: 'file.path == \"d/x''s.md\"'", id="behind a key"),
        pytest.param('"link(\\"d/it\'s.md\\")"', "d", "e", '"link(\\"e/it\'s.md\\")"', id="in double quotes"),
        pytest.param('file.hasLink("d/x")', "d", "e", 'file.hasLink("e/x")', id="of a link"),
        pytest.param("'file.inFolder(''d'')'", "d", "e", "'file.inFolder(''e'')'", id="doubled quotes"),
    ],
)  # fmt: skip
def test_paths_in_bases_within_any_quotes(line, old, new, expected):
    texts = {"x.base": f"filters:\n  - {line}\n", "d/it's.md": "", "d/x.md": ""}
    assert after(texts, old, new)["x.base"] == f"filters:\n  - {expected}\n"


def test_links_that_a_new_name_adopts_are_told():
    _, move = plan({"a.md": "[[New]]", "Old.md": ""}, "Old.md", "New.md")
    assert (move.rewrites, move.adopted) == ((), (("a.md", "New"),))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Old.md", "a.md", "already exists"),
        ("Old.md", "A.MD", "already exists"),
        ("Old.md", "x/../b.md", "not a path inside the vault"),
        ("Old.md", "../b.md", "not a path inside the vault"),
        ("Old.md", "/b.md", "not a path inside the vault"),
        ("Old.md", ".hidden.md", "start with a dot"),
        ("Old.md", "b#c.md", "links cannot open"),
        ("Old.md", "b|c.md", "links cannot open"),
        ("Old.md", "Old.png", "another file type"),
        ("Old.md", "Old.md", "already has this path"),
        ("Old.md", "a.md/b.md", "a file, not a folder"),
        ("Odl.md", "b.md", "did you mean `Old.md`?"),
        ("d", "d/e/f", "cannot be moved into itself"),
        ("d", "x", "a folder with this name exists|already exists"),
        ("same", "b.md", "ambiguous name"),
    ],
)
def test_refusals(old, new, message):
    texts = {"a.md": "", "Old.md": "", "d/e.md": "", "x/d/e.md": "", "d/same.md": "", "x/same.md": ""}
    with pytest.raises(VaultkitError, match=message):
        plan(texts, old, new)


def test_conflict_markers_are_refused():
    with pytest.raises(VaultkitError, match="conflict markers"):
        plan({"a.md": "<<<<<<< HEAD\n[[Old]]\n=======\n>>>>>>> x\n", "Old.md": ""}, "Old.md", "New.md")


@pytest.mark.parametrize(
    ("texts", "old", "new", "expected"),
    [
        pytest.param({"a.md": "[[Old#A|x]]", "New.md": ""}, "Old.md", "New.md", {"a.md": "[[New#A|x]]"}, id="renamed"),
        pytest.param({"a.md": "[x](d/n.md)", "e/n.md": ""}, "d/n.md", "e/n.md", {"a.md": "[x](e/n.md)"}, id="moved"),
        pytest.param({"a.md": "[[d/n]]", "e/n.md": ""}, "d/n.md", "e", {"a.md": "[[e/n]]"}, id="into a folder"),
        pytest.param({"a.md": "[[n]]", "e/n.md": ""}, "d/n.md", "e/n.md", {"a.md": "[[n]]"}, id="opens it already"),
        pytest.param({"a.md": "[[d/n]]", "e/n.md": "[[./b]]", "d/b.md": ""}, "d", "e",
                     {"a.md": "[[e/n]]", "e/n.md": "[[../d/b]]"}, id="some files of a folder"),
        pytest.param({"e/n.md": "[x](./b.md)", "d/b.md": ""}, "d/n.md", "e/n.md", {"e/n.md": "[x](../d/b.md)"},
                     id="relative links of the moved note"),
    ],
)  # fmt: skip
def test_relink(texts, old, new, expected):
    vault = vault_of(texts)
    if "d/b.md" in texts and old == "d":
        with pytest.raises(VaultkitError, match="still exists"):
            renaming_done(vault, old, new)
        return
    move = plan_relink(vault, renaming_done(vault, old, new), lambda path: texts[path].encode())
    assert move.pairs == ()
    result = texts | {rewrite.path: rewrite.after.decode() for rewrite in move.rewrites}
    assert {path: result[path] for path in expected} == expected


@pytest.mark.parametrize(
    ("texts", "old", "new", "doubt", "expected"),
    [
        pytest.param({"e/n.md": "[x](./b.md)", "d/b.md": "", "e/b.md": ""}, "d/n.md", "e/n.md",
                     ("e/n.md", "./b.md", "d/b.md", "e/b.md"), {"e/n.md": "[x](../d/b.md)"}, id="of the moved note"),
        pytest.param({"a.md": "[[n]]", "n.md": "", "d/n.md": ""}, "d/e/n.md", "n.md",
                     ("a.md", "n", "d/n.md", "n.md"), {"a.md": "[[d/n]]"}, id="drawn to the moved note"),
    ],
)  # fmt: skip
def test_relink_leaves_and_tells_links_that_may_be_newer(texts, old, new, doubt, expected):
    vault = vault_of(texts)
    done = renaming_done(vault, old, new)
    move = plan_relink(vault, done, lambda path: texts[path].encode())
    assert move.rewrites == ()
    assert [(one.path, one.linkpath, one.opened, one.opens) for one in move.doubtful] == [doubt]
    move = plan_relink(vault, done, lambda path: texts[path].encode(), just_moved=True)
    assert move.doubtful == ()
    assert {rewrite.path: rewrite.after.decode() for rewrite in move.rewrites} == expected


def random_vault(seed: int) -> dict[str, str]:
    chance = random.Random(seed)
    folders = ["", "d/", "d/e/", "Ünter ordner/", "x y/"]
    names = ["Note", "note b", "Über", "C", "GPT-3.5", "it's", "(x)", "日本"]
    paths = list(dict.fromkeys(chance.choice(folders) + chance.choice(names) + ".md" for _ in range(12)))
    paths += [chance.choice(folders) + "p q.png"]
    texts = {}
    for path in paths:
        lines = []
        for _ in range(6):
            target = chance.choice(paths)
            name = target.rpartition("/")[2]
            stem = target.removesuffix(".md")
            up = "../" * path.count("/")
            encoded = target.replace(" ", "%20")
            lines.append(
                chance.choice(
                    [
                        f"[[{name.removesuffix('.md')}]]", f"![[{stem}|a]]", f"[[/{stem}#H]]", f"[[{up or './'}{stem}]]",
                        f"[x]({encoded})", f"[x](<{up or './'}{target}>)", f"[x]({name.replace(' ', '%20')}#H)",
                        f"[[{name.removesuffix('.md').lower()}]]", "[[nobody]]", f"[x]({up}../out.md)",
                    ]
                )
            )  # fmt: skip
        texts[path] = f'---\nup: "[[{chance.choice(paths).removesuffix(".md")}]]"\n---\n# H\n' + "\n".join(lines) + "\n"
    nodes = [{"id": str(number), "type": "file", "file": path} for number, path in enumerate(paths)]
    texts["z.canvas"] = json.dumps({"nodes": nodes}, ensure_ascii=seed % 2 == 0)
    return texts


@pytest.mark.parametrize("seed", range(60))
def test_every_link_opens_what_it_opened(seed):
    """Random vaults: the table of links is the same but for the new path, whatever moves where."""
    texts = random_vault(seed)
    chance = random.Random(seed)
    folders = {path.rpartition("/")[0] for path in texts} - {""}
    old = chance.choice([*(path for path in texts if not path.endswith("canvas")), *sorted(folders)])
    if old in folders:
        new = f"new folder {seed}/{chance.choice(['', 'deep/er/'])}x"
    else:
        new = chance.choice(["", "d/", "new/place/"]) + f"Zz & {seed}" + old[old.rfind(".") :]
    vault, move = plan(texts, old, new)
    names = dict(move.pairs)
    result = after(texts, old, new)
    moved = vault_of(result)
    expected = {
        names.get(source, source): {names.get(target, target): count for target, count in targets.items()}
        for source, targets in vault.resolved.items()
    }
    assert {path: dict(targets) for path, targets in moved.resolved.items()} == expected


@pytest.mark.parametrize("seed", range(40))
def test_moving_back_gives_the_same_bytes(seed):
    """Where names are unique and links are written as the app writes them, there and back changes nothing."""
    chance = random.Random(seed)
    folders = ["", "d/", "d/e/", "x y/"]
    paths = [f"{chance.choice(folders)}N{number} é.md" for number in range(10)]
    texts = {}
    for path in paths:
        links = []
        for target in chance.choices(paths, k=5):
            stem = target.removesuffix(".md")
            links += [f"[[{stem.rpartition('/')[2]}]] [[{stem}|t]] [x]({target.replace(' ', '%20')}#H)"]
        texts[path] = "\n".join(links)
    old = chance.choice(paths)
    new = f"{chance.choice(['d/', 'far/away/in/'])}M{seed}.md"
    there = after(texts, old, new)
    assert after(there, new, old) == texts
