"""The weekly questions on the map: answers as on the command line, with nodes that can be opened."""

from __future__ import annotations

import json

import pytest
from test_live_map import content, opened
from vaults import overlay, page_of

from vaultkit.graph.from_vault import graph_core
from vaultkit.map.build import MapOptions, map_page
from vaultkit.map.islands import named_islands
from vaultkit.map.reuse import Reuse
from vaultkit.map.review import ReviewInput, review, review_on
from vaultkit.vault.load import snapshot_of_texts as vault_of

PLANETS = {
    f"Planet {at}.md": f"---\ncreated: 2024-0{at}-01\n---\nA planet and its orbit round the star. [[Orbit]] [[Planet {at % 5 + 1}]] [[Comet]]\n"
    for at in range(1, 6)
}
STARS = {
    f"Star {at}.md": f"A star, a planet and its orbit: an orbit is an ellipse. [[Star]] [[Star {at % 5 + 1}]]\n"
    for at in range(1, 6)
}
FILES = {
    **PLANETS,
    **STARS,
    "Orbit.md": "An orbit of a planet is an ellipse round the star.\n",
    "Star.md": "The star.\n",
}


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    for path, text in FILES.items():
        file = tmp_path / "notes" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "notes"


def page(root) -> tuple[dict, dict]:
    """The page's document and its answers."""
    workspace, plan = opened(root)
    made = map_page(workspace, plan, MapOptions(), tell=str, reuse=Reuse(workspace.store))
    document, details, _ = content(made.html)
    return document, json.loads(details)["review"]


def test_answers_name_nodes(root):
    document, found = page(root)
    labels = document["labels"]
    assert [(labels[node], notes) for node, notes in found["wanted"]] == [("Comet", 5)]
    assert sorted(labels[node] for node in found["orders"][0][1]) in (
        ["Orbit", *(f"Planet {at}" for at in range(1, 6))], ["Star", *(f"Star {at}" for at in range(1, 6))],
    )  # fmt: skip
    order = next(nodes for _, nodes in found["orders"] if labels.index("Orbit") in nodes)
    assert labels[order[0]] == "Orbit"
    assert (found["growth"]["step"], found["growth"]["rows"][0][:2]) == ("week", ["all notes", 5])


def test_a_second_map_has_the_same_answers_and_an_edit_new_ones(root):
    first = page(root)[1]
    assert page(root)[1] == first
    (root / "Star 1.md").write_text("[[Star]] [[Nebula]]\n", encoding="utf-8")
    document, found = page(root)
    assert [document["labels"][node] for node, _ in found["wanted"]] == ["Comet", "Nebula"]


def test_without_text_there_are_no_words_of_texts():
    vault = vault_of(FILES)
    vault.root = "/nowhere"
    core = graph_core(vault)
    asked = ReviewInput(vault, core, named_islands(core, None), (), {}, False)
    assert all(
        not words and all(not shared for *_, shared in pairs) for _, _, _, words, pairs in review(asked).get("gaps", ())
    )


def test_what_is_not_on_the_map_is_left_out():
    core = graph_core(vault_of({"a.md": "[[gone]]", "b.md": ""}))
    found = {"wanted": [["gone", 1], ["other", 2]], "stale": [["a.md", 1, 2, 3], ["x.md", 1, 2, 3]],
             "gaps": [["A", "B", 0, ["w"], [["a.md", "b.md", []], ["a.md", "x.md", []]]]], "orders": [["A", ["x.md", "b.md"]]]}  # fmt: skip
    made = review_on(core, found)
    assert [len(made[key]) for key in ("wanted", "stale", "gaps", "orders")] == [1, 1, 1, 1]
    assert len(made["gaps"][0][4]) == 1
    assert made["orders"] == [["A", [core.files["b.md"]]]]


@pytest.mark.browser
def test_the_panel_lists_them_and_a_row_opens_its_note(browser):
    found = {
        "wanted": [["Comet", 5]],
        "stale": [["Orbit.md", 5, 400, 2]],
        "gaps": [["Planets", "Stars", 0, ["orbit"], [["Planet 1.md", "Star 1.md", ["orbit"]]]]],
        "growth": {"step": "month", "from": "2024-01-01", "to": "2024-05-01", "rows": [["all notes", 5, "▁█"]]},
        "orders": [["Planets", ["Orbit.md", "Planet 1.md"]], ["Stars", ["Star.md"]]],
    }
    browser.open(page_of(FILES, overlay(review=found)))
    browser.until("VK.page.state.hasDetails")
    browser.run(
        "[...document.querySelectorAll('#panel > details')].find((one) => one.textContent.startsWith('Weekly review')).open = true"
    )
    browser.until("document.querySelector('.question')")
    text = browser.run(
        "return [...document.querySelectorAll('.question')].map((one) => one.innerText.split('\\n').filter(Boolean))"
    )
    assert text[0] == ["To be written", "Names that notes link to and no note has.", "Comet", "5 notes"]
    assert text[1][2:] == ["Orbit", "5\u00a0backlinks, 13\u00a0months, 2\u00a0findings"]
    assert text[2][2:] == ["Planets and Stars", "No link; both speak of orbit", "Planet 1", "orbit", "Star 1"]
    assert text[3][2:] == ["all notes", "5", "▁█"]
    assert text[4][-4:] == ["Orbit", "1", "Planet 1", "2"]
    browser.run(
        "const select = document.getElementById('order-topic'); select.value = '1'; select.dispatchEvent(new Event('change'))"
    )
    browser.element("#panel ol .row").click()
    assert browser.selected() == "Star"
    assert browser.complaints() == []


@pytest.mark.browser
def test_a_page_without_answers_has_no_such_section(browser):
    browser.open(page_of({"a.md": "[[b]]"}))
    browser.until("VK.page.state.hasDetails")
    hidden = "[...document.querySelectorAll('#panel > details')].find((one) => one.textContent.startsWith('Weekly review')).hidden"
    assert browser.run(f"return {hidden}") is True
