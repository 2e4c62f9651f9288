"""Block structure: CommonMark from pulldown-cmark's events, Obsidian's own blocks on top.

pulldown-cmark answers UTF-8 byte ranges. It is given the text with every non-ASCII character
replaced by "?", one byte each, so its ranges are code points at no cost; whatever is shown is
sliced from the real text. Block comments (``%%``) and math blocks (``$$``), which CommonMark
does not know, are cut out first and the text between them is parsed piece by piece.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from pyromark import Markdown, Options

from vaultkit.note.links import has_scheme, markdown_destination
from vaultkit.note.model import (
    Callout,
    Dead,
    ExternalLink,
    Footnote,
    Heading,
    Link,
    ListItem,
    Malformed,
    ReferenceLink,
    Section,
)

_EVENTS = Markdown(
    options=Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES | Options.ENABLE_MATH | Options.ENABLE_STRIKETHROUGH
).events_with_range

_FOREIGN = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
    r"|^[ ]{0,3}(?P<comment>%%)"
    r"|^[ ]{0,3}(?P<math>\$\$)"
    r"|^[ ]{0,3}(?P<html><!--)",
    re.MULTILINE,
)
_CALLOUT = re.compile(r"[ \t>]*\[!([^\]\n]+)\]([+-]?)")
_TASK = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+\[(.)\](?:[ \t]+|(?=\r?\n|\Z))")
_NESTED_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]+\S)")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_MARK_RUN = re.compile(r"\\.|(\*+|~+)", re.DOTALL)
_FOOTNOTE_LABEL = re.compile(r"\[\^([^\]\n]+)\]:")
_LEVEL = {f"H{level}": level for level in range(1, 7)}
_SPACE = " \t\r\n"
_MARK_LENGTH = {"Emphasis": 1, "Strong": 2, "Strikethrough": 2, "TableCell": 0}


class Blocks:
    """What a pass over the blocks of a note collects; lists in order of position.

    inline_starts: offsets at which the content of an inline construct or a table cell begins.
    inline_ends:   offsets at which the content of emphasis ends.
    block_starts:  offsets at which a block begins, at any depth.
    cells:         spans of table cells.
    block_comments: spans of ``%%`` blocks.
    """

    __slots__ = (
        "block_comments", "block_starts", "callouts", "cells", "dead", "external_links", "footnotes",
        "headings", "inline_ends", "inline_starts", "links", "list_items", "malformed", "reference_links", "sections",
    )  # fmt: skip

    def __init__(self) -> None:
        self.block_comments: list[tuple[int, int]] = []
        self.block_starts: list[int] = []
        self.callouts: list[Callout] = []
        self.cells: list[tuple[int, int]] = []
        self.dead: list[Dead] = []
        self.external_links: list[ExternalLink] = []
        self.footnotes: list[Footnote] = []
        self.headings: list[Heading] = []
        self.inline_ends: set[int] = set()
        self.inline_starts: set[int] = set()
        self.links: list[Link] = []
        self.list_items: list[ListItem] = []
        self.malformed: list[Malformed] = []
        self.reference_links: list[ReferenceLink] = []
        self.sections: list[Section] = []


def read_blocks(text: str, start: int, line_starts: tuple[int, ...]) -> Blocks:
    """The blocks of ``text`` from ``start`` (behind the front matter) on."""
    found = Blocks()
    ascii_text = text if text.isascii() else text.encode("ascii", "replace").decode("ascii")
    position = start
    if "%%" in text or "$$" in text:
        for foreign_start, foreign_end, kind, closed in _foreign_blocks(text, start):
            _read_piece(text, ascii_text, position, foreign_start, line_starts, found)
            if kind == "comment":
                inside = Blocks()
                body_end = foreign_end - 2 if closed else foreign_end
                _read_piece(text, ascii_text, foreign_start + 2, body_end, line_starts, inside)
                found.dead += inside.dead
                found.links += inside.links
                found.external_links += inside.external_links
                found.inline_starts |= inside.inline_starts
                found.inline_ends |= inside.inline_ends
                found.block_comments.append((foreign_start, foreign_end))
            else:
                found.dead.append(Dead(foreign_start, foreign_end, "math"))
            if not closed:
                opened = "unclosed-comment" if kind == "comment" else "unclosed-math"
                found.malformed.append(Malformed(foreign_start, foreign_start + 2, opened, ""))  # type: ignore[arg-type]
            found.block_starts.append(foreign_start)
            found.sections.append(Section(foreign_start, _trimmed(text, foreign_start, foreign_end), kind, None))
            position = foreign_end
    _read_piece(text, ascii_text, position, len(text), line_starts, found)
    return found


def _foreign_blocks(text: str, start: int) -> list[tuple[int, int, str, bool]]:
    """Block comments and math blocks: (start, end, kind, closed), outside fences and HTML comments.

    Both interrupt a paragraph; unclosed, they run to the end of the note (Source: Obsidian's cache
    of real notes).
    """
    found: list[tuple[int, int, str, bool]] = []
    position = start
    while opening := _FOREIGN.search(text, position):
        kind = opening.lastgroup or ""
        at = opening.start(kind)
        if kind == "fence":
            fence = opening["fence"]
            closing = re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*\r?$", re.MULTILINE)
            end = closing.search(text, opening.end())
            if end is None:
                break
            position = end.end()
        elif kind == "html":
            end_at = text.find("-->", at)
            if end_at < 0:
                break
            position = end_at + 3
        else:
            mark = "%%" if kind == "comment" else "$$"
            close = text.find(mark, at + 2)
            if close < 0:
                found.append((at, len(text), kind, False))
                break
            newline = text.find("\n", close + 2)
            rest = text[close + 2 : newline if newline >= 0 else len(text)]
            one_line = "\n" not in text[at:close]
            position = close + 2
            if one_line and (kind == "math" or rest.strip()):
                continue
            found.append((at, close + 2, kind, True))
    return found


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    return end


def _trimmed_in_quote(text: str, start: int, end: int) -> int:
    """The same where the lines of a quote begin with ``>``."""
    end = _trimmed(text, start, end)
    while end > start and text[end - 1] == ">":
        line = text.rfind("\n", start, end)
        if line < 0 or text[line:end].strip(" \t\r\n>"):
            break
        end = _trimmed(text, start, line)
    return end


def _read_piece(text: str, ascii_text: str, base: int, stop: int, line_starts: tuple[int, ...], found: Blocks) -> None:
    """Collect the events of ``text[base:stop]``; offsets of the whole text."""
    piece = ascii_text if base == 0 and stop == len(text) else ascii_text[base:stop]
    if not piece or piece.isspace():
        return
    depth = 0
    in_code = 0
    quotes = 0
    trimmed = _trimmed
    block_starts = found.block_starts
    dead = found.dead
    # One entry an open list: the parent its items name, and (index, end) of its items.
    lists: list[tuple[int, list[tuple[int, int]]]] = []
    # One entry an open item: its line, its index.
    items: list[tuple[int, int]] = []
    open_links: list[list[Any]] = []
    events: Iterator[tuple[Any, Any]] = _EVENTS(piece, merge_text=True)
    for event, span in events:
        if event.__class__ is str:
            if event == "Rule":
                at = span["start"] + base
                block_starts.append(at)
                if depth == 0:
                    found.sections.append(Section(at, _trimmed(text, at, span["end"] + base), "thematicBreak", None))
            continue
        ((name, value),) = event.items()
        if name == "Text":
            if ("**" in value or "~~" in value) and not in_code:
                _keep_literal_marks(text, span["start"] + base, span["end"] + base, found)
            if open_links and not in_code:
                open_links[-1][2] = span["end"] + base
        elif name == "Start":
            start, end = span["start"] + base, span["end"] + base
            if value.__class__ is str:
                if value == "Paragraph":
                    block_starts.append(start)
                    if depth == 0:
                        found.sections.append(Section(start, _trimmed(text, start, end), "paragraph", None))
                elif value == "Item":
                    block_starts.append(start)
                    parent, members = lists[-1]
                    marker = _skip_space(text, start, end)
                    start = _item_start(text, start, marker)
                    task = _TASK.match(text, marker, end)
                    line = bisect_right(line_starts, start) - 1
                    members.append((len(found.list_items), end))
                    items.append((line, len(found.list_items)))
                    found.list_items.append(
                        ListItem(start, trimmed(text, start, end), parent, task[1] if task else None, None)
                    )
                    if task and _NESTED_MARKER.match(text, task.end(), end):
                        # "- [ ] 1. x": to Obsidian the brackets belong to the marker, so "1. x" is a list.
                        newline = text.find("\n", task.end(), end)
                        nested_end = end if newline < 0 else newline
                        found.list_items.append(
                            ListItem(task.end(), _trimmed(text, task.end(), nested_end), line, None, None)
                        )
                elif value == "HtmlBlock":
                    block_starts.append(start)
                    end = _trimmed(text, start, end)
                    dead.append(Dead(start, end, "html"))
                    if depth == 0:
                        found.sections.append(Section(start, end, "html", None))
                    if text.startswith("<!--", start) and "-->" not in text[start:end]:
                        found.malformed.append(Malformed(start, start + 4, "unclosed-html-comment", ""))
                elif value in _MARK_LENGTH:
                    mark = _MARK_LENGTH[value]
                    found.inline_starts.add(start + mark)
                    if mark:
                        found.inline_ends.add(end - mark)
                    else:
                        found.cells.append((start, end))
            else:
                ((tag, data),) = value.items()
                if tag == "Heading":
                    block_starts.append(start)
                    if depth == 0:
                        end = _trimmed(text, start, end)
                        found.sections.append(Section(start, end, "heading", None))
                        found.headings.append(
                            Heading(start, end, _LEVEL[data["level"]], _heading_text(text, start, end))
                        )
                elif tag == "List":
                    block_starts.append(start)
                    if depth == 0:
                        found.sections.append(Section(start, _trimmed(text, start, end), "list", None))
                    if items:
                        root, index = items[-1]
                        item = found.list_items[index]
                        if start < item.end:  # an item ends where its first nested list begins
                            item_end = trimmed(text, item.start, start)
                            found.list_items[index] = ListItem(item.start, item_end, item.parent, item.task, None)
                    else:
                        root = -max(bisect_right(line_starts, start) - 1, 1)
                    lists.append((root, []))
                elif tag == "CodeBlock":
                    block_starts.append(start)
                    in_code += 1
                    end = _trimmed(text, start, end)
                    dead.append(Dead(start, end, "code"))
                    if depth == 0:
                        found.sections.append(Section(start, end, "code", None))
                    if data.__class__ is dict and not _fence_is_closed(text, start, end):
                        found.malformed.append(Malformed(start, _line_end(text, start, end), "unclosed-fence", ""))
                elif tag == "BlockQuote":
                    block_starts.append(start)
                    callout = _CALLOUT.match(text, start, end)
                    if callout:
                        found.callouts.append(
                            Callout(start, callout.end(), callout[1].strip().lower(), callout[2] or None)
                        )
                    quotes += 1
                    trimmed = _trimmed_in_quote
                    if depth == 0:
                        kind = "callout" if callout else "blockquote"
                        start = text.rfind("\n", 0, start) + 1
                        found.sections.append(Section(start, _trimmed(text, start, end), kind, None))
                elif tag == "Table":
                    block_starts.append(start)
                    if depth == 0:
                        found.sections.append(Section(start, _trimmed(text, start, end), "table", None))
                elif tag == "FootnoteDefinition":
                    block_starts.append(start)
                    end = _trimmed(text, start, end)
                    label = _FOOTNOTE_LABEL.match(text, start)
                    found.footnotes.append(Footnote(start, end, label[1] if label else data))
                    if depth == 0:
                        found.sections.append(Section(start, end, "footnoteDefinition", None))
                elif tag in ("Link", "Image"):
                    mark = 2 if tag == "Image" else 1
                    found.inline_starts.add(start + mark)
                    open_links.append([start, end, start + mark, tag == "Image", data])
            depth += 1
        elif name == "End":
            depth -= 1
            if value.__class__ is str:
                if value == "Item":
                    items.pop()
                elif value == "CodeBlock":
                    in_code -= 1
                elif value in ("Link", "Image"):
                    _close_link(text, found, open_links.pop())
                    if open_links:
                        open_links[-1][2] = span["end"] + base
                elif open_links:
                    open_links[-1][2] = span["end"] + base
            elif "BlockQuote" in value:
                quotes -= 1
                if not quotes:
                    trimmed = _trimmed
            elif "List" in value:
                _widen_spaced_items(text, found, lists.pop()[1])
        else:
            start, end = span["start"] + base, span["end"] + base
            if open_links:
                open_links[-1][2] = end
            if name == "Code":
                dead.append(Dead(start, end, "code"))
            elif name in ("InlineMath", "DisplayMath"):
                # pulldown-cmark closes "$5 … x$6"; to Obsidian a digit behind the mark forbids it.
                if name == "DisplayMath" or not text[end : end + 1].isdigit():
                    dead.append(Dead(start, end, "math"))
            elif name == "InlineHtml":
                dead.append(Dead(start, end, "html"))


def _keep_literal_marks(text: str, start: int, end: int, found: Blocks) -> None:
    """Marks of emphasis that CommonMark left standing as text: ``**``, ``***`` and ``~~``."""
    for run in _MARK_RUN.finditer(text, start, end):
        if run[1] and len(run[1]) in ((2, 3) if run[1][0] == "*" else (2,)):
            found.malformed.append(Malformed(run.start(), run.end(), "literal-mark", run[1]))


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start] in _SPACE:
        start += 1
    return start


def _item_start(text: str, start: int, marker: int) -> int:
    """Where Obsidian lets an item begin: a bullet owns the spaces its parent leaves over, a number does not.

    ``start`` counts a tab that the parent takes in part as the columns left of it, so it may lie
    before the line; no tab is ever part of an item. Seen in Obsidian's cache.
    """
    if text[marker : marker + 1].isdigit():
        return marker
    begin = marker
    while begin > start and text[begin - 1] == " ":
        begin -= 1
    return begin


def _widen_spaced_items(text: str, found: Blocks, members: list[tuple[int, int]]) -> None:
    """An item with a blank line before its next sibling reaches to the start of that blank line.

    Seen in Obsidian's cache; the last item of a list ends with its own text.
    """
    for index, end in members[:-1]:
        item = found.list_items[index]
        newline = text.find("\n", item.end, end)
        if newline >= 0 and text.find("\n", newline + 1, end) >= 0 and not text[item.end : end].strip(" \t\r\n>"):
            found.list_items[index] = ListItem(item.start, newline + 1, item.parent, item.task, None)


def _line_end(text: str, start: int, end: int) -> int:
    newline = text.find("\n", start, end)
    return _trimmed(text, start, newline if newline >= 0 else end)


def _heading_text(text: str, start: int, end: int) -> str:
    atx = _ATX.match(text, start, end)
    if atx is None:
        newline = text.find("\n", start, end)
        return text[start : newline if newline >= 0 else end].strip()
    raw = text[atx.end() : end]
    return _CLOSING_HASHES.sub("", raw).strip()


def _fence_is_closed(text: str, start: int, end: int) -> bool:
    fence = text[start]
    length = len(text[start:end]) - len(text[start:end].lstrip(fence))
    last = text.rfind("\n", start, end)
    if last < 0:
        return False
    line = text[last + 1 : end].strip(" \t>")
    return len(line) >= length and not line.strip(fence)


def _close_link(text: str, found: Blocks, opened: list[Any]) -> None:
    start, end, text_end, is_embed, data = opened
    link_type = data["link_type"]
    mark = 2 if is_embed else 1
    if link_type == "Inline":
        bracket = text.find("](", max(text_end, start + mark), end)
        if bracket < 0:
            return
        display = text[start + mark : bracket]
        target_start, target_end = _destination(text, bracket + 2, end - 1)
        destination = text[target_start:target_end]
        target = markdown_destination(destination)
        if target is not None:
            found.links.append(
                Link(start, end, *target, display, is_embed, "markdown", target_start, target_end, False)
            )
        elif has_scheme(destination):
            found.external_links.append(ExternalLink(start, end, destination, is_embed))
        else:
            found.malformed.append(Malformed(start, end, "empty-link", display))
    elif link_type in ("Reference", "Collapsed", "Shortcut") and not is_embed:
        bracket = text.rfind("][", text_end, end)
        display = text[start + 1 : bracket if bracket >= 0 else end - 1]
        label = text[bracket + 2 : end - 1] if bracket >= 0 else ""
        found.reference_links.append(ReferenceLink(start, end, label or display, display))


def _destination(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the destination stands in ``( … )``; start and end are just inside the parentheses."""
    while start < end and text[start] in _SPACE:
        start += 1
    if text.startswith("<", start):
        close = start + 1
        while close < end and text[close] != ">":
            close += 2 if text[close] == "\\" else 1
        return start + 1, min(close, end)
    stop = start
    while stop < end and text[stop] not in _SPACE:
        stop += 1
    return start, stop
