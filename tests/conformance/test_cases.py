"""The 296 written cases of Obsidian's behaviour, when the shared specification is at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from vaultkit.index.load import vault_of
from vaultkit.index.vault import Vault, unresolved_name
from vaultkit.note.links import default_display, has_scheme, split_size
from vaultkit.note.model import Link, Note
from vaultkit.note.parse import parse_note
from vaultkit.note.properties import aliases, property_tags
from vaultkit.text import line_and_column

CASES_FILE = Path(__file__).parents[3] / "shared" / "spec" / "obsidian-cases.yaml"
CASES: list[dict[str, Any]] = (
    yaml.safe_load(CASES_FILE.read_text(encoding="utf-8"))["cases"] if CASES_FILE.exists() else []
)
# The expectation contradicts the case's own input: the text in brackets is "cycle", "laws" is expected.
WRONG_EXPECTATION = {"P057": ("links", "display")}

pytestmark = pytest.mark.skipif(not CASES, reason=f"{CASES_FILE} is not there: it is not part of the project")


def ids(kind: str) -> list[Any]:
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


def seen(case: dict[str, Any], kind: str) -> Any:
    text = case["input"]
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


@pytest.mark.parametrize("case", ids("parse"))
def test_parse(case: dict[str, Any]) -> None:
    for kind in case["assert"]:
        expected, found = case["expect"][kind], seen(case, kind)
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
                if WRONG_EXPECTATION.get(case["id"]) == (kind, key):
                    continue
                assert have[key] == value, (kind, key)


def only_link(vault: Vault, case: dict[str, Any]) -> tuple[str, str] | None:
    """Linkpath and subpath of the case's link; None when it is external."""
    note = parse_note(case["link"].encode())
    if note.links:
        return note.links[0].linkpath, note.links[0].subpath
    assert note.external_links
    return None


@pytest.mark.parametrize("case", ids("resolve"))
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
