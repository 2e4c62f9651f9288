"""The documentation is complete, its links work, and its examples run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import shown_commands
from shown_commands import PROJECT, blocks

from vaultkit.cli.command_docs import all_commands, command_document, file_stem
from vaultkit.cli.doc_pages import WRITTEN, all_pages, page, page_names, slug, title_of, write_html, write_pages
from vaultkit.cli.entry_point import run
from vaultkit.lint.config_schema import config_schema
from vaultkit.lint.rule import all_rules
from vaultkit.lint.rule_docs import rule_url
from vaultkit.note.parse import parse_text

COMMANDS = list(all_commands())
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_every_written_page_is_listed() -> None:
    files = {path.stem for path in (PROJECT / "vaultkit" / "docs").glob("*.md")}
    assert files == set(WRITTEN)
    index = page("index")
    assert [name for name in (*WRITTEN[1:], "commands", "rules") if f"({name}.md" not in index] == []


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[words for words, _ in COMMANDS])
def test_every_command_and_option_is_documented(words: str, command: click.Command) -> None:
    text = page(f"commands/{file_stem(words)}")
    assert f"# vaultkit {words}\n" in text
    assert (command.help or "").strip(), f"{words} has no help"
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert (parameter.help or "").strip(), f"{words} {parameter.opts[-1]} has no help"
            assert all(f"`{name}`" in text for name in parameter.opts)


def test_every_rule_has_a_page_and_reports_link_to_it() -> None:
    for rule in all_rules():
        text = page(f"rules/{rule.code}")
        assert text.startswith(f"# {rule.code} `{rule.name}`\n")
        assert rule_url(rule.code).endswith(f"/rules/{rule.code}/")
        assert f"(rules/{rule.code}.md)" in page("rules")


def test_every_configuration_key_is_documented() -> None:
    text = page("configuration")
    keys = config_schema()["properties"]
    for name in keys:
        assert f"`{name}`" in text or f"`[{name}]`" in text or f"`[{name}.CODE]`" in text, name
        assert keys[name].get("description"), name
    for table in ("lint", "cards"):
        for key, value in keys[table]["properties"].items():
            assert value.get("description"), key
            assert f"| `{key}` |" in text
    for code, rule in keys["rules"]["properties"].items():
        for key in rule["properties"]:
            assert re.search(rf"\[{code}\].*`{key}`", text), (code, key)


def test_links_between_pages_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """vaultkit checks its own documentation. Anchors are those of GitHub and the site; Obsidian uses the heading."""
    pages = dict(all_pages())
    assert write_pages(str(tmp_path)) == len(pages)
    anchors = {name: {slug(one.text): one.text for one in parse_text(text).headings} for name, text in pages.items()}

    def heading(found: re.Match[str], at: str) -> str:
        target = os.path.normpath(os.path.join(os.path.dirname(at), found[1])) if found[1] else at
        assert found[2] in anchors[target], f"{at}: {found[0]}"
        return f"]({found[1] + '.md' if found[1] else ''}#{anchors[target][found[2]].replace(' ', '%20')})"

    for name, text in pages.items():
        path = tmp_path.joinpath(*f"{name}.md".split("/"))
        path.write_text(
            re.sub(r"\]\((?:([\w./-]+)\.md)?#([\w-]+)\)", lambda found, at=name: heading(found, at), text), "utf-8"
        )
    (tmp_path / ".obsidian").mkdir()
    assert (
        run(["check", "--vault", str(tmp_path), "--select", "LK,EM,PR,ST", "--ignore", "ST010", "--isolated"]) == 0
    ), capsys.readouterr().out


def test_pages_in_html_link_to_each_other(tmp_path: Path) -> None:
    write_html(str(tmp_path))
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html")}
    assert len(files) == len(page_names())
    for name in files:
        text = (tmp_path / name).read_text(encoding="utf-8")
        for target in re.findall(r'href="(?![a-z]+:)([^"#]+)', text):
            assert os.path.normpath(os.path.join(os.path.dirname(name), target)) in files, f"{name}: {target}"


@pytest.mark.parametrize("name", ["README", *(name for name in WRITTEN if shown_commands.console(page(name)))])
def test_commands_that_are_shown_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    text = README if name == "README" else page(name)
    assert shown_commands.check_console(text, tmp_path, monkeypatch, capfd)


@pytest.mark.parametrize("name", [*WRITTEN, "README"])
def test_commands_that_are_mentioned_exist(name: str) -> None:
    for words in shown_commands.mentioned(README if name == "README" else page(name)):
        if words[0] != "largest":  # the command that contributing.md adds
            shown_commands.require_known(words)


def test_python_examples_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    names: dict[str, object] = {}
    for block in blocks(page("python"), "python"):
        if "import pandas" not in block:
            exec(block, names)
    assert "graph" in names


def test_examples_for_contributors_work(tmp_path: Path) -> None:
    """The rule, command, importer and reporter of contributing.md, put where the page says."""
    shutil.copytree(PROJECT / "vaultkit", tmp_path / "vaultkit", ignore=shutil.ignore_patterns("__pycache__"))
    text = page("contributing")
    examples = re.findall(r"^`(vaultkit/\S+\.py)`[^\n]*\n\n```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(examples) == 4
    for path, source in examples:
        (tmp_path / path).write_text(source, encoding="utf-8")
    notes = tmp_path / "notes"
    (notes / ".obsidian").mkdir(parents=True)
    (notes / "a.md").write_text("see [[a]]\n")
    (tmp_path / "deck.txt").write_text("Front - Back\n")

    def call(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "vaultkit", *words],
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(tmp_path)}, check=False,
        )  # fmt: skip
        assert done.returncode <= 1, done.stderr
        return done.stdout

    words = ["check", "--vault", "notes", "--select", "LK999", "--show-info", "--no-cache"]
    assert "a.md:1:5: info LK999 self-link: link to its own note `a`" in call(*words)
    assert call(*words, "--output-format", "count") == "1\n"
    assert call("largest", "--vault", "notes") == "a.md\t10\n"
    call("import", "deck.txt", "--to", "Cards", "--vault", "notes")
    assert "Front" in (notes / "Cards" / "deck.md").read_text(encoding="utf-8")


def test_the_readme_is_short_and_its_links_work() -> None:
    assert README.count("\n") <= 150
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]+)(?:#([^)]+))?\)", README):
        path = PROJECT / target
        assert path.is_file(), target
        if anchor:
            headings = parse_text(path.read_text(encoding="utf-8")).headings
            assert anchor in {slug(one.text) for one in headings}, f"{target}#{anchor}"
    assert not re.findall(r"(?:src|srcset)=\"(?!https:)|!\[[^]]*\]\((?!https:)", README), (
        "PyPI shows absolute pictures only"
    )


def test_docs_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["docs"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in WRITTEN)
    for word, title in (("start", "Ten-minute start"), ("LK001", "LK001 `missing-note`"), ("graph", "Concept graph")):
        assert run(["docs", word]) == 0
        assert title_of(capsys.readouterr().out) == title
    assert run(["docs", "missing-note"]) == 0
    assert run(["docs", "base:query"]) == 0
    assert title_of(capsys.readouterr().out.rpartition("# vaultkit base")[1] + "x")
    assert run(["docs", "configuraton"]) == 2
    assert "did you mean `vaultkit docs configuration`?" in capsys.readouterr().err


def test_a_subcommand_is_on_the_page_of_its_command() -> None:
    assert "## vaultkit graph path\n" in command_document("graph")
