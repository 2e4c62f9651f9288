"""A map that shows what changed since a git revision: `vaultkit map --compare`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from vaults import overlay, page_of

from vaultkit.cli.entry_point import run
from vaultkit.map.comparison import moved_notes

SPACE = "\ue00d"
BEFORE = {
    "Home.md": "[[Old]] [[Kept]] [[Edited]] [[Away]]\n",
    "Kept.md": "The same.\n",
    "Edited.md": "Before. [[Kept]]\n",
    "Old.md": "It goes away.\n",
    "Away.md": "It goes away, too.\n",
    "Place.md": "It moves to a folder.\n",
    "Secret.md": "---\nmap: hide\n---\nIt was never on the map.\n",
}


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments], check=True, capture_output=True)  # fmt: skip


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A vault with one commit, and files that changed after it."""
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    vault = tmp_path / "notes"
    vault.mkdir()
    for path, text in BEFORE.items():
        (vault / path).write_text(text, encoding="utf-8")
    git(vault, "init", "-q")
    git(vault, "add", ".")
    git(vault, "commit", "-q", "-m", "first")
    for path in ("Old.md", "Away.md", "Secret.md"):
        (vault / path).unlink()
    (vault / "Deep").mkdir()
    (vault / "Place.md").rename(vault / "Deep" / "Spot.md")
    (vault / "Home.md").write_text("[[Old]] [[Kept]] [[Edited]] [[Fresh]]\n", encoding="utf-8")
    (vault / "Edited.md").write_text("After.\n", encoding="utf-8")
    (vault / "Fresh.md").write_text("It is new. [[Kept]]\n", encoding="utf-8")
    return vault


def found(root: Path, *options: str) -> tuple[list[str], dict]:
    out = root.parent / "map.html"
    assert run(["map", "--vault", str(root), "-o", str(out), "-q", *options]) == 0
    document = json.loads(out.read_text(encoding="utf-8").partition('id="map-data">')[2].partition("</script>")[0])
    return document["labels"], document.get("compared", {})


def test_what_changed(root):
    labels, change = found(root, "--compare", "HEAD")

    def named(nodes):
        return [labels[node] for node in nodes]

    assert change["revision"] == "HEAD"
    assert named(change["fresh"]) == ["Fresh"]
    assert named(change["changed"]) == ["Edited", "Home"]
    assert [(labels[node], before) for node, before in change["moved"]] == [("Spot", "Place.md")]
    assert [(path, ghost >= 0 and labels[ghost], named(sources)) for path, ghost, sources in change["gone"]] == [
        ("Away.md", False, ["Home"]),
        ("Old.md", "Old", ["Home"]),
    ]
    assert (change["links"][0], [named(pair) for pair in change["links"][1]]) == (2, [["Fresh", "Kept"], ["Home", "Fresh"]])  # fmt: skip
    assert (change["lost"][0], [named(pair) for pair in change["lost"][1]]) == (1, [["Edited", "Kept"]])


def test_without_the_option_nothing_is_compared(root):
    assert found(root)[1] == {}


def test_nothing_changed(root):
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "second")
    change = found(root, "--compare", "HEAD")[1]
    assert {key: value for key, value in change.items() if value and value != [0, []]} == {"revision": "HEAD"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(["--compare", "nowhere"], "nowhere", id="no such revision"),
        pytest.param(["--compare", "HEAD", "--serve"], "--compare cannot be used with --serve", id="served"),
    ],
)
def test_wrong_use(root, capsys, options, words):
    assert run(["map", "--vault", str(root), "-o", str(root.parent / "map.html"), *options]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param({"a.md": "x"}, {"b.md": "x"}, {"a.md": "b.md"}, id="the same text elsewhere"),
        pytest.param({"a.md": "x\r\ny"}, {"b.md": "x\ny"}, {"a.md": "b.md"}, id="line ends differ"),
        pytest.param({"a.md": "x"}, {"a.md": "x", "b.md": "x"}, {}, id="a copy"),
        pytest.param({"a.md": ""}, {"b.md": ""}, {}, id="empty notes"),
        pytest.param({"a.md": "x", "c.md": "x"}, {"b.md": "x"}, {}, id="two notes with that text"),
    ],
)
def test_moved_notes(before, after, expected):
    assert moved_notes(before, after) == expected


FILES = {
    "Home.md": "[[Old]] [[Kept]] [[Fresh]]",
    "Kept.md": "",
    "Fresh.md": "[[Kept]]",
    "Deep/Spot.md": "",
    "Other.md": "[[Home]]",
}
CHANGE = overlay(
    compared={
        "revision": "v1",
        "fresh": ["Fresh.md"],
        "changed": ["Home.md"],
        "moved": [["Deep/Spot.md", "Place.md"]],
        "gone": [["Old.md", ["Home.md"]], ["Alone.md", []]],
        "links": [["Home.md", "Fresh.md"]],
        "lost": [],
    }
)


@pytest.fixture
def compared(browser):
    browser.open(page_of(FILES, CHANGE))
    yield browser
    assert browser.complaints() == []
    browser.window()


def group(browser, title: str) -> None:
    """Open a group of the section by a press on it."""
    browser.run(
        "[...document.querySelectorAll('.change > summary')].find((one) => one.textContent.startsWith(arguments[0])).click()",
        title,
    )


@pytest.mark.browser
def test_colours_and_legend_show_the_changes(compared):
    legend = compared.run(
        "return [...document.querySelectorAll('#colours .row')].map((row) => row.innerText.split('\\n'))"
    )
    assert legend == [["New", "1"], ["Changed", "1"], ["Moved", "1"], ["Unchanged", "2"]]
    assert compared.run("return document.getElementById('colour-by').value") == "changes"


@pytest.mark.browser
def test_the_section_lists_them_and_rows_open_notes(compared):
    listed = compared.run(
        "return [...document.querySelectorAll('.change > summary')].map((one) => one.innerText.split('\\n'))"
    )
    assert listed == [["New", "1"], ["Changed", "1"], ["Moved", "1"], ["Gone", "2"], ["New links", "1"]]
    group(compared, "New")
    compared.element(".change[open] .row").click()
    assert compared.selected() == "Fresh"
    group(compared, "New")
    group(compared, "Gone")
    rows = compared.run(
        "return [...document.querySelectorAll('.change[open] li')].map((one) => one.innerText.split('\\n'))"
    )
    assert rows == [["Old", "still linked"], ["Alone"]]
    compared.element(".change[open] button.row").click()
    assert compared.selected() == "Old"


@pytest.mark.browser
def test_only_changed_notes_by_keyboard(compared):
    compared.run("document.getElementById('only-changes').focus()")
    compared.keys(SPACE)
    assert {"Fresh", "Home", "Spot"} <= set(compared.shown())
    assert not {"Kept", "Other"} & set(compared.shown())
    assert compared.run("return document.activeElement.id") == "only-changes"
    compared.keys(SPACE)
    assert "Kept" in compared.shown()


@pytest.mark.browser
@pytest.mark.parametrize(("query", "names"), [("is:new", ["Fresh"]), ("is:moved", ["Spot"]), ("is:changed", ["Home"])])
def test_search_knows_them(compared, query, names):
    compared.run("VK.page.build()")
    box = compared.element("#search")
    box.clear()
    box.send_keys(query)
    compared.until("VK.page.state.found.length")
    assert compared.run("return VK.page.state.found.map((node) => VK.page.model.labels[node])") == names
    box.clear()


@pytest.mark.browser
def test_by_touch_on_a_phone(compared):
    compared.window(390, 844, 2, mobile=True)
    compared.open(page_of(FILES, CHANGE))
    compared.element("#panel .more").click()
    x, y = compared.run("const one = document.querySelector('.change > summary'); one.scrollIntoView({block: 'center'}); const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]")  # fmt: skip
    point = {"x": x, "y": y}
    compared.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    compared.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    compared.until("document.querySelector('.change').open")
