"""What the hook says of notes that a commit does not touch obeys what the rules behind it obey."""

from __future__ import annotations

import pytest
from repositories import Repository

# A commit that deletes b.md; a.md links to it and is not touched.
BROKEN = {"a.md": "see [[b]]\n", "b.md": "# B\n"}


SILENT = [
    pytest.param({".vaultkit.toml": '[lint]\nignore = ["LK"]\n'}, id="group of rules off"),
    pytest.param({".vaultkit.toml": '[lint]\nignore = ["LK001"]\n'}, id="rule off"),
    pytest.param({".vaultkit.toml": '[lint]\nselect = ["TX"]\n'}, id="other rules selected"),
    pytest.param({".vaultkit.toml": '[lint.per-file-ignores]\n"a.md" = ["LK001"]\n'}, id="off for this note"),
    pytest.param({".vaultkit.toml": '[rules.LK001]\nallow = ["b"]\n'}, id="the name may be missing"),
    pytest.param({".vaultkit.toml": '[lint.severity]\nLK001 = "info"\n'}, id="info"),
    pytest.param({".vaultkit.toml": 'index-only = ["a.md"]\n'}, id="index-only"),
    pytest.param({".vaultkit.toml": 'exclude = ["a.md"]\n'}, id="excluded"),
    pytest.param({"vaultkit.toml": '[lint]\nignore = ["missing-note"]\n'}, id="the other file name"),
    pytest.param({"pyproject.toml": '[tool.vaultkit.lint]\nignore = ["LK001"]\n'}, id="pyproject"),
    pytest.param({"a.md": "see [[b]] %% vaultkit-disable-line LK001 %%\n"}, id="line"),
    pytest.param({"a.md": "<!-- vaultkit-disable-next-line LK001 -->\nsee [[b]]\n"}, id="next line"),
    pytest.param({"a.md": "%% vaultkit-disable LK001 %%\nsee [[b]]\n%% vaultkit-enable LK001 %%\n"}, id="range"),
    pytest.param({"a.md": "%% vaultkit-disable-file LK001 %%\n\nsee [[b]]\n"}, id="file"),
    pytest.param({"a.md": "---\nvaultkit-ignore: [LK001]\n---\nsee [[b]]\n"}, id="property"),
    pytest.param({"a.md": "%% see [[b]] %%\n"}, id="a link in a comment is info"),
    pytest.param({".obsidian/app.json": '{"userIgnoreFilters": ["a.md"]}'}, id="excluded in Obsidian"),
    pytest.param({"Templates/a.md": "see [[b]]\n", "a.md": ""}, id="a template by its folder"),
    pytest.param(
        {"T/a.md": "see [[b]]\n", "a.md": "", ".obsidian/templates.json": '{"folder": "T"}'}, id="a template by settings"
    ),
    pytest.param({"a.md": "`[[b]]`\n"}, id="in code"),
    pytest.param({"a.md": "see [[b]]\n", "x/b.md": "another\n", ".vaultkit.toml": '[lint]\nignore = ["LK005"]\n'},
                 id="another note takes over, and the rule about that is off"),
]  # fmt: skip


@pytest.mark.parametrize("files", SILENT)
def test_settings_of_the_rule_hold(repository: Repository, files):
    repository.commit(BROKEN | files)
    repository.git("rm", "-q", "b.md")
    assert repository.hook() == (0, [])
    assert repository.vaultkit("check", "--staged")[:2] == (0, "")


TOLD = [
    pytest.param({}, id="plainly"),
    pytest.param({".vaultkit.toml": '[lint.severity]\nLK001 = "error"\n'}, id="error"),
    pytest.param({".vaultkit.toml": '[lint.per-file-ignores]\n"b.md" = ["LK001"]\n'}, id="off for another note"),
    pytest.param({".vaultkit.toml": '[rules.LK001]\nallow = ["c"]\n'}, id="another name may be missing"),
    pytest.param({"a.md": "see [[b]]\n%% vaultkit-disable-line LK001 %%\n"}, id="another line is silenced"),
    pytest.param({"a.md": "see [[b]] `%% vaultkit-disable-line LK001 %%`\n"}, id="a comment in code silences nothing"),
]


@pytest.mark.parametrize("files", TOLD)
def test_told_where_nothing_silences_it(repository: Repository, files):
    repository.commit(BROKEN | files)
    repository.git("rm", "-q", "b.md")
    status, lines = repository.hook()
    assert (status, lines[:2]) == (1, ["deleting `b.md` breaks 1 link:", "  a.md:1:5: [[b]]"])
    assert repository.vaultkit("check", "--staged")[0] == 1


def test_a_new_name_obeys_the_rule_about_ambiguous_links(repository: Repository):
    repository.commit({"a.md": "[[n]]\n", "x/n.md": "one\n", ".vaultkit.toml": '[lint]\nignore = ["LK005"]\n'})
    repository.write({"yy/n.md": "two\n"})
    repository.git("add", "-A")
    assert repository.hook() == (0, [])
    repository.write({".vaultkit.toml": ""})
    repository.git("add", "-A")
    assert repository.hook()[1][0] == "adding `yy/n.md` makes 1 link to `n` ambiguous:"


def test_a_lost_heading_obeys_its_rule(repository: Repository):
    repository.commit({"a.md": "[[b#One]]\n", "b.md": "# One\n", ".vaultkit.toml": '[lint]\nignore = ["LK003"]\n'})
    repository.write({"b.md": "# Two\n"})
    repository.git("add", "-A")
    assert repository.hook() == (0, [])


def test_a_baseline_is_a_lasting_yes(repository: Repository):
    repository.commit(BROKEN | {"c.md": "[[b]]\n"})
    repository.git("rm", "-q", "b.md")
    assert repository.hook()[0] == 1
    assert repository.vaultkit("baseline", "create")[0] == 0
    assert repository.hook() == (0, []), "a file that git does not have yet is read from disk"
    repository.git("add", "-A")
    assert repository.hook() == (0, [])
    repository.write({"c.md": "[[b]] and [[b]] again\n"})
    repository.git("add", "-A")
    assert len(repository.hook()[1]) == 1, "more of the same is new"


def test_the_baseline_of_old_debts_hides_no_new_ones(repository: Repository):
    repository.commit({"a.md": "[[gone]] [[b]]\n", "b.md": "# B\n"})
    repository.vaultkit("baseline", "create")
    repository.git("add", "-A")
    repository.git("commit", "-qnm", "b")
    repository.git("rm", "-q", "b.md")
    assert repository.hook()[1][:2] == ["deleting `b.md` breaks 1 link:", "  a.md:1:10: [[b]]"]


def test_a_silencing_comment_that_is_not_needed_any_more_stops_nobody(repository: Repository):
    repository.commit({"a.md": "[[b]] %% vaultkit-disable-line LK001 %%\n"})
    repository.write({"b.md": "# B\n"})
    repository.git("add", "-A")
    assert repository.hook() == (0, [])


def test_a_debt_stays_a_debt(repository: Repository):
    """A note that others wanted comes, without the heading that they name: nothing is worse than before."""
    repository.commit({"a.md": "[[b#Heading]] [[b]]\n"})
    repository.write({"b.md": "no heading\n"})
    repository.git("add", "-A")
    assert repository.hook() == (0, [])
