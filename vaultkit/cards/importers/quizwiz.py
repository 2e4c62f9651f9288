"""The text of a Quizwiz page (a copied Quizlet set): a title, a slogan, then paragraphs in pairs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultkit.base.errors import VaultkitError
from vaultkit.cards.importers.model import ImportedCard, ImportReading, Lines

NAME = "quizwiz"

_RELATED = {
    "ensembles d'études connexes",
    "ensembles d’études connexes",
    "related study sets",
    "conjuntos de estudio relacionados",
    "verwandte lernsets",
    "verwandte lernkartensets",
    "conjuntos de estudos relacionados",
    "set di studio correlati",
}
_VIEW_SET = {"view set", "voir l'ensemble", "ver conjunto", "set ansehen"}
_SLOGAN = re.compile(r"quizwiz\s*!?\s*$", re.IGNORECASE)
_MARKERS = re.compile(
    r"\bIMPORTANT!+|\bCOME BACK(?: AND FINISH)?(?: TO)?(?: THIS(?: ONE)?)?\b[.!]*|\bMOVE THIS ONE\b[.!]*|\bFINISH THIS(?: ONE)?\b[.!]*"
)
_LEADING_TAGS = re.compile(r"(?:#[^\s#.]+\.?\s+)+")
_REMARK = re.compile(r"\s*\[([^\[\]]*)\]\s*$")
_ASKS = re.compile(r"\?|\b(?:what|why|how|when|which|who|name|explain|define|describe|list)\b", re.IGNORECASE)


def evidence(text: str, suffix: str) -> tuple[int, str]:
    """How sure it is that this is the format (0 not at all), and what tells."""
    head = [line.strip() for line in text.split("\n", 12)[:12] if line.strip()]
    slogan = any(_SLOGAN.search(line) for line in head[1:4])
    views = sum(1 for line in text.split("\n") if line.strip().lower() in _VIEW_SET)
    if slogan:
        return 95, "a slogan with the name Quizwiz"
    related = any(line.strip().lower() in _RELATED for line in text.split("\n"))
    return (80, f"a list of related sets and {views} View Set lines") if views >= 2 and related else (0, "")


def read(text: str, name: str) -> ImportReading:
    """All cards of the page.

    Raises:
        VaultkitError: the number of paragraphs is odd, so that question and answer cannot be told apart.
    """
    paragraphs = _paragraphs(text)
    boilerplate: list[Lines] = []
    title = ""
    if paragraphs:
        first = paragraphs.pop(0)
        title = first[2].strip("\ufeff")
        boilerplate.append(Lines(first[0], first[1], title, "title"))
    if paragraphs and _SLOGAN.search(paragraphs[0][2]):
        slogan = paragraphs.pop(0)
        boilerplate.append(Lines(slogan[0], slogan[1], slogan[2], "slogan"))
    stop = next(
        (
            index
            for index, (_, _, words, _) in enumerate(paragraphs)
            if words.lower() in _RELATED or words.lower() in _VIEW_SET
        ),
        len(paragraphs),
    )
    if stop < len(paragraphs) and paragraphs[stop][2].lower() in _VIEW_SET and stop % 2:
        stop -= 1  # the title above the first View Set
    for line, last, words, _ in paragraphs[stop:]:
        boilerplate.append(Lines(line, last, words, "related sets"))
    paragraphs = paragraphs[:stop]
    if len(paragraphs) % 2:
        raise VaultkitError(_odd(paragraphs, name))
    cards = [
        _card(number, paragraphs[at], paragraphs[at + 1])
        for number, at in enumerate(range(0, len(paragraphs), 2), start=1)
    ]
    remark = _REMARK.search(title)
    deck = title[: remark.start()] if remark else title
    notes = (f"{remark[1]}",) if remark else ()
    return ImportReading(NAME, deck or name, tuple(cards), tuple(boilerplate), notes=notes)


_Paragraph = tuple[int, int, str, int]


def _paragraphs(text: str) -> list[_Paragraph]:
    """First and last line, text, and offset of each paragraph."""
    found: list[_Paragraph] = []
    run: list[str] = []
    first = start = position = 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            if not run:
                first, start = number, position + len(line) - len(line.lstrip())
            run.append(line.strip())
        elif run:
            found.append((first, number - 1, "\n".join(run), start))
            run = []
        position += len(line) + 1
    return found


def _card(number: int, asked: _Paragraph, answered: _Paragraph) -> ImportedCard:
    clean, tags, markers = split_front(asked[2])
    return ImportedCard(
        front=clean,
        back=answered[2],
        line=asked[0],
        end_line=answered[1],
        first_line=asked[0],
        last_line=answered[1],
        number=number,
        tags=tags + tuple(_todo_tag(marker) for marker in markers),
        original=asked[2] if clean != asked[2] else "",
        flags=("marker",) if markers else (),
        front_start=asked[3],
        front_end=asked[3] + len(asked[2]),
        back_start=answered[3],
        back_end=answered[3] + len(answered[2]),
    )


def split_front(front: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The question without its leading hashtags and notes to self; the tags; the notes.

    >>> split_front("MOVE THIS ONE #MLOps #MLSystems. monitoring means what?")
    ('monitoring means what?', ('MLOps', 'MLSystems'), ('MOVE THIS ONE',))
    """
    markers = tuple(match[0].strip() for match in _MARKERS.finditer(front))
    clean = re.sub(r"[ \t]{2,}", " ", _MARKERS.sub("", front)).strip() if markers else front
    match = _LEADING_TAGS.match(clean)
    tags: tuple[str, ...] = ()
    if match:
        tags = tuple(tag.strip("#.") for tag in match[0].split())
        clean = clean[match.end() :]
    return clean.strip(), tags, markers


def _todo_tag(marker: str) -> str:
    return "todo/" + re.sub(r"[^a-z]+", "-", marker.lower()).strip("-")


def _odd(paragraphs: Sequence[_Paragraph], name: str) -> str:
    suspect = next(
        (paragraphs[at] for at in range(0, len(paragraphs) - 1, 2) if not _ASKS.search(paragraphs[at][2])),
        paragraphs[-1],
    )
    return (
        f"{name}:{suspect[0]}: {len(paragraphs)} paragraphs do not pair into questions and answers, probably from here "
        f"on ({suspect[2][:50]!r}); add or remove a paragraph there"
    )
