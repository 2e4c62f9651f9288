"""The commands: cards list, stats, due, coverage, export; quiz; and what they leave with."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from vaultkit.cards.study.session import typed_score
from vaultkit.cli.app import group

FILES = {
    "Geo/Norway.md": "#flashcards/geo\n\nCapital of Norway::Oslo\n<!--SR:!2026-01-10,4,250-->\n\n"
    "hund:::dog\n<!--SR:!2026-01-20,4,250!2000-01-01,1,250-->\n\nWhat is a [[Fjord]]?\n?\n",
    "Geo/Fjord.md": "A deep inlet.\n",
    "Chem/Salt.md": "---\ntags: [flashcards/chem/basic]\naliases: [NaCl]\n---\nFormula of Salt::=NaCl()\n"
    "<!--SR:!fsrs,2026-01-15T10:00:00.000Z,5,3.2,4.1,2,3,0,0,2026-01-05T10:00:00.000Z-->\n\n==Oslo== in Norway\n",
    "Plain.md": "No cards, `std::x`, status:: done\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "v" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "v" / ".obsidian").mkdir()
    return tmp_path / "v"


def call(vault: Path, *words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(group, [*words, "--vault", str(vault)], input=stdin)


def as_json(vault: Path, *words: str) -> Any:
    result = call(vault, *words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_list(vault: Path) -> None:
    answer = as_json(vault, "cards", "list")
    assert answer["version"] == 1
    blocks = answer["blocks"]
    assert [(b["path"], b["kind"], b["deck"], b["line"], b["end_line"], b["compat"]) for b in blocks] == [
        ("Chem/Salt.md", "single-basic", "flashcards/chem/basic", 5, 6, "same"),
        ("Chem/Salt.md", "cloze", "flashcards/chem/basic", 8, 8, "same"),
        ("Geo/Norway.md", "single-basic", "flashcards/geo", 3, 4, "same"),
        ("Geo/Norway.md", "single-reversed", "flashcards/geo", 6, 7, "same"),
        ("Geo/Norway.md", "multi-basic", "flashcards/geo", 9, 10, "same"),
    ]
    assert blocks[3]["cards"] == [{"front": "hund", "back": "dog"}, {"front": "dog", "back": "hund"}]
    assert blocks[2]["schedule"] == [{"due": "2026-01-10", "interval": 4, "ease": 250, "algorithm": "sm2"}]


def test_a_long_list_is_the_same_in_pieces(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several processes write the blocks of a long list, one a line and in order."""
    whole = call(vault, "cards", "list", "--format", "json").stdout
    monkeypatch.setattr("vaultkit.cards.exporters.rows.BLOCKS_WORTH_A_WORKER", 1)
    monkeypatch.setattr("vaultkit.cards.exporters.rows.BLOCKS_A_TICKET", 2)
    assert call(vault, "cards", "list", "--format", "json").stdout == whole
    assert len(json.loads(whole)["blocks"]) == len(whole.splitlines()) - 2 == 5


def test_list_filters_and_tables(vault: Path) -> None:
    assert len(as_json(vault, "cards", "list", "--deck", "chem")["blocks"]) == 2
    assert len(as_json(vault, "cards", "list", "--path", "Geo")["blocks"]) == 3
    table = call(vault, "cards", "list", "--deck", "geo").stdout
    assert "Geo/Norway.md:9  What is a [[Fjord]]? → (no answer)  flashcards/geo" in table
    rows = list(csv.DictReader(io.StringIO(call(vault, "cards", "list", "--format", "csv").stdout)))
    assert [row["front"] for row in rows if row["deck"] == "flashcards/geo"][:2] == ["Capital of Norway", "hund"]


def test_stats_sum_a_deck_tree_without_counting_twice(vault: Path) -> None:
    rows = {row["deck"]: row for row in as_json(vault, "cards", "stats", "--date", "2026-01-15")["rows"]}
    assert rows["all"] == {
        "deck": "all", "questions": 5, "cards": 6, "new": 3, "learning": 0, "due": 1, "overdue": 1, "unanswered": 1,
        "faults": 1, "words": 1, "media": 0, "oldest_due": "2026-01-10",
    }  # fmt: skip
    assert rows["flashcards/chem"]["cards"] == rows["flashcards/chem/basic"]["cards"] == 2
    assert rows["flashcards"]["questions"] == 5


def test_stats_of_learning_media_length_and_whole_notes(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text(
        "---\nsr-due: 2026-01-15\nsr-interval: 3\nsr-ease: 250\ntags: [flashcards]\n---\n"
        "a::one two three\n<!--SR:!fsrs,2026-01-15,5,3.2,4.1,1,3,0,0,2026-01-05-->\n\nb::![[p.png]]\n",
        encoding="utf-8",
    )
    (tmp_path / "b.md").write_text("---\nsr-due: 2026-01-01\n---\n", encoding="utf-8")
    (tmp_path / "c.md").write_text("---\nsr-due: soon\n---\n", encoding="utf-8")
    answer = as_json(tmp_path, "cards", "stats", "--date", "2026-01-15")
    row = answer["rows"][-1]
    assert (row["learning"], row["due"], row["words"], row["media"]) == (1, 1, 2, 1)
    assert answer["notes"] == {"reviewed": 2, "due": 1, "overdue": 1}
    shown = call(tmp_path, "cards", "stats", "--date", "2026-01-15")
    assert "2 whole notes in review: 1 due, 1 overdue" in shown.stderr


def test_due(vault: Path) -> None:
    pytest.importorskip("fsrs")
    rows = as_json(vault, "cards", "due", "--date", "2026-01-15")["due"]
    assert [(row["due"], row["front"]) for row in rows] == [
        ("2026-01-10", "Capital of Norway"), ("2026-01-15", "Formula of Salt"),
    ]  # fmt: skip
    assert rows[0]["retrievability"] is None
    assert 0.5 < rows[1]["retrievability"] < 0.95
    assert len(as_json(vault, "cards", "due", "--date", "2026-01-15", "--ahead", "7d")["due"]) == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--date", "soon"], "--date soon: no such day"),
        (["--tz", "Mars/Base"], "--tz Mars/Base: no such time zone"),
        (["--ahead", "x"], "--ahead x: not a number of days"),
    ],
)
def test_due_with_words_that_mean_nothing(vault: Path, words: list[str], says: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vaultkit", "cards", "due", *words, "--vault", str(vault)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert says in done.stderr


def test_coverage(vault: Path) -> None:
    answer = as_json(vault, "cards", "coverage")
    assert {c["path"]: (c["own"], c["links"], c["mentions"]) for c in answer["concepts"]} == {
        "Chem/Salt.md": (2, 0, 0),
        "Geo/Fjord.md": (0, 1, 0),
        "Geo/Norway.md": (3, 0, 1),
        "Plain.md": (0, 0, 0),
    }
    assert answer["percent"] == 75.0


def test_exports_of_text(vault: Path, tmp_path: Path) -> None:
    result = call(vault, "cards", "export", "csv", "--safe-csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert rows[0]["back"] == "'=NaCl()"
    assert len(rows) == 5
    assert "1 without an answer left out" in result.stderr
    assert call(vault, "cards", "export", "quizlet").stdout.splitlines()[2] == "Capital of Norway\tOslo"
    blocks = json.loads(call(vault, "cards", "export", "json", "--with-empty").stdout)
    assert blocks["schema_version"] == 1
    assert len(blocks["blocks"]) == 5
    out = tmp_path / "out.txt"
    assert call(vault, "cards", "export", "anki-text", str(out)).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("#separator:tab\n#html:true\n#guid column:1\n")
    again = CliRunner().invoke(group, ["import", str(out), "--dry-run", "--json", "--vault", str(vault)])
    assert [card["front"] for card in json.loads(again.stdout)["cards"]][2] == "Capital of Norway"


def test_html_export(vault: Path, tmp_path: Path) -> None:
    out = tmp_path / "quiz.html"
    assert call(vault, "cards", "export", "html", str(out)).exit_code == 0
    assert "default-src 'none'" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "head", ["---\ntags: [flashcards/x]\n---\n", "Q: what\nA: that\n\n", "## Front #card\nback\n\n# Next\n"]
)
def test_a_note_with_three_stand_ins_keeps_its_other_cards(tmp_path: Path, head: str) -> None:
    (tmp_path / ".obsidian").mkdir()
    stand_ins = "".join(f"- Question {n}? [answer goes here]\n" for n in range(3))
    (tmp_path / "a.md").write_text(f"{head}one::two\n\n{stand_ins}", encoding="utf-8")
    kinds = [block["kind"] for block in as_json(tmp_path, "cards", "list")["blocks"]]
    assert kinds.count("worksheet") == 3
    assert len(kinds) > 3


def test_osr_dialect_lists_what_the_plugin_sees(vault: Path) -> None:
    (vault / "Odd.md").write_text("#flashcards\n\n<!-- x -->\na::b\n\n[[A::B]]\n", encoding="utf-8")
    mine = as_json(vault, "cards", "list", "--path", "Odd.md")["blocks"]
    plugin = as_json(vault, "cards", "list", "--path", "Odd.md", "--dialect", "osr")["blocks"]
    assert [b["cards"][0]["front"] for b in mine] == ["a"]
    assert [b["cards"][0]["front"] for b in plugin] == ["[[A"]


def test_quiz_by_script(vault: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in vault.rglob("*.md")}
    log = tmp_path / "log.json"
    words = ["quiz", "--seed", "1", "--n", "3", "--log", str(log)]
    result = call(vault, *words, stdin="\n3\n\n9\n1\nq\n")
    assert result.exit_code == 0, result.output
    assert "1 of 2 known; 1 not asked" in result.output
    session = json.loads(log.read_text(encoding="utf-8"))["sessions"][0]
    assert [entry["grade"] for entry in session["results"]] == ["good", "again"]
    assert call(vault, *words, stdin="\n3\n\n9\n1\nq\n").stdout == result.stdout
    assert {path: path.read_bytes() for path in vault.rglob("*.md")} == before
    resumed = call(vault, "quiz", "--log", str(log), "--resume", stdin="q\n")
    assert "[1/3]" in resumed.stdout


def test_quiz_with_typed_answers(vault: Path, tmp_path: Path) -> None:
    words = ["quiz", "--deck", "geo", "--type-answer", "--log", str(tmp_path / "l.json")]
    result = call(vault, *words, stdin="OSLO!\ncat\ngod\n")
    assert "right\n" in result.stdout
    assert "not what the card says" in result.stdout
    assert "1 of 3 known; 0 not asked" in result.stdout


def test_quiz_that_is_broken_off_keeps_what_was_answered(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "l.json"
    lines = iter(["\n", "3\n", "\n"])

    class Keyboard(io.StringIO):
        def readline(self, size: int | None = -1) -> str:
            line = next(lines, None)
            if line is None:
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr(sys, "stdin", Keyboard())
    with pytest.raises(SystemExit) as left:
        group.main(["quiz", "--log", str(log), "--vault", str(vault)])
    assert left.value.code == 130
    assert [entry["grade"] for entry in json.loads(log.read_text(encoding="utf-8"))["sessions"][0]["results"]] == [
        "good"
    ]


@pytest.mark.parametrize("content", [b"\xff", b"[]", b'{"sessions": 1}', b"{"])
def test_quiz_never_writes_over_a_log_it_cannot_read(vault: Path, tmp_path: Path, content: bytes) -> None:
    log = tmp_path / "l.json"
    log.write_bytes(content)
    command = [sys.executable, "-m", "vaultkit", "quiz", "--log", str(log), "--vault", str(vault)]
    result = subprocess.run(command, input=b"\n3\n", capture_output=True, check=False)
    assert result.returncode == 2
    assert b"the log of earlier sessions cannot be read" in result.stderr
    assert log.read_bytes() == content


def test_quiz_takes_bytes_that_are_no_text(vault: Path, tmp_path: Path) -> None:
    log = tmp_path / "l.json"
    command = [sys.executable, "-m", "vaultkit", "quiz", "--type-answer", "--log", str(log), "--vault", str(vault)]
    result = subprocess.run(
        command, input=b"\xff\xfe\nq\n", capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(log.read_text(encoding="utf-8"))["sessions"][0]["results"][0]["grade"] == "again"


def test_quiz_shows_no_control_characters_of_a_card(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("#flashcards\n\na\x1b]0;b\x07::c\x9b1m\n", encoding="utf-8")
    result = call(tmp_path, "quiz", stdin="\n4\n")
    assert "a\ufffd]0;b\ufffd\n" in result.stdout
    assert "--- c\ufffd1m\n" in result.stdout


def test_quiz_takes_q_where_it_is_the_answer(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("#flashcards\n\nLetter after P::Q\n", encoding="utf-8")
    assert "1 of 1 known" in call(tmp_path, "quiz", "--type-answer", stdin="q\n").stdout


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("heart", "right"),
        ("The heart pumps", "right"),
        ("haert", "not what"),
        ("pumps", "not what"),
        ("**Heart**", "right"),
    ],
)
def test_a_cloze_wants_the_hidden_words(tmp_path: Path, typed: str, verdict: str) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("#flashcards\n\nThe ==**heart**== pumps\n", encoding="utf-8")
    said = call(tmp_path, "quiz", "--type-answer", stdin=f"{typed}\n").stdout
    assert "The [...] pumps" in said
    assert "--- The heart pumps" in said
    assert verdict in said


def test_what_obsidian_hides_is_in_no_export(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("#flashcards\n\nQ %%hide me%%::A <!-- hide me --> **b**\n", encoding="utf-8")
    for words in (["csv"], ["tsv"], ["quizlet"], ["anki-text"], ["html", str(tmp_path / "o.html")]):
        result = call(tmp_path, "cards", "export", *words)
        shown = result.stdout if len(words) == 1 else (tmp_path / "o.html").read_text(encoding="utf-8")
        assert "hide me" not in shown
        assert "A" in shown
    assert "A **" not in call(tmp_path, "cards", "export", "quizlet").stdout


def test_a_vault_in_a_vault_is_said(tmp_path: Path) -> None:
    for folder in (".obsidian", "inner/.obsidian"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("a.md", "inner/b.md"):
        (tmp_path / name).write_text("#flashcards\n\na::b\n", encoding="utf-8")
    for words in (["cards", "list"], ["cards", "stats"]):
        assert "inner is a separate vault and was left out" in call(tmp_path, *words).stderr


@pytest.mark.parametrize(
    ("typed", "answer", "at_least", "at_most"),
    [
        ("oslo", "**Oslo**.", 100, 100),
        ("retrieval augmented generatoin", "Retrieval augmented generation", 90, 99),
        ("", "x", 0, 0),
    ],
)
def test_typed_score(typed: str, answer: str, at_least: float, at_most: float) -> None:
    assert at_least <= typed_score(typed, answer) <= at_most


def test_help_names_the_command_import() -> None:
    result = CliRunner().invoke(group, ["--help"])
    assert "\n  import " in result.output
    assert "import-" not in result.output
