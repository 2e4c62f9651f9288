"""TX004: words with two capitals at their beginning."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "What is it?"}, id="plain"),
        pytest.param({"a.md": "LLMs, GPUs, PhDs, IDs, TVs and the USA"}, id="abbreviations"),
        pytest.param({"a.md": "OAuth, IPython, SQLite, RStudio and MLflow"}, id="names"),
        pytest.param({"a.md": "MoE, GraphQL, LLaMA, ABba2, HTMLElement"}, id="inner capitals"),
        pytest.param(
            {"a.md": "OCaml, ATen, DAgger, IEnumerable, UNet, CLion, SHapley, IEnumerator, XLnet and MLlib"},
            id="more names",
        ),
        pytest.param({"a.md": "the ZXing library: `zxing.a` `zxing.b` `zxing.c`"}, id="small letters in code only"),
        pytest.param({"a.md": "CMake, DTrace, XCode. " + "cmake dtrace Xcode " * 9}, id="a letter before a word"),
        pytest.param({"a.md": "FIRE (FInding Rogue nEtworks)"}, id="an acronym spelled out"),
        pytest.param({"a.md": "It finds 'THe' and \"WHat\". NO PRoblem."}, id="quoted, and behind capitals"),
        pytest.param({"a.md": "`WHat` [[WHat]] #WHat https://example.org/WHat"}, id="code, links and tags"),
        pytest.param({"a.md": "MBits", "vaultkit.toml": '[rules.TX004]\nallow = ["MBits"]\n'}, id="allowed"),
        pytest.param(
            {"a.md": "ASwatch finds. ASwatch learns. What ASwatch does."}, id="a name that is always written so"
        ),
    ],
)
def test_double_capital_is_silent(lint, files):
    assert lint(files, "TX004") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "WHat is it?"},
            ["a.md:1:1: TX004 double-capital: two capital letters at the start of `WHat`; write `What`"],
            id="What",
        ),
        pytest.param(
            {"a.md": "one\nFIne TUning"},
            [
                "a.md:2:1: TX004 double-capital: two capital letters at the start of `FIne`; write `Fine`",
                "a.md:2:6: TX004 double-capital: two capital letters at the start of `TUning`; write `Tuning`",
            ],
            id="two in a line",
        ),
        pytest.param(
            {"a.md": "(see IMage)"},
            ["a.md:1:6: TX004 double-capital: two capital letters at the start of `IMage`; write `Image`"],
            id="in brackets",
        ),
        pytest.param(
            {"a.md": "FInding x. FInding y. FInding z, finding it."},
            [
                f"a.md:1:{column}: TX004 double-capital: two capital letters at the start of `FInding`; write `Finding`"
                for column in (1, 12, 23)
            ],
            id="often, and written otherwise as well",
        ),
        pytest.param(
            {"a.md": "Die SChule. Eine Schule, die Schule, der Schule."},
            ["a.md:1:5: TX004 double-capital: two capital letters at the start of `SChule`; write `Schule`"],
            id="another language, by the note itself",
        ),
        pytest.param(
            {"a.md": "DIscovering SInce"},
            [
                "a.md:1:1: TX004 double-capital: two capital letters at the start of `DIscovering`; write `Discovering`",
                "a.md:1:13: TX004 double-capital: two capital letters at the start of `SInce`; write `Since`",
            ],
            id="inflected and common words",
        ),
    ],
)
def test_double_capital_is_found(lint, files, expected):
    assert lint(files, "TX004") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.md": "WHat is FIne-tuning?"}, {"a.md": "What is Fine-tuning?"}, id="small letters"),
    ],
)
def test_double_capital_is_mended(fixed, lint, files, expected):
    once = fixed(files, "TX004")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "TX004") == []
    assert fixed({**files, **once}, "TX004") == once


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "THe end. IDs and TVs."},
            ["a.md:1:1: TX004 double-capital: two capital letters at the start of `THe`; write `The`"],
            id="a short word",
        ),
    ],
)
def test_double_capital_elsewhere(lint, files, expected):
    assert lint(files, "TX004") == expected
