"""VK001: comments that hide nothing, and what taking them away leaves."""

from __future__ import annotations

import pytest

from vaultkit.config import Config
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.fix import fix_vault
from vaultkit.lint.fixed import Choice
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import plan_of
from vaultkit.vault.load import snapshot_of_texts as vault_of


def plan_and_answers(text, select):
    vault = vault_of({"a.md": text, "b.md": ""})
    plan = plan_of(Config(), select=select)
    answer = note_linter(plan)(vault.notes["a.md"], text)
    return vault, plan, {"a.md": answer} if answer else {}


@pytest.mark.parametrize(
    ("text", "select", "expected"),
    [
        pytest.param("[[x]] %% vaultkit-disable-line LK001 %%", [], [], id="hides something"),
        pytest.param("[[b]] %% vaultkit-disable-line LK001 %%", ["EM", "VK"], [], id="the rule does not run"),
        pytest.param("[[b]] %% vaultkit-disable-line %%", ["LK", "VK"], [], id="not all rules run"),
        pytest.param("`%% vaultkit-disable-line LK001 %%`", [], [], id="no comment"),
        pytest.param("[[b]] %% vaultkit-disable-line VK002 %%", [], [], id="about this tool itself"),
        pytest.param("[[b]] %% vaultkit-disable-file VK001 LK001 %%", [], [], id="silenced itself"),
        pytest.param(
            "[[b]] %% vaultkit-disable-line LK001 %%",
            [],
            ["1:7 unused suppression `vaultkit-disable-line LK001`: hides no finding"],
            id="line",
        ),
        pytest.param(
            "[[b]] %% vaultkit-disable-line %%",
            [],
            ["1:7 unused suppression `vaultkit-disable-line`: hides no finding"],
            id="all rules",
        ),
        pytest.param(
            "[[x]] %% vaultkit-disable-line LK001 EM001 %%",
            [],
            ["1:7 unused suppression `vaultkit-disable-line EM001`: hides no finding"],
            id="one of two words",
        ),
        pytest.param(
            "---\nvaultkit-ignore: [LK001]\n---\n",
            [],
            ["2:1 unused suppression `vaultkit-ignore LK001`: hides no finding"],
            id="property",
        ),
    ],
)
def test_findings(text, select, expected):
    vault, plan, answers = plan_and_answers(text, select)
    found = [finding for finding in collect_findings(vault, plan, answers).findings if finding.code == "VK001"]
    assert [f"{finding.line}:{finding.column} {finding.message}" for finding in found] == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("[[b]] %% vaultkit-disable-line LK001 %%\n", "[[b]]\n", id="with the blank before it"),
        pytest.param("a\n%% vaultkit-disable-next-line LK001 %%\n[[b]]\n", "a\n[[b]]\n", id="a line of its own"),
        pytest.param(
            "[[x]] %% vaultkit-disable-line LK001 EM001 -- why %%",
            "[[x]] %% vaultkit-disable-line LK001 -- why %%",
            id="one of two words",
        ),
        pytest.param(
            "%% vaultkit-disable LK001 %%\n[[b]]\n%% vaultkit-enable LK001 %%\nz\n", "[[b]]\nz\n", id="with its end"
        ),
        pytest.param(
            "%% vaultkit-disable LK001 %%\n%% vaultkit-disable EM001 %%\n[[x]]\n%% vaultkit-enable %%\n",
            "%% vaultkit-disable LK001 %%\n[[x]]\n%% vaultkit-enable %%\n",
            id="the end serves another",
        ),
        pytest.param(
            "---\nvaultkit-ignore: [LK001]\n---\n", "---\nvaultkit-ignore: [LK001]\n---\n", id="a property stays"
        ),
    ],
)
def test_fix(before, after):
    vault, plan, answers = plan_and_answers(before, [])
    fixed = fix_vault(vault, plan, answers, Choice(), lambda path: before.encode())
    text = fixed.changes[0].after.decode() if fixed.changes else before
    assert text == after
    vault, plan, answers = plan_and_answers(text, [])
    assert fix_vault(vault, plan, answers, Choice(), lambda path: text.encode()).changes == ()
