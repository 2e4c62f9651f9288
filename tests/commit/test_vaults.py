"""Vaults in vaults, several vaults, and where hooks are installed."""

from __future__ import annotations

import pytest
from repositories import Repository

NESTED = {
    ".obsidian/app.json": "{}", "a.md": "[[b]]\n", "b.md": "# B\n",
    "inner/.obsidian/app.json": "{}", "inner/a.md": "[[c]]\n", "inner/c.md": "# C\n", "inner/deep/x.md": "x\n",
}  # fmt: skip


def test_a_vault_within_a_vault_is_judged(repository: Repository):
    repository.commit(NESTED)
    repository.git("rm", "-q", "inner/c.md")
    assert repository.hook()[1] == [
        "deleting `inner/c.md` breaks 1 link:", "  inner/a.md:1:1: [[c]]",
        "  run `vaultkit relink --vault inner c.md NEW` to link to another note",
    ]  # fmt: skip
    assert "in the vault inner" in repository.said


def test_both_vaults_are_judged(repository):
    repository.commit(NESTED)
    repository.git("rm", "-q", "inner/c.md", "b.md")
    assert [line for line in repository.hook()[1] if line.startswith("del")] == [
        "deleting `b.md` breaks 1 link:", "deleting `inner/c.md` breaks 1 link:",
    ]  # fmt: skip


def test_no_link_leads_from_one_vault_into_the_other(repository):
    repository.commit(NESTED | {"c.md": "# C\n", "inner/b.md": "# B\n"})
    repository.git("rm", "-q", "c.md", "inner/b.md")
    assert repository.hook() == (0, [])


def test_a_note_that_moves_into_an_inner_vault(repository):
    repository.commit(NESTED)
    repository.git("mv", "b.md", "inner/b.md")
    assert repository.hook()[1][:2] == ["deleting `b.md` breaks 1 link:", "  a.md:1:1: [[b]]"]


def test_a_note_that_moves_out_of_an_inner_vault(repository):
    repository.commit(NESTED)
    repository.git("mv", "inner/c.md", "c.md")
    assert repository.hook()[1][:2] == ["deleting `inner/c.md` breaks 1 link:", "  inner/a.md:1:1: [[c]]"]


def test_an_inner_vault_whose_settings_are_not_in_git(repository):
    repository.commit(
        {path: text for path, text in NESTED.items() if ".obsidian" not in path} | {".gitignore": ".obsidian\n"}
    )
    repository.write({".obsidian/app.json": "{}", "inner/.obsidian/app.json": "{}"})
    repository.git("rm", "-q", "inner/c.md")
    assert repository.hook()[1][1] == "  inner/a.md:1:1: [[c]]"


def test_the_vault_that_is_named_is_the_only_one(repository):
    repository.commit(NESTED)
    repository.git("rm", "-q", "inner/c.md", "b.md")
    assert len(repository.hook("--vault", "inner")[1]) == 3
    assert repository.hook("--vault", ".")[1][0] == "deleting `b.md` breaks 1 link:"


def test_each_vault_has_its_own_configuration(repository):
    repository.commit(NESTED | {"inner/.vaultkit.toml": '[lint]\nignore = ["LK001"]\n'})
    repository.git("rm", "-q", "inner/c.md", "b.md")
    assert repository.hook()[1][0] == "deleting `b.md` breaks 1 link:"
    assert len(repository.hook()[1]) == 3


def test_a_change_outside_of_all_vaults(tmp_path):
    repository = Repository(tmp_path / "r", tmp_path / "cache", "Notes")
    repository.commit({"a.md": "[[b]]\n", "b.md": "x\n", ".obsidian/app.json": "{}"})
    (repository.top / "README.md").write_text("[[no vault]] [x](no.md)\n")
    repository.git("add", "-A")
    assert repository.hook() == (0, [])


@pytest.mark.parametrize("scope", ["--global", "--system"])
def test_hooks_of_all_repositories_are_left_alone(tmp_path, scope):
    repository = Repository(tmp_path / "r", tmp_path / "cache")
    repository.commit({"a.md": "x\n"})
    shared = tmp_path / "all my hooks"
    shared.mkdir()
    settings = tmp_path / "settings"
    variable = "GIT_CONFIG_GLOBAL" if scope == "--global" else "GIT_CONFIG_SYSTEM"
    repository.environment[variable] = str(settings)
    repository.git("config", scope, "core.hooksPath", str(shared))
    status, _, said = repository.vaultkit("hook", "install")
    assert status == 2 and "for all your repositories" in said
    assert list(shared.iterdir()) == []
    command = said.rpartition("`")[0].rpartition("`")[2]
    assert repository.run("sh", "-c", command).returncode == 0
    assert repository.vaultkit("hook", "install")[0] == 0
    assert (repository.top / ".git/hooks/pre-commit").exists()
    assert repository.vaultkit("hook", "uninstall")[0] == 0


def test_hooks_of_this_repository_elsewhere(repository):
    repository.commit({"a.md": "x\n"})
    repository.git("config", "core.hooksPath", "my hooks")
    assert repository.vaultkit("hook", "install")[0] == 0
    assert (repository.top / "my hooks/pre-commit").exists()
