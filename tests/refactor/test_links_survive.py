"""Random vaults, whatever moves where: every link opens what it opened; after a cut-off move `relink` sees to it.

``VAULTKIT_EXAMPLES=10000`` makes the search longer.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from urllib.parse import quote

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from vaultkit.base.errors import VaultkitError
from vaultkit.refactor.plan import MovePlan, plan_move, plan_relink
from vaultkit.refactor.renaming import Renaming, renaming, renaming_done
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.snapshot import Snapshot

EXAMPLES = int(os.environ.get("VAULTKIT_EXAMPLES", "300"))
thorough = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

FOLDERS = ["", "d/", "d/e/", "D2/", "Ünter ordner/", "x & y/", "a.b/"]
NAMES = ["Note", "note b", "Über", "C", "GPT-3.5", "it's", "(x)", "50%", "日本", "e\u0301", "a&b", "New"]
FILES = [f"{name}.md" for name in NAMES] + ["p q.png", "Über.pdf", "data.csv"]
_BASE_LINK = re.compile(r'\[\[([^\]|#]+)|(?:link|file)\("([^"]+)"\)|file\.path == "([^"]+)"|inFolder\("([^"]+)"\)')
_CODE = re.compile(r"`(?:``\r?\n[^`]*``)?[^`\n]*`")
Link = tuple[str, str | None]

paths = st.tuples(st.sampled_from(FOLDERS), st.sampled_from(FILES)).map("".join)


@st.composite
def vaults(draw: st.DrawFn) -> dict[str, str]:
    """Notes, pictures, a canvas and a base that link to one another in all styles."""
    found = draw(st.lists(paths, min_size=3, max_size=9, unique_by=str.lower))
    texts = {}
    for path in found:
        if path.endswith(".md"):
            links = [draw(links_to(path, draw(st.sampled_from(found)))) for _ in range(draw(st.integers(0, 5)))]
            up = _wiki(draw(st.sampled_from(found))).replace('"', '\\"')
            matter = f'---\nup: "[[{up}]]"\nlike: "see [[{up}]]"\nbare: [[a]]\nseen:\n  - "[[{_wiki(draw(st.sampled_from(found)))}|x]]"\n---\n'
            end = draw(st.sampled_from(["\n", "\r\n"]))
            texts[path] = (draw(st.sampled_from(["", matter])) + "# H\n\n" + "\n\n".join(links) + "\n").replace(
                "\n", end
            )
        else:
            texts[path] = ""
    cards = [
        {"id": "f", "type": "file", "file": draw(st.sampled_from(found))},
        {"id": "t", "type": "text", "text": draw(links_to("z.canvas", draw(st.sampled_from(found)))) + '\n"é'},
        {"id": "g", "type": "group", "background": draw(st.sampled_from(found))},
    ]
    texts["z.canvas"] = json.dumps({"nodes": cards, "edges": []}, ensure_ascii=draw(st.booleans()))
    one, two, three = (draw(st.sampled_from(found)) for _ in range(3))
    texts["z.base"] = (
        f'filters:\n  and:\n    - file.path == "{one}"\n    - file.hasLink(link("{two}"))\n    - \'[[{_wiki(three)}]]\'\n'
    )
    return texts


def _wiki(path: str) -> str:
    return path.removesuffix(".md")


@st.composite
def links_to(draw: st.DrawFn, source: str, target: str) -> str:
    """One link to the target, written in some way."""
    name = target.rpartition("/")[2]
    up = "../" * source.count("/") or "./"
    form = draw(
        st.sampled_from(["{bare}", "{stem}|a", "/{stem}", "{up}{stem}", "{full}", "{low}", "{tail}", "nobody", "New"])
    ).format(
        bare=_wiki(name), stem=_wiki(target), up=up, full=target, low=_wiki(name).lower(),
        tail="/".join(_wiki(target).split("/")[-2:]),
    )  # fmt: skip
    linkpath, bar, display = form.partition("|")
    subpath = draw(st.sampled_from(["", "#H", "#^id"]))
    wiki = f"[[{linkpath}{subpath}{bar}{display}]]"
    to = draw(st.sampled_from([name, target, up + target, "/" + target]))
    kind = draw(st.sampled_from("wiki embed table callout item markdown angle definition code html comment".split()))
    return {
        "wiki": wiki, "embed": "!" + wiki, "callout": f"> [!note] {wiki}\n> {wiki}", "item": f"- [ ] {wiki}",
        "table": f"| a | b |\n| - | - |\n| {wiki.replace('|', chr(92) + '|')} | x |",
        "markdown": f"[x]({quote(to, safe='/!$&()*+,;=:@~.')}{subpath})", "angle": f"![x](<{to}{subpath}>)",
        "definition": f"[r]\n\n[r]: <{to}> 'T'", "code": f"`{wiki}`\n\n```\n{wiki}\n```", "html": f"<b>{wiki}</b>",
        "comment": f"%% {wiki} %%",
    }[kind]  # fmt: skip


def table(vault: Snapshot, texts: dict[str, str]) -> Counter[Link]:
    """(source, target) of every link of every kind; None for what opens nothing."""
    found: Counter[Link] = Counter()
    for path, note in vault.notes.items():
        for link in (*note.links, *note.property_links, *note.reference_definitions):
            found[path, vault.resolve(link.linkpath, path).path] += 1
    for path, canvas in vault.canvases.items():
        found.update((path, vault.file_at(node.path)) for node in canvas.nodes)
        found.update((path, bound.target) for source, bound in vault.card_links() if source == path)
    for path, text in texts.items():
        if path.endswith(".base"):
            for wiki, by_call, by_path, folder in _BASE_LINK.findall(text):
                found[path, vault.resolve(wiki, path).path if wiki else vault.file_at(by_call or by_path)] += 1
                assert not folder
    return found


def moved_table(before: Counter[Link], move: Renaming) -> Counter[Link]:
    names: dict[str | None, str] = dict(move.pairs)
    found: Counter[Link] = Counter()
    for (source, target), count in before.items():
        found[names.get(source, source), names.get(target, target)] += count
    return found


def difference(before: Counter[Link], after: Counter[Link], move: MovePlan, done: Renaming) -> list[Link]:
    """Links that open something else; those that opened nothing may open a moved file, when that is told."""
    names = dict(done.pairs)
    expected = moved_table(before, done)
    adopting = {names.get(path, path) for path, _ in move.adopted}
    lost = [entry for entry in (expected - after) if entry[1] is not None or entry[0] not in adopting]
    won = [entry for entry in (after - expected) if entry[0] not in adopting]
    return lost + won


@st.composite
def moves(draw: st.DrawFn) -> tuple[dict[str, str], str, str]:
    """A vault, and what is moved where."""
    texts = draw(vaults())
    folders = sorted({path.rpartition("/")[0] for path in texts if "/" in path})
    old = draw(st.sampled_from([*(path for path in texts if not path.startswith("z.")), *folders]))
    if old in folders:
        return texts, old, draw(st.sampled_from(["new", "new & deep/er", "D3", "d/inner", "D", "a.b.c"]))
    suffix = old[old.rfind(".") :]
    name = draw(st.sampled_from([*NAMES, "Zz & 1", "c", "NOTE", old.rpartition("/")[2].removesuffix(suffix)]))
    return texts, old, draw(st.sampled_from([*FOLDERS, "new/place/", "n (1)/"])) + name + suffix


def result(texts: dict[str, str], done: Renaming, move: MovePlan, written: int | None = None) -> dict[str, str]:
    """The files afterwards; written: how many of the rewritten files got to the disk, None for all."""
    names = dict(done.pairs)
    after = {names.get(path, path): text for path, text in texts.items()}
    return after | {one.new_path: one.after.decode() for one in move.rewrites[:written]}


@thorough
@given(moves())
def test_every_link_opens_what_it_opened(chosen):
    texts, old, new = chosen
    vault = vault_of(texts)
    try:
        done = renaming(vault, old, new)
        move = plan_move(vault, done, lambda path: texts[path].encode())
    except VaultkitError as error:
        event(re.sub(r".*: ", "", str(error))[:40])
        assume(False)
        raise
    after = result(texts, done, move)
    assert difference(table(vault, texts), table(vault_of(after), after), move, done) == []
    for path, text in texts.items():
        now = after[dict(done.pairs).get(path, path)]
        assert _CODE.findall(text) == _CODE.findall(now)
        assert text.count("\r") == now.count("\r")


@thorough
@given(moves(), st.integers(0, 12), st.booleans())
def test_relink_ends_what_a_move_began(chosen, written, just_moved):
    """The files have moved, some of the texts are written, and then the power fails."""
    texts, old, new = chosen
    vault = vault_of(texts)
    try:
        done = renaming(vault, old, new)
        move = plan_move(vault, done, lambda path: texts[path].encode())
    except VaultkitError:
        assume(False)
        raise
    broken = result(texts, done, move, written)
    halfway = vault_of(broken)
    if any(path in halfway.files for path, _ in done.pairs):
        return  # only letters changed their case
    gone, there = done.folder or done.pairs[0]
    just_moved &= written == 0
    mended = plan_relink(
        halfway, renaming_done(halfway, gone, there), lambda path: broken[path].encode(), just_moved=just_moved
    )
    after = result(broken, Renaming(()), mended)
    told = {(doubt.path, target) for doubt in mended.doubtful for target in (doubt.opens, doubt.opened)}
    assert not (told and just_moved)
    left = difference(table(vault, texts), table(vault_of(after), after), move, done)
    assert [entry for entry in left if entry not in told] == []
