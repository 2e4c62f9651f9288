"""Block structure: CommonMark from pulldown-cmark's events, Obsidian's own blocks on top.

pulldown-cmark answers UTF-8 byte ranges. It is given the text with every non-ASCII character
replaced by an ASCII one, so its ranges are code points at no cost; whatever is shown is
sliced from the real text. Block comments (``%%``) and math blocks (``$$``), which CommonMark
does not know, are cut out first and the text between them is parsed piece by piece.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

from pyromark import Markdown, Options

from vaultkit.note.links import has_scheme, markdown_destination
from vaultkit.note.model import (
    Callout,
    Dead,
    DeadKind,
    ExternalLink,
    Footnote,
    Heading,
    Link,
    ListItemRow,
    Malformed,
    ReferenceLink,
    SectionRow,
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
_CALLOUT = re.compile(r"[ \t]*>[ \t]{0,4}\[!([^\]\n]+)\]([+-]?)")
_TASK = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+\[(.)\](?:[ \t]+|(?=\r?\n|\Z))")
_NESTED_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]+\S)")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_MARK_RUN = re.compile(r"\\.|(\*+|~+)", re.DOTALL)
_MARK_BESIDE = re.compile(r"[*_~](?:(?<=\?.)|(?=\?))")
_ANGLE = re.compile(r"<[/!]?\?")
_FOOTNOTE_LABEL = re.compile(r"\[\^([^\]\n]+)\]:")
_LEVEL = {f"H{level}": level for level in range(1, 7)}
_SPACE = " \t\r\n"
_MARKER_WIDTH = 16  # a marker, its spaces and the bracket of a task fit into this


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
        self.list_items: list[ListItemRow] = []
        self.malformed: list[Malformed] = []
        self.reference_links: list[ReferenceLink] = []
        self.sections: list[SectionRow] = []


def read_blocks(text: str, start: int, line_starts: tuple[int, ...]) -> Blocks:
    """The blocks of ``text`` from ``start`` (behind the front matter) on."""
    found = Blocks()
    ascii_text = text if text.isascii() else _in_ascii(text)
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
            found.sections.append((foreign_start, _trimmed(text, foreign_start, foreign_end), kind, None))
            position = foreign_end
    _read_piece(text, ascii_text, position, len(text), line_starts, found)
    return found


def _in_ascii(text: str) -> str:
    """``text`` with a stand-in for each letter that is not ASCII, so that byte offsets are ours.

    It is "?" where no character of the text means anything to Markdown. ``<?`` would open an instruction that
    runs on to ``?>``, so behind "<" it is ";". Beside the marks of emphasis CommonMark asks whether a letter, a
    space or punctuation stands, so it is one of the same sort.
    """
    plain = text.encode("ascii", "replace").decode("ascii")
    kinds = {}
    has_marks = "*" in plain or "_" in plain or "~" in plain
    for match in _MARK_BESIDE.finditer(plain) if has_marks else ():
        start, end = match.span()
        for at, beyond in ((start - 1, start - 2), (end, end + 1)):
            if plain[at : at + 1] == "?" and text[at] != "?" and (kind := _sort(text, at, beyond)) != "?":
                kinds[at] = kind
    for match in _ANGLE.finditer(plain) if "<" in plain else ():
        at = match.end() - 1
        if text[at] != "?" and kinds.get(at) != "\f":
            kinds[at] = ";"
    if not kinds:
        return plain
    pieces: list[str] = []
    position = 0
    for at in sorted(kinds):
        pieces += plain[position:at], kinds[at]
        position = at + 1
    return "".join((*pieces, plain[position:]))


def _sort(text: str, at: int, beyond: int) -> str:
    """An ASCII character of the same sort: letter, space or punctuation; beyond: the place behind it, seen from a mark.

    The only space that pulldown takes for one in flanking rules and for none in lists is the form feed; behind "#" and
    beside "$" it takes that for one as well.
    """
    category = unicodedata.category(text[at])[0]
    if category == "Z":
        return "?" if beyond >= 0 and text[beyond : beyond + 1] in ("#", "$") else "\f"
    return "?" if category in "PS" else "x"


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
    if piece and not piece.isspace():
        _Reader(text, line_starts, found).read(_EVENTS(piece, merge_text=True), base)


class _Reader:
    """Turns the events of one piece into blocks; knows what is open.

    depth:      number of open constructs; at 0 a block is a section.
    lists:      one entry an open list: what its items name as parent, and (index, end) of its items.
    items:      one entry an open item: its line and its index among all items.
    open_links: one entry an open link or image: start, end, end of its text so far, is_embed, pulldown's data.
    """

    __slots__ = ("depth", "found", "in_code", "items", "line_starts", "lists", "open_links", "quotes", "text")

    def __init__(self, text: str, line_starts: tuple[int, ...], found: Blocks) -> None:
        self.text = text
        self.line_starts = line_starts
        self.found = found
        self.depth = self.quotes = self.in_code = 0
        self.lists: list[tuple[int, list[tuple[int, int]]]] = []
        self.items: list[tuple[int, int]] = []
        self.open_links: list[list[Any]] = []

    def read(self, events: Iterator[tuple[Any, Any]], base: int) -> None:
        """Go through all events; the three frequent ones are handled at once, the others by name."""
        starts, ends = _STARTS, _ENDS
        open_links = self.open_links
        has_marks = "**" in self.text or "~~" in self.text
        for event, span in events:
            if event.__class__ is str:
                if event == "Rule":
                    self.block(span["start"] + base, span["end"] + base, "thematicBreak")
                continue
            name, value = event.popitem()  # the event is ours; this is the quickest way into it
            if name == "Text":
                if has_marks and ("**" in value or "~~" in value) and not self.in_code:
                    _keep_literal_marks(self.text, span["start"] + base, span["end"] + base, self.found)
                if open_links:
                    open_links[-1][2] = span["end"] + base
            elif name == "Start":
                tag, data = (value, None) if value.__class__ is str else value.popitem()
                start = starts.get(tag)
                if start is not None:
                    start(self, span["start"] + base, span["end"] + base, data)
                self.depth += 1
            elif name == "End":
                self.depth -= 1
                tag = value if value.__class__ is str else value.popitem()[0]
                if tag in ends:
                    ends[tag](self)
                if open_links:
                    open_links[-1][2] = span["end"] + base
            else:
                if open_links:
                    open_links[-1][2] = span["end"] + base
                kind = _DEAD.get(name)
                if kind is not None:
                    end = span["end"] + base
                    # pulldown-cmark closes "$5 … x$6"; to Obsidian a digit behind the mark forbids it.
                    if name != "InlineMath" or not self.text[end : end + 1].isdigit():
                        self.found.dead.append(Dead(span["start"] + base, end, kind))

    def block(self, start: int, end: int, kind: str) -> None:
        """A block begins; at the top it is a section."""
        self.found.block_starts.append(start)
        if self.depth == 0:
            self.found.sections.append((start, _trimmed(self.text, start, end), kind, None))

    def trimmed(self, start: int, end: int) -> int:
        """Where the block's text ends, without the marks of the quote it may stand in."""
        return _trimmed_in_quote(self.text, start, end) if self.quotes else _trimmed(self.text, start, end)

    def start_paragraph(self, start: int, end: int, data: Any) -> None:
        """A paragraph."""
        self.block(start, end, "paragraph")

    def start_table(self, start: int, end: int, data: Any) -> None:
        """A table."""
        self.block(start, end, "table")

    def start_heading(self, start: int, end: int, data: Any) -> None:
        """A heading; one below a quote, list item or footnote is not listed."""
        self.block(start, end, "heading")
        if self.depth == 0:
            end = _trimmed(self.text, start, end)
            self.found.headings.append(Heading(start, end, _LEVEL[data["level"]], _heading_text(self.text, start, end)))

    def start_list(self, start: int, end: int, data: Any) -> None:
        """A list; the item it stands in ends where it begins (seen in Obsidian's cache)."""
        self.block(start, end, "list")
        if not self.items:
            self.lists.append((-max(bisect_right(self.line_starts, start) - 1, 1), []))
            return
        line, index = self.items[-1]
        item_start, item_end, parent, task, _ = self.found.list_items[index]
        if start < item_end:
            self.found.list_items[index] = (item_start, self.trimmed(item_start, start), parent, task, None)
        self.lists.append((line, []))

    def start_item(self, start: int, end: int, data: Any) -> None:
        """A list item, with its task mark."""
        text, list_items = self.text, self.found.list_items
        self.found.block_starts.append(start)
        marker = start if text[start] not in _SPACE else _skip_space(text, start, end)
        start = _item_start(text, start, marker)
        parent, members = self.lists[-1]
        line = bisect_right(self.line_starts, start) - 1
        index = len(list_items)
        members.append((index, end))
        self.items.append((line, index))
        task = _TASK.match(text, marker, end) if "[" in text[marker : marker + _MARKER_WIDTH] else None
        list_items.append((start, self.trimmed(start, end), parent, task[1] if task else None, None))
        if task and _NESTED_MARKER.match(text, task.end(), end):
            # "- [ ] 1. x": to Obsidian the brackets belong to the marker, so "1. x" is a list.
            newline = text.find("\n", task.end(), end)
            nested_end = _trimmed(text, task.end(), end if newline < 0 else newline)
            list_items.append((task.end(), nested_end, line, None, None))

    def end_item(self) -> None:
        """The item is over."""
        self.items.pop()

    def end_list(self) -> None:
        """The list is over, so it is known which of its items have a next sibling."""
        _widen_spaced_items(self.text, self.found, self.lists.pop()[1])

    def start_quote(self, start: int, end: int, data: Any) -> None:
        """A quote, which is a callout when it begins with ``[!type]``."""
        callout = _CALLOUT.match(self.text, start, end)
        if callout:
            kind = callout[1].strip().lower()
            self.found.callouts.append(Callout(start, callout.end(), kind, callout[2] or None))
        if self.depth == 0:  # a quote owns the spaces before its mark (seen in Obsidian's cache)
            while start and self.text[start - 1] == " ":
                start -= 1
        self.block(start, end, "callout" if callout else "blockquote")
        self.quotes += 1

    def end_quote(self) -> None:
        """The quote is over."""
        self.quotes -= 1

    def start_code(self, start: int, end: int, data: Any) -> None:
        """A code block, fenced or indented."""
        self.block(start, end, "code")
        self.in_code = 1
        end = _trimmed(self.text, start, end)
        self.found.dead.append(Dead(start, end, "code"))
        if data.__class__ is dict and not _fence_is_closed(self.text, start, end):
            self.found.malformed.append(Malformed(start, _line_end(self.text, start, end), "unclosed-fence", ""))

    def end_code(self) -> None:
        """The code block is over."""
        self.in_code = 0

    def start_html(self, start: int, end: int, data: Any) -> None:
        """An HTML block."""
        self.block(start, end, "html")
        end = _trimmed(self.text, start, end)
        self.found.dead.append(Dead(start, end, "html"))
        if self.text.startswith("<!--", start) and "-->" not in self.text[start:end]:
            self.found.malformed.append(Malformed(start, start + 4, "unclosed-html-comment", ""))

    def start_footnote(self, start: int, end: int, data: Any) -> None:
        """A footnote definition."""
        self.block(start, end, "footnoteDefinition")
        label = _FOOTNOTE_LABEL.match(self.text, start)
        self.found.footnotes.append(Footnote(start, _trimmed(self.text, start, end), label[1] if label else data))

    def start_cell(self, start: int, end: int, data: Any) -> None:
        """A table cell."""
        self.found.inline_starts.add(start)
        self.found.cells.append((start, end))

    def start_emphasis(self, start: int, end: int, data: Any) -> None:
        """``*x*`` or ``_x_``."""
        self.found.inline_starts.add(start + 1)
        self.found.inline_ends.add(end - 1)

    def start_strong(self, start: int, end: int, data: Any) -> None:
        """``**x**`` or ``~~x~~``."""
        self.found.inline_starts.add(start + 2)
        self.found.inline_ends.add(end - 2)

    def start_link(self, start: int, end: int, data: Any) -> None:
        """``[text](destination)``."""
        self.found.inline_starts.add(start + 1)
        self.open_links.append([start, end, start + 1, False, data])

    def start_image(self, start: int, end: int, data: Any) -> None:
        """``![text](destination)``."""
        self.found.inline_starts.add(start + 2)
        self.open_links.append([start, end, start + 2, True, data])

    def end_link(self) -> None:
        """The link's or image's text is over."""
        _close_link(self.text, self.found, self.open_links.pop())


_STARTS: dict[str, Callable[[_Reader, int, int, Any], None]] = {
    "Paragraph": _Reader.start_paragraph,
    "Table": _Reader.start_table,
    "Heading": _Reader.start_heading,
    "List": _Reader.start_list,
    "Item": _Reader.start_item,
    "BlockQuote": _Reader.start_quote,
    "CodeBlock": _Reader.start_code,
    "HtmlBlock": _Reader.start_html,
    "FootnoteDefinition": _Reader.start_footnote,
    "TableCell": _Reader.start_cell,
    "Emphasis": _Reader.start_emphasis,
    "Strong": _Reader.start_strong,
    "Strikethrough": _Reader.start_strong,
    "Link": _Reader.start_link,
    "Image": _Reader.start_image,
}
_ENDS: dict[str, Callable[[_Reader], None]] = {
    "Item": _Reader.end_item,
    "List": _Reader.end_list,
    "BlockQuote": _Reader.end_quote,
    "CodeBlock": _Reader.end_code,
    "Link": _Reader.end_link,
    "Image": _Reader.end_link,
}
_DEAD: dict[str, DeadKind] = {"Code": "code", "InlineMath": "math", "DisplayMath": "math", "InlineHtml": "html"}


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
        start, item_end, parent, task, _ = found.list_items[index]
        if end - item_end < 2:
            continue
        newline = text.find("\n", item_end, end)
        if newline >= 0 and text.find("\n", newline + 1, end) >= 0 and not text[item_end:end].strip(" \t\r\n>"):
            found.list_items[index] = (start, newline + 1, parent, task, None)


def _line_end(text: str, start: int, end: int) -> int:
    newline = text.find("\n", start, end)
    return _trimmed(text, start, newline if newline >= 0 else end)


def _heading_text(text: str, start: int, end: int) -> str:
    atx = _ATX.match(text, start, end)
    if atx is None:
        newline = text.find("\n", start, end)
        return text[start : newline if newline >= 0 else end].strip()
    raw = text[atx.end() : end].rstrip(" \t")
    without_hashes = raw.rstrip("#")
    return (without_hashes if without_hashes[-1:] in ("", " ", "\t") else raw).strip()


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
        if display.startswith("^") and not is_embed and " " not in display:
            return  # "[^2](remark)": a footnote reference, then a remark in parentheses
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
