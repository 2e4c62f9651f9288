"""`vaultkit report`, as a user types it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from vaultkit.cli.entry_point import run
from vaultkit.graph.digest import read_state
from vaultkit.vault.workspace import load_vault

TEXTS = {
    "a.md": "[[b]] [[Idea]]",
    "b.md": "[[a]]",
    "alone.md": "x",
    "# [odd] & <b>.md": "[[a]] [[b]]",
}


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "Notes" / ".obsidian").mkdir(parents=True)
    for path, content in TEXTS.items():
        (tmp_path / "Notes" / path).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "Notes")
    return tmp_path / "Notes"


def test_the_health_is_the_sum_of_its_parts(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--no-findings"]) == 0
    out = capfd.readouterr().out
    assert "Health 78 of 100: sound 40 of 40, connected 22.5 of 30, findable 15 of 30" in out
    assert "- connected: 1 of 4 notes alone in the graph" in out
    assert "- names without a note: 1" in out
    assert "- of no topic: Idea (1)" in out or ": Idea (1)" in out


def test_findings_lower_it(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["report"]) == 0
    assert re.search("- sound: [1-3] of 4 notes with errors or warnings", capfd.readouterr().out)


def test_a_second_report_says_what_changed(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "-o", "Weekly.md"]) == 0
    first = (vault / "Weekly.md").read_text(encoding="utf-8")
    (vault / "new idea.md").write_text("---\ncreated: 2099-01-01\n---\n[[a]]", encoding="utf-8")
    assert run(["report", "-o", "Weekly.md"]) == 0
    second = (vault / "Weekly.md").read_text(encoding="utf-8")
    assert "- notes: 4\n" in first
    assert "- notes: 5 (+1)" in second
    assert re.search(r"New since \d{4}-\d\d-\d\d\n\n- \[\[new idea\]\]", second)
    assert run(["report", "--previous", "none.md"]) == 2
    assert "none.md: no such file" in capfd.readouterr().err


def test_a_report_in_the_vault_is_left_out_of_the_next(vault: Path) -> None:
    assert run(["report", "-o", "Weekly.md"]) == 0
    state = read_state((vault / "Weekly.md").read_text(encoding="utf-8"))
    assert run(["report", "-o", "Other.md"]) == 0
    assert read_state((vault / "Other.md").read_text(encoding="utf-8")) == state
    linked = load_vault(vault)
    assert not linked.unresolved.get("Weekly.md"), "every link of a report opens a note"
    assert not linked.notes["Weekly.md"].tags


class Page(HTMLParser):
    """Tags and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]


def test_html_holds_no_markup_of_notes(vault: Path) -> None:
    (vault / "created <img src=x>.md").write_text("---\ncreated: 2099-01-01\n---", encoding="utf-8")
    assert run(["report", "-o", "page.html"]) == 0
    page = Page()
    page.feed((vault / "page.html").read_text(encoding="utf-8"))
    assert not {"img", "b", "script"} & page.tags
    assert page.links
    assert all(link.startswith("obsidian://open?vault=Notes&file=") for link in page.links)


def test_a_badge(vault: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--no-findings", "--format", "badge"]) == 0
    assert json.loads(capfd.readouterr().out) == {
        "schemaVersion": 1,
        "label": "vault health",
        "message": "78",
        "color": "green",
    }


def test_an_empty_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["report"]) == 0
    assert "Health 100 of 100" in capfd.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!-- vaultkit report {} -->",
        '<!-- vaultkit report {"day":"soon","numbers":{}} -->',
        "<!-- vaultkit report {x} -->",
    ],
)
def test_a_damaged_state_is_none(text: str) -> None:
    assert read_state(text) is None
