from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from vaults import HOSTILE_TEXTS, PAINTED, TEXTS, page_of

import vaultkit.map
from vaultkit.map.local_graph import vis_script
from vaultkit.map.packed_text import Packed, unpacked
from vaultkit.map.script import asset, lean, page_script


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


def test_scripts_and_styles_are_allowed_by_hash_and_nothing_else():
    elements = Elements(page_of(TEXTS, PAINTED))
    (policy,) = [a["content"] for tag, a in elements.found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["connect-src"] == "'none'"
    assert "unsafe" not in policy
    for tag, attributes, text in elements.raw:
        if attributes.get("type") in ("application/json", "text/plain"):
            continue
        assert digest(text) in parts["script-src" if tag == "script" else "style-src"]
    for unpacked_later in (page_script(), vis_script()):
        assert digest(unpacked_later) in parts["script-src"]
    assert parts["script-src"].count("sha256-") == 3


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_page_holds_the_script_that_its_policy_allows():
    (held,) = [(a, text) for _, a, text in Elements(page_of(TEXTS)).raw if a.get("id") == "code-data"]
    assert unpacked(Packed(int(held[0]["data-size"]), held[1])).decode() == page_script()


def test_no_address_leads_out_of_the_page():
    elements = Elements(page_of(TEXTS, PAINTED))
    assert not [a for _, a in elements.found if {"src", "href", "srcset", "action"} & set(a)]


def test_no_word_of_the_vault_becomes_markup():
    plain = {tag for tag, _ in Elements(page_of(TEXTS)).found}
    hostile = Elements(page_of(HOSTILE_TEXTS))
    assert {tag for tag, _ in hostile.found} <= plain
    assert not [a for _, a in hostile.found if any(name.startswith("on") for name in a)]


def test_findings_reach_readers_without_javascript_as_text():
    from vaults import FINDING, SCRIPT, overlay

    html = page_of({"a.md": ""}, overlay(findings={"a.md": [{**FINDING, "message": SCRIPT}]}))
    assert SCRIPT not in html
    assert "&lt;img src=x onerror=window.hacked=1&gt;" in html


def test_the_document_can_be_read_back():
    elements = Elements(page_of(HOSTILE_TEXTS))
    (text,) = [text for _, a, text in elements.raw if a.get("id") == "map-data"]
    assert json.loads(text)["version"] == 1


def test_the_same_vault_gives_the_same_bytes():
    assert page_of(TEXTS, PAINTED) == page_of(TEXTS, PAINTED)


def test_a_page_is_a_document_with_title_and_language():
    html = page_of(TEXTS)
    assert html.startswith('<!doctype html>\n<html lang="en"')
    assert re.search("<title>Test vault &middot; map</title>", html)


def test_readers_without_javascript_see_the_map():
    html = page_of(TEXTS, PAINTED)
    start = html.index("<noscript>")
    svg = html[html.index("<svg", start) : html.index("</svg>", start)]
    assert len(set(re.findall(r"M-?\d+ -?\d+h0", svg))) == 9, "notes, canvas and ghosts; no pictures, no tags"
    assert ">Alpha</text>" in svg


def test_a_vault_of_nothing_has_no_still():
    assert "<svg" not in page_of({}).split("<noscript>")[1].split("</noscript>")[0]


SOURCES = Path(vaultkit.map.__file__).with_name("assets") / "src"
MODULES = sorted(path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.js"))


@pytest.mark.parametrize("name", MODULES)
def test_a_lean_module_says_the_same(name):
    script = re.sub(r'^import \{[^}]*\} from "[^"]+";$', "", asset(f"src/{name}"), flags=re.MULTILINE)
    for line in script.splitlines():
        assert line.count("`") % 2 == 0, f"a string over lines would lose its indents: {line}"
    kept = [line.strip() for line in re.sub(r"^ */\*\*.*?\*/", "", script, flags=re.DOTALL | re.MULTILINE).splitlines()]
    kept = [line.removeprefix("export ") for line in kept if line and not line.startswith("//")]
    assert kept == [
        re.sub(r"(?:\\u[0-9a-f]{4})+", lambda m: m[0] if m[0] in script else literal(m[0]), line)
        for line in lean(name).splitlines()
    ]


def literal(escapes: str) -> str:
    units = bytes.fromhex(escapes.replace("\\u", ""))
    return units.decode("utf-16-be")


def test_modules_are_short_and_their_names_are_unique():
    names: dict[str, str] = {}
    for module in MODULES:
        script = asset(f"src/{module}")
        assert len(script.splitlines()) <= 300, f"{module} is too long"
        for name in re.findall(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", script, re.MULTILINE):
            assert name not in names, f"{name} is defined in {names[name]} and in {module}"
            names[name] = module


def test_the_script_holds_every_module():
    assert "@ts-check" not in page_script()
    for module in MODULES:
        if module != "start.js":  # unpacks the script
            assert lean(module) in page_script(), f"no module imports {module}"
