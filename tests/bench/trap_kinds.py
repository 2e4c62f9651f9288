"""Vaults that are made to be slow: every construct of every kind of file, open, closed, nested and repeated.

A trap makes the files of a vault from a number; twice the number is about twice as much. Beside it are the commands
that read it; growth_traps.py measures them.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from parser_growth import TRAPS as NOTE_TEXTS
from parser_growth import root

Files = dict[str, str]
Trap = Callable[[int], Files]
Command = tuple[str, ...]
CHECK: Command = ("check", "--select", "ALL", "--show-info")
FIX: Command = ("check", "--fix", "--unsafe-fixes", "--diff")
METADATA: Command = ("metadata",)
CARDS: Command = ("cards", "stats")
STATS: Command = ("graph", "stats")
SUGGEST: Command = ("suggest",)
MAP: Command = ("map", "-o", "-")
HOOK: Command = ("hook",)
NOTE_COMMANDS = (CHECK, FIX, METADATA, CARDS, STATS, SUGGEST, MAP)
# Kinds of text that a note, a card, a property or a node of a canvas can hold, each repeated.
PIECES = (
    "[[a]] ", "[[a|b]] ", "[[a#b]] ", "[[gone]] ", "![[p.png]] ", "![[a#^x]]\n", "[a](a.md) ", "[a](gone.md) ", "<https://a.b> ", "[[", "![[", "]]", "[a](", "![", "`", "```\n",
    "$", "$$\n", "$x$ ", "**a** ", "*a ", "==a== ", "==a ", "~~a~~ ", "%%a%% ", "%%", "<!-- a -->", "<!--", "<b>", "</b>", "<div>\n", "#t ", "#t/u ", "^id\n\n", "# h\n", "## h\n\n", "> a\n", "> [!note] a\n",
    "> ", "- a\n", "- [ ] a\n", "1. a\n", "- ", "|a", "|a|b|\n", "|-", "---\n", "***\n", "\\", "&amp;", "[^1] ", "[^1]: a\n", "^[a] ", "{{a}} ", "{{c1::a}} ", "{{", "<% a %> ", "a::b\n\n", ":: ",
    "a:::b\n\n", "?\n", "a\n?\nb\n\n", "a\n??\nb\n\n", "a ? b\n", "q? ", "\u00a0", "\u200b", "é ", "e\u0301 ", "😀 ", "漢字", "word ", "Word-word ", "a. ", "http://", "a@b.c ", "Milvus ", "milvus-", "teh ", "the the ",
    "\t", " \n", "a  \n", "(", "()", '"a" ', "'", "->", "...", "--", "a_b_", "\r\n", "%% vaultkit-disable %%\n", "%% vaultkit-disable-next-line LK001 %%\n", "#flashcards\n\n", "#card ", "<!--SR:!2024-01-01,3,250-->\n",
    "[r]: a.md\n", "[a][r] ", "[x]", "- [x] [[a]] #t ^i\n", "```dataview\nlist\n```\n", "```query\na\n```\n", "```base\nviews:\n```\n", "```mermaid\na-->b\n```\n", "```tasks\nnot done\n```\n",
)  # fmt: skip
SEVERAL = 6  # how many pieces of PIECES a mixed text takes


def note(text: Callable[[int], str]) -> Trap:
    return lambda n: {"a.md": text(n), "b.md": "# b\n", "Milvus.md": "---\naliases: [Mil]\n---\n", "p.png": ""}


def _numbered(line: str, head: str = "", tail: str = "") -> Trap:
    """Return the trap of a line in which ``@`` is the number."""
    return note(lambda n: head + "".join(line.replace("@", str(i)) for i in range(n)) + tail)


def _canvas(node: Callable[[int], object], edge: Callable[[int], object] | None = None) -> Trap:
    return lambda n: {
        "c.canvas": json.dumps(
            {"nodes": [node(i) for i in range(n)], "edges": [edge(i) for i in range(n)] if edge else []}
        ),
        "a.md": "# a\n",
    }


def _base(text: Callable[[int], str]) -> Trap:
    return lambda n: {"t.base": text(n), "a.md": "---\nx: 1\n---\n#t\n", "b.md": "---\nx: 2\n---\n"}


def _formula(expression: Callable[[int], str]) -> Trap:
    return _base(
        lambda n: (
            f"formulas:\n  f: {json.dumps(expression(n))}\nviews:\n  - type: table\n    name: T\n    order: [file.name, formula.f]\n"
        )
    )


def _setting(path: str, value: Callable[[int], object]) -> Trap:
    return lambda n: {path: json.dumps(value(n)), **{f"n{i}.md": "[[n1]]\n" for i in range(40)}}


def _text_file(path: str, text: Callable[[int], str]) -> Trap:
    return lambda n: {path: text(n), **{f"n{i}.md": f"[[n{i + 1}]] #t/{i}\n" for i in range(40)}}


def _tree(text: Callable[[int], str], name: Callable[[int], str] = lambda i: f"n{i}") -> Trap:
    """Return the trap of as many notes."""
    return lambda n: {f"{name(i)}.md": text(i).replace("@@", str(n)) for i in range(n)}


def _traps() -> dict[str, tuple[int, Trap, tuple[Command, ...]]]:
    found: dict[str, tuple[int, Trap, tuple[Command, ...]]] = {}
    for name, text in NOTE_TEXTS.items():
        found[f"note: {name}"] = (4000, note(text), NOTE_COMMANDS)
    for piece in PIECES:
        label = piece.strip().replace("\n", "~")[:20] or repr(piece)
        found[f"deck: {label}"] = (
            3000,
            note(lambda n, piece=piece: "#flashcards\n\nq::" + piece * n + "\n"),
            (CHECK, CARDS, FIX),
        )
        found[f"deck lines: {label}"] = (
            2000,
            note(lambda n, piece=piece: "#flashcards\n\n" + (piece + "\n\n") * n),
            (CHECK, CARDS, FIX, SUGGEST),
        )
    for at in range(0, len(PIECES), SEVERAL):
        few = PIECES[at : at + SEVERAL]
        found[f"mixed {at // SEVERAL}"] = (1000, note(lambda n, few=few: "".join(few) * n), NOTE_COMMANDS)
        found[f"numbered {at // SEVERAL}"] = (
            700,
            note(lambda n, few=few: "".join(f"{piece.rstrip()}{i} " for i in range(n) for piece in few)),
            NOTE_COMMANDS,
        )
    found |= _property_traps() | _list_traps() | _other_files() | _shapes()
    return found


def _property_traps() -> dict[str, tuple[int, Trap, tuple[Command, ...]]]:
    """Front matter: keys, values, lists, quotes, nesting."""
    lines = {
        "keys": "k@: v\n", "links": 'k@: "[[a]]"\n', "raw links": "k@: [[a]]\n", "one key": "k: v\n", "tags": "tags: [a@]\n", "anchors": "k@: &a@ x\n", "quoted": "k@: 'a''b'\n",
        "dates": "k@: 2024-01-01\n", "blocks": "k@: |\n  a\n  b\n", "folded": "k@: >\n  a\n\n", "comments": "# c@\n", "odd": "k@ v\n", "colons": "a: b: c\n", "question": "? k@\n: v\n", "members": "- a@\n",
    }  # fmt: skip
    found = {
        f"properties: {name}": (1500, _numbered(line, "---\n", "---\n# a\n"), (CHECK, METADATA, FIX, MAP))
        for name, line in lines.items()
    }
    inside = {
        "tags": lambda n: "tags: [" + ", ".join(f"t{i}" for i in range(n)) + "]",
        "nested tags": lambda n: "tags: [" + ", ".join(f"t/{i}/x" for i in range(n)) + "]",
        "aliases": lambda n: "aliases:\n" + "\n".join(f"  - al{i}" for i in range(n)),
        "same aliases": lambda n: "aliases:\n" + "  - al\n" * n,
        "list of links": lambda n: "up:\n" + "\n".join(f'  - "[[n{i}]]"' for i in range(n)),
        "flow": lambda n: "a: " + "[" * min(n, 400) + "x, " * n,
        "maps": lambda n: "a: {" + ", ".join(f"k{i}: v" for i in range(n)) + "}",
        "merges": lambda n: "b: &b {x: 1}\na:\n" + "  - <<: *b\n" * n,
        "long value": lambda n: "a: " + "word " * n,
        "long quoted": lambda n: 'a: "' + "\\n" * n + '"',
        "unclosed quote": lambda n: 'a: "' + "x: y\n" * n,
        "unclosed": lambda n: "a: 1\n" * n + "\n\n",
        "indent": lambda n: "\n".join(" " * i + f"k{i}:" for i in range(root(n))),
        "pieces": lambda n: "a: " + json.dumps("".join(PIECES[:60]) * (n // 100 + 1)),
    }  # fmt: skip
    for name, text in inside.items():
        trap = note(lambda n, text=text: f"---\n{text(n)}\n---\n# a\n[[al]] al0\n")
        found[f"property: {name}"] = (1500, trap, NOTE_COMMANDS)
    return found


def _list_traps() -> dict[str, tuple[int, Trap, tuple[Command, ...]]]:
    """Many of one thing that is looked up by name."""
    lines = {
        "headings and links": "# h@\n[[#h@]]\n", "same headings": "# h\n[[#h]]\n", "near headings": "# heading@\n[[#headin@]]\n", "missing headings": "# h@\n[[#gone@]]\n", "blocks and links": "a ^b@\n\n[[#^b@]]\n",
        "same blocks": "a ^b\n\n[[#^b]]\n", "missing notes": "[[gone @]]\n", "missing pictures": "![[gone @.png]]\n", "near names": "[[Milvu@]]\n", "footnotes": "[^@]\n\n[^@]: a\n", "footnotes unused": "[^@]: a\n\n",
        "footnotes missing": "[^@]\n", "references": "[a][r@]\n\n[r@]: b.md\n", "references missing": "[a][r@]\n", "numbered clozes": "==@;;a== ", "anki clozes": "{{c@::a}} ", "cards": "q@::a@\n\n", "same cards": "q::a@\n\n",
        "reversed": "q@:::a\n\n", "multi-line": "q@\n?\na\n\n", "heading cards": "## q@ #card\na\n\n", "schedules": "q@::a\n<!--SR:!2024-01-01,3,250-->\n\n", "same schedules": "<!--SR:!2024-01-01,3,250!2024-01-01,3,250-->\n",
        "decks": "#flashcards/d@\nq::a\n\n", "tags": "#t@ ", "tags in levels": "#t/u/v@ ", "tags by case": "#T@ #t@ ", "tasks": "- [ ] t@\n", "callouts": "> [!note] @\n> [[a]]\n\n", "words": "word@ ", "doubled words": "word@ word@ ",
        "disables": "%% vaultkit-disable LK00@ %%\n", "enables": "%% vaultkit-disable LK001 %%\n[[gone@]]\n%% vaultkit-enable LK001 %%\n", "disabled words": "%% vaultkit-disable-next-line w@ w@ %%\n[[gone@]]\n",
        "mentions": "Milvus @ ", "mentions in words": "Milvus@ ", "aliases": "Mil Milvus Mil@ ", "rows": "| [[a\\|@]] | b |\n", "rows of lengths": "|a@|" + "b|" * 3 + "\n", "embeds": "![[a#h@]]\n", "code": "```x@\n[[a]]\n```\n",
        "formulas": "$$\nx_@\n$$\n\n", "html": '<a id="@">x</a>\n', "comments": "%% c@ [[gone]] %%\n", "nested quotes": "> > [[gone@]]\n\n", "addresses": "https://a.b/@ ", "sizes": "![[p.png|@x@]] ", "resized": "![[p.png|30|30]] ",
        "spaces in links": "[a](b @.md) ", "unclosed links": "[[a@ ", "two brackets": "[[a@]] [[", "emphasis": "**a@ ** b ", "lists": "- a@\n  - b\n", "numbers": "@. a\n", "rules": "---\na@\n", "setext": "a@\n===\n[[#a@]]\n",
    }  # fmt: skip
    commands = (CHECK, FIX, METADATA, CARDS, STATS, SUGGEST, MAP)
    found = {f"many: {name}": (700, _numbered(line, "#flashcards\n\n"), commands) for name, line in lines.items()}
    found |= {
        f"line of: {name}": (700, _numbered(line.replace("\n", " "), "# a\n"), (CHECK, FIX, SUGGEST, METADATA))
        for name, line in lines.items()
    }
    found["many: words of a comment"] = (
        2000,
        note(lambda n: "%% vaultkit-disable " + " ".join(f"w{i}" for i in range(n)) + " %%\n[[gone]]\n"),
        (CHECK,),
    )
    found["many: ignored rules"] = (
        2000,
        note(lambda n: "---\nvaultkit-ignore: [" + ", ".join(f"LK{i}" for i in range(n)) + "]\n---\n"),
        (CHECK,),
    )
    found["one tag of many levels"] = (2000, note(lambda n: "#" + "a/" * n + "a\n"), NOTE_COMMANDS)
    found["tags of levels"] = (300, note(lambda n: "".join(f"#{'a/' * 20}{i} " for i in range(n))), NOTE_COMMANDS)
    return found


def _other_files() -> dict[str, tuple[int, Trap, tuple[Command, ...]]]:
    """Canvases, bases, settings, ignore files, configurations, decks to import."""
    canvas = (CHECK, STATS, MAP, METADATA)
    query: Command = ("base:query", "t")
    found: dict[str, tuple[int, Trap, tuple[Command, ...]]] = {
        "canvas: files": (2000, _canvas(lambda i: {"id": str(i), "type": "file", "file": "a.md"}), canvas),
        "canvas: one id": (2000, _canvas(lambda i: {"id": "1", "type": "file", "file": "a.md"}), canvas),
        "canvas: texts": (2000, _canvas(lambda i: {"id": str(i), "type": "text", "text": f"[[a]] [[gone {i}]] #t{i}"}), canvas),
        "canvas: one text": (5000, lambda n: {"c.canvas": json.dumps({"nodes": [{"id": "1", "type": "text", "text": "[[a]] " * n}]}), "a.md": ""}, canvas),
        "canvas: lines": (5000, lambda n: {"c.canvas": json.dumps({"nodes": [{"id": "1", "type": "text", "text": "\n[[gone" * n}]}, indent=1), "a.md": ""}, canvas),
        "canvas: edges": (2000, _canvas(lambda i: {"id": str(i), "type": "file", "file": "a.md"}, lambda i: {"id": f"e{i}", "fromNode": str(i), "toNode": "0", "label": "[[a]]"}), canvas),
        "canvas: loose edges": (2000, _canvas(lambda i: {"id": str(i), "type": "group"}, lambda i: {"id": "e", "fromNode": "x", "toNode": "y"}), canvas),
        "canvas: groups": (2000, _canvas(lambda i: {"id": str(i), "type": "group", "label": "[[a]]", "x": i, "y": i, "width": 9, "height": 9}), canvas),
        "canvas: missing": (2000, _canvas(lambda i: {"id": str(i), "type": "file", "file": f"gone {i}.md", "subpath": "#x"}), canvas),
        "canvas: brackets": (4000, lambda n: {"c.canvas": "[" * n, "a.md": ""}, canvas),
        "canvas: escapes": (4000, lambda n: {"c.canvas": '{"nodes":[{"id":"1","type":"text","text":"' + "\\u00e9[[a]]" * n + '"}]}', "a.md": ""}, canvas),
        "canvas: spaces": (4000, lambda n: {"c.canvas": '{"nodes":[' + " \n" * n + "]}", "a.md": ""}, canvas),
        "base: and": (600, _base(lambda n: "filters:\n  and:\n" + "    - 'x > 1'\n" * n + "views:\n  - type: table\n    name: T\n"), (CHECK, query)),
        "base: or, nested": (60, _base(lambda n: "filters:\n" + "".join("  " * i + "  or:\n" + "  " * i + "  - \n" for i in range(root(n))) + "views: []\n"), (CHECK, query)),
        "base: views": (400, _base(lambda n: "views:\n" + "".join(f"  - type: table\n    name: T{i}\n    order: [file.name, x]\n" for i in range(n))), (CHECK, query)),
        "base: columns": (600, _base(lambda n: "views:\n  - type: table\n    name: T\n    order: [" + ", ".join(f"x{i}" for i in range(n)) + "]\n"), (CHECK, query)),
        "base: formulas": (400, _base(lambda n: "formulas:\n" + "".join(f"  f{i}: 'x + {i}'\n" for i in range(n)) + "views:\n  - type: table\n    name: T\n"), (CHECK, query)),
        "base: formulas of formulas": (300, _base(lambda n: "formulas:\n  f0: 'x'\n" + "".join(f"  f{i}: 'formula.f{i - 1} + 1'\n" for i in range(1, n)) + f"views:\n  - type: table\n    name: T\n    order: [formula.f{n - 1}]\n"), (CHECK, query)),
        "base: rows": (300, lambda n: {"t.base": "formulas:\n  f: 'file.links.length + x'\nviews:\n  - type: table\n    name: T\n    order: [formula.f]\n    sort:\n      - property: x\n        direction: ASC\n", **{f"n{i}.md": f"---\nx: {i}\n---\n[[n1]]\n" for i in range(n)}}, (query, CHECK)),
        "base: backlinks": (200, lambda n: {"t.base": "filters: 'file.hasLink(\"n1\")'\nformulas:\n  f: 'file.backlinks.length'\nviews:\n  - type: table\n    name: T\n    order: [formula.f]\n", **{f"n{i}.md": "[[n1]]\n" for i in range(n)}}, (query,)),
    }  # fmt: skip
    expressions = {
        "sum": lambda n: "+".join("x" for _ in range(n)), "and": lambda n: "&&".join("x > 1" for _ in range(n)), "parens": lambda n: "(" * n + "x" + ")" * n, "open": lambda n: "(" * n, "minus": lambda n: "-" * n + "x",
        "not": lambda n: "!" * n + "x", "list": lambda n: "[" + "1," * n + "1]", "lists": lambda n: "[" * n, "calls": lambda n: "x" + ".toString()" * n, "ifs": lambda n: "if(x," * n + "1" + ")" * n, "string": lambda n: '"' + "a" * n + '"',
        "quotes": lambda n: '"a" ' * n, "escapes": lambda n: '"' + "\\\\" * n + '"', "dots": lambda n: "a" + ".b" * n, "indices": lambda n: "a" + "[0]" * n, "numbers": lambda n: "1" * n, "regex": lambda n: "/" + "(a|b)*" * n + "/.matches(file.name)",
        "repeat": lambda n: f'"x".repeat({n}).split("").length', "map": lambda n: f'"x".repeat({n}).split("").map(value + "y").join(",").length', "sorted": lambda n: f'"yx".repeat({n}).split("").sort().unique().length',
        "replace": lambda n: f'"xy".repeat({n}).replace(/x/g, "zz").length', "contains": lambda n: f'"xy".repeat({n}).split("").filter(value == "x").contains("y")', "slices": lambda n: f'"xy".repeat({n}).slice(1).lower().title().trim().length',
    }  # fmt: skip
    for name, expression in expressions.items():
        found[f"expression: {name}"] = (1500, _formula(expression), (query, CHECK))
    words = {
        "words": "a ", "or": "a OR ", "parens": "(", "closed": "() ", "quotes": '"a" ', "open quotes": '"', "minus": "-", "line": "line:(a) ", "nested": "line:(", "tag": "tag:#a ", "property": "[a:b] ", "brackets": "[", "regex": "/a.*b/ ", "slashes": "/", "path": "path:a ",
    }  # fmt: skip
    for name, piece in words.items():
        found[f"search: {name}"] = (
            500,
            _text_file("query.txt", lambda n, piece=piece: piece * n),
            (("search", "query=@"),),
        )
    settings = {
        "filters": lambda n: [f"x{i}/" for i in range(n)], "regex filters": lambda n: [f"/x{i}.*y/" for i in range(n)], "one filter": lambda n: ["/" + "(a|b)*" * n + "/"], "dots": lambda n: ["/" + ".*" * n + "z/"], "slashes": lambda n: ["a/" * n],
    }  # fmt: skip
    for name, value in settings.items():
        found[f"app.json: {name}"] = (
            150,
            _setting(".obsidian/app.json", lambda n, value=value: {"userIgnoreFilters": value(n)}),
            (CHECK, STATS, SUGGEST, MAP),
        )
    graph = {
        "groups": lambda n: {
            "colorGroups": [{"query": f"tag:#t/{i} path:n{i}", "color": {"rgb": i}} for i in range(n)]
        },
        "one group": lambda n: {"colorGroups": [{"query": "(tag:#t " * n, "color": {"rgb": 1}}]},
    }
    for name, value in graph.items():
        found[f"graph.json: {name}"] = (150, _setting(".obsidian/graph.json", value), (MAP,))
    ignores = {
        "names": "x@\n",
        "globs": "*x@*\n",
        "stars": "**/x@/**\n",
        "not": "!x@\n",
        "sets": "[ab]@*.md\n",
        "one line": "*a",
    }
    for name, line in ignores.items():
        found[f".gitignore: {name}"] = (
            400,
            _text_file(".gitignore", lambda n, line=line: "".join(line.replace("@", str(i)) for i in range(n))),
            (CHECK, STATS),
        )
    toml = {
        "exclude": lambda n: "exclude = [" + ", ".join(f'"x{i}/**"' for i in range(n)) + "]\n", "glob": lambda n: 'exclude = ["' + "*a" * n + '"]\n', "globstars": lambda n: 'exclude = ["' + "**/" * n + 'x"]\n',
        "per file": lambda n: "[lint.per-file-ignores]\n" + "".join(f'"n{i}.md" = ["LK001"]\n' for i in range(n)), "unknown": lambda n: "".join(f"k{i} = 1\n" for i in range(n)), "unknown rules": lambda n: "[lint]\nignore = [" + ", ".join(f'"XX{i}"' for i in range(n)) + "]\n",
        "brackets": lambda n: "a = " + "[" * n, "separators": lambda n: "[cards]\nseparators = [" + ", ".join(f'"s{i}"' for i in range(n)) + "]\n",
    }  # fmt: skip
    for name, text in toml.items():
        found[f"configuration: {name}"] = (200, _text_file(".vaultkit.toml", text), (CHECK, CARDS))
    imports = {
        "tsv": "q@\ta@\n",
        "html": "q@\t<b>a</b><br><i>x</i>\n",
        "pictures": 'q@\t<img src="x@.png">\n',
        "clozes": "{{c1::q@}}\ta\n",
        "same": "q\ta\n",
        "tags": "q@\ta\tt@ u@\n",
        "sounds": "q@\t[sound:x@.mp3]\n",
    }
    for name, line in imports.items():
        found[f"import: {name}"] = (
            400,
            _text_file("c.tsv", lambda n, line=line: "".join(line.replace("@", str(i)) for i in range(n))),
            (("import", "c.tsv", "--to", "D", "--dry-run"),),
        )
    fields = (
        "<b>",
        "<img ",
        "<!--",
        "<div>",
        "</div>",
        "\\(",
        "$",
        "[sound:",
        "<ul><li>",
        "<table><tr><td>",
        "&lt;",
        "<a href=x>",
        "{{c1::",
        "<br>",
        "**",
        "<",
        '<img src="',
    )
    for piece in fields:
        found[f"import field: {piece}"] = (
            2000,
            _text_file(
                "c.tsv",
                lambda n, piece=piece: "#separator:tab\n#html:true\nq\t" + (piece * n).replace('"', '""') + "\n",
            ),
            (("import", "c.tsv", "--to", "D", "--dry-run"),),
        )
    answers = (
        "**a** ",
        "> ",
        "- a\n",
        "`",
        "[[a]] ",
        "![[p.png]] ",
        "$x$ ",
        "==a== ",
        "| a ",
        "<b>",
        "1. a\n",
        "[a](b) ",
        "\\",
        "*a ",
        "&",
        "#### a\n",
    )
    for piece in answers:
        deck = note(lambda n, piece=piece: "#flashcards\n\nq\n?\n" + piece * n + "\n")
        found[f"cards out: {piece.strip()}"] = (
            1500,
            deck,
            (
                ("cards", "export", "html", "-o", "o.html"),
                ("cards", "export", "anki-text"),
                ("cards", "list", "--format", "json"),
            ),
        )
    return found


def _shapes() -> dict[str, tuple[int, Trap, tuple[Command, ...]]]:
    """Many notes: names, folders, aliases and links that go together."""
    every = (CHECK, METADATA, STATS, SUGGEST, MAP, CARDS, FIX)
    shapes: dict[str, Trap] = {
        "one name": lambda n: {f"d{i}/note.md": "[[note]]" for i in range(n)}, "one name, unlinked": lambda n: {f"d{i}/index.md": f"# d{i}\n" for i in range(n)},
        "one alias": _tree(lambda i: "---\naliases: [x]\n---\n[[x]]"), "own aliases": _tree(lambda i: f"---\naliases: [al {i}]\n---\n[[al {i}]] al {i}\n"), "a chain": _tree(lambda i: f"[[n{i + 1}]]"), "a star": _tree(lambda i: "[[n0]]"),
        "a hub": lambda n: {"hub.md": "\n".join(f"[[n{i}]]" for i in range(n)), **{f"n{i}.md": "" for i in range(n)}}, "one missing": _tree(lambda i: "[[gone]]"), "many missing": _tree(lambda i: f"[[gone {i}]]"), "near missing": _tree(lambda i: f"[[n{i}x]] [[nn{i}]]"),
        "one tag": _tree(lambda i: "#t"), "own tags": _tree(lambda i: f"#t{i} #u/{i}"), "own properties": _tree(lambda i: f"---\nk{i}: 1\n---\n"), "one title": _tree(lambda i: "# Title\ntext\n"), "equal notes": _tree(lambda i: "# Title\nsome text of a note\n" * 5),
        "deep": lambda n: {"/".join(["d"] * (i % 40)) + f"/n{i}.md" if i % 40 else f"n{i}.md": "[[n1]]" for i in range(n)}, "wide": lambda n: {f"d{i}/n{i}.md": "[[n1]]" for i in range(n)}, "pictures": lambda n: {**{f"p{i}.png": "" for i in range(n)}, "a.md": "".join(f"![[p{i}.png]]\n" for i in range(n))},
        "orphans": lambda n: {**{f"p{i}.png": "" for i in range(n)}, "a.md": "[[b]]"}, "missing pictures": _tree(lambda i: f"![[p{i}.png]]"), "mentions": _tree(lambda i: f"note n{i + 1} and n{i + 2}"), "same mentions": _tree(lambda i: "the word Concept here", lambda i: f"Concept {i}"),
        "long names": _tree(lambda i: f"[[{'x' * 100} {i + 1}]]", lambda i: f"{'x' * 100} {i}"), "names by case": _tree(lambda i: "[[N1]] [[n1]]", lambda i: f"{'nN'[i % 2]}{i // 2}x{i % 2}"), "headings": _tree(lambda i: "# a\n## b\n[[n1#a]] [[n1#c]]\n"), "blocks": _tree(lambda i: "a ^b\n\n[[n1#^b]] [[n1#^c]]\n"),
        "decks": _tree(lambda i: f"#flashcards/d{i}\n\nq{i}::a\n"), "same cards": _tree(lambda i: "#flashcards\n\nq::a\n"), "embeds": _tree(lambda i: f"![[n{i + 1}]]"), "canvases": lambda n: {**{f"c{i}.canvas": '{"nodes":[{"id":"1","type":"file","file":"a.md"}]}' for i in range(n)}, "a.md": ""},
        "bases": lambda n: {**{f"t{i}.base": "views:\n  - type: table\n    name: T\n" for i in range(n)}, "a.md": ""}, "cliques": lambda n: {f"n{i}.md": "".join(f"[[n{i // 12 * 12 + j}]] " for j in range(12)) for i in range(n)}, "two hubs": _tree(lambda i: "[[n0]] [[n1]] [[n2]]"),
        "ignore files": lambda n: {f"d{i}/{name}": text for i in range(n) for name, text in ((".gitignore", "x.md\n"), ("a.md", "[[a]]"))}, "daily notes": _tree(lambda i: f"[[{2000 + i // 365}-01-{i % 28 + 1:02}]]", lambda i: f"{2000 + i // 336}-{i // 28 % 12 + 1:02}-{i % 28 + 1:02}"),
    }  # fmt: skip
    found: dict[str, tuple[int, Trap, tuple[Command, ...]]] = {
        f"vault: {name}": (400, trap, every) for name, trap in shapes.items()
    }
    found["vault: filters and notes"] = (150, lambda n: {".obsidian/app.json": json.dumps({"userIgnoreFilters": [f"x{i}/" for i in range(n)]}), **{f"n{i}.md": "[[n1]]" for i in range(n * 2)}}, every)  # fmt: skip
    return found


TRAPS = _traps()
