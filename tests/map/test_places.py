"""Choosing, moving and filtering on maps with the traits of real vaults: many notes, dense topics, many findings."""

from __future__ import annotations

import pytest
from vaults import FINDING, TEXTS, crowded, noticed, overlay, page_of

pytestmark = pytest.mark.browser
ENTER, ESCAPE, RIGHT = "\ue007", "\ue00c", "\ue014"

# Boxes of what covers the map, and where a node is.
IN_SIGHT = """const p = VK.page, node = p.model.labels.indexOf(arguments[0]);
const [x, y] = p.stage.screen(node), covers = (e) => {
  const b = document.getElementById(e).getBoundingClientRect();
  return !document.getElementById(e).hidden && x > b.left - 4 && x < b.right + 4 && y > b.top - 4 && y < b.bottom + 4;
};
return x > 0 && y > 0 && x < innerWidth && y < innerHeight && !covers('card') && !covers('panel') && !covers('tools');"""
# The most linked notes in view without a name, of twenty.
NAMELESS = """const { stage, model } = VK.page, { view, shown, placed } = stage.state;
const named = new Set(placed.map((l) => l.node));
const inView = [...model.order].filter((i) => {
  const [x, y] = stage.screen(i);
  return shown[i] && model.kind[i] === 0 && x > 320 && y > 20 && x < view.width - 20 && y < view.height - 20;
}).sort((a, b) => model.degreeIn[b] + model.degreeOut[b] - model.degreeIn[a] - model.degreeOut[a]).slice(0, 20);
return inView.filter((i) => !named.has(i)).length;"""


@pytest.fixture(scope="module")
def html() -> str:
    files = crowded()
    return page_of(files, noticed(files))


@pytest.fixture
def crowd(browser, html):
    browser.window(1440, 900)
    browser.open(html)
    browser.settle()
    yield browser
    browser.window()


def rightmost(page) -> str:
    """The note that is farthest to the right."""
    return page.run(
        "const p = VK.page; return p.model.labels[[...p.model.order].filter((i) => p.stage.state.shown[i] && p.model.kind[i] === 0)"
        ".sort((a, b) => p.model.x[b] - p.model.x[a])[0]]"
    )


def test_the_clicked_note_comes_out_from_under_the_card(crowd):
    label = rightmost(crowd)
    crowd.click_at(*crowd.point(label))
    assert crowd.selected() == label
    crowd.settle()
    assert crowd.run(IN_SIGHT, label)


def test_a_note_in_sight_moves_nothing(crowd):
    before = crowd.view()
    label = crowd.run(
        "const p = VK.page; return p.model.labels[[...p.model.order].find((i) => p.model.kind[i] === 0 && p.stage.screen(i)[0] > 400 "
        "&& p.stage.screen(i)[0] < 800 && p.stage.screen(i)[1] > 200 && p.stage.screen(i)[1] < 700)]"
    )
    crowd.click_at(*crowd.point(label))
    crowd.settle()
    assert (crowd.view()["x"], crowd.view()["y"]) == (before["x"], before["y"])


def test_the_tapped_note_stays_in_sight_on_a_telephone(browser, html):
    browser.window(390, 844, 2, mobile=True)
    try:
        browser.open(html)
        browser.settle()
        label = browser.run(
            "const p = VK.page; return p.model.labels[[...p.model.order].filter((i) => p.model.kind[i] === 0)"
            ".sort((a, b) => p.stage.screen(b)[1] - p.stage.screen(a)[1])[40]]"
        )
        x, y = browser.point(label)
        for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
            browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        browser.settle(0.8)
        assert browser.selected() is not None
        assert browser.run(IN_SIGHT, browser.selected())
    finally:
        browser.window()


def test_keys_work_after_a_click(crowd):
    crowd.click_at(420, 40)
    before = crowd.view()["x"]
    crowd.keys(RIGHT)
    assert crowd.view()["x"] > before
    crowd.click_at(*crowd.point("river 0"))
    crowd.keys(ENTER)
    assert crowd.run("return document.activeElement.closest('#card') !== null")


def test_no_ring_round_the_window_after_a_click(crowd):
    ring = "return getComputedStyle(document.getElementById('stage'), '::after').content"
    crowd.click_at(420, 40)
    assert crowd.run(ring) == "none"
    crowd.keys(RIGHT)
    assert crowd.run(ring) != "none", "the keyboard shows where it is"


@pytest.mark.parametrize(
    ("fragment", "kept"),
    [
        pytest.param("rules=ST001", {"note"}, id="a rule"),
        pytest.param("tags=%23river", {"note"}, id="a tag"),
        pytest.param("only=path:river", {"note"}, id="a query"),
        pytest.param("not=path:river", {"note", "base"}, id="all but what a query names"),
        pytest.param("folder=river", {"note"}, id="a folder"),
    ],
)
def test_a_filter_leaves_only_what_it_names(browser, html, fragment, kept):
    browser.open(html, f"#{fragment}")
    browser.until("VK.page.state.hasTexts")
    kinds = "const p = VK.page; return [...new Set([...p.model.kind].filter((_, i) => p.stage.state.shown[i]))]"
    names = ["note", "unresolved", "image", "pdf", "audio", "video", "other", "missing", "canvas", "base", "tag"]
    assert {names[kind] for kind in browser.run(kinds)} == kept
    shown = browser.shown()
    if fragment.startswith("not"):
        assert "river 3" not in shown and "engine 3" in shown
    elif "rules" not in fragment:
        assert "river 3" in shown and "engine 3" not in shown


def test_orphans_are_left_out_and_come_back(crowd):
    crowd.run("[...document.querySelectorAll('summary')].find((s) => s.textContent.startsWith('Show and')).click()")
    assert "Loose 3" in crowd.shown()
    crowd.element("#orphans").click()
    assert "Loose 3" not in crowd.shown()
    assert "orphans=0" in crowd.run("return location.hash")
    crowd.element(".chip").click()
    assert "Loose 3" in crowd.shown()


def test_it_opens_clean_and_the_repair_lens_shows_marks(crowd):
    assert crowd.run("const s = VK.page.state; return [s.showFindings, s.showInfo, s.lens]") == [
        False,
        False,
        "explore",
    ]
    pixels = """VK.page.stage.draw(); const c = document.getElementById('overlay'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
      const [r, g, b] = arguments[0]; let n = 0;
      for (let i = 0; i < d.length; i += 4) n += Math.abs(d[i] - r) + Math.abs(d[i + 1] - g) + Math.abs(d[i + 2] - b) < 12 && d[i + 3] > 200;
      return n;"""
    error, info = [0xD9, 0x36, 0x2B], [0x2F, 0x74, 0xD0]
    assert crowd.run(pixels, error) == 0
    crowd.keys("r")
    crowd.settle()
    assert crowd.run(pixels, error) > 50
    assert crowd.run(pixels, info) == 0, "notices wait until they are asked for"
    assert "lens=repair" in crowd.run("return location.hash")
    assert crowd.said().startswith("Repair: ")


def test_severities_differ_in_shape(crowd):
    crowd.keys("r")
    shapes = crowd.run(
        "return ['error', 'warning', 'info'].map((s) => { const e = document.querySelector(`#panel .severity.${s} > *`); "
        "return e.tagName + (e.getAttribute('d') ?? ''); })"
    )
    assert len(set(shapes)) == 3


def test_repair_says_what_a_fix_does_and_copies_the_command(crowd):
    crowd.keys("r")
    text = crowd.element("#panel button[title=LK001]").text
    assert "fix " in text
    crowd.run(
        "Object.assign(navigator.clipboard, { writeText: (text) => { window.copied = text; return Promise.resolve(); } })"
    )
    crowd.run(
        "[...document.querySelectorAll('#panel button')].find((b) => b.textContent.startsWith('Copy the command')).click()"
    )
    assert crowd.run("return window.copied") == "vaultkit check --fix --diff --select LK001"
    crowd.settle(0.1)
    assert crowd.said() == "Copied the command"


def test_broken_shares_are_written_on_the_ground(crowd):
    crowd.keys("r")
    crowd.settle()
    placed = crowd.run("return VK.page.state.placed.filter((l) => l.node < 0).map((l) => l.text)")
    assert any(text.endswith(" broken") for text in placed)


@pytest.mark.parametrize("times", [1, 2, 4])
def test_the_most_linked_notes_in_view_are_named(crowd, times):
    crowd.run("VK.page.stage.zoom(arguments[0])", times)
    crowd.settle()
    assert crowd.run(NAMELESS) <= 3


def test_regions_are_named_in_their_own_type(crowd):
    regions = crowd.run("return VK.page.state.placed.filter((l) => l.node < 0).map((l) => [l.text, l.spacing])")
    assert len(regions) >= 5
    assert all(text == text.upper() and spacing > 0 for text, spacing in regions)
    titles = crowd.run("return VK.page.data.communities.map(([name]) => name)")
    assert titles, "the names are those of `graph communities`"


def test_a_large_region_near_by_is_named_by_its_parts(browser):
    files = crowded(topics=2, notes=120)
    parts = {"parts": [["Upper part", 0], ["Lower part", 0]]}
    browser.open(page_of(files, **parts, partOf=[at % 2 for at in range(len(files) + 10)]))
    browser.run("const p = VK.page, m = p.model; p.stage.moveTo(m.x[0], m.y[0], 2.4, { fly: false })")
    browser.settle()
    assert browser.run("return VK.page.state.placed.length") > 5


def test_notes_that_have_only_a_missing_picture_are_one_symbol(browser):
    files = {f"Log {at}.md": f"![[Pasted {at}.png]]" for at in range(50)} | {"a.md": "[[b]]", "b.md": "[[a]]"}
    paint = overlay(findings={f"Log {at}.md": [FINDING] for at in range(50)})
    browser.open(page_of(files, paint))
    assert "50 notes, each with a missing file" in browser.shown()
    assert "Log 3" not in browser.shown()
    assert "52 notes" in browser.element("#panel .summary").text, "they count as shown"
    browser.keys("n")
    assert browser.selected() == "Log 0", "they are stepped to all the same"
    browser.run("VK.page.select(VK.page.model.count - 1, {})")
    browser.run(
        "[...document.querySelectorAll('#card button')].find((b) => b.textContent === 'Show each of them').click()"
    )
    assert "Log 3" in browser.shown()
    assert "pairs=1" in browser.run("return location.hash")


def test_every_colour_has_a_meaning_in_the_legend(browser, html):
    browser.open(html)
    for value, words in (("folder", "river"), ("tag", "#engine")):
        browser.run(
            "const s = document.getElementById('colour-by'); s.value = arguments[0]; s.dispatchEvent(new Event('change'))",
            value,
        )
        rows = browser.run(
            "return [...document.querySelectorAll('#colours li')].map((e) => [e.textContent, getComputedStyle(e.querySelector('.dot')).backgroundColor])"
        )
        assert any(words in text for text, _ in rows)
        assert all(colour != "rgba(0, 0, 0, 0)" for _, colour in rows)
        node = "const p = VK.page, c = p.model.scheme; return c.names[c.of[p.model.labels.indexOf('river 3')]]"
        assert browser.run(node) in ("river", "#river")
    browser.run("[...document.querySelectorAll('.signs summary')].forEach((s) => s.click())")
    signs = browser.element(".signs").text
    for words in ("larger", "Dashed", "Ground", "Line", "Ring", "Error", "Warning", "Notice"):
        assert words in signs


def test_properties_colour_the_map(browser):
    files = {f"n{at}.md": f"---\nstatus: {'done' if at % 2 else 'open'}\n---\n[[n{(at + 1) % 12}]]" for at in range(12)}
    browser.open(page_of(files))
    browser.until("VK.page.state.hasTexts")
    browser.run("VK.page.readHash('colour=property:status', false)")
    assert browser.run("return VK.page.model.scheme.names") == ["done", "open"]
    colour = "const p = VK.page, of = (n) => VK.paint.colourOf(p.model, p.state.colours, p.model.labels.indexOf(n)); return [of('n1'), of('n3'), of('n2')]"
    one, other, third = browser.run(colour)
    assert one == other != third


def test_a_link_holds_all_that_is_seen(crowd):
    crowd.keys("r", "t")
    crowd.run("VK.page.stage.zoom(2)")
    crowd.settle(0.8)
    fragment = crowd.run("return location.hash")
    assert "lens=repair" in fragment and "labels=0" in fragment and "at=" in fragment
    view = crowd.view()
    crowd.run("VK.page.readHash('', false)")
    crowd.run("VK.page.readHash(arguments[0], false)", fragment[1:])
    crowd.settle()
    after = crowd.view()
    assert crowd.run("const s = VK.page.state; return [s.lens, s.showLabels, s.showFindings]") == [
        "repair",
        False,
        True,
    ]
    assert after["k"] == pytest.approx(view["k"], abs=0.02)
    assert after["x"] == pytest.approx(view["x"], abs=2)


def test_a_note_that_is_not_there_is_told(browser):
    browser.open(page_of(TEXTS), "#node=Gone/away.md")
    assert browser.element("#notice").text == "This map has no note Gone/away.md."
    browser.keys("/", "alpha", ENTER)
    assert not browser.element("#notice").is_displayed()


def test_tags_and_pictures_are_more_than_specks(browser):
    pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    files = {f"n{at}.md": f"#common #t{at} [[n0]] ![[shot.png]]" for at in range(9)} | {"shot.png": None}
    browser.open(page_of(files, overlay(thumbs={"shot.png": pixel})), "#hide=")
    browser.settle()
    sizes = dict(browser.run("const m = VK.page.model; return m.labels.map((l, i) => [l, m.radius[i]])"))
    assert sizes["#common"] > sizes["#t3"]
    assert "#common" in browser.run("return VK.page.state.placed.map((l) => l.text)")
    browser.run(
        "const p = VK.page, i = p.model.labels.indexOf('shot.png'); p.stage.moveTo(p.model.x[i], p.model.y[i], 2, { fly: false })"
    )
    browser.settle(0.8)
    white = """const c = document.getElementById('overlay'), p = VK.page, i = p.model.labels.indexOf('shot.png'), [x, y] = p.stage.screen(i);
      return [...c.getContext('2d').getImageData(Math.round(x) + 20, Math.round(y), 1, 1).data];"""
    assert browser.run(white)[3] == 255


def test_a_range_of_time_with_bars(browser):
    files = {f"n{at}.md": "[[n0]]" for at in range(10)}
    browser.open(page_of(files, overlay(times={f"n{at}.md": 19000 + 10 * at for at in range(10)})))
    browser.run("[...document.querySelectorAll('summary')].find((s) => s.textContent.startsWith('Time')).click()")
    assert browser.run("return document.querySelectorAll('.histogram span').length") == 48
    browser.run("const i = document.getElementById('since-day'); i.value = 19040; i.dispatchEvent(new Event('input'))")
    browser.run("const i = document.getElementById('until'); i.value = 19060; i.dispatchEvent(new Event('input'))")
    assert browser.shown() == ["n4", "n5", "n6"]
    assert "since=2022-02-17" in browser.run("return location.hash")
    assert browser.run("return document.querySelectorAll('.histogram .out').length") > 20


def test_touch_targets_are_large(browser, html):
    browser.window(390, 844, 2, mobile=True)
    browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        browser.open(html)
        browser.element("#panel .more").click()
        browser.run("VK.page.select(0, {})")
        browser.settle()
        small = browser.run(
            """return [...document.querySelectorAll('#panel button, #panel summary, #panel label.row, #card > * button, #card a.open, #tools button')]
            .filter((e) => e.offsetParent && !e.closest('.text') && e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML.slice(0, 80))"""
        )
        assert small == []
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
        browser.window()


def test_a_saved_picture_uses_its_width_and_says_what_it_is(crowd):
    ink = """const c = VK.exports.picture(1), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data, paper = [d[0], d[1], d[2]];
      let left = c.width, right = 0;
      for (let y = 60; y < c.height - 40; y += 2) for (let x = 0; x < c.width; x++) {
        const i = 4 * (y * c.width + x);
        if (Math.abs(d[i] - paper[0]) + Math.abs(d[i + 1] - paper[1]) + Math.abs(d[i + 2] - paper[2]) > 60) { left = Math.min(left, x); right = Math.max(right, x); }
      }
      return [left / c.width, right / c.width];"""
    left, right = crowd.run(ink)
    assert left < 0.28 and abs(left - (1 - right)) < 0.12, "the map is in the middle, without the panel's room"
    texts = crowd.run("return [...VK.exports.drawing().querySelectorAll('text')].map((t) => t.textContent)")
    assert "Test vault" in texts and any("notes ·" in text for text in texts) and "Notes" in texts
