"""Comments written for what a vault has today."""

from __future__ import annotations

import os

import pytest
from random_vaults import random_vault

from vaultkit.base.text import decode
from vaultkit.config import Config
from vaultkit.lint.add_suppressions import silence
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import plan_of
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.load import update

PLAN = plan_of(Config())


def answers_of(texts):
    vault = vault_of(texts)
    inspect = note_linter(PLAN)
    return vault, {path: answer for path, text in texts.items() if (answer := inspect(vault.notes[path], text))}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("See [[xx://x]]\n", "See [[xx://x]] %% vaultkit-disable-line LK001 -- old %%\n", id="paragraph"),
        pytest.param(
            "See [[xx://x]]\r\n", "See [[xx://x]] %% vaultkit-disable-line LK001 -- old %%\r\n", id="line end kept"
        ),
        pytest.param("- [[xx://x]]\n- b\n", "- [[xx://x]] %% vaultkit-disable-line LK001 -- old %%\n- b\n", id="list"),
        pytest.param(
            "a\n\n## On [[xx://x]]\n",
            "a\n\n%% vaultkit-disable-next-line LK001 -- old %%\n\n## On [[xx://x]]\n",
            id="heading",
        ),
        pytest.param(
            "| a |\n|---|\n| [[xx://x]] |\n",
            "%% vaultkit-disable LK001 -- old %%\n\n| a |\n|---|\n| [[xx://x]] |\n\n%% vaultkit-enable LK001 %%\n",
            id="table",
        ),
        pytest.param(
            "See [[xx://x]] ^id\n",
            "%% vaultkit-disable LK001 -- old %%\n\nSee [[xx://x]] ^id\n\n%% vaultkit-enable LK001 %%\n",
            id="a block id stays at its line's end",
        ),
        pytest.param(
            "#flashcards\n\nWhat::[[xx://x]]\n",
            "#flashcards\n\n%% vaultkit-disable LK001 -- old %%\n\nWhat::[[xx://x]]\n\n%% vaultkit-enable LK001 %%\n",
            id="not into a card",
        ),
        pytest.param(
            "---\na: 1\na: 2\n---\n", "---\na: 1\na: 2 # vaultkit-disable-line PR003 -- old\n---\n", id="property"
        ),
        pytest.param(
            "```\nnever closed [[\n",
            "%% vaultkit-disable-file ST002 -- old %%\n\n```\nnever closed [[\n",
            id="an open code block swallows what follows",
        ),
    ],
)
def test_placement(before, after):
    vault, answers = answers_of({"a.md": before})
    silenced = silence(vault, PLAN, answers, "old", lambda path: before.encode())
    text = silenced.changes[0].after.decode()
    assert text == after
    vault, answers = answers_of({"a.md": text})
    assert [finding for finding in collect_findings(vault, PLAN, answers).findings if finding.severity != "info"] == []


def test_what_cannot_be_silenced_is_told():
    texts = {"a.md": "[[xx://x]]\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", "b.md": "[[yy://y]]"}
    vault, answers = answers_of(texts)
    silenced = silence(vault, PLAN, answers, "", lambda path: (texts[path] + "!" * (path == "b.md")).encode())
    assert silenced.changes == ()
    assert silenced.refused == (
        ("a.md", "Git conflict markers in the file"),
        ("b.md", "the file changed during the run"),
    )


def test_a_vault_with_comments_is_the_same_vault():
    texts = {"a.md": "# H\n\n[[b#^id]] ![[b]] #tag\n\n- [ ] [[xx://x]] ^k\n", "b.md": "text ^id\n"}
    vault, answers = answers_of(texts)
    silenced = silence(vault, PLAN, answers, "", lambda path: texts[path].encode())
    assert silenced.count == 1
    changed = update(vault, {change.path: change.after for change in silenced.changes})
    assert changed.resolved == vault.resolved


# Short here; also run over 2,000 vaults with VAULTKIT_VAULTS=2000.
def test_random_vaults_are_silent_afterwards_and_read_the_same():
    for seed in range(int(os.environ.get("VAULTKIT_VAULTS", "150"))):
        files = random_vault(seed)
        vault, answers = inspected(files)
        silenced = silence(vault, PLAN, answers, "seed", files.__getitem__)
        after = files | {change.path: change.after for change in silenced.changes}
        changed, answers = inspected(after)
        assert changed.resolved == vault.resolved, f"seed {seed}"
        refused = {path for path, _ in silenced.refused}
        left = [
            (finding.path, finding.code, finding.message)
            for finding in collect_findings(changed, PLAN, answers).findings
            if finding.severity != "info" and finding.path not in refused
        ]
        assert left == [], f"seed {seed}"


def inspected(files: dict[str, bytes]):
    vault = vault_of(files)
    inspect = note_linter(PLAN)
    texts = {path: decode(files[path]).text for path in vault.notes}
    return vault, {path: answer for path, text in texts.items() if (answer := inspect(vault.notes[path], text))}
