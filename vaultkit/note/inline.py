"""Obsidian's own inline syntax, read where it is alive: wikilinks, embeds, tags, block ids, comments."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from vaultkit.note.blocks import Blocks
from vaultkit.note.links import has_scheme, markdown_destination, wikilink_parts
from vaultkit.note.model import Block, Dead, Footnote, Link, Malformed, ReferenceDefinition, Tag

_TAG = re.compile(r"""#[^\s\u2000-\u206F\u2E00-\u2E7F'!"#$%&()*+,.:;<=>?@^`{|}~\[\]\\]+""")
_OPENING = re.compile(r"\[\[")
_CLOSING = re.compile(r"\]\]")
_BLOCK_ID = re.compile(r"\^([A-Za-z0-9-]+)[ \t]*\r?$", re.MULTILINE)
# Takes what is none, too, up to where it fails, so that no character is looked at twice.
_FOOTNOTE_REF = re.compile(r"\[\^([^\]\s]*+)(\](?!:))?")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?!\^)([^\[\]\n]+)\]:[ \t]*(<[^<>\n]*>|\S+)", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_DESTINATION = re.compile(r"\]\(([^()<>\n]*(?:\([^()<>\n]*(?:\)[^()<>\n]*)?)*)\)")
_ONLY_QUOTE_MARKS = re.compile(r"[ \t>]*>")


class Spans:
    """Sorted spans that do not overlap, to be asked whether an offset lies inside one."""

    __slots__ = ("ends", "starts")

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        if not spans:
            return
        for start, end in sorted(spans):
            if self.ends and start < self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            elif end > start:
                self.starts.append(start)
                self.ends.append(end)

    def end_around(self, offset: int) -> int:
        """End of the span that holds ``offset``; -1 when none does."""
        index = bisect_right(self.starts, offset) - 1
        return self.ends[index] if index >= 0 and offset < self.ends[index] else -1

    def remove_from(self, start: int, end: int) -> None:
        """Drop the spans that begin in ``[start, end)``."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        del self.starts[first:last], self.ends[first:last]


def _is_escaped(text: str, offset: int) -> bool:
    slashes = 0
    while offset > slashes and text[offset - 1 - slashes] == "\\":
        slashes += 1
    return slashes % 2 == 1


class _Brackets:
    """Where double brackets stand in the rest of one line."""

    __slots__ = ("closings", "openings")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.openings = [match.start() for match in _OPENING.finditer(text, start, end)]
        self.closings = [match.start() for match in _CLOSING.finditer(text, start, end)]

    def are_more_closed_from(self, offset: int) -> bool:
        """More pairs close than open from ``offset`` on, so one that opened before it is closed there."""
        closed = len(self.closings) - bisect_left(self.closings, offset)
        return closed > len(self.openings) - bisect_left(self.openings, offset)


def read_wikilinks(text: str, start: int, alive: Spans, malformed: list[Malformed]) -> list[Link]:
    """The wikilinks and wiki embeds from ``start`` on, in order.

    On one line; the first ``]]`` closes, except that ``]]]`` behind an open ``[`` closes with its
    last two; an inner ``[[`` wins over an outer one. ``alive`` holds the dead spans; those that a
    link swallows are dropped from it, since the construct that begins first wins.
    """
    links: list[Link] = []
    position = start
    line_end = closing = -1  # both are looked for once, not once an opening: a line may have thousands
    brackets: _Brackets | None = None
    while (opening := text.find("[[", position)) >= 0:
        dead_end = alive.end_around(opening)
        if dead_end >= 0:
            position = dead_end
            continue
        if opening > start and _is_escaped(text, opening):
            position = opening + 1
            continue
        is_embed = opening > start and text[opening - 1] == "!" and not _is_escaped(text, opening - 1)
        begin = opening - is_embed
        if opening >= line_end:
            line_end = text.find("\n", opening)
            if line_end < 0:
                line_end = len(text)
            closing, brackets = 0, None
        if 0 <= closing < opening + 2:
            closing = text.find("]]", opening + 2, line_end)
        inner = text.find("[[", opening + 2, closing if closing >= 0 else line_end)
        if closing < 0 or inner >= 0:
            if inner >= 0:
                position = inner
                if inner == opening + 2:
                    continue
                if brackets is None:
                    brackets = _Brackets(text, inner, line_end)
                if brackets.are_more_closed_from(inner):
                    continue
            else:
                position = opening + 2
            stop = inner if inner >= 0 else line_end
            bracket = text.find("]", opening + 2, stop)
            stop = bracket + 1 if bracket >= 0 else stop
            content = text[opening + 2 : stop].rstrip("] \t\r")
            kind = "unclosed-embed" if is_embed else "unclosed-wikilink"
            end = begin + len(text[begin:stop].rstrip())
            malformed.append(Malformed(begin, end, kind, content))  # type: ignore[arg-type]
            continue
        content = text[opening + 2 : closing]
        if text.startswith("]", closing + 2):
            unclosed = content.count("[") - content.count("]")
            while unclosed > 0 and text.startswith("]]", closing + 1):
                closing += 1
                unclosed -= 1
            content = text[opening + 2 : closing]
        end = closing + 2
        position = end
        if not content.strip():
            malformed.append(Malformed(begin, end, "empty-link", ""))
            continue
        linkpath, subpath, display, length = wikilink_parts(content)
        links.append(
            Link(begin, end, linkpath, subpath, display, is_embed, "wiki", opening + 2, opening + 2 + length, False)
        )
        alive.remove_from(opening, end)
    return links


def merge_links(wikilinks: list[Link], markdown: list[Link]) -> list[Link]:
    """Both kinds in order of position; a Markdown link that touches the inside of a wikilink is none.

    An embed inside the text of a link stays beside it, as in ``[![t](a.png)](b.md)``.
    """
    if not markdown:
        return wikilinks
    starts = [link.start for link in wikilinks]
    kept: list[Link] = []
    for link in markdown:
        index = bisect_left(starts, link.end) - 1
        overlaps = False
        while index >= 0 and not overlaps:
            wiki = wikilinks[index]
            if wiki.end <= link.start:
                break
            inside_text = link.start < wiki.start and wiki.end <= link.target_start
            overlaps = not (inside_text and wiki.is_embed != link.is_embed)
            index -= 1
        if not overlaps:
            kept.append(link)
    merged = sorted([*wikilinks, *kept], key=lambda link: (link.start, -link.end))
    last_end = {True: -1, False: -1}
    answer = []
    for link in merged:
        if link.start >= last_end[link.is_embed]:
            last_end[link.is_embed] = link.end
            answer.append(link)
    return answer


def read_tags(text: str, start: int, alive: Spans, found: Blocks) -> Iterator[Tag]:
    """The tags from ``start`` on. Source: rules R40 to R44, read back from Obsidian 1.13."""
    inline_starts = found.inline_starts
    inline_ends: list[int] = []
    previous_end = -1
    for match in _TAG.finditer(text, start):
        at = match.start()
        before = text[at - 1] if at > start else "\n"
        if not (before.isspace() or at == previous_end or _may_begin(text, at, start, before, inline_starts)):
            continue
        if alive.end_around(at) >= 0:
            continue
        tag = match[0]
        if found.inline_ends and "_" in tag:  # the closing mark of _#emphasis_ is no part of the tag
            inline_ends = inline_ends or sorted(found.inline_ends)
            index = bisect_right(inline_ends, at)
            if index < len(inline_ends) and inline_ends[index] < match.end():
                tag = tag[: inline_ends[index] - at]
        tag = tag.rstrip("/")
        if len(tag) == 1 or tag[1:].isdigit():
            continue
        previous_end = match.end()
        yield Tag(at, at + len(tag), tag, False)


def _may_begin(text: str, at: int, start: int, before: str, inline_starts: set[int]) -> bool:
    """A tag may begin at the start of an inline piece: emphasis, link text, cell, after an escape."""
    if at in inline_starts:
        return True
    if before == "=":
        return text[max(at - 2, start) : at] == "=="
    if before == ">":
        line = text.rfind("\n", start, at) + 1
        return _ONLY_QUOTE_MARKS.fullmatch(text, max(line, start), at) is not None
    return before != "\\" and not before.isalnum() and _is_escaped(text, at - 1)


def read_comments(text: str, start: int, alive: Spans, block_comments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of ``%% … %%``, block comments included; an inline one does not cross a blank line."""
    spans = list(block_comments)
    blocks = Spans(block_comments)
    opened = -1
    position = start
    while (mark := text.find("%%", position)) >= 0:
        position = mark + 2
        skip = max(alive.end_around(mark), blocks.end_around(mark))
        if skip >= 0:
            position = max(skip, position)
            continue
        if opened >= 0 and not _BLANK_LINE.search(text, opened, mark):
            spans.append((opened, mark + 2))
            opened = -1
        else:
            opened = mark
    return sorted(spans)


def read_block_ids(
    text: str, start: int, alive: Spans, found: Blocks, line_starts: tuple[int, ...]
) -> tuple[Block, ...]:
    """Block ids with the block each names; sections and list items in ``found`` learn theirs.

    An id ends its block, or stands alone in a paragraph and names the block above.
    """
    blocks: list[Block] = []
    begins: set[int] | None = None
    for match in _BLOCK_ID.finditer(text, start):
        caret = match.start()
        if (caret > start and text[caret - 1] not in " \t\n") or alive.end_around(caret) >= 0:
            continue
        line = bisect_right(line_starts, caret)
        if line < len(line_starts):
            following_end = line_starts[line + 1] - 1 if line + 1 < len(line_starts) else len(text)
            following = text[line_starts[line] : following_end]
            if following.strip(" \t\r>"):
                if begins is None:
                    begins = {bisect_right(line_starts, at) - 1 for at in found.block_starts}
                if line not in begins:
                    continue
        block_start, block_end = _name_block(text, match[1], caret, match.end(), found)
        blocks.append(Block(match[1], caret, block_start, block_end))
    return tuple(blocks)


def _name_block(text: str, block_id: str, caret: int, end: int, found: Blocks) -> tuple[int, int]:
    """Give the id to the innermost list item or the section it ends; answer that block's span."""
    index = bisect_right(found.sections, caret, key=itemgetter(0)) - 1
    if index < 0:
        return caret, end
    start, section_end, kind, _ = found.sections[index]
    alone = not text[text.rfind("\n", 0, caret) + 1 : caret].strip(" \t>")
    if kind == "paragraph" and alone and start >= text.rfind("\n", 0, caret) and index > 0:
        index -= 1
        start, section_end, kind, _ = found.sections[index]
    if kind == "list" and not alone:
        item = bisect_right(found.list_items, caret, key=itemgetter(0)) - 1
        if item >= 0 and found.list_items[item][1] > caret:
            start, item_end, parent, task, _ = found.list_items[item]
            found.list_items[item] = (start, item_end, parent, task, block_id)
            return start, item_end
    found.sections[index] = (start, section_end, kind, block_id)
    return start, section_end


def read_footnote_refs(text: str, start: int, alive: Spans) -> tuple[Footnote, ...]:
    """References ``[^id]``; ids have no spaces."""
    return tuple(
        Footnote(match.start(), match.end(), match[1])
        for match in _FOOTNOTE_REF.finditer(text, start)
        if match[1] and match[2] and alive.end_around(match.start()) < 0 and not _is_escaped(text, match.start())
    )


def read_definitions(text: str, start: int, alive: Spans) -> tuple[ReferenceDefinition, ...]:
    """Link reference definitions whose destination lies in the vault."""
    found = []
    for match in _DEFINITION.finditer(text, start):
        if alive.end_around(match.start(1)) >= 0:
            continue
        raw = match[2][1:-1] if match[2].startswith("<") else match[2]
        target = markdown_destination(raw)
        if target is not None:
            found.append(ReferenceDefinition(match.start(1) - 1, match.end(), match[1], *target))
    return tuple(found)


def read_unencoded(text: str, start: int, alive: Spans, taken: Spans) -> Iterator[Malformed]:
    """``[x](my note.md)``: a raw space or an open bracket in the destination, so that no link is read there at all."""
    for match in _DESTINATION.finditer(text, start):
        destination = match[1].strip()
        is_open = destination.count("(") > destination.count(")")
        if not (" " in destination or is_open) or has_scheme(destination):
            continue
        at = text.rfind("[", start, match.start())
        if at < 0 or "]" in text[at : match.start()] or "\n" in text[at : match.start()]:
            continue
        if text[at - 1 : at] == "!" and at > start:
            at -= 1
        if alive.end_around(at) < 0 and taken.end_around(at) < 0 and not _is_escaped(text, at):
            yield Malformed(at, match.end(), "unencoded-destination", destination)


def alive_spans(dead: list[Dead]) -> Spans:
    """The dead spans, ready to be asked."""
    return Spans([(span.start, span.end) for span in dead])
