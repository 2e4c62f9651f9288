"""The page on real vaults, through the whole command. They lie beside the repository and are not part of it."""

from __future__ import annotations

import importlib.util
import tarfile
from pathlib import Path

import pytest
from test_places import IN_SIGHT, NAMELESS

from vaultkit.cli.entry_point import run

pytestmark = pytest.mark.browser
SHARED = Path(__file__).parents[3] / "shared" / "corpus"
ENTER = "\ue007"
VAULTS = ("kepano-obsidian", "ForeignOx-notes", "oldwinter-knowledge-garden")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real")
    made: dict[str, str] = {}

    def page(name: str) -> str:
        archive = SHARED / f"{name}.tar.xz"
        if not archive.exists():
            pytest.skip(f"{archive} is not there: the real vaults are not part of the repository")
        if name not in made:
            with tarfile.open(archive) as held:
                held.extractall(folder, filter="data")
            out = folder / f"{name}.html"
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("VAULTKIT_CACHE_DIR", str(folder / "cache"))
                assert run(["map", "--vault", str(folder / name), "-o", str(out), "-q"]) == 0
            made[name] = out.read_text(encoding="utf-8")
        return made[name]

    return page


@pytest.fixture(params=VAULTS)
def real(request, browser, pages):
    browser.window(1440, 900)
    browser.open(pages(request.param), wait=60)
    browser.until("VK.page.state.hasTexts", 30)
    browser.settle()
    yield browser
    browser.window()


def test_it_asks_nobody_and_says_nothing(real):
    assert real.requests() == []
    assert real.complaints() == []


def test_notes_at_every_edge_come_into_sight(real):
    edges = real.run(
        """const p = VK.page, notes = [...p.model.order].filter((i) => p.stage.state.shown[i] && p.model.kind[i] === 0);
        const by = (of) => notes.slice().sort((a, b) => of(a) - of(b))[0];
        return [by((i) => p.model.x[i]), by((i) => -p.model.x[i]), by((i) => p.model.y[i]), by((i) => -p.model.y[i])].map((i) => p.model.labels[i])"""
    )
    for label in edges:
        real.run(
            "VK.page.select(-1); VK.page.stage.fit(null, { fly: false }); VK.page.select(VK.page.model.labels.indexOf(arguments[0]), {})",
            label,
        )
        real.settle(0.5)
        assert real.run(IN_SIGHT, label), label


@pytest.mark.parametrize("times", [1, 2, 4])
def test_the_greatest_notes_are_named(real, times):
    real.run("VK.page.stage.zoom(arguments[0])", times)
    real.settle(0.8)
    assert real.run(NAMELESS) <= 3


def test_a_rule_leaves_only_its_notes(real):
    wrong = real.run(
        """const p = VK.page, codes = Object.keys(p.data.rules), found = [];
        for (const code of codes) {
          p.readHash('rules=' + code, false);
          const has = new Set(p.data.findings.filter(([, c]) => c === code).map(([node]) => node));
          for (let i = 0; i < p.model.count; i++) if (p.model.passing[i] && [0, 8, 9].includes(p.model.kind[i]) && !has.has(i)) found.push([code, p.model.labels[i]]);
        }
        return found.slice(0, 5)"""
    )
    assert wrong == []


def test_no_notice_is_painted_at_first(real):
    assert real.run("const s = VK.page.state; return [s.showFindings, s.showInfo]") == [False, False]


def test_every_note_is_rendered_as_text_alone(real):
    """A sample of the notes, the longest among them: elements that are allowed, and no long wait."""
    slow, tags = real.run(
        """const p = VK.page, notes = [...p.model.kind].map((k, i) => (k === 0 ? i : -1)).filter((i) => i >= 0);
        const some = notes.filter((_, at) => at % Math.ceil(notes.length / 60) === 0), tags = new Set();
        let slow = 0;
        for (const node of some) {
          const from = performance.now();
          p.select(node, {});
          slow = Math.max(slow, performance.now() - from);
          for (const e of document.querySelectorAll('#card .text *')) tags.add(e.tagName.toLowerCase());
        }
        return [slow, [...tags]]"""
    )
    allowed = set(
        "p h3 h4 h5 h6 ul ol li input pre code blockquote div details summary table thead tbody tr th td dl dt dd hr a span button img "
        "strong em del mark sup sub br svg path circle".split()
    )
    assert set(tags) <= allowed
    assert slow < 500
    assert real.complaints() == []


def test_a_word_of_the_text_is_found_in_three_keys(real):
    word = real.run(
        "const p = VK.page; p.select(p.model.order.find((i) => p.model.kind[i] === 0), {}); return (document.querySelector('#card .text p')?.textContent.match(/[\\p{L}]{5,}/u) ?? ['note'])[0]"
    )
    real.run("VK.page.select(-1)")
    real.keys("/", word, ENTER)
    real.settle(0.3)
    assert real.selected() is not None
    assert real.run("return document.activeElement.closest('#card') !== null")
    assert real.said().count(",") >= 3


@pytest.mark.parametrize("lens", ["explore", "repair"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_violation(browser, pages, lens, theme):
    axe = Path(importlib.util.find_spec("axe_core_python").submodule_search_locations[0]) / "axe.min.js"
    browser.open(pages("kepano-obsidian"), f"#theme={theme}&lens={lens}")
    browser.until("VK.page.state.hasTexts", 30)
    browser.run("const p = VK.page; p.select(p.model.order.find((i) => p.model.kind[i] === 0), {})")
    browser.run("document.querySelectorAll('#panel details').forEach((d) => (d.open = true))")
    browser.settle(0.8)
    browser.run(axe.read_text(encoding="utf-8"))
    found = browser.driver.execute_async_script("axe.run(document).then((r) => arguments[0](r.violations))")
    assert [(v["impact"], v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []
