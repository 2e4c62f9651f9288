"""Values of bases as Obsidian's help, its release notes, Moment.js and JavaScript document them."""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from vaultkit.query.bases import parser
from vaultkit.query.bases.dates import formatted, relative
from vaultkit.query.bases.definition import read_base
from vaultkit.query.bases.evaluate import BaseRow
from vaultkit.query.bases.files import Files
from vaultkit.query.bases.rows import rows
from vaultkit.query.bases.values import text_of
from vaultkit.vault.workspace import Workspace

NOW = datetime(2025, 5, 7, 13, 4, 5, 678000)

# Source: Moment.js, "Format"; the values of its own English locale.
FORMATS = {
    "M": "5", "Mo": "5th", "MM": "05", "MMM": "May", "MMMM": "May", "Q": "2", "Qo": "2nd", "D": "7", "Do": "7th",
    "DD": "07", "DDD": "127", "DDDo": "127th", "DDDD": "127", "d": "3", "do": "3rd", "dd": "We", "ddd": "Wed",
    "dddd": "Wednesday", "e": "3", "E": "3", "w": "19", "wo": "19th", "ww": "19", "W": "19", "Wo": "19th", "WW": "19",
    "YY": "25", "YYYY": "2025", "YYYYYY": "+002025", "Y": "2025", "y": "2025", "N": "AD", "NN": "AD", "NNN": "AD",
    "NNNN": "Anno Domini", "NNNNN": "AD", "gg": "25", "gggg": "2025", "GG": "25", "GGGG": "2025", "A": "PM",
    "a": "pm", "H": "13", "HH": "13", "h": "1", "hh": "01", "k": "13", "kk": "13", "m": "4", "mm": "04", "s": "5",
    "ss": "05", "S": "6", "SS": "67", "SSS": "678", "SSSS": "6780", "LT": "1:04 PM", "LTS": "1:04:05 PM",
    "L": "05/07/2025", "l": "5/7/2025", "LL": "May 7, 2025", "ll": "May 7, 2025", "LLL": "May 7, 2025 1:04 PM",
    "lll": "May 7, 2025 1:04 PM", "LLLL": "Wednesday, May 7, 2025 1:04 PM", "llll": "Wed, May 7, 2025 1:04 PM",
    "[today] D": "today 7", "YYYY-[W]WW": "2025-W19", "z": "", "YYYY-MM-DDTHH:mm": "2025-05-07T13:04",
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "shown"), FORMATS.items(), ids=list(FORMATS))
def test_format(pattern, shown):
    assert formatted(NOW, pattern) == shown


def test_the_offset_is_that_of_the_clock(monkeypatch):
    assert formatted(NOW, "Z").replace(":", "") == formatted(NOW, "ZZ") == NOW.astimezone().strftime("%z")


# Made by Moment.js: tests/bench/moment_formats.js.
FROM_MOMENT = json.loads(Path(__file__).with_name("moment_formats.json").read_text("utf-8"))


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the clock of this system cannot be set to UTC")
def test_formats_of_moment(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    try:
        found = [[date, pattern, formatted(datetime.fromisoformat(date), pattern)] for date, pattern, _ in FROM_MOMENT]
    finally:
        monkeypatch.undo()
        time.tzset()
    assert found == FROM_MOMENT


# Source: Moment.js 2.31, `from()`.
RELATIVE = [
    ("2025-05-07T13:04:49", "in a few seconds"), ("2025-05-07T13:04:50", "in a minute"),
    ("2025-05-07T13:01:35", "3 minutes ago"), ("2025-05-07T12:57:35", "7 minutes ago"), ("2025-05-07T13:48:34", "in 44 minutes"),
    ("2025-05-07T13:48:35", "in an hour"), ("2025-05-07T15:34:05", "in 3 hours"), ("2025-05-08T10:34:04", "in 21 hours"),
    ("2025-05-08T10:34:05", "in a day"), ("2025-05-10T01:04:05", "in 3 days"), ("2025-06-02T01:00:00", "in 25 days"),
    ("2025-06-02T13:04:05", "in a month"), ("2025-11-20T13:04:05", "in 6 months"), ("2024-11-21T13:04:05", "6 months ago"),
    ("2024-06-01T00:00:00", "a year ago"), ("2022-11-01T00:00:00", "3 years ago"), ("2027-11-20T00:00:00", "in 3 years"),
]  # fmt: skip


@pytest.mark.parametrize(("date", "words"), RELATIVE)
def test_relative(date, words):
    assert relative(datetime.fromisoformat(date), NOW.replace(microsecond=0)) == words


VAULT = Workspace.memory(
    {
        "M.md": "---\ntags: [meeting, a/b]\nat: 2025-05-27T13:14:15\ndue: 2025-05-27\nprice: 12.5\n---\n#body/part\n",
        "Old/x.md": "",
    },
    {"userIgnoreFilters": ["Old/"]},
)


def value(expression: str) -> str:
    return text_of(BaseRow(Files(VAULT, "M.md", NOW), "M.md", {}).value(parser.parse(expression)))


VALUES = [
    # Tags: release notes 1.9.11 and 1.9.14.
    ('file.tags.contains("meeting")', "true"), ('file.tags.contains("#meeting")', "true"),
    ('file.tags.contains("a")', "true"), ('file.tags.contains("A/B")', "true"), ('tags.contains("a")', "true"),
    ('tags.contains("A")', "true"), ('file.tags.contains("b")', "false"), ('file.tags.contains("body")', "true"),
    ('file.tags.containsAny("x", "meeting")', "true"), ('file.tags.containsAll("a", "x")', "false"),
    ('tags.contains("meet")', "false"), ('[1, "a"].contains("a")', "true"), ('["a/b"].contains("a")', "false"),
    # Rounding: values of Node.
    ("price.toFixed(0)", "13"), ("(2.5).toFixed(0)", "3"), ("(1.005).toFixed(2)", "1.00"), ("(-2.5).toFixed(0)", "-3"),
    ("(0.5).toFixed(0)", "1"), ("(1.45).toFixed(1)", "1.4"), ("(8.345).toFixed(2)", "8.35"), ("(10).toFixed(2)", "10.00"),
    ("(-0.001).toFixed(2)", "-0.00"), ("(1.255).toFixed(2)", "1.25"), ("(0.000001).toFixed(7)", "0.0000010"),
    # Lists and dates: release notes 1.9.8 and 1.9.5.
    ("[1,2] + [3]", "1, 2, 3"), ("at == due", "true"), ("due == at", "true"), ("at != due", "false"),
    ('at == "2025-05-27"', "true"), ('due == "2025-05-28"', "false"), ('date("01/02/2025")', "2025-01-02"),
    ('at == "2025-05-27T13:14:16"', "false"), ("random() >= 0 && random() < 1", "true"),
    # Regular expressions: values of Node.
    (r'/^\w$/.matches("é")', "false"), (r'/^\d$/.matches("٣")', "false"), (r'/^a$/.matches("a\n")', "false"),
    (r'"naïve".replace(/\W/g, "_")', "na_ve"), (r'/\bé/.matches("aé")', "true"), (r'/\p{L}/u.matches("é")', "true"),
    (r'/^\p{Lu}$/u.matches("É")', "true"), (r'/\p{Lu}/u.matches("é")', "false"), (r'/\P{L}/u.matches("é")', "false"),
    (r'"ab".replace(/(?<n>b)/, "<$<n>>")', "a<b>"), (r'"abc".replace(/b/, "$`")', "aac"),
    (r'''"abc".replace(/b/, "$'")''', "acc"), (r'"abc".replace(/b/, "[$&]")', "a[b]c"),
    (r'"abc".replace(/(b)/, "$1$1")', "abbc"), (r'"abc".replace(/(b)/, "$10")', "ab0c"), (r'"abc".replace(/b/, "$1")', "a$1c"),
    (r'"a.b".replace(/[.]/, "-")', "a-b"), (r'/^.$/.matches("\r")', "false"), (r'/[^]/.matches("x")', "true"),
    (r'/(?<y>\d{4})-\k<y>/.matches("2020-2020")', "true"), (r'/a\/b/.matches("a/b")', "true"),
    (r'/^[\w-]+$/.matches("a-b_1")', "true"), (r'/^[\w]+$/.matches("é")', "false"), (r'/x/i.matches("X")', "true"),
    (r'"a1b22".split(/\d+/)', "a, b, "), (r'/^b/m.matches("a\nb")', "true"), (r'/^b/.matches("a\nb")', "false"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "shown"), VALUES, ids=[expression for expression, _ in VALUES])
def test_value(expression, shown):
    assert value(expression) == shown


# Source: Obsidian Help, "Properties": tags, aliases and cssclasses are lists; release notes 1.9.3 on single texts.
SINGLE = [
    ("tags.length", "1"), ('tags.contains("book")', "true"), ('tags.contains("boo")', "false"),
    ('aliases.contains("On")', "false"), ('aliases.contains("One, two")', "true"), ("cssclasses", "wide"),
    ('aliases.isType("list")', "true"), ('title.isType("string")', "true"), ("Tags.length", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "expected"), SINGLE, ids=[row[0] for row in SINGLE])
def test_a_single_text_in_a_property_of_lists(expression, expected):
    vault = Workspace.memory({"a.md": "---\ntags: book\naliases: One, two\ncssclasses: wide\ntitle: x\n---\n"}, {})
    assert text_of(BaseRow(Files(vault, "a.md", NOW), "a.md", {}).value(parser.parse(expression))) == expected


def test_an_empty_checkbox_is_sorted_beside_false(tmp_path):
    """Source: release notes 1.10.0."""
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".obsidian/types.json").write_text('{"types": {"ck": "checkbox"}}')
    for name, text in (("t", "ck: true"), ("f", "ck: false"), ("n", "ck:"), ("none", "")):
        (tmp_path / f"{name}.md").write_text(f"---\n{text}\n---\n")
    vault = Workspace.open(tmp_path, has_store=False).snapshot()
    base = "views: [{type: table, name: a, sort: [{property: ck, direction: %s}]}]"
    assert shown(vault, base % "ASC") == ["f.md", "n.md", "t.md", "none.md"]
    assert shown(vault, base % "DESC") == ["t.md", "f.md", "n.md", "none.md"]


def shown(vault, text):
    base = read_base("x.base", text)
    return [row.path for row in rows(vault, base, base.views[0], now=NOW)]


def test_excluded_files_are_no_rows():
    assert shown(VAULT, "views: [{type: table, name: a}]") == ["M.md"]


# Made by Node: `node tests/bench/javascript_values.js` and `node tests/bench/javascript_expressions.js`.
FROM_NODE = [
    row
    for name in ("javascript_values.json", "javascript_expressions.json")
    for row in json.loads(Path(__file__).with_name(name).read_text("utf-8"))
]


@pytest.mark.parametrize(("expression", "shown"), FROM_NODE, ids=[row[0] for row in FROM_NODE])
def test_value_of_a_javascript_engine(expression, shown):
    assert value(expression) == shown


def test_there_are_many_of_them():
    assert len({expression for expression, _ in FROM_NODE}) >= 800


# Source: ECMA-262, "Number::toString"; values of Node.
NUMBERS = [
    ("1e21", "1e+21"), ("1e20", "100000000000000000000"), ("123456789012345680000", "123456789012345680000"),
    ("1e-6", "0.000001"), ("1e-7", "1e-7"), ("1.5E3", "1500"), ("2e2 + 1", "201"), ("0.1 + 0.2", "0.30000000000000004"),
    ("(4503599627370497).round()", "4503599627370497"), ("(-2.5).round()", "-2"), ("(0.49999999999999994).round()", "0"),
    ('["a", "", "a"].unique()', "a, "), ("[2, 1, 2, 3, 1].unique()", "2, 1, 3"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "shown"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_numbers_and_order(expression, shown):
    assert value(expression) == shown
