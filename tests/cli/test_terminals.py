"""No name and no text of a vault reaches a terminal, a log or a spreadsheet as something that it would obey."""

from __future__ import annotations

import gc
import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.unified_diff import diff
from vaultkit.cli.entry_point import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its file names cannot hold such characters")

BAD = "a\x1b[31mred\x07\u202ebidi\ttab.md"
OBEYED = re.compile("\x1b\\[31mred|\x07|\u202e|\r")
COMMANDS = [
    ["cards", "coverage"], ["cards", "list"], ["cards", "stats", "--by", "note"], ["cards", "due"], ["move", BAD, "c.md", "--dry-run"],
    ["move", BAD, "c.md", "--diff"], ["move", "b.md", "d.md", "--dry-run"], ["check"], ["check", "--show-info"],
    ["check", "--fix", "--diff", "--unsafe-fixes"], ["files"], ["orphans"], ["links", "b"], ["stats"], ["graph", "stats"], ["suggest"],
    ["graph", "orphans"], ["graph", "neighbours", "b"], ["graph", "bridges"], ["graph", "communities"], ["graph", "stale"], ["graph", "order", "b"],
    ["wanted"], ["unresolved"], ["search", "query=q"], ["search:context", "query=q"], ["tasks"], ["tags"], ["outline", "b"], ["report"], ["quiz"],
    ["aliases"], ["properties"], ["folders"], ["backlinks", "b"], ["deadends"], ["import", "c.tsv", "--to", "D", "--dry-run"], ["config", "show"],
    ["orphans", "--trash"], ["base:query", "t"], ["base:query", "t", "--format", "md"], ["baseline", "create"], ["baseline", "show"],
    *(["check", "--show-info", "--output-format", name] for name in ("concise", "grouped", "full", "github", "azure", "markdown")),
]  # fmt: skip


class Terminal(io.StringIO):
    """What a command wrote to a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    texts = {
        BAD: "---\naliases: ['\x1b[31mred\u202e']\n---\n# H\x1b[31mred\n#flashcards\nq\x1b[31mred::a\u202e\n- [ ] q \x1b[31mred\n[[gone\u202e\x07]]\n",
        "b.md": f"[[{BAD[:-3]}]] [[x|]] ![[\x1b[31mred.png]]\n",
        "t.base": "views:\n  - type: table\n    name: T\n    order: [file.name]\n",
        "c.tsv": "q\x1b[31mred\ta\u202e\n",
        "p\x1b[31mred.png": "x",
    }
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NO_COLOR", "1")
    return folder


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_terminal_gets_no_control_characters(vault: Path, monkeypatch, words: list[str]) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n3\n" * 9))
    try:
        assert run(list(words)) in (0, 1, 2)
    finally:
        gc.enable()
    found = OBEYED.search(screen.getvalue())
    assert found is None, repr(screen.getvalue()[max(0, found.start() - 80) : found.end() + 20])


@pytest.mark.parametrize("name", [BAD, "a\rb.md", "é\u202e.md", 'q"\\.md'])
def test_git_applies_a_diff_of_such_a_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"one\n")
    patch = "".join(diff(FileChange(name, b"one\n", b"two\n")))
    assert not OBEYED.search(patch)
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=tmp_path, check=True)
    assert (tmp_path / name).read_bytes() == b"two\n"


FORMULAS = "---\np: \"=cmd|' /C calc'!A0\"\ntags: ['@SUM']\n---\n#flashcards\n\n=1+1::+1+cmd\n\n-cmd|x::- an item\n\n-12.5::@a\n"


@pytest.mark.parametrize(
    ("words", "guarded", "plain"),
    [
        (["cards", "export", "csv"], ["'=1+1", "'+1+cmd", "'-cmd|x", "'@a"], [",- an item", ",-12.5,"]),
        (["cards", "list", "--format", "csv"], ["'=1+1", "'@a"], [",- an item"]),
        (["cards", "export", "csv", "--raw-csv"], [], [",=1+1,+1+cmd,", ",-cmd|x"]),
        (["base:query", "t", "--format", "csv"], ["'=cmd|"], ["a.md"]),
        (["base:query", "t", "--format", "tsv"], [], ["\t=cmd|"]),
    ],
)
def test_a_spreadsheet_runs_nothing(
    vault: Path, capsys, words: list[str], guarded: list[str], plain: list[str]
) -> None:
    (vault / "a.md").write_text(FORMULAS, encoding="utf-8")
    (vault / "t.base").write_text("views:\n  - type: table\n    name: T\n    order: [file.name, p]\n", encoding="utf-8")
    run(words)
    written = capsys.readouterr().out
    assert [text for text in (*guarded, *plain) if text not in written] == []
    assert written.count("'") >= len(guarded)


def test_nothing_stays_in_the_temporary_folder(vault: Path, tmp_path: Path, monkeypatch) -> None:
    pytest.importorskip("genanki")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    assert run(["cards", "export", "anki", "-o", "d.apkg"]) == 0
    assert list((tmp_path / "temporary").iterdir()) == [] and (vault / "d.apkg").stat().st_size > 1000
    assert run(["import", "d.apkg", "--to", "D"]) == 0
    assert list((tmp_path / "temporary").iterdir()) == []
