"""What a link opens, in a few lines; and what the findings at the cursor mean."""

from __future__ import annotations

import os
from typing import Any

from vaultkit.base.text import code_span
from vaultkit.lint.rule import all_rules
from vaultkit.lint.rule_docs import rule_page
from vaultkit.lsp.cursor import AtCursor, at_cursor
from vaultkit.lsp.targets import tag_places, target_of
from vaultkit.lsp.vaults import EditedVault
from vaultkit.vault.files import extension

METHOD = "textDocument/hover"
CAPABILITY = {"hoverProvider": True}
PREVIEW_LINES, PREVIEW_CHARS = 15, 1200
PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"})


def answer(vault: EditedVault, params: Any) -> Any:
    """Markdown: the findings, then what the link, heading or tag at the cursor is. None for plain text."""
    path = vault.path_of(params["textDocument"]["uri"])
    note = vault.note(path) if path is not None else None
    if path is None or note is None:
        return None
    lines = vault.lines(path)
    offset = lines.offset(params["position"])
    parts = list(_findings(vault, path, offset))
    found = at_cursor(note, lines.text, offset)
    about = _about(vault, path, found) if found is not None else ""
    parts = [*parts, about] if about else parts
    if not parts:
        return None
    shown: dict[str, Any] = {"contents": {"kind": "markdown", "value": "\n\n---\n\n".join(parts)}}
    if found is not None:
        shown["range"] = lines.range(found.start, found.end)
    return shown


def _findings(vault: EditedVault, path: str, offset: int) -> list[str]:
    if vault.is_dirty:
        return []
    rules = {rule.code: rule for rule in all_rules()}
    parts = []
    for finding in vault.findings(path):
        if finding.start <= offset <= finding.end and finding.code in rules:
            head, sections = rule_page(rules[finding.code])
            why = dict(sections).get("Why", "")
            parts.append(f"**{finding.code} {finding.name}**: {head}\n\n{why}".strip())
    return parts


def _about(vault: EditedVault, path: str, found: AtCursor) -> str:
    if found.kind == "tag":
        places = list(tag_places(vault, found.name))
        notes = len({source for source, _, _ in places})
        return f"`#{found.name}`: {_count(len(places), 'place')} in {_count(notes, 'note')}"
    if found.kind == "heading":
        count = sum(vault.snapshot.backlinks.get(path, {}).values())
        return f"{_count(count, 'link')} to this note" if found.index == 0 else ""
    if found.link is None:
        return ""
    target, place = target_of(vault, path, found.link)
    if target is None:
        return f"no file named {code_span(found.link.linkpath)}"
    if place.kind == "missing":
        kind = "block" if found.link.subpath.startswith("#^") else "heading"
        return f"`{target}` has no {kind} {code_span(found.link.subpath.lstrip('#^'))}"
    return f"**{target}**\n\n{preview(vault, target, place.start if place.kind in ('heading', 'block') else None)}"


def preview(vault: EditedVault, path: str, start: int | None) -> str:
    """The first lines of a note, of the section of a heading, or a block; a picture as itself."""
    if extension(path) in PICTURES:
        return f"![]({vault.uri(path)})"
    note = vault.note(path)
    if note is None:
        try:
            size = os.path.getsize(os.path.join(vault.root, path))
        except OSError:
            return ""
        return f"{size:,} bytes"
    text = vault.text(path)
    begin, end = (note.frontmatter.end if note.frontmatter is not None else 0), len(text)
    if start is not None:
        begin = start
        for heading in note.headings:
            if heading.start == start:
                later = (one.start for one in note.headings if one.start > start and one.level <= heading.level)
                end = next(later, end)
        for block in note.blocks:
            if block.caret == start:
                begin, end = block.start, block.end
    lines = text[begin:end].strip().split("\n")
    shown = "\n".join(lines[:PREVIEW_LINES])[:PREVIEW_CHARS]
    return f"{shown}\n\n…" if len(shown) < len("\n".join(lines)) else shown


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
