"""PR010: tags that are almost the same."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": "#model #model"}, id="one tag"),
        pytest.param({"a.md": "#model #metal"}, id="two words"),
        pytest.param({"a.md": "#ai #ml #mi"}, id="short ones"),
        pytest.param({"a.md": "#year2023 #year2024"}, id="numbers"),
        pytest.param(
            {"a.md": "#training #trainings", "vaultkit.toml": '[rules.PR010]\nallow = ["training", "trainings"]\n'},
            id="allowed",
        ),
        pytest.param(
            {"a.md": "#multimodal #mulitmodal", "vaultkit.toml": "[rules.PR010]\ndistance = 0\n"}, id="no slips wanted"
        ),
        pytest.param({"a.md": "#clientA #clientB #cpu #gpu #802/3ae #802/3ab"}, id="another letter"),
        pytest.param({"a.md": "#alkenes " + "#alkanes " * 9}, id="another letter, rarely"),
        pytest.param({"a.md": "#computing/c #computing/R #computing/cs"}, id="short parts"),
        pytest.param({"a.md": "#trail #trial #form #from"}, id="swapped letters of short words"),
        pytest.param({"a.md": "#through #though #human #humane"}, id="a letter less, as common"),
        pytest.param({"a.md": "#client " * 9 + "#client7 #clients9"}, id="a number behind"),
        pytest.param({"a.md": "#Fractions #Functions #example-tag #sample-tag"}, id="two letters apart and as common"),
    ],
)
def test_tag_variants_is_silent(lint, files):
    assert lint(files, "PR010") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#multimodal #multimodal\n#mulitmodal"},
            ["a.md:2:1: PR010 tag-variants: similar tags `#mulitmodal` (1×) and `#multimodal` (2×)"],
            id="swapped letters",
        ),
        pytest.param(
            {"a.md": "#Model #model #model"},
            [
                "a.md:1:1: PR010 tag-variants: `#Model` (1×) and `#model` (2×) differ by case only: the same tag in Obsidian"
            ],
            id="case",
        ),
        pytest.param(
            {"a.md": "#todo", "b.md": "#todo", "c.md": "#TODO #TODO #TODO"},
            [
                "a.md:1:1: PR010 tag-variants: `#todo` (2×) and `#TODO` (3×) differ by case only: the same tag in Obsidian"
            ],
            id="case, once a vault",
        ),
        pytest.param(
            {"a.md": "#comon/art #computr-science " + "#common/art #computer-science " * 5},
            ["a.md:1:12: PR010 tag-variants: similar tags `#computr-science` (1×) and `#computer-science` (5×)"],
            id="a letter left out, rarely",
        ),
        pytest.param(
            {"a.md": "#model #models #models"},
            ["a.md:1:1: PR010 tag-variants: similar tags `#model` (1×) and `#models` (2×)"],
            id="plural",
        ),
        pytest.param(
            {"a.md": "---\ntags: [deep-learning]\n---\n", "b.md": "#DeepLearning #DeepLearning"},
            ["a.md:1:1: PR010 tag-variants: similar tags `#deep-learning` (1×) and `#DeepLearning` (2×)"],
            id="hyphen, among the properties",
        ),
    ],
)
def test_tag_variants_is_found(lint, files, expected):
    assert lint(files, "PR010") == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "#multimodal #multimodal\n#mulitmodal and #mulitmodal, #mulitmodal/x", "b.md": "#multimodal"},
            {"a.md": "#multimodal #multimodal\n#multimodal and #multimodal, #mulitmodal/x"},
            id="the commoner is written",
        ),
    ],
)
def test_tag_variants_is_mended(fixed, lint, files, expected):
    once = fixed(files, "PR010")
    assert {path: text for path, text in once.items() if text != files[path]} == expected
    assert lint({**files, **once}, "PR010") == []
    assert fixed({**files, **once}, "PR010") == once
