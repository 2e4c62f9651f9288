"""TX006: leftovers of chat models."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"a.md": "A return, a citeturnaround, 【1】 and 【注】 † [cite] [12]\n"}, id="similar words and signs"
        ),
        pytest.param({"a.md": "`citeturn0search1`\n\n```\n:contentReference[oaicite:0]\n```\n"}, id="code"),
        pytest.param({"a.md": "[x](https://example.org/?utm_source=newsletter)\n"}, id="another campaign"),
        pytest.param({"a.md": "Sure, it works. Certainly not.\n"}, id="prose"),
    ],
)
def test_chat_residue_is_silent(lint, files):
    assert lint(files, "TX006") == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a.md": "Data.:contentReference[oaicite:0]{index=0} More.:contentReference[oaicite:1]{index=1}"},
            [
                "a.md:1:6: TX006 chat-residue: chat citation mark: `:contentReference[oaicite:0]{index=0}`, and 1 more in this note"
            ],
            id="contentReference, once a note",
        ),
        pytest.param(
            {"a.md": "Data [oai_citation:0‡example.org](https://example.org)."},
            ["a.md:1:6: TX006 chat-residue: chat citation mark: `[oai_citation:0‡example.org](https://example.org)`"],
            id="a link with its mark",
        ),
        pytest.param(
            {"a.md": "one\nData \ue200cite\ue202turn5search3\ue202turn1news2\ue201."},
            [
                "a.md:2:6: TX006 chat-residue: chat citation mark: `\\ue200cite\\ue202turn5search3\\ue202turn1news2\\ue201`"
            ],
            id="private characters",
        ),
        pytest.param(
            {"a.md": "Data citeturn0search1turn2view0."},
            ["a.md:1:6: TX006 chat-residue: chat citation mark: `citeturn0search1turn2view0`"],
            id="without them",
        ),
        pytest.param(
            {"a.md": "Data【4†source】 and【12:3†L5-L9】"},
            ["a.md:1:5: TX006 chat-residue: chat citation mark: `【4†source】`, and 1 more in this note"],
            id="brackets",
        ),
        pytest.param(
            {"a.md": "[cite_start]Data. [cite: 12, 13]"},
            ["a.md:1:1: TX006 chat-residue: chat citation mark: `[cite_start]`, and 1 more in this note"],
            id="Gemini",
        ),
        pytest.param(
            {"a.md": "[x](https://a.org/?utm_source=chatgpt.com)"},
            ["a.md:1:20: TX006 chat-residue: chat tracking parameter in a URL: `utm_source=chatgpt.com`"],
            id="an address",
        ),
        pytest.param(
            {"a.md": "[x](sandbox:/mnt/data/x.csv)"},
            ["a.md:1:5: TX006 chat-residue: link to a file in a chat: `sandbox:/mnt/data/x.csv`"],
            id="a file",
        ),
        pytest.param(
            {"a.md": "Certainly! Here's a markdown guide\n\nx"},
            [
                "a.md:1:1: TX006 chat-residue: chat greeting at the start of the note: `Certainly! Here's a markdown guide`"
            ],
            id="a greeting",
        ),
    ],
)
def test_chat_residue_is_found(lint, files, expected):
    assert lint(files, "TX006") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Data :contentReference[oaicite:0]{index=0}. A \ue200cite\ue202turn5search3\ue201.\n",
            "Data. A.\n",
            id="citations",
        ),
        pytest.param(
            "Data [oai_citation:0‡a.org](https://a.org).\n",
            "Data [a.org](https://a.org).\n",
            id="a link keeps its address",
        ),
    ],
)
def test_chat_residue_is_fixed(fixed, lint, text, expected):
    assert fixed({"a.md": text}, "TX006") == {"a.md": expected}
    assert lint({"a.md": expected}, "TX006") == []


def test_what_readers_do_not_see_is_info(findings):
    found = findings({"a.md": "[x](https://a.org/?utm_source=chatgpt.com) a【4†source】"}, "TX006")
    assert [(one.column, one.severity) for one in found] == [(20, "info"), (45, "warning")]
