"""An Anki package from anybody: it computes nothing, brings only media, and is read in linear time."""

from __future__ import annotations

import io
import json
import sqlite3
import time
import zipfile
from pathlib import Path

import pytest

from vaultkit.cards.importers import anki_package
from vaultkit.cards.render.from_html import field_to_markdown
from vaultkit.cards.render.gaps import gapped
from vaultkit.cli.entry_point import run

TABLES = "create table col (models, decks); create table cards (nid, did, odid, ord);"
NOTES = "create table notes (id, guid, mid, tags, flds, mod);"
FILLED = "insert into notes values (1, 'g', 1, '', 'q\x1fa', 0); insert into cards values (1, 1, 0, 0);"
MODELS = json.dumps(
    {"1": {"name": "Basic", "type": 0, "flds": [{"name": "F"}, {"name": "B"}], "tmpls": [{"name": "C"}]}}
)


def package(
    tmp_path: Path, script: str, *, models: str = MODELS, decks: str = "{}", media: str = "{}", **files: bytes
) -> Path:
    path = tmp_path / "c.db"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(TABLES + script)
    connection.execute("insert into col values (?, ?)", (models, decks))
    connection.commit()
    connection.close()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("collection.anki2", path.read_bytes())
        archive.writestr("media", media)
        for number, data in enumerate(files.values()):
            archive.writestr(str(number), data)
    (tmp_path / "p.apkg").write_bytes(target.getvalue())
    return tmp_path / "p.apkg"


ENDLESS = "create view notes as with recursive r(x) as (select 1 union all select x + 1 from r) select x id, '' guid, 1 mid, '' tags, 'a' flds, 0 mod from r;"
HUGE = "create table notes (id, guid, mid, tags, mod, flds as (hex(zeroblob(400000000))));"


@pytest.mark.parametrize(
    ("script", "parts"),
    [
        pytest.param(ENDLESS, {}, id="a view without end"),
        pytest.param(HUGE, {}, id="a computed column"),
        pytest.param(NOTES + "create view cards2 as select 1;", {}, id="another view"),
        pytest.param(NOTES + FILLED, {"models": "null"}, id="no models"),
        pytest.param(NOTES + FILLED, {"models": "[" * 50_000}, id="deep models"),
        pytest.param(NOTES + FILLED, {"models": '{"1": []}'}, id="a model that is a list"),
        pytest.param(NOTES + FILLED, {"decks": "[]"}, id="decks that are a list"),
        pytest.param(NOTES + FILLED, {"media": "[" * 50_000}, id="deep media"),
        pytest.param(NOTES + "insert into notes values (1, 2, 3, 4, 5, 6);", {}, id="numbers for texts"),
    ],
)
def test_refused_with_one_sentence(tmp_path: Path, capsys, script: str, parts: dict[str, str]) -> None:
    path = package(tmp_path, script, **parts)
    (tmp_path / "v").mkdir()
    started = time.monotonic()
    assert run(["import", str(path), "--to", ".", "--vault", str(tmp_path / "v")]) == 2
    assert time.monotonic() - started < 20
    assert capsys.readouterr().err.startswith("error: ") and list((tmp_path / "v").iterdir()) == []


def test_a_query_without_end_is_stopped(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(anki_package, "MAX_SECONDS", 0.2)
    connection = sqlite3.connect(":memory:")
    anki_package._limit(connection)
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        connection.execute(
            "with recursive r(x) as (select 1 union all select x + 1 from r) select max(x) from r"
        ).fetchall()


def test_only_media_are_written(tmp_path: Path) -> None:
    names = ["Home.md", "x.canvas", "evil.js", "rlo\u202egnp.png", "CON.png", "aux", "_font.ttf", "good.png", "b.mp3"]
    media = json.dumps({str(number): name for number, name in enumerate(names)})
    path = package(tmp_path, NOTES + FILLED, media=media, **{f"f{number}": b"x" for number in range(len(names))})
    (tmp_path / "v").mkdir()
    assert run(["import", str(path), "--to", ".", "--vault", str(tmp_path / "v")]) == 0
    assert sorted(path.name for path in (tmp_path / "v").glob("*") if path.suffix != ".md") == [
        ".vaultkit",
        "b.mp3",
        "good.png",
    ]


OPENINGS = (
    "[sound:",
    "<img ",
    "<!--",
    "\\(",
    "\\[",
    "[$]",
    "[latex]",
    "<code>",
    "<pre>",
    '<a href="',
    '<span style="',
    "<vk-math",
    "{{c1::",
    "<",
    "</code>",
)


@pytest.mark.parametrize("sign", OPENINGS)
@pytest.mark.parametrize("end", ["", ">", "}}"])
def test_a_field_of_unclosed_signs(sign: str, end: str) -> None:
    """20,000 of them took half a minute."""
    started = time.process_time()
    field_to_markdown(gapped(sign * 20_000 + end).field)
    assert time.process_time() - started < 8


@pytest.mark.parametrize("tag", ["b", "div", "ul><li", "code", "table><tr><td", "ruby", "sub"])
def test_elements_in_each_other(tag: str) -> None:
    assert field_to_markdown(f"<{tag}>" * 3000 + "x")[0].endswith("x")
