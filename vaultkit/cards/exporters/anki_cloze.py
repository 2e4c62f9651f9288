"""Clozes as Anki's gaps, whose numbers stay with what they hide."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.reader.cloze import Deletion
from vaultkit.cards.reader.kinds.clozes import deletions_of
from vaultkit.cards.render.html import Embed, field_html
from vaultkit.cards.text_keys import digest, normal


def cloze_field(
    block: CardBlock, embed: Embed, settings: CardSettings, old: Mapping[str, Any]
) -> tuple[str, dict[str, int], list[str]]:
    """Deletions as {{c1::…}}; their numbers by what they hide, and that in order.

    Simple ones keep the number they were first given, so removing one moves no other; one whose words changed takes
    the number that stood in its place. A deletion of an overlapping cloze stands in one mark for each card that asks
    or hides it.
    """
    found = deletions_of(block, settings.cloze_patterns)
    is_numbered = any(deletion.number for deletion in found)
    is_stepped = not is_numbered and any(deletion.steps for deletion in found)
    keys = [_gap_key(found, at) for at in range(len(found))]
    simple = {} if is_numbered or is_stepped else _simple_numbers(keys, old)
    asked_steps = {at for deletion in found for at, step in enumerate(deletion.steps) if step == "a"}
    ready = []
    for key, deletion in zip(keys, found, strict=True):
        if (is_numbered and not deletion.number) or (is_stepped and not deletion.steps):
            continue  # of another type than the text: a highlight
        made = field_html(deletion.answer, embed).replace("}}", "} }")
        if is_stepped:
            for at, step in enumerate(deletion.steps):
                if at in asked_steps and step in "ah":
                    made = _gap(at + 1, made, deletion.hint if step == "a" else "...")
        else:
            made = _gap(deletion.number or simple[key], made, deletion.hint)
        ready.append((deletion.start, deletion.end, made))
    return _without_live_gaps(field_html(block.front, embed, ready=ready), ready), simple, keys if simple else []


def _gap(number: int, inner: str, hint: str) -> str:
    shown = f"::{html.escape(hint, quote=False)}" if hint else ""
    return f"{{{{c{number}::{inner}{shown}}}}}"


def _without_live_gaps(markup: str, ready: Sequence[tuple[int, int, str]]) -> str:
    """The field in which ``{{c1::`` that an author wrote, in code mostly, is no gap of Anki's."""
    if markup.count("{{c") == sum(made.count("{{c") for _, _, made in ready):
        return markup
    pieces: list[str] = []
    for _, _, made in ready:
        before, found, markup = markup.partition(made)
        pieces += _LIVE_GAP.sub("&#123;&#123;", before), found
    return "".join(pieces) + _LIVE_GAP.sub("&#123;&#123;", markup)


GAP_NUMBER = re.compile(r"\{\{c([0-9]+)::")
_LIVE_GAP = re.compile(r"\{\{(?=c[0-9,]+::)")


def _gap_key(found: Sequence[Deletion], at: int) -> str:
    answer = found[at].answer
    return digest(f"{normal(answer) or answer}\0{sum(one.answer == answer for one in found[:at])}", 8)


def _simple_numbers(keys: Sequence[str], old: Mapping[str, Any]) -> dict[str, int]:
    """A number for each simple deletion: its own of before, that of the one it replaces, or a new one."""
    before: Mapping[str, int] = old.get("numbers", {})
    order = [key for key in old.get("order", sorted(before, key=lambda key: before[key])) if key in before]
    numbers = {key: before[key] for key in keys if key in before}
    for kind, first, last, start, stop in SequenceMatcher(a=order, b=keys, autojunk=False).get_opcodes():
        if kind == "replace" and last - first == stop - start:
            for gone, new in zip(order[first:last], keys[start:stop], strict=True):
                if gone not in keys and new not in numbers:
                    numbers[new] = before[gone]
    following = max([0, *before.values()]) + 1
    for key in keys:
        if key not in numbers:
            numbers[key], following = following, following + 1
    return {key: numbers[key] for key in keys}
