"""The conformance cases of Obsidian's parser and link resolution, from ``cases/*.jsonl``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from remark_model import vaultkit_view

from vaultkit.base.text import decode, line_and_column
from vaultkit.note.links import default_display, has_scheme, split_size
from vaultkit.note.model import Link, Note
from vaultkit.note.parse import parse_note
from vaultkit.note.properties import aliases, property_tags
from vaultkit.vault.cached_metadata import cached_metadata
from vaultkit.vault.link_tables import unresolved_name
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.snapshot import Snapshot

FOLDER = Path(__file__).with_name("cases")
SOURCES = {"documented", "recorded", "implementations", "recommended", "model"}
OUTLINE = ("sections", "items", "headings", "links")
CASES: list[dict[str, Any]] = [
    json.loads(line) for path in sorted(FOLDER.glob("*.jsonl")) if path.stem != "cards" for line in path.read_text(encoding="utf-8").split("\n") if line
]  # fmt: skip


def cases_of(kind: str) -> list[Any]:
    return [pytest.param(case, id=f"{case['id']} {case['title']}") for case in CASES if case["type"] == kind]


def position(note: Note, offset: int) -> dict[str, int]:
    line, column = line_and_column(note.line_starts, offset)
    return {"line": line, "col": column}


def seen_link(note: Note, text: str, link: Link) -> dict[str, Any]:
    found: dict[str, Any] = position(note, link.start) | {
        "raw": text[link.start : link.end],
        "syntax": link.syntax,
        "target": link.linkpath,
        "subpath": link.subpath,
        "display": link.display,
        "in_comment": link.in_comment,
        "default_display": default_display(link.linktext),
        "size": None,
    }
    if link.is_embed:
        alternative, size = split_size(link.display)
        found["display"] = alternative
        found["size"] = {"width": size[0], "height": size[1]} if size else None
    return found


def seen(text: str, kind: str) -> Any:
    note = parse_note(text.encode())
    if kind in ("links", "embeds"):
        return [seen_link(note, text, link) for link in note.links if link.is_embed == (kind == "embeds")]
    if kind == "tags":
        return [position(note, tag.start) | {"tag": tag.tag, "in_comment": tag.in_comment} for tag in note.tags]
    if kind == "headings":
        return [position(note, h.start) | {"level": h.level, "text": h.text} for h in note.headings]
    if kind == "blocks":
        return [position(note, block.caret) | {"id": block.id} for block in note.blocks]
    if kind == "tasks":
        return [
            {"line": position(note, item.start)["line"], "status": item.task}
            for item in note.list_items
            if item.task is not None
        ]
    if kind == "callouts":
        return [
            {"line": position(note, callout.start)["line"], "type": callout.type, "fold": callout.fold}
            for callout in note.callouts
        ]
    if kind == "footnotes":
        return {"refs": [ref.id for ref in note.footnote_refs], "defs": [footnote.id for footnote in note.footnotes]}
    if kind == "properties":
        matter = note.frontmatter
        return None if matter is None or matter.error else dict(matter.properties)
    if kind == "property_error":
        return note.frontmatter is not None and note.frontmatter.error is not None
    if kind == "property_tags":
        return list(property_tags(note.properties))
    if kind == "aliases":
        return list(aliases(note.properties))
    if kind == "property_links":
        return [
            {"key": link.key, "target": link.linkpath, "subpath": link.subpath, "display": link.display}
            for link in note.property_links
        ]
    assert kind == "reference_links"
    return [{"id": d.id, "target": d.linkpath + d.subpath} for d in note.reference_definitions]


DEFAULTS = {"subpath": "", "display": None, "in_comment": False, "size": None}


@pytest.mark.parametrize("case", cases_of("parse"))
def test_parse(case: dict[str, Any]) -> None:
    for kind, expected in case["expect"].items():
        found = seen(case["input"], kind)
        if kind == "properties" and expected is not None:
            assert found is not None
            assert {key: found.get(key) for key in expected} == expected
            continue
        if not isinstance(expected, list) or not expected or not isinstance(expected[0], dict):
            assert found == expected, kind
            continue
        assert len(found) == len(expected), (kind, found)
        for want, have in zip(expected, found, strict=True):
            wanted = {key: value for key, value in DEFAULTS.items() if key in have} | want
            for key, value in wanted.items():
                if key == "display" and have.get("syntax") == "markdown" and key not in want:
                    continue  # the text in brackets is always there; the case does not ask for it
                assert have[key] == value, (kind, key)


def cache_of(text: str) -> dict[str, Any]:
    data = text.encode()
    cache: dict[str, Any] = json.loads(json.dumps(cached_metadata(parse_note(data), decode(data).text)))
    return cache


@pytest.mark.parametrize("case", cases_of("cache"))
def test_cache(case: dict[str, Any]) -> None:
    cache, expected = cache_of(case["input"]), case["expect"]
    view = {key: [list(row) for row in rows] for key, rows in vaultkit_view(cache).items()}
    wanted = {key: expected[key] for key in OUTLINE if key in expected}
    assert {key: view[key] for key in wanted} == wanted
    if "tags" in expected:
        starts = [(tag["position"]["start"], tag["tag"]) for tag in cache.get("tags", ())]
        assert [[start["line"], start["col"], tag] for start, tag in starts] == expected["tags"]
    if "footnote_ids" in expected:
        assert [footnote["id"] for footnote in cache.get("footnotes", ())] == expected["footnote_ids"]
    for key, value in expected.get("metadata", {}).items():
        assert cache.get(key) == value, key


def only_link(vault: Snapshot, case: dict[str, Any]) -> tuple[str, str] | None:
    """Linkpath and subpath of the case's link; None when it is external."""
    note = parse_note(case["link"].encode())
    if note.links:
        return note.links[0].linkpath, note.links[0].subpath
    assert note.external_links
    return None


@pytest.mark.parametrize("case", cases_of("resolve"))
def test_resolve(case: dict[str, Any]) -> None:
    vault = vault_of(case["vault"], case.get("settings"))
    expected, source = case["expect"], case["from"]
    if source.endswith(".canvas"):
        found = vault.file_at(case["link"])
        assert found == expected["path"]
        assert (found is not None) == (expected["status"] == "resolved")
        return
    link = only_link(vault, case)
    if link is None:
        assert expected["status"] == "external"
        assert has_scheme(case["link"][case["link"].index("](") + 2 :])
        return
    resolution = vault.resolve(link[0], source)
    if expected["status"] == "ambiguous":
        assert resolution.is_tie
        assert list(resolution.candidates) == expected["candidates"]
        return
    assert not resolution.is_tie
    assert resolution.path == expected["path"]
    if "unresolved_name" in expected:
        assert unresolved_name(link[0]) == expected["unresolved_name"]
    if "duplicates" in expected:
        others = {path for path in vault.files_named(resolution.path.split("/")[-1]) if path != resolution.path}
        assert others == set(expected["duplicates"])
    if "subpath" in expected:
        place = vault.place(resolution.path or "", link[1])
        assert place.kind == expected["subpath"]["kind"]
        if "line" in expected["subpath"]:
            note = vault.notes[resolution.path or ""]
            assert position(note, place.start)["line"] == expected["subpath"]["line"]


def test_cases_are_well_formed() -> None:
    counts: dict[str, int] = {}
    for case in CASES:
        counts[case["id"]] = counts.get(case["id"], 0) + 1
        needed = {"vault", "from", "link"} if case["type"] == "resolve" else {"input"}
        assert {"id", "type", "title", "source", "expect"} | needed <= case.keys(), case["id"]
        assert case["type"] in ("parse", "cache", "resolve"), case["id"]
        assert case["source"] in SOURCES, case["id"]
    assert [name for name, count in counts.items() if count > 1] == []
