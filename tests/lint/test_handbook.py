"""The handbook of rules: every rule has its page, made from its own module."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from vaultkit.cli.commands.rule import command
from vaultkit.cli.entry_point import run
from vaultkit.lint.rule import all_rules
from vaultkit.lint.rule_docs_markdown import markdown_pages
from vaultkit.note.parse import parse_text


@pytest.fixture(scope="module")
def handbook() -> str:
    done = CliRunner().invoke(command, ["--output-format", "markdown"])
    assert done.exit_code == 0, done.output
    return done.output


def test_no_rule_is_left_out(handbook):
    headings = [heading.text for heading in parse_text(handbook).headings if heading.level == 3]
    assert headings == [f"{rule.code} `{rule.name}`" for rule in all_rules()]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_page_has_all_sections(rule):
    page = "\n".join(markdown_pages([rule]))
    for part in ("**Why.** ", "**Fix.** ", "**Source.** ", f"{rule.severity}, on in ", "strict"):
        assert part in page
    for option in rule.options.__slots__:
        assert f"\n{option.replace('_', '-')} = " in page


def test_examples_do_not_break_the_page(handbook):
    assert [item for item in parse_text(handbook).malformed if item.kind == "unclosed-fence"] == []


def test_one_page_and_json():
    page = CliRunner().invoke(command, ["size-as-alias", "--output-format", "markdown"]).output
    assert page.startswith(
        "## Links (LK)\n\n### LK008 `size-as-alias`\n\nwarning, on in default, learning, publish, strict\n"
    )
    data = json.loads(CliRunner().invoke(command, ["--output-format", "json"]).output)
    assert [entry["code"] for entry in data] == [rule.code for rule in all_rules()]


def test_several_rules_are_explained(capsys):
    assert run(["rule", "LK001", "size-as-alias"]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("LK0")] == [
        "LK001 missing-note (warning, on by default)",
        "LK008 size-as-alias (warning, on by default)",
    ]
    assert run(["rule", "LK001", "LK002", "--output-format", "json"]) == 0
    assert [rule["code"] for rule in json.loads(capsys.readouterr().out)] == ["LK001", "LK002"]


def test_on_a_terminal_no_word_is_cut(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(["rule", "LK001"]) == 0
    piped = capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run(["rule", "LK001"]) == 0
    shown = capsys.readouterr().out
    assert shown.split() == piped.split()
    prose = shown.partition("\nBad\n")[0].split("\n")
    assert max(map(len, prose)) <= 60 < max(map(len, piped.split("\n")))
