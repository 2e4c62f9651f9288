"""What is wrong with one card. Pure functions over the two sides; a rule or the importer asks.

Nothing here judges facts or style. A missing full stop means nothing (52 of the 90 answers of one
measured deck have none), so a cut answer is told by words that cannot end a sentence, by a
paragraph that stops short between others, and by labels with nothing behind them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from vaultkit.base.record import record
from vaultkit.cards.checks.phrases import (
    REVIEW_MARKER,
    SEE_IMAGE,
    may_be_marked,
    may_point_to_image,
    whole_placeholder,
)
from vaultkit.cards.importers.brainscape import is_fragment
from vaultkit.cards.model import CardBlock, CardSettings
from vaultkit.cards.reader.decks import Decks
from vaultkit.cards.reader.masked_lines import MaskedLines
from vaultkit.cards.reader.schedule import COMMENT, read_entries
from vaultkit.cards.text_keys import has_embed, normal
from vaultkit.note.model import Note

ProblemKind = Literal[
    "empty-question",
    "empty-answer",
    "placeholder-answer",
    "maybe-placeholder",
    "answer-needs-image",
    "truncated-question",
    "truncated-answer",
    "dangling-section",
    "review-marker",
    "broken-syntax",
    "stray-schedule",
    "unfilled-blank",
    "empty-item",
    "export-boilerplate",
    "circular",
]


@record
class Problem:
    """One fault of one card. start, end: offsets in the note's text.  detail: which sign told, such as "T1"."""

    kind: ProblemKind
    block: CardBlock | None
    start: int
    end: int
    message: str
    detail: str = ""


_INVISIBLE = re.compile(r"<!--.*?-->|<br\s*/?>|%%.*?%%|(?<!\S)\^[A-Za-z0-9-]+\s*$|[\s\u200b\u00ad\ufeff]", re.DOTALL)
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
_SOUND_ENDS = frozenset(".!?…:;)]}")
_LAST_WORD = re.compile(r"(?:^|[\s(\[\"“'])([^\W\d_]+)$")
_SENTENCE = re.compile(r"(?<!\d)[.!?](?=[\s\"”’)]|$)")
_HEADING_WORDS = (
    "EXAMPLES?|HOW|WHY|WHEN|WHERE|WHAT|USES?|USED|DEFIN(?:I?TION)S?|RESULTS?|OUTCOMES?|HISTORY|METHODS?|REFERENCES|NOTES?"
    "|EJEMPLOS?|EXEMPLES?|BEISPIELE?|DIFFERENCES|PROS|CONS|SUMMARY|IMPORTANT|ALGO"
)
_ENDS_IN_HEADING = re.compile(rf"(?:^|[\s.!?)])((?:{_HEADING_WORDS})(?:[ ][A-Z]{{2,}}){{0,4}})\s*:?\s*$")
_HEADING_WITHOUT_TEXT = re.compile(
    r"(?<![A-Za-z])((?:[A-Z]{3,} )+(?:ARE|IS|TO|OF|FOR)) (?=(?:HISTORY|HOW|WHY|WHEN|WHAT|DEFINITION|EXAMPLE|RESULTS)\b)"
)
_LABEL = re.compile(rf"(?<!\S)(?:{_HEADING_WORDS})(?:[ ][A-Z]{{2,}}){{0,4}}(?![\w])")
# `:smile:`, `def f():` and what stands in code end in a colon and are no label.
_ENDS_IN_CODE = re.compile(r"(?:\)|`|:\w+):[*_]{0,3}$|^[ \t]*(?:else|try|finally):$")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})[ \t]+\S.*$", re.MULTILINE)
_ONE_WORD = re.compile(rf"(?:{_HEADING_WORDS})(?:\s+\w+)?", re.ASCII)
_BLANK = re.compile(r"_{2,}")
_EMPTY_ITEM = re.compile(r"^[ \t]*[-*+][ \t]*$", re.MULTILINE)
_GAP = re.compile(r"(\n[ \t]*\n+)")
_MAY_LEAVE_A_GAP = ("\n\n", "\n ", "\n\t")
_LIST_LINE = re.compile(r"[ \t]*(?:[-*+•]|\d+[.)])[ \t]")
_CLOZE_MARK = re.compile(r"==")
# Where "==" is no cloze: code, formulas, links, addresses, tags of HTML and comments.
_OPAQUE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^[ \t>]*(?P=fence)[^\n]*$|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)"
    r"|\$\$.*?\$\$|\$(?=\S)[^$\n]*\$|\[\[[^\[\]\n]*\]\]|(?<=\])\([^()\n]*\)|\w+://\S+|<!--.*?-->|%%.*?%%|</?\w[^<>\n]*>",
    re.MULTILINE | re.DOTALL,
)
_CLOZE_ZERO = re.compile(r"(?:==|\*\*|\{\{)0+;;[^=*}\n]*")
_WHOLE_CLOZE = re.compile(r"==(?=\S)[^\n]+?(?<=\S)==")
_WIDE_COLONS = re.compile(r"(?<=\S)[:：﹕]{2,3}(?=\S)|(?<=\S)[ \t][:：﹕]{2,3}[ \t]|[:：﹕]{2,3}$")
_GAP_ALONE = re.compile(r"\[\.\.\.\]|[\W_]")
# A comparison has spaces round it, or stands between the names of a program.
_OPENING_CLOZE = re.compile(r"==(?<![A-Za-z0-9_=!<>]==)(?=[^\s=])")


def is_blank(text: str) -> bool:
    """Nothing to see: no text, picture or embed once schedules, ids, comments and breaks are gone."""
    if text[:1].isalnum():  # nearly every side, and nothing invisible begins so
        return False
    return not has_embed(text) and not _INVISIBLE.sub("", text)


def empty_side(block: CardBlock) -> Iterator[Problem]:
    """A question or an answer that shows nothing; a prompt that wants no answer and a worksheet are none."""
    if block.kind == "cloze":
        return
    if is_blank(block.front):
        yield Problem("empty-question", block, block.front_start, block.front_end, "the question of this card is blank")
    if block.kind != "heading-prompt" and not block.placeholder and is_blank(block.back):
        yield Problem(
            "empty-answer", block, block.back_start, block.back_end, f"the answer to {_quoted(block.front)} is blank"
        )


def placeholder_answer(block: CardBlock) -> Iterator[Problem]:
    """An answer that only stands in for one."""
    if block.kind == "cloze":
        return
    stand_in = block.placeholder or (block.back if whole_placeholder(block.back) else "")
    if not stand_in:
        return
    kind: ProblemKind = "placeholder-answer"
    if not block.placeholder and whole_placeholder(block.back) == "maybe":
        kind = "maybe-placeholder"
    message = f"the answer to {_quoted(block.front)} is only a stand-in, {_quoted(stand_in)}"
    yield Problem(kind, block, block.back_start, block.back_end, message)


def answer_needs_image(block: CardBlock) -> Iterator[Problem]:
    """Words that point to a picture in a card that shows none."""
    if not may_point_to_image(f"{block.front}\n{block.back}".casefold()):
        return
    if has_embed(block.front) or has_embed(block.back):
        return
    for side, start, end in _sides(block):
        match = SEE_IMAGE.search(side)
        if match:
            whole = "all" if match.span() == (0, len(side.strip(" .()"))) else "part"
            place = _place(block, side, start, end, match.start(), match.end())
            yield Problem(
                "answer-needs-image",
                block,
                *place,
                f"{_quoted(match[0])} points to a picture, and the card has none",
                whole,
            )
            return


def truncated_question(block: CardBlock, *, max_words: int = 4) -> Iterator[Problem]:
    """A leftover beginning above the question that the next paragraph begins with again."""
    pieces = re.split(r"\n[ \t]*\n+|\n", block.front)
    offset = 0
    for index, piece in enumerate(pieces[:-1]):
        offset = block.front.find(piece, offset)
        following = next((later for later in pieces[index + 1 :] if later.strip()), "")
        if piece.strip() and len(piece.split()) <= max_words and is_fragment(piece, following):
            place = _place(block, block.front, block.front_start, block.front_end, offset, offset + len(piece))
            yield Problem(
                "truncated-question", block, *place, f"{_quoted(piece)} is a leftover of {_quoted(following)}"
            )
        offset += len(piece)


def truncated_answer(block: CardBlock) -> Iterator[Problem]:
    """An answer that stops in mid-sentence, by one of four signs."""
    back = block.back
    if block.kind == "cloze" or is_blank(back) or _heading_at_end(back):
        return
    found = _cut_word(back) or _cut_paragraph(back) or _cut_tail(back) or _only_heading(back)
    if found:
        detail, start, end, message = found
        place = _place(block, back, block.back_start, block.back_end, start, end)
        yield Problem("truncated-answer", block, *place, message, detail)


def _heading_at_end(back: str) -> re.Match[str] | None:
    """The capitals with which the text ends, when they are a heading. Searched from the last line on."""
    words = back.rstrip(": \n")
    if not words[-2:].isupper():
        return None
    return _ENDS_IN_HEADING.search(back, max(back.rfind("\n", 0, len(words)), 0))


def _has_capital_link(back: str) -> bool:
    return any(map(back.__contains__, (" ARE ", " IS ", " TO ", " OF ", " FOR ")))


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
        line[_last_sentence_end(line) :].casefold().split()[:-1]
    ):
        return None
    return "T1", len(last) - len(match[1]), len(last), f"answer ends in mid-sentence, on {_quoted(match[1])}"


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
            sentences = len(_SENTENCE.findall(words))
            if sentences >= 2 and words and not _END_MARK.search(words) and not _LIST_LINE.match(words):
                tail = words[max(_last_sentence_end(words), len(words) - 60) :].strip()
                start = offset + len(words) - len(tail)
                return (
                    "T2",
                    start,
                    offset + len(words),
                    f"paragraph of the answer ends in mid-sentence: {_quoted(tail)}",
                )
        offset += len(piece)
    return None


def _last_sentence_end(words: str) -> int:
    last = 0
    for match in _SENTENCE.finditer(words):
        last = match.end()
    return last


def _cut_tail(back: str) -> _Cut | None:
    """T3: after two complete sentences a tail of at most three words without an end mark."""
    words = back.rstrip()
    line_start = words.rfind("\n") + 1
    line = words[line_start:]
    if _END_MARK.search(line[-1:]) or _LIST_LINE.match(line) or len(_SENTENCE.findall(line)) < 2:
        return None
    at = _last_sentence_end(line)
    tail = line[at:].strip()
    if not tail or len(tail.split()) > 3 or tail.isupper() or not tail[0].isupper() or "://" in tail or " - " in line:
        return None
    return "T3", len(words) - len(tail), len(words), f"answer ends in mid-sentence: {_quoted(tail)}"


def _only_heading(back: str) -> _Cut | None:
    """T4: one heading word and at most one word more."""
    words = back.strip()
    if not _ONE_WORD.fullmatch(words) or not words.split()[0].isupper() or len(words.split()) < 2:
        return None
    return "T4", 0, len(words), f"{_quoted(words)} is a heading and hardly more"


def dangling_section(block: CardBlock, *, min_words: int = 1, labels: Sequence[str] = ()) -> Iterator[Problem]:
    """A label or heading in the answer with nothing behind it, or with fewer than ``min_words`` words.

    labels: further labels, as they are written and without a colon; they count at the end of an answer.
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
        message = f"nothing stands under {_quoted(back[start:end])}"
    elif min_words > 1 and (thin := _thin_section(back, min_words, labels)):
        start, end, words = thin
        detail, message = "D5", f"only {_quoted(words)} stands under {_quoted(back[start:end])}"
    else:
        return
    place = _place(block, block.back, block.back_start, block.back_end, start, end)
    yield Problem("dangling-section", block, *place, message, detail)


_Label = tuple[str, int, int]


def _label_at_end(back: str) -> _Label | None:
    """D1: the answer ends with a label in capitals."""
    match = _heading_at_end(back)
    if match is None or len(back.split()) <= len(match[1].split()):
        return None
    return "D1", match.start(1), match.end(1)


def _label_before_label(back: str) -> _Label | None:
    """D2: a label in capitals that wants more words stands right before another one."""
    match = _HEADING_WITHOUT_TEXT.search(back) if _has_capital_link(back) else None
    return ("D2", match.start(1), match.end(1)) if match else None


def _empty_heading(back: str) -> _Label | None:
    """D3: a Markdown heading with nothing below it."""
    for heading in _MARKDOWN_HEADING.finditer(back) if "#" in back else ():
        rest = back[heading.end() :].strip()
        following = _MARKDOWN_HEADING.match(rest)
        if not rest or (following and len(following[1]) <= len(heading[1])):
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
    start += _last_sentence_end(line)
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


def review_marker(block: CardBlock) -> Iterator[Problem]:
    """A note to self inside a card; one finding a card."""
    for side, start, end in _sides(block):
        if not may_be_marked(side.casefold()) or whole_placeholder(side):
            continue
        match = REVIEW_MARKER.search(side)
        if match:
            place = _place(block, side, start, end, match.start(), match.end())
            yield Problem("review-marker", block, *place, f"{_quoted(match[0])} is a note to self inside the card")
            return


def unfilled_blank(block: CardBlock, *, min_length: int = 3) -> Iterator[Problem]:
    """Each blank (``____``) in an answer."""
    if block.kind == "cloze":
        return
    for match in _BLANK.finditer(block.back):
        if len(match[0]) >= min_length:
            place = _place(block, block.back, block.back_start, block.back_end, match.start(), match.end())
            yield Problem("unfilled-blank", block, *place, f"the answer has a blank of its own, {match[0]}")


def _any_blank(block: CardBlock) -> Iterator[Problem]:
    """Two underscores are a blank to whoever learns the card; the rule for notes asks for three."""
    return unfilled_blank(block, min_length=2)


def empty_item(block: CardBlock) -> Iterator[Problem]:
    """Each list item of the answer that has a mark and nothing else."""
    for match in _EMPTY_ITEM.finditer(block.back):
        place = _place(block, block.back, block.back_start, block.back_end, match.start(), match.end())
        yield Problem("empty-item", block, *place, "a list item of the answer is empty")


# A question that offers its answers is not circular, and marks that `normal` drops may be all that differs.
_CHOICE = re.compile(r"\b(?:or|ou|oder|either|entre|between)\b", re.IGNORECASE)
_BEYOND_WORDS = re.compile(r"[$`=+<>^*/%|\\]|!\[")
_MOST_WORDS = 6
# Words that add nothing to an answer. Verbs do: to "Which operation adds knowledge?" the answer may be "tell".
_FILLERS = frozenset(
    "a an the of to in on for and is are was were be it its this that these those le la les un une des du de et el los las una "
    "del y es der die das ein eine und ist il lo gli uno e os as um uma do da".split()
)


def circular(block: CardBlock) -> Iterator[Problem]:
    """An answer that says again what the question says; of a reversed card, a side that holds the other."""
    if block.kind == "cloze" or _BEYOND_WORDS.search(block.back) or _BEYOND_WORDS.search(block.front):
        return
    front, back = normal(block.front), normal(block.back)
    if not front or not back or _CHOICE.search(block.front):
        return
    words = set(back.split()) - _FILLERS
    is_part = 0 < len(words) <= _MOST_WORDS and words <= set(front.split())
    if block.kind.endswith("reversed"):
        is_part = is_part or f" {front} " in f" {back} "
    if front == back or is_part:
        message = f"answer {_quoted(block.back)} only repeats the question"
        yield Problem("circular", block, block.back_start, block.back_end, message)


def broken_syntax(block: CardBlock) -> Iterator[Problem]:
    """A cloze with an unclosed mark, with numbers that make no cards, or of which nothing is left to read but the gap."""
    if block.kind != "cloze":
        return
    open_marks = _open_marks(block.front)
    numbers = sorted({card.number for card in block.cards})
    if open_marks:
        message = f"unclosed cloze in {_quoted(open_marks[0])}"
    elif match := _CLOZE_ZERO.search(block.front):
        message = f"cloze numbers begin with 1, and {_quoted(match[0])} has 0"
    elif numbers and numbers != list(range(1, len(numbers) + 1)):
        message = f"the cloze numbers {numbers} have a hole"
    elif any(not _GAP_ALONE.sub("", card.front) for card in block.cards):
        message = f"cloze without any text around it: {_quoted(block.front)}"
    else:
        return
    yield Problem("broken-syntax", block, block.start, block.end, message)


def _open_marks(front: str) -> list[str]:
    """The lines of a cloze with a mark that is not closed; marks in code, formulas, links and comments are none."""
    shown = _OPAQUE.sub("", front)
    return [line for line in shown.split("\n") if "==" in line and _has_open_cloze(_WHOLE_CLOZE.sub("", line))]


def stray_schedules(text: str, blocks: Iterable[CardBlock]) -> Iterator[Problem]:
    """Schedule comments that belong to no card, a second one on a card, broken ones, and entries too many."""
    if "<!--SR:" not in text:
        return
    blocks = list(blocks)
    scheduled = [block for block in blocks if block.schedules]
    if text.count("<!--SR:") == len(scheduled) and all(map(_is_sound_schedule, scheduled)):
        return  # as many as cards that have one, so each has its own: nearly every note
    known = sorted(blocks, key=lambda block: block.start)
    first_of: dict[int, int] = {}
    for match in COMMENT.finditer(text):
        owner = next((index for index, b in enumerate(known) if b.start <= match.start() <= b.end), None)
        if owner is None:
            yield Problem(
                "stray-schedule", None, match.start(), match.end(), "this schedule belongs to no card", "orphan"
            )
            continue
        block = known[owner]
        if owner in first_of:
            yield Problem(
                "stray-schedule",
                block,
                match.start(),
                match.end(),
                f"{_quoted(block.front)} has a second schedule",
                "twice",
            )
            continue
        first_of[owner] = match.start()
        entries = read_entries(match[1])
        if len(entries) > len(block.cards):
            message = f"{len(entries)} schedule entries for {len(block.cards)} cards"
            yield Problem("stray-schedule", block, match.start(), match.end(), message, "too-many")
        elif any(not entry.due for entry in entries):
            yield Problem(
                "stray-schedule", block, match.start(), match.end(), "a schedule entry cannot be read", "broken"
            )


def _is_sound_schedule(block: CardBlock) -> bool:
    entries = block.schedules
    return len(entries) <= len(block.cards) and all(entry.due for entry in entries)


def broken_separators(note: Note, text: str, blocks: Iterable[CardBlock], settings: CardSettings) -> Iterator[Problem]:
    """Card syntax that makes no card: a separator without a question, an answer behind a blank line, an open cloze.

    Only in a note with a deck; elsewhere a lone "?" or "==" means nothing.
    """
    if not Decks("", note, settings, "vaultkit"):
        return
    known = list(blocks)
    covered = {line for block in known for line in range(block.line, block.end_line + 1)}
    cut_at = {block.end_line for block in known if block.kind.startswith("multi") and not block.back}
    page = MaskedLines(note, text)
    marks = {mark for mark in (settings.multi, settings.multi_reversed) if mark}
    second = _second_marks(page, known, marks)
    for index, line in enumerate(page.lines):
        place = (page.starts[index] + len(line) - len(line.lstrip()), page.starts[index] + len(line.rstrip()))
        if page.skip[index] or page.fence[index]:
            continue
        if slip := _slip(line, page.masked_line(index), settings, is_card=index + 1 in covered):
            yield Problem("broken-syntax", None, *place, slip, "slip")
        elif line.strip() in marks and index + 1 in second:
            message = f"`{line.strip()}` is part of the answer to {_quoted(second[index + 1])}: no blank line above the next card"
            yield Problem("broken-syntax", None, *place, message, "second")
        elif line.strip() in marks and index + 1 not in covered:
            yield Problem("broken-syntax", None, *place, f"`{line.strip()}` without a question above it", "no-question")
        elif line.strip() in marks and index + 1 in cut_at:
            below = next((at for at in range(index + 1, len(page.lines)) if not page.blank[at]), None)
            if below is None or below == index + 1 or below + 1 in covered or page.skip[below]:
                continue
            if not page.lines[below].lstrip().startswith("#"):
                message = f"blank line between the question and its answer {_quoted(page.lines[below])}"
                yield Problem("broken-syntax", None, *place, message, "blank-line")
        elif "==" in line and index + 1 not in covered and _has_open_cloze(page.masked_line(index)):
            yield Problem("broken-syntax", None, *place, f"unclosed cloze in {_quoted(line)}", "open-cloze")


# What keyboards for Chinese, Japanese, Arabic and Persian type for the separators.
_LOOKALIKES = str.maketrans("：﹕？؟﹖", "::???")


def may_hold_slip(text: str) -> bool:
    """Whether the text has a sign that looks like a separator."""
    return any(map(text.__contains__, "：﹕？؟﹖"))


def _slip(line: str, masked: str, settings: CardSettings, *, is_card: bool) -> str:
    """What to say of a sign that was typed for a separator and is none; "" when there is none on the line."""
    if not may_hold_slip(line):
        return ""
    mark = line.strip()
    meant = mark.translate(_LOOKALIKES)
    own = (settings.single, settings.single_reversed, settings.multi, settings.multi_reversed, settings.end_marker)
    if meant in (settings.multi, settings.multi_reversed) and meant != mark and mark not in own:
        return f"`{mark}` on a line of its own makes no card; the separator is `{meant}`"
    for match in [] if is_card else _WIDE_COLONS.finditer(masked):
        mark = match[0].strip()
        meant = mark.translate(_LOOKALIKES)
        if meant in (settings.single_reversed, settings.single) and meant != mark and mark not in own:
            return f"`{mark}` makes no card; the separator is `{meant}`"
    return ""


def _second_marks(page: MaskedLines, known: Iterable[CardBlock], marks: set[str]) -> dict[int, str]:
    """Line -> question, for separators in an answer that a line stands above as a question would."""
    found = {}
    for block in known:
        if not block.kind.startswith("multi") or "\n" not in block.back:
            continue
        rows = [
            row
            for row in range(block.line - 1, block.end_line)
            if page.lines[row].strip() in marks and not page.fence[row] and not page.skip[row]
        ]
        for above, row in pairwise(rows):
            if row > above + 2 and page.lines[row - 1].strip() and row + 1 < block.end_line:
                found[row + 1] = block.front
    return found


def _has_open_cloze(line: str) -> bool:
    return line.count("==") % 2 == 1 and _OPENING_CLOZE.search(line) is not None


def export_boilerplate(text: str) -> Iterator[Problem]:
    """Site chrome in a text that was copied from a page of cards: rating blocks, slogans, lists of other sets.

    Ask only where the text is such an export; the words alone prove nothing.
    """
    from vaultkit.cards.reader.exports_in_notes import boilerplate_spans

    for start, end, reason in boilerplate_spans(text):
        yield Problem("export-boilerplate", None, start, end, f"{reason} of the site the cards were copied from")


CHECKS: tuple[tuple[ProblemKind, Callable[[CardBlock], Iterator[Problem]]], ...] = (
    ("empty-answer", empty_side),
    ("placeholder-answer", placeholder_answer),
    ("review-marker", review_marker),
    ("answer-needs-image", answer_needs_image),
    ("truncated-answer", truncated_answer),
    ("dangling-section", dangling_section),
    ("truncated-question", truncated_question),
    ("unfilled-blank", _any_blank),
    ("empty-item", empty_item),
    ("broken-syntax", broken_syntax),
)


def suspicions(blocks: Iterable[CardBlock]) -> set[ProblemKind]:
    """Kinds of problem that a quick look at the cards does not rule out, named as in `CHECKS`; of most cards none.

    One look at all sides costs a tenth of asking every check, and nearly every card is sound.
    """
    found: set[ProblemKind] = set()
    fronts: list[str] = []
    backs: list[str] = []
    for block in blocks:
        front, back = block.front, block.back
        fronts.append(front)
        backs.append(back)
        if not (front[:1].isalnum() and back[:1].isalnum()):
            found.add("empty-answer")
        if block.placeholder or whole_placeholder(back):
            found.add("placeholder-answer")
        if "\n" in front:
            found.add("truncated-question")
        if "\n" in back:
            found.add("empty-item")
        if back[-1:] not in _SOUND_ENDS or any(map(back.__contains__, _MAY_LEAVE_A_GAP)):
            found.add("truncated-answer")
        if back.rstrip(": \n")[-2:].isupper() or back.rstrip("*_ \n")[-1:] == ":":
            found.add("dangling-section")
        if back[:1] in ("-", "*", "+", " ", "\t"):
            found.add("empty-item")
        if block.kind == "cloze":
            found.add("broken-syntax")
    answers = "\n".join(backs)
    if "#" in answers or _has_capital_link(answers):
        found.add("dangling-section")
    if "__" in answers:
        found.add("unfilled-blank")
    folded = "\n".join((*fronts, answers)).casefold()
    if may_be_marked(folded):
        found.add("review-marker")
    if may_point_to_image(folded):
        found.add("answer-needs-image")
    return found


# The single word for a card in reports, worst first.
_STATUS: tuple[tuple[ProblemKind, str], ...] = (
    ("empty-question", "empty"),
    ("empty-answer", "empty"),
    ("placeholder-answer", "placeholder"),
    ("review-marker", "todo"),
    ("answer-needs-image", "see-image"),
    ("truncated-answer", "truncated"),
    ("dangling-section", "dangling-heading"),
    ("truncated-question", "question-fragment"),
    ("unfilled-blank", "fill-in"),
)


def problems_of(block: CardBlock) -> list[Problem]:
    """Everything that is wrong with one block."""
    kinds = suspicions((block,))
    if not kinds:
        return []
    return [problem for kind, check in CHECKS if kind in kinds for problem in check(block)]


def status_of(problems: Iterable[Problem]) -> str:
    """The worst of the problems in one word, "ok" when there is none.

    A note to self in the question outranks a stand-in answer: the author knows the card is unfinished.
    """
    kinds = {problem.kind for problem in problems}
    if "review-marker" in kinds and not kinds & {"empty-answer", "empty-question"}:
        return "todo"
    return next((word for kind, word in _STATUS if kind in kinds), "ok")


def _sides(block: CardBlock) -> Iterator[tuple[str, int, int]]:
    yield block.front, block.front_start, block.front_end
    if block.kind != "cloze":
        yield block.back, block.back_start, block.back_end


def _place(block: CardBlock, side: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Offsets in the note of ``side[first:last]``; the whole side where it is not written word for word."""
    return (start + first, start + last) if end - start == len(side) else (start, end)


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:57]}…”" if len(words) > 60 else f"“{words}”"
