"""What is fuzzed: each kind of file that vaultkit reads, in a small vault, and the commands that read it."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import shutil
import signal
import sys
import traceback
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from more_targets import more, quiet_logging, served, stdin_of

from vaultkit.base.record import record
from vaultkit.cli.entry_point import run

SECONDS = 10.0
STATUSES = (0, 1, 2)
NOTE = """---
aliases: [First, "2"]
tags: [a/b, c]
due: 2024-01-01
n: 3
up: "[[b]]"
---
# Head
[[b#Part|x]] ![[p.png|100x20]] [m](b.md#part) <https://x.org> #tag/x ^id1

> [!note] Quote
> - [ ] task [[gone]]

| a | b |
|---|---|
| [[b\\|c]] | `x` |

#flashcards
question::answer
one:::two <!--SR:!2024-01-01,3,250-->
front
?
- back $x$ ==mark==
A {{c1::gap::hint}} and ==another==

```vaultkit
[[x]]
```
%% [[comment]] %% $$ \\frac{1}{2} $$ [^1] **b** _i_ ~~s~~ <b>h</b>

[^1]: note [r]

[r]: b.md
"""
BASE = """filters:
  and:
    - file.hasTag("a")
    - 'file.ext == "md"'
formulas:
  f: 'n * 2 + if(due, date(due).year, 0)'
  g: 'file.name.replace(/a(.)/g, "$1").split("").map(value.lower()).join(",")'
properties:
  n:
    displayName: N
views:
  - type: table
    name: T
    filters: 'n > 1 && !file.inFolder("x")'
    order: [file.name, n, formula.f, formula.g, note.due]
    sort:
      - property: n
        direction: DESC
    limit: 10
"""
CANVAS = {
    "nodes": [
        {"id": "1", "type": "file", "file": "a.md", "subpath": "#Head", "x": 0, "y": 0, "width": 10, "height": 10},
        {"id": "2", "type": "text", "text": "[[b]] q::a", "x": 0, "y": 0, "width": 10, "height": 10, "color": "1"},
        {"id": "3", "type": "group", "label": "g", "background": "p.png"},
        {"id": "4", "type": "link", "url": "https://x.org"},
    ],
    "edges": [{"id": "e", "fromNode": "1", "toNode": "2", "fromSide": "top", "label": "[[b]]"}],
}
SETTINGS = {
    "userIgnoreFilters": ["Archive/", "/x.*y/"], "attachmentFolderPath": "./att", "useMarkdownLinks": True, "newFileFolderPath": "x",
    "newLinkFormat": "relative", "newFileLocation": "folder", "strictLineBreaks": False, "showUnsupportedFiles": True,
}  # fmt: skip
GRAPH = {
    "colorGroups": [{"query": "tag:#a path:x OR (file:b -c)", "color": {"a": 1, "rgb": 255}}],
    "search": "a",
    "showTags": True,
}
PLUGIN = {
    "settings": {
        "flashcardTags": ["#flashcards"], "singleLineCardSeparator": "::", "singleLineReversedCardSeparator": ":::",
        "multilineCardSeparator": "?", "multilineReversedCardSeparator": "??", "multilineCardEndMarker": "",
        "convertHighlightsToClozes": True, "clozePatterns": ["==[123;;]answer[;;hint]=="], "noteFoldersToIgnore": ["x"],
        "baseEase": 250, "lapsesIntervalChange": 0.5, "easyBonus": 1.3, "maximumInterval": 36525, "tagsToReview": ["#review"],
        "convertFoldersToDecks": False, "cardCommentOnSameLine": True, "loadBalance": True,
    },
    "buryDate": "", "buryList": [],
}  # fmt: skip
CONFIG = """exclude = ["x/**", "*.tmp.md"]
preset = "learning"
obsidian-config = true
[lint]
extend-select = ["PR010"]
ignore = ["LK001"]
[lint.per-file-ignores]
"a/**" = ["LK001"]
[lint.severity]
EM001 = "info"
[cards]
tags = ["#flashcards"]
separators = ["::"]
[rules.FC002]
patterns = ["todo"]
"""
BOOKMARKS = {
    "items": [
        {"type": "file", "path": "b.md", "subpath": "#x"},
        {"type": "group", "items": [{"type": "folder", "path": "D"}]},
    ]
}
TSV = 'front\tback\ttags\nq1\ta1 <b>x</b>\ta b\n"q ""2"""\ta2\t\nq3 ![](x.png)\ta{{c1::3}}\t#t\n'
MOVE = ["move", "b.md", "c.md"]
CHECK = ["check", "--select", "ALL", "--show-info"]
FIX = ["check", "--fix", "--unsafe-fixes"]
ANKI = ["cards", "export", "anki", "-o", "out.apkg"]
IMPORT = ["import", "c.tsv", "--to", "D"]


@record
class Target:
    """A kind of file. kind: how it is mutated; commands: those that read it, of which one is taken each time."""

    path: str
    kind: str
    seed: bytes
    commands: tuple[tuple[str, ...], ...]


def _target(path: str, kind: str, seed: object, *commands: list[str]) -> Target:
    data = seed if isinstance(seed, bytes) else seed.encode() if isinstance(seed, str) else json.dumps(seed).encode()
    return Target(path, kind, data, tuple(tuple(words) for words in commands))


def made(path: str, before: list[list[str]]) -> bytes:
    """What commands write into a new vault under this path."""
    with vault() as root:
        for words in before:
            status(words)
        return (root / path).read_bytes()


@cache
def targets() -> dict[str, Target]:
    """Name -> what is fuzzed."""
    sources = {
        "csv": TSV.replace("\t", ","), "tsv": TSV, "brainscape.txt": "Front;Back\nq1;a1\n", "quizlet.txt": "term\tdefinition\nb\tc\n",
        "anki.txt": "#separator:tab\n#html:true\n#deck column:1\nD\tq\ta<br>b\n", "cards.md": "# Deck\n\nQ: one\nA: two\n\nC: x [gap] y\n",
        "crowd.json": json.dumps({"__type__": "Deck", "name": "D", "crowdanki_uuid": "1", "children": [], "media_files": ["a.png"],
            "note_models": [{"crowdanki_uuid": "m", "name": "Basic", "flds": [{"name": "F", "ord": 0}, {"name": "B", "ord": 1}],
            "tmpls": [{"name": "C", "qfmt": "{{F}}", "afmt": "{{B}}"}], "type": 0}], "notes": [{"fields": ["q", "a"], "guid": "g", "note_model_uuid": "m", "tags": ["t"]}]}),
        "rem.json": json.dumps({"docs": [{"_id": "1", "key": ["q"], "value": ["a"], "children": ["2"]}, {"_id": "2", "key": ["x", {"i": "q", "_id": "1"}]}]}),
    }  # fmt: skip
    found = {
        "note": _target("a.md", "text", NOTE, CHECK, FIX, ["metadata"], ["cards", "list", "--format", "json"], ["graph", "stats"], ["suggest"],
            ["map", "-o", "m.html", "--quiet"], MOVE, ["tasks"], ["stats"], ["search:context", "query=a line:(b c)"], ["base:query", "t"]),
        "cards": _target("a.md", "text", NOTE, ANKI, ["cards", "export", "html", "-o", "o.html"], ["cards", "export", "csv", "-o", "o.csv"],
            ["cards", "due"], ["cards", "coverage"], ["quiz", "--write-schedule"], ["cards", "list", "--dialect", "osr"], [*ANKI, "--write-ids"]),
        "canvas": _target("c.canvas", "json", CANVAS, CHECK, FIX, MOVE, ["graph", "stats"], ["map", "-o", "m.html", "--quiet"], ["links", "c.canvas"]),
        "base": _target("t.base", "text", BASE, CHECK, MOVE, ["base:query", "t"], ["base:query", "t", "format=csv"], ["base:views", "t"], ["graph", "stats"]),
        "app.json": _target(".obsidian/app.json", "json", SETTINGS, CHECK, MOVE, ["metadata", "a"], ["graph", "stats"], ["suggest"], ["config", "show"]),
        "graph.json": _target(".obsidian/graph.json", "json", GRAPH, ["map", "-o", "m.html", "--quiet"]),
        "plugin": _target(".obsidian/plugins/obsidian-spaced-repetition/data.json", "json", PLUGIN, CHECK, ["cards", "list"], ["quiz", "--write-schedule"], ["cards", "due"]),
        "bookmarks": _target(".obsidian/bookmarks.json", "json", BOOKMARKS, MOVE, ["relink", "gone.md", "b.md"]),
        "daily": _target(".obsidian/daily-notes.json", "json", {"folder": "D", "template": "T", "format": "YYYY"}, MOVE, CHECK),
        "types": _target(".obsidian/types.json", "json", {"types": {"due": "date", "n": "number", "up": "text"}}, CHECK, ["properties"]),
        "config": _target(".vaultkit.toml", "text", CONFIG, CHECK, ["config", "show"], ["cards", "list"], ["hook"]),
        "gitignore": _target(".gitignore", "text", "*.log\n!keep.md\n/D/\na/**/b\n[ab]*.md\n\\#x\n", CHECK, ["files"]),
        "baseline": _target(".vaultkit-baseline.json", "json", made(".vaultkit-baseline.json", [["baseline", "create"]]), ["check", "--baseline", ".vaultkit-baseline.json"],
            ["baseline", "show"], ["baseline", "update"], ["baseline", "prune"]),
        "anki.json": _target(".vaultkit/anki.json", "json", made(".vaultkit/anki.json", [ANKI]), ANKI),
        "imports.json": _target(".vaultkit/imports.json", "json", made(".vaultkit/imports.json", [IMPORT]), IMPORT, ANKI),
        "quiz.json": _target(".vaultkit/quiz.json", "json", {"version": 1, "sessions": [{"at": "2024", "seed": 1, "results": [{"id": "x", "grade": "good"}]}]}, ["quiz"]),
        "picture": _target("p.png", "bytes", _picture(), CHECK, ["map", "-o", "m.html", "--quiet"], ["graph", "pictures"]),
        "search": _target("query.txt", "text", 'a "b c" OR -(line:(x y) tag:#t) [due:2024] /x.*/ path:"a"', ["search", "query=@"]),
        "undo": _target(".trash/u.json", "json", {"version": 1, "moves": [{"from": "x.png", "to": ".trash/x.png"}]}, ["orphans", "--undo", ".trash/u.json"]),
        "apkg": _target("deck.apkg", "zip", made("out.apkg", [ANKI]), ["import", "deck.apkg", "--to", "D"]),
        "view": _target("view.json", "json", {"name": "V", "hash": "#x"}, ["map", "-o", "m.html", "--quiet", "--view", "view.json"]),
        "positions": _target("pos.json", "json", {"a.md": [1, 2]}, ["graph", "export", "svg", "--positions", "pos.json", "-o", "o.svg"]),
        "last report": _target("last.md", "text", made("last.md", [["report", "-o", "last.md"]]), ["report", "--previous", "last.md"]),
        "journal": _target(".vaultkit-journal.json", "text", '{"version":1,"file":0,"process":1}\n{"renames":[["a.md","z.md"]],"folders":["x"]}\n'
            '{"files":[["b.md","0","1"]],"together":true}\n{"done":true}\n', ["files"]),
    }  # fmt: skip
    for name, text in sources.items():
        kind = "json" if name.endswith(".json") else "text"
        form = {"cards.md": "hashcards", "rem.json": "remnote"}.get(name, "auto")
        found[f"import {name}"] = _target(name, kind, text, ["import", name, "--to", "D", "--from", form])
    for name, (path, kind, seed, commands) in more().items():
        found[name] = _target(path, kind, seed, *commands)
    found["mochi"] = _target("deck.mochi", "zip", _mochi(), ["import", "deck.mochi", "--to", "D"])
    return found


def _mochi() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        cards = [{"~:content": "q\n---\na ![](@media/x.png)", "~:tags": {"~#set": ["t"]}}]
        decks = [{"~:id": "a", "~:name": "D", "~:cards": {"~#list": cards}}]
        archive.writestr("data.json", json.dumps({"~:version": 2, "~:decks": decks}))
        archive.writestr("x.png", b"x")
    return target.getvalue()


def _picture() -> bytes:
    from PIL import Image

    target = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(target, "PNG")
    return target.getvalue()


@contextlib.contextmanager
def vault() -> Iterator[Path]:
    """A small vault in a new folder, which is the working directory meanwhile."""
    import tempfile

    before = os.getcwd()
    folder = tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    try:
        root = Path(folder) / "vault"
        for path in (".obsidian/plugins/obsidian-spaced-repetition", ".vaultkit", ".trash"):
            (root / path).mkdir(parents=True)
        for name, text in {"a.md": NOTE, "b.md": "# Part\n[[a]]\n", "t.base": BASE, "c.tsv": TSV}.items():
            (root / name).write_text(text, encoding="utf-8")
        (root / "p.png").write_bytes(_picture())
        os.chdir(root)
        yield root
    finally:
        os.chdir(before)
        shutil.rmtree(folder, ignore_errors=True)


class TooSlowError(BaseException):
    """The command took longer than SECONDS."""


def _stop(*_: object) -> None:
    raise TooSlowError


def status(words: list[str], data: bytes = b"") -> tuple[int, str]:
    """The exit status of a command, and what it wrote to the standard error. data: what ``@stdin`` and servers read."""
    quiet_logging()
    answer = served(words, data)
    if answer is not None:
        return answer
    words, stdin = stdin_of(words, data)
    out, errors = io.StringIO(), io.StringIO()
    out_bytes = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
    before = sys.stdin
    sys.stdin = stdin
    try:
        with contextlib.redirect_stdout(out_bytes), contextlib.redirect_stderr(errors):
            return run(words), errors.getvalue()
    finally:
        sys.stdin = before
        out.close()
        gc.enable()


def fault(name: str, data: bytes, words: tuple[str, ...]) -> str:
    """What is wrong with a command on this file; "" for nothing."""
    target = targets()[name]
    with vault() as root:
        (root / target.path).write_bytes(data)
        query = data.decode("utf-8", "replace").replace("\0", "")
        limit: Callable[[float], object] = lambda seconds: signal.setitimer(signal.ITIMER_REAL, seconds)  # noqa: E731
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, _stop)
            limit(SECONDS)
        try:
            code, errors = status([f"query={query}" if word == "query=@" else word for word in words], data)
        except TooSlowError:
            return f"took longer than {SECONDS:g} s"
        except BaseException:
            return traceback.format_exc()
        finally:
            if hasattr(signal, "setitimer"):
                limit(0)
    if code not in STATUSES or "Traceback" in errors:
        return f"exit status {code}\n{errors[-3000:]}"
    return ""
