"""Empty sections of an answer: labels in capitals, headings and colons at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vaultkit.cards.checks.problem import Problem, place_of, quoted
from vaultkit.cards.model import CardBlock

SENTENCE = re.compile(r"(?<!\d)[.!?](?=[\s\"”’)]|$)")
HEADING_WORDS = (
    "EXAMPLES?|HOW|WHY|WHEN|WHERE|WHAT|USES?|USED|DEFIN(?:I?TION)S?|RESULTS?|OUTCOMES?|HISTORY|METHODS?|REFERENCES|NOTES?"
    "|EJEMPLOS?|EXEMPLES?|BEISPIELE?|DIFFERENCES|PROS|CONS|SUMMARY|IMPORTANT|ALGO"
)
_ENDS_IN_HEADING = re.compile(rf"(?:^|[\s.!?)])((?:{HEADING_WORDS})(?:[ ][A-Z]{{2,}}){{0,4}})\s*:?\s*$")
_HEADING_WITHOUT_TEXT = re.compile(
    r"(?<![A-Za-z])((?:[A-Z]{3,} ){1,8}(?:ARE|IS|TO|OF|FOR)) (?=(?:HISTORY|HOW|WHY|WHEN|WHAT|DEFINITION|EXAMPLE|RESULTS)\b)"
)
_LABEL = re.compile(rf"(?<!\S)(?:{HEADING_WORDS})(?:[ ][A-Z]{{2,}}){{0,4}}(?![\w])")
# `:smile:`, `def f():` and what stands in code end in a colon and are no label.
_ENDS_IN_CODE = re.compile(r"(?:\)|`|:\w+):[*_]{0,3}$|^[ \t]*(?:else|try|finally):$")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})[ \t]+\S.*$", re.MULTILINE)
_NEXT_TEXT = re.compile(r"(?:(#{1,6})[ \t]+)?\S")


def heading_at_end(back: str) -> re.Match[str] | None:
    """The capitals with which the text ends, when they are a heading. Searched from the last line on."""
    words = back.rstrip(": \n")
    if not words[-2:].isupper():
        return None
    return _ENDS_IN_HEADING.search(back, max(back.rfind("\n", 0, len(words)), 0))


def has_capital_link(back: str) -> bool:
    """Whether the text holds a word in capitals that leads on to another one."""
    return any(map(back.__contains__, (" ARE ", " IS ", " TO ", " OF ", " FOR ")))


def last_sentence_end(words: str) -> int:
    """Where the last whole sentence ends; 0 when there is none."""
    last = 0
    for match in SENTENCE.finditer(words):
        last = match.end()
    return last


def dangling_section(block: CardBlock, *, min_words: int = 1, labels: Sequence[str] = ()) -> Iterator[Problem]:
    """Find labels and headings of the answer with fewer than ``min_words`` words after them.

    labels: further labels, as written and without a colon; they count at the end of an answer.
    """
    back = block.back.rstrip()
    if block.kind == "cloze" or not back:
        return
    found = (
        _label_at_end(back)
        or _label_before_label(back)
        or _empty_heading(back)
        or _own_label_at_end(back, labels)
        or _colon_at_end(back)
    )
    if found:
        detail, start, end = found
        message = f"no text after {quoted(back[start:end])} in the answer"
    elif min_words > 1 and (thin := _thin_section(back, min_words, labels)):
        start, end, words = thin
        detail, message = "D5", f"only {quoted(words)} after {quoted(back[start:end])} in the answer"
    else:
        return
    place = place_of(block, block.back, block.back_start, block.back_end, start, end)
    yield Problem("dangling-section", block, *place, message, detail)


_Label = tuple[str, int, int]


def _label_at_end(back: str) -> _Label | None:
    """D1: the answer ends with a label in capitals."""
    match = heading_at_end(back)
    if match is None or len(back.split()) <= len(match[1].split()):
        return None
    return "D1", match.start(1), match.end(1)


def _label_before_label(back: str) -> _Label | None:
    """D2: a label in capitals that wants more words stands right before another one."""
    match = _HEADING_WITHOUT_TEXT.search(back) if has_capital_link(back) else None
    return ("D2", match.start(1), match.end(1)) if match else None


def _empty_heading(back: str) -> _Label | None:
    """D3: a Markdown heading with nothing below it."""
    for heading in _MARKDOWN_HEADING.finditer(back) if "#" in back else ():
        following = _NEXT_TEXT.search(back, heading.end())
        if following is None or (following[1] and len(following[1]) <= len(heading[1])):
            return "D3", heading.start(), heading.end()
    return None


def _colon_at_end(back: str) -> _Label | None:
    """D4: the last sentence ends in a colon; one word with a colon is a whole answer, such as a drive."""
    if not back.rstrip("*_").endswith(":"):
        return None
    start = back.rfind("\n") + 1
    line = back[start:]
    if len(back.split()) < 2 or _ENDS_IN_CODE.search(line):
        return None
    start += last_sentence_end(line)
    start += len(back[start:]) - len(back[start:].lstrip(" \t>-+"))
    return ("D4", start, len(back)) if start < len(back) else None


def _own_label_at_end(back: str, labels: Sequence[str]) -> _Label | None:
    end = back.rstrip(" \t\n:")
    for label in labels:
        if label and end.endswith(label) and end != label and not end[-len(label) - 1].isalnum():
            return "D1", len(end) - len(label), len(end)
    return None


def _thin_section(back: str, min_words: int, labels: Sequence[str]) -> tuple[int, int, str] | None:
    """The first label that has some words behind it, but too few: (start, end, the words)."""
    own = "|".join(re.escape(label) for label in labels if label)
    signs = [_LABEL, _MARKDOWN_HEADING, *([re.compile(rf"(?<!\w)(?:{own})(?!\w)")] if own else [])]
    places = sorted({match.span() for sign in signs for match in sign.finditer(back)})
    for index, (start, end) in enumerate(places):
        following = places[index + 1][0] if index + 1 < len(places) else len(back)
        words = back[end:following].strip(" \t\n:")
        if words and end < following and len(words.split()) < min_words:
            return start, end, words
    return None
