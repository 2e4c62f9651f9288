"""Many cards of every kind and feature: notes, Anki, notes, Anki, with Anki itself (test only)."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_anki import PNG, col, load

from vaultkit.cli.app import group

__all__ = ["col"]  # a fixture

collection = pytest.importorskip("anki.collection", reason="the anki wheel is not installed")
pytest.importorskip("genanki", reason="the extra [anki] is not installed")

COUNT = int(os.environ.get("VAULTKIT_EXAMPLES", "200")) // 2
WORDS = [
    "plain words", "**bold**", "*it*", "***both***", "`code < x`", "$x^2_1$", "$$y*z$$", "==mark==", "~~gone~~",
    "[[Note|word]]", "[[Other]]", "[web](https://e.org/a_b)", "https://e.org/x_y", "![[p.png]]", "![[p.png|60]]",
    "![](my%20pic.png)", "![[s.mp3]]", "<u>u</u>", "H<sub>2</sub>O", r"\[1, 2\]", r"2 \* 3", r"\$5 and \$6", "&lt;b&gt;",
    "AT&T", "a < b", "#tag", "x%%hidden%%", "snake_case_x", "C:\\temp", "“quotes” – ‘x’", "日本語", "x^[foot]", "100%",
    "{braces}", "a_b*c", "![[Whole]]", "![[Whole#Part]]",
]  # fmt: skip
BLOCKS = [
    "- a\n    - {0}\n- c", "1. {0}\n2. {1}", "3. x\n4. {0}", "```py\nif a < b:\n    **c**\n```",
    "$$\n\\begin{{cases}} a & b \\\\\n c \\end{{cases}}\n$$", "> {0}\n> more", "> [!note] {0}\n> body {1}",
    "- [ ] todo\n- [x] {0}", "{0} {1}", "{0}\n{1}",
]  # fmt: skip
TABLE = "| a | b |\n| --- | --- |\n| 1 \\| 2 | **z** |"


def a_deck(chance: random.Random, count: int) -> str:
    def line(most: int = 3) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))

    def answer() -> str:
        parts = [chance.choice(BLOCKS).format(line(2), line(2)) for _ in range(chance.randint(1, 2))]
        return "\n<br>\n".join([*parts, TABLE] if chance.random() < 0.1 else parts)

    cards = []
    for number in range(count):
        question = f"Q{number} {line(2)}"
        cards.append(
            chance.choice(
                [
                    f"{question}::{line()}",
                    f"{question}:::{line(2)}",
                    f"{question}\n?\n{answer()}",
                    f"{question}\n?\n{answer()}",
                    f"{question}\n??\n{answer()}",
                    f"C{number} ==1;;**two**;;hint== and ==2;;$x$== {line(1).replace('==', '')}",
                    f"C{number} ==simple== {line(1).replace('==', '')} ==gap==",
                    f"C{number} ==ahh;;one==, ==hah;;two==, ==hha;;three==",
                    f"> [!card] {question}\n> {line(2)}",
                    f"Q: {question}\nA: {line(2)}",
                ]
            )
        )
    heading = f"## H {line(1)} #card\n{answer()}"
    return "---\ntags: [flashcards/deck]\n---\n\n" + "\n\n".join([*cards, heading]) + "\n"


def run(*words: str) -> str:
    result = CliRunner().invoke(group, list(words))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(("seed", "legacy"), [(1, False), (2, True)])
def test_nothing_is_lost_doubled_or_changed(
    seed: int, legacy: bool, col: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, back = tmp_path / "there", tmp_path / "back"
    for vault in (there, back):
        (vault / ".obsidian").mkdir(parents=True)
        (vault / "Whole.md").write_text("# Whole\n\ntext **b**\n\n## Part\n\n- one $x$\n- two\n", encoding="utf-8")
    for name in ("p.png", "my pic.png", "s.mp3"):
        (there / name).write_bytes(PNG + name.encode())
    (there / "a.md").write_text(a_deck(random.Random(seed), COUNT), encoding="utf-8")

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    run("cards", "export", "anki", str(tmp_path / "1.apkg"), "--vault", str(there))
    first = load(col, tmp_path / "1.apkg")
    assert (len(first.new), len(first.conflicting)) == (COUNT + 1, 0)
    cards, notes = col.card_count(), {number: tuple(col.get_note(number).fields) for number in col.find_notes("")}
    assert not col.get_empty_cards().notes

    options = collection.ExportAnkiPackageOptions(
        with_scheduling=False, with_deck_configs=False, with_media=True, legacy=legacy
    )
    col.export_anki_package(out_path=str(tmp_path / "2.apkg"), options=options, limit=None)
    assert f"{COUNT + 1} written" in run("import", str(tmp_path / "2.apkg"), "--to", "D", "--vault", str(back))

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    run("cards", "export", "anki", str(tmp_path / "3.apkg"), "--vault", str(back))
    last = load(col, tmp_path / "3.apkg")
    assert (len(last.new), len(last.updated), len(last.conflicting)) == (0, COUNT + 1, 0)
    assert (col.card_count(), col.note_count()) == (cards, COUNT + 1)
    for number, fields in notes.items():
        for before, after in zip(fields[:3], tuple(col.get_note(number).fields)[:3], strict=True):
            assert re.sub(r"\s+|</?p>|<br>", "", after) == re.sub(r"\s+|</?p>|<br>", "", before)
