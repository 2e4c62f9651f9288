"""Questions and answers that stop short.

A missing full stop means nothing (52 of the 90 answers of one measured deck have none), so a cut answer is known by words
that cannot end a sentence, by a paragraph that stops short between others, and by a short tail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.cards.checks.problem import Problem, is_blank, place_of, quoted
from vaultkit.cards.checks.sections import HEADING_WORDS, SENTENCE, heading_at_end, last_sentence_end
from vaultkit.cards.importers.brainscape import is_fragment
from vaultkit.cards.model import CardBlock

# Left out: auxiliaries ("what it does not have"), particles of German verbs ("setzt ein", "nimmt zu") and letters that are
# variables ("a", "e", "y"): sound answers end in them.
_FUNCTION_WORDS = frozenset(
    "an the of your my our their his its who whom whose which that and or nor but with for from to at by as if than because "
    "into onto between "
    "le la les un une des du de et ou qui que avec pour dans sur par "
    "el los las unos del con para por "
    "der die eine einen und oder für von den "
    "il lo gli della dello degli con per "
    "os as dos das com".split()
)
# With one of these before it in the sentence, a preposition may end it: "what it is used for", "a page to look at".
_PREPOSITIONS = frozenset("of with for from to at by into onto between".split())
_RELATIVE = frozenset("what which who whom that where why how it to not".split())
_END_MARK = re.compile(r"[.!?…:;)\]}\"'”’»*`_|>/\d$~=]$")
_LAST_WORD = re.compile(r"(?:^|[\s(\[\"“'])([^\W\d_]+)$")
_ONE_WORD = re.compile(rf"(?:{HEADING_WORDS})(?:\s+\w+)?", re.ASCII)
_GAP = re.compile(r"(\n[ \t]*\n+)")
_LIST_LINE = re.compile(r"[ \t]*(?:[-*+•]|\d+[.)])[ \t]")


def truncated_question(block: CardBlock, *, max_words: int = 4) -> Iterator[Problem]:
    """A leftover beginning above the question that the next paragraph begins with again."""
    pieces = re.split(r"\n[ \t]*\n+|\n", block.front)
    below = [""] * len(pieces)
    for index in range(len(pieces) - 1, 0, -1):
        below[index - 1] = pieces[index] if pieces[index].strip() else below[index]
    offset = 0
    for piece, following in zip(pieces[:-1], below, strict=False):
        offset = block.front.find(piece, offset)
        if piece.strip() and len(piece.split()) <= max_words and is_fragment(piece, following):
            place = place_of(block, block.front, block.front_start, block.front_end, offset, offset + len(piece))
            yield Problem(
                "truncated-question",
                block,
                *place,
                f"leftover line {quoted(piece)} above the question {quoted(following)}",
            )
        offset += len(piece)


def truncated_answer(block: CardBlock) -> Iterator[Problem]:
    """An answer that stops in mid-sentence, by one of four signs."""
    back = block.back
    if block.kind == "cloze" or is_blank(back) or heading_at_end(back):
        return
    found = _cut_word(back) or _cut_paragraph(back) or _cut_tail(back) or _only_heading(back)
    if found:
        detail, start, end, message = found
        place = place_of(block, back, block.back_start, block.back_end, start, end)
        yield Problem("truncated-answer", block, *place, message, detail)


_Cut = tuple[str, int, int, str]


def _cut_word(back: str) -> _Cut | None:
    """T1: the last word cannot end a sentence; or a bracket is open to the end of a prose line."""
    last = back.rstrip()
    line = last.rsplit("\n", 1)[-1]
    if not line[-1:].isalpha():
        return None
    match = _LAST_WORD.search(line)
    if match is None or match[1].casefold() not in _FUNCTION_WORDS or len(line.split()) < 4 or match[1].isupper():
        return None
    if match[1].casefold() in _PREPOSITIONS and _RELATIVE & set(
        line[last_sentence_end(line) :].casefold().split()[:-1]
    ):
        return None
    return "T1", len(last) - len(match[1]), len(last), f"truncated answer: ends with {quoted(match[1])}"


def _cut_paragraph(back: str) -> _Cut | None:
    """T2: a paragraph before the last, of three sentences or more, has no end mark and no list below it."""
    pieces = _GAP.split(back) if "\n" in back else ()
    if len(pieces) < 2:
        return None
    offset = 0
    for index, piece in enumerate(pieces):
        following = pieces[index + 2] if index + 2 < len(pieces) else ""
        words = piece.rstrip()
        if index % 2 == 0 and following and "\n" not in words and not _LIST_LINE.match(following):
            sentences = len(SENTENCE.findall(words))
            if sentences >= 2 and words and not _END_MARK.search(words) and not _LIST_LINE.match(words):
                tail = words[max(last_sentence_end(words), len(words) - 60) :].strip()
                start = offset + len(words) - len(tail)
                return (
                    "T2",
                    start,
                    offset + len(words),
                    f"truncated paragraph in the answer: ends with {quoted(tail)}",
                )
        offset += len(piece)
    return None


def _cut_tail(back: str) -> _Cut | None:
    """T3: after two complete sentences a tail of at most three words without an end mark."""
    words = back.rstrip()
    line_start = words.rfind("\n") + 1
    line = words[line_start:]
    if _END_MARK.search(line[-1:]) or _LIST_LINE.match(line) or len(SENTENCE.findall(line)) < 2:
        return None
    at = last_sentence_end(line)
    tail = line[at:].strip()
    if not tail or len(tail.split()) > 3 or tail.isupper() or not tail[0].isupper() or "://" in tail or " - " in line:
        return None
    return "T3", len(words) - len(tail), len(words), f"truncated answer: ends with {quoted(tail)}"


def _only_heading(back: str) -> _Cut | None:
    """T4: one heading word and at most one word more."""
    words = back.strip()
    if not _ONE_WORD.fullmatch(words) or not words.split()[0].isupper() or len(words.split()) < 2:
        return None
    return "T4", 0, len(words), f"truncated answer: only the heading {quoted(words)}"
