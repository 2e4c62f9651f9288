"""Vaults that the map's tests draw."""

from __future__ import annotations

from vaultkit.base.record import changed
from vaultkit.graph.from_vault import graph_core
from vaultkit.map.document import details, payload, texts
from vaultkit.map.drawing import draw
from vaultkit.map.html import render
from vaultkit.map.overlay import NOTHING, Overlay
from vaultkit.vault.load import snapshot_of_texts as vault_of

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


def crowded(topics: int = 6, notes: int = 60) -> dict[str, str]:
    """A vault with the traits of large real ones: dense topics, an index note, two notes of one name, orphans."""
    words = ["river", "engine", "garden", "protein", "castle", "orbit", "ledger", "violin", "harbor", "fungus"]
    texts = {}
    for topic in range(topics):
        word = words[topic]
        for at in range(notes):
            links = {(at * 7 + 3) % notes, at // 3, at // 9} - {at}
            body = " ".join(f"[[{word} {other}]]" for other in sorted(links))
            texts[f"{word}/{word} {at}.md"] = (
                f"# {word} {at}\nAll about the {word} and its {word}s.\n\n{body}\n#{word}\n"
            )
        texts[f"{word}/Notes.md"] = f"[[{word} 0]] [[{words[(topic + 1) % topics]} 0]]"
    texts["Index.md"] = " ".join(f"[[{words[topic]} {at}]]" for topic in range(topics) for at in range(notes))
    texts |= {f"Loose {at}.md": "" for at in range(20)}
    texts["All.base"] = "views: []"
    return texts


NOTICE = {**FINDING, "code": "LK003", "name": "missing-note", "severity": "info", "message": "no note named `x`"}


def noticed(files: dict[str, str]) -> Overlay:
    """Most notes have a notice, some an error or a warning, as in real vaults."""
    found = {}
    for at, path in enumerate(sorted(path for path in files if path.endswith(".md"))):
        found[path] = [{**NOTICE, "line": 3}]
        if at % 11 == 0:
            found[path].append({**FINDING, "line": 3, "fix": True})
        if at % 17 == 0:
            found[path].append({**FINDING, "code": "ST001", "name": "heading", "severity": "warning", "message": "m"})
    return overlay(findings=found)
