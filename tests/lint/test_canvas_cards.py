"""Links in the text cards of canvases are judged as links of notes are, at their place in the canvas file."""

from __future__ import annotations

import json

import pytest

from vaultkit.cli.entry_point import run


def board(*cards: str) -> str:
    nodes = [{"id": str(number), "type": "text", "text": card} for number, card in enumerate(cards)]
    return json.dumps({"nodes": nodes, "edges": []}, indent="\t")


FILES = {"Cell.md": "# Part\n\ntext ^id\n", "x/Twin.md": "", "y/Twin.md": "", "p.png": None}


@pytest.mark.parametrize("code", ["LK001", "LK002", "LK003", "LK004", "LK005", "LK011", "EM001"])
def test_cards_are_silent(lint, code):
    cards = ("[[Cell]] [[Cell#Part]] [[Cell#^id]] ![[p.png]] [c](Cell.md) [[x/Twin]]", "`[[Nothing]]` [[]] [[#here]]")
    assert lint({**FILES, "b.canvas": board(*cards)}, code) == []


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        pytest.param("see [[Cells]]", "b.canvas:6:17: LK001 missing-note: no note named `Cells`; did you mean `Cell`?", id="a note"),
        pytest.param("é\n[x](d/gone.md)", "b.canvas:6:21: LK002 missing-file: `d/gone.md` does not exist in this vault", id="behind escapes"),
        pytest.param("[[Cell#Parts]]", "b.canvas:6:13: LK003 missing-heading: no heading `Parts` in `Cell`; did you mean `Part`?", id="a heading"),
        pytest.param("[[Cell#^no]]", "b.canvas:6:13: LK004 missing-block: no block `^no` in `Cell`", id="a block"),
        pytest.param("[[Twin]]", "b.canvas:6:13: LK005 ambiguous-link: `Twin` is ambiguous: probably opens `x/Twin.md`, but `y/Twin.md` has the same name", id="two notes"),
        pytest.param("[x](../../y.md)", "b.canvas:6:13: LK011 leaves-vault: link to a path outside the vault `../../y.md`: Obsidian cannot open it", id="out of the vault"),
        pytest.param("![[q.png]]", "b.canvas:6:13: EM001 missing-attachment: missing attachment `q.png`", id="a picture"),
    ],
)  # fmt: skip
def test_cards_are_found(lint, findings, card, expected):
    code = expected.split()[1]
    files = {**FILES, "b.canvas": board(card)}
    assert lint(files, code) == [expected]
    assert [finding.fix for finding in findings(files, code)] == [None], "escapes of JSON are no place for an edit"


def test_an_alias_in_a_card(lint):
    files = {"n.md": "---\naliases: [AKA]\n---\n", "b.canvas": board("[[AKA]]")}
    assert lint(files, "LK001") == [
        "b.canvas:6:13: LK001 missing-note: `AKA` is an alias of `n`; links cannot use aliases; write `[[n|AKA]]`"
    ]


def test_check_canvas_can_be_switched_off(lint):
    files = {**FILES, "b.canvas": board("[x](gone.md)"), "vaultkit.toml": "[rules.LK002]\ncheck-canvas = false\n"}
    assert lint(files, "LK002") == []


def test_what_move_rewrites_check_finds_at_the_same_place(tmp_path, monkeypatch, capsys):
    (tmp_path / "Cell.md").write_text("")
    (tmp_path / "b.canvas").write_text(board('"é" 😀 [[Cell]]', "![[Cell#Part]]"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["move", "Cell", "Zelle", "--vault", ".", "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "b.canvas:6:39: Cell -> Zelle",
        "b.canvas:11:16: Cell -> Zelle",
    ]
    (tmp_path / "Cell.md").rename(tmp_path / "Zelle.md")
    run(["check", ".", "--select", "LK001", "--show-info", "--output-format", "concise"])
    out = capsys.readouterr().out
    assert "b.canvas:6:37:" in out
    assert "b.canvas:11:13:" in out
    assert run(["relink", "Cell.md", "Zelle", "--vault", "."]) == 0
    run(["check", ".", "--select", "LK001", "--show-info"])
    assert "LK001" not in capsys.readouterr().out
