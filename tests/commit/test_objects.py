"""Submodules, symbolic links, converted and announced files: what git and Obsidian take them for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from repositories import PICTURE, Repository

ROT13 = "tr A-Za-z N-ZA-Mn-za-m"


def submodule(repository: Repository, files: dict[str, str | bytes | None], path: str = "Shared") -> Repository:
    """Another repository, put into this one at `path` and committed."""
    other = Repository(repository.top.parent / f"origin of {path}", repository.top.parent / "cache")
    other.commit(files)
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.top), path)
    repository.git("commit", "-qnam", "submodule")
    return Repository(repository.top / path, repository.top.parent / "cache")


@pytest.fixture
def shared(repository: Repository) -> Repository:
    repository.commit({".obsidian/app.json": "{}", "old.md": "x\n"})
    return submodule(
        repository, {"Inner.md": "# In\n\n## Part\n\nx ^b1\n", "deep/p.png": PICTURE, "fault.md": "[[no/x]]\n"}
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("[[Inner]] [[Inner#Part]] [[Inner#^b1]] ![[p.png]] [x](Shared/Inner.md)\n", [], id="all there"),
        pytest.param("[[Inner#Nope]]\n", ["a.md:1:1: error LK003"], id="heading"),
        pytest.param("[[Inner#^nope]]\n", ["a.md:1:1: error LK004"], id="block"),
    ],
)  # fmt: skip
def test_links_into_a_submodule(repository, shared, text, lines):
    repository.write({"a.md": text})
    repository.git("add", "a.md")
    status, told = repository.hook()
    assert (status, [" ".join(line.split(" ")[:3]) for line in told]) == (1 if lines else 0, lines)
    assert repository.vaultkit("check", "--staged", "--output-format", "concise")[1].splitlines() == told


def test_a_file_that_only_the_submodule_lacks(repository, shared):
    (shared.top / "New.md").write_text("x\n")
    repository.write({"a.md": "[[New]]\n"})
    repository.git("add", "a.md")
    line = repository.hook()[1][0]
    assert "EM009" in line and "`git -C Shared add New.md` and commit there first" in line


def test_a_new_version_of_a_submodule(repository, shared):
    repository.commit({"a.md": "[[Inner#Part]] [[Inner]]\n"})
    shared.commit({"Inner.md": "# In\n", "more.md": "[[nowhere/at/all]]\n"})
    repository.git("add", "Shared")
    assert repository.hook()[1][:2] == [
        "removing heading `Part` from `Shared/Inner.md` breaks 1 link:", "  a.md:1:1: [[Inner#Part]]",
    ]  # fmt: skip
    shared.commit({"Inner.md": None})
    repository.git("add", "Shared")
    assert repository.hook()[1][0] == ("updating the submodule `Shared` removes `Shared/Inner.md` and breaks 2 links:")


def test_a_note_renamed_in_a_submodule(repository, shared):
    repository.commit({"a.md": "[[Inner]]\n"})
    shared.git("mv", "Inner.md", "Outer.md")
    shared.git("commit", "-qnm", "x")
    repository.git("add", "Shared")
    assert repository.hook()[1][0] == "renaming `Shared/Inner.md` to `Shared/Outer.md` breaks 1 link:"


def test_a_submodule_that_is_removed(repository, shared):
    repository.commit({"a.md": "[[Inner]]\n"})
    repository.git("rm", "-qf", "Shared")
    assert repository.hook()[0] == 1


def test_a_submodule_that_is_not_checked_out(repository, shared):
    repository.git("submodule", "-q", "deinit", "-f", "Shared")
    repository.write({"a.md": "[[old]]\n"})
    repository.git("add", "a.md")
    assert repository.hook() == (0, [])


def test_a_submodule_with_a_vault_is_a_vault_of_its_own(repository):
    repository.commit({".obsidian/app.json": "{}", "b.md": "x\n"})
    submodule(repository, {"Inner.md": "[[no/x]]\n", ".obsidian/app.json": "{}"})
    repository.write({"a.md": "[[Inner]] [[b]]\n"})
    repository.git("add", "a.md")
    _, out, _ = repository.vaultkit("check", "--output-format", "concise")
    assert repository.hook()[1] == [line for line in out.splitlines() if line.startswith("a.md")]


def test_a_submodule_within_a_submodule(repository):
    repository.commit({"b.md": "x\n"})
    inner = Repository(repository.top.parent / "innermost", repository.top.parent / "cache")
    inner.commit({"Deep.md": "# Deep\n"})
    outer = submodule(repository, {"Mid.md": "x\n"})
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "deep")
    outer.git("commit", "-qnam", "x")
    repository.git("add", "Shared")
    repository.git("commit", "-qnm", "x")
    repository.write({"a.md": "[[Deep#Deep]] [[Mid]]\n"})
    repository.git("add", "a.md")
    assert repository.hook() == (0, [])


def test_the_hook_within_a_real_commit_in_a_repository_with_a_submodule(repository, shared):
    repository.vaultkit("hook", "install")
    repository.write({"a.md": "[[Inner#Part]]\n"})
    repository.git("add", "a.md")
    committed, said = repository.try_commit()
    assert committed == 0, said


@pytest.mark.parametrize(
    ("link", "target"),
    [("Alias.md", "Real.md"), ("deep/Alias.md", "../Real.md"), ("Alias.md", "deep/../Real.md")],
)
def test_a_symbolic_link_is_the_note_that_it_leads_to(repository, link, target):
    repository.commit({"Real.md": "# R\n\n## Part\n\nx ^b1\n", "deep/x.md": "x\n"})
    (repository.vault / link).symlink_to(target)
    repository.write({"a.md": "[[Alias#Part]] [[Alias#^b1]] [[Alias#Nope]]\n"})
    repository.git("add", "-A")
    assert [line[:25] for line in repository.hook()[1]] == ["a.md:1:30: error LK003 mi"]


def test_a_note_behind_a_symbolic_link_loses_a_heading(repository):
    repository.write({"Real.md": "# R\n\n## Part\n", "a.md": "[[Alias#Part]]\n"})
    (repository.vault / "Alias.md").symlink_to("Real.md")
    repository.commit({})
    repository.write({"Real.md": "# R\n"})
    repository.git("add", "-A")
    assert repository.hook()[1][:2] == [
        "removing heading `Part` from `Alias.md` breaks 1 link:", "  a.md:1:1: [[Alias#Part]]",
    ]  # fmt: skip


def test_a_note_becomes_a_symbolic_link(repository):
    repository.commit({"n.md": "# N\n\n## Part\n", "Real.md": "# R\n", "a.md": "[[n#Part]]\n"})
    (repository.vault / "n.md").unlink()
    (repository.vault / "n.md").symlink_to("Real.md")
    repository.git("add", "-A")
    assert "removing heading `Part` from `n.md` breaks 1 link:" in repository.hook()[1]


@pytest.mark.parametrize("target", ["../outside.md", "/etc/hosts", "Nowhere.md", "folder", "Loop.md"])
def test_a_symbolic_link_to_what_is_no_file_of_the_vault(repository, target):
    (repository.top.parent / "outside.md").write_text("# O\n")
    repository.commit({"folder/x.md": "x\n"})
    (repository.vault / "Alias.md").symlink_to(target)
    (repository.vault / "Loop.md").symlink_to("Loop.md")
    repository.git("add", "-A")
    assert repository.hook() == (0, [])


@pytest.fixture
def crypt(repository: Repository) -> Repository:
    """What lies in Private/ is turned by a filter on its way into git and back."""
    repository.git("config", "filter.crypt.clean", ROT13)
    repository.git("config", "filter.crypt.smudge", ROT13)
    repository.commit({".gitattributes": "Private/** filter=crypt\n*.pub filter=none\n", "b.md": "# B\n"})
    return repository


def test_a_staged_note_that_is_encrypted(crypt):
    crypt.write({"Private/Secret.md": "# Secret\n\n[[b]] [[b#Nope]]\n"})
    crypt.git("add", "-A")
    assert "Frperg" in crypt.git("show", ":Private/Secret.md"), "it is"
    assert [line.split(" ")[:3] for line in crypt.hook()[1]] == [["Private/Secret.md:3:7:", "error", "LK003"]]


def test_a_link_from_an_encrypted_note(crypt):
    crypt.commit({"Private/Secret.md": "[[b]]\n"})
    crypt.git("rm", "-q", "b.md")
    assert crypt.hook()[1][:2] == ["deleting `b.md` breaks 1 link:", "  Private/Secret.md:1:1: [[b]]"]


def test_a_link_to_a_place_in_an_encrypted_note(crypt):
    crypt.commit({"Private/Secret.md": "# Secret\n\nx ^id1\n"})
    crypt.write({"a.md": "[[Secret#Secret]] [[Secret#^id1]] [[Secret#Nope]]\n"})
    crypt.git("add", "-A")
    assert len(crypt.hook()[1]) == 1


@pytest.mark.parametrize("content", [b"\x00GITCRYPT\x00\x01\x02", b"\xff\xfe\x00"])
def test_an_encrypted_note_whose_text_is_not_known(crypt, content):
    """The file on disk is not the one that is staged: nothing is said of it, and none of its links."""
    crypt.git("config", "filter.crypt.clean", "printf '\\000GITCRYPT\\000'; cat")
    crypt.write({"Private/Secret.md": "# Secret\n", "a.md": "[[Secret#Secret]] [[Secret#Other]]\n"})
    crypt.git("add", "-A")
    crypt.write({"Private/Secret.md": b"longer than before" + content})
    assert crypt.hook() == (0, [])


def test_lfs(repository):
    """A canvas and a drawing of which git has pointers only."""
    head = "version https://git-lfs.github.com/spec/v1\\noid sha256:"
    repository.git("config", "filter.lfs.clean", f"printf '{head}'; sha256sum | cut -c1-64; echo size 5")
    repository.write(
        {
            ".gitattributes": "*.canvas filter=lfs\n*.excalidraw.md filter=lfs\n",
            "c.canvas": '{"nodes":[{"id":"1","type":"file","file":"b.md"}]}',
            "d.excalidraw.md": "---\nexcalidraw-plugin: parsed\n---\n# Head\n\ntext ^t1\n",
            "b.md": "# B\n",
            "a.md": "[[d.excalidraw#Head]] [[d.excalidraw#^t1]]\n",
        }
    )
    repository.git("add", "-A")
    assert "git-lfs" in repository.git("show", ":c.canvas")
    assert repository.hook() == (0, [])
    repository.git("commit", "-qnm", "x")
    repository.git("rm", "-q", "b.md")
    assert repository.hook()[1][:2] == ["deleting `b.md` breaks 1 link:", "  c.canvas:1:43: b.md"]


def test_no_program_of_the_configuration_is_run(crypt):
    marker = crypt.top.parent / "ran"
    crypt.commit({"Private/Secret.md": "[[b]]\n"})
    crypt.git("rm", "-q", "b.md")
    crypt.git("config", "filter.crypt.smudge", f"touch '{marker}'; cat")
    crypt.git("config", "filter.crypt.clean", f"touch '{marker}'; cat")
    crypt.hook()
    crypt.hook("--fix")
    assert not marker.exists()


def test_new_since_knows_encrypted_and_linked_notes(crypt):
    (crypt.vault / "Alias.md").symlink_to("b.md")
    crypt.commit({"Private/Secret.md": "[[no/such]]\n", "b.md": "# B\n\n[[no/other]]\n"})
    status, out, _ = crypt.vaultkit("check", "--new-since", "HEAD", "--output-format", "concise")
    assert (status, out) == (0, "")


def test_utf_16_on_disk(repository):
    repository.commit({".gitattributes": "*.md working-tree-encoding=UTF-16\n", "a.md": "[[b]]\n".encode("utf-16")})
    repository.write({"a.md": "[[c]]\n".encode("utf-16")})
    repository.git("add", "-A")
    assert "TX002" in repository.hook()[1][0], "as Obsidian sees the file, and as `check` says"


@pytest.mark.parametrize("name", ["New.md", "sub/Néw note.md"])
def test_announced_files(repository, name):
    """`git add -N` puts a name into the index and nothing of the file into the commit."""
    stem = name.rpartition("/")[2].removesuffix(".md")
    repository.commit({"b.md": "# B\n", "empty.md": ""})
    repository.write({name: "# H\n", "p.png": PICTURE, "a.md": f"[[{stem}]] ![[p.png]] [[{stem}#H]] [[empty]]\n"})
    repository.git("add", "-N", name, "p.png")
    repository.git("add", "a.md")
    lines = repository.hook()[1]
    assert [line.split()[2] for line in lines] == ["EM009"] * 3
    for line in lines:
        command = line.rpartition("`")[0].rpartition("`")[2]
        assert repository.run("sh", "-c", command).returncode == 0, command
    assert repository.hook() == (0, [])


def test_an_empty_note_is_no_announced_file(repository):
    repository.write({"empty.md": "", "a.md": "[[empty]]\n"})
    repository.git("add", "-A")
    assert repository.hook() == (0, [])


CONFIG = '[lint]\nignore = ["LK003"]\n'


def test_the_configuration_of_the_commit_holds(repository):
    repository.commit({".vaultkit.toml": "", "b.md": "x\n"})
    repository.write({"a.md": "[[a#Nope]]\n"})
    repository.git("add", "-A")
    repository.write({".vaultkit.toml": CONFIG})
    assert repository.hook()[0] == 1, "the change of the configuration is not staged"
    assert repository.vaultkit("check", "--staged")[0] == 1
    repository.git("add", "-A")
    assert repository.hook() == (0, [])
    repository.write({".vaultkit.toml": ""})
    assert repository.hook() == (0, [])
    assert repository.vaultkit("check", "--staged")[0] == 0


def test_a_configuration_that_git_does_not_have_holds(repository):
    repository.commit({".gitignore": ".vaultkit.toml\n"})
    repository.write({".vaultkit.toml": CONFIG, "a.md": "[[a#Nope]]\n"})
    repository.git("add", "-A")
    assert repository.hook() == (0, [])


def test_a_configuration_that_the_commit_takes_away(repository):
    repository.commit({".vaultkit.toml": CONFIG})
    repository.write({"a.md": "[[a#Nope]]\n"})
    repository.git("add", "-A")
    repository.git("rm", "-q", "--cached", ".vaultkit.toml")
    assert repository.hook()[0] == 1


def test_an_inherited_configuration(repository):
    repository.commit({".vaultkit.toml": 'extend = "base/shared.toml"\n', "base/shared.toml": CONFIG})
    repository.write({"a.md": "[[a#Nope]]\n"})
    repository.git("add", "-A")
    repository.write({"base/shared.toml": ""})
    assert repository.hook() == (0, [])


@pytest.mark.parametrize("is_tracked", [True, False])
def test_settings_of_obsidian(repository, is_tracked):
    repository.commit(
        {"b.md": "x\n", **({".obsidian/app.json": "{}"} if is_tracked else {".gitignore": ".obsidian\n"})}
    )
    repository.write({".obsidian/app.json": '{"userIgnoreFilters": ["a.md"]}', "a.md": "[[a#Nope]]\n"})
    repository.git("add", "a.md")
    assert repository.hook()[0] == (1 if is_tracked else 0)
    repository.git("add", "-A")
    assert repository.hook() == (0, [])


def test_a_staged_canvas_counts_not_the_one_on_disk(repository):
    repository.write({"c.canvas": '{"nodes":[\n{"id":"1","type":"file","file":"no.md"}]}'})
    repository.git("add", "-A")
    repository.write({"c.canvas": "{"})
    assert [line[:26] for line in repository.hook()[1]] == ["c.canvas:2:33: error LK002"]


def test_folders_that_differ_by_link(repository: Repository, tmp_path: Path):
    """The repository is entered through a symbolic link."""
    repository.commit({"a.md": "[[b]]\n", "b.md": "x\n"})
    door = tmp_path / "door"
    os.symlink(repository.top, door)
    repository.git("rm", "-q", "b.md")
    assert repository.hook(folder=door)[1][:2] == ["deleting `b.md` breaks 1 link:", "  a.md:1:1: [[b]]"]
