"""Other names for headings, blocks, tags and properties: what a vault is afterwards, and what is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.entry_point import run
from vaultkit.refactor.places import heading_at, plan_rename_block, plan_rename_heading
from vaultkit.refactor.plan import MovePlan
from vaultkit.refactor.properties import plan_rename_property
from vaultkit.refactor.tags import plan_rename_tag
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace


def after(vault: Snapshot, plan: MovePlan) -> dict[str, str]:
    """The files that change, with their new texts."""
    return {rewrite.path: rewrite.after.decode() for rewrite in plan.rewrites if rewrite.path in vault.files}


def heading(vault: Snapshot, place: str, new: str) -> dict[str, str]:
    path, _, subpath = place.partition("#")
    return after(vault, plan_rename_heading(vault, path, heading_at(vault, path, "#" + subpath), new, vault.read_bytes))


HEADINGS = [
    pytest.param(
        {"a.md": "# Old\n", "b.md": "[[a#Old]] [[a#old|x]] ![[A#Old]] [y](a.md#Old) [[a]]"},
        "a.md#Old",
        "New one",
        {"a.md": "# New one\n", "b.md": "[[a#New one]] [[a#New one|x]] ![[A#New one]] [y](a.md#New%20one) [[a]]"},
        id="links, embeds and Markdown links",
    ),
    pytest.param(
        {"a.md": "# Top\n## Part\n[[#Part]] [[#Top#Part]]\n# Other\n## Part\n[[#Other#Part]]\n"},
        "a.md#Other#Part",
        "Piece",
        {"a.md": "# Top\n## Part\n[[#Part]] [[#Top#Part]]\n# Other\n## Piece\n[[#Other#Piece]]\n"},
        id="only links that open this heading, of two of one name",
    ),
    pytest.param(
        {"a.md": "# Top\n## Part\n", "b.md": "[[a#Top#Part]]"},
        "a.md#Top",
        "Head",
        {"a.md": "# Head\n## Part\n", "b.md": "[[a#Head#Part]]"},
        id="a link through it",
    ),
    pytest.param(
        {"a.md": "# Old #\n", "b.md": "---\nup: '[[a#Old]]'\n---\n"},
        "a.md#Old",
        "New",
        {"a.md": "# New #\n", "b.md": "---\nup: '[[a#New]]'\n---\n"},
        id="closing hashes stay, and a property follows",
    ),
    pytest.param(
        {"a.md": "Old\n===\n", "c.canvas": '{"nodes":[{"id":"1","type":"file","file":"a.md","subpath":"#Old"}]}'},
        "a.md#Old",
        "New",
        {"a.md": "New\n===\n", "c.canvas": '{"nodes":[{"id":"1","type":"file","file":"a.md","subpath":"#New"}]}'},
        id="an underlined heading, and a canvas",
    ),
    pytest.param(
        {"a.md": "# Old\r\ntext\r\n", "b.md": "`[[a#Old]]`"},
        "a.md#Old",
        "New",
        {"a.md": "# New\r\ntext\r\n"},
        id="line ends stay, and so does code",
    ),
]


@pytest.mark.parametrize(("files", "place", "new", "expected"), HEADINGS)
def test_rename_heading(files, place, new, expected):
    assert heading(Workspace.memory(files), place, new) == expected


@pytest.mark.parametrize(
    ("files", "new"),
    [
        pytest.param({"a.md": "# Old\n"}, "", id="no text"),
        pytest.param({"a.md": "# Old\n"}, "two\nlines", id="two lines"),
        pytest.param({"a.md": "# Old\n"}, "x [[Z]]", id="a link comes with it"),
        pytest.param({"a.md": "# Old\n# Later\n[[#Later]]"}, "Later", id="it would take a link to another heading"),
        pytest.param({"a.md": "<<<<<<< HEAD\n# Old\n=======\n>>>>>>> x\n"}, "New", id="a merge is not settled"),
    ],
)
def test_refused_headings(files, new):
    with pytest.raises(VaultkitError):
        heading(Workspace.memory(files), "a.md#Old", new)


def test_rename_block():
    vault = Workspace.memory({"a.md": "text ^old\n\n[[#^OLD]]\n", "b.md": "![[a#^old]] [[a#^older]]"})
    plan = plan_rename_block(vault, "a.md", "old", "new-1", vault.read_bytes)
    assert after(vault, plan) == {"a.md": "text ^new-1\n\n[[#^new-1]]\n", "b.md": "![[a#^new-1]] [[a#^older]]"}


@pytest.mark.parametrize(("old", "new"), [("old", "no blank"), ("none", "x"), ("old", "taken"), ("old", "")])
def test_refused_blocks(old, new):
    vault = Workspace.memory({"a.md": "text ^old\n\nmore ^taken\n"})
    with pytest.raises(VaultkitError):
        plan_rename_block(vault, "a.md", old, new, vault.read_bytes)


def test_rename_tag():
    vault = Workspace.memory(
        {
            "a.md": '---\ntags: [old, "Old/x", older]\n---\n#old, #old/y #older `#old`\n```query\ntag:#old\n```\n',
            "b.md": "---\ntags:\n  - old # why\n---\n",
            "c.canvas": '{"nodes":[{"id":"1","type":"text","text":"see #old\\n"}]}',
            "d.base": 'filters: file.hasTag("old") && file.name != "old"\n',
        }
    )
    assert after(vault, plan_rename_tag(vault, "#old", "new/tag", vault.read_bytes)) == {
        "a.md": '---\ntags: [new/tag, "new/tag/x", older]\n---\n#new/tag, #new/tag/y #older `#old`\n'
        "```query\ntag:#new/tag\n```\n",
        "b.md": "---\ntags:\n  - new/tag # why\n---\n",
        "c.canvas": '{"nodes":[{"id":"1","type":"text","text":"see #new/tag\\n"}]}',
        "d.base": 'filters: file.hasTag("new/tag") && file.name != "old"\n',
    }


@pytest.mark.parametrize(
    ("old", "new"), [("old", "2024"), ("old", "a b"), ("old", "a.b"), ("none", "x"), ("old", "old")]
)
def test_refused_tags(old, new):
    vault = Workspace.memory({"a.md": "#old"})
    with pytest.raises(VaultkitError):
        plan_rename_tag(vault, old, new, vault.read_bytes)


def test_rename_property():
    vault = Workspace.memory(
        {
            "a.md": "---\n# a comment\nst: 1 # one\nother: st\n---\nst: text\n",
            "b.md": '---\n"st": x\n---\n```query\n[st:1]\n```\n',
            "d.base": 'filters: st > 3 && note.st != "st" && st.length > 1\nformulas:\n  st: "st + note[\\"st\\"]"\n'
            "properties:\n  note.st:\n    displayName: st\nviews:\n  - type: table\n    name: st\n    order: [file.name, st]\n",
        }
    )
    assert after(vault, plan_rename_property(vault, "st", "status", vault.read_bytes)) == {
        "a.md": "---\n# a comment\nstatus: 1 # one\nother: st\n---\nst: text\n",
        "b.md": '---\n"status": x\n---\n```query\n[status:1]\n```\n',
        "d.base": 'filters: status > 3 && note.status != "st" && status.length > 1\nformulas:\n'
        '  st: "status + note[\\"status\\"]"\n'
        "properties:\n  note.status:\n    displayName: st\nviews:\n  - type: table\n    name: st\n"
        "    order: [file.name, status]\n",
    }


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        pytest.param("---\na: 1\nb: 2\n---\n", "a", "b", id="both are there"),
        pytest.param("---\na: 1\n---\n", "none", "x", id="no note has it"),
        pytest.param("---\ntags: [x]\n---\n", "tags", "labels", id="Obsidian's own"),
    ],
)
def test_refused_properties(text, old, new):
    vault = Workspace.memory({"a.md": text})
    with pytest.raises(VaultkitError):
        plan_rename_property(vault, old, new, vault.read_bytes)


def opened(vault: Snapshot) -> list[tuple[str, str, int]]:
    """(note, file, offset of the place as number among its headings and blocks) of all links."""
    found = []
    for path, bound in vault.bound_links():
        place = vault.place(bound.target, bound.link.subpath) if bound.target else None
        number = -1
        if place is not None and place.kind == "heading":
            number = [one.start for one in vault.notes[bound.target].headings].index(place.start)
        elif place is not None and place.kind == "block":
            number = 1000 + [one.caret for one in vault.notes[bound.target].blocks].index(place.start)
        found.append((path, bound.target or "", number if place is None or place.kind != "missing" else -2))
    return found


def test_random_renames_keep_every_link():
    """No link is lost, and the way back gives the same bytes if the first rename joined nothing."""
    random_ = random.Random(18)
    names = ["Alpha", "Beta: one", "Gamma (x)", "Delta", "Alpha two"]
    done = 0
    for _ in range(150):
        texts = {}
        for note in ("a.md", "b.md", "sub/c.md"):
            lines = []
            for _ in range(random_.randrange(2, 8)):
                name = random_.choice(names)
                target = random_.choice(["a", "b", "c", ""])
                lines.append(
                    random_.choice(
                        [f"{'#' * random_.randrange(1, 4)} {name}", f"[[{target}#{name.replace(':', '')}]]", "text ^b1"]
                    )
                )
            texts[note] = "\n\n".join(lines)
        vault = Workspace.memory(texts)
        path = random_.choice(list(texts))
        if not vault.notes[path].headings:
            continue
        index = random_.randrange(len(vault.notes[path].headings))
        old = vault.notes[path].headings[index].text
        try:
            plan = plan_rename_heading(vault, path, index, "Unheard of", vault.read_bytes)
        except VaultkitError:
            continue
        renamed = Workspace.memory({**texts, **after(vault, plan)})
        assert opened(renamed) == opened(vault)
        back = plan_rename_heading(renamed, path, index, old, renamed.read_bytes)
        assert opened(Workspace.memory({**texts, **after(vault, plan), **after(renamed, back)})) == opened(vault)
        done += 1
    assert done > 100


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian" / "types.json").write_text('{"types": {"st": "text"}}')
    (tmp_path / "a.md").write_text("---\nst: x\n---\n# Old\n#t ^b\n")
    (tmp_path / "b.md").write_text("[[a#Old]] [[a#^b]] #t/u\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "path", "text"),
    [
        (["heading", "a#Old", "New"], "b.md", "[[a#New]] [[a#^b]] #t/u\n"),
        (["block", "a#^b", "c"], "b.md", "[[a#Old]] [[a#^c]] #t/u\n"),
        (["tag", "t", "v"], "b.md", "[[a#Old]] [[a#^b]] #v/u\n"),
        (["property", "st", "status"], "a.md", "---\nstatus: x\n---\n# Old\n#t ^b\n"),
        (["property", "st", "status"], ".obsidian/types.json", '{"types": {"status": "text"}}'),
        (["file=a", "name=z"], "b.md", "[[z#Old]] [[z#^b]] #t/u\n"),
    ],
)
def test_the_command_writes(folder, arguments, path, text):
    before = (folder / path).read_text()
    assert run(["rename", *arguments, "--dry-run"]) == 0
    assert run(["rename", *arguments, "--diff"]) == 0
    assert (folder / path).read_text() == before
    assert run(["rename", *arguments]) == 0
    assert (folder / path).read_text() == text


def test_two_words_are_a_move(folder, capsys):
    assert run(["rename", "a", "b"]) == 2
    assert "did you mean `vaultkit move a b`?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"types": {"st": "text"}}', '{"types": {"status": "text"}}'),
        ('{"st": 1, "types": {"x": "st", "st" : "text"}}', '{"st": 1, "types": {"x": "st", "status" : "text"}}'),
        ('{"types": {"st": 5}}', None),
        ('{"types": {"st": "text", "status": "text"}}', None),
        ('{"types": {"s\\u0074": "text"}}', None),
        ('{"types": ["st"]}', None),
        ('{"types": 10000}', None),
        ('{"types": null}', None),
        ('["st"]', None),
    ],
)
def test_the_type_of_a_renamed_property(tmp_path, monkeypatch, capsys, before, after):
    """Only its name among the types is written; a file of another shape stays as it is."""
    (tmp_path / ".obsidian").mkdir()
    types = tmp_path / ".obsidian" / "types.json"
    types.write_text(before, "utf-8")
    (tmp_path / "a.md").write_text("---\nst: x\n---\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["rename", "property", "st", "status"]) == 0
    assert types.read_text("utf-8") == (before if after is None else after)
    assert (tmp_path / "a.md").read_text("utf-8") == "---\nstatus: x\n---\n"
