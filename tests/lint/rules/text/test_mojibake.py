"""TX001: text that was decoded with the wrong table."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"a.md": "The factor β, Swish β (xW + b) ⊗ π² and π/2, σ(x), Σ, μ, α; “β” and «β»"},
            id="Greek and mathematics",
        ),
        pytest.param({"a.md": "βάρος και π. χ. το β΄ μέρος"}, id="Greek words"),
        pytest.param({"a.md": "Un château à Orléans, « élève »… l’été “café…” À côté"}, id="French"),
        pytest.param(
            {"a.md": "Рівне, ещё; Čeština „ÄÖ“; Türkçe ğ; 日本語; עברית; Ελλάδα; “É” CITÉ»"}, id="other scripts"
        ),
        pytest.param({"a.md": "“AMANHû, „DAS Ä“, »SÅ» and «группа В» 25 В°"}, id="capitals before a closing mark"),
        pytest.param({"a.md": "🧠🦙 → ☕️ © ® ½ 5 °C ×2"}, id="emoji"),
        pytest.param({"a.md": "`donâ€™t cafÃ©`"}, id="code"),
        pytest.param({"a.md": "Какой тип файла? Цей тип. «тип», тип, ТИП, Тип: сто уст, хамам"}, id="Cyrillic words"),
        pytest.param({"a.md": "ВІВ° ТОЙ° 5 В° OUÃ’s CITÃ” »SÅ«"}, id="capitals and a sign"),
        pytest.param({"a.md": "тАж is one run of letters"}, id="one run of one script, even with a capital"),
        pytest.param({"a.md": "The constant is 8/(5√π) ≈ 0.9, √Ω, √∞, x√πy"}, id="square roots"),
        pytest.param({"a.md": "one √© alone"}, id="one pair of a root"),
        pytest.param({"a.md": "Tiếng Việt: đâu, ngã, à; São João, ação, Âncora"}, id="Vietnamese and Portuguese"),
        pytest.param({"a.md": "a β b, donât"}, id="a lone lead letter without evidence"),
    ],
)
def test_mojibake_is_silent(lint, files):
    assert lint(files, "TX001") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "donâ€™t, cafÃ© and 5 â€“ 6"},
            [
                "a.md:1:4: TX001 mojibake: wrong character encoding: `â€™` is probably `’`",
                "a.md:1:13: TX001 mojibake: wrong character encoding: `Ã©` is probably `é`",
                "a.md:1:22: TX001 mojibake: wrong character encoding: `â€“` is probably `–`",
            ],
            id="Windows",
        ),
        pytest.param(
            {"a.md": "donâ\x80\x99t"},
            ["a.md:1:4: TX001 mojibake: wrong character encoding: `â\x80\x99` is probably `’`"],
            id="Latin-1 with control characters",
        ),
        pytest.param(
            {"a.md": "ðŸ§\xa0 brain"},
            ["a.md:1:1: TX001 mojibake: wrong character encoding: `ðŸ§\xa0` is probably `🧠`"],
            id="emoji",
        ),
        pytest.param(
            {"a.md": "РџСЂРёРІРµС‚"},
            ["a.md:1:1: TX001 mojibake: wrong character encoding: `РџСЂРёРІРµС‚` is probably `Привет`"],
            id="Cyrillic",
        ),
        pytest.param(
            {"a.md": "‚Äúquoted‚Äù"},
            [
                "a.md:1:1: TX001 mojibake: wrong character encoding: `‚Äú` is probably `“`",
                "a.md:1:10: TX001 mojibake: wrong character encoding: `‚Äù` is probably `”`",
            ],
            id="Mac",
        ),
        pytest.param(
            {"a.md": "caf√© and gar√ßon"},
            [
                "a.md:1:4: TX001 mojibake: wrong character encoding: `√©` is probably `é`",
                "a.md:1:14: TX001 mojibake: wrong character encoding: `√ß` is probably `ç`",
            ],
            id="Mac, two pairs",
        ),
        pytest.param(
            {"a.md": "sch√∂n"},
            ["a.md:1:4: TX001 mojibake: wrong character encoding: `√∂` is probably `ö`"],
            id="Mac, within a word",
        ),
        pytest.param(
            {"a.md": "Ãœber РўРёРї"},
            [
                "a.md:1:1: TX001 mojibake: wrong character encoding: `Ãœ` is probably `Ü`",
                "a.md:1:7: TX001 mojibake: wrong character encoding: `РўРёРї` is probably `Тип`",
            ],
            id="letters of one script that are no word",
        ),
        pytest.param(
            {"a.md": "ΓÇ£quotedΓÇ¥"},
            [
                "a.md:1:1: TX001 mojibake: wrong character encoding: `ΓÇ£` is probably `“`",
                "a.md:1:10: TX001 mojibake: wrong character encoding: `ΓÇ¥` is probably `”`",
            ],
            id="code page 437",
        ),
        pytest.param(
            {"a.md": "5Â\xa0km"},
            ["a.md:1:2: TX001 mojibake: wrong character encoding: `Â\xa0` is probably no-break space"],
            id="space",
        ),
        pytest.param(
            {"a.md": "π§ Brain\nπ¦ Llama\nβ¦\ndonβt say βthis β\u2009thatβ"},
            [
                "a.md:1:1: TX001 mojibake: wrong character encoding: `π§` is the rest of a lost character; type the character again",
                "a.md:2:1: TX001 mojibake: wrong character encoding: `π¦` is the rest of a lost character; type the character again",
                "a.md:3:1: TX001 mojibake: wrong character encoding: `β¦` is the rest of a lost character; type the character again",
                "a.md:4:4: TX001 mojibake: wrong character encoding: `β` is the rest of a lost character; type the character again",
                "a.md:4:11: TX001 mojibake: wrong character encoding: `β` is the rest of a lost character; type the character again",
                "a.md:4:17: TX001 mojibake: wrong character encoding: `β` is the rest of a lost character; type the character again",
                "a.md:4:23: TX001 mojibake: wrong character encoding: `β` is the rest of a lost character; type the character again",
            ],
            id="stripped, with evidence",
        ),
        pytest.param(
            {"a.md": "â¦ â¢ â¬ and donât say âthisâ, but château"},
            [
                "a.md:1:1: TX001 mojibake: wrong character encoding: `â¦` is the rest of a lost character; type the character again",
                "a.md:1:4: TX001 mojibake: wrong character encoding: `â¢` is the rest of a lost character; type the character again",
                "a.md:1:7: TX001 mojibake: wrong character encoding: `â¬` is the rest of a lost character; type the character again",
                "a.md:1:17: TX001 mojibake: wrong character encoding: `â` is the rest of a lost character; type the character again",
                "a.md:1:24: TX001 mojibake: wrong character encoding: `â` is the rest of a lost character; type the character again",
                "a.md:1:29: TX001 mojibake: wrong character encoding: `â` is the rest of a lost character; type the character again",
            ],
            id="stripped Latin",
        ),
        pytest.param(
            {"a.md": "un prix de 5 â€ et l'âge du café, âme"},
            [
                "a.md:1:14: TX001 mojibake: wrong character encoding: `â€` is the rest of a lost character; type the character again"
            ],
            id="one sure sign does not make French words suspect",
        ),
        pytest.param(
            {"a.md": "---\ntitle: cafÃ©\n---\nâ€œx"},
            [
                "a.md:2:11: TX001 mojibake: wrong character encoding: `Ã©` is probably `é`",
                "a.md:4:1: TX001 mojibake: wrong character encoding: `â€œ` is probably `“`",
            ],
            id="in properties, and a run told once",
        ),
    ],
)
def test_mojibake_is_found(lint, files, expected):
    assert lint(files, "TX001") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "donâ€™t, cafÃ© and 5 â€“ 6, ðŸ§\xa0 brain"},
            {"a.md": "don’t, café and 5 – 6, 🧠 brain"},
            id="what goes back whole",
        ),
        pytest.param({"a.md": "РџСЂРёРІРµС‚ all"}, {"a.md": "Привет all"}, id="Cyrillic"),
    ],
)
def test_mojibake_is_mended(fixed, lint, files, expected):
    once = fixed(files, "TX001")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "TX001") == []
    assert fixed({**files, **once}, "TX001") == once
