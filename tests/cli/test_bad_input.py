"""Whatever lies in a vault or stands on the command line: a finding, a notice or one sentence, never a traceback.

One test for each row of the table "Bad input" that the command line promises. The tests may run as
root, so what must be unreadable is a folder called ``x.md`` or a link that leads nowhere.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from vaultkit.vault.read_notes import MAX_NOTE_BYTES

WITHOUT_CACHE = {**os.environ, "VAULTKIT_NO_CACHE": "1"}
HEALTHY = "[[xx://Ghost]]\n"  # one finding, which must be told whatever lies beside it
HEALTHY_FOUND = ("LK001", "healthy.md", 1, 1)


class Run:
    """What a run of the command line left: its status, stdout and stderr."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.status = done.returncode
        self.out = done.stdout.decode("utf-8", "surrogateescape")
        self.err = done.stderr.decode("utf-8", "surrogateescape")

    @property
    def found(self) -> list[tuple[str, str, int, int]]:
        """Code, path, line and column of the findings of a JSON report."""
        return [(one["code"], one["path"], one["line"], one["column"]) for one in self.findings]

    @property
    def findings(self) -> list[dict[str, Any]]:
        findings: list[dict[str, Any]] = json.loads(self.out)["findings"]
        return findings

    def messages(self, code: str) -> dict[str, str]:
        """Path -> message of the findings of one rule; each path once."""
        found = [(one["path"], one["message"]) for one in self.findings if one["code"] == code]
        assert len({path for path, _ in found}) == len(found)
        return dict(found)


def vaultkit(*arguments: str, cwd: Path, env: Mapping[str, str | None] | None = None) -> Run:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VAULTKIT_")}
    for name, value in (env or {}).items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    done = subprocess.run(
        [sys.executable, "-m", "vaultkit", *arguments], cwd=cwd, env=environment, capture_output=True, timeout=120
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode != 3, done.stderr.decode()
    return Run(done)


def check(root: Path, *arguments: str, **options: Any) -> Run:
    return vaultkit("check", "--output-format", "json", *arguments, cwd=root, **options)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    (root / "healthy.md").write_text(HEALTHY, encoding="utf-8")
    return root


# The call


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param("healty.md", "did you mean healthy.md?", id="near a file"),
        pytest.param("nowhere/at/all", "no such file or folder", id="near nothing"),
    ],
)
def test_a_path_that_is_not_there(vault: Path, path: str, said: str) -> None:
    run = vaultkit("check", path, cwd=vault)
    assert run.status == 2
    assert run.out == ""
    assert said in run.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["chek"], "did you mean `vaultkit check`?", id="a command"),
        pytest.param(["check", "--selct", "LK"], "--select", id="an option"),
        pytest.param(["check", "--select", "LK999"], "unknown rule `LK999`", id="a rule's code"),
        pytest.param(["check", "--ignore", "missing-not"], "did you mean `missing-note`?", id="a rule's name"),
        pytest.param(["check", "--output-format", "xml"], "'concise'", id="a format"),
        pytest.param(["check", "--vault", "nowhere"], "no such folder; name the folder of a vault", id="a vault"),
        pytest.param(["check", "--config", "nowhere.toml"], "nowhere.toml: cannot be read", id="a configuration"),
        pytest.param(["check", "--vault", ".", ".."], "", id="a folder round the vault is the vault"),
        pytest.param(["rule", "LK01"], "unknown rule `LK01`", id="a rule to explain"),
        pytest.param(["metadata", "healty"], "did you mean 'healthy'?", id="a note"),
        pytest.param(["metadata", "zz"], "`vaultkit files ext=md` lists them", id="no note"),
        pytest.param(["cards", "lst"], "did you mean `vaultkit cards list`?", id="a command below a command"),
        pytest.param(["check", "-o", "sarf:x"], "no format 'sarf'; did you mean 'sarif'?", id="a report's format"),
        pytest.param(["config", "get", "lint.ignor"], "did you mean 'lint.ignore'?", id="a setting"),
        pytest.param(["config", "get", "zz"], "`vaultkit config show` lists them", id="no setting"),
        pytest.param(["move", "zz", "y"], "run `vaultkit files` for a list", id="a file to move"),
    ],
)
def test_a_word_that_means_nothing(vault: Path, arguments: list[str], said: str) -> None:
    run = vaultkit(*arguments, cwd=vault)
    assert run.status == (2 if said else 1)
    assert said in run.err
    assert len(run.err.splitlines()) <= 3


def test_a_path_outside_the_vault(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "other.md").touch()
    run = vaultkit("check", "healthy.md", "../other.md", cwd=vault)
    assert (run.status, run.out) == (2, "")
    assert "../other.md: not in the vault" in run.err
    run = vaultkit("check", ".", "../other.md", cwd=vault)
    assert (run.status, run.out) == (2, ""), "also beside a path that is the whole vault"


def test_a_folder_without_notes(tmp_path: Path) -> None:
    run = vaultkit("check", cwd=tmp_path)
    assert (run.status, run.out) == (0, "")
    assert "no notes in" in run.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("vaultkit.toml", b"preset = \n", "vaultkit.toml: not valid TOML", id="no TOML"),
        pytest.param("vaultkit.toml", b'[lint]\nignore = ["LK001"\n', "line 3, column 1", id="line and column"),
        pytest.param(".vaultkit.toml", b"preset = 'strikt'", "did you mean 'strict'?", id="an unknown preset"),
        pytest.param("vaultkit.toml", b"[lint]\nignore = 'LK001'", "`lint.ignore` must be a list", id="a wrong type"),
        pytest.param("vaultkit.toml", b"[lint]\nignore = ['LK999']", "unknown rule `LK999`", id="an unknown rule"),
        pytest.param("vaultkit.toml", b"caf\xe9 = 1", "not UTF-8 at byte 3", id="not UTF-8"),
        pytest.param("pyproject.toml", b"[tool]\nvaultkit = 3 # tool.vaultkit", "must be a table", id="no table"),
        pytest.param("vaultkit.toml", b"extend = 'vaultkit.toml'", "is circular", id="a circle"),
        pytest.param("vaultkit.toml", b"extend = 'gone.toml'", "gone.toml: cannot be read", id="a base that is gone"),
    ],
)
def test_a_broken_configuration(vault: Path, name: str, content: bytes, said: str) -> None:
    (vault / name).write_bytes(content)
    run = vaultkit("check", cwd=vault)
    assert (run.status, run.out) == (2, "")
    assert said in run.err
    assert (name if said[-4:] != "read" else "gone.toml") in run.err


def test_an_unknown_key_is_a_notice(vault: Path) -> None:
    (vault / "vaultkit.toml").write_text("exclud = ['x']", encoding="utf-8")
    run = check(vault)
    assert run.status == 1
    assert "unknown key `exclud`; did you mean 'exclude'?" in run.err
    (vault / "vaultkit.toml").write_text("[rules.LK001]\nallwo = ['x']", encoding="utf-8")
    run = check(vault)
    assert run.status == 1
    assert "unknown option `allwo` in rules.LK001; did you mean `allow`?" in run.err
    assert vaultkit("check", "--strict-config", cwd=vault).status == 2


def test_broken_settings_of_obsidian_are_a_notice(vault: Path) -> None:
    (vault / ".obsidian" / "app.json").write_text("{", encoding="utf-8")
    run = check(vault)
    assert run.found == [HEALTHY_FOUND]
    assert ".obsidian/app.json could not be read; using Obsidian's defaults" in run.err
    (vault / ".obsidian" / "app.json").write_text("[]", encoding="utf-8")
    assert "using Obsidian's defaults: no settings: it is not a JSON object" in check(vault).err


# One note


def test_one_note_that_cannot_be_read(vault: Path) -> None:
    (vault / "loop.md").symlink_to(vault / "loop.md")
    (vault / "gone.md").symlink_to(vault / "nothing")
    run = check(vault)
    assert run.status == 1
    assert HEALTHY_FOUND in run.found
    assert set(run.messages("VK003")) == {"loop.md", "gone.md"}
    assert len(run.found) == 3


def test_a_note_that_cannot_be_read_ends_no_answer_about_the_others(vault: Path) -> None:
    (vault / "latin.md").write_bytes(b"caf\xe9 [[healthy]]")
    (vault / "nul.md").write_bytes(b"\0")
    told = "2 notes could not be read and were treated as empty: latin.md (not UTF-8: byte 0xE9 at offset 3), nul.md (a NUL byte"
    for words in (["search", "Ghost"], ["tasks"], ["suggest"], ["tags"], ["stats"]):
        run = vaultkit(*words, cwd=vault)
        assert (run.status, told in run.err) == (0, True), words
    assert vaultkit("search", "Ghost", cwd=vault).out == "healthy.md\n"
    run = vaultkit("outline", "latin", cwd=vault)
    assert (run.status, run.out) == (0, "")
    assert "1 note could not be read and were treated as empty: latin.md" in run.err
    assert vaultkit("files", cwd=vault).err == ""


def test_a_folder_that_is_called_like_a_note(vault: Path) -> None:
    (vault / "folder.md").mkdir()
    (vault / "folder.md" / "inside.md").write_text("[[healthy]]", encoding="utf-8")
    run = check(vault)
    assert run.found == [HEALTHY_FOUND]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"caf\xe9", "not UTF-8: byte 0xE9 at offset 3", id="Latin-1"),
        pytest.param("[[Ghost]]".encode("utf-16"), "UTF-16", id="UTF-16"),
        pytest.param("[[Ghost]]".encode("utf-16-be"), "a NUL byte at offset 0", id="UTF-16 without its mark"),
        pytest.param(b"a\0[[Ghost]]", "a NUL byte at offset 1", id="a NUL byte"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "not UTF-8", id="a picture"),
    ],
)
def test_one_note_that_is_no_text(vault: Path, content: bytes, said: str) -> None:
    (vault / "odd.md").write_bytes(content)
    (vault / "friend.md").write_text("[[odd]] [[odd#part]]", encoding="utf-8")
    run = check(vault)
    assert run.found == [HEALTHY_FOUND, ("TX002", "odd.md", 1, 1)]
    assert said in run.messages("TX002")["odd.md"]


@pytest.mark.parametrize(
    ("block", "code"),
    [
        pytest.param("a: [b", "PR001", id="broken"),
        pytest.param("a: b\na: c", "PR003", id="a name twice"),
        pytest.param("- a", "PR001", id="a list"),
        pytest.param("a: " + "[" * 5_000 + "]" * 5_000, "PR001", id="5,000 brackets"),
        pytest.param(
            "a0: &a0 [x, x]\n" + "\n".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)),
            "PR001",
            id="anchors that explode",
        ),
        pytest.param("a: !!bool x", "PR001", id="a wrong tag"),
    ],
)
def test_one_note_with_bad_properties(vault: Path, block: str, code: str) -> None:
    (vault / "odd.md").write_text(f"---\n{block}\n---\n[[Phantom]]\n", encoding="utf-8")
    run = check(vault)
    line = 3 + len(block.splitlines())
    assert [found[:2] for found in run.found] == [("LK001", "healthy.md"), (code, "odd.md"), ("LK001", "odd.md")]
    assert run.found[-1] == ("LK001", "odd.md", line, 1), "the body of the note is read"


def test_a_note_of_50_megabytes(vault: Path) -> None:
    with (vault / "large.md").open("wb") as file:
        file.truncate(50_000_000)
    run = check(vault)
    assert run.found == [HEALTHY_FOUND, ("VK003", "large.md", 1, 1)]
    assert f"larger than {MAX_NOTE_BYTES // 1_000_000} MB" in run.messages("VK003")["large.md"]


def test_a_line_of_200_000_characters(vault: Path) -> None:
    (vault / "long.md").write_text("first\n" + "word [[Phantom]] " * 12_000, encoding="utf-8")
    run = check(vault, "--show-info")
    assert run.found[1] == ("VK003", "long.md", 2, 1)
    assert "204,000 characters" in run.messages("VK003")["long.md"]
    assert len(run.found) == 12_002


@pytest.mark.parametrize("marker", ["- ", "> ", "[", "[[", "  - a\n", "![", "{", "**", "`", "$$\n", "%%\n", "<!--\n"])
def test_5_000_of_anything(vault: Path, marker: str) -> None:
    deep = "".join("  " * n + "- a\n" for n in range(1_000)) if marker == "  - a\n" else marker * 5_000
    (vault / "deep.md").write_text(deep, encoding="utf-8")
    assert HEALTHY_FOUND in check(vault).found


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf---\r\na: b\r\n---\r\n[[Phantom]]\r\n", id="byte order mark and CRLF"),
        pytest.param(b"---\na: b\n---\n[[Phantom]]", id="no last line end"),
        pytest.param(b"---\na: b\n---\n[[Phantom]]\rx", id="a lone CR"),
    ],
)
def test_line_ends_and_marks(vault: Path, content: bytes) -> None:
    (vault / "odd.md").write_bytes(content)
    run = check(vault)
    mark = [("PR002", "odd.md", 1, 1)] * content.startswith(b"\xef\xbb\xbf")
    assert run.found == [HEALTHY_FOUND, *mark, ("LK001", "odd.md", 4, 1)]
    assert (vault / "odd.md").read_bytes() == content
    assert (
        json.loads(vaultkit("metadata", "odd.md", cwd=vault).out)[0]["cache"]["links"][0]["original"] == "[[Phantom]]"
    )


@pytest.mark.parametrize(
    "name", ["new\nline.md", "tab\t.md", 'quo"te.md', "per%cent.md", "#hash.md", "-dash.md", "日本.md", " .md"]
)
def test_odd_names(vault: Path, name: str) -> None:
    (vault / name).write_text(HEALTHY, encoding="utf-8")
    found = [entry for entry in check(vault).found if entry[0] != "NM001"]  # which tells that the name is odd
    assert sorted(found) == sorted([HEALTHY_FOUND, ("LK001", name, 1, 1)])
    assert vaultkit("check", cwd=vault).status == 1


def test_a_name_with_undecodable_bytes(vault: Path) -> None:
    try:
        with open(os.path.join(os.fsencode(vault), b"caf\xe9.md"), "wb") as file:
            file.write(HEALTHY.encode())
    except OSError:
        pytest.skip("this file system refuses such names")
    for format_ in ("full", "concise", "json"):
        run = vaultkit("check", "--output-format", format_, cwd=vault)
        assert run.status == 1
        assert "udce9" in run.out
    assert vaultkit("map", "-o", "map.html", "--quiet", cwd=vault).status == 0
    assert "udce9" in (vault / "map.html").read_text(encoding="utf-8")


def test_a_name_that_a_terminal_would_obey(vault: Path) -> None:
    (vault / "red\x1b[31m.md").write_text(HEALTHY, encoding="utf-8")
    for format_ in ("full", "concise", "grouped"):
        run = vaultkit("check", "--output-format", format_, cwd=vault)
        assert "red\\x1b[31m.md" in run.out
        assert "\x1b" not in run.out + run.err


# Other files


def png(width: int, height: int) -> bytes:
    """A picture whose header promises that size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="zero bytes"),
        pytest.param(png(60_000, 60_000), id="a bomb"),
        pytest.param(png(10, 10)[:40], id="cut off"),
        pytest.param(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", id="an LFS pointer"),
        pytest.param(b"\xff\xd8\xff", id="another format's start"),
    ],
)
def test_damaged_pictures_are_there(vault: Path, content: bytes) -> None:
    (vault / "pic.png").write_bytes(content)
    (vault / "shows.md").write_text("![[pic.png]]", encoding="utf-8")
    run = check(vault)
    assert HEALTHY_FOUND in run.found
    assert not run.messages("EM001")


def test_what_is_kept_in_the_cloud_is_there(vault: Path) -> None:
    (vault / ".pic.png.icloud").touch()
    (vault / ".far.md.icloud").touch()
    (vault / "shows.md").write_text("![[pic.png]] [[far]]", encoding="utf-8")
    run = check(vault)
    assert sorted(run.found) == [HEALTHY_FOUND, ("VK003", "far.md", 1, 1)]
    assert not (vault / "pic.png").exists(), "nothing is downloaded"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"[" * 100_000])
def test_odd_canvases_and_bases(vault: Path, content: bytes) -> None:
    (vault / "a.canvas").write_bytes(content)
    (vault / "b.base").write_bytes(content)
    assert HEALTHY_FOUND in check(vault).found


def test_links_of_the_file_system_out_of_the_vault(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_text("[[Phantom]]", encoding="utf-8")
    (vault / "out").symlink_to(tmp_path / "outside")
    (vault / "round").symlink_to(vault)
    run = check(vault)
    assert set(run.messages("VK003")) == {"out", "round"}
    assert len(run.found) == 3


def test_names_equal_but_for_case_or_unicode_form(vault: Path) -> None:
    for name in ("Cell.md", "cell.md", "Caf\u00e9.md", "Cafe\u0301.md"):
        (vault / name).write_text("", encoding="utf-8")
    if len(list(vault.iterdir())) < 6:
        pytest.skip("this disk takes such names for one")
    (vault / "links.md").write_text("[[cell]] [[Cell]] [[CELL]] [[Caf\u00e9]] [[Cafe\u0301]]", encoding="utf-8")
    run = check(vault, "--select", "LK001,LK002,LK003,VK003")
    assert run.found == [HEALTHY_FOUND]
    opened = json.loads(vaultkit("metadata", "links.md", cwd=vault).out)[0]["resolved"]
    assert (opened["cell"], opened["Cell"]) == ("cell.md", "Cell.md")
    assert opened["CELL"] in ("cell.md", "Cell.md")


def test_a_vault_in_the_vault_is_left_out_with_a_notice(vault: Path) -> None:
    (vault / "inner" / ".obsidian").mkdir(parents=True)
    (vault / "inner" / "a.md").write_text("[[Phantom]]", encoding="utf-8")
    run = check(vault)
    assert run.found == [HEALTHY_FOUND]
    assert "inner is a separate vault and was left out" in run.err


# The surroundings


def test_a_reader_that_leaves(vault: Path) -> None:
    (vault / "many.md").write_text("[[xx://Phantom]]\n" * 20_000, encoding="utf-8")
    command = f'"{sys.executable}" -m vaultkit check --output-format concise; echo "status $?" >&2'
    done = subprocess.run(["sh", "-c", f"({command}) | head -n 1"], cwd=vault, capture_output=True, timeout=120)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b"status 1\n", "what was found still counts"


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("map --quiet -o -", "<!DOCTYPE html>"),
        ("graph export json -o -", "{"),
        ("cards export csv -o -", "guid,deck,front,back"),
        ("check -o junit:-", "<?xml"),
        ("check -o -", "healthy.md:1:1: "),
    ],
)
def test_a_dash_is_the_standard_output(vault: Path, words: str, begins: str) -> None:
    run = vaultkit(*words.split(), cwd=vault)
    assert run.out.lower().startswith(begins.lower())
    assert sorted(path.name for path in vault.iterdir()) == [".obsidian", "healthy.md"]


@pytest.mark.parametrize("words", ["rule", "files", "--help", "schema"])
def test_a_reader_that_never_read(vault: Path, words: str) -> None:
    command = f'"{sys.executable}" -m vaultkit {words}; echo "status $?" >&2'
    done = subprocess.run(["sh", "-c", f"({command}) | true"], cwd=vault, capture_output=True, timeout=120)
    assert done.stderr == b"status 0\n"


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"HOME": None}, id="no home"),
        pytest.param({"HOME": "/nonexistent"}, id="a home that is not there"),
        pytest.param({"PATH": "/nonexistent"}, id="no git"),
        pytest.param({"LANG": "C", "LC_ALL": "C"}, id="an ASCII locale"),
        pytest.param({"PYTHONIOENCODING": "ascii"}, id="an ASCII terminal"),
        pytest.param({"TERM": "dumb", "COLUMNS": "0"}, id="a dumb terminal"),
    ],
)
def test_odd_surroundings(vault: Path, environment: dict[str, str | None]) -> None:
    (vault / "été 😀.md").write_text("[[xx://Größe]]", encoding="utf-8")
    for format_ in ("full", "concise", "json"):
        run = vaultkit("check", "--output-format", format_, cwd=vault, env=environment)
        assert run.status == 1
        assert "été 😀.md" in run.out


def test_a_vault_that_cannot_be_written_to(vault: Path) -> None:
    before = sorted(path.relative_to(vault) for path in vault.rglob("*"))
    for path in (vault / "healthy.md", vault / ".obsidian", vault):
        path.chmod(0o555)
    try:
        assert check(vault).found == [HEALTHY_FOUND]
    finally:
        vault.chmod(0o755)
    assert sorted(path.relative_to(vault) for path in vault.rglob("*")) == before, (
        "root could have written, and did not"
    )


def test_a_working_directory_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f'rmdir "{gone}"; "{sys.executable}" -P -m vaultkit check'
    done = subprocess.run(["sh", "-c", command], cwd=gone, capture_output=True, timeout=120)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_closed_stdout(vault: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m vaultkit check --output-format concise >&-'],
        cwd=vault, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk(vault: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m vaultkit check > /dev/full'], cwd=vault, capture_output=True, timeout=120
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: cannot write the output (No space left on device)")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        "map --quiet -o out",
        "graph export json -o out",
        "cards export csv out",
        "cards export anki out",
        "check -o out",
        "baseline create",
    ],
)
def test_a_disk_that_is_full_while_a_file_is_written(vault: Path, words: str) -> None:
    (vault / "card.md").write_text("#flashcards\n\nQ::A\n", encoding="utf-8")
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); from vaultkit.cli.entry_point import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *words.split()], cwd=vault, capture_output=True, timeout=120, env=WITHOUT_CACHE
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: ")
    assert b"be written (File too large)" in done.stderr or b"make room" in done.stderr
    assert not list(vault.glob("*.part"))


# Exit codes


@pytest.mark.parametrize(
    ("texts", "arguments", "status"),
    [
        pytest.param({"a.md": "text"}, [], 0, id="nothing found"),
        pytest.param({"a.md": "[[xx://Ghost]]"}, [], 1, id="a finding"),
        pytest.param({"a.md": "[[xx://Ghost]]"}, ["--exit-zero"], 0, id="told to leave with 0"),
        pytest.param({"a.md": "%% [[xx://Ghost]] %%"}, [], 0, id="a finding that is only told"),
        pytest.param({"a.md": "[[xx://Ghost]]", "b.md": ""}, ["b.md"], 0, id="a finding in another note"),
        pytest.param({"a.md": "[[xx://Ghost]]"}, ["--ignore", "LK"], 0, id="a finding of a rule that is off"),
        pytest.param({"a.md": "[[xx://Ghost]]"}, ["--nonsense"], 2, id="a wrong word"),
        pytest.param({"a.md": "text"}, ["--help"], 0, id="help"),
    ],
)
def test_exit_codes(tmp_path: Path, texts: dict[str, str], arguments: list[str], status: int) -> None:
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert vaultkit("check", *arguments, cwd=tmp_path).status == status


def leaving(raises: str, cwd: Path) -> Run:
    """A run in which a command ends with an exception."""
    code = (
        "import click, sys\nfrom vaultkit.cli import app, entry_point\n"
        f"@click.command()\ndef broken(): raise {raises}\n"
        "app.Commands.get_command = lambda self, ctx, name: broken\n"
        "sys.exit(entry_point.run(['broken']))"
    )
    return Run(subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, timeout=120))


def test_a_bug_of_ours_leaves_with_3(tmp_path: Path) -> None:
    run = leaving("ZeroDivisionError('by nought')", tmp_path)
    assert run.status == 3
    assert "vaultkit has a bug: ZeroDivisionError: by nought" in run.err
    assert "https://github.com/vaultkit/vaultkit/issues" in run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize("raises", ["KeyboardInterrupt", "click.Abort"])
def test_an_interrupt_leaves_with_130(tmp_path: Path, raises: str) -> None:
    run = leaving(raises, tmp_path)
    assert (run.status, run.out) == (130, "")
    assert "Traceback" not in run.err


def test_help_lists_every_command_with_its_line(tmp_path: Path) -> None:
    run = vaultkit("--help", cwd=tmp_path)
    assert run.status == 0
    for line in (
        "check     Report broken links",
        "metadata  ",
        "rule      Explain a rule",
    ):
        assert " ".join(line.split()) in " ".join(run.out.split())
