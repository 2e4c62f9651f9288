"""The same findings in the formats full, concise and json."""

from __future__ import annotations

import json

import pytest

from vaultkit.base.text import Edit
from vaultkit.lint.finding import Finding, Fix, RelatedPlace
from vaultkit.report.format import ReportView, Style, renderer
from vaultkit.report.full import columns

SOURCES = {
    "a.md": "see [[Gost]] and\r\n\tx 日本 [[b]]\n" + "long " * 60 + "[[c]] " + "tail " * 60,
    "sub/b,c.md": "text",
}


def finding(code: str, path: str, start: int, end: int, **changes: object) -> Finding:
    text = SOURCES.get(path, "")
    line = text.count("\n", 0, start) + 1
    begin = text.rfind("\n", 0, start) + 1
    values: dict[str, object] = {
        "code": code, "name": "missing-note", "severity": "warning", "path": path, "line": line,
        "column": start - begin + 1, "end_line": line, "end_column": end - begin + 1, "message": f"fault of {code}",
        "about": "x", "start": start, "end": end, "fix": None, "related": (), "fingerprint": "f00d",
    }  # fmt: skip
    return Finding(**(values | changes))  # type: ignore[arg-type]


AT_B = SOURCES["a.md"].index("[[b]]")
AT_C = SOURCES["a.md"].index("[[c]]")
FINDINGS = (
    finding(
        "LK001",
        "a.md",
        4,
        12,
        help="write `[[Ghost]]`",
        fix=Fix("write [[Ghost]]", (Edit(6, 10, "Ghost"),), is_safe=False),
    ),
    finding("LK001", "a.md", AT_B, AT_B + 5, severity="error", related=(RelatedPlace("sub/b,c.md", 0, "here"),)),
    finding("LK002", "a.md", AT_C, AT_C + 5, fix=Fix("drop it", (), is_safe=True)),
    finding("VK003", "sub/b,c.md", 0, 0, severity="info"),
)


def lines(name: str, findings: tuple[Finding, ...] = FINDINGS, style: Style | None = None) -> list[str]:
    view = ReportView(findings, 7, "My vault", "/vault", lambda path: SOURCES.get(path, ""), style or Style(width=80))
    return list(renderer(name)(view))


def test_concise() -> None:
    assert lines("concise") == [
        "a.md:2:7: error LK001 missing-note: fault of LK001",
        "a.md:1:5: warning LK001 missing-note: fault of LK001; write `[[Ghost]]`",
        "a.md:3:301: warning LK002 missing-note: fault of LK002",
        "sub/b,c.md:1:1: info VK003 missing-note: fault of VK003",
    ]


def test_full() -> None:
    found = lines("full")
    assert found == [
        "a.md",
        "       2:7  error   LK001 missing-note  fault of LK001",
        "            │  x 日本 [[b]]",
        "            │         ^^^^^",
        "",
        "a.md",
        "       1:5  warning LK001 missing-note  fault of LK001",
        "            │ see [[Gost]] and",
        "            │     ^^^^^^^^",
        "            ╰ help: write `[[Ghost]]`",
        "            ╰ unsafe fix: write [[Ghost]]",
        "     3:301  warning LK002 missing-note  fault of LK002",
        *found[12:14],  # a long line, see below
        "            ╰ fix: drop it",
        "",
        "sub/b,c.md",
        "       1:1  info    VK003 missing-note  fault of VK003",
        "",
        *CLOSING,
    ]


CLOSING = [
    "  error    LK001 missing-note  1",
    "  warning  LK001 missing-note  1  1 fixable with --unsafe-fixes",
    "  warning  LK002 missing-note  1  1 fixable",
    "  info     VK003 missing-note  1",
    "",
    "  vaultkit check --fix                        make 1 safe fix",
    "  vaultkit check --fix --unsafe-fixes --diff  show 1 fix to review",
    "  vaultkit rule LK001                         explain a rule",
]


def test_full_shows_the_part_of_a_long_line_that_matters() -> None:
    excerpt, mark = lines("full")[12:14]
    assert excerpt.startswith("            │ …")
    assert excerpt.endswith("…")
    assert columns(excerpt) <= 80
    assert excerpt[mark.index("^") : mark.rindex("^") + 1] == "[[c]]"


def test_full_folds_what_there_is_too_much_of() -> None:
    found = lines("full", style=Style(width=80, max_per_rule=1))
    shown = found[: found.index(CLOSING[0])]
    assert [line.split()[1] for line in shown if "LK001 missing-note" in line] == ["error"]
    assert shown[-2:] == ["… and 1 more of LK001 (--max-per-rule 0 shows all)", ""]


def test_commands_name_the_vault_where_it_is_not_the_working_directory() -> None:
    view = ReportView(FINDINGS, 7, "My vault", "/vault", lambda path: "", Style(), where=" --vault 'my notes'")
    assert list(renderer("full")(view))[-3:] == [
        "  vaultkit check --fix --vault 'my notes'                        make 1 safe fix",
        "  vaultkit check --fix --unsafe-fixes --diff --vault 'my notes'  show 1 fix to review",
        "  vaultkit rule LK001                                            explain a rule",
    ]


@pytest.mark.parametrize("name", ["concise", "full", "markdown"])
def test_errors_come_before_warnings(name: str) -> None:
    order = [word for line in lines(name) for word in line.split() if word in ("error", "warning", "info")]
    end = {"full": 4, "concise": 4, "markdown": len(order)}[name]
    shown = order[-4:] if name == "markdown" else order[:end]
    assert shown == ["error", "warning", "warning", "info"]


def test_notes_with_errors_come_first() -> None:
    later = (finding("LK001", "a.md", 4, 12), finding("LK002", "sub/b,c.md", 0, 2, severity="error"))
    assert lines("grouped", later) == [
        "sub/b,c.md (1)",
        "  1:1  error    LK002 missing-note: fault of LK002",
        "",
        "a.md (1)",
        "  1:5  warning  LK001 missing-note: fault of LK001",
        "",
    ]


def test_full_in_colour_with_links() -> None:
    plain = lines("full")
    coloured = lines("full", style=Style(color=True, width=80, obsidian_links=True))
    assert "obsidian://open?vault=My%20vault&file=sub%2Fb%2Cc.md" in "".join(coloured)
    assert not any("\x1b" in line for line in plain)
    assert len(coloured) == len(plain)


def test_full_of_a_file_that_is_gone() -> None:
    gone = finding("LK001", "gone.md", 0, 5)
    assert lines("full", (gone,)) == ["gone.md", "       1:1  warning LK001 missing-note  fault of LK001", ""]


@pytest.mark.parametrize("name", ["concise", "full"])
def test_nothing_found_is_nothing_said(name: str) -> None:
    assert lines(name, ()) == []


def test_json() -> None:
    document = json.loads("\n".join(lines("json")))
    assert document["version"] == 1
    assert document["summary"] == {
        "notes": 7,
        "findings": 4,
        "by_severity": {"error": 1, "warning": 2, "info": 1},
        "by_rule": {"LK001": 2, "LK002": 1, "VK003": 1},
    }
    first, second = document["findings"][:2]
    promised = {
        "code": "LK001", "name": "missing-note", "severity": "warning", "message": "fault of LK001", "help": "write `[[Ghost]]`", "path": "a.md",
        "line": 1, "column": 5, "end_line": 1, "end_column": 13, "fingerprint": "f00d",
        "fix": {"title": "write [[Ghost]]", "is_safe": False,
                "edits": [{"start": 6, "end": 10, "replacement": "Ghost"}], "rename": None},
        "related": [],
    }  # fmt: skip
    assert {key: first[key] for key in promised} == promised
    assert second["fix"] is None
    assert second["related"] == [{"path": "sub/b,c.md", "start": 0, "message": "here"}]


def test_json_of_nothing() -> None:
    document = json.loads("\n".join(lines("json", ())))
    assert document["findings"] == []
    assert document["summary"]["by_severity"] == {"error": 0, "warning": 0, "info": 0}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("abc", 3, id="ASCII"),
        pytest.param("日本", 4, id="wide characters take two"),
        pytest.param("e\u0301", 1, id="combining marks none"),
        pytest.param("a\u200bb", 2, id="invisible ones none"),
        pytest.param("é", 1, id="other letters one"),
    ],
)
def test_columns(text: str, expected: int) -> None:
    assert columns(text) == expected
