"""The page in a browser: each feature by keyboard and by pointer, both renderers, no network, hostile words."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from vaults import FINDING, HOSTILE, HOSTILE_TEXTS, PAINTED, SCRIPT, TEXTS, overlay, page_of

pytestmark = pytest.mark.browser
ESCAPE, ENTER, TAB, DOWN, LEFT = "\ue00c", "\ue007", "\ue004", "\ue015", "\ue012"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@pytest.fixture(scope="module", params=["pyvis", "canvas"])
def renderer(request):
    return request.param


@pytest.fixture
def page(browser, renderer):
    browser.open(page_of(TEXTS, PAINTED, renderer))
    return browser


def drawn_pixels(page) -> int:
    """How many pixels of the renderer's picture are not paper."""
    return page.run(
        """const canvas = [...document.querySelectorAll('#layer canvas')].find((c) => !c.hidden);
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let n = 0; for (let i = 3; i < data.length; i += 4) n += data[i] > 90; return n;"""
    )


def test_the_first_picture_is_whole_and_asks_nobody(page):
    assert drawn_pixels(page) > 400
    assert page.requests() == []
    assert page.complaints() == []
    assert "6 notes" in page.element("#panel .summary").text


def test_ready_means_drawn_and_listening(browser, renderer):
    """In the very moment in which the page says that it is ready, it has its picture and answers pointer, keys and search."""
    watch = """new MutationObserver((seen, observer) => {
      if (!document.documentElement?.dataset.vaultkitReady || window.atReady) return;
      observer.disconnect();
      const p = VK.page, root = document.getElementById('stage'), search = document.getElementById('search');
      const canvas = [...document.querySelectorAll('#layer canvas')].find((c) => !c.hidden);
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      window.atReady = { pixels: data.filter((v, i) => i % 4 === 3 && v > 90).length };
      const [clientX, clientY] = p.stage.screen(p.model.labels.indexOf('Alpha'));
      for (const type of ['pointermove', 'pointerdown', 'pointerup']) {
        root.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, button: 0, bubbles: true }));
      }
      atReady.card = document.querySelector('#card h2')?.textContent;
      search.value = 'gam';
      search.dispatchEvent(new Event('input'));
      atReady.found = document.getElementById('results').textContent;
      const before = p.stage.state.view.x;
      root.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
      atReady.moved = p.stage.state.view.x !== before;
    }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-vaultkit-ready'] });
    Element.prototype.setPointerCapture = () => {};"""
    script = browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": watch})
    try:
        browser.open(page_of(TEXTS, PAINTED, renderer))
    finally:
        browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    seen = browser.run("return window.atReady")
    assert seen.pop("pixels") > 400
    assert seen == {"card": "Alpha", "found": "Gamma", "moved": True}


def test_labels_follow_the_map_while_it_moves(page):
    page.settle()
    placed = "return VK.page.stage.state.placed.map((l) => [l.text, Math.round(l.x)])"
    before = page.run(placed)
    page.run("VK.page.stage.pan(30, 0)")
    page.run("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert "-30px" in page.run("return document.getElementById('overlay').style.transform"), "shifted, not drawn anew"
    page.settle()
    assert page.run("return document.getElementById('overlay').style.transform") == ""
    assert ["Alpha", dict(before)["Alpha"] - 30] in page.run(placed)


def test_pictures_and_tags_wait_until_they_are_asked_for(page):
    assert "picture.png" not in page.shown()
    assert {"Home", "Not there", "Pasted image 20240131235959.png", "Board.canvas"} <= set(page.shown())


def test_a_click_opens_the_card_and_escape_closes_it(page):
    page.click_at(*page.point("Alpha"))
    card = page.element("#card")
    assert card.is_displayed()
    for words in (
        "Alpha",
        "Also: First",
        "The first words of alpha",
        "4 cards, 1 with an empty side",
        "Headings",
        "3 backlinks",
    ):
        assert words in card.text
    link = page.element("#card a.open").get_attribute("href")
    assert link == "obsidian://open?vault=Test%20vault&file=Alpha.md"
    page.keys(ESCAPE)
    assert page.selected() is None
    assert not card.is_displayed()


def test_the_pointer_shows_what_it_is_over(page):
    page.mouse("mouseMoved", *page.point("Gamma"))
    page.settle(0.2)
    assert page.run("return VK.page.model.labels[VK.page.stage.state.hovered]") == "Gamma"
    assert page.run("return document.getElementById('layer').classList.contains('faded')")


def test_dragging_and_the_wheel_move_the_map(page):
    before = page.view()
    page.mouse("mousePressed", 700, 90, button="left", clickCount=1)
    for x in (680, 640, 600):
        page.mouse("mouseMoved", x, 90, button="left")
    page.mouse("mouseReleased", 600, 90, button="left", clickCount=1)
    dragged = page.view()
    assert dragged["x"] > before["x"]
    assert page.selected() is None, "a drag is no click"
    page.mouse("mouseWheel", 700, 400, deltaX=0, deltaY=-240)
    page.settle(0.3)
    assert page.view()["k"] > dragged["k"]


def test_keys_move_the_map(page):
    before = page.view()
    page.run("document.getElementById('stage').focus()")
    page.keys(LEFT)
    page.keys("+")
    page.settle()
    after = page.view()
    assert after["x"] < before["x"]
    assert after["k"] > before["k"]
    page.keys("0")
    page.settle()
    assert page.view()["k"] == pytest.approx(before["k"], rel=0.05)


def test_search_as_you_type(page):
    page.keys("/", "gam")
    assert page.element("#results").text == "Gamma"
    assert page.run("return [...VK.page.stage.state.emphasis.nodes].map((i) => VK.page.model.labels[i])") == ["Gamma"]
    page.keys(ENTER)
    assert page.selected() == "Gamma"
    page.keys(ESCAPE)
    page.run("document.getElementById('stage').focus()")
    page.keys(ESCAPE)
    assert page.element("#search").get_attribute("value") == ""


@pytest.mark.parametrize(
    ("query", "expected"),
    [("first", ["Alpha"]), ("#topic", ["Alpha", "Beta"]), ("path:deep", ["Gamma", "Delta", "Lone"]), ("is:orphan", ["Lone"]), ("is:finding", ["Home", "Beta"]), ("zzz", [])],
)  # fmt: skip
def test_what_search_understands(browser, query, expected):
    browser.open(page_of(TEXTS, PAINTED, "canvas"))
    browser.keys("/", query)
    rows = [row.text for row in browser.driver.find_elements("css selector", "#results .row")]
    assert sorted(rows) == sorted(expected)


def test_findings_are_stepped_through_worst_first(page):
    seen = []
    for _ in range(4):
        page.keys("n")
        page.settle(0.1)
        seen.append(page.selected())
    assert seen == ["Beta", "Home", "Beta", "Beta"]
    assert page.said() == "Finding 1 of 3: error, [[Not there]] names no file, in Beta, line 1"
    page.keys("p")
    assert "Finding 3 of 3: info" in page.said()


def test_a_rule_narrows_the_map_to_its_notes(page):
    page.element("#panel button[title=EM001]").click()
    assert set(page.shown()) == {"Home", "Pasted image 20240131235959.png", "Board.canvas"}
    assert "rules=EM001" in page.run("return location.hash")
    page.element(".chip").click()
    assert len(page.shown()) > 6


def test_a_missing_picture_says_where_it_is_used(page):
    page.run("VK.page.select(VK.page.model.labels.indexOf('Pasted image 20240131235959.png'))")
    text = page.element("#card").text
    assert "Missing file" in text
    assert "Named in 1 place" in text
    assert "Home" in text and "line 1" in text


def test_kinds_can_be_shown_and_hidden(page):
    (box,) = [row for row in page.driver.find_elements("css selector", "label.row") if row.text.startswith("Pictures")]
    box.click()
    assert "picture.png" in page.shown()


def open_section(page, title: str) -> None:
    (summary,) = [s for s in page.driver.find_elements("css selector", "summary") if s.text.startswith(title)]
    page.run("arguments[0].scrollIntoView()", summary)
    summary.click()
    page.settle(0.1)


def test_folders_and_tags_narrow_the_map(page):
    open_section(page, "Folders")
    page.element("button[title=Deep]").click()
    assert set(page.shown()) == {"Gamma", "Delta", "Lone"}
    page.element(".chip").click()
    open_section(page, "Tags")
    (row,) = [r for r in page.driver.find_elements("css selector", ".row") if r.text.startswith("#topic/one")]
    row.click()
    assert [label for label in page.shown() if label in {"Home", "Alpha", "Beta", "Gamma"}] == ["Alpha"]


def test_local_graph_grows_by_keys(page):
    page.run("VK.page.select(VK.page.model.labels.indexOf('Delta'))")
    page.keys("l")
    assert set(page.shown()) == {"Delta", "Gamma"}
    page.keys("]")
    assert set(page.shown()) == {"Delta", "Gamma", "Alpha"}
    page.keys("[")
    page.keys(ESCAPE)
    page.keys(ESCAPE)
    assert "Home" in page.shown()


def test_a_double_click_opens_the_local_graph(page):
    page.click_at(*page.point("Delta"), times=2)
    page.settle()
    assert set(page.shown()) == {"Delta", "Gamma"}


def test_the_path_between_two_notes(page):
    open_section(page, "Path between")
    page.element("#path-from").send_keys("Home", TAB)
    page.element("#path-to").send_keys("Delta", TAB)
    assert page.element("#path-result").text.split("\n") == ["Home", "Alpha", "Gamma", "Delta"]
    assert "Path of 3 links" in page.said()
    assert "from=Home.md" in page.run("return location.hash")


def test_no_path_is_said(page):
    page.run("location.hash = 'from=Home.md&to=Deep/Lone.md'")
    page.settle()
    assert page.said() == "No path among what is shown"


def test_time_hides_what_is_younger(page):
    open_section(page, "Time")
    page.run("const i = document.getElementById('until'); i.value = 19010; i.dispatchEvent(new Event('input'))")
    assert {"Home", "Alpha"} == {label for label in page.shown() if label in {"Home", "Alpha", "Beta", "Gamma"}}


def test_the_list_is_a_way_to_the_map_without_seeing_it(page):
    open_section(page, "List")
    rows = page.driver.find_elements("css selector", "#list > li > button")
    assert rows[0].text in {"Alpha", "Beta"}, "most linked first"
    rows[0].send_keys(DOWN)
    assert page.run("return document.activeElement.textContent") == rows[1].text
    assert page.run("return VK.page.model.labels[VK.page.stage.state.focused]") == rows[1].text
    page.keys(ENTER)
    assert page.selected() == rows[1].text


def test_the_address_brings_the_same_view_back(page, renderer):
    page.run("location.hash = 'node=Deep/Gamma.md&folder=Deep&theme=dark'")
    page.settle()
    assert page.selected() == "Gamma"
    assert "Home" not in page.shown()
    assert page.run("return document.documentElement.dataset.theme") == "dark"
    page.open(page_of(TEXTS, PAINTED, renderer), "#local=Alpha.md&depth=1")
    assert "Delta" not in page.shown()
    assert "Gamma" in page.shown()


def test_named_views(browser):
    views = [{"name": "Deep things", "hash": "folder=Deep"}]
    browser.open(page_of(TEXTS, PAINTED, "canvas", start="folder=Deep", views=views), "")
    assert "Home" not in browser.shown()
    browser.open(page_of(TEXTS, PAINTED, "canvas", views=views), "#view=Deep+things")
    assert "Home" not in browser.shown()


def test_an_address_that_means_nothing_is_no_error(page):
    page.run(
        "location.hash = 'node=gone.md&folder=gone&rules=ZZ&degree=x&until=never&local=&depth=-3&communities=|&tags=,'"
    )
    page.settle()
    assert page.complaints() == []


def test_dark_and_light(page):
    before = page.run("return getComputedStyle(document.body).backgroundColor")
    page.keys("d")
    assert page.run("return getComputedStyle(document.body).backgroundColor") != before


def test_labels_never_lie_upon_each_other(page):
    page.settle()
    boxes = page.run(
        "return VK.page.stage.state.placed.map((l) => [l.x - l.width / 2, l.y, l.x + l.width / 2, l.y + l.size])"
    )
    assert len(boxes) > 3
    for at, a in enumerate(boxes):
        for b in boxes[:at]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_svg_and_png_are_made_of_what_is_visible(page):
    svg = page.run("return new XMLSerializer().serializeToString(VK.exports.drawing(VK.page.stage, VK.page.model))")
    assert svg.startswith("<svg")
    assert ">Gamma</title>" in svg
    size = page.run("const c = VK.exports.picture(VK.page.stage, VK.page.model, 1); return [c.width, c.height]")
    assert size == [1200, 800]


def test_help_lists_the_keys(page):
    page.keys("?")
    assert page.element("dialog").is_displayed()
    page.keys(ESCAPE)
    assert not page.element("dialog").is_displayed()


def test_every_control_has_a_name_and_every_id_is_unique(page):
    page.keys("n")
    nameless = page.run(
        """return [...document.querySelectorAll('button, input, select, a[href], summary, img')].filter((e) =>
        !(e.getAttribute('aria-label') || e.textContent.trim() || e.title || e.alt || (e.labels && e.labels.length)
          || e.closest('label'))).map((e) => e.outerHTML)"""
    )
    assert nameless == []
    assert (
        page.run(
            "const ids = [...document.querySelectorAll('[id]')].map((e) => e.id); return ids.length - new Set(ids).size"
        )
        == 0
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_violation(browser, renderer, theme):
    axe = Path(importlib.util.find_spec("axe_core_python").submodule_search_locations[0]) / "axe.min.js"
    browser.open(page_of(TEXTS, PAINTED, renderer), f"#theme={theme}")
    browser.keys("n")
    browser.run("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    browser.settle()
    browser.run(axe.read_text(encoding="utf-8"))
    found = browser.driver.execute_async_script("axe.run(document).then((r) => arguments[0](r.violations))")
    assert [(v["impact"], v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("texts", [{}, {"One.md": ""}], ids=["no note", "one note"])
def test_next_to_empty_vaults(browser, renderer, texts):
    browser.open(page_of(texts, renderer=renderer))
    assert browser.complaints() == []
    expected = "This vault has no notes yet." if not texts else "1 note · 0 links"
    assert browser.element("#panel .summary").text == expected


def test_hostile_words_run_nothing(browser, renderer):
    paint = overlay(
        findings={
            f"{HOSTILE}.md": [{**FINDING, "code": SCRIPT, "name": SCRIPT, "message": SCRIPT + HOSTILE}],
            f"{HOSTILE}2.md": [{**FINDING, "message": "</script><script>window.hacked=1</script>"}],
        },
        cards={f"{HOSTILE}.md": {"cards": 2, "cards_empty": 2}},
        previews=HOSTILE_TEXTS,
        headings={f"{HOSTILE}.md": [[1, SCRIPT]]},
        thumbs={f"{SCRIPT}.png": PIXEL},
        notes=(SCRIPT,),
        times={f"{HOSTILE}.md": 1, f"{HOSTILE}2.md": 2},
    )
    html = page_of(HOSTILE_TEXTS, paint, renderer, views=[{"name": SCRIPT, "hash": f"q={SCRIPT}"}])
    browser.open(html, f"#q={SCRIPT}&folder={SCRIPT}&view={SCRIPT}")
    browser.run("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    browser.run("location.hash = ''")
    browser.settle()
    count = browser.run("return VK.page.model.count")
    for node in range(count):
        browser.run("VK.page.select(arguments[0], { centre: true })", node)
        hrefs = browser.run("return [...document.querySelectorAll('a[href]')].map((a) => a.href)")
        assert all(href.startswith("obsidian://open?") for href in hrefs)
    browser.keys("n")
    browser.run("document.querySelectorAll('#panel button.row').forEach((b) => b.isConnected && b.click())")
    browser.settle()
    assert browser.run("return window.hacked") is None
    assert (
        browser.run("return document.querySelectorAll('#panel img, #card img[src=x], #panel svg[onload]').length") == 0
    )
    svg = browser.run("return new XMLSerializer().serializeToString(VK.exports.drawing(VK.page.stage, VK.page.model))")
    assert "<img" not in svg
    assert browser.requests() == []
    assert browser.complaints() == []


def test_the_policy_refuses_what_a_page_should_not_do(page):
    """The zeros above mean something: the same browser reports a request and a script that the policy refuses."""
    page.run(
        """const i = new Image(); i.src = 'https://example.invalid/x.png'; document.body.append(i);
        const d = document.createElement('div'); d.innerHTML = '<img src=data:, onerror="window.hacked=2">';
        document.body.append(d);"""
    )
    page.settle()
    assert page.run("return window.hacked") is None
    assert sum("Content Security Policy" in line for line in page.complaints()) >= 2


def test_reduced_motion_jumps(browser):
    driver = browser.driver
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    )
    try:
        browser.open(page_of(TEXTS, PAINTED, "canvas"))
        before = browser.view()["k"]
        browser.run("document.getElementById('stage').focus()")
        after = browser.run(
            "document.getElementById('stage').dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }));"
            "return VK.page.stage.state.view.k"
        )
        assert after == pytest.approx(before * 1.4)
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_saved_view_is_json_with_name_and_fragment(page):
    page.run("VK.exports.save = (name, blob) => { window.saved = { name, blob } }")
    open_section(page, "Views")
    (button,) = [b for b in page.driver.find_elements("css selector", "button") if b.text == "Save view"]
    page.run("arguments[0].click()", button)
    text = page.driver.execute_async_script("saved.blob.text().then(arguments[0])")
    assert set(json.loads(text)) == {"name", "hash"}
