"""VK002: comments that cannot silence what they are to silence."""

from __future__ import annotations

import pytest

from vaultkit.config import parse_config
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.finding import message_with_help
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import plan_of
from vaultkit.vault.load import snapshot_of_texts as vault_of


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        pytest.param("%% vaultkit-disable-file LK001 %%", {}, [], id="good"),
        pytest.param("%% vaultkit-disable LK %%\n\n%% vaultkit-enable %%", {}, [], id="good range"),
        pytest.param("%% see vaultkit-disable-lin %%", {}, [], id="talks about it"),
        pytest.param(
            "%% vaultkit-disable-line QQ1 %%",
            {},
            ["1:26 unknown rule `QQ1` in `vaultkit-disable-line`; run `vaultkit rule` for a list"],
            id="unknown code",
        ),
        pytest.param(
            "%% vaultkit-disable-file mising-note %%",
            {},
            ["1:26 unknown rule `mising-note` in `vaultkit-disable-file`; did you mean `missing-note`?"],
            id="unknown name",
        ),
        pytest.param(
            "%% vaultkit-disabel LK001 %%",
            {},
            ["1:1 unknown suppression comment `vaultkit-disabel`; did you mean `vaultkit-disable`?"],
            id="unknown verb",
        ),
        pytest.param(
            "%% vaultkit-disable LK001 %%",
            {},
            [
                "1:1 `vaultkit-disable` without `vaultkit-enable`: the rules are disabled to the end of the note; "
                "add `vaultkit-enable`, or write `vaultkit-disable-file`"
            ],
            id="no end",
        ),
        pytest.param(
            "%% vaultkit-enable LK001 %%",
            {},
            ["1:1 `vaultkit-enable` without a `vaultkit-disable` of these rules above it"],
            id="no beginning",
        ),
        pytest.param(
            "%% vaultkit-disable-file %%",
            {"require-codes": True},
            ["1:1 `vaultkit-disable-file` without rule codes; write the rules after the command"],
            id="require-codes",
        ),
        pytest.param("%% vaultkit-disable-file LK001 -- NAS %%", {"require-reason": True}, [], id="has a reason"),
        pytest.param(
            "%% vaultkit-disable-file LK001 -- %%",
            {"require-reason": True},
            ["1:1 `vaultkit-disable-file` without a reason; write the reason after `--`"],
            id="require-reason",
        ),
        pytest.param(
            "---\nvaultkit-ignore: [mising-note]\n---\n",
            {},
            ["2:19 unknown rule `mising-note` in `vaultkit-ignore`; did you mean `missing-note`?"],
            id="property",
        ),
    ],
)
def test_findings(text, options, expected):
    vault = vault_of({"a.md": text})
    plan = plan_of(parse_config({"rules": {"VK002": options}}), select=["VK002"])
    answer = note_linter(plan)(vault.notes["a.md"], text)
    report = collect_findings(vault, plan, {"a.md": answer} if answer else {})
    assert [f"{finding.line}:{finding.column} {message_with_help(finding)}" for finding in report.findings] == expected
