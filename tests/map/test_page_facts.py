"""What the page is told of notes: first words, days, pictures, colour groups."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image

from vaultkit.graph.dates import day_of, pasted_day, times
from vaultkit.map import thumbnails as thumbs_module
from vaultkit.map.colour_groups import answers, colour_groups
from vaultkit.map.preview import outline, preview
from vaultkit.map.reuse import Reuse
from vaultkit.map.thumbnails import thumbnail, thumbs
from vaultkit.note.parse import parse_text
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.workspace import load_vault


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("---\na: b\n---\n# Title\nWords.", "Words.", id="properties and the first heading are not said"),
        pytest.param("See [[Note|this]] and [[Other]].", "See this and Other.", id="links as they are shown"),
        pytest.param("![[pic.png]] text", "text", id="embeds are not said"),
        pytest.param("**bold** *it* ==mark== `code` ~~old~~", "bold it mark code old", id="emphasis"),
        pytest.param("- one\n- [ ] two\n1. three\n> quoted", "one\ntwo\nthree\nquoted", id="marks at the line's head"),
        pytest.param("a %%hidden%% b", "a b", id="comments"),
        pytest.param("> [!note] Title\n> body", "Title\nbody", id="callout"),
        pytest.param("text ^block-id", "text", id="block id"),
        pytest.param("[site](https://example.org) ![x](https://example.org/y.png)", "site", id="external links"),
        pytest.param("x\n\n---\n\ny", "x\ny", id="rules"),
    ],
)
def test_preview(text, expected):
    assert preview(parse_text(text), text) == expected


def test_outline_is_short():
    text = "\n".join(f"## Part {n}" for n in range(40))
    assert outline(parse_text(text))[:2] == [[2, "Part 0"], [2, "Part 1"]]
    assert len(outline(parse_text(text))) == 14


@pytest.mark.parametrize(
    ("text", "day"),
    [("1970-01-02", 1), ("19700103 walk", 2), ("at 1970.01.02T10:00", 1), ("1234567890", None), ("2024-13-01", None), ("1970-02-31", None), ("", None)],
)  # fmt: skip
def test_day_of(text, day):
    assert day_of(text) == day


def test_days_come_from_property_then_name_then_pasted_picture():
    vault = vault_of(
        {
            "1970-01-05.md": "---\ncreated: 1970-01-02\n---\n![[Pasted image 19700110000000.png]]",
            "1970-01-06.md": "![[Pasted image 19700110000000.png]]",
            "pasted.md": "![[Pasted image 19700112000000.png]] ![[Pasted image 19710101000000.png]]",
            "none.md": "---\ncreated: soon\n---\n",
        }
    )
    assert times(vault) == {"1970-01-05.md": 1, "1970-01-06.md": 5, "pasted.md": 11}


def test_pasted_day():
    assert pasted_day("a/Pasted image 20240131235959.png") == 19753
    assert pasted_day("a/Pasted image 20249931235959.png") is None
    assert pasted_day("picture.png") is None


GROUP_VAULT = {"Work/a.md": "#deep/tag", "Work/b.md": "---\ntags: [Other]\n---\n", "Home/c.md": ""}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("path:Work", ["Work/a.md", "Work/b.md"]),
        ('path:"Work/" -file:b', ["Work/a.md"]),
        ("tag:#deep", ["Work/a.md"]),
        ("tag:other OR file:c", ["Home/c.md", "Work/b.md"]),
        ("tag:dee", []),
        ("work", ["Work/a.md", "Work/b.md"]),
    ],
)
def test_group_queries(query, expected):
    vault = vault_of(GROUP_VAULT)
    assert sorted(path for path in vault.notes if answers(vault, path, query)) == expected


def test_groups_of_the_settings_file(tmp_path):
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("")
    settings = {"colorGroups": [
        {"query": "file:a", "color": {"a": 1, "rgb": 0x1020FF}}, {"query": "line:(x)", "color": {"rgb": 1}},
        {"query": "", "color": {"rgb": 1}}, {"color": None}, 3, {"query": "x", "color": {"rgb": "red"}},
    ]}  # fmt: skip
    (tmp_path / ".obsidian/graph.json").write_text(json.dumps(settings))
    groups, unknown = colour_groups(load_vault(tmp_path))
    assert groups == (("#1020ff", "file:a", frozenset({"a.md"})),)
    assert unknown == ("line:(x)",)


@pytest.mark.parametrize("content", [None, "{", "[]", '{"colorGroups": 4}'])
def test_no_groups(tmp_path, content):
    (tmp_path / ".obsidian").mkdir()
    if content is not None:
        (tmp_path / ".obsidian/graph.json").write_text(content)
    assert colour_groups(load_vault(tmp_path)) == ((), ())


def picture(path, size=(400, 200)):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, "red").save(path, exif=b"Exif\x00\x00secret" if path.suffix == ".jpg" else b"")


def test_a_thumbnail_is_small_and_holds_no_exif(tmp_path):
    picture(tmp_path / "a.jpg", (800, 400))
    data = thumbnail(str(tmp_path / "a.jpg"))
    assert data is not None
    assert b"secret" not in data
    with Image.open(io.BytesIO(data)) as small:
        assert (small.format, small.size) == ("WEBP", (160, 80))
    assert thumbnail(str(tmp_path / "a.jpg")) == data


def test_what_is_no_picture_has_no_thumbnail(tmp_path, monkeypatch):
    (tmp_path / "a.png").write_bytes(b"no picture")
    assert thumbnail(str(tmp_path / "a.png")) is None
    assert thumbnail(str(tmp_path / "gone.png")) is None
    picture(tmp_path / "big.png", (300, 300))
    monkeypatch.setattr(thumbs_module, "MOST_PIXELS", 80_000)
    assert thumbnail(str(tmp_path / "big.png")) is None


def test_the_caps_are_told(tmp_path, monkeypatch):
    for name in "abc":
        picture(tmp_path / f"{name}.png")
    (tmp_path / "unused.png").write_bytes(b"")
    (tmp_path / "v.svg").write_text("<svg onload='x()'/>")
    (tmp_path / "n.md").write_text("![[b.png]] ![[b.png]] ![[a.png]] ![[c.png]] ![[v.svg]]")
    vault = load_vault(tmp_path)
    assert [path for path, _ in thumbs(vault, Reuse(None)).urls] == ["a.png", "b.png", "c.png"]
    monkeypatch.setattr(thumbs_module, "MOST", 1)
    few = thumbs(vault, Reuse(None))
    assert ([path for path, _ in few.urls], few.left_out) == (["b.png"], 2), "the most shown first"
