from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from vaults import HOSTILE_TEXTS, PAINTED, TEXTS, page_of

from vaultkit.map.html import asset, chosen_renderer, lean


class Elements(HTMLParser):
    """Start tags with attributes, and what stands in script and style elements."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.raw.append((tag, dict(attrs), ""))

    def handle_data(self, data):
        if self.raw and self.cdata_elem:
            tag, attributes, text = self.raw[-1]
            self.raw[-1] = (tag, attributes, text + data)


def test_scripts_and_styles_are_allowed_by_hash_and_nothing_else(renderer):
    elements = Elements(page_of(TEXTS, PAINTED, renderer))
    (policy,) = [a["content"] for tag, a in elements.found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["connect-src"] == "'none'"
    assert "unsafe" not in policy
    for tag, attributes, text in elements.raw:
        if attributes.get("type") == "application/json":
            continue
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in parts["script-src" if tag == "script" else "style-src"]


def test_no_address_leads_out_of_the_page(renderer):
    elements = Elements(page_of(TEXTS, PAINTED, renderer))
    assert not [a for _, a in elements.found if {"src", "href", "srcset", "action"} & set(a)]


def test_no_word_of_the_vault_becomes_markup(renderer):
    plain = {tag for tag, _ in Elements(page_of(TEXTS, renderer=renderer)).found}
    hostile = Elements(page_of(HOSTILE_TEXTS, renderer=renderer))
    assert {tag for tag, _ in hostile.found} <= plain
    assert not [a for _, a in hostile.found if any(name.startswith("on") for name in a)]


def test_findings_reach_readers_without_javascript_as_text(renderer):
    from vaults import FINDING, SCRIPT, overlay

    html = page_of({"a.md": ""}, overlay(findings={"a.md": [{**FINDING, "message": SCRIPT}]}), renderer)
    assert SCRIPT not in html
    assert "&lt;img src=x onerror=window.hacked=1&gt;" in html


def test_the_document_can_be_read_back(renderer):
    elements = Elements(page_of(HOSTILE_TEXTS, renderer=renderer))
    (text,) = [text for _, a, text in elements.raw if a.get("id") == "map-data"]
    assert json.loads(text)["version"] == 1


def test_the_same_vault_gives_the_same_bytes(renderer):
    assert page_of(TEXTS, PAINTED, renderer) == page_of(TEXTS, PAINTED, renderer)


def test_pyvis_lists_hold_no_words_of_the_vault():
    (text,) = [t for _, a, t in Elements(page_of(HOSTILE_TEXTS, renderer="pyvis")).raw if a.get("id") == "pyvis-data"]
    listed = json.loads(text)
    assert set(listed["nodes"][0]) == {"id", "x", "y", "size", "shape"}
    assert "hacked" not in text


def test_a_page_is_a_document_with_title_and_language(renderer):
    html = page_of(TEXTS, renderer=renderer)
    assert html.startswith('<!doctype html>\n<html lang="en"')
    assert re.search("<title>Test vault &middot; map</title>", html)


def test_auto_takes_pyvis_for_small_vaults():
    assert [chosen_renderer("auto", count) for count in (0, 2000, 2001)] == ["pyvis", "pyvis", "canvas"]
    assert chosen_renderer("canvas", 3) == "canvas"
    assert chosen_renderer("pyvis", 9999) == "pyvis"


def test_readers_without_javascript_see_the_map():
    html = page_of(TEXTS, PAINTED)
    start = html.index("<noscript>")
    svg = html[html.index("<svg", start) : html.index("</svg>", start)]
    assert len(set(re.findall(r"M-?\d+ -?\d+h0", svg))) == 9, "notes, canvas and ghosts; no pictures, no tags"
    assert ">Alpha</text>" in svg


def test_a_vault_of_nothing_has_no_still():
    assert "<svg" not in page_of({}).split("<noscript>")[1].split("</noscript>")[0]


@pytest.mark.parametrize("name", ["model", "paint", "canvas", "vis", "stage", "ui", "exports"])
def test_a_lean_script_says_the_same(name):
    script = asset(f"{name}.js")
    for line in script.splitlines():
        assert line.count("`") % 2 == 0, f"a string over lines would lose its indents: {line}"
        assert "/*" not in line.lstrip()[1:], f"a comment after code stays: {line}"
    kept = [line.strip() for line in re.sub(r"/\*\*.*?\*/", "", script, flags=re.DOTALL).splitlines()]
    kept = [line for line in kept if line and not line.startswith("//")]
    plain = ["".join(sign if sign.isascii() else f"\\u{ord(sign):04x}" for sign in line) for line in kept]
    assert lean(f"{name}.js").splitlines() == plain
