"""A check that starts from an earlier one finds what a check of the whole vault finds."""

from __future__ import annotations

import os
import random
from importlib import import_module
from pathlib import Path

import pytest

from vaultkit.config import Config
from vaultkit.lint.check import Checked, checked
from vaultkit.lint.live_check import LiveCheck
from vaultkit.lint.plan import Plan, plan_of
from vaultkit.lint.rule import all_rules
from vaultkit.vault import stamps
from vaultkit.vault.workspace import Workspace

# Lines that rules about other notes look at.
LINES = [
    "[[a]]", "[[b#Heading]]", "[[c#^block]]", "![[d]]", "[[Nowhere]]", "[[nowhere]]", "[[Alias]]", "[x](b.md#Other)",
    "# Heading", "## Other", "# Heading", "text ^block", "#tag", "#Tag", "#tags", "![[p.png]]", "![[gone.png]]", "![[a]]",
    "[[sub/b]]", "[[b^block]]", "%% vaultkit-disable-next-line LK001 %%", "prose", "", "#flashcards", "Q::A", "Q::B",
    "[[A]]", "[ref]: gone.md", "[ref]", "[[b|300]]", "\u200b[[b\u200b]]", "```", "[[unclosed",
]  # fmt: skip
HEADS = [
    "",
    "---\naliases: [Alias]\n---\n",
    "---\naliases: [b]\ntags: [x]\n---\n",
    "---\nup: '[[gone]]'\n---\n",
    "---\ndue: soon\n---\n",
]
NAMES = ["a.md", "b.md", "c.md", "d.md", "sub/b.md", "sub/e.md", "p.png", "x.canvas"]
CANVAS = '{"nodes": [{"id": "1", "type": "file", "file": "b.md", "subpath": "#Heading"}]}'


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(Config(preset="strict"))


def text_of(random_: random.Random) -> str:
    return random_.choice(HEADS) + "\n".join(random_.choices(LINES, k=random_.randrange(1, 9)))


def content(random_: random.Random, path: str) -> bytes:
    if path.endswith(".md"):
        return text_of(random_).encode()
    return CANVAS.encode() if path.endswith(".canvas") else b"\x89PNG\r\n\x1a\n" + bytes([random_.randrange(9)])


def whole(root: Path, plan: Plan) -> Checked:
    return checked(Workspace(str(root), Config(), has_store=False), plan)


DEFAULT = plan_of(Config())


def settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that is on disk count as unchanged for long."""
    monkeypatch.setattr(stamps, "TICK_NS", -10_000_000_000)


def edit(random_: random.Random, root: Path) -> str:
    """Change one file of the vault; return what was done."""
    there = [name for name in NAMES if (root / name).exists()]
    kind = random_.randrange(10)
    name = random_.choice(NAMES)
    if kind == 0 and len(there) > 3:
        (root / random_.choice(there)).unlink()
    elif kind == 1 and len(there) > 3 and name not in there:
        (root / random_.choice(there)).rename(root / name)
    elif kind == 2:
        (root / ".obsidian" / "app.json").write_text(random_.choice(["{}", '{"userIgnoreFilters": ["sub/"]}']))
    elif kind < 5 or name not in there:
        (root / name).write_bytes(content(random_, name))
    else:  # most edits change one line
        notes = [one for one in there if one.endswith(".md")] or [name]
        place = root / random_.choice(notes)
        lines = place.read_text("utf-8", "replace").split("\n") if place.exists() else [""]
        lines[random_.randrange(len(lines))] = random_.choice(LINES)
        place.write_text("\n".join(lines), "utf-8")
    return name


@pytest.mark.parametrize("seed", range(12))
def test_the_store_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plan: Plan, seed: int) -> None:
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    settle(monkeypatch)
    random_ = random.Random(seed)
    root = tmp_path / "vault"
    (root / "sub").mkdir(parents=True)
    (root / ".obsidian").mkdir()
    for name in NAMES:
        (root / name).write_bytes(content(random_, name))
    for _ in range(25):
        assert checked(Workspace(str(root), Config()), plan).report == whole(root, plan).report
        assert checked(Workspace(str(root), Config()), plan).report == whole(root, plan).report
        edit(random_, root)
        other = random_.randrange(6)
        if other == 0:  # another command reads the vault, and stores the edited note
            Workspace(str(root), Config()).snapshot()
        elif other == 1:
            checked(Workspace(str(root), Config()), DEFAULT)


@pytest.mark.parametrize("seed", range(12))
def test_unsaved_texts(tmp_path: Path, plan: Plan, seed: int) -> None:
    random_ = random.Random(seed)
    texts = {name: content(random_, name) for name in NAMES}
    for name, data in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    workspace = Workspace(str(tmp_path), Config(), has_store=False)
    live = LiveCheck.start(workspace, plan)
    for _ in range(25):
        path = random_.choice([name for name in NAMES if name.endswith(".md")])
        lines = texts.get(path, b"").decode().split("\n")
        lines[random_.randrange(len(lines))] = random_.choice(LINES)
        data = "\n".join(lines).encode()
        if random_.randrange(8) == 0 and path in texts and len(texts) > 4:
            del texts[path]
            live = live.with_changes({}, [path])
            (tmp_path / path).unlink()
        else:
            texts[path] = data
            live = live.with_changes({path: data})
            (tmp_path / path).write_bytes(data)
        assert live.report() == whole(tmp_path, plan).report, path


def test_every_rule_again_after_each_edit_of_its_examples(tmp_path: Path, plan: Plan) -> None:
    """Go from the good vault of each rule to its bad one and back, a note at a time."""
    for number, rule in enumerate(all_rules()):
        module = import_module(rule.module)
        good, bad = module.GOOD or {}, module.BAD or {}
        root = tmp_path / str(number)
        for path, data in {**good, **bad}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(as_bytes(good.get(path, data)))
        workspace = Workspace(str(root), Config(), has_store=False)
        live = LiveCheck.start(workspace, plan)
        for side in (bad, good, bad):
            for path, data in side.items():
                if path.endswith((".md", ".canvas")) and not os.path.basename(path).startswith("."):
                    (root / path).write_bytes(as_bytes(data))
                    live = live.with_changes({path: as_bytes(data)})
                    assert live.report() == whole(root, plan).report, (root, path)


def as_bytes(data: str | bytes | None) -> bytes:
    return data.encode() if isinstance(data, str) else data or b""


@pytest.mark.parametrize("is_settled", [True, False])
@pytest.mark.parametrize("by", ["snapshot", "check of other rules"])
def test_what_another_command_stored_is_not_taken_for_what_was_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plan: Plan, by: str, is_settled: bool
) -> None:
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    if is_settled:
        settle(monkeypatch)
    root = tmp_path / "vault"
    root.mkdir()
    (root / "a.md").write_text("[[b#Old]]")
    for heading in ("Old", "New one", "Old", "Another"):
        (root / "b.md").write_text(f"# {heading}")
        if heading != "Old" and by == "snapshot":
            Workspace(str(root), Config()).snapshot()
        elif heading != "Old":
            checked(Workspace(str(root), Config()), DEFAULT)
        report = checked(Workspace(str(root), Config()), plan).report
        assert report == whole(root, plan).report
        assert ("LK003" in {finding.code for finding in report.findings}) == (heading != "Old")


@pytest.mark.parametrize("seed", range(4))
def test_files_that_changed_just_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plan: Plan, seed: int) -> None:
    """No stamp is trusted; every note is read again and compared with what was stored."""
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    random_ = random.Random(seed)
    root = tmp_path / "vault"
    (root / "sub").mkdir(parents=True)
    for name in [name for name in NAMES if name.endswith(".md")]:
        (root / name).write_bytes(content(random_, name))
    for _ in range(12):
        assert checked(Workspace(str(root), Config()), plan).report == whole(root, plan).report
        place = root / random_.choice([name for name in NAMES if name.endswith(".md")])
        place.write_bytes(content(random_, place.name))
        if random_.randrange(3) == 0:
            Workspace(str(root), Config()).snapshot()
