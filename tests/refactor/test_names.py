"""Names with brackets, and names typed in another Unicode form."""

from __future__ import annotations

import unicodedata

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.refactor.plan import plan_move
from vaultkit.refactor.renaming import renaming
from vaultkit.refactor.spelling import wikilink_reads_back
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.workspace import load_vault


def after(texts: dict[str, str], old: str, new: str) -> dict[str, str]:
    vault = vault_of(texts)
    move = plan_move(vault, renaming(vault, old, new), lambda path: texts[path].encode())
    names = dict(move.pairs)
    result = {names.get(path, path): text for path, text in texts.items()}
    return result | {rewrite.new_path: rewrite.after.decode() for rewrite in move.rewrites}


@pytest.mark.parametrize(
    ("name", "is_linkable"),
    [
        pytest.param("[Bug] x", True, id="at the start"),
        pytest.param("x [Bug]", False, id="at the end: the first ]] closes"),
        pytest.param("a[b]c", True, id="in the middle"),
        pytest.param("[a][b]", False, id="two pairs, the last at the end"),
        pytest.param("a[b", True, id="one that opens"),
        pytest.param("a]b", True, id="one that closes"),
        pytest.param("x]", False, id="one that closes at the end"),
        pytest.param("a[[b", False, id="two that open"),
        pytest.param("a]]b", False, id="two that close"),
        pytest.param("[[x]]", False, id="a link"),
        pytest.param("a\nb", False, id="a line end"),
    ],
)
def test_a_name_is_linkable_if_its_link_reads_back(name, is_linkable):
    assert wikilink_reads_back(name, name) == is_linkable
    texts = {"a.md": "[[old]] [[old#H|t]] ![[old]]", "old.md": "# H"}
    if is_linkable:
        assert after(texts, "old", name)["a.md"] == f"[[{name}]] [[{name}#H|t]] ![[{name}]]"
    else:
        with pytest.raises(VaultkitError):
            after(texts, "old", name)


@pytest.mark.parametrize(
    ("texts", "old", "new", "expected"),
    [
        pytest.param(
            {"a.md": "[[[Bug] x]] [[Old/[Bug] x]] [t](Old/%5BBug%5D%20x.md)", "Old/[Bug] x.md": ""}, "Old", "New",
            {"a.md": "[[[Bug] x]] [[New/[Bug] x]] [t](New/%5BBug%5D%20x.md)"}, id="a folder around it",
        ),
        pytest.param(
            {"a.md": "[[[Bug] x|t]] | ![[[Bug] x]]", "[Bug] x.md": ""}, "[Bug] x", "[Bug] y",
            {"a.md": "[[[Bug] y|t]] | ![[[Bug] y]]"}, id="another name with brackets",
        ),
        pytest.param(
            {"a.md": '---\nup: "[[[Bug] x]]"\n---\n', "[Bug] x.md": ""}, "[Bug] x", "y",
            {"a.md": '---\nup: "[[y]]"\n---\n'}, id="in a property",
        ),
        pytest.param(
            {"a.base": 'x: link == "[[[Bug] x]]"', "[Bug] x.md": ""}, "[Bug] x", "y",
            {"a.base": 'x: link == "[[y]]"'}, id="in a base",
        ),
        pytest.param(
            {"a.md": "[[x]]", "x.md": ""}, "x", "d [1]/x", {"a.md": "[[x]]"}, id="a folder with brackets",
        ),
    ],
)  # fmt: skip
def test_moves_with_brackets(texts, old, new, expected):
    moved = after(texts, old, new)
    assert {path: moved[path] for path in expected} == expected


@pytest.mark.parametrize("new", ["inner/", "inner/b", "inner/d/b.md", "Inner/b"])
def test_a_vault_inside_the_vault_is_no_place_to_move_to(tmp_path, new):
    for path, text in {"a.md": "[[b]]", "b.md": "", "inner/.obsidian/app.json": "{}", "inner/c.md": ""}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    with pytest.raises(VaultkitError, match="inner is a separate vault"):
        renaming(load_vault(tmp_path), "b", new)
    assert renaming(load_vault(tmp_path), "b", "inner2/b").pairs == (("b.md", "inner2/b.md"),)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("texts", "new", "path", "link"),
    [
        pytest.param({}, nfd("Café"), "Café.md", "[[Café]]", id="a name typed in parts"),
        pytest.param({}, nfd("É/Café"), "É/Café.md", "[[Café]]", id="with a new folder"),
        pytest.param({nfd("É/x.md"): ""}, "É/Café", f"{nfd('É')}/Café.md", "[[Café]]", id="a folder kept in parts"),
        pytest.param({nfd("É/x.md"): ""}, "É/", f"{nfd('É')}/old.md", "[[old]]", id="into a folder kept in parts"),
        pytest.param({"É/x.md": ""}, nfd("É/Café"), "É/Café.md", "[[Café]]", id="a folder typed in parts"),
        pytest.param({"É/x.md": ""}, nfd("É/"), "É/old.md", "[[old]]", id="into a folder typed in parts"),
        pytest.param({}, "한글", "한글.md", "[[한글]]", id="Hangul"),
    ],
)
def test_names_are_written_as_links_are(texts, new, path, link):
    moved = after({"a.md": "[[old]]", "old.md": "", **texts}, "old.md", new)
    assert path in moved
    assert moved["a.md"] == link
