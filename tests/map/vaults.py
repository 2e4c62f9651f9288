"""Vaults that the map's tests draw."""

from __future__ import annotations

from vaultkit.base.record import changed
from vaultkit.graph.core import graph_core
from vaultkit.map.document import NOTHING, Overlay, details, draw, payload, texts
from vaultkit.map.html import render
from vaultkit.vault.load import vault_of

SCRIPT = "<img src=x onerror=window.hacked=1>"
TEXTS = {
    "Home.md": "[[Alpha]] [[Beta]] ![[Pasted image 20240131235959.png]]",
    "Alpha.md": "---\naliases: [First]\n---\n# Alpha\nThe first words of alpha\n[[Beta]] [[Gamma]] #topic/one",
    "Beta.md": "[[Alpha]] [[Not there]] #topic",
    "Deep/Gamma.md": "[[Delta]] ![[picture.png]]",
    "Deep/Delta.md": "[[Gamma]]",
    "Deep/Lone.md": "",
    "Deep/picture.png": None,
    "Board.canvas": '{"nodes":[{"id":"1","type":"file","file":"Alpha.md","x":0,"y":0,"width":1,"height":1}],"edges":[]}',
}
# No slash: it would make a folder. Obsidian allows none of these signs on Windows, Linux all of them.
HOSTILE = "x<img src=x onerror=window.hacked=1>href"
HOSTILE_TEXTS = {
    f"{HOSTILE}.md": f"---\naliases: ['{SCRIPT}alias']\ntags: ['a<script>window.hacked=1<\\/script>']\n"
    f"created: '2024-01-02'\nother: '{SCRIPT}'\n\"{SCRIPT}\": '[[{HOSTILE}2]]'\n---\n# {SCRIPT}\n[[{HOSTILE}2]] [[{SCRIPT}gone]] {SCRIPT}\n"
    "</script><script>window.hacked=1</script>\nQuestion <script>window.hacked=1</script>::\n",
    f"{HOSTILE}2.md": f"[[{HOSTILE}]] ![[{SCRIPT}.png]] [x](javascript:window.hacked=1) #tag\u2028<b>",
    f"f{HOSTILE}/note.md": f"[[{HOSTILE}]]",
    "javascript:window.hacked=1.md": "[[note]]",
    "{{ 7*7 }}{% raw %}.md": "[[note]] ${window.hacked=1} </textarea></style><svg onload=window.hacked=1>",
    "__proto__.md": "[[constructor]]",
}


def overlay(**given) -> Overlay:
    empty = {name: getattr(NOTHING, name) for name in NOTHING.__slots__}
    return Overlay(**{**empty, **given})


FINDING = {
    "code": "LK001",
    "name": "missing-file",
    "severity": "error",
    "message": "[[Not there]] names no file",
    "line": 1,
}
PAINTED = overlay(
    findings={
        "Beta.md": [
            FINDING,
            {**FINDING, "code": "TX002", "name": "word", "severity": "info", "message": "m", "line": 3},
        ],
        "Home.md": [{**FINDING, "code": "EM001", "name": "missing-attachment", "severity": "error", "message": "gone"}],
    },
    cards={"Alpha.md": {"cards": 4, "cards_empty": 1}},
    times={"Home.md": 19000, "Alpha.md": 19010, "Beta.md": 19020},
)


def page_of(files, paint: Overlay = NOTHING, start: str = "", text: str = "full", **given) -> str:
    """The page of a vault in memory. text: how much of the notes it holds."""
    drawn = draw(graph_core(vault_of(files)))
    paint = changed(paint, text=text, texts=paint.texts or {path: body or "" for path, body in files.items()})
    document = payload(drawn, "Test vault", paint)
    document.update(given)
    if start:
        document["start"] = {"hash": start}
    return render(drawn, document, details(drawn, paint), texts(drawn, paint), live=False)
