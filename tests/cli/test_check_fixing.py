"""``vaultkit check`` with the fixing options, on disk."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vaultkit.cli.entry_point import run

BAD = "See [b](b 1.md) and ![[plot.svg|300|300]]\n"
GOOD = "See [b](<b 1.md>) and ![[plot.svg|300]]\n"
UNSAFE = "See [[Mitocondria]]\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n'


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], Path]:
    def make(files: dict[str, str]) -> Path:
        for path, content in {".obsidian/app.json": "{}", "plot.svg": DRAWING, "b 1.md": "", **files}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(content, newline="")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return make


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["check", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_fix_mends_and_reports_the_rest(vault, capsys):
    root = vault({"a.md": BAD + UNSAFE, "Mitochondria.md": ""})
    status, out, err = check(capsys, "--fix", "--show-fixes")
    assert (root / "a.md").read_text() == GOOD + UNSAFE
    assert out == "a.md:2:5: warning LK001 missing-note: no note named `Mitocondria`; did you mean `Mitochondria`?\n"
    assert status == 1
    assert err.splitlines() == [
        "note: 1 more fix available with --unsafe-fixes",
        "fixed a.md:1: LK010 wrap the target in `< >`",
        "fixed a.md:1: EM003 keep one size: `300`",
        "note: 2 fixes made in 1 note",
    ]


def test_second_run_changes_nothing(vault, capsys):
    root = vault({"a.md": BAD + UNSAFE, "Mitochondria.md": ""})
    assert check(capsys, "--fix", "--unsafe-fixes")[:2] == (0, "")
    before = (root / "a.md").stat().st_mtime_ns
    assert check(capsys, "--fix", "--unsafe-fixes") == (0, "", "")
    assert (root / "a.md").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(["--fix"], 0, id="clean after fixing"),
        pytest.param(["--fix", "--exit-non-zero-on-fix"], 1, id="something was changed"),
        pytest.param(["--fix-only"], 0, id="fix only"),
        pytest.param(["--fix-only", "--exit-non-zero-on-fix"], 1, id="fix only, something was changed"),
        pytest.param(["--diff"], 1, id="something would be changed"),
        pytest.param(["--diff", "--unfixable", "ALL"], 0, id="nothing would be changed"),
        pytest.param(["--fix", "--fixable", "LK007"], 1, id="only rules that find nothing here"),
        pytest.param(["--fix", "--fixable", "LK06"], 2, id="no such rule"),
    ],
)
def test_status(vault, capsys, arguments, status):
    vault({"a.md": BAD})
    assert check(capsys, *arguments)[0] == status


def test_diff_changes_nothing(vault, capsys):
    root = vault({"a.md": BAD})
    _, out, err = check(capsys, "--diff")
    assert (root / "a.md").read_text() == BAD
    assert out == f"--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-{BAD}+{GOOD}"
    assert err == "note: 2 fixes would change 1 note\n"


def test_paths_narrow_what_is_mended(vault, capsys):
    root = vault({"a.md": BAD, "c.md": BAD})
    check(capsys, "--fix", "c.md")
    assert [(root / name).read_text() for name in ("a.md", "c.md")] == [BAD, GOOD]


def test_a_note_with_conflict_markers_is_left_alone(vault, capsys):
    conflict = BAD + "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n"
    root = vault({"a.md": conflict})
    status, _, err = check(capsys, "--fix")
    assert (root / "a.md").read_text() == conflict
    assert status == 1
    assert "a.md was not changed: Git conflict markers" in err


def test_rules_that_read_the_text_again_see_what_was_mended(vault, capsys):
    """PR007 looks up where a value stands in the file's text, which the fix above it has moved."""
    types = '{"types": {"due": "date"}}'
    root = vault({".obsidian/types.json": types, "a.md": "\n\n\n---\ntags: [x]\ndue: 2024/05/01\n---\ntext\n"})
    status, _, _ = check(capsys, "--fix", "--unsafe-fixes")
    assert (root / "a.md").read_text() == "---\ntags: [x]\ndue: 2024-05-01\n---\ntext\n"
    assert status == 0


def test_a_note_that_changes_meanwhile_is_reported_as_it_is(vault, capsys, monkeypatch):
    root = vault({"a.md": BAD, "c.md": BAD})
    link = root / "link.md"
    link.symlink_to("a.md")  # the same file under two names: the second write finds it changed by the first
    status, out, err = check(capsys, "--fix")
    assert (root / "a.md").read_text() == GOOD
    assert (root / "c.md").read_text() == GOOD
    assert link.is_symlink()
    assert "link.md was not fixed: it changed since it was read" in err
    assert (status, out) == (1, "")


# Short here; 1,000 runs with VAULTKIT_KILLS=1000.
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_killed_while_fixing_every_note_is_old_or_new(vault):
    notes = [f"n{number}.md" for number in range(40)]
    filler = "text\n" * 500
    root = vault({})

    def start() -> int:
        for note in notes:
            (root / note).write_text(BAD + filler)
        child = os.fork()
        if child == 0:
            for stream in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            os._exit(run(["check", "--fix"]))
        return child

    old, new = (BAD + filler).encode(), (GOOD + filler).encode()
    chance = random.Random(7)
    counts = set()
    for number in range(int(os.environ.get("VAULTKIT_KILLS", "12"))):
        child = start()
        watched = root / chance.choice(notes)
        has_ended = False
        while watched.stat().st_size == len(old) and not has_ended:  # until some note or other is written
            has_ended = os.waitpid(child, os.WNOHANG) != (0, 0)
        assert watched.stat().st_size < len(old), "the run ended without writing"
        if not has_ended:
            time.sleep(chance.choice([0, 0, chance.uniform(0, 0.005)]))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        contents = [(root / note).read_bytes() for note in notes]
        assert set(contents) <= {old, new}, f"run {number}"
        counts.add(contents.count(new))
        for left in root.glob(".vaultkit-*"):
            left.unlink()
    assert len(counts) > 1, "no run was killed while it wrote"


def test_add_suppressions(vault, capsys):
    root = vault({"a.md": UNSAFE, "Mitochondria.md": ""})
    status, out, err = check(capsys, "--add-suppressions", "a.md")
    assert (status, out, err) == (0, "", "note: 1 finding suppressed by comments in 1 note\n")
    assert (root / "a.md").read_text() == "See [[Mitocondria]] %% vaultkit-disable-line LK001 %%\n"
    assert check(capsys)[:2] == (0, "")
    assert check(capsys, "--ignore-suppressions")[0] == 1


def test_add_suppressions_with_a_reason(vault, capsys):
    root = vault({"a.md": UNSAFE, "Mitochondria.md": ""})
    assert check(capsys, "--add-suppressions=planned", "a.md")[0] == 0
    assert (root / "a.md").read_text().endswith(" %% vaultkit-disable-line LK001 -- planned %%\n")
    assert check(capsys, "--add-suppressions=a %% b")[0] == 2
