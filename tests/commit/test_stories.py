"""Commits as people make them, with real git: what the hook says, whether the commit is made, the exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import PICTURE, PYTHON, Repository

VAULT: dict[str, str | bytes | None] = {
    "a.md": "# A\n\nsee [[LoRA]] and [[LoRA#Rank|rank]] and [[b#^claim]]\n",
    "b.md": "# B\n\nA claim. ^claim\n\n![[plot.png]]\n",
    "Models/LoRA.md": "---\naliases: [Low rank]\n---\n# LoRA\n\n## Rank\n\ntext\n",
    "plot.png": PICTURE,
    "old.md": "an old debt: [[nowhere to be found/x.md]] and [[LoRA#Nothing]]\n",
    "main.py": "pass\n",
}
DELETED = [
    "deleting `Models/LoRA.md` breaks 3 links:",
    "  a.md:3:5: [[LoRA]]",
    "  a.md:3:18: [[LoRA#Rank|rank]]",
    "  old.md:1:47: [[LoRA#Nothing]]",
    "  run `vaultkit relink Models/LoRA.md NEW` to link to another note",
]


def renamed(old: str, new: str, what: str = "renaming") -> list[str]:
    return [
        f"{what} `{old}` to `{new}` breaks 3 links:",
        *DELETED[1:4],
        f"  run `vaultkit relink {old} {new}` to update them",
    ]


def brief(line: str) -> str:
    """A finding without its message."""
    found = re.match(r"(\S.*?:\d+:\d+: \w+ [A-Z]{2}\d+ [\w-]+): ", line)
    return found[1] if found else line


Story = Callable[[Repository], None]


def put(files: dict[str, str | bytes | None], *git: tuple[str, ...]) -> Story:
    """Write files and stage all, then some git commands."""

    def story(repository: Repository) -> None:
        repository.write(files)
        repository.git("add", "-A")
        for arguments in git:
            repository.git(*arguments)

    return story


def only(*git: tuple[str, ...]) -> Story:
    """Some git commands."""

    def story(repository: Repository) -> None:
        for arguments in git:
            repository.git(*arguments)

    return story


def not_added(repository: Repository) -> None:
    repository.write({"new.png": b"x", "n.md": "![[new.png]]\n"})
    repository.git("add", "n.md")


def ignored(repository: Repository) -> None:
    repository.write({".gitignore": "*.png\n", "new.png": b"x", "n.md": "![[new.png]]\n"})
    repository.git("add", "n.md")


def partly_staged(repository: Repository) -> None:
    repository.write({"a.md": "# A\n\n[[b\n"})
    repository.git("add", "a.md")
    repository.write({"a.md": "# A\n\n[[b]] mended, and not added\n"})


def partly_staged_well(repository: Repository) -> None:
    repository.write({"a.md": "# A\n\n[[b]] well\n"})
    repository.git("add", "a.md")
    repository.write({"a.md": "# A\n\n[[b not yet\n"})


def untracked_rename(repository: Repository) -> None:
    os.rename(repository.vault / "Models/LoRA.md", repository.vault / "Models/Low.md")
    repository.git("rm", "-q", "--cached", "Models/LoRA.md")


def many(repository: Repository) -> None:
    repository.write({f"many/Note {number}.md": f"# {number}\n[[a]]\n" for number in range(2_000)})
    repository.git("add", "-A")


def submodule(repository: Repository) -> None:
    other = Repository(repository.top.parent / "other", repository.top.parent / "cache")
    other.commit({"inner.md": "[[nothing here/x.md]]\n"})
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.top), "sub")


def symlink(repository: Repository) -> None:
    (repository.vault / "link.md").symlink_to("b.md")
    repository.git("add", "-A")


STORIES = [
    pytest.param(only(), 0, [], id="empty: nothing staged"),
    pytest.param(put({"main.py": "print()\n"}), 0, [], id="no vault file staged"),
    pytest.param(put({"a.md": "# A\n\n[[LoRA]] [[b]]\n"}), 0, [], id="a good change"),
    pytest.param(put({"new.md": "[[a]] ![[plot.png]]\n"}), 0, [], id="a good new note"),
    pytest.param(put({"Models/LoRA.md": None}), 1, DELETED, id="delete"),
    pytest.param(put({"Models/LoRA.md": None, "a.md": "# A\n[[b]]\n", "old.md": "well\n"}), 0, [], id="delete, mended"),
    pytest.param(
        put({"Models/LoRA.md": None, "a.md": "# A\n\n[[LoRA]]\n", "old.md": "well\n"}), 1,
        ["a.md:3:1: warning LK001 missing-note: [[LoRA]] names no note"], id="delete, told in the staged note",
    ),
    pytest.param(only(("rm", "-q", "--cached", "Models/LoRA.md")), 1, DELETED, id="taken out of git, still on the disk"),
    pytest.param(
        only(("mv", "Models/LoRA.md", "Models/Low-rank.md")), 1, renamed("Models/LoRA.md", "Models/Low-rank.md"),
        id="rename",
    ),
    pytest.param(only(("mv", "Models/LoRA.md", "LoRA.md")), 0, [], id="moved, bare links still find it"),
    pytest.param(
        only(("mv", "Models/LoRA.md", "Models/lora.md")), 0, [], id="case-only rename: links do not mind case"
    ),
    pytest.param(untracked_rename, 1, DELETED, id="renamed and the new name not added"),
    pytest.param(
        put({"p.md": "[[Models/LoRA]] [x](Models/LoRA.md)\n"}, ("commit", "-qnm", "p"), ("mv", "Models", "Methods")), 1,
        [
            "renaming `Models/LoRA.md` to `Methods/LoRA.md` breaks 2 links:",
            "  p.md:1:1: [[Models/LoRA]]",
            "  p.md:1:17: [x](Models/LoRA.md)",
            "  run `vaultkit relink Models/LoRA.md Methods/LoRA.md` to update them",
        ], id="folder with one note renamed",
    ),
    pytest.param(
        put({"p.md": "[[Models/LoRA]] [[Models/Two]]\n", "Models/Two.md": "two of them\n"}, ("commit", "-qnm", "p"),
            ("mv", "Models", "My methods")), 1,
        [
            "renaming the folder `Models` to `My methods` breaks 2 links:",
            "  p.md:1:1: [[Models/LoRA]]",
            "  p.md:1:17: [[Models/Two]]",
            "  run `vaultkit relink Models 'My methods'` to update them",
        ], id="folder renamed, told once",
    ),
    pytest.param(
        put({"Models/LoRA.md": "# LoRA\n\n## Order\n\ntext\n"}), 1,
        [
            "removing heading `Rank` from `Models/LoRA.md` breaks 1 link:",
            "  a.md:3:18: [[LoRA#Rank|rank]]",
            "  restore it, or change the links",
        ], id="heading renamed",
    ),
    pytest.param(
        put({"Models/LoRA.md": "# LoRA\n\n## rank!\n\ntext\n"}), 0, [], id="heading still matches as Obsidian compares",
    ),
    pytest.param(
        put({"b.md": "# B\n\nA claim.\n\n![[plot.png]]\n"}), 1,
        ["removing block `^claim` from `b.md` breaks 1 link:", "  a.md:3:41: [[b#^claim]]",
         "  restore it, or change the links"], id="block id lost",
    ),
    pytest.param(
        not_added, 1,
        ["n.md:1:1: warning EM009 untracked-target: untracked file `new.png`: not in the commit; "
         "run `git add new.png`"], id="picture not added",
    ),
    pytest.param(
        ignored, 1,
        ["n.md:1:1: warning EM009 untracked-target: untracked file `new.png`: ignored by Git and not "
         "in the commit; change .gitignore or run `git add -f new.png`"], id="picture ignored",
    ),
    pytest.param(
        put({"n.md": "![[gone.png]]\n"}), 1,
        ["n.md:1:1: error EM001 missing-attachment: missing attachment `gone.png`"], id="picture nowhere",
    ),
    pytest.param(
        put({"plot.png": None}), 1,
        ["deleting `plot.png` breaks 1 link:", "  b.md:5:1: ![[plot.png]]",
         "  run `vaultkit relink plot.png NEW` to link to another note"], id="picture deleted",
    ),
    pytest.param(put({"plot.png": b"other bytes"}), 0, [], id="picture changed"),
    pytest.param(
        put({"x/LoRA.md": "another\n"}), 1,
        [
            "adding `x/LoRA.md` makes 3 links open `x/LoRA.md` instead of `Models/LoRA.md`:",
            *DELETED[1:4],
            "  write the path in the links, or choose another name: `vaultkit move x/LoRA.md NEW`",
        ], id="a new name takes links over",
    ),
    pytest.param(
        put({"Somewhere else/LoRA.md": "another\n"}), 1,
        [
            "adding `Somewhere else/LoRA.md` makes 3 links to `LoRA` ambiguous:",
            *DELETED[1:4],
            "  write the path in the link, or choose another name: `vaultkit move 'Somewhere else/LoRA.md' NEW`",
        ], id="a new name makes links ambiguous",
    ),
    pytest.param(
        put({"Models/LoRA.md": "# LoRA\n\n## Rank\n\ntext\n"}), 0, [], id="alias removed: no link follows an alias",
    ),
    pytest.param(
        put({"n.md": "[[Low rank]]\n"}), 1,
        ["n.md:1:1: warning LK001 missing-note: [[Low rank]] names no note: it is an alias, which Obsidian does not "
         "follow; write [[LoRA|Low rank]]"], id="alias of an untouched note as target",
    ),
    pytest.param(
        put({"n.md": "[[Lora]]s and [[LoRAs]]\n"}), 1,
        ["n.md:1:15: warning LK001 missing-note: [[LoRAs]] names no note; did you mean [[LoRA]]?"],
        id="did you mean, among untouched notes",
    ),
    pytest.param(
        put({"n.md": "[[LoRA#Rank]] [[LoRA#Wrong heading here]] [[b#^nope]]\n"}), 1,
        ['n.md:1:15: error LK003 missing-heading: canvas card: no heading `Wrong heading here` in `LoRA`',
         "n.md:1:43: error LK004 missing-block: b has no block ^nope"], id="places in untouched notes are known",
    ),
    pytest.param(
        partly_staged, 1,
        ["a.md:3:1: error LK006 unclosed-wikilink: [[b is not closed, so Obsidian shows the brackets as text"],
        id="partly staged: the index counts, not the disk",
    ),
    pytest.param(partly_staged_well, 0, [], id="partly staged: the fault on the disk is not in the commit"),
    pytest.param(
        put({"old.md": "touched: [[nowhere to be found/x.md]]\n"}), 1,
        ["old.md:1:10: error LK002 missing-file: nowhere to be found/x.md is no file of the vault"],
        id="an old debt is told once its note is touched",
    ),
    pytest.param(
        put({"old.md": "a debt [[nowhere to be found/x.md]] %% vaultkit-disable-line LK002 %%\n"}), 0, [],
        id="silenced by a comment",
    ),
    pytest.param(put({".vaultkit.toml": 'preset = "default"\n'}), 0, [], id="configuration changed"),
    pytest.param(put({"Templates/t.md": "[[{{title}}]] [[never there/x]]\n"}), 0, [], id="template"),
    pytest.param(put({"c.canvas": '{"nodes":[{"id":"1","type":"file","file":"a.md"}]}'}), 0, [], id="a good canvas"),
    pytest.param(
        put({"c.canvas": '{"nodes":[{"id":"1","type":"file","file":"a.md"}]}'}, ("commit", "-qnm", "c"),
            ("mv", "a.md", "z.md")), 1,
        ["renaming `a.md` to `z.md` breaks 1 link:", "  c.canvas:1:43: a.md",
         "  run `vaultkit relink a.md z.md` to update them"], id="canvas shows a renamed note",
    ),
    pytest.param(
        put({"c.canvas": '{"nodes":[{"id":"1","type":"text","text":"\\u00e9 [[a]]"}]}'}, ("commit", "-qnm", "c"),
            ("mv", "a.md", "z.md")), 1,
        ["renaming `a.md` to `z.md` breaks 1 link:", "  c.canvas:1:50: [[a]]",
         "  run `vaultkit relink a.md z.md` to update them"], id="a text card links to a renamed note",
    ),
    pytest.param(
        put({"p.md": '---\nup: "[[b]]"\n---\n'}, ("commit", "-qnm", "p"), ("rm", "-q", "b.md")), 1,
        ["deleting `b.md` breaks 2 links:", "  a.md:3:41: [[b#^claim]]", "  p.md:2:6: [[b]]",
         "  run `vaultkit relink b.md NEW` to link to another note"], id="property links count",
    ),
    pytest.param(
        put({"日本 ノート.md": "x\n", "ß ä.md": "[[日本 ノート]]\n"}, ("commit", "-qnm", "p"), ("rm", "-q", "日本 ノート.md")), 1,
        ["deleting `日本 ノート.md` breaks 1 link:", "  ß ä.md:1:1: [[日本 ノート]]",
         "  run `vaultkit relink '日本 ノート.md' NEW` to link to another note"], id="names of every script",
    ),
    pytest.param(
        put({'q"uo\'te.md': "x\n", "n.md": "[[q\"uo'te]]\n"}, ("commit", "-qnm", "p"), ("rm", "-q", 'q"uo\'te.md')), 1,
        ["deleting `q\"uo'te.md` breaks 1 link:", "  n.md:1:1: [[q\"uo'te]]",
         "  run `vaultkit relink 'q\"uo'\"'\"'te.md' NEW` to link to another note"], id="quotes in names",
    ),
    pytest.param(put({"new\nline.md": "[[a]]\n", "tab\tname.md": "x", ".vaultkit.toml": '[lint]\nignore = ["NM001"]\n'}), 0, [], id="line ends and tabs in names"),
    pytest.param(
        put({"a.md": "# A\n\nnothing any more\n", "Models/LoRA.md": None, "old.md": None}), 0, [],
        id="several deletes that fit together",
    ),
    pytest.param(only(("mv", "a.md", "t.md"), ("mv", "b.md", "a.md"), ("mv", "t.md", "b.md")), 1, None, id="names swapped"),
    pytest.param(only(("update-index", "--chmod=+x", "a.md")), 0, [], id="mode change"),
    pytest.param(submodule, 0, [], id="submodule added"),
    pytest.param(symlink, 0, [], id="symbolic link added"),
    pytest.param(many, 0, [], id="2,000 staged files"),
    pytest.param(
        put({"n.md": "\xff\xfe not text".encode("latin-1")}), 1, None, id="a note that is not UTF-8"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("story", "status", "lines"), STORIES)
def test_story(repository, story, status, lines):
    """The hook by itself, then the commit with the hook installed: refused or made as the hook said."""
    repository.commit(VAULT)
    story(repository)
    now = repository.git("rev-parse", "HEAD")
    before = repository.state()
    got = repository.hook()
    assert got[0] == status, got
    if lines is not None:
        assert [brief(line) for line in got[1]] == [brief(line) for line in lines]
    if status:
        assert got[1]
        assert "git commit --no-verify" in repository.said
    assert repository.hook() == got, "the same again"
    assert repository.state() == before, "nothing is written"
    assert repository.vaultkit("hook", "install")[0] == 0
    committed, said = repository.try_commit("--allow-empty", "-m", "x")
    assert (committed != 0) == (status != 0), said
    assert all(brief(line) in said for line in (lines or []))
    if status:
        assert repository.git("rev-parse", "HEAD") == now
        assert repository.state() == before
    assert repository.vaultkit("hook", "uninstall")[0] == 0
    assert not [path.name for path in (repository.top / ".git/hooks").glob("pre-*commit") if path.suffix != ".sample"]


CONFIG = f"""repos:
  - repo: local
    hooks:
      - id: vaultkit
        name: vaultkit
        entry: '"{PYTHON}" -m vaultkit hook'
        language: system
        always_run: true
        pass_filenames: false
        require_serial: true
        stages: [pre-commit, pre-merge-commit, manual]
"""


@pytest.fixture
def framework(repository):
    """The repository with the pre-commit framework installed."""
    pytest.importorskip("pre_commit")
    repository.commit(VAULT | {".pre-commit-config.yaml": CONFIG})
    assert repository.run(PYTHON, "-m", "pre_commit", "install").returncode == 0
    return repository


FRAMEWORK = [story for story in STORIES if story.id in {
    "no vault file staged", "delete", "rename", "folder renamed, told once", "heading renamed", "block id lost",
    "picture not added", "picture ignored", "a new name makes links ambiguous", "names of every script",
    "partly staged: the index counts, not the disk", "partly staged: the fault on the disk is not in the commit",
    "case-only rename: links do not mind case", "taken out of git, still on the disk", "mode change",
}]  # fmt: skip


@pytest.mark.parametrize(("story", "status", "lines"), FRAMEWORK)
def test_story_under_pre_commit(framework, story, status, lines):
    """A commit that only deletes is seen, too; unstaged edits come back as they were."""
    head = framework.git("rev-parse", "HEAD")
    story(framework)
    before = framework.state()
    committed, said = framework.try_commit()
    assert (committed != 0) == (status != 0), said
    assert all(brief(line) in said for line in lines)
    if status:
        assert framework.state() == before
        assert "- exit code: 1" in said
    elif "nothing to commit" not in said:
        assert framework.git("rev-parse", "HEAD") != head


def test_skip_under_pre_commit(framework):
    framework.git("rm", "-q", "Models/LoRA.md")
    assert framework.try_commit("-m", "x", SKIP="vaultkit")[0] == 0


@pytest.mark.parametrize("tool", ["prek", "lefthook"])
def test_other_frameworks(repository, tool):
    program = shutil.which(tool, path=repository.environment["PATH"])
    if program is None:
        pytest.skip(f"{tool} is not installed")
    lefthook = f"pre-commit:\n  commands:\n    vaultkit:\n      run: '\"{PYTHON}\" -m vaultkit hook'\n"
    repository.commit(VAULT | {".pre-commit-config.yaml": CONFIG, "lefthook.yml": lefthook})
    assert repository.run(program, "install").returncode == 0
    repository.git("rm", "-q", "Models/LoRA.md")
    committed, said = repository.try_commit()
    assert committed != 0 and all(line in said for line in DELETED), said
    repository.git("reset", "-q", "--hard")
    put({"new.md": "[[a]]\n"})(repository)
    assert repository.try_commit()[0] == 0


def test_manifest_is_valid():
    pytest.importorskip("pre_commit")
    from pre_commit.clientlib import load_manifest

    manifest = load_manifest(str(Path(__file__).parents[2] / ".pre-commit-hooks.yaml"))
    hooks = {hook["id"]: hook for hook in manifest}
    assert sorted(hooks) == ["vaultkit", "vaultkit-all", "vaultkit-files", "vaultkit-fix"]
    assert hooks["vaultkit"]["always_run"] and not hooks["vaultkit"]["pass_filenames"]


def test_first_commit(repository):
    repository.write({"a.md": "[[b]] [[nowhere at all/x.md]]\n", "b.md": "x\n"})
    repository.git("add", "a.md", "b.md")
    status, lines = repository.hook()
    assert status == 1
    assert list(map(brief, lines)) == ["a.md:1:7: error LK002 missing-file"]
    repository.write({"a.md": "[[b]]\n"})
    repository.git("add", "a.md")
    assert repository.hook() == (0, [])


def test_amend(repository):
    repository.commit(VAULT)
    repository.run(PYTHON, "-m", "vaultkit", "hook", "install")
    repository.git("rm", "-q", "Models/LoRA.md")
    committed, said = repository.try_commit("--amend", "--no-edit")
    assert committed != 0 and DELETED[0] in said
    repository.git("reset", "-q", "--hard")
    assert repository.try_commit("--amend", "-m", "other words")[0] == 0


def test_commit_all_and_paths(repository):
    """`git commit -a` and `git commit PATH` work on an index of their own, which the hook must look at."""
    repository.commit(VAULT)
    repository.run(PYTHON, "-m", "vaultkit", "hook", "install")
    repository.write({"Models/LoRA.md": None, "main.py": "changed\n"})
    assert DELETED[0] in repository.try_commit("-am", "x")[1]
    assert repository.try_commit("-m", "x", "--", "main.py")[0] == 0
    committed, said = repository.try_commit("-m", "x", "--", "Models/LoRA.md")
    assert committed != 0 and DELETED[0] in said


def test_merge_with_conflict_markers(repository):
    repository.commit(VAULT)
    repository.git("checkout", "-qb", "side")
    repository.commit({"b.md": "# B\n\nside ^claim\n", "debt.md": "[[from the other side/x.md]]\n"})
    repository.git("checkout", "-q", "main")
    repository.commit({"b.md": "# B\n\nmain ^claim\n"})
    assert repository.run("git", "merge", "-q", "side").returncode != 0
    repository.git("add", "-A")
    assert repository.hook("--fix") == (1, ["b.md:3:1: git conflict marker; resolve the conflict first"])
    repository.write({"b.md": "# B\n\nboth ^claim\n\n![[plot.png]]\n"})
    repository.git("add", "-A")
    assert repository.hook() == (0, []), "the other side's debts are not blamed on the merge"
    assert repository.try_commit("--no-edit")[0] == 0


def test_merge_that_breaks_a_link(repository):
    """Neither side is wrong: one deletes a note, the other links to it. Git merges; the hook sees it."""
    repository.commit(VAULT | {"free.md": "nobody links here\n"})
    repository.run(PYTHON, "-m", "vaultkit", "hook", "install")
    repository.git("checkout", "-qb", "side")
    repository.git("rm", "-q", "free.md")
    assert repository.try_commit()[0] == 0
    repository.git("checkout", "-q", "main")
    repository.write({"n.md": "[[free]]\n"})
    repository.git("add", "-A")
    assert repository.try_commit()[0] == 0
    done = repository.run("git", "merge", "--no-edit", "side")
    assert done.returncode != 0
    assert "deleting `free.md` breaks 1 link:" in done.stdout + done.stderr


def test_rebase_in_progress_fixes_nothing(repository):
    repository.commit(VAULT)
    repository.commit({"b.md": "# B\n\nA claim. ^claim\n\n![[plot.png|300|300]]\n"})
    repository.run("git", "rebase", "-q", "-i", "HEAD~1", GIT_SEQUENCE_EDITOR="sed -i s/^pick/edit/")
    repository.write({"n.md": "![[plot.png|300|300]]\n"})
    repository.git("add", "-A")
    before = repository.state()
    status, lines = repository.hook("--fix")
    assert status == 1 and "EM003" in lines[0]
    assert "a rebase is in progress, so nothing is fixed" in repository.said
    assert repository.state() == before


def test_worktree(repository):
    repository.commit(VAULT)
    other = repository.top.parent / "work tree é"
    repository.git("worktree", "add", "-q", str(other), "-b", "side")
    there = Repository(other, repository.top.parent / "cache")
    there.run(PYTHON, "-m", "vaultkit", "hook", "install")
    there.git("rm", "-q", "Models/LoRA.md")
    assert there.hook() == (1, DELETED)
    committed, said = there.try_commit()
    assert committed != 0 and DELETED[0] in said
    assert repository.hook() == (0, []), "the main work tree has nothing staged"


@pytest.mark.parametrize("folder", ["", "My vault", "My vault/Models"])
def test_vault_in_a_subfolder(tmp_path, folder):
    repository = Repository(tmp_path / "r", tmp_path / "cache", "My vault")
    repository.commit(VAULT | {".obsidian/app.json": "{}"})
    (repository.top / "elsewhere.md").write_text("[[LoRA]] is no link of the vault\n")
    repository.git("add", "-A")
    repository.git("commit", "-qnm", "y")
    assert repository.hook(folder=repository.top / folder) == (0, [])
    repository.git("rm", "-q", "My vault/a.md", "My vault/main.py")
    repository.write({"Models/LoRA.md": "# LoRA\n\n[[nothing to see/x.md]]\n"})
    repository.git("add", "-A")
    place = {"": "My vault/Models/LoRA.md", "My vault": "Models/LoRA.md", "My vault/Models": "LoRA.md"}[folder]
    expected = [f"{place}:3:1: error LK002 missing-file"]
    for words in ([], ["--vault", str(repository.vault)]):
        status, lines = repository.hook(*words, folder=repository.top / folder)
        assert (status, list(map(brief, lines))) == (1, expected)


def test_two_vaults_in_one_repository(tmp_path):
    repository = Repository(tmp_path / "r", tmp_path / "cache")
    for name in ("one", "two"):
        repository.commit(
            {f"{name}/{path}": text for path, text in VAULT.items()} | {f"{name}/.obsidian/app.json": "{}"}
        )
    repository.git("rm", "-q", "two/Models/LoRA.md")
    assert repository.hook() == (
        1,
        [
            "deleting `two/Models/LoRA.md` breaks 3 links:",
            "  two/a.md:3:5: [[LoRA]]",
            "  two/a.md:3:18: [[LoRA#Rank|rank]]",
            "  two/old.md:1:47: [[LoRA#Nothing]]",
            "  run `vaultkit relink --vault two Models/LoRA.md NEW` to link to another note",
        ],
    )
    assert "in the vault two" in repository.said


def test_no_git_checks_the_whole_vault(tmp_path):
    repository = Repository(tmp_path / "r", tmp_path / "cache")
    repository.commit(VAULT)
    shutil.rmtree(repository.top / ".git")
    status, lines = repository.hook()
    assert status == 1
    assert any("LK002" in line for line in lines)
    assert "checking the whole vault" in repository.said


def test_no_git_program(repository):
    repository.commit(VAULT)
    done = repository.run(PYTHON, "-m", "vaultkit", "hook", PATH="/nonexistent")
    assert done.returncode == 1
    assert "git is not installed" in done.stderr


def test_broken_configuration_is_no_success(repository):
    repository.commit(VAULT)
    put({".vaultkit.toml": "preset = 3\n", "a.md": "x\n"})(repository)
    assert repository.hook()[0] == 2


def test_detached_head(repository):
    repository.commit(VAULT)
    repository.git("checkout", "-q", "--detach")
    repository.git("rm", "-q", "Models/LoRA.md")
    assert repository.hook() == (1, DELETED)


def test_baseline_hides_old_findings_of_a_renamed_note(repository):
    repository.commit(VAULT)
    assert repository.run(PYTHON, "-m", "vaultkit", "baseline", "create").returncode == 0
    repository.git("add", "-A")
    repository.git("commit", "-qnm", "b")
    repository.git("mv", "old.md", "older.md")
    assert repository.hook() == (0, [])
    repository.write(
        {"older.md": "an old debt: [[nowhere to be found/x.md]] and [[LoRA#Nothing]]\n[[new fault/x.md]]\n"}
    )
    repository.git("add", "-A")
    assert list(map(brief, repository.hook()[1])) == ["older.md:2:1: error LK002 missing-file"]


def test_fix_mends_wholly_staged_notes_only(repository):
    repository.commit(VAULT)
    fault = "![[plot.png|300|300]]\n"
    repository.write({"whole.md": fault, "part.md": fault})
    repository.git("add", "-A")
    repository.write({"part.md": fault + "more\n", "unstaged.md": fault})
    index = repository.git("ls-files", "-s")
    status, lines = repository.hook("--fix")
    assert status == 1
    assert lines == ["part.md:1:1: " + lines[0].partition(": ")[2]] and "EM003" in lines[0]
    assert "fixed whole.md:1: EM003" in repository.said
    assert "part.md is partly staged and was not fixed" in repository.said
    assert "1 note fixed; look at the change, `git add` it and commit again" in repository.said
    assert repository.git("ls-files", "-s") == index
    assert (repository.vault / "whole.md").read_text() == "![[plot.png|300]]\n"
    assert (repository.vault / "part.md").read_text() == fault + "more\n"
    assert (repository.vault / "unstaged.md").read_text() == fault
    repository.write({"part.md": "well\n"})
    repository.git("add", "part.md", "whole.md")
    assert repository.hook("--fix") == (0, []), "the second run is clean"


def test_the_command_that_is_proposed_mends(repository):
    repository.commit(VAULT)
    repository.git("mv", "Models/LoRA.md", "Models/Low-rank.md")
    line = repository.hook()[1][-1]
    words = line.split("`")[1].split()
    assert repository.run(PYTHON, "-m", *words, "--vault", ".").returncode == 0
    repository.git("add", "a.md")
    repository.write({"old.md": (repository.vault / "old.md").read_text().replace("[[nowhere to be found/x.md]]", "")})
    repository.git("add", "old.md")
    assert [row for row in repository.hook()[1] if "breaks" in row] == []


@pytest.mark.parametrize("folder", ["hooks of mine", "../shared hooks"])
def test_hooks_path_and_hooks_that_are_there(repository, folder):
    repository.commit(VAULT)
    repository.git("config", "core.hooksPath", folder)
    hooks = repository.top / folder
    hooks.mkdir()
    mine = hooks / "pre-commit"
    mine.write_text("#!/bin/sh\necho mine was called\n")
    mine.chmod(0o755)
    for _ in range(2):
        assert repository.run(PYTHON, "-m", "vaultkit", "hook", "install").returncode == 0
    repository.git("rm", "-q", "Models/LoRA.md")
    committed, said = repository.try_commit()
    assert committed != 0 and DELETED[0] in said and "mine was called" in said
    assert repository.run(PYTHON, "-m", "vaultkit", "hook", "uninstall").returncode == 0
    assert [path.name for path in hooks.iterdir()] == ["pre-commit"]
    assert mine.read_text() == "#!/bin/sh\necho mine was called\n"
    assert repository.try_commit()[0] == 0


def test_a_kept_hook_that_says_no_is_obeyed(repository):
    repository.commit(VAULT)
    mine = repository.top / ".git/hooks/pre-commit"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("#!/bin/sh\nexit 7\n")
    mine.chmod(0o755)
    repository.run(PYTHON, "-m", "vaultkit", "hook", "install")
    put({"a.md": "well\n"})(repository)
    assert repository.try_commit()[0] != 0


def test_husky_owns_its_folder(repository):
    repository.commit(VAULT)
    (repository.top / ".husky/_").mkdir(parents=True)
    repository.git("config", "core.hooksPath", ".husky/_")
    done = repository.run(PYTHON, "-m", "vaultkit", "hook", "install")
    assert done.returncode == 2 and ".husky/pre-commit" in done.stderr
    # The way husky calls its hooks: sh, from the repository's top.
    (repository.top / ".husky/_/pre-commit").write_text('#!/bin/sh\nsh -e "$(dirname "$0")/../pre-commit"\n')
    (repository.top / ".husky/_/pre-commit").chmod(0o755)
    (repository.top / ".husky/pre-commit").write_text("vaultkit hook\n")
    repository.git("rm", "-q", "Models/LoRA.md")
    committed, said = repository.try_commit()
    assert committed != 0 and DELETED[0] in said


def test_new_since(repository):
    """Only what the branch brings, in the formats that CI reads."""
    repository.commit(VAULT)
    repository.git("checkout", "-qb", "branch")
    repository.git("mv", "old.md", "older.md")
    repository.commit({"Models/LoRA.md": None, "n.md": "[[nobody knows/x.md]]\n"})
    repository.git("checkout", "-q", "main")
    repository.commit({"later.md": "[[a debt of main/y]]\n"})
    repository.git("checkout", "-q", "branch")
    command = (PYTHON, "-m", "vaultkit", "check", "--new-since", "main")
    done = repository.run(*command, "--output-format", "json", "-o", "sarif:out.sarif", "-o", "markdown:out.txt")
    assert done.returncode == 1
    found = sorted((one["path"], one["code"]) for one in json.loads(done.stdout)["findings"])
    assert found == [("a.md", "LK001"), ("a.md", "LK001"), ("n.md", "LK002"), ("older.md", "LK001")]
    assert len(json.loads((repository.top / "out.sarif").read_text())["runs"][0]["results"]) == 4
    assert "from before main hidden" in done.stderr
    github = repository.run(*command, "--output-format", "github")
    assert github.stdout.count("::warning") + github.stdout.count("::error") == 4
    assert repository.run(PYTHON, "-m", "vaultkit", "check", "--new-since", "HEAD").returncode == 0
    unknown = repository.run(PYTHON, "-m", "vaultkit", "check", "--new-since", "nothing")
    assert unknown.returncode == 2 and "unknown Git revision" in unknown.stderr


def test_the_action(repository):
    """The script of the GitHub Action, as a pull request runs it."""
    repository.commit(VAULT)
    clone = repository.top.parent / "clone"
    repository.git("checkout", "-qb", "branch")
    repository.commit({"Models/LoRA.md": None})
    repository.git("clone", "-q", "--depth", "1", "--branch", "branch", f"file://{repository.top}", str(clone))
    script = Path(__file__).parents[2] / ".github/actions/vaultkit/check.sh"
    done = repository.run(
        str(script), folder=clone, VAULT=".", BASE="main", WANTED="", ARGUMENTS="--select LK",
        SARIF="out.sarif", GITHUB_STEP_SUMMARY=str(clone / "summary"),
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("::warning") + done.stdout.count("::error") == 3, done.stdout
    assert (clone / "summary").read_text() and (clone / "out.sarif").exists()


def test_files_by_themselves(repository):
    repository.commit(VAULT)
    done = repository.run(PYTHON, "-m", "vaultkit", "check", "--no-index", "old.md", "a.md")
    assert (done.returncode, done.stdout) == (0, ""), "links need the vault"
    repository.write({"n.md": "![[plot.png|300|300]] [[nowhere]]\n"})
    done = repository.run(PYTHON, "-m", "vaultkit", "check", "--no-index", "n.md")
    assert done.returncode == 1
    assert [line.split()[2] for line in done.stdout.splitlines()] == ["EM003"]
