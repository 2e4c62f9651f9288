"""Cards written as text of a note, so that the reader of notes gives back the same cards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from vaultkit.cards.fences import fence_lines
from vaultkit.cards.importers.model import ImportedCard
from vaultkit.cards.protect import protected, protected_line
from vaultkit.cards.text_keys import clean, digest, normal

Style = Literal["plain", "heading"]
_ONE_LINE = re.compile(r"[^`$<%|=\\~^#{}\n]+")
_LONGEST_SINGLE = 200
_STARTS_LIKE_SYNTAX = re.compile(r"[-*+>?]|\d+[.)]|\[.\]|(?:Q|A)\b|!")


def block_id(format_name: str, deck: str, identity: str) -> str:
    """A block id that stays the same as long as the source calls the card the same."""
    return "vk-" + digest("\0".join((format_name, deck, identity)), 10)


def identities(cards: Sequence[ImportedCard]) -> list[str]:
    """What each card is known by: the file's own key, else its question; equal questions are counted."""
    seen: dict[str, int] = {}
    answer = []
    for card in cards:
        name = f"guid:{card.key}" if card.key else f"front:{normal(card.front) or clean(card.front)}"
        count = seen[name] = seen.get(name, 0) + 1
        answer.append(name if count == 1 else f"{name}#{count}")
    return answer


def card_text(card: ImportedCard, *, style: Style = "plain", identity: str = "", separator: str = "?") -> str:
    """One card as lines of a note, without a line end at the end."""
    front, back = clean(card.front), clean(card.back)
    tags = "".join(f" #{tag}" for tag in card.tags)
    if card.kind == "cloze":
        text = "\n\n".join(part for part in (front, back) if part)
        return _with_id(protected(text, is_front=True), text, identity)
    if is_item(card):
        return f"- {protected(front, is_front=True)} {card.placeholder}"
    is_reversed = card.kind == "reversed"
    if style == "heading":
        marker = "#card/reverse" if is_reversed else "#card"
        title = f"{protected_line(front)}{tags}".strip()
        head = f"## {title} {marker}" if title else f"## {marker}"
        return f"{head}\n{_with_id(protected(back, is_front=False, keeps_blank=True), back, identity)}".rstrip("\n")
    if not tags and _fits_one_line(front, back):
        separator_used = ":::" if is_reversed else "::"
        return _with_id(
            f"{protected(front, is_front=True)}{separator_used}{protected(back, is_front=False)}", back, identity
        )
    mark = "??" if is_reversed else separator
    head = protected(front, is_front=True) if front else "<br>"
    head += tags
    if not back:
        return f"{head}\n{mark}"
    return f"{head}\n{mark}\n{_with_id(protected(back, is_front=False), back, identity)}"


def is_item(card: ImportedCard) -> bool:
    """A question of a worksheet keeps its stand-in, so that the learner sees where to write."""
    return bool(card.placeholder and not card.back and card.front.strip() and "\n" not in card.front and not card.tags)


def _fits_one_line(front: str, back: str) -> bool:
    if not front or not back or len(front) + len(back) > _LONGEST_SINGLE:
        return False
    for side in (front, back):
        if not _ONE_LINE.fullmatch(side) or side.count("[") != side.count("]") or side.count("(") != side.count(")"):
            return False
        if _STARTS_LIKE_SYNTAX.match(side) or side[0] == ":" or side[-1] == ":" or "::" in side or "[[" in side:
            return False
    return not ("[" in front or "(" in front) or "]" not in back


def _with_id(written: str, text: str, identity: str) -> str:
    """The text with its block id, where the plugin and Obsidian hide it: behind words, never behind a fence or table."""
    lines = text.split("\n")
    if not identity or not text or fence_lines(lines)[-1] or lines[-1].lstrip().startswith(("|", "$$")):
        return written
    return f"{written} ^{identity}"


def deck_tag(deck: str, prefix: str = "flashcards") -> str:
    """The tag of a deck, without "#": only what Obsidian takes in a tag.

    >>> deck_tag("Generative AI::Part 2")
    'flashcards/generative-ai/part-2'
    """
    parts = []
    for part in re.split(r"::|/", deck):
        slug = re.sub(r"[^\w]+", "-", part.casefold()).strip("-_")
        if slug:
            parts.append(f"n{slug}" if slug.isdigit() else slug)
    return "/".join([prefix, *parts])


_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}


def note_name(deck: str) -> str:
    """A file name (without ``.md``) that every system and Obsidian's links take.

    >>> note_name('Gen/AI: "Only" Basics')
    'Gen-AI Only Basics'
    """
    name = deck.replace("::", " - ").replace("/", "-").replace("\\", "-")
    name = re.sub(r'[<>:"|?*#^\[\]\x00-\x1f]', "", name)
    name = " ".join(name.split()).strip(". ")
    name = name.encode("utf-8", "replace")[:120].decode("utf-8", "ignore").strip(". ")
    if not name or name.casefold().split(".")[0] in _RESERVED:
        name = f"{name or 'Flashcards'} cards".strip()
    return name


def note_text(
    cards: Iterable[tuple[ImportedCard, str]], *, deck: str, source: str, format_name: str, sha256: str, style: Style,
    section_heads: bool = False,
) -> str:  # fmt: skip
    """A whole note: properties, a heading, the cards (each with its block id or "")."""
    listed = list(cards)
    if style == "heading":  # a heading card owns what stands below it, so the others come first
        listed.sort(key=lambda pair: pair[0].kind != "cloze")
    quoted = source.replace("\\", "\\\\").replace('"', '\\"')
    pieces = [
        "---\n"
        f"tags: [{deck_tag(deck)}]\n"
        f'source: "{quoted}"\n'
        f"vaultkit-import: {{format: {format_name}, sha256: {sha256[:16]}, cards: {len(listed)}}}\n"
        "---\n"
        f"# {_heading(deck)}\n"
    ]
    section, after_item = "", False
    for card, identity in listed:
        name = card.section[-1] if card.section else ""
        if section_heads and style == "plain" and name and name != section:
            section = name
            pieces.append(f"\n## {_heading(name)}\n")
            after_item = False
        item = is_item(card)
        gap = "" if item and after_item else "\n"
        pieces.append(f"{gap}{card_text(card, style=style, identity=identity)}\n")
        after_item = item
    return "".join(pieces)


def _heading(text: str) -> str:
    return re.sub(r"(?<!\S)#", r"\\#", protected_line(" ".join(text.split())))
