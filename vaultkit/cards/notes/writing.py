"""Cards written as text of a note, so that the reader of notes gives back the same cards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from vaultkit.cards.importers.model import ImportedCard
from vaultkit.cards.model import CardSettings
from vaultkit.cards.notes.protect import protected, protected_line
from vaultkit.cards.reader.fences import fence_lines
from vaultkit.cards.text_keys import clean, digest, normal

Style = Literal["plain", "heading"]
_DEFAULTS = CardSettings()
_ONE_LINE = re.compile(r"[^`$<%|=\\~^#{}\n]+")
_LONGEST_SINGLE = 200
_STARTS_LIKE_SYNTAX = re.compile(r"[-*+>?]|\d+[.)]|\[.\]|(?:Q|A)\b|!")


EXTRA = "> [!extra]-"
"""The folded callout with what Anki shows of a cloze with the answer only."""


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


def card_text(
    card: ImportedCard, *, style: Style = "plain", identity: str = "", settings: CardSettings = _DEFAULTS
) -> str:
    """One card as lines of a note, without a line end at the end. settings: the separators that the vault reads."""
    front, back = clean(card.front), clean(card.back)
    tags = "".join(f" #{tag}" for tag in card.tags)
    asked = protected(front, is_front=True, settings=settings)
    if card.kind == "cloze":
        if not back:
            return _with_id(asked + tags, front, identity)
        shown = protected(back, is_front=False, keeps_blank=True, settings=settings)
        extra = "".join(f"\n> {line}".rstrip(" ") for line in shown.split("\n"))
        return _with_id(f"{asked}{tags}\n{EXTRA}{extra}", back, identity)
    if is_item(card):
        return f"- {asked} {card.placeholder}"
    hint = f"(hint: {' '.join(card.hint.split())})" if card.hint.strip() else ""
    is_reversed = card.kind == "reversed"
    mark = settings.multi_reversed if is_reversed else settings.multi
    if style == "heading" or not mark:
        marker = "#card/reverse" if is_reversed else "#card"
        title = f"{protected_line(front, settings)}{f'<br>{protected_line(hint, settings)[1:]}' if hint else ''}{tags}".strip()
        head = f"## {title} {marker}" if title else f"## {marker}"
        answer = protected(back, is_front=False, keeps_blank=True, settings=settings)
        return f"{head}\n{_with_id(answer, back, identity)}".rstrip("\n")
    within = settings.single_reversed if is_reversed else settings.single
    if not tags and not hint and within and _fits_one_line(front, back, settings):
        return _with_id(f"{asked}{within}{protected(back, is_front=False, settings=settings)}", back, identity)
    end = f"\n{settings.end_marker}" if settings.end_marker else ""
    asked = asked if front else "<br>"
    if hint:  # the backslash that would make it text is the one that is left off
        asked += f"\n{protected(hint, is_front=True, settings=settings)[1:]}"
    head = f"{asked}{tags}\n{mark}"
    if not back:
        return head + end
    answer = protected(back, is_front=False, keeps_blank=bool(end), settings=settings)
    return f"{head}\n{_with_id(answer, back, identity)}{end}"


def is_item(card: ImportedCard) -> bool:
    """A question of a worksheet keeps its stand-in, so that the learner sees where to write."""
    return bool(card.placeholder and not card.back and card.front.strip() and "\n" not in card.front and not card.tags)


UNANSWERED = "## Unanswered"


def is_held(card: ImportedCard) -> bool:
    """A card without an answer that ``--empty hold`` keeps out of the deck."""
    return not clean(card.back) and card.kind != "cloze" and not is_item(card)


def held_line(card: ImportedCard) -> str:
    """The open task that stands for a card without an answer."""
    return f"- [ ] {protected_line(clean(card.front))}\n"


def _fits_one_line(front: str, back: str, settings: CardSettings) -> bool:
    if not front or not back or len(front) + len(back) > _LONGEST_SINGLE:
        return False
    for side in (front, back):
        if not _ONE_LINE.fullmatch(side) or side.count("[") != side.count("]") or side.count("(") != side.count(")"):
            return False
        if _STARTS_LIKE_SYNTAX.match(side) or "::" in side or "[[" in side:
            return False
        for separator in filter(None, (settings.single, settings.single_reversed)):
            if separator in side or side[0] in separator or side[-1] in separator:
                return False
    return not ("[" in front or "(" in front) or "]" not in back


def _with_id(written: str, text: str, identity: str) -> str:
    """The text with its block id, where the plugin and Obsidian hide it: behind words, never behind a fence or table."""
    lines = text.split("\n")
    if not identity or not text or fence_lines(lines)[-1] or lines[-1].lstrip().startswith(("|", "$$")):
        return written
    return f"{written} ^{identity}"


def deck_tag(deck: str, prefix: str = "flashcards", *, keeps_case: bool = False) -> str:
    """The tag of a deck, without "#": only what Obsidian takes in a tag. A deck that begins with the prefix has it.

    >>> deck_tag("Generative AI::Part 2")
    'flashcards/generative-ai/part-2'
    """
    parts = []
    for part in re.split(r"::|/", deck):
        slug = re.sub(r"[^\w]+", "-", part if keeps_case else part.casefold()).strip("-_")
        if slug:
            parts.append(f"n{slug}" if slug.isdigit() else slug)
    own = prefix.casefold().split("/")
    has_prefix = [part.casefold() for part in parts[: len(own)]] == own
    return "/".join([prefix, *(parts[len(own) :] if has_prefix else parts)])


def prefix_of(settings: CardSettings) -> str:
    """The tag that the decks of the vault are nested in, without "#"."""
    return next((tag.strip("#/") for tag in settings.flashcard_tags if tag.strip("#/")), "flashcards")


_OF_ANKI = ("apkg", "anki", "crowdanki")
RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}


def note_name(deck: str) -> str:
    """A file name (without ``.md``) that every system and Obsidian's links take.

    >>> note_name('Gen/AI: "Only" Basics')
    'Gen-AI Only Basics'
    """
    name = deck.replace("::", " - ").replace("/", "-").replace("\\", "-")
    name = re.sub(r'[<>:"|?*#^\[\]\x00-\x1f]', "", name)
    name = " ".join(name.split()).strip(". ")
    name = name.encode("utf-8", "replace")[:120].decode("utf-8", "ignore").strip(". ")
    if not name or name.casefold().split(".")[0] in RESERVED:
        name = f"{name or 'Flashcards'} cards".strip()
    return name


def note_text(
    cards: Iterable[tuple[ImportedCard, str]], *, deck: str, source: str, format_name: str, sha256: str, style: Style,
    section_heads: bool = False, holds_empty: bool = False, settings: CardSettings = _DEFAULTS,
) -> str:  # fmt: skip
    """A whole note: properties, a heading, the cards (each with its block id or "")."""
    listed = list(cards)
    if style == "heading" or not (
        settings.multi and settings.multi_reversed
    ):  # a heading card owns what stands below it, so the others come first
        listed.sort(key=lambda pair: pair[0].kind != "cloze")
    quoted = source.replace("\\", "\\\\").replace('"', '\\"')
    pieces = [
        "---\n"
        f"tags: [{deck_tag(deck, prefix_of(settings), keeps_case=format_name in _OF_ANKI)}]\n"
        f'source: "{quoted}"\n'
        f"vaultkit-import: {{format: {format_name}, sha256: {sha256[:16]}, cards: {len(listed)}}}\n"
        "---\n"
        f"# {_heading(deck)}\n"
    ]
    section, after_item = "", False
    held = [card for card, _ in listed if holds_empty and is_held(card)]
    for card, identity in listed:
        if holds_empty and is_held(card):
            continue
        name = card.section[-1] if card.section else ""
        if section_heads and style == "plain" and name and name != section:
            section = name
            pieces.append(f"\n## {_heading(name)}\n")
            after_item = False
        item = is_item(card)
        gap = "" if item and after_item else "\n"
        pieces.append(f"{gap}{card_text(card, style=style, identity=identity, settings=settings)}\n")
        after_item = item
    if held:
        pieces.append(f"\n{UNANSWERED}\n\n" + "".join(held_line(card) for card in held))
    return "".join(pieces)


def _heading(text: str) -> str:
    return re.sub(r"(?<!\S)#", r"\\#", protected_line(" ".join(text.split())))
