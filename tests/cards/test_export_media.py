"""Pictures and other files on cards, however they are embedded, in an Anki package and on the quiz page."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from vaultkit.cli.app import group

pytest.importorskip("genanki", reason="the extra [anki] is not installed")

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000049454e44ae426082")

OTHER = f"---\na: 1\n---\n# Part\n\n![[pic.png]] ![[Other note]]\n\na *block* ^b\n\n# Long\n\n{'word ' * 900}\n"
PART = (
    '<h1>Part</h1><p><img src="pic.png"> <span class="link" data-embed="Other note">Other note</span></p>'
    "<p>a <em>block</em></p>"
)


def back_of(tmp_path: Path, embed: str) -> tuple[str, list[str], str, int]:
    """The back of a card with this embed, the packed files, what was said, and the exit status."""
    root = tmp_path / "v"
    (root / ".obsidian").mkdir(parents=True)
    for name in ("img/my pic.png", "img/pic.png", "talk.mp3", "doc.pdf", "Drawing 1.excalidraw.svg"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(PNG)
    (root / "Other note.md").write_text(OTHER, encoding="utf-8")
    for name in ("Drawing 1.excalidraw.md", "Drawing 2.excalidraw.md"):
        (root / name).write_text("drawing\n", encoding="utf-8")
    (root / "a.md").write_text(f"#flashcards\n\nOne::{embed}\n", encoding="utf-8")
    out = tmp_path / "o.apkg"
    result = CliRunner().invoke(group, ["cards", "export", "anki", str(out), "--vault", str(root)])
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as archive:
        (tmp_path / "c.db").write_bytes(archive.read("collection.anki2"))
        files = sorted(json.loads(archive.read("media")).values())
    connection = sqlite3.connect(tmp_path / "c.db")
    ((fields,),) = connection.execute("select flds from notes").fetchall()
    connection.close()
    return fields.split("\x1f")[1], files, result.stderr, result.exit_code


@pytest.mark.parametrize(
    ("embed", "back", "files"),
    [
        ("![](img/my%20pic.png)", '<img src="my pic.png">', ["my pic.png"]),
        ("![alt](<img/my pic.png>)", '<img src="my pic.png">', ["my pic.png"]),
        ('![alt](img/pic.png "title")', '<img src="pic.png">', ["pic.png"]),
        ("![[pic.png\\|100]]", '<img src="pic.png" width="100">', ["pic.png"]),
        ("![[pic.png|100x80]]", '<img src="pic.png" width="100">', ["pic.png"]),
        ("![[talk.mp3]]", "[sound:talk.mp3]", ["talk.mp3"]),
        ("![[doc.pdf#page=2]]", '<a href="doc.pdf">doc.pdf</a>', ["doc.pdf"]),
        (
            "![[Other note#Part]]",
            f'<p><blockquote class="embed" data-embed="Other note#Part">{PART}</blockquote></p>',
            ["pic.png"],
        ),
        (
            "![[Other note#^b]]",
            '<p><blockquote class="embed" data-embed="Other note#^b"><p>a <em>block</em></p></blockquote></p>',
            [],
        ),
        ("![[Other note#Long]]", '<span class="link" data-embed="Other note#Long">Other note</span>', []),
        ("![[Other note#Nowhere]]", '<span class="link" data-embed="Other note#Nowhere">Other note</span>', []),
        ("![[Drawing 1.excalidraw]]", '<img src="Drawing 1.excalidraw.svg">', ["Drawing 1.excalidraw.svg"]),
        (
            "![[Drawing 2.excalidraw]]",
            '<span class="link" data-embed="Drawing 2.excalidraw">Drawing 2.excalidraw</span>',
            [],
        ),
        ("![](https://example.org/a.png)", '<img src="https://example.org/a.png">', []),
        ("![100](https://example.org/a.png)", '<img src="https://example.org/a.png" width="100">', []),
    ],
)
def test_embeds(tmp_path: Path, embed: str, back: str, files: list[str]) -> None:
    assert back_of(tmp_path, embed) == (back, files, "1 note exported\n", 0)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    back, files, said, status = back_of(tmp_path, "![](img/gone%201.png)")
    assert (back, files, status) == ("[img/gone 1.png]", [], 1)
    assert "a.md:3: img/gone 1.png: no such file" in said
