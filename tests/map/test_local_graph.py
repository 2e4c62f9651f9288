"""The local graph that pyvis' vis-network draws: by pointer, keyboard and touch."""

from __future__ import annotations

import pytest
from vaults import TEXTS, crowded, overlay, page_of

from vaultkit.map.local_graph import options, vis_script

pytestmark = pytest.mark.browser
ENTER, ESCAPE, RIGHT = "\ue007", "\ue00c", "\ue014"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
FAMILY = {
    "Child.md": "---\nup: '[[Parent]]'\n---\n[[Friend]] ![[shot.png]]",
    "Parent.md": "---\nup: '[[Grandparent]]'\n---\n",
    "Grandparent.md": "",
    "Friend.md": "[[Far]]",
    "Far.md": "[[Farther]]",
    "Farther.md": "",
    "shot.png": None,
}


def open_around(browser, label: str, files=FAMILY, fragment: str = "") -> None:
    browser.open(page_of(files, overlay(thumbs={"shot.png": PIXEL} if files is FAMILY else {})), fragment)
    browser.run("VK.page.select(VK.page.model.labels.indexOf(arguments[0]), {})", label)
    browser.keys("l")
    browser.until("VK.page.local() !== null")
    browser.settle(1.2)


def place(browser, label: str) -> list[float]:
    """Where on the screen a node of the local graph comes to rest."""
    before = _place(browser, label)
    for _ in range(40):
        browser.settle(0.1)
        now = _place(browser, label)
        if abs(now[0] - before[0]) + abs(now[1] - before[1]) < 0.5:
            return now
        before = now
    return before


def _place(browser, label: str) -> list[float]:
    return browser.run(
        "const n = VK.page.local(), i = VK.page.model.labels.indexOf(arguments[0]), at = n.canvasToDOM(n.getPositions([i])[i]),"
        "b = document.querySelector('#local .graph').getBoundingClientRect(); return [b.left + at.x, b.top + at.y]",
        label,
    )


def listed(browser) -> set[str]:
    return set(browser.run("return VK.page.local().body.data.nodes.getIds().map((i) => VK.page.model.labels[i])"))


def test_pyvis_gives_the_options_and_the_library():
    assert options()["physics"]["barnesHut"]["springLength"] == 125
    assert "vis-network" in vis_script()[:400]


def test_it_is_laid_out_anew_with_arrows_names_and_pictures(browser):
    open_around(browser, "Child")
    assert listed(browser) == {"Child", "Parent", "Friend", "shot.png"}
    edges = browser.run(
        "const l = VK.page.model.labels; return VK.page.local().body.data.edges.get().map((e) => [l[e.from], l[e.to], e.label, e.arrows])"
    )
    assert ["Child", "Parent", "up", "to"] in edges
    shapes = dict(
        browser.run("return VK.page.local().body.data.nodes.get().map((n) => [VK.page.model.labels[n.id], n.shape])")
    )
    assert shapes["shot.png"] == "custom", "the page draws it"
    across = [place(browser, label)[0] for label in ("Child", "Parent", "Friend", "shot.png")]
    assert max(across) - min(across) > 80, "it fills the window"
    assert browser.run("return document.getElementById('stage').style.visibility") == "hidden"
    assert browser.requests() == []
    assert browser.complaints() == []


def test_no_tab_stop_without_a_name(browser):
    open_around(browser, "Child")
    assert browser.run("return [...document.querySelectorAll('#local [tabindex]')].map((e) => e.className)") == []
    assert browser.element("#local").get_attribute("aria-label") == "Local graph"


def test_it_is_dragged_pinned_and_freed(browser):
    open_around(browser, "Child")
    x, y = place(browser, "Friend")
    browser.mouse("mousePressed", x, y, button="left", clickCount=1)
    for step in range(1, 8):
        browser.mouse("mouseMoved", x - 12 * step, y + 4 * step, button="left", buttons=1)
    browser.mouse("mouseReleased", x - 84, y + 28, button="left", clickCount=1)
    browser.settle(0.6)
    moved = place(browser, "Friend")
    assert abs(moved[0] - x + 84) < 12
    fixed = "return VK.page.local().body.data.nodes.get(VK.page.model.labels.indexOf('Friend')).fixed"
    assert browser.run(fixed) is True
    assert browser.said() == "Friend is pinned"
    browser.mouse("mousePressed", *moved, button="right", clickCount=1)
    browser.mouse("mouseReleased", *moved, button="right", clickCount=1)
    browser.settle(0.3)
    assert browser.run(fixed) is False


def test_a_click_chooses_and_a_double_click_opens_its_links(browser):
    open_around(browser, "Child")
    browser.click_at(*place(browser, "Friend"))
    browser.settle(0.6)
    assert browser.selected() == "Friend"
    assert browser.element("#card h2").text == "Friend"
    browser.settle(0.6)
    browser.click_at(*place(browser, "Friend"), times=2)
    browser.until("VK.page.local().body.data.nodes.length === 5")
    assert "Far" in listed(browser)
    assert "Far" in browser.shown(), "the list knows of it, too"
    assert "open=Friend.md" in browser.run("return location.hash")


def test_it_is_walked_by_keyboard(browser):
    open_around(browser, "Child")
    browser.run("document.getElementById('local').focus()")
    before = browser.run("return VK.page.local().getViewPosition().x")
    browser.keys(RIGHT)
    browser.settle(0.3)
    assert browser.run("return VK.page.local().getViewPosition().x") > before
    scale = browser.run("return VK.page.local().getScale()")
    browser.keys("+")
    assert browser.run("return VK.page.local().getScale()") == pytest.approx(scale * 1.4, rel=0.02)
    browser.keys("]")
    browser.until("VK.page.local().body.data.nodes.length >= 6")
    assert {"Grandparent", "Far"} <= listed(browser)
    browser.keys("[")
    browser.until("VK.page.local().body.data.nodes.length === 4")
    browser.keys(ENTER)
    assert browser.run("return document.activeElement.closest('#card') !== null")
    browser.keys(ESCAPE, ESCAPE)
    browser.until("VK.page.local() === null")
    assert browser.run("return document.getElementById('stage').style.visibility") == ""
    assert "Farther" in browser.shown()


def test_layers_put_parents_above(browser):
    open_around(browser, "Child", fragment="")
    browser.keys("]")
    browser.until("VK.page.local().body.data.nodes.length >= 6")
    browser.run("[...document.querySelectorAll('#local button')].find((b) => b.textContent === 'Layers').click()")
    browser.settle(1)
    heights = [place(browser, label)[1] for label in ("Grandparent", "Parent", "Child", "Friend")]
    assert heights == sorted(heights) and len(set(heights)) == 4


def test_a_tap_chooses(browser):
    browser.window(390, 844, 2, mobile=True)
    browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        open_around(browser, "Child")
        browser.run("document.querySelector('#card .close').click()")
        browser.settle(1)
        x, y = place(browser, "Friend")
        for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
            browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        browser.until("VK.page.model.labels[VK.page.state.selected] === 'Friend'")
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
        browser.window()


def test_a_large_one_stays_on_the_map(browser):
    files = crowded()
    browser.open(page_of(files), "#local=Index.md&depth=1")
    browser.settle(0.5)
    assert browser.run("return VK.page.local()") is None
    assert len(browser.shown()) > 300


def test_back_leaves_it(browser):
    open_around(browser, "Child")
    browser.driver.back()
    browser.until("VK.page.local() === null")


def test_reduced_motion_has_no_swinging(browser):
    browser.media(prefers_reduced_motion="reduce")
    try:
        open_around(browser, "Child")
        one = place(browser, "Friend")
        browser.settle(0.4)
        assert place(browser, "Friend") == one
    finally:
        browser.media()


def test_its_picture_is_saved(browser):
    open_around(browser, "Alpha", TEXTS)
    browser.run("window.saved = []; VK.exports.save = (name, blob) => saved.push([name, blob.type, blob.size])")
    browser.run("[...document.querySelectorAll('#panel button')].find((b) => b.textContent === 'PNG').click()")
    browser.until("saved.length === 1")
    name, kind, size = browser.run("return saved[0]")
    assert (name, kind) == ("Test vault.png", "image/png") and size > 3000
