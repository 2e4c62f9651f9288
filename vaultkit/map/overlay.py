"""What is painted on a map: all that is known of the notes besides their links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vaultkit.base.record import record


@record
class Overlay:
    """What is painted on the graph, all by path; every mapping may be empty.

    findings: {"code", "name", "severity" (error, warning, info), "message", "line", "fix"} in order of line; fix: whether --fix
              takes it away.
    cards:    {"cards": n, "cards_empty": n}.
    times:    day of creation, counted from 1970-01-01.
    text:     how much of the notes' text the page holds: "full", "preview" (first words and headings) or "none".
    texts:    the note as it is written, or its first words.
    headings: [level, text] of a note's headings, where the page holds previews.
    thumbs:   path of a picture -> data URL.
    pictures: path of a picture -> its text, or the first words of it.
    suggested: [path, line, reason] of notes that a note names, or is tagged with, without a link; the best first.
    review:   answers to the weekly questions, as `vaultkit.map.review` has them.
    stops:    notes whose property says that no path goes on from here.
    groups:   (colour, query, paths) in falling precedence, from Obsidian's own graph settings.
    since:    {"day", "fresh", "gone"}: how many findings came and went since an earlier map; empty without one.
    compared: what changed since a git revision, as `vaultkit.map.comparison` has it; empty without one.
    notes:    what the reader of the page should know, such as how many pictures were left out.
    """

    findings: Mapping[str, Sequence[Mapping[str, Any]]]
    cards: Mapping[str, Mapping[str, int]]
    times: Mapping[str, int]
    text: str
    texts: Mapping[str, str]
    headings: Mapping[str, Sequence[Sequence[Any]]]
    thumbs: Mapping[str, str]
    pictures: Mapping[str, str]
    suggested: Mapping[str, Sequence[Sequence[Any]]]
    review: Mapping[str, Any]
    stops: frozenset[str]
    groups: tuple[tuple[str, str, frozenset[str]], ...]
    since: Mapping[str, Any]
    compared: Mapping[str, Any]
    notes: tuple[str, ...]


NOTHING = Overlay({}, {}, {}, "none", {}, {}, {}, {}, {}, {}, frozenset(), (), {}, {}, ())
