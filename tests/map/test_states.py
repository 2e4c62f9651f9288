"""The page where it is looked at least: pictures saved from it, other screens, odd starts, and the keyboard in between."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path
from xml.dom import minidom

import pytest
from vaults import FINDING, NOTHING, PAINTED, TEXTS, overlay, page_of

pytestmark = pytest.mark.browser
ESCAPE, ENTER, TAB, DOWN = "\ue00c", "\ue007", "\ue004", "\ue015"
LONG = ("A title in which somebody keeps a whole thought " * 5).strip()
RTL = "שלום עולם"


def choose(page, label: str) -> None:
    page.run("VK.page.select(VK.page.model.labels.indexOf(arguments[0]), { centre: true })", label)
    page.settle()


# How far the drawing is from the picture: the share of pixels that differ clearly, and that of pixels that are not paper.
UNLIKE = """const done = arguments[0], { stage, model } = VK.page;
const pixels = (source) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 800 });
  canvas.getContext('2d').drawImage(source, 0, 0, 1200, 800);
  return canvas.getContext('2d').getImageData(0, 0, 1200, 800).data;
};
const image = new Image();
image.onload = () => {
  const a = pixels(image), b = pixels(VK.exports.picture(1));
  let unlike = 0, ink = 0;
  for (let i = 0; i < a.length; i += 4) {
    const far = (c, d) => Math.max(Math.abs(c[0] - d[0]), Math.abs(c[1] - d[1]), Math.abs(c[2] - d[2]));
    unlike += far(a.subarray(i, i + 3), b.subarray(i, i + 3)) > 60;
    ink += far(b.subarray(i, i + 3), b.subarray(0, 3)) > 60;
  }
  done([unlike / ink, ink]);
};
image.src = 'data:image/svg+xml,' + encodeURIComponent(new XMLSerializer().serializeToString(VK.exports.drawing()));"""


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "#node=Alpha.md",
        "#q=alpha",
        "#from=Home.md&to=Deep/Gamma.md",
        "#theme=dark&hide=",
        "#local=Alpha.md&colour=folder",
    ],
)
def test_the_drawing_shows_what_the_picture_shows(browser, fragment):
    browser.open(page_of(TEXTS, PAINTED), fragment)
    browser.settle()
    unlike, ink = browser.driver.execute_async_script(UNLIKE)
    assert ink > 700
    assert unlike < 0.12, "edges are smoothed otherwise; a name, a ring, a line or a badge that lacks is more"


def drawing(page) -> minidom.Document:
    return minidom.parseString(page.run("return new XMLSerializer().serializeToString(VK.exports.drawing())"))


def texts_of(page) -> set[str]:
    return {text.firstChild.data for text in drawing(page).getElementsByTagName("text")}


def test_a_drawing_is_well_formed_whatever_the_names(browser):
    names = {"a\x01b.md": "[[c & <d>]] [[e\ufffe]]", f"{RTL}.md": "", f"{LONG}.md": f"[[{RTL}]]"}
    browser.open(page_of(names))
    browser.settle()
    words = texts_of(browser)
    assert {"a\ufffdb", RTL} <= words
    turned = [text for text in drawing(browser).getElementsByTagName("text") if text.firstChild.data == RTL]
    assert turned[0].getAttribute("direction") == "rtl"


def test_a_drawing_has_no_colours_that_only_this_system_has(page):
    page.media(forced_colors="active")
    page.settle(0.3)
    document = drawing(page)
    colours = {path.getAttribute(key) for path in document.getElementsByTagName("path") for key in ("fill", "stroke")}
    assert all(colour in ("", "none") or colour.startswith(("#", "rgba(")) for colour in colours), colours


def test_labels_that_are_off_are_off_in_the_drawing(page):
    assert "Gamma" in texts_of(page)
    page.keys("t")
    page.settle(0.2)
    assert not texts_of(page) & {"Gamma", "Alpha", "Home"}


def test_a_saved_picture_has_no_gap_where_the_panel_was(page):
    """Nor what only passes by: the node under the pointer."""
    page.run(
        "VK.page.stage.moveTo(...['x', 'y'].map((k) => VK.page.model[k][VK.page.model.labels.indexOf('Home')]), 1, { fly: false })"
    )
    page.run("const { view } = VK.page.stage.state; VK.page.stage.pan(view.width / 2 - 150, 0)")
    page.settle(0.3)
    x, _ = page.point("Home")
    assert x == pytest.approx(150, abs=1)
    assert "Home" not in page.run("return VK.page.stage.state.placed.map((l) => l.text)")
    assert "Home" in texts_of(page)
    page.run("const { stage, model } = VK.page; stage.state.hovered = model.labels.indexOf('Home'); stage.invalidate()")
    page.settle(0.2)
    assert page.run("return document.getElementById('layer').classList.contains('faded')")
    assert drawing(page).getElementsByTagName("g")[0].getAttribute("opacity") == ""


def test_a_large_node_at_the_edge_is_in_the_picture(browser):
    texts = {f"{group}{at}.md": f"[[{group}{(at + 1) % 40}]] [[{group}0]]" for group in "ab" for at in range(40)}
    browser.open(page_of(texts, foldAbove=30))
    browser.settle()
    centre = browser.run(
        """const { stage, model } = VK.page, at = model.count - 1, k = 2;
        stage.moveTo(model.x[at] - 600 / k - 40, model.y[at], k, { fly: false });
        return VK.exports.picture(1).getContext('2d').getImageData(1199, 400, 1, 1).data[2] -
          VK.exports.picture(1).getContext('2d').getImageData(0, 0, 1, 1).data[2];"""
    )
    assert abs(centre) > 20


def test_print_without_waiting_has_the_map(browser, tmp_path):
    """A headless browser prints in the moment in which the page is there."""
    file, sheet = tmp_path / "print.html", tmp_path / "print.pdf"
    file.write_text(page_of(TEXTS, PAINTED), encoding="utf-8")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    subprocess.run([chromium, *flags, f"--print-to-pdf={sheet}", file.as_uri()], check=True, capture_output=True)
    assert sheet.read_bytes().count(b"/Image") >= 1


@pytest.mark.parametrize("ratio", [1, 2])
def test_another_screen_has_other_pixels(page, ratio):
    for each in (3 - ratio, ratio):
        page.window(ratio=each)
        page.run("VK.page.stage.pan(1, 0)")  # an emulated screen tells nobody that it came
        page.settle()
    page.until(f"document.getElementById('overlay').width === {1200 * ratio}")
    page.until(
        "(() => { const c = [...document.querySelectorAll('#layer canvas')].find((c) => !c.hidden); "
        f"return Math.abs(c.width - c.clientWidth * {ratio}) <= 1; }})()"
    )


def test_a_map_that_was_all_in_sight_stays_so_in_a_smaller_window(page):
    page.window(500, 700)
    page.settle()
    places = page.run(
        "const p = VK.page; return Array.from(p.model.labels, (_, i) => p.stage.state.shown[i] ? p.stage.screen(i)[0] : 1)"
    )
    assert all(0 < x < 500 for x in places)
    page.run("VK.page.stage.zoom(1.3)")
    before = page.view()["k"]
    page.window(900, 700)
    page.settle(0.2)
    assert page.view()["k"] == before, "a place that was sought is kept"


def test_what_comes_before_the_page_is_read_breaks_nothing(browser):
    """A page that opens at a note waits for its end; keys, pointer and window do not."""
    html = page_of(TEXTS, PAINTED)
    middle = html.index('id="details-data"')
    file = browser.folder / "empty.html"
    file.write_text("<!doctype html>", encoding="utf-8")
    browser.driver.get("about:blank")
    browser.driver.get(file.as_uri() + "#node=Alpha.md")
    browser.driver.get_log("browser")
    browser.run("document.open(); document.write(arguments[0])", html[: middle + 40])
    browser.keys("n", "d", "+", "/")
    browser.click_at(600, 400)
    browser.window(1100, 700)
    browser.settle(0.3)
    browser.run(
        "dispatchEvent(new Event('beforeprint')); document.write(arguments[0]); document.close()", html[middle + 40 :]
    )
    try:
        browser.until("document.documentElement.dataset.vaultkitReady")
        browser.until("!document.getElementById('tools').hidden")
        assert browser.selected() == "Alpha"
        assert "The first words of alpha" in browser.element("#card").text
        assert browser.complaints() == []
    finally:
        browser.window()


def test_a_note_that_was_chosen_too_soon_gets_its_words(browser):
    html = page_of(TEXTS, PAINTED)
    middle = html.index('id="details-data"') + 40
    file = browser.folder / "empty.html"
    file.write_text("<!doctype html>", encoding="utf-8")
    browser.driver.get("about:blank")
    browser.driver.get(file.as_uri())
    browser.run("document.open(); document.write(arguments[0])", html[:middle])
    browser.until("Boolean(globalThis.VK?.page)")
    choose(browser, "Alpha")
    browser.run("document.querySelector('#card h2').focus()")
    assert "first words" not in browser.element("#card").text
    browser.run("document.write(arguments[0]); document.close()", html[middle:])
    browser.until("document.getElementById('card').textContent.includes('The first words of alpha')")
    assert browser.run("return document.activeElement.tagName") == "H2"


def test_a_day_in_the_address_is_said_in_the_panel(browser):
    browser.open(page_of(TEXTS, PAINTED), "#until=2022-01-18")
    assert browser.run("return document.querySelector('label[for=until]').textContent") == "Until 2022-01-18"


def test_search_stands_out_again_when_the_card_closes(page):
    page.element("#search").send_keys("file:alpha", ENTER)
    page.settle()
    assert page.selected() == "Alpha"
    page.keys(ESCAPE)
    page.settle(0.2)
    assert page.selected() is None
    assert page.run("return [...VK.page.stage.emphasised().nodes].map((i) => VK.page.model.labels[i])") == ["Alpha"]


def test_a_path_by_keyboard_alone(page):
    choose(page, "Home")
    page.run("[...document.querySelectorAll('#card button')].find((b) => b.textContent === 'Path from here').focus()")
    page.keys(ENTER)
    page.keys("/")
    page.keys("gamma", DOWN, ENTER)
    assert page.element("#path-result").text.split("\n") == ["Home", "Alpha", "Gamma"]
    page.run("[...document.querySelectorAll('#panel button')].find((b) => b.textContent === 'Clear').focus()")
    page.keys(ENTER)
    assert page.run("return document.activeElement.closest('details')?.textContent.startsWith('Path')"), (
        "its place is kept"
    )
    page.run("[...document.querySelectorAll('#panel button')].find((b) => b.textContent === 'Pick').focus()")
    page.keys(ENTER)
    assert page.run("return document.activeElement.textContent") == "Pick"


def test_the_panel_knows_what_is_chosen_on_the_map(page):
    button = "[...document.querySelectorAll('#panel button')].find((b) => b.textContent.startsWith('Local graph'))"
    assert page.run(f"return {button}.disabled")
    page.click_at(*page.point("Gamma"))
    assert not page.run(f"return {button}.disabled")
    page.run(f"{button}.click()")
    page.settle()
    assert set(page.shown()) == {"Gamma", "Delta", "Alpha", "picture.png"}


def test_the_keyboard_keeps_its_place_when_the_theme_changes(page):
    choose(page, "Alpha")
    page.run("document.querySelector('#card .close').focus()")
    page.keys("d")
    assert page.run("return document.activeElement.className") == "close"


def test_pictures_are_opened_by_key(browser):
    pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    browser.open(page_of(TEXTS, overlay(thumbs={"Deep/picture.png": pixel})))
    choose(browser, "Gamma")
    browser.run("document.querySelector('#card .picture').focus()")
    browser.keys(ENTER)
    assert browser.selected() == "picture.png"


def test_a_vault_of_pictures_shows_them(browser):
    browser.open(page_of({"a.png": None, "b.png": None}))
    assert browser.shown() == ["a.png", "b.png"]
    assert browser.run("return location.hash") == ""


def test_what_was_hidden_comes_into_sight_when_nothing_else_was(browser):
    browser.open(page_of({"One.md": "![[a.png]]", "a.png": None}), "#hide=note,image")
    assert browser.shown() == []
    browser.run("VK.page.stage.moveTo(9000, 9000, 1, { fly: false })")
    browser.run("[...document.querySelectorAll('label.row')].find((l) => l.textContent.startsWith('Pictures')).click()")
    browser.settle()
    x, y = browser.point("a.png")
    assert 306 < x < 1200
    assert 0 < y < 800


def test_tags_count_the_notes_below_them_and_nothing_else_is_said(page):
    page.run("[...document.querySelectorAll('summary')].find((s) => s.textContent.startsWith('Tags')).click()")
    page.until("document.querySelectorAll('details[open]').length === 3")
    body = page.run(
        "return [...document.querySelectorAll('details')].find((d) => d.textContent.startsWith('Tags')).querySelector('.body').innerText"
    )
    assert body.split("\n") == ["#topic", "2", "#topic/one", "1"]


def test_a_title_as_long_as_a_page_stays_in_sight(browser):
    browser.open(page_of({f"{LONG}.md": "[[b]]", "b.md": ""}))
    choose(browser, LONG)
    browser.keys("l")
    browser.settle()
    (left, right) = browser.run(
        "const l = VK.page.stage.state.placed.find((l) => l.bold); return [l.x - l.width / 2, l.x + l.width / 2]"
    )
    card = browser.run("return document.getElementById('card').getBoundingClientRect().left")
    assert 306 < left < right < card
    assert browser.element("#panel .chip").size["height"] < 30


@pytest.mark.parametrize("state", ["panel", "card", "dialog"])
def test_axe_finds_no_serious_violation_in_a_small_window(browser, state):
    axe = Path(importlib.util.find_spec("axe_core_python").submodule_search_locations[0]) / "axe.min.js"
    browser.window(390, 780, 2, mobile=True)
    try:
        browser.open(page_of(TEXTS, PAINTED))
        if state != "card":
            browser.element("#panel .more").click()
        if state != "panel":
            choose(browser, "Beta")
        if state == "dialog":
            browser.keys("?")
            below = browser.run("return document.getElementById('card').getBoundingClientRect().top")
            assert browser.run("return document.getElementById('panel').getBoundingClientRect().bottom") < below
        browser.settle()
        browser.run(axe.read_text(encoding="utf-8"))
        found = browser.driver.execute_async_script("axe.run(document).then((r) => arguments[0](r.violations))")
    finally:
        browser.window()
    assert [(v["impact"], v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_cards_that_are_all_empty_and_dates_that_are_missing(browser):
    paint = overlay(cards={"One.md": {"cards": 2, "cards_empty": 2}}, findings={"One.md": [FINDING]})
    for given in (paint, NOTHING):
        browser.open(page_of({"One.md": "", "Two.md": "[[One]]"}, given))
        choose(browser, "One")
        assert browser.complaints() == []
        assert not browser.driver.find_elements("css selector", "#until")
    assert "2 empty" not in browser.element("#panel").text


def test_a_served_page_that_loads_anew_looks_where_it_looked(browser):
    html = page_of(TEXTS, PAINTED).replace("<html ", '<html data-version="1" ', 1)
    browser.open(html, "#q=alpha")
    browser.run("document.querySelector('details').open = false; VK.page.stage.zoom(1.7); VK.page.stage.pan(40, 30)")
    before = browser.view()
    browser.run("VK.page.remember()")
    browser.driver.refresh()
    browser.until("document.getElementById('tools') && !document.getElementById('tools').hidden")
    assert browser.view() == before
    assert not browser.run("return document.querySelector('details').open")
    browser.driver.refresh()
    browser.until("document.getElementById('tools') && !document.getElementById('tools').hidden")
    assert browser.view() != before, "once only"


def test_a_search_tells_of_what_is_hidden(page):
    page.element("#search").send_keys("kind:image")
    assert page.element("#results").text == "No match among what is shown; 1 match is hidden."
    page.element("#search").send_keys(" zzz")
    assert page.element("#results").text == "No match."


def test_a_ghost_stays_as_large_when_it_stands_out(page):
    """The renderer's picture and the overlay's lie upon each other."""
    across = """const { stage, model } = VK.page, at = model.labels.indexOf('Pasted image 20240131235959.png');
    const canvas = [...document.querySelectorAll('#layer canvas')].find((c) => !c.hidden);
    const box = canvas.getBoundingClientRect(), scale = canvas.width / box.width;
    const [x, y] = stage.screen(at), far = Math.round(model.radius[at] * stage.state.view.k * 1.25 * scale);
    const { data } = canvas.getContext('2d').getImageData(Math.round((x - box.left) * scale) - far, Math.round((y - box.top) * scale) - 2, far, 4);
    for (let column = 0; column < far; column++) {
      for (let row = 0; row < 4; row++) if (data[(row * far + column) * 4 + 3] > 90) return (far - column) / scale / (model.radius[at] * stage.state.view.k);
    }"""
    page.settle()
    assert page.run(across) == pytest.approx(0.89, abs=0.06), "half the side, its line included, of the radius"
