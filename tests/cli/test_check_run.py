"""``vaultkit check`` as a whole: stdin, counts, levels, what is said and what is not."""

from __future__ import annotations

import io
import os
import sys

import pytest

from vaultkit.cli.entry_point import run

FOUND = "a.md:1:1: warning LK001 missing-note: `xx://x` is a URL, not a note; write `[text](URL)`\n"


@pytest.fixture
def vault(tmp_path, monkeypatch):
    for path, text in {
        ".obsidian/app.json": "{}",
        "a.md": "[[xx://x]] %% [[hidden]] %%\n",
        "Sub/b.md": "# Here\n",
        "Old/o.md": "",
        ".vaultkit.toml": 'exclude = ["Old/**"]\n',
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(capsys, *arguments):
    status = run(["check", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def give(monkeypatch, text):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    ("arguments", "status", "out"),
    [
        pytest.param([], 1, FOUND, id="a warning fails"),
        pytest.param(["--fail-on", "error"], 0, FOUND, id="not when only errors do"),
        pytest.param(["--fail-on", "info", "--ignore", "LK004", "Sub"], 0, "", id="nothing there"),
        pytest.param(["--fail-on", "info", "--severity", "LK001=info"], 1, "", id="info fails when asked for"),
        pytest.param(["--exit-zero"], 0, FOUND, id="never"),
        pytest.param(["--silent"], 1, "", id="silent"),
        pytest.param(["--quiet"], 1, FOUND, id="quiet"),
        pytest.param(["--statistics"], 1, "1  LK001 [ ] missing-note\n", id="statistics"),
        pytest.param(["--watch", "--fix"], 2, "", id="watching changes nothing"),
    ],
)
def test_status_and_stdout(vault, capsys, arguments, status, out):
    assert check(capsys, *arguments)[:2] == (status, out)


def test_statistics_mark_what_can_be_fixed(vault, capsys):
    (vault / "c.md").write_text("[b](b c.md) ![[p.mp4|1|1]]\n[[yy://y]] [[zz://z]]")
    (vault / "p.mp4").write_text("")
    assert check(capsys, "--statistics")[1].splitlines() == [
        "3  LK001 [ ] missing-note",
        "1  EM003 [*] doubled-size",
        "1  LK010 [*] unencoded-destination",
        "[*] fixable with --fix",
    ]


def test_what_goes_to_stderr(vault, capsys):
    (vault / "Inner/.obsidian").mkdir(parents=True)
    assert check(capsys, "--summary")[2].splitlines() == [
        "note: Inner is a separate vault and was left out",
        "note: 1 link to a note that does not exist yet; `vaultkit wanted` lists them",
        "1 warning, 1 info in 2 notes",
    ]
    assert check(capsys, "--quiet", "--summary")[2] == ""
    (vault / "a.md").write_text("[[xx://x]] %% vaultkit-disable-line LK001 %%")
    lines = check(capsys, "--verbose")[2].splitlines()
    assert lines[1:3] == [
        "note: 1 finding suppressed by comments",
        f"note: the vault is {vault} (it has .obsidian): 2 notes, 2 files",
    ]
    assert lines[3].startswith(f"note: configuration: {vault}/.vaultkit.toml; ")


def test_stdin_is_judged_as_that_note(vault, capsys, monkeypatch):
    give(monkeypatch, "[[b#Here]] [[b#There]] [[xx://x]]")
    status, out, _ = check(capsys, "-", "--stdin-filename", "Sub/new.md")
    assert status == 1
    assert [line.split(" ")[0:3] for line in out.splitlines()] == [
        ["Sub/new.md:1:12:", "error", "LK003"],
        ["Sub/new.md:1:24:", "warning", "LK001"],
    ]


def test_stdin_in_the_place_of_what_is_on_disk(vault, capsys, monkeypatch):
    give(monkeypatch, "all well\n")
    assert check(capsys, "-", "--stdin-filename", "a.md")[:2] == (0, "")
    give(monkeypatch, "[[a#Top]]\n# Top\n")
    assert check(capsys, "-", "--stdin-filename", "a.md")[:2] == (0, "")


def test_stdin_mended_goes_to_stdout_and_findings_to_stderr(vault, capsysbinary, monkeypatch):
    give(monkeypatch, "\ufeff[b](b .md) é\r\n[[xx://x]]")
    assert run(["check", "-", "--stdin-filename", "a.md", "--fix"]) == 1
    captured = capsysbinary.readouterr()
    assert captured.out == "\ufeff[b](<b .md>) é\r\n[[xx://x]]".encode()
    assert b"a.md:2:1: warning LK001" in captured.err
    assert (vault / "a.md").read_text() == "[[xx://x]] %% [[hidden]] %%\n"


def test_stdin_with_diff(vault, capsys, monkeypatch):
    give(monkeypatch, "[b](b c.md)\n")
    status, out, _ = check(capsys, "-", "--stdin-filename", "a.md", "--diff")
    assert (status, out) == (1, "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-[b](b c.md)\n+[b](<b c.md>)\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["-"],
        ["-", "a.md", "--stdin-filename", "a.md"],
        ["-", "--vault", ".", "--stdin-filename", "../x.md"],
        ["-", "--stdin-filename", "a.png"],
    ],
)
def test_stdin_that_is_no_note(vault, capsys, monkeypatch, arguments):
    give(monkeypatch, "")
    assert check(capsys, *arguments)[0] == 2


def test_stdin_of_an_excluded_note(vault, capsys, monkeypatch):
    give(monkeypatch, "[[xx://x]]")
    assert check(capsys, "-", "--stdin-filename", "Old/o.md")[0] == 1
    give(monkeypatch, "[[xx://x]]")
    assert check(capsys, "-", "--stdin-filename", "Old/o.md", "--force-exclude")[0] == 0


def test_a_path_may_be_one_from_the_vaults_folder(vault, capsys, monkeypatch):
    monkeypatch.chdir(vault / "Sub")
    assert check(capsys, "a.md")[:2] == (1, FOUND)
    assert check(capsys, "b.md")[:2] == (0, "")
    assert check(capsys, "c.md")[0] == 2


def test_output_flags_have_variables(vault, capsys, monkeypatch):
    monkeypatch.setenv("VAULTKIT_STATISTICS", "1")
    assert check(capsys)[1] == "1  LK001 [ ] missing-note\n"


def test_the_cache_lies_where_it_is_told_to(vault, capsys, tmp_path):
    before = dict(os.environ)
    assert check(capsys, "--cache-dir", str(tmp_path / "there"))[0] == 1
    assert list((tmp_path / "there/vaults").iterdir())
    assert check(capsys, "--cache-dir", str(tmp_path / "none"), "--no-cache")[0] == 1
    assert not (tmp_path / "none").exists()
    assert dict(os.environ) == before


@pytest.mark.parametrize(("jobs", "status"), [("1", 1), ("3", 1), ("0", 2), ("many", 2)])
def test_jobs(vault, capsys, monkeypatch, jobs, status):
    from vaultkit.base import process_pool as share
    from vaultkit.vault import read_notes as scan

    for number in range(4):
        (vault / f"{number}.md").write_text("", encoding="utf-8")
    asked = []
    real = share._with_workers
    monkeypatch.setattr(scan, "NOTES_WORTH_A_WORKER", 0.5)
    monkeypatch.setattr(scan, "NOTES_A_TICKET", 1)
    monkeypatch.setattr(share, "_with_workers", lambda *given: asked.append(given[2]) or real(*given))
    assert check(capsys, "--jobs", jobs, "--no-cache")[0] == status
    assert asked == ([3] if jobs == "3" else [])
