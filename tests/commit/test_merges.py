"""Merges, pulls, rebases, picked and reverted commits: nobody is blamed for what another side has already."""

from __future__ import annotations

import pytest
from repositories import PICTURE, PYTHON, Repository

DEBT = "[[nowhere/x.md]] ![[p.png|300|300]]\n"


@pytest.fixture
def hooked(repository: Repository) -> Repository:
    """A repository with the hook; the branch `other` has a note with faults, `main` has moved on."""
    repository.commit({"a.md": "# A\n\n[[b]]\n", "b.md": "# B\n", "p.png": PICTURE})
    repository.git("checkout", "-qb", "other")
    repository.commit({"theirs.md": DEBT})
    repository.git("checkout", "-q", "main")
    repository.commit({"a.md": "# A\n\n[[b]] changed\n"})
    assert repository.vaultkit("hook", "install")[0] == 0
    return repository


def merge(repository: Repository, *arguments: str) -> tuple[int, str]:
    done = repository.run("git", *(arguments or ("merge", "--no-edit", "other")))
    return done.returncode, done.stdout + done.stderr


def test_a_clean_merge_of_old_debts(hooked):
    assert merge(hooked)[0] == 0, "git has no MERGE_HEAD yet when this hook runs"
    assert hooked.git("status", "--porcelain") == ""


def test_a_clean_merge_under_pre_commit(hooked):
    pytest.importorskip("pre_commit")
    hooked.vaultkit("hook", "uninstall")
    config = (
        "repos:\n- repo: local\n  hooks:\n  - id: vaultkit\n    name: vaultkit\n"
        f"    entry: '\"{PYTHON}\" -m vaultkit hook'\n    language: system\n    always_run: true\n"
        "    pass_filenames: false\n    stages: [pre-commit, pre-merge-commit]\n"
    )
    hooked.commit({".pre-commit-config.yaml": config})
    assert hooked.run(PYTHON, "-m", "pre_commit", "install", "-t", "pre-merge-commit").returncode == 0
    assert merge(hooked)[0] == 0


def test_a_pull(hooked):
    hooked.git("remote", "add", "origin", ".")
    status, said = merge(hooked, "pull", "-q", "--no-rebase", "--no-edit", "origin", "other")
    assert status == 0, said


def test_several_heads(hooked):
    hooked.git("checkout", "-qb", "third", "main~1")
    hooked.commit({"third.md": DEBT})
    hooked.git("checkout", "-q", "main")
    status, said = merge(hooked, "merge", "--no-edit", "other", "third")
    assert status == 0, said


def test_mending_hooks_leave_a_merge_alone(hooked):
    hooked.vaultkit("hook", "install", "--fix")
    assert merge(hooked)[0] == 0
    assert (hooked.vault / "theirs.md").read_text() == DEBT


def test_squashed(hooked):
    hooked.git("merge", "-q", "--squash", "other")
    assert hooked.hook() == (0, [])


def test_a_note_that_they_deleted(hooked):
    """They deleted b.md and left the link in a.md: it is broken there already."""
    hooked.git("checkout", "-q", "other")
    hooked.commit({"b.md": None})
    hooked.git("checkout", "-q", "main")
    assert merge(hooked)[0] == 0


def test_a_link_of_theirs_to_a_note_that_we_deleted(hooked):
    """Neither side is wrong; the merge is."""
    hooked.git("checkout", "-q", "other")
    hooked.commit({"more.md": "[[free]]\n", "free.md": "# Free\n"})
    hooked.git("checkout", "-q", "main")
    hooked.git("merge", "-q", "--no-verify", "--no-edit", "other")
    hooked.git("checkout", "-qb", "ours")
    hooked.git("rm", "-q", "free.md", "more.md")
    hooked.git("commit", "-qnm", "delete")
    hooked.git("checkout", "-q", "main")
    hooked.commit({"new.md": "[[free]]\n"})
    hooked.git("checkout", "-q", "ours")
    status, said = merge(hooked, "merge", "--no-edit", "main")
    assert status != 0
    assert "new.md:1:1" in said


def test_a_link_of_ours_to_a_note_that_they_deleted(hooked):
    hooked.git("checkout", "-q", "other")
    hooked.commit({"b.md": None, "a.md": "# A\n"})
    hooked.git("checkout", "-q", "main")
    hooked.commit({"a.md": "# A\n\n[[b]]\n", "ours.md": "[[b]]\n"})
    hooked.run("git", "merge", "-q", "other")
    hooked.write({"a.md": "# A\n"})
    hooked.git("add", "-A")
    status, lines = hooked.hook()
    assert (status, lines[:2]) == (1, ["deleting `b.md` breaks 1 link:", "  ours.md:1:1: [[b]]"])


def test_an_old_debt_in_a_note_that_both_changed(hooked):
    hooked.commit({"both.md": "[[nowhere/y.md]]\n\none\n\ntwo\n\nthree\n"})
    hooked.git("checkout", "-qb", "left")
    hooked.commit({"both.md": "[[nowhere/y.md]]\n\nONE\n\ntwo\n\nthree\n"})
    hooked.git("checkout", "-q", "main")
    hooked.commit({"both.md": "[[nowhere/y.md]]\n\none\n\ntwo\n\nTHREE\n"})
    status, said = merge(hooked, "merge", "--no-edit", "left")
    assert status == 0, said


def test_a_fault_made_while_resolving(hooked):
    hooked.git("checkout", "-q", "other")
    hooked.commit({"a.md": "# A\n\nother\n"})
    hooked.git("checkout", "-q", "main")
    hooked.run("git", "merge", "-q", "other")
    hooked.write({"a.md": "# A\n\nboth [[a#Nope]]\n"})
    hooked.git("add", "-A")
    status, lines = hooked.hook("--fix")
    assert status == 1 and lines[0].startswith("a.md:3:6: error LK003")
    assert len(lines) == 1
    assert "a merge is in progress, so nothing is fixed" in hooked.said


@pytest.fixture
def picking(hooked: Repository) -> Repository:
    """Commits on `other` that conflict with `main`, with debts of their own."""
    hooked.git("checkout", "-q", "other")
    hooked.commit({"a.md": "# A\n\n[[b]] other [[their/debt.md]]\n", "more.md": DEBT})
    hooked.git("checkout", "-q", "main")
    return hooked


def resolve(repository: Repository) -> None:
    repository.write({"a.md": "# A\n\n[[b]] both [[their/debt.md]]\n"})
    repository.git("add", "-A")


def test_a_picked_commit(picking):
    assert picking.run("git", "cherry-pick", "other").returncode != 0, "in conflict"
    assert [line.split(":", 3)[3] for line in picking_conflict(picking)] == [
        " git conflict marker; resolve the conflict first"
    ]
    resolve(picking)
    assert picking.hook() == (0, [])
    assert picking.run("git", "-c", "core.editor=true", "cherry-pick", "--continue").returncode == 0


def picking_conflict(repository: Repository) -> list[str]:
    repository.git("add", "-A")
    return repository.hook()[1]


def test_a_picked_commit_that_breaks_a_link_of_ours(picking):
    picking.git("checkout", "-q", "other")
    picking.commit({"b.md": None, "a.md": "# A\n\ngone\n"})
    picking.git("checkout", "-q", "main")
    picking.commit({"ours.md": "[[b]]\n"})
    picking.run("git", "cherry-pick", "other")
    picking.write({"a.md": "# A\n"})
    picking.git("add", "-A")
    assert picking.hook()[1][:2] == ["deleting `b.md` breaks 1 link:", "  ours.md:1:1: [[b]]"]


def test_a_rebase(picking):
    picking.git("checkout", "-q", "other")
    assert picking.run("git", "rebase", "-q", "main").returncode != 0, "in conflict"
    resolve(picking)
    assert picking.hook() == (0, [])
    assert picking.run("git", "-c", "core.editor=true", "rebase", "--continue").returncode == 0
    assert picking.git("status", "--porcelain") == ""


def test_a_commit_by_hand_within_a_rebase(picking):
    picking.git("checkout", "-q", "other")
    picking.run("git", "rebase", "-q", "main")
    resolve(picking)
    assert picking.try_commit("-m", "by hand")[0] == 0


def test_a_revert(hooked):
    hooked.commit({"old.md": DEBT, "a.md": "# A\n\n[[b]] one\n"})
    hooked.commit({"old.md": None, "a.md": "# A\n\n[[b]] two\n"})
    hooked.commit({"a.md": "# A\n\n[[b]] three\n"})
    assert hooked.run("git", "revert", "--no-edit", "HEAD~1").returncode != 0, "in conflict"
    hooked.write({"a.md": "# A\n\n[[b]] four\n"})
    hooked.git("add", "-A")
    assert hooked.hook() == (0, [])
    assert hooked.run("git", "-c", "core.editor=true", "revert", "--continue").returncode == 0


EXAMPLE = "How git marks it:\n\n```\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n```\n\n[[b]]\n"


def test_an_example_of_conflict_markers_in_a_merge(hooked):
    hooked.git("checkout", "-q", "other")
    hooked.commit({"doc.md": EXAMPLE})
    hooked.git("checkout", "-q", "main")
    status, said = merge(hooked)
    assert status == 0, said


def test_an_example_that_is_ours_in_a_merge(hooked):
    hooked.commit({"doc.md": EXAMPLE, "row.md": "| a |\n| - |\n|||||||\n"})
    hooked.git("checkout", "-q", "other")
    hooked.commit({"doc.md": EXAMPLE.replace("[[b]]", "[[b]] and more")})
    hooked.git("checkout", "-q", "main")
    hooked.run("git", "merge", "-q", "other")
    hooked.write({"doc.md": EXAMPLE.replace("[[b]]", "[[b]] and both")})
    hooked.git("add", "-A")
    assert hooked.hook() == (0, [])


def test_real_markers_within_an_example(hooked):
    conflict = "```\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n```\n"
    hooked.commit({"code.md": "```\none\n```\n"})
    hooked.git("checkout", "-q", "other")
    hooked.commit({"code.md": "```\ntwo\n```\n"})
    hooked.git("checkout", "-q", "main")
    hooked.run("git", "merge", "-q", "other")
    hooked.write({"code.md": conflict})
    hooked.git("add", "-A")
    assert hooked.hook() == (1, ["code.md:2:1: git conflict marker; resolve the conflict first"])


def test_an_ordinary_commit_is_judged_in_full(hooked):
    hooked.write({"a.md": DEBT})
    hooked.git("add", "-A")
    assert len(hooked.hook()[1]) == 2


def test_variables_of_a_merge_that_name_no_commit(hooked):
    hooked.write({"a.md": DEBT})
    hooked.git("add", "-A")
    assert hooked.hook(**{"GITHEAD_" + "0" * 40: "x"})[0] == 1


def test_unrelated_histories(hooked):
    hooked.git("checkout", "-q", "--orphan", "apart")
    hooked.git("rm", "-rqf", ".")
    hooked.commit({"apart.md": DEBT})
    hooked.git("checkout", "-q", "main")
    status, said = merge(hooked, "merge", "--no-edit", "--allow-unrelated-histories", "apart")
    assert status == 0, said
