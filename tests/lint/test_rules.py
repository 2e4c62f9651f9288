"""What holds for every rule: its page, its test, its examples, its place in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from vaultkit.config import PRESETS
from vaultkit.lint.finding import Finding
from vaultkit.lint.rule import Rule, all_rules

GROUPS = {
    "LK": "links", "EM": "embeds", "PR": "properties", "FC": "cards", "ST": "structure",
    "NM": "naming", "HY": "hygiene", "TX": "text", "VK": "tool",
}  # fmt: skip
# What these find is a state of the disk or of git, which no file of an example can hold; their tests make it.
WITHOUT_BAD = {"EM009", "VK003"}

Findings = Callable[[Mapping[str, str | bytes | None], str], tuple[Finding, ...]]

each_rule = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: f"{rule.code} {rule.name}")


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in all_rules()}) == len({rule.name for rule in all_rules()}) == len(all_rules())


@each_rule
def test_rule_stands_in_its_group(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{2}[0-9]{3}", rule.code)
    assert rule.module == f"vaultkit.lint.rules.{GROUPS[rule.code[:2]]}.{rule.name.replace('-', '_')}"
    assert rule.severity in ("error", "warning", "info")
    assert set(rule.presets) <= set(PRESETS)


@each_rule
def test_rule_is_documented(rule: Rule) -> None:
    page = import_module(rule.module).__doc__ or ""
    head = page.strip().partition("\n\n")[0]
    assert head.endswith(".")
    for section in ("Why", "Fix", "Source"):
        assert re.search(rf"^{section}: +\S", page, re.MULTILINE), f"no section {section}"
    for option in rule.options.__slots__:
        assert option.replace("_", "-") in page, f"option {option} is not explained"
    assert (rule.options.__doc__ or "").strip()


@each_rule
def test_rule_has_its_test_file(rule: Rule) -> None:
    group, name = rule.module.rpartition(".")[0].rpartition(".")[2], rule.module.rpartition(".")[2]
    file = Path(__file__).parent / "rules" / group / f"test_{name}.py"
    assert file.exists()
    assert rule.code in file.read_text(encoding="utf-8")


@each_rule
def test_bad_example_is_found_and_good_is_not(rule: Rule, findings: Findings) -> None:
    module = import_module(rule.module)
    if module.BAD is None:
        assert rule.code in WITHOUT_BAD
    else:
        assert {finding.code for finding in findings(module.BAD, rule.code)} == {rule.code}
    assert findings(module.GOOD, rule.code) == ()


@each_rule
def test_findings_lie_in_their_file(rule: Rule, findings: Findings) -> None:
    module = import_module(rule.module)
    for finding in findings(module.BAD or {}, rule.code):
        content = module.BAD[finding.path] or ""
        text = content if isinstance(content, str) else content.decode("utf-8", "replace")
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.message and not finding.message.endswith(".")
        for edit in finding.fix.edits if finding.fix else ():
            assert 0 <= edit.start <= edit.end <= len(text)
