"""The page in a browser: each feature by keyboard and by pointer, no network, hostile words."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from vaults import FINDING, HOSTILE, HOSTILE_TEXTS, PAINTED, SCRIPT, TEXTS, overlay, page_of

pytestmark = pytest.mark.browser
ESCAPE, ENTER, TAB, SPACE = "\ue00c", "\ue007", "\ue004", "\ue00d"
DOWN, UP, LEFT, RIGHT, END = "\ue015", "\ue013", "\ue012", "\ue014", "\ue010"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


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


def test_ready_means_drawn_and_listening(browser):
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
        browser.open(page_of(TEXTS, PAINTED))
    finally:
        browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    seen = browser.run("return window.atReady")
    assert seen.pop("pixels") > 400
    assert seen == {"card": "Alpha", "found": "Gamma", "moved": True}


def test_labels_follow_the_map_while_it_moves(page):
    page.settle()
    placed = "return VK.page.stage.state.placed.map((l) => [l.text, Math.round(l.x)])"
    before = dict(page.run(placed))
    # Within one frame of the move; a machine that is slow to give one lets the map come to rest, so it may try again.
    shifted = page.run(
        """const { stage } = VK.page, overlay = document.getElementById('overlay');
        return (async () => {
          for (let tries = 1; tries <= 20; tries++) {
            stage.pan(5, 0);
            await new Promise((done) => requestAnimationFrame(done));
            if (overlay.style.transform) return [overlay.style.transform, tries];
          }
          return ['', 20];
        })()"""
    )
    assert shifted[0].startswith("translate(-"), "shifted, not drawn anew"
    page.until("!document.getElementById('overlay').style.transform")
    assert dict(page.run(placed))["Alpha"] == before["Alpha"] - 5 * shifted[1], "and drawn where it belongs at rest"


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
    page.until("VK.page.state.hasTexts")
    page.keys("/", "gam")
    rows = [row.text for row in page.driver.find_elements("css selector", "#results .row")]
    assert rows == ["Gamma", "Alpha", "Delta"], "names first, then texts"
    found = page.run("return [...VK.page.stage.state.emphasis.nodes].map((i) => VK.page.model.labels[i])")
    assert sorted(found) == ["Alpha", "Delta", "Gamma"]
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
    browser.open(page_of(TEXTS, PAINTED))
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
    page.keys("r")
    page.element("#panel button[title=EM001]").click()
    assert set(page.shown()) == {"Home", "Pasted image 20240131235959.png"}
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


def test_the_address_brings_the_same_view_back(page):
    page.run("location.hash = 'node=Deep/Gamma.md&folder=Deep&theme=dark'")
    page.settle()
    assert page.selected() == "Gamma"
    assert "Home" not in page.shown()
    assert page.run("return document.documentElement.dataset.theme") == "dark"
    page.open(page_of(TEXTS, PAINTED), "#local=Alpha.md&depth=1")
    assert "Delta" not in page.shown()
    assert "Gamma" in page.shown()


def test_named_views(browser):
    views = [{"name": "Deep things", "hash": "folder=Deep"}]
    browser.open(page_of(TEXTS, PAINTED, start="folder=Deep", views=views), "")
    assert "Home" not in browser.shown()
    browser.open(page_of(TEXTS, PAINTED, views=views), "#view=Deep+things")
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


def test_no_label_covers_a_node_and_crowded_regions_keep_their_names(browser):
    """The sample vault has a region whose head has nodes all round it."""
    root = Path(__file__).parents[2] / "vault"
    texts = {str(file.relative_to(root)): file.read_text(encoding="utf-8") for file in root.rglob("*.md")}
    browser.open(page_of(texts))
    browser.settle()
    covered, names, nameless = browser.run(
        """const { stage, model } = VK.page, { placed, view, shown } = stage.state;
        const covered = [];
        for (const l of placed) for (let i = 0; i < model.count; i++) {
          const r = model.radius[i] * view.k, [x, y] = stage.screen(i);
          const aside = Math.max(l.x - l.width / 2 - x, 0, x - l.x - l.width / 2), off = Math.max(l.y - y, 0, y - l.y - l.size);
          if (shown[i] && l.node >= 0 && i !== l.node && r >= 5 && Math.hypot(aside, off) < r - 2) covered.push([l.text, model.names[i]]);
        }
        const named = new Set(placed.map((l) => l.region));
        return [covered, placed.length, model.communities.filter(([, , , size], at) => size > 5 && !named.has(at)).map(([name]) => name)]"""
    )
    assert names > 20
    assert covered == []
    assert nameless == []


def test_svg_and_png_are_made_of_what_is_visible(page):
    svg = page.run("return new XMLSerializer().serializeToString(VK.exports.drawing())")
    assert svg.startswith("<svg")
    assert ">Gamma</title>" in svg
    size = page.run("const c = VK.exports.picture(1); return [c.width, c.height]")
    assert size == [1200, 800]


def test_the_exported_picture_has_names_marks_and_rings(page):
    """Each kind of mark changes the picture that is saved, not the one on the screen."""
    unlike = page.run(
        """const { stage, model } = VK.page, state = stage.state;
        const pixels = () => VK.exports.picture(1).getContext('2d').getImageData(0, 0, 1200, 800).data;
        Object.assign(state, { showFindings: true, showInfo: true, showCards: true });
        const whole = pixels(), found = {};
        for (const mark of ['showLabels', 'showFindings', 'showCards']) {
          state[mark] = false;
          const without = pixels();
          found[mark] = whole.reduce((sum, value, i) => sum + (value !== without[i]), 0);
          state[mark] = true;
        }
        return found;"""
    )
    assert unlike["showLabels"] > 500
    assert unlike["showFindings"] > 50
    assert unlike["showCards"] > 50


def test_the_first_picture_is_made_sharp(page):
    page.until(
        "(() => { const c = [...document.querySelectorAll('#layer canvas')].find((c) => !c.hidden); "
        "return c.width >= Math.round(parseFloat(c.style.width) * devicePixelRatio); })()"
    )


def test_a_page_of_letters_is_ascii_and_one_of_signs_is_not(browser):
    plain = page_of({"Café.md": "word " * 40 + "[[Ünter 😀]]"})
    assert plain.isascii()
    browser.open(plain)
    assert {"Café", "Ünter 😀"} <= set(browser.shown())
    signs = page_of({f"漢字の研究{at}.md": "漢字 " * 400 for at in range(60)})
    assert "漢字の研究7" in signs
    browser.open(signs)
    assert "漢字の研究7" in browser.shown()


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
def test_axe_finds_no_serious_violation(browser, theme):
    axe = Path(importlib.util.find_spec("axe_core_python").submodule_search_locations[0]) / "axe.min.js"
    browser.open(page_of(TEXTS, PAINTED), f"#theme={theme}")
    browser.keys("n")
    browser.run("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    browser.settle()
    browser.run(axe.read_text(encoding="utf-8"))
    found = browser.driver.execute_async_script("axe.run(document).then((r) => arguments[0](r.violations))")
    assert [(v["impact"], v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("texts", [{}, {"One.md": ""}], ids=["no note", "one note"])
def test_next_to_empty_vaults(browser, texts):
    browser.open(page_of(texts))
    assert browser.complaints() == []
    expected = "This vault has no notes yet." if not texts else "1 note · 0 links"
    assert browser.element("#panel .summary").text == expected


def test_hostile_words_run_nothing(browser):
    paint = overlay(
        findings={
            f"{HOSTILE}.md": [{**FINDING, "code": SCRIPT, "name": SCRIPT, "message": SCRIPT + HOSTILE}],
            f"{HOSTILE}2.md": [{**FINDING, "message": "</script><script>window.hacked=1</script>"}],
        },
        cards={f"{HOSTILE}.md": {"cards": 2, "cards_empty": 2}},
        headings={f"{HOSTILE}.md": [[1, SCRIPT]]},
        thumbs={f"{SCRIPT}.png": PIXEL},
        suggested={f"{HOSTILE}.md": [(f"{HOSTILE}2.md", 1, SCRIPT)]},
        notes=(SCRIPT,),
        times={f"{HOSTILE}.md": 1, f"{HOSTILE}2.md": 2},
    )
    html = page_of(HOSTILE_TEXTS, paint, vault=SCRIPT, views=[{"name": SCRIPT, "hash": f"q={SCRIPT}"}])
    everything_on_the_page_is_text(browser, html)
    assert browser.run("return document.title") == f"{SCRIPT} · map"


def test_a_hostile_vault_on_disk_runs_nothing(browser, tmp_path, monkeypatch):
    """The same through the whole command: previews, card counts, findings, suggestions, groups of Obsidian."""
    from vaultkit.cli.entry_point import run

    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    vault = tmp_path / "x<img src=x onerror=window.hacked=1>"
    for path, text in HOSTILE_TEXTS.items():
        (vault / path).parent.mkdir(parents=True, exist_ok=True)
        (vault / path).write_text(text, encoding="utf-8")
    (vault / ".obsidian").mkdir()
    groups = {"colorGroups": [{"query": "path:x", "color": {"rgb": 255}}, {"query": SCRIPT, "color": {"rgb": SCRIPT}}]}
    (vault / ".obsidian" / "graph.json").write_text(json.dumps(groups), encoding="utf-8")
    out = tmp_path / "map.html"
    assert run(["map", "--vault", str(vault), "-o", str(out), "-q"]) == 0
    everything_on_the_page_is_text(browser, out.read_text(encoding="utf-8"))
    assert browser.run("return VK.page.data.findings.length") > 3


def everything_on_the_page_is_text(browser, html: str) -> None:
    browser.open(html, f"#q={SCRIPT}&folder={SCRIPT}&view={SCRIPT}")
    browser.run("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    browser.run("location.hash = ''")
    browser.settle()
    count = browser.run("return VK.page.model.count")
    for node in range(count):
        browser.run("VK.page.select(arguments[0], { centre: true })", node)
        hrefs = browser.run("return [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))")
        assert all(href.startswith(("obsidian://open?", "#node=", "http://", "https://")) for href in hrefs)
    browser.keys("n")
    browser.run("document.querySelectorAll('#panel button.row').forEach((b) => b.isConnected && b.click())")
    browser.settle()
    assert browser.run("return window.hacked") is None
    assert (
        browser.run("return document.querySelectorAll('#panel img, #card img[src=x], #panel svg[onload]').length") == 0
    )
    svg = browser.run("return new XMLSerializer().serializeToString(VK.exports.drawing())")
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
    browser.media(prefers_reduced_motion="reduce")
    try:
        browser.open(page_of(TEXTS, PAINTED))
        before = browser.view()["k"]
        after = browser.run(
            "document.getElementById('stage').dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }));"
            "return VK.page.stage.state.view.k"
        )
        assert after == pytest.approx(before * 1.4)
    finally:
        browser.media()


def named(page, css: str, words: str):
    """The element of that kind which begins with the words."""
    found = page.run(
        "return [...document.querySelectorAll(arguments[0])].filter((e) => e.textContent.startsWith(arguments[1]))",
        css,
        words,
    )
    assert len(found) == 1, (css, words)
    return found[0]


def select(page, label: str) -> str:
    """Choose a node, and answer what its card says."""
    page.run("VK.page.select(VK.page.model.labels.indexOf(arguments[0]), { centre: true })", label)
    return page.element("#card").text


def test_time_plays_and_pauses_by_pointer_and_by_key(page):
    open_section(page, "Time")
    until = "return VK.page.state.filters.until"
    named(page, "button", "Play").click()
    page.settle(0.35)
    named(page, "button", "Pause").send_keys(SPACE)
    paused = page.run(until)
    assert paused is not None and 19000 <= paused < 19020
    page.settle(0.3)
    assert page.run(until) == paused, "paused"
    page.element("#until").send_keys(RIGHT)
    assert page.run(until) == paused + 1
    assert "Beta" not in page.shown()
    named(page, "button", "Play").send_keys(ENTER)
    page.settle(2.5)
    assert page.run(until) is None, "it ends with everything"
    assert named(page, "button", "Play")


def test_communities_and_degree_narrow_the_map(page):
    open_section(page, "Topics")
    (row,) = page.run(
        "return [...document.querySelectorAll('details[open] .row[aria-pressed]')].filter((r) => r.textContent.startsWith('Alpha'))"
    )
    row.send_keys(ENTER)
    assert "Lone" not in page.shown()
    assert page.run("return VK.page.state.filters.communities.length") == 1
    focused = "return [document.activeElement.textContent, document.activeElement.getAttribute('aria-pressed')]"
    assert page.run(focused)[1] == "true", "the row that was pressed keeps the focus"
    page.element(".chip").send_keys(ENTER)
    assert page.run("return document.activeElement.id") == "search", "there is no other filter to go to"
    open_section(page, "Links and depth")
    page.element("#degree").send_keys(RIGHT)
    page.element("#degree").send_keys(RIGHT)
    page.element("#degree").send_keys(RIGHT)
    assert "Lone" not in page.shown()
    assert "Alpha" in page.shown()
    assert "at least 3 links" in page.element(".chip").text


def test_kinds_are_switched_by_key(page):
    page.element("label.row input").send_keys(SPACE)
    assert "Alpha" not in page.shown()
    assert "Not there" in page.shown()
    assert "hide=" in page.run("return location.hash")


def test_colours_of_obsidians_own_groups(browser):
    paint = overlay(
        groups=(
            ("#ff0000", "path:A", frozenset({"Alpha.md"})),
            ("#00ff00", "path:B", frozenset({"Beta.md", "Alpha.md"})),
        )
    )
    browser.open(page_of(TEXTS, paint))
    browser.element("#colour-by").send_keys("your groups")
    colour = "const p = VK.page; return VK.paint.colourOf(p.model, p.stage.state.colours, p.model.labels.indexOf(arguments[0]))"
    assert browser.run(colour, "Alpha") == "#ff0000", "the first group that holds a note"
    assert browser.run(colour, "Beta") == "#00ff00"
    assert browser.run(colour, "Gamma") == browser.run("return VK.page.stage.state.colours.alone")
    assert "colour=groups" in browser.run("return location.hash")


def test_a_card_shows_pictures_properties_kin_and_links_to_make(browser):
    texts = {
        "a.md": "---\nauthor: '[[b]]'\n---\n![[shot.png]] [[m]]",
        "b.md": "",
        "m.md": "",
        "z.md": "[[m]]",
        "shot.png": None,
    }
    paint = overlay(thumbs={"shot.png": PIXEL}, suggested={"a.md": [("z.md", 7, 'names "z"')]})
    browser.open(page_of(texts, paint))
    text = select(browser, "a")
    assert "author" in text.split("outgoing links")[-1], "the property in which a link stands"
    assert "Related, without a link\nz\nthrough 1" in text
    assert 'Could link to\nz\nline 7\nnames "z"' in text
    assert browser.run("return document.querySelector('#card .picture img').naturalWidth") == 1
    browser.element("#suggested button").click()
    assert browser.selected() == "z"
    select(browser, "a")
    browser.element("#card .picture").click()
    assert browser.selected() == "shot.png"


def test_bridges_are_named(browser):
    left = {f"l{at}.md": " ".join(f"[[l{to}]]" for to in range(4)) for at in range(4)}
    right = {f"r{at}.md": " ".join(f"[[r{to}]]" for to in range(4)) for at in range(4)}
    browser.open(page_of({**left, **right, "Door.md": "[[l0]] [[r0]] [[gone]]"}))
    open_section(browser, "Bridges")
    rows = browser.run("return [...document.querySelectorAll('#bridges .row')].map((r) => r.textContent)")
    assert rows[0] == "Doorholds 4 notes"
    assert "gone" not in " ".join(rows)
    browser.element("#bridges button").send_keys(ENTER)
    assert browser.selected() == "Door"
    assert "A bridge: holds 4 notes to the rest of the vault" in browser.element("#card").text


def test_the_finding_stepped_to_is_in_sight(browser):
    many = [{**FINDING, "message": f"finding {at}", "line": at} for at in range(200)]
    browser.open(page_of(TEXTS, overlay(findings={"Beta.md": many})))
    browser.keys("p")
    seen = browser.run(
        "const c = document.querySelector('#card .finding.current'), a = c.getBoundingClientRect(),"
        "b = document.getElementById('card').getBoundingClientRect(); return [c.textContent, a.top >= b.top, a.bottom <= b.bottom]"
    )
    assert seen[0].startswith("finding 199")
    assert seen[1:] == [True, True]
    assert "200 findings, 141 to 200" in browser.element("#card").text


def test_a_path_is_chosen_on_the_map_and_leaves_index_notes_aside(browser):
    texts = {f"n{at}.md": "[[Index]]" for at in range(12)}
    texts["Index.md"] = " ".join(f"[[n{at}]]" for at in range(12))
    texts["n0.md"] = "[[n1]]"
    browser.open(page_of(texts))
    select(browser, "n0")
    named(browser, "#card button", "Path from here").click()
    browser.settle()
    browser.click_at(*browser.point("n1"))
    browser.settle()
    assert browser.element("#path-result").text.split("\n") == ["n0", "n1"]
    named(browser, "#panel button", "Clear").click()
    browser.element("#path-from").send_keys("n0", TAB)
    browser.element("#path-to").send_keys("n5", TAB)
    assert browser.element("#path-result").text == "No path, with index notes such as Index left aside."


def test_a_long_list_holds_what_is_in_sight(browser):
    texts = {"Hub.md": " ".join(f"[[n{at:03}]]" for at in range(700)), **{f"n{at:03}.md": "" for at in range(700)}}
    browser.open(page_of(texts))
    open_section(browser, "List")
    rows = "return document.querySelectorAll('#list > li').length"
    assert 100 < browser.run(rows) < 300
    first = browser.element("#list > li")
    assert (first.get_attribute("aria-posinset"), first.get_attribute("aria-setsize")) == ("1", "701")
    browser.element("#list button").send_keys(END)
    assert browser.run("return document.activeElement.textContent") == "n699"
    assert browser.run("return document.activeElement.parentElement.getAttribute('aria-posinset')") == "701"
    browser.keys(UP)
    assert browser.run("return document.activeElement.textContent") == "n698"
    browser.run("document.getElementById('list').parentElement.scrollTop = 300 * 28")
    browser.settle(0.2)
    assert browser.run("return !!document.querySelector('#list > li[aria-posinset=\"305\"]')")
    assert browser.run(rows) < 300


def test_many_nodes_fold_into_communities_and_open(browser):
    texts = {f"{a}{at}.md": " ".join(f"[[{a}{to}]]" for to in range(5)) for a in "xyz" for at in range(5)}
    texts["x0.md"] += " [[y0]]"
    browser.open(page_of(texts, foldAbove=10))
    assert len(browser.shown()) == 3
    strongest = browser.run(
        """const p = VK.page, c = Object.assign(document.createElement('canvas'), { width: 1200, height: 800 }), pen = c.getContext('2d');
        const { view: v, shown, colours } = p.stage.state;
        pen.setTransform(v.k, 0, 0, v.k, 600 - v.x * v.k, 400 - v.y * v.k);
        for (const _ of VK.paint.links(pen, p.model, colours, shown, v.k));
        return pen.getImageData(0, 0, 1200, 800).data.reduce((most, a, i) => (i % 4 === 3 && a > most ? a : most), 0);"""
    )
    assert strongest > 30, "the link between two of them can be seen"
    assert "· 5" in " ".join(browser.run("return VK.page.stage.state.placed.map((l) => l.text)"))
    assert "15 nodes are folded into 3 communities" in browser.element("#folded").text
    browser.mouse("mouseMoved", 0, 0)
    x, y = browser.run("const p = VK.page, at = p.model.count - 1; return p.stage.screen(at).map(Math.round)")
    browser.click_at(x, y, times=2)
    browser.settle()
    assert len(browser.shown()) == 5
    assert browser.run("return document.getElementById('folded').hidden")


def test_exports_are_saved_by_their_buttons(page):
    page.run("window.saved = []; VK.exports.save = (name, blob) => saved.push({ name, blob })")
    open_section(page, "Views")
    named(page, "#panel button", "PNG").send_keys(ENTER)
    named(page, "#panel button", "SVG").send_keys(ENTER)
    page.element("#view-name").send_keys("Broken: things", ENTER)
    page.until("saved.length === 3")  # a picture is packed in the background
    saved = dict(page.run("return saved.map(({ name, blob }) => [name, blob.type])"))
    assert saved == {
        "Test vault.png": "image/png", "Test vault.svg": "image/svg+xml", "Broken things.view.json": "application/json",
    }  # fmt: skip
    text = page.driver.execute_async_script(
        "saved.find(({ name }) => name.endsWith('.json')).blob.text().then(arguments[0])"
    )
    assert json.loads(text)["name"] == "Broken: things"


def test_a_printed_sheet_is_light_and_says_what_it_shows(page):
    page.keys("d")
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert page.run("return document.querySelector('#print h1').textContent") == "Test vault"
    assert "6 notes" in page.run("return document.querySelector('#print p').textContent")
    corner = page.run(
        "return [...document.querySelector('#print canvas').getContext('2d').getImageData(0, 0, 1, 1).data]"
    )
    assert min(corner) > 240, "paper, whatever the screen's theme"
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert page.run("return getComputedStyle(document.documentElement).colorScheme") == "light", (
        "else margins are black"
    )
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.run("return document.querySelector('#print').childElementCount") == 0


def test_forced_colours_are_the_systems(browser):
    browser.media(forced_colors="active")
    try:
        browser.open(page_of(TEXTS, PAINTED))
        assert browser.run("return VK.page.stage.state.colours.paper") == "Canvas"
        assert drawn_pixels(browser) > 400
        assert browser.complaints() == []
    finally:
        browser.media()


def test_the_systems_theme_is_followed_until_one_is_chosen(browser):
    try:
        browser.media(prefers_color_scheme="dark")
        browser.open(page_of(TEXTS, PAINTED))
        assert browser.run("return VK.page.stage.state.colours.isDark")
        browser.media(prefers_color_scheme="light")
        browser.settle(0.2)
        assert not browser.run("return VK.page.stage.state.colours.isDark")
        browser.keys("d")
        browser.media(prefers_color_scheme="light")
        assert browser.run("return VK.page.stage.state.colours.isDark")
    finally:
        browser.media()


def test_without_javascript_there_is_a_still_and_a_table(browser):
    file = browser.folder / "still.html"
    file.write_text(page_of(TEXTS, PAINTED), encoding="utf-8")
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.driver.get(file.as_uri())
        text = browser.element(".noscript").text
        assert "[[Not there]] names no file" in text
        assert browser.element(".noscript svg").size["height"] > 100
        assert not browser.element("#app").is_displayed()
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_labels_and_marks_are_switched(page):
    page.keys("t")
    page.settle(0.2)
    assert page.element("#tools [aria-pressed]").get_attribute("aria-pressed") == "false"
    page.element("#tools [aria-pressed]").click()
    page.settle(0.2)
    assert page.run("return VK.page.stage.state.placed.length") > 3
    for words in ("Flashcards", "Errors and warnings"):
        box = named(page, "label.row", words).find_element("css selector", "input")
        box.click()
    assert page.run("const s = VK.page.stage.state; return [s.showCards, s.showFindings]") == [True, True]


def test_on_a_telephone_the_chosen_note_stays_in_sight(browser):
    browser.window(390, 780, 2, mobile=True)
    try:
        browser.open(page_of(TEXTS, PAINTED))
        assert not browser.driver.find_elements("css selector", "#panel details:not([hidden])")[0].is_displayed()
        select(browser, "Gamma")
        browser.settle()
        x, y = browser.point("Gamma")
        card = browser.run("return document.getElementById('card').getBoundingClientRect().top")
        panel = browser.run("return document.getElementById('panel').getBoundingClientRect().bottom")
        assert 0 < x < 390
        assert panel < y < card
        browser.element("#panel .more").click()
        assert browser.driver.find_elements("css selector", "#panel details:not([hidden])")[0].is_displayed()
        two = [{"x": 150, "y": 300, "id": 1}, {"x": 200, "y": 300, "id": 2}]
        apart = [{"x": 100, "y": 300, "id": 1}, {"x": 250, "y": 300, "id": 2}]
        browser.element("#card .close").click()
        browser.element("#panel .more").click()
        before = browser.view()["k"]
        for kind, points in (("touchStart", two), ("touchMove", apart), ("touchEnd", [])):
            browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        assert browser.view()["k"] > before * 1.5, "two fingers apart bring the map closer"
    finally:
        browser.window()


def test_a_saved_view_is_json_with_name_and_fragment(page):
    page.run("VK.exports.save = (name, blob) => { window.saved = { name, blob } }")
    open_section(page, "Views")
    (button,) = [b for b in page.driver.find_elements("css selector", "button") if b.text == "Save view"]
    page.run("arguments[0].click()", button)
    text = page.driver.execute_async_script("saved.blob.text().then(arguments[0])")
    assert set(json.loads(text)) == {"name", "hash"}
