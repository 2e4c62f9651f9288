"""The quiz page: what is in the file, and how it behaves in a browser that is driven by keys alone."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chrome import BROWSER, Chrome

from vaultkit.cards.collection import inspector, located
from vaultkit.cards.exporters.html_page import QuizPage, quiz_page
from vaultkit.cards.model import CardSettings
from vaultkit.note.parse import parse_note

HOSTILE = "<script>window.hacked=1</script><img src=x onerror=window.hacked=2>[x](javascript:window.hacked=3)</script>"
NOTE = f"""#flashcards/one

What is H2O?::Water

Hostile? {HOSTILE}
?
{HOSTILE}
<br>
- list `<b>` **bold** ==mark== [[Note|link]] https://example.org/?a=1&b=2 ![[pic.png|40]] ![[gone.png]]

#flashcards/two/deep

The ==mitochondria;;organelle== makes ATP

Unanswered
?
"""
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def page(text: str = NOTE) -> QuizPage:
    settings = CardSettings()
    blocks = inspector(settings)(parse_note(text.encode()), text)
    entries = located({"Bio.md": blocks}, settings)
    return quiz_page(
        entries, lambda path, target: ("pic.png", PNG) if target == "pic.png" else None, title="Bio <1>", seed=7
    )


def test_one_file_that_loads_nothing_and_runs_only_its_own_script() -> None:
    text = page().text
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    for element in ("script", "style"):
        inside = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        assert len(inside) == 1
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]
    assert not re.search(r'<(?:link|iframe|object|embed|base)\b|\bsrc="(?!data:)|@import|url\(', text)
    assert "window.hacked" in text
    assert "<script>window" not in text


def test_a_missing_picture_is_said() -> None:
    assert page().missing == (("Bio.md", 5, "gone.png", "no such file"),)


def test_the_same_cards_give_the_same_page() -> None:
    assert page().text == page().text


@pytest.fixture
def chrome(tmp_path: Path) -> Iterator[Chrome]:
    if BROWSER is None:
        pytest.skip("no Chromium on this machine")
    opened = Chrome(tmp_path / "profile")
    (tmp_path / "quiz.html").write_text(page().text, encoding="utf-8")
    opened.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
    opened.open(tmp_path / "quiz.html")
    yield opened
    opened.close()


def shown(chrome: Chrome, name: str) -> str:
    text: str = chrome.value(f"document.getElementById('{name}').innerText")
    return text


def is_hidden(chrome: Chrome, name: str) -> bool:
    hidden: bool = chrome.value(f"document.getElementById('{name}').offsetParent === null")
    return hidden


def faults(chrome: Chrome) -> list[str]:
    found = []
    for event in chrome.events:
        parameters = event.get("params", {})
        if event.get("method") == "Network.requestWillBeSent":
            address = parameters["request"]["url"]
            if not address.startswith(("file:", "data:", "about:")):
                found.append(address)
        elif event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown"):
            found.append(str(parameters))
    return found


@pytest.mark.browser
def test_every_card_by_keyboard_with_hidden_answers(chrome: Chrome) -> None:
    fronts, backs = [], []
    for _ in range(4):
        assert is_hidden(chrome, "solution")
        assert shown(chrome, "back") == ""
        fronts.append(shown(chrome, "front"))
        chrome.key(" ")
        assert not is_hidden(chrome, "solution")
        backs.append(shown(chrome, "back"))
        chrome.key("3")
    assert fronts[0] == "What is H2O?"
    assert backs[0] == "Water"
    assert fronts[2] == "The [organelle] makes ATP"
    assert backs[3] == "This card has no answer yet."
    assert not is_hidden(chrome, "done")
    assert "4 of 4 known" in shown(chrome, "score")
    assert chrome.value("Object.keys(localStorage).length") == 1
    assert faults(chrome) == []


@pytest.mark.browser
def test_hostile_text_is_text(chrome: Chrome) -> None:
    chrome.key("n")
    chrome.key(" ")
    assert "<script>window.hacked=1</script>" in shown(chrome, "front")
    assert "<img src=x onerror=window.hacked=2>" in shown(chrome, "back")
    assert chrome.value("window.hacked") is None
    assert chrome.value("[...document.querySelectorAll('#card a')].every((a) => a.href.startsWith('https://'))")
    assert chrome.value("document.querySelector('#back img').naturalWidth") == 1
    assert "gone.png (no such file)" in shown(chrome, "back")
    assert faults(chrome) == []


@pytest.mark.browser
def test_decks_typing_and_the_screen_reader(chrome: Chrome) -> None:
    assert chrome.value("[...document.getElementById('deck').options].map((o) => o.text).join('|')") == (
        "all decks (4)|one (2)|two (2)|two/deep (2)"
    )
    chrome.value("const d = document.getElementById('deck'); d.value = 'two'; d.dispatchEvent(new Event('change'))")
    assert shown(chrome, "position") == "1 of 2"
    assert chrome.value("document.getElementById('live').textContent").startswith("Card 1 of 2. The [organelle]")
    chrome.value("d.value = ''; d.dispatchEvent(new Event('change'))")
    chrome.value("document.getElementById('typing').click()")
    assert chrome.value("document.activeElement.id") == "answer"
    for letter in "water":
        chrome.key(letter)
    chrome.key("Enter")
    assert shown(chrome, "verdict") == "Right"
    assert chrome.value("document.getElementById('live').textContent") == "Answer: Water"
    unnamed = "[...document.querySelectorAll('button, select, input')].filter((e) => !(e.innerText || e.ariaLabel || e.labels?.length)).length"
    assert chrome.value(unnamed) == 0
