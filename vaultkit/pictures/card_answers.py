"""Flashcards whose answer is only on a picture, with the text of that picture.

Such a card cannot be asked in a terminal, searched, or exported without the picture. Two kinds are found: the answer is
nothing but a picture, or it says "see image" and a picture of the same note is about the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from vaultkit.base.record import record
from vaultkit.cards.checks.phrases import SEE_IMAGE
from vaultkit.cards.collection import Located
from vaultkit.cards.text_keys import has_embed
from vaultkit.pictures.model import PictureText
from vaultkit.vault.snapshot import Snapshot

_EMBED = re.compile(r"!\[\[[^\[\]\n]+\]\]|!\[[^\]\n]*\]\([^()\n]+\)", re.IGNORECASE)
# Words of a question that say what it is about have four letters or more; one Han letter says as much.
_WORD = re.compile(r"[^\W\d_]{4,}|[\u3400-\u9fff]")
_ASKING = frozenset(
    "what which when where does that this with from have show shows look looks like name describe".split()
)
# Share of the question's words that must be on a picture the card does not show.
LEAST_SHARED = 0.5


@record
class PictureAnswer:
    """A card of a note, and the picture whose text may be its answer. line: from 1.

    is_shown: the card shows the picture; else it says "see image" and only shares words with it.
    """

    note: str
    line: int
    question: str
    picture: str
    text: str
    is_shown: bool


def picture_answers(
    vault: Snapshot, cards: Iterable[Located], texts: Mapping[str, PictureText]
) -> Iterator[PictureAnswer]:
    """Yield the cards whose answer is on a picture with a text, in order."""
    for entry in cards:
        block = entry.block
        back = block.back.strip()
        said = _EMBED.sub("", back).strip(" .()\n")
        if said and not SEE_IMAGE.fullmatch(said):
            continue
        question = " ".join(block.front.split())
        shown = _pictures(vault, entry.path, block.back_start, block.back_end) if has_embed(back) else []
        shown = [path for path in shown if path in texts and texts[path].text]
        if shown:
            for path in shown:
                yield PictureAnswer(entry.path, block.line, question, path, texts[path].text, True)
        elif said and not has_embed(back) and not has_embed(block.front):
            path = _about(question, _pictures(vault, entry.path, 0, None), texts)
            if path:
                yield PictureAnswer(entry.path, block.line, question, path, texts[path].text, False)


def _pictures(vault: Snapshot, note: str, start: int, end: int | None) -> list[str]:
    """The files that the note embeds between two offsets, each once."""
    found = (
        bound.target
        for bound in vault.links_of(note)
        if bound.link.is_embed and bound.link.start >= start and (end is None or bound.link.start < end)
    )
    return list(dict.fromkeys(path for path in found if path is not None))


def _about(question: str, paths: Iterable[str], texts: Mapping[str, PictureText]) -> str:
    """The picture that shares most of the question's words; "" when none shares enough, or two share as many."""
    words = _words(question)
    if not words:
        return ""
    scored = sorted(
        ((len(words & _words(texts[path].text)) / len(words), path) for path in paths if path in texts), reverse=True
    )
    if not scored or scored[0][0] < LEAST_SHARED or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return ""
    return scored[0][1]


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if word not in _ASKING)
