"""Files to the trash and back: nothing overwritten, the list written first."""

from __future__ import annotations

import json
from datetime import datetime

from vaultkit.cli.entry_point import run
from vaultkit.vault.workspace import load_vault
from vaultkit.vault.trash import move_to_trash, undo_moves
from vaultkit.query.unused_attachments import unused_attachments

NOW = datetime(2024, 5, 1, 12, 30, 15)


def test_there_and_back(tmp_path):
    (tmp_path / "Sub").mkdir()
    (tmp_path / ".trash/Sub").mkdir(parents=True)
    (tmp_path / "Sub/a.png").write_text("new")
    (tmp_path / ".trash/Sub/a.png").write_text("old")
    moves = move_to_trash(str(tmp_path), ["Sub/a.png"], NOW)
    assert moves.undo == ".trash/vaultkit-undo-20240501-123015.json"
    assert (tmp_path / ".trash/Sub/a.png").read_text() == "old"
    assert (tmp_path / ".trash/Sub/a 2.png").read_text() == "new"
    assert json.loads((tmp_path / moves.undo).read_text())["moves"] == [
        {"from": "Sub/a.png", "to": ".trash/Sub/a 2.png"}
    ]
    assert undo_moves(str(tmp_path), str(tmp_path / moves.undo)).refused == ()
    assert (tmp_path / "Sub/a.png").read_text() == "new"


def test_undo_overwrites_nothing_and_leaves_the_vault_alone(tmp_path):
    root = tmp_path / "vault"
    (root / ".trash").mkdir(parents=True)
    (root / "a.png").write_text("there again")
    (root / ".trash/a.png").write_text("old")
    (tmp_path / "b.png").write_text("outside")
    moves = [{"from": "a.png", "to": ".trash/a.png"}, {"from": "b.png", "to": "../b.png"}]
    (root / "list.json").write_text(json.dumps({"moves": moves}))
    undone = undo_moves(str(root), str(root / "list.json"))
    assert undone.done == ()
    assert undone.refused == ((".trash/a.png", "a.png exists already"), ("../b.png", "outside the vault"))
    assert (tmp_path / "b.png").exists()


def test_what_is_named_anywhere_is_in_use(tmp_path):
    (tmp_path / ".obsidian/snippets").mkdir(parents=True)
    for number in range(1, 7):
        (tmp_path / f"Pic {number}.png").write_text("")
    (tmp_path / "a.md").write_text("---\ncover: pic 2.PNG\n---\n![[Pic 1.png]] <img src='Pic%203.png'>\n")
    (tmp_path / ".obsidian/snippets/x.css").write_text("url('Pic 4.png')")
    (tmp_path / "b.canvas").write_text('{"nodes": [{"id": "1", "type": "text", "text": "Pic 5.png"}]}')
    assert unused_attachments(load_vault(tmp_path)) == ("Pic 6.png",)


def test_command(tmp_path, monkeypatch, capsys):
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("![[used.png]]")
    for name in ("used.png", "left.png"):
        (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)
    assert run(["orphans", "--trash"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "left.png -> .trash/left.png\n"
    undo = captured.err.split("'")[1]
    assert run(["orphans", "--undo", undo]) == 0
    assert (tmp_path / "left.png").exists()
