"""The page of 10,000 notes by pointer, keyboard and touch. Positions are given, so that no layout is computed."""

from __future__ import annotations

import pytest
from vaults import overlay

from vaultkit.graph.from_vault import graph_core
from vaultkit.graph.layout.cache import NodePosition
from vaultkit.map.document import details, payload, texts
from vaultkit.map.drawing import draw
from vaultkit.map.html import render
from vaultkit.map.islands import Islands, NamedIsland
from vaultkit.vault.load import snapshot_of_texts as vault_of

NOTES = 10_000
A_TOPIC = 100
ENTER = "\ue007"
pytestmark = pytest.mark.browser


def text_of(at: int) -> str:
    """A note that links to the first of its topic and to two neighbours; one says a word that no other has."""
    topic = at // A_TOPIC * A_TOPIC
    near = [topic, topic + (at + 1) % A_TOPIC, topic + (at * 7 + 3) % A_TOPIC]
    rare = " quetzalcoatlus" if at == 4321 else ""
    return f"# Note {at}\nIt speaks of topic {topic}{rare}.\n\n" + " ".join(f"[[Note {other}]]" for other in near)


@pytest.fixture(scope="module")
def html() -> str:
    files = {f"{at // A_TOPIC:03}/Note {at}.md": text_of(at) for at in range(NOTES)}
    core = graph_core(vault_of(files))
    number = [int(path.rpartition(" ")[2].removesuffix(".md")) for path in core.paths]
    known = {
        node: NodePosition(
            700 * (at // A_TOPIC % 10) + 60 * (at % 10), 700 * (at // A_TOPIC // 10) + 60 * (at % A_TOPIC // 10), 0
        )
        for node, at in zip(core.ids, number, strict=True)
    }
    id_of = dict(zip(number, core.ids, strict=True))
    islands = Islands(
        {node: at // A_TOPIC for node, at in zip(core.ids, number, strict=True)},
        tuple(NamedIsland(f"Topic {at}", id_of[at * A_TOPIC], A_TOPIC, ()) for at in range(NOTES // A_TOPIC)),
        (),
        {},
    )
    drawn = draw(core, known=known, islands=islands)
    paint = overlay(
        text="full",
        texts=files,
        compared={"revision": "v1", "fresh": ["000/Note 5.md"], "changed": sorted(files)[:500], "moved": [], "gone": [], "links": [], "lost": []},
    )  # fmt: skip
    return render(drawn, payload(drawn, "Large", paint), details(drawn, paint), texts(drawn, paint), live=False)


@pytest.fixture
def large(browser, html):
    browser.open(html, wait=60)
    browser.until("VK.page.state.hasTexts", 30)
    yield browser
    assert browser.complaints() == []
    assert browser.requests() == []
    browser.window()


def test_a_click_opens_the_note_under_the_pointer(large):
    large.click_at(*large.point("Note 4300"))
    large.until("VK.page.state.selected >= 0")
    assert large.selected() == "Note 4300"
    large.until("document.querySelector('#card').innerText.includes('It speaks of topic 4300')")


def test_full_text_search_by_keyboard_opens_the_note(large):
    large.keys("/")
    large.keys("quetzalcoatlus")
    large.until("VK.page.state.found.length === 1")
    large.keys(ENTER)
    large.until("VK.page.state.selected >= 0")
    assert large.selected() == "Note 4321"
    large.run("history.back()")
    large.until("VK.page.state.selected < 0")


def test_a_tap_opens_a_note_on_a_phone(browser, html):
    browser.window(390, 844, 2, mobile=True)
    browser.open(html, "#folder=044", wait=60)
    x, y = browser.point("Note 4400")
    for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
        browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    browser.until("VK.page.state.selected >= 0")
    assert browser.selected() == "Note 4400"
    browser.window()


def test_changes_narrow_the_map(large):
    large.run("document.getElementById('only-changes').click()")
    large.until("VK.page.stage.state.shown.reduce((a, b) => a + b, 0) < 1000")
    assert len(large.shown()) == 500
    rows = large.run("return [...document.querySelectorAll('.change')].map((one) => one.querySelectorAll('li').length)")
    assert rows == [1, 300]
    assert large.run("return document.querySelector('#panel .change:nth-of-type(2) .hint')?.textContent") == "200 more"
