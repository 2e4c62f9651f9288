"""One odd canvas, base, setting, value or number: a finding, a notice or one sentence, never exit status 3."""

from __future__ import annotations

import gc
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from vaultkit.cli.entry_point import run

DIGITS = "1" * 4301
DEEP = "[" * 50_000
NOTE = "---\np: 1\ndue: 2024-01-01\n---\n[[b]] ![[gone.png]]\n\n#flashcards\n\nq::a\n"
ANKI = ["cards", "export", "anki", "-o", "x.apkg"]
SVG = ["graph", "export", "svg", "-o", "o.svg", "--positions"]
LAST = ["report", "-o", "r.md", "--previous", "last.md"]
IMPORT = ["import", "c.tsv", "--to", "D"]
BASE = "views:\n  - type: table\n    name: t\n    order: [file.name, p, formula.f]\nformulas:\n  f: '{}'\n"
FC_PATTERNS = "[lint]\nselect = ['ALL']\n[rules.{}]\npatterns = ['{}']\n"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "vault"
    for name in (".obsidian/plugins/obsidian-spaced-repetition", ".vaultkit"):
        (folder / name).mkdir(parents=True)
    for path, text in {"a.md": NOTE, "b.md": "# b\n", "c.tsv": "one\tfirst\ntwo\tsecond\n"}.items():
        (folder / path).write_text(text, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", open(os.devnull, encoding="utf-8"))  # noqa: SIM115
    monkeypatch.setenv("VAULTKIT_NO_CACHE", "1")
    monkeypatch.chdir(folder)
    return folder


def put(vault: Path, path: str, text: str) -> None:
    (vault / path).parent.mkdir(parents=True, exist_ok=True)
    (vault / path).write_bytes(text.encode("utf-8", "surrogatepass"))


def status_of(words: list[str]) -> int:
    try:
        return run(list(words))
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("path", "text", "words", "expected"),
    [
        pytest.param("x.md", f"![[p.png|{DIGITS}]] ![[p.png|1x{DIGITS}]]\n", ["check"], 1, id="size with many digits"),
        pytest.param("c.canvas", '{"nodes":[],"edges":[{"fromNode":[],"toNode":"a"}]}', ["check"], 1, id="edge from a list"),
        pytest.param("c.canvas", '{"nodes":[{"id":{}}],"edges":[{"fromNode":{},"toNode":null}]}', ["stats"], 0, id="ids"),
        pytest.param("c.canvas", DEEP, ["check"], 1, id="deep canvas"),
        pytest.param("c.canvas", f'{{"nodes":[{{"x":{DIGITS}}}]}}', ["check"], 1, id="canvas with many digits"),
        pytest.param(
            ".obsidian/app.json", '{"userIgnoreFilters":["/(a+)+$/","/(/","/(a+)+(?=b)/"]}', ["check"], 1, id="filters"
        ),
        pytest.param(".vaultkit.toml", f"extend-exclude = ['{'*a' * 30}b', '{'**/' * 25}z.md']", ["check"], 1, id="globs"),
        pytest.param(".vaultkit.toml", "extend-exclude = ['[z-a]']", ["check"], 1, id="glob with an empty range"),
        pytest.param(".vaultkit.toml", "a = " + DEEP, ["check"], 2, id="deep configuration"),
        pytest.param(".vaultkit.toml", "a = " + DEEP, ["map", "-o", "m.html"], 2, id="deep configuration, map"),
        pytest.param(".vaultkit.toml", f"a = {DIGITS}", ["check"], 2, id="configuration with many digits"),
        pytest.param(".vaultkit.toml", "nope = 07:32:00\nf = nan", ["config", "show"], 0, id="times in the configuration"),
        pytest.param(".vaultkit.toml", FC_PATTERNS.format("FC002", "("), ["check"], 2, id="patterns of a card rule"),
        pytest.param(".vaultkit.toml", FC_PATTERNS.format("FC002", "(a+)+$"), ["check"], 2, id="pattern without end"),
        pytest.param(".vaultkit.toml", FC_PATTERNS.format("ST001", "*"), ["check"], 2, id="patterns of a note rule"),
        pytest.param(".vaultkit-baseline.json", DEEP, ["check", "--baseline", ".vaultkit-baseline.json"], 2, id="deep baseline"),
        pytest.param(
            ".vaultkit-baseline.json",
            '{"version":1,"notes":{},"entries":[{"path":"a","rule":"x","fingerprint":"y","count":Infinity}]}',
            ["check", "--baseline", ".vaultkit-baseline.json"], 2, id="count without end",
        ),
        pytest.param(".obsidian/graph.json", DEEP, ["map", "-o", "m.html"], 0, id="deep graph settings"),
        pytest.param("a.md", "---\np: .inf\n---\n", ["base:query", "t"], 0, id="infinity"),
        pytest.param("a.md", "---\np: .nan\n---\n", ["base:query", "t", "format=csv"], 0, id="no number"),
        pytest.param("a.md", f"---\np: {DIGITS}\n---\n", ["base:query", "t"], 0, id="property with many digits"),
        pytest.param("t.base", BASE.format(DIGITS), ["base:query", "t"], 0, id="formula with many digits"),
        pytest.param(
            "t.base", BASE.format('"x".repeat(100000).split("").map(value.repeat(100000))'), ["base:query", "t"], 2,
            id="list without end",
        ),
        pytest.param(
            "t.base", BASE.format('"x".repeat(1000000).replace("x", "y".repeat(1000000))'), ["base:query", "t"], 2,
            id="text without end",
        ),
        pytest.param(
            "t.base", BASE.format('"x".repeat(9999).split("").map("y".repeat(9)).join("z".repeat(999999))'),
            ["base:query", "t"], 2, id="joined without end",
        ),
        pytest.param("t.base", BASE.format("/(a+)+$/.matches(\"" + "a" * 40 + "!\")"), ["base:query", "t"], 0, id="regex"),
        pytest.param("t.base", BASE.format('"a".replace(/(a+)+$/, "b")'), ["base:query", "t"], 0, id="regex, replaced"),
        pytest.param(".vaultkit/quiz.json", '{"version":1,"sessions":[{"results":[{"id":[]}]}]}', ["quiz", "--resume"], 0, id="log"),
        pytest.param(".vaultkit/quiz.json", '{"sessions":[{"\\ud800":1}]}', ["quiz"], 0, id="half a character in a log"),
        pytest.param(".vaultkit/anki.json", DEEP, ANKI, 2, id="deep state"),
        pytest.param(".obsidian/types.json", DEEP, ["rename", "property", "p", "q"], 0, id="deep types"),
        pytest.param(".obsidian/types.json", '{"types":1}', ["rename", "property", "p", "q"], 0, id="types of the wrong kind"),
        pytest.param("pos.json", DEEP, [*SVG, "pos.json"], 2, id="deep positions"),
        pytest.param("pos.json", f'{{"a.md":[1{"0" * 400},2]}}', [*SVG, "pos.json"], 2, id="a position that is too large"),
        pytest.param("last.md", f"<!-- vaultkit report {DEEP} -->", LAST, 0, id="deep numbers of the last report"),
        pytest.param(
            "last.md", '<!-- vaultkit report {"day":"2024-01-01","numbers":{"notes":Infinity}} -->', LAST, 0,
            id="numbers of the last report without end",
        ),
    ],
)  # fmt: skip
def test_odd_input(vault: Path, capsys, path: str, text: str, words: list[str], expected: int) -> None:
    put(vault, "t.base", BASE.format("1"))
    put(vault, path, text)
    assert status_of(words) == expected, capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["search", "query=" + "(" * 2000], "nested too deeply"),
        (["search", "query=" + "-(" * 2000 + "a"], "nested too deeply"),
        (["search", "query=/(a+)+$/"], "could take for ever"),
        (["move", "b.md", "caf\udce9.md"], "not UTF-8"),
        (["move", "b.md", "caf\udce9/", "--dry-run"], "not UTF-8"),
        (["relink", "gone", "caf\udce9.md"], "not UTF-8"),
        (["check", "--config", "a = " + DEEP], "nested too deeply"),
    ],
)
def test_odd_words(vault: Path, capsys, words: list[str], reason: str) -> None:
    assert status_of(words) == 2
    assert reason in capsys.readouterr().err


def test_the_trash_on_a_disk_that_is_read_only(vault: Path, monkeypatch, capsys) -> None:
    put(vault, "p.png", "")

    def refused(path: str, *_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system", path)

    monkeypatch.setattr(os, "makedirs", refused)
    assert status_of(["orphans", "--trash"]) == 2
    assert "cannot be written (Read-only file system); nothing was moved" in capsys.readouterr().err


ODD: list[Any] = [
    None, True, 0, -1, 1.5, float("nan"), float("inf"), 10**400, "", "a", "a.md", "..", "\ud800", "\0", "x" * 5000, [], {},
    [[]], [None], {"": None}, "2024-13-45", "/(/",
]  # fmt: skip
STATE = {
    "first": 1, "last": 1, "vault": "x", "version": 1,
    "notes": {"vk1": {"path": "a.md", "kind": "basic", "front": "x", "back": "y", "position": 0, "id": "", "content": "z",
                      "mod": 1, "numbers": {"a": 1}}},
}  # fmt: skip
ORIGIN = {
    "version": 1,
    "types": {"5": {"name": "T", "cloze": False, "fields": ["F", "B"], "templates": [["C", "{{F}}", "{{B}}"]], "css": "", "sort": 0}},
    "notes": {"g": {"type": 5, "fields": ["one", "two"], "deck": "D", "tags": ["t"], "cards": [0], "mod": 3}},
}  # fmt: skip
CARD = {"front": "a", "back": "b", "n": "1", "id": "vk-1"}
IMPORTS = {
    "version": 1,
    "sources": {"tsv\nc\nc": {"note": "D/c.md", "sha256": "x", "cards": {"front:one": CARD, "guid:g": CARD}}},
}  # fmt: skip
CANVAS = {
    "nodes": [
        {"id": "1", "type": "file", "file": "a.md", "subpath": "#x", "x": 0},
        {"id": "2", "type": "text", "text": "[[a]] ![[b|100]]"},
        {"id": "3", "type": "group", "background": "p.png", "label": "l"},
    ],
    "edges": [{"id": "e", "fromNode": "1", "toNode": "2", "label": "l"}],
}
LOG = {"version": 1, "sessions": [{"at": "x", "seed": None, "results": [{"id": "i", "front": "q", "grade": "good"}]}]}
PLUGIN = {"settings": {"flashcardTags": ["#flashcards"], "clozePatterns": ["==[123;;]answer=="], "singleLineCardSeparator": "::",
                       "convertFoldersToDecks": True}}  # fmt: skip
GROUPS = {"colorGroups": [{"query": "tag:#t", "color": {"a": 1, "rgb": 123}}]}
FUZZED = {
    "c.canvas": (
        CANVAS,
        [["check", "--select", "ALL"], ["metadata"], ["move", "a.md", "n.md", "--dry-run"], ["cards", "list"]],
    ),
    ".vaultkit/anki.json": (STATE, [ANKI]),
    ".vaultkit/anki-origin.json": (ORIGIN, [ANKI]),
    ".vaultkit/imports.json": (IMPORTS, [[*IMPORT], ANKI]),
    ".vaultkit/quiz.json": (LOG, [["quiz", "--resume"]]),
    ".obsidian/plugins/obsidian-spaced-repetition/data.json": (
        PLUGIN,
        [["cards", "list"], ["check", "--select", "FC"]],
    ),
    ".obsidian/graph.json": (GROUPS, [["map", "-o", "m.html"]]),
    ".obsidian/types.json": ({"types": {"p": "number", "due": "date"}}, [["check", "--select", "ALL"], ["properties"]]),
    ".obsidian/app.json": (
        {"userIgnoreFilters": ["x/", "/a/"], "attachmentFolderPath": "./x", "newLinkFormat": "relative"},
        [["check", "--select", "ALL"], ["files"], ["move", "a.md", "n.md", "--dry-run"]],
    ),
}


def changed(value: Any, chance: random.Random) -> Any:
    """The value with some parts of it replaced by odd ones, left out or renamed."""
    if isinstance(value, dict):
        kept = {key: member for key, member in value.items() if chance.random() > 0.05}
        return {key if chance.random() > 0.03 else "\ud800": changed(member, chance) for key, member in kept.items()}
    if chance.random() < 0.15:
        return chance.choice(ODD)
    if isinstance(value, list):
        return [changed(member, chance) for member in value] + ([chance.choice(ODD)] if chance.random() < 0.1 else [])
    return value


@pytest.mark.parametrize("path", FUZZED)
def test_values_of_the_wrong_kind_end_no_run(vault: Path, capsys, path: str) -> None:
    document, commands = FUZZED[path]
    rounds = 12 if path.endswith("graph.json") else 60
    for seed in range(rounds):
        chance = random.Random(f"{path} {seed}")
        text = json.dumps(changed(document, chance))
        put(vault, path, text)
        words = chance.choice(commands)
        assert status_of(words) in (0, 1, 2), (text, words, capsys.readouterr().err)


@pytest.mark.parametrize(
    ("name", "text", "words", "shown"),
    [
        ("hotkeys.json", '{"a:b": [{"modifiers": ["Mod", 1], "key": "K"}, {"modifiers": 5, "key": {}}, 7], "c": 3}', ["hotkeys"], "a:b\tMod+K, \nc\t\n"),
        ("workspace.json", '{"lastOpenFiles": ["a.md", 1, ["b.md"], null]}', ["recents"], "a.md\n"),
        ("workspace.json", '{"lastOpenFiles": 5}', ["recents"], ""),
        ("workspaces.json", '{"workspaces": ["w"]}', ["workspaces"], ""),
        ("workspaces.json", '{"workspaces": {"w": 1, "a": {}}}', ["workspaces"], "a\nw\n"),
        ("appearance.json", '{"cssTheme": ["T"]}', ["theme"], "default\n"),
        ("appearance.json", '{"cssTheme": "T"}', ["theme"], "T\n"),
        ("appearance.json", '{"enabledCssSnippets": 5}', ["snippets:enabled"], ""),
        ("appearance.json", '{"enabledCssSnippets": ["s", 1]}', ["snippets:enabled"], "s\n"),
        ("appearance.json", '{"enabledCssSnippets": "s"}', ["snippets:enabled"], ""),
    ],
)  # fmt: skip
def test_odd_settings_of_the_app_are_left_out(
    vault: Path, capfd, name: str, text: str, words: list[str], shown: str
) -> None:
    put(vault, ".obsidian/snippets/s.css", "")
    put(vault, f".obsidian/{name}", text)
    assert status_of(words) == 0
    assert capfd.readouterr().out == shown
