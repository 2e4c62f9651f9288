"""Which rules run, what is kept of what they say, in which order, under which identity."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from vaultkit.base.errors import ConfigError
from vaultkit.config import Config, parse_config
from vaultkit.lint.check import check_folder
from vaultkit.lint.engine import collect_findings, fingerprint
from vaultkit.lint.finding import Report
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import plan_of
from vaultkit.lint.rule import all_rules, find_rule, named_rules
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.workspace import Workspace


def codes(config: dict[str, Any] | None = None, **words: list[str]) -> set[str]:
    return {rule.code for rule, _ in plan_of(parse_config(config or {}), **words).rules}


DEFAULT = {rule.code for rule in all_rules() if "default" in rule.presets}


def test_presets() -> None:
    assert codes() == DEFAULT
    assert codes({"preset": "strict"}) == {rule.code for rule in all_rules()}
    assert codes() <= codes({"preset": "strict"})


@pytest.mark.parametrize(
    ("config", "words", "expected"),
    [
        pytest.param({}, {"select": ["LK001"]}, {"LK001"}, id="a code"),
        pytest.param({}, {"select": ["lk001"]}, {"LK001"}, id="in any case"),
        pytest.param({}, {"select": ["missing-note"]}, {"LK001"}, id="a name"),
        pytest.param({}, {"select": ["LK00"], "ignore": ["LK001"]}, None, id="a prefix without one of its rules"),
        pytest.param({}, {"ignore": ["ALL"], "select": ["ALL"]}, set(), id="all but all"),
        pytest.param({"lint": {"select": ["LK001"]}}, {}, {"LK001"}, id="as configured"),
        pytest.param({"lint": {"select": ["LK001"]}}, {"select": ["LK002"]}, {"LK002"}, id="the command line wins"),
        pytest.param({"lint": {"ignore": ["LK001"]}}, {"select": ["LK001"]}, {"LK001"}, id="what is asked for is not ignored"),
        pytest.param({"lint": {"ignore": ["LK001"]}}, {"extend_select": ["LK001"]}, DEFAULT, id="nor what is added"),
        pytest.param({"lint": {"select": ["LK001"], "extend-select": ["LK002"]}}, {}, {"LK001", "LK002"}, id="added in the file"),
        pytest.param({"lint": {"extend-select": ["LK001"], "ignore": ["LK001"]}}, {}, DEFAULT - {"LK001"}, id="ignored in the file"),
    ],
)  # fmt: skip
def test_which_rules_run(config: dict[str, Any], words: dict[str, list[str]], expected: set[str] | None) -> None:
    found = codes(config, **words)
    assert found == (expected if expected is not None else named_rules(["LK00"], "") - {"LK001"})


@pytest.mark.parametrize(
    ("config", "message"),
    [
        pytest.param({"lint": {"select": ["LK999"]}}, "lint.select: unknown rule `LK999`", id="select"),
        pytest.param({"lint": {"ignore": ["missing-not"]}}, "did you mean `missing-note`?", id="ignore"),
        pytest.param({"lint": {"severity": {"XX": "info"}}}, "lint.severity: unknown rule `XX`", id="severity"),
        pytest.param({"lint": {"per-file-ignores": {"a": [""]}}}, "lint.per-file-ignores: unknown rule ``", id="an empty word"),
        pytest.param({"rules": {"LK001": {"allow": "x"}}}, "rules.LK001.allow must be a list of strings", id="an option's type"),
    ],
)  # fmt: skip
def test_words_that_mean_no_rule(config: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        plan_of(parse_config(config, "x.toml"))
    assert message in str(refused.value)
    assert str(refused.value).startswith("x.toml")


@pytest.mark.parametrize(
    ("rules", "notice"),
    [
        pytest.param({"LK001": {"alow": []}}, "x.toml: unknown option `alow` in rules.LK001; did you mean `allow`?", id="near"),
        pytest.param({"LK001": {"x": 1}}, "x.toml: unknown option `x` in rules.LK001; its options: allow, planned-after", id="far"),
        pytest.param({"LK006": {"x": 1}}, "x.toml: unknown option `x` in rules.LK006; its options: none", id="a rule without options"),
    ],
)  # fmt: skip
def test_options_that_no_rule_has_are_told(rules: dict[str, Any], notice: str) -> None:
    assert plan_of(parse_config({"rules": rules}, "x.toml")).notices == (notice,)


def lint(texts: Mapping[str, str], config: dict[str, Any] | None = None, **options: Any) -> Report:
    """The report on a vault in memory."""
    plan = plan_of(parse_config(config or {}))
    vault = vault_of(texts)
    inspect = note_linter(plan)
    answers = {path: inspect(note, texts[path]) for path, note in vault.notes.items()}
    return collect_findings(vault, plan, {path: faults for path, faults in answers.items() if faults}, **options)


def places(report: Report) -> list[str]:
    return [f"{one.path}:{one.line}:{one.column} {one.code}" for one in report.findings]


def test_findings_are_sorted_by_path_and_place() -> None:
    texts = {"b.md": "[[x]]", "a.md": "one\n[[y]] [[x]] ![[p.png]]\n[[z]]", "C.md": "[[]]"}
    assert places(lint(texts)) == [
        f"C.md:1:1 {find_rule('empty-link').code}",
        "a.md:2:1 LK001",
        "a.md:2:7 LK001",
        "a.md:2:13 EM001",
        "a.md:3:1 LK001",
        "b.md:1:1 LK001",
    ]


def test_columns_count_characters() -> None:
    (found,) = lint({"a.md": "😀 e\u0301 [[Ghost]]\r\n"}).findings
    assert (found.line, found.column, found.end_line, found.end_column) == (1, 6, 1, 15)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        pytest.param({}, ["Daily/d.md:1:1 LK001", "a.md:1:1 LK001"], id="as it is"),
        pytest.param({"index-only": ["Daily/"]}, ["a.md:1:1 LK001"], id="not judged"),
        pytest.param({"lint": {"per-file-ignores": {"Daily/**": ["LK001"]}}}, ["a.md:1:1 LK001"], id="a rule off there"),
        pytest.param({"lint": {"per-file-ignores": {"Daily/**": ["LK002"]}}}, ["Daily/d.md:1:1 LK001", "a.md:1:1 LK001"], id="another rule off there"),
        pytest.param({"rules": {"LK001": {"allow": ["Ghost"]}}}, [], id="allowed by the rule's option"),
    ],
)  # fmt: skip
def test_what_is_kept(config: dict[str, Any], expected: list[str]) -> None:
    assert (
        places(lint({"a.md": "[[Ghost]]", "Daily/d.md": "[[Ghost]]", "Templates/t.md": "[[Ghost]]"}, config))
        == expected
    )


def test_paths_narrow_what_is_reported_not_what_is_read() -> None:
    report = lint({"a.md": "[[b]] [[Ghost]]", "b.md": "[[Ghost]]"}, only=lambda path: path == "a.md")
    assert places(report) == ["a.md:1:7 LK001"]
    assert report.checked == 1


def test_excluded_files_do_not_exist(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[[b]]", encoding="utf-8")
    (tmp_path / "b.md").write_text("[[Ghost]]", encoding="utf-8")
    config = Config(exclude=("b.md",))
    vault, report = check_folder(Workspace(str(tmp_path), config, has_store=False), plan_of(config))
    assert list(vault.notes) == ["a.md"]
    assert places(report) == ["a.md:1:1 LK001"]


def test_severity() -> None:
    texts = {"a.md": "[[https://ghost]] %% [[https://phantom]] %%"}
    assert [one.severity for one in lint(texts).findings] == [find_rule("LK001").severity, "info"]
    raised = lint(texts, {"lint": {"severity": {"LK001": "error"}}})
    assert [one.severity for one in raised.findings] == ["error", "error"], "what is configured wins"


def test_fingerprints_stay_when_text_moves() -> None:
    before = lint({"a.md": "[[Ghost]] [[Phantom]] [[Ghost]]"}).findings
    after = lint({"a.md": "# New\n\nmore text\n\n[[Phantom]]\n\n[[Ghost]]\n[[Ghost]]"}).findings
    assert {one.fingerprint for one in before} == {one.fingerprint for one in after}
    assert len({one.fingerprint for one in before}) == 3, "two of the same are two"
    assert fingerprint("LK001", "a.md", "x", 1) != fingerprint("LK001", "b.md", "x", 1)
    assert fingerprint("LK001", "a.md", "\udce9", 1), "names with undecodable bytes"


def test_a_note_that_is_no_text_is_not_judged() -> None:
    vault = vault_of({"a.md": b"\xff[[Ghost]]"})
    plan = plan_of(Config())
    assert note_linter(plan)(vault.notes["a.md"], "") is None
    assert [one.code for one in collect_findings(vault, plan, {}).findings] == ["TX002"]


@pytest.mark.parametrize(
    ("text", "is_loaded"),
    [
        pytest.param("# Note\n\nup:: [[b]] at 10::30, std::vector\n", False, id="no deck"),
        pytest.param("#flashcards\n\nQ::A\n", True, id="a deck"),
    ],
)
def test_the_card_reader_is_loaded_only_for_decks(tmp_path: Path, text: str, is_loaded: bool) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    program = (
        "import sys\nfrom vaultkit.config import Config\nfrom vaultkit.lint.check import check_folder\nfrom vaultkit.lint.plan import plan_of\nfrom vaultkit.vault.workspace import Workspace\n"
        f"check_folder(Workspace({str(tmp_path)!r}, Config(), has_store=False), plan_of(Config()))\n"
        "print('vaultkit.cards.reader.read' in sys.modules, 'rapidfuzz' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.split() == [str(is_loaded), "False"]
