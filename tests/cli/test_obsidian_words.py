"""The words of Obsidian's command line, as a user types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from vaultkit.cli.app import group
from vaultkit.cli.entry_point import run
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand
from vaultkit.cli.schemas import SCHEMAS, schema

TEXTS = {
    "a.md": "---\naliases: [One]\ntags: [bio]\nup: '[[b]]'\nn: 3\n---\n# Top\n[[b]] ![[p.png]] [[Idea]]\n## Sub\n- [ ] do it\n",
    "x/b.md": "#bio/cell and more\n- [x] done\n",
    "x/c.md": "[[b]] lonely",
    "y/c.md": "",
    "Deep/q=1.md": "# Equal\n",
    "p.png": "",
    "list.base": """filters: file.ext == "md"
formulas: {up: 'file.name + "|" + up'}
properties: {n: {displayName: "N, o"}}
views:
  - {type: table, name: All notes, order: [file.name, note.n, formula.up], sort: [{property: n, direction: ASC}]}
  - {type: cards, name: Two, limit: 2}
""",
}


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".obsidian").mkdir()
    for path, content in TEXTS.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8", newline="")
    (tmp_path / "Empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


CALLS: list[tuple[str, str]] = [
    ("unresolved", "Idea\n"),
    ("unresolved counts verbose", "Idea\t1\ta.md\n"),
    ("unresolved --counts format=csv", "link,count\nIdea,1\n"),
    ("unresolved total", "1\n"),
    ("wanted", "Idea\t1\t1\n"),
    ("wanted --verbose format=csv", "name,notes,links,sources\nIdea,1,1,a.md\n"),
    ("wanted --min 2", ""),
    ("wanted total", "1\n"),
    ("orphans", "Deep/q=1.md\na.md\nx/c.md\ny/c.md\n"),
    ("orphans total", "4\n"),
    ("deadends", "Deep/q=1.md\nx/b.md\ny/c.md\n"),
    ("backlinks file=b", "a.md\nx/c.md\n"),
    ("backlinks b counts", "a.md\t2\nx/c.md\t1\n"),
    ("backlinks path=x/b.md total", "2\n"),
    ("backlinks --file b --format csv --counts", "file,count\na.md,2\nx/c.md,1\n"),
    ("links file=a", "x/b.md\np.png\nIdea (unresolved)\n"),
    ("links a total", "3\n"),
    ("outline a", "└── Top\n    └── Sub\n"),
    ("outline a format=md", "# Top\n## Sub\n"),
    ("outline q=1", "└── Equal\n"),
    ("outline a total", "2\n"),
    ("tags", "#bio\n#bio/cell\n"),
    ("tags counts", "#bio\t1\n#bio/cell\t1\n"),
    ("tags file=b", "#bio/cell\n"),
    ("tags total", "2\n"),
    ("tag name=bio", "#bio\t1\na.md\n"),
    ("tag bio verbose", "#bio\t1\na.md\t1\n"),
    ("tag bio nested verbose", "#bio\t2\na.md\t1\nx/b.md\t1\n"),
    ("tag none", "#none\t0\n"),
    ("tag bio nested total", "2\n"),
    ("aliases", "One\n"),
    ("aliases verbose", "One\ta.md\n"),
    ("aliases file=b total", "0\n"),
    ("properties", "aliases: multitext\nn: number\ntags: multitext\nup: text\n"),
    ("properties name=n counts format=tsv", "n\tnumber\t1\n"),
    ("properties file=a name=n", "n: 3\n"),
    ("properties a total", "4\n"),
    ("property:read name=N file=a", "3\n"),
    ("property:read name=aliases file=a", "One\n"),
    ("tasks", "- [ ] do it\n- [x] done\n"),
    ("tasks done", "- [x] done\n"),
    ("tasks todo total", "1\n"),
    ("tasks status=x format=tsv", "x/b.md\t2\tx\t- [x] done\n"),
    ("tasks verbose", "a.md\n10: - [ ] do it\n\nx/b.md\n2: - [x] done\n"),
    ("files", "Deep/q=1.md\na.md\nlist.base\np.png\nx/b.md\nx/c.md\ny/c.md\n"),
    ("files folder=x", "x/b.md\nx/c.md\n"),
    ("files ext=png", "p.png\n"),
    ("folders", "Deep\nEmpty\nx\ny\n"),
    ("folders total", "4\n"),
    ("folder path=x", "path\tx\nfiles\t2\nfolders\t0\nsize\t42\n"),
    ("folder x info=size", "42\n"),
    ("vault info=files", "7\n"),
    ("search query=lonely", "x/c.md\n"),
    ("search lonely OR done", "x/b.md\nx/c.md\n"),
    ("search query=c total", "3\n"),
    ("search query=c limit=1", "x/b.md\n"),
    ("search query=c path=y", "y/c.md\n"),
    ("search:context query=more", "x/b.md:1: #bio/cell and more\n"),
    ("search:context query=file:q", "Deep/q=1.md\n"),
    ("wordcount b", "words\t6\ncharacters\t30\n"),
    ("wordcount b words", "6\n"),
    ("bases", "list.base\n"),
    ("base:views file=list", "All notes\nTwo\n"),
    ("base:views list.base total", "2\n"),
    ("base:query list view=Two format=paths", "Deep/q=1.md\na.md\n"),
    (
        "base:query path=list.base format=csv",
        'file.name,"N, o",up\na.md,3,a.md|[[b]]\nq=1.md,,q=1.md|\nb.md,,b.md|\nc.md,,c.md|\nc.md,,c.md|\n',
    ),
    ("base:query file=list view=two format=md", "| file.name |\n| --- |\n| q=1.md |\n| a.md |\n"),
    ("base:query file=list view=Two format=tsv", "file.name\nq=1.md\na.md\n"),
]


@pytest.mark.parametrize(("line", "expected"), CALLS, ids=[line for line, _ in CALLS])
def test_call(vault: Path, capfd: pytest.CaptureFixture[str], line: str, expected: str) -> None:
    assert run(line.split(" ")) == 0
    assert capfd.readouterr().out == expected


ONE_OF_EACH = {
    "backlinks": "file=b",
    "base:query": "file=list",
    "base:views": "file=list",
    "links": "file=a",
    "outline": "file=a",
    "tag": "name=bio",
    "property:read": "name=n file=a",
    "file": "file=a",
    "folder": "path=x",
    "search": "query=c",
    "search:context": "query=c",
    "wordcount": "file=a",
}


def word_commands() -> list[str]:
    names = group.list_commands(None)  # type: ignore[arg-type, attr-defined]
    return [name for name in names if isinstance(group.get_command(None, name), ObsidianStyleCommand)]  # type: ignore[arg-type, attr-defined]


@pytest.mark.parametrize("name", word_commands())
@pytest.mark.parametrize("style", ["--json", "format=json", "--format json"])
def test_json_answers_to_its_schema(vault: Path, capfd: pytest.CaptureFixture[str], name: str, style: str) -> None:
    words = [name, *ONE_OF_EACH.get(name, "").split(), *style.split()]
    assert run(words) == 0
    answer: Any = json.loads(capfd.readouterr().out)
    jsonschema.validate(answer, schema(name))
    assert answer or name == "suggest"


@pytest.mark.parametrize("name", word_commands())
def test_an_empty_vault_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / ".obsidian").mkdir()
    monkeypatch.chdir(tmp_path)
    words = ONE_OF_EACH.get(name, "").split()
    status = run([name, *words])
    err = capfd.readouterr().err
    needs_file = any(word.startswith("file=") for word in words) or name == "folder"
    assert status == (2 if needs_file else 0)
    assert err.count("\n") == (1 if needs_file else 0)


def test_schema_of_every_command_is_a_schema(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert sorted(told) == sorted(SCHEMAS)
    for one in told.values():
        jsonschema.Draft202012Validator.check_schema(one)
    assert run(["schema", "property:read"]) == 0
    assert run(["schema", "nothing"]) == 2


FAULTS = [
    ("backlinks", "no file named, and without Obsidian there is no active file; use file=NAME or path=PATH"),
    ("backlinks file=c", "c: ambiguous name; write the path of one of x/c.md, y/c.md"),
    ("backlinks file=nothing", "nothing: no such file in the vault; `vaultkit files` lists them"),
    ("links One", "One: no file of that name; it is an alias of a.md"),
    ("links a file=b", "a and b: name only one file, with FILE, file= or path="),
    ("outline p.png", "p.png: not a note, and only notes have what was asked for"),
    ("base:query", "no base named; use file=NAME or path=PATH; there are list.base"),
    ("base:query a", "a.md: not a base, nor a note with base code blocks; `vaultkit bases` lists bases"),
    ("base:query list view=x", "list.base: there is no view 'x'; it has 'All notes', 'Two'"),
    ("tag", "no tag is named; say name=TAG"),
    ("property:read file=a", "no property is named; say name=PROPERTY"),
    ("property:read name=zz file=a", "a.md: there is no property 'zz'; it has aliases, tags, up, n"),
    ("tasks status=xy", 'status=xy: one character is between the brackets of a task, such as status="x"'),
    ("files folder=none", "none: no such folder in the vault; `vaultkit folders` lists them"),
    ("search", "no query given; use query=WORDS"),
    ("vault=/nowhere files", "--vault /nowhere: no such folder; name the folder of a vault"),
]


@pytest.mark.parametrize(("line", "message"), FAULTS, ids=[line for line, _ in FAULTS])
def test_fault(vault: Path, capfd: pytest.CaptureFixture[str], line: str, message: str) -> None:
    assert run(line.split(" ")) == 2
    out, err = capfd.readouterr()
    assert (out, err) == ("", f"error: {message}\n")


def test_the_vault_may_stand_first(vault: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run([f"vault={vault}", "files", "ext=png"]) == 0
    assert capfd.readouterr().out == "p.png\n"


@pytest.mark.parametrize("vault_first", [["vault=."], ["--vault=."], ["--vault", "."]], ids=" ".join)
@pytest.mark.parametrize("words", [["tags", "total"], ["graph", "orphans", "--total"], ["cards", "list"], ["hook"]])
def test_the_vault_may_stand_before_a_command_of_a_group(
    vault: Path, capfd: pytest.CaptureFixture[str], vault_first: list[str], words: list[str]
) -> None:
    behind = (run([*words, "--vault", "."]), capfd.readouterr())
    assert behind[0] in (0, 1), behind
    assert (run([*vault_first, *words]), capfd.readouterr()) == behind


def test_base_code_blocks_of_a_note(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (vault / "Board.md").write_text(
        "# Board\n\n```base\nfilters: file.name == this.file.name\nviews:\n  - {type: table, name: Me}\n```\n\n"
        "```yaml\nviews: no base\n```\n\n~~~~ base\nviews:\n  - {type: list, name: Pictures, filters: 'file.ext == \"png\"'}\n",
        encoding="utf-8",
    )
    for words, expected in (
        (["base:views", "Board"], "Me\nPictures\n"),
        (["base:views", "Board", "total"], "2\n"),
        (["base:query", "Board", "format=paths"], "Board.md\n"),
        (["base:query", "Board", "view=pictures", "format=paths"], "p.png\n"),
    ):
        assert (run(words), capfd.readouterr().out) == (0, expected)
    assert run(["base:query", "Board", "view=x"]) == 2
    assert capfd.readouterr().err == "error: Board.md: there is no view 'x'; it has 'Me', 'Pictures'\n"
    (vault / "Board.md").write_text("```base\nviews: {\n```\n", encoding="utf-8")
    assert run(["base:query", "Board"]) == 2
    assert "Board.md: not a base" in capfd.readouterr().err


def test_on_a_terminal_names_are_shown_escaped(
    vault: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / "red\x1b[31m.md").write_text("", encoding="utf-8")
    assert run(["files"]) == 0
    assert "red\x1b[31m.md\n" in capfd.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run(["files"]) == 0
    assert "red\\x1b[31m.md\n" in capfd.readouterr().out


def test_a_vault_is_found_by_its_name(
    vault: Path,
    capfd: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(vault / "x")
    assert run([f"vault={vault.name}", "files", "ext=png"]) == 0
    assert capfd.readouterr().out == "p.png\n"
    settings = tmp_path_factory.mktemp("settings")
    monkeypatch.chdir(settings)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(settings))
    assert run([f"vault={vault.name}", "files"]) == 2
    (settings / "obsidian").mkdir()
    other = settings / "other" / vault.name
    vaults = {"1": {"path": str(vault), "ts": 1}, "2": {"path": str(other)}}
    (settings / "obsidian" / "obsidian.json").write_text(json.dumps({"vaults": vaults}), encoding="utf-8")
    capfd.readouterr()
    assert run([f"vault={vault.name}", "files", "ext=png"]) == 0
    assert capfd.readouterr().out == "p.png\n"
    other.mkdir(parents=True)
    assert run([f"vault={vault.name}", "files"]) == 2
    assert "Obsidian knows 2 vaults of this name; name the folder: " in capfd.readouterr().err


def test_a_file_has_its_dates(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["file", "a", "--json"]) == 0
    fields = json.loads(capfd.readouterr().out)
    assert fields["created"] <= fields["modified"]
    assert fields["created"].endswith("Z")


def test_behind_two_dashes_nothing_is_an_option(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (vault / "total.md").write_text("# T", encoding="utf-8")
    assert run(["outline", "--", "total"]) == 0
    assert capfd.readouterr().out == "└── T\n"
    assert run(["outline", "file=total"]) == 0


@pytest.mark.parametrize("words", [["backlinks", "b"], ["search", "c"], ["tags"], ["orphans"]])
def test_plain_words_load_nothing_heavy(vault: Path, words: list[str]) -> None:
    code = (
        "import sys; from vaultkit.cli.entry_point import run; run(sys.argv[1:]);"
        "print(sorted({'networkx', 'numpy', 'scipy', 'PIL', 'pyvis'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, cwd=vault)
    assert done.stderr == "[]\n"


def test_stats(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "notes": 5, "canvases": 0, "bases": 1, "attachments": 1, "links": 4, "embeds": 1, "unresolved": 1,
        "unresolved_names": 1, "no_backlinks": 4, "deadends": 3, "headings": 3, "tasks": 2, "tags": 2, "aliases": 1,
    }  # fmt: skip
    assert run(["stats"]) == 0
    assert "        5  notes\n" in capsys.readouterr().out


def test_a_view_with_groups_summaries_and_a_wrong_formula(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (vault / "t.base").write_text(
        "filters: file.ext == 'md'\nformulas: {bad: foo()}\nviews:\n"
        "  - {type: table, name: T, groupBy: {property: n, direction: DESC}, order: [file.name, n, formula.bad], "
        "summaries: {n: Sum, file.name: Filled}}\n",
        encoding="utf-8",
    )
    assert run(["base:query", "t", "format=md"]) == 0
    shown = capsys.readouterr()
    assert shown.out == (
        "**n: 3**\n\n| file.name | n | bad |\n| --- | --- | --- |\n| a.md | 3 | error |\n"
        "| **Filled:** 1 | **Sum:** 3 |  |\n\n"
        "**n: (empty)**\n\n| file.name | n | bad |\n| --- | --- | --- |\n"
        "| q=1.md |  | error |\n| b.md |  | error |\n| c.md |  | error |\n| c.md |  | error |\n"
        "| **Filled:** 4 | **Sum:** |  |\n\n"
    )
    assert (
        shown.err
        == "note: formula 'bad': there is no function foo(); Obsidian Help lists them under Functions (5 cells)\n"
    )
    assert run(["base:query", "t"]) == 0
    assert '"formula.bad": null' in capsys.readouterr().out
