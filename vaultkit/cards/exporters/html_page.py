"""The quiz page: one HTML file that works alone, offline, by keyboard and with a screen reader.

The page runs only the script and the style whose hashes its content policy names, so card text
could not run even if it were not escaped. Pictures are data in the file, up to a cap.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Sequence
from functools import partial
from importlib import resources

from vaultkit.base.record import record
from vaultkit.cards.checks.problems import problems_of, status_of
from vaultkit.cards.collection import Located
from vaultkit.cards.exporters.media import Media, is_remote, named_html
from vaultkit.cards.exporters.rows import guid_of
from vaultkit.cards.exporters.transclusion import embedded_html
from vaultkit.cards.model import CardBlock
from vaultkit.cards.notes.writing import deck_tag
from vaultkit.cards.render.html import Embed, HtmlOutput, card_html
from vaultkit.cards.render.plain import card_text

MAX_PICTURE = 2_000_000
MAX_PICTURES = 25_000_000
_PICTURES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "bmp": "image/bmp",
}  # fmt: skip


@record
class QuizPage:
    """The page and the embeds it does not show: (path, line, target, reason)."""

    text: str
    missing: tuple[tuple[str, int, str, str], ...]


def quiz_page(entries: Sequence[Located], media: Media, *, title: str, seed: int = 0) -> QuizPage:
    """A page with every study card of ``entries``.

    media: (path of the note, target of an embed) -> (file name, bytes), None when there is no such file.
    seed:  of the shuffled order that the page offers.
    """
    missing: list[tuple[str, int, str, str]] = []
    pictures: dict[str, str] = {}
    cards = []
    for entry in entries:
        block = entry.block
        embed = _embedder(entry, media, pictures, missing)
        status = status_of(problems_of(block))
        for number, card in enumerate(block.cards):
            cards.append(
                {
                    "id": guid_of(entry, number),
                    "front": card_html(card.front, embed, _OUTPUT),
                    "back": card_html(card.back, embed, _OUTPUT),
                    "plain": " ".join((card.asked or card_text(card.back)).split()),
                    "hint": card.hint or block.hint,
                    "decks": [_shown_deck(deck) for deck in block.decks] or ["No deck"],
                    "context": _context(block),
                    "note": entry.path.removesuffix(".md"),
                    "line": block.line,
                    "status": status,
                }
            )
    payload = {"version": 1, "title": title, "seed": seed, "cards": cards, "pictures": pictures}
    data = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    data = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    assets = resources.files("vaultkit.cards") / "assets"
    script = (assets / "quiz.js").read_text(encoding="utf-8")
    style = (assets / "quiz.css").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    page = (assets / "quiz.html").read_text(encoding="utf-8")
    parts = {"POLICY": policy, "TITLE": html.escape(title), "STYLE": style, "DATA": data, "SCRIPT": script}
    pieces = page.split("@@")
    return QuizPage("".join(parts[piece] if at % 2 else piece for at, piece in enumerate(pieces)), tuple(missing))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _math(formula: str, is_display: bool) -> str:
    """A formula as its source in a face of its own: a page that loads nothing has nothing to set it with."""
    kind = "math display" if is_display else "math"
    return f'<span class="{kind}">{html.escape(formula, quote=False)}</span>'


_OUTPUT = HtmlOutput(_math, str)


def _context(block: CardBlock) -> list[str]:
    """The headings above the card, without one that only repeats the deck."""
    names = {deck_tag(deck) for deck in block.decks} | set(block.decks)
    return [heading for heading in block.context if deck_tag(heading) not in names]


def _shown_deck(deck: str) -> str:
    return deck.removeprefix("flashcards/")


def _embedder(
    entry: Located,
    media: Media,
    pictures: dict[str, str],
    missing: list[tuple[str, int, str, str]],
) -> Embed:
    def embed(target: str, size: str, is_nested: bool = False) -> str:
        shown = html.escape(target)
        if is_remote(target):
            return f'<a href="{shown}" rel="noreferrer noopener">{shown}</a>'
        found = media(entry.path, target)
        content = found[1] if found is not None else None
        if found is not None and (content is None or (is_nested and isinstance(content, str))):
            return named_html(target)
        if isinstance(content, str):
            return embedded_html(target, content, partial(embed, is_nested=True), _OUTPUT)
        suffix = (found[0] if found else target).rpartition(".")[2].lower()
        reason = ""
        if content is None:
            reason = "no such file"
        elif suffix not in _PICTURES:
            reason = "not a picture a page can show"
        elif len(content) > MAX_PICTURE or sum(map(len, pictures.values())) > MAX_PICTURES:
            reason = "too large for the page"
        if reason or content is None:
            missing.append((entry.path, entry.block.line, target, reason))
            return f'<span class="missing">{shown} ({reason})</span>'
        key = hashlib.sha256(content).hexdigest()[:16]
        pictures[key] = f"data:{_PICTURES[suffix]};base64,{base64.b64encode(content).decode()}"
        width = size.partition("x")[0] if size.replace("x", "", 1).isdigit() else ""
        return f'<img data-picture="{key}" alt="{shown}"' + (f' width="{width}"' if width else "") + ">"

    return embed
