"""The comparison with the parser model: views, minimising, and a model that fails."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import parser_fuzz
import pytest
from markdown_generator import QuickRandom, generated, mutated
from minimise import minimise
from remark_model import PACKAGES, Model, missing_part, model_view, vaultkit_view

MODEL = os.environ.get("VAULTKIT_PARSER_MODEL", "")
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not on PATH: install Node.js")
STUB = """
exports.emu = (text) => {
  if (text.includes('throw')) throw new Error('thrown');
  if (text.includes('exit')) process.exit(1);
  while (text.includes('hang'));
  return {sections: [['paragraph', 0, 0, 0, text.length]], items: [], headings: [], links: []};
};
"""


@pytest.fixture
def stub(tmp_path: Path) -> Path:
    """A model that has one paragraph for every note, and fails on request."""
    for name in PACKAGES:
        (tmp_path / "node_modules" / name).mkdir(parents=True)
    (tmp_path / "model.js").write_text(STUB, encoding="utf-8")
    return tmp_path


def answer(**keys: Any) -> dict[str, Any]:
    return {"sections": [], "items": [], "headings": [], "links": []} | keys


@pytest.mark.parametrize(
    ("text", "given", "key", "expected"),
    [
        pytest.param("a\n", answer(sections=[["paragraph", 0, 0, 0, 1]]), "sections", [("paragraph", 0, 0, 0, 1)], id="as it is"),
        pytest.param("b\n\n^a", answer(sections=[["paragraph", 0, 0, 0, 1], ["paragraph", 2, 0, 2, 2]]), "sections", [("paragraph", 0, 0, 0, 1)], id="block id alone"),
        pytest.param("^a", answer(sections=[["paragraph", 0, 0, 0, 2]]), "sections", [("paragraph", 0, 0, 0, 2)], id="block id alone, first"),
        pytest.param(" \t# a #", answer(sections=[["heading", 0, 0, 0, 7]], headings=[["# a #", 1, 0]]), "headings", [("a", 1, 0)], id="heading behind a tab"),
        pytest.param("b ^a\n", answer(sections=[["paragraph", 0, 0, 0, 4]]), "sections", [("paragraph", 0, 0, 0, 4)], id="block id behind text"),
        pytest.param("", answer(links=[["link", "a:b", 0, "t"]]), "links", [], id="colon in a destination"),
        pytest.param("", answer(links=[["link", "a%20b.md", 0, "t"]]), "links", [(0, "link", "a b.md", "t")], id="percent code"),
        pytest.param("", answer(links=[["wlink", "a:b", 0, None]]), "links", [(0, "wlink", "a:b", None)], id="colon in a wikilink"),
    ],
)  # fmt: skip
def test_model_view(text: str, given: dict[str, Any], key: str, expected: list[tuple[Any, ...]]) -> None:
    assert model_view(text, given)[key] == expected


def test_vaultkit_view_leaves_out_the_sections_of_footnotes() -> None:
    at = {"start": {"line": 0, "col": 0, "offset": 0}, "end": {"line": 0, "col": 1, "offset": 1}}
    cache = {"sections": [{"type": kind, "position": at} for kind in ("yaml", "list", "text", "element")]}
    assert vaultkit_view(cache)["sections"] == [("yaml",), ("list", 0, 0, 0, 1)]


@pytest.mark.parametrize(
    ("text", "needed", "expected"),
    [
        pytest.param("one\ntwo\n- x\nthree\n", "- ", "- ", id="lines and characters"),
        pytest.param("some words [[Name of a note]]", "]]", "]]", id="words"),
        pytest.param("abc", "abc", "abc", id="nothing to leave out"),
    ],
)
def test_minimise_keeps_what_is_needed(text: str, needed: str, expected: str) -> None:
    def first(candidates: list[str]) -> int | None:
        return next((i for i, candidate in enumerate(candidates) if needed in candidate), None)

    assert minimise(text, first) == expected


def test_minimise_simplifies_words() -> None:
    def first(candidates: list[str]) -> int | None:
        return next((i for i, c in enumerate(candidates) if c.startswith("# ") and len(c.split()) == 3), None)

    assert minimise("# Heading 2024", first) == "# a 1"


def test_a_number_and_a_seed_name_a_note() -> None:
    notes = [["# A", "- b"], ["c"]]
    for number in range(50):
        assert generated(QuickRandom(f"1:{number}")) == generated(QuickRandom(f"1:{number}"))
        assert mutated(QuickRandom(f"1:{number}"), notes) == mutated(QuickRandom(f"1:{number}"), notes)
    assert len({generated(QuickRandom(f"1:{number}")) for number in range(50)}) > 40


def test_what_the_model_needs(tmp_path: Path, stub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    if shutil.which("node"):
        assert missing_part(stub) == ""
        (stub / "node_modules" / "rp8").rmdir()
        assert missing_part(stub) == f"{stub} has no npm package rp8: run `npm install` there"
        assert missing_part(tmp_path / "empty").endswith(
            "has no model.js: give the folder of the parser model with --model"
        )
    monkeypatch.setenv("PATH", "")
    assert missing_part(stub) == "node is not on PATH: install Node.js 18 or later"


def test_without_a_model_the_comparison_is_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert parser_fuzz.main(["--model", str(tmp_path)]) == 2
    assert capsys.readouterr().out.startswith("skipped: ")


@needs_node
def test_failures_of_the_model_are_counted_apart(stub: Path) -> None:
    model = Model(stub, timeout=1.0)
    model.ask_later(["a", "throw", "b"])
    model.ask_later(["c"])
    assert [given.get("error", "")[:13] for given in model.next_answers()] == ["", "Error: thrown", ""]
    assert "error" not in model.next_answers()[0]
    for fault in ("exit", "hang"):
        model.ask_later(["a", fault, "b"])
        model.ask_later(["c"])
        assert ["error" in given for given in model.next_answers()] == [False, True, False]
        assert "error" not in model.next_answers()[0]
    model.close()


@needs_node
def test_a_difference_is_shown_with_both_answers(
    stub: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.md"
    note.write_text("# H", encoding="utf-8")
    assert parser_fuzz.main(["--model", str(stub), "--text", str(note)]) == 1
    out = capsys.readouterr().out
    assert "sections: heading for paragraph" in out
    assert "vaultkit [('heading', 0, 0, 0, 3)]" in out


@pytest.mark.skipif(not MODEL, reason="set VAULTKIT_PARSER_MODEL to the folder of the parser model (see tests/bench/parser_fuzz.py)")  # fmt: skip
def test_random_notes_agree_with_the_model(capsys: pytest.CaptureFixture[str]) -> None:
    status = parser_fuzz.main(["--model", MODEL, "--count", "20000", "--seed", "20", "--per-kind", "3"])
    assert status == 0, capsys.readouterr().out
