"""Comments that silence: what each kind hides, and where they mean nothing."""

from __future__ import annotations

import pytest

from vaultkit.base.text import decode
from vaultkit.config import Config
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import plan_of
from vaultkit.vault.load import snapshot_of_texts as vault_of

PLAN = plan_of(Config())


def lines_found(text: str, code: str = "LK001") -> list[int]:
    vault = vault_of({"a.md": text})
    answer = note_linter(PLAN)(vault.notes["a.md"], decode(text.encode()).text)
    report = collect_findings(vault, PLAN, {"a.md": answer} if answer else {})
    return [finding.line for finding in report.findings if finding.code == code]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[[x]] %% vaultkit-disable-line LK001 %%\n[[y]]", [2], id="line"),
        pytest.param("[[x]] <!-- vaultkit-disable-line LK001 -->\n[[y]]", [2], id="line, HTML comment"),
        pytest.param("[[x]] %%vaultkit-disable-line LK001%%", [], id="no blanks inside"),
        pytest.param("[[x]] %% vaultkit-disable-line missing-note %%", [], id="by name"),
        pytest.param("[[x]] %% vaultkit-disable-line LK %%", [], id="by prefix"),
        pytest.param("[[x]] %% vaultkit-disable-line EM001, LK001 -- on the NAS %%", [], id="two, with a reason"),
        pytest.param("[[x]] %% vaultkit-disable-line -- LK001 %%", [], id="a reason is no code; all rules"),
        pytest.param("[[x]] %% vaultkit-disable-line EM001 -- LK001 %%", [1], id="a reason is no code"),
        pytest.param("[[x]] %% vaultkit-disable-line %%", [], id="all rules"),
        pytest.param("[[x]] %% vaultkit-disable-line EM001 %%", [1], id="another rule"),
        pytest.param("%% vaultkit-disable-next-line LK001 %%\n[[x]]\n[[y]]", [3], id="next line"),
        pytest.param("%% vaultkit-disable-next-line LK001 %%\n\n[[x]]\n[[y]]", [4], id="next line that is not blank"),
        pytest.param(
            "%% vaultkit-disable-next-line LK001 %%\n%% vaultkit-disable-next-line EM001 %%\n[[x]]", [], id="stacked"
        ),
        pytest.param("[[x]]\n%% vaultkit-disable-next-line LK001 %%", [1], id="no next line"),
        pytest.param(
            "[[x]]\n%% vaultkit-disable LK001 %%\n[[y]]\n%% vaultkit-enable LK001 %%\n[[z]]", [1, 5], id="range"
        ),
        pytest.param("%% vaultkit-disable LK001 %%\n[[y]]\n%% vaultkit-enable %%\n[[z]]", [4], id="enable all"),
        pytest.param("%% vaultkit-disable %%\n[[y]]\n%% vaultkit-enable LK001 %%\n[[z]]", [4], id="enable one of all"),
        pytest.param("%% vaultkit-disable LK EM %%\n[[y]]\n%% vaultkit-enable EM %%\n[[z]]", [], id="enable another"),
        pytest.param("%% vaultkit-disable LK001 %%\n[[y]]\n\n[[z]]", [], id="range without end"),
        pytest.param("[[x]]\n\n%% vaultkit-disable-file LK001 %%", [], id="file"),
        pytest.param("---\nvaultkit-ignore: [LK001]\n---\n[[x]]", [], id="property, list"),
        pytest.param("---\nvaultkit-ignore: EM001, LK001\n---\n[[x]]", [], id="property, text"),
        pytest.param("---\n# vaultkit-disable-file LK001\na: b\n---\n[[x]]", [], id="YAML comment"),
        pytest.param("[[x]] `%% vaultkit-disable-line LK001 %%`", [1], id="in code"),
        pytest.param("```\n%% vaultkit-disable-file LK001 %%\n```\n[[x]]", [4], id="in a code block"),
        pytest.param("$$\n%% vaultkit-disable-file LK001 %%\n$$\n[[x]]", [4], id="in math"),
        pytest.param("%%\n<!-- vaultkit-disable-file LK001 -->\n%%\n[[x]]", [4], id="in an open comment"),
        pytest.param("[[x]] %% vaultkit-disable-lines LK001 %%", [1], id="no such comment"),
        pytest.param("[[x]] %% vaultkit-disable-line LK0 LK01x %%", [], id="a good word beside a bad one"),
        pytest.param("vaultkit-disable-file LK001\n[[x]]", [2], id="no comment at all"),
    ],
)
def test_what_is_hidden(text, expected):
    assert lines_found(text) == expected


def test_a_yaml_comment_hides_in_its_line():
    text = "---\na: 1\na: 2{}\n---\n"
    assert lines_found(text.format(""), "PR003") == [3]
    assert lines_found(text.format(" # vaultkit-disable-line PR003"), "PR003") == []


def test_comments_count_what_they_hide_and_can_be_ignored():
    text = "[[x]] %% vaultkit-disable-line LK001 %%"
    vault = vault_of({"a.md": text})
    for plan, found, silenced in ((PLAN, 0, 1), (plan_of(Config(), ignores_suppressions=True), 1, 0)):
        answer = note_linter(plan)(vault.notes["a.md"], text)
        report = collect_findings(vault, plan, {"a.md": answer} if answer else {})
        assert (len(report.findings), report.silenced) == (found, silenced)
