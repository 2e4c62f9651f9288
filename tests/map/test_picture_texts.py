"""The text on pictures: found by the map's search, shown as text of a picture, and only where it exists already."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from vaults import overlay, page_of

from vaultkit.cli.entry_point import run
from vaultkit.map.packed_text import Packed, unpacked
from vaultkit.pictures import texts as pictures
from vaultkit.pictures.corrections import FILE

ENTER = "\ue007"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1> MinHash\0bands"


@pytest.fixture
def vault(tmp_path_factory, monkeypatch):
    """A vault with three pictures, two of them with a text that a person wrote; a cache of its own."""
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    root = tmp_path_factory.mktemp("vault")
    write(
        root,
        {
            "Slides.md": "One.\n\n![[shot.png]]\n",
            "Other.md": "[[Slides]]",
            "Secret.md": "---\nmap: hide\n---\n![[secret.png]]",
        },
    )
    for name in ("shot.png", "secret.png", "blank.png"):
        (root / name).write_bytes(name.encode())
    return root


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8")


def correct(root: Path, texts: dict[str, str]) -> None:
    rows = [
        json.dumps({"picture": path, "hash": hashlib.blake2b(path.encode(), digest_size=16).hexdigest(), "text": text})
        for path, text in texts.items()
    ]
    (root / ".vaultkit").mkdir(exist_ok=True)
    (root / FILE).write_text("\n".join(rows) + "\n", encoding="utf-8")


def made(root: Path, *options: str) -> str:
    out = root.parent / "page.html"
    assert run(["map", "--vault", str(root), "-o", str(out), "-q", *options]) == 0
    return out.read_text(encoding="utf-8")


def held(html: str) -> tuple[dict, list[str]]:
    """The page's document, and the texts that it has packed."""
    document = json.loads(html.partition('id="map-data">')[2].partition("</script>")[0])
    found = re.search('id="texts-data" data-size="([0-9]+)" data-form="([a-z0-9]+)">([^<]*)<', html)
    return document, unpacked(Packed(int(found[1]), found[3], found[2])).decode().split("\0") if found else []


def test_texts_come_behind_those_of_the_notes(vault):
    correct(vault, {"shot.png": "MinHash\nbands", "blank.png": "", "secret.png": "my secret"})
    document, texts = held(made(vault))
    assert [document["labels"][node] for node in document["pictureTexts"]] == ["shot.png"]
    assert texts[-1] == "MinHash\nbands"
    assert not any("my secret" in text for text in texts)


@pytest.mark.parametrize(("options", "expected"), [((), 400), (("--text", "preview"), 340), (("--text", "none"), 0)])
def test_how_much_the_page_holds(vault, options, expected):
    correct(vault, {"shot.png": "x" * 400})
    document, texts = held(made(vault, *options))
    assert len(texts[-1] if texts else "") == expected
    assert ("pictureTexts" in document) == bool(expected)


def test_a_page_without_texts_has_no_word_of_a_picture(vault):
    for at in range(4):
        write(vault, {f"Lecture {at}.md": f"![[{at}.png]] [[Lecture {(at + 1) % 4}]]"})
        (vault / f"{at}.png").write_bytes(f"{at}.png".encode())
    correct(vault, {f"{at}.png": "minhash signatures" for at in range(4)})
    assert "Signatures, minhash" in [name for name, *_ in held(made(vault))[0]["communities"]]
    assert "minhash" not in made(vault, "--text", "none").lower()


def test_a_corrected_text_is_on_the_next_map(vault):
    correct(vault, {"shot.png": "MinHash"})
    made(vault)
    correct(vault, {"shot.png": "Bloom filter"})
    assert held(made(vault))[1][-1] == "Bloom filter"


def test_without_texts_no_picture_is_read_and_the_page_is_the_same(vault, monkeypatch):
    before = made(vault, "--no-thumbs")
    assert "pictureTexts" not in held(before)[0]
    correct(vault, {"gone.png": "not of this vault"})
    monkeypatch.setattr(pictures, "read_inside", lambda *_: pytest.fail("a picture was read"))
    assert made(vault, "--no-thumbs") == before


def test_a_damaged_file_of_corrections_is_remarked(vault):
    (vault / ".vaultkit").mkdir()
    (vault / FILE).write_text("<<<<<<< HEAD\n")
    document, _ = held(made(vault))
    assert "The texts of pictures are left out: .vaultkit/pictures.jsonl:1: a merge conflict" in document["remarks"][0]


def test_a_very_long_text_is_cut(vault):
    correct(vault, {"shot.png": "x" * 50_000})
    document, texts = held(made(vault))
    assert len(texts[-1]) == 40_000
    assert document["remarks"] == ["1 long texts of pictures or PDF files are cut, to keep the page small."]


NOTES = {
    "Slides.md": "A first paragraph.\n\n" + "Filling words.\n\n" * 60 + "![[shot.png]]\n\nThe end.",
    "Shots.md": "![[shot.png]]",
    "Other.md": "[[Slides]] [[Shots]]",
    "More.md": "[[Slides]]",
    "shot.png": None,
}


def pictured(said: str = "MinHash signature\nBands and rows", **given) -> str:
    notes = {path: body for path, body in NOTES.items() if body is not None}
    return page_of(NOTES, overlay(texts=notes, pictures={"shot.png": said}, thumbs={"shot.png": PIXEL}), **given)


@pytest.mark.browser
def test_search_opens_the_note_at_the_picture(browser):
    browser.open(pictured())
    browser.until("VK.page.state.hasTexts")
    browser.element("#search").send_keys("bands and")
    rows = browser.run("return [...document.querySelectorAll('#results > li')].map((row) => row.innerText)")
    assert [row.split("\n") for row in rows] == [
        ["Slides", "On a picture: Bands and rows"], ["Shots", "On a picture: Bands and rows"],
    ]  # fmt: skip
    browser.element("#search").send_keys(ENTER)
    assert browser.selected() == "Slides"
    seen = browser.run(
        "const text = document.querySelector('#card [data-picture] .lines'), card = document.getElementById('card').getBoundingClientRect();"
        "const box = text.getBoundingClientRect(); return [text.innerText, box.top > card.top && box.bottom < card.bottom]"
    )
    assert seen == ["MinHash signature\nBands and rows", True]
    assert (browser.requests(), browser.complaints()) == ([], [])


@pytest.mark.browser
def test_cards_and_looks_say_that_it_is_on_a_picture(browser):
    browser.open(pictured())
    browser.until("VK.page.state.hasTexts")
    browser.run("const p = VK.page; p.select(p.model.labels.indexOf('shot.png'))")
    assert "Text on the picture\nMinHash signature\nBands and rows" in browser.element("#card").text
    browser.run("VK.page.select(-1)")
    browser.mouse("mouseMoved", *browser.point("Shots"))
    browser.until("!document.getElementById('peek').hidden")
    assert "On the picture: MinHash signature Bands and rows" in browser.element("#peek").text


@pytest.mark.browser
def test_previews_have_an_excerpt(browser):
    browser.open(pictured("words " * 60, text="preview"))
    browser.until("VK.page.state.hasTexts")
    browser.run("const p = VK.page; p.select(p.model.labels.indexOf('Shots'))")
    assert browser.element("#card .excerpt").text.startswith("On the picture: words words")
    assert browser.element("#card .excerpt").text.endswith("words…")


@pytest.mark.browser
def test_hostile_words_on_a_picture_stay_words(browser):
    browser.open(pictured(HOSTILE))
    browser.until("VK.page.state.hasTexts")
    browser.run("const p = VK.page; p.select(p.model.labels.indexOf('Shots'))")
    assert "<img src=x onerror=window.hacked=1>" in browser.run(
        "return document.querySelector('#card .lines').textContent"
    )
    assert browser.run("return window.hacked ?? null") is None
    assert browser.complaints() == []
