"""A digest as Markdown, HTML, JSON, or a badge."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from typing import Any
from urllib.parse import quote

from vaultkit.base.record import record
from vaultkit.base.text import escape_control_chars
from vaultkit.graph.digest import MOST_NEW, PROPERTY, SHOWN, Digest, state
from vaultkit.graph.growth import bars
from vaultkit.graph.measures import MEASURES
from vaultkit.vault.snapshot import basename

Link = Callable[[str], str]
COLOURS = ((90, "brightgreen"), (75, "green"), (60, "yellow"), (40, "orange"), (0, "red"))
_WORDS = {"findings": "errors and warnings", "health": "health"}


@record
class DigestBlock:
    """A heading (level 1 or 2), a paragraph (level 0) or an item (level -1) of texts and of links to notes, which begin
    with "\\0"."""

    level: int
    pieces: tuple[str, ...]


def blocks(found: Digest) -> Iterator[DigestBlock]:
    """The page, block by block."""

    def text(level: int, *pieces: str) -> DigestBlock:
        return DigestBlock(level, pieces)

    def note(path: str) -> str:
        return "\0" + path

    numbers, before = dict(found.numbers), dict(found.before)
    yield text(1, f"{found.vault}, {found.day}")
    yield text(
        0,
        f"Health {found.health} of 100: " + ", ".join(_part(part.name, part.points, part.most) for part in found.parts),
    )
    for part in found.parts:
        yield text(-1, f"{part.name}: {part.says}")
    yield text(2, "Size" + (f", and since {found.before_day}" if before else ""))
    for key, number in numbers.items():
        change = f" ({number - before[key]:+,})" if key in before and number != before[key] else ""
        yield text(-1, f"{MEASURES[key].words if key in MEASURES else _WORDS[key]}: {number:,}{change}")
    if found.born:
        yield text(2, f"New since {found.since}")
        for path in found.born[:MOST_NEW]:
            yield text(-1, note(path))
        if len(found.born) > MOST_NEW:
            yield text(-1, f"and {len(found.born) - MOST_NEW:,} more")
    if found.growth.periods:
        yield text(2, "Growth")
        yield text(0, f"New notes by week since {found.growth.periods[0]}: {bars(found.growth.total.counts)}")
    if found.gaps:
        yield text(2, "Topics with similar words and few links")
        for gap in found.gaps:
            pair = gap.meetings[0]
            words = ", ".join(gap.words)
            yield text(-1, f"{gap.one} — {gap.two} ({words}): ", note(pair.one), " and ", note(pair.two), " could meet")
    if found.steps:
        yield text(2, f"Read first about {found.topic}")
        for step in found.steps[:SHOWN]:
            more = f", {step.needed_by} notes build on it" if step.needed_by > 1 else ""
            yield text(-1, note(step.path), more)
    if found.stale:
        yield text(2, "Central and due for another look")
        for item in found.stale:
            age = "" if item.days is None else f", untouched for {item.days:,} days"
            faults = f", {item.findings} finding{'s' if item.findings > 1 else ''}" if item.findings else ""
            yield text(-1, note(item.path), f": {item.backlinks} notes link to it{age}{faults}")
    if found.wanted:
        yield text(2, "Linked, but not written yet")
        for row in found.wanted:
            names = ", ".join(f"{idea.name} ({idea.notes})" for idea in row.ideas[:SHOWN])
            yield text(-1, f"{row.topic or 'of no topic'}: {names}")


def _part(name: str, points: float, most: int) -> str:
    return f"{name} {points:g} of {most}"


def markdown(found: Digest, link: Link) -> str:
    """The page as Markdown. link: path of a note -> a link to it."""
    lines = ["---", f"{PROPERTY}: {found.day}", "---"]
    last = 0
    for block in blocks(found):
        text = "".join(link(piece[1:]) if piece.startswith("\0") else _plain(piece) for piece in block.pieces)
        if block.level > 0:
            lines += ["", "#" * block.level + " " + text]
        elif block.level == 0:
            lines += ["", text]
        else:
            lines += [*([""] if last != -1 else []), "- " + text]
        last = block.level
    return "\n".join([*lines, "", state(found), ""])


def _plain(text: str) -> str:
    """The text as it is: nothing of it is a link, a tag or markup."""
    escaped = "".join("\\" + letter if letter in "\\`*_[]<>#$|~%^=" else letter for letter in text)
    return escape_control_chars(escaped)


def html(found: Digest) -> str:
    """The page as one HTML file without scripts; links open Obsidian."""

    def link(path: str) -> str:
        vault, file = (quote(name, safe="", errors="surrogateescape") for name in (found.vault, path))
        address = f"obsidian://open?vault={vault}&file={file}"
        return f'<a href="{escape(address)}">{escape(basename(path))}</a>'

    parts = []
    is_list = False
    for block in blocks(found):
        text = "".join(link(piece[1:]) if piece.startswith("\0") else escape(piece) for piece in block.pieces)
        if is_list != (block.level == -1):
            parts.append("</ul>" if is_list else "<ul>")
            is_list = not is_list
        tag = {1: "h1", 2: "h2", 0: "p", -1: "li"}[block.level]
        parts.append(f"<{tag}>{text}</{tag}>")
    if is_list:
        parts.append("</ul>")
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width">',
            f"<title>{escape(found.vault)}, {found.day}</title>",
            "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;"
            "color-scheme:light dark}h1,h2{line-height:1.2}</style>",
            *parts,
            state(found),
            "</html>\n",
        ]
    )


def as_json(found: Digest) -> dict[str, Any]:
    """The digest as JSON values."""
    return {
        "vault": found.vault,
        "day": found.day,
        "health": found.health,
        "parts": [
            {"name": part.name, "points": part.points, "most": part.most, "says": part.says} for part in found.parts
        ],
        "numbers": dict(found.numbers),
        "before": {"day": found.before_day, "numbers": dict(found.before)},
        "since": found.since,
        "new": list(found.born),
        "growth": {"periods": list(found.growth.periods), "counts": list(found.growth.total.counts)},
        "gaps": [
            {
                "topics": [gap.one, gap.two],
                "words": list(gap.words),
                "notes": [gap.meetings[0].one, gap.meetings[0].two],
            }
            for gap in found.gaps
        ],
        "order": {"topic": found.topic, "notes": [step.path for step in found.steps]},
        "stale": [item.path for item in found.stale],
        "wanted": [{"topic": row.topic, "names": [idea.name for idea in row.ideas]} for row in found.wanted],
    }


def badge(found: Digest) -> str:
    """The health as JSON that shields.io shows as a badge (its endpoint schema, version 1)."""
    colour = next(name for least, name in COLOURS if found.health >= least)
    value = {"schemaVersion": 1, "label": "vault health", "message": f"{found.health}", "color": colour}
    return json.dumps(value) + "\n"
