"""The text of a card as plain text: what Obsidian shows, without its typography."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

import pyromark

from vaultkit.cards.render.html import OPTIONS, shown_target
from vaultkit.cards.render.marks import PLACE, Mark, set_aside
from vaultkit.cards.render.raw_html import is_tag

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SIGN = re.compile(r"[\\`*_~=\[\]<>&$%#^!|:>+-]|https?:|^\d+[.)]|\n\n", re.MULTILINE)
_HIGHLIGHT = re.compile("\ue002(?=\\S)([^\ue002]*?)(?<=\\S)\ue002")
_WEB = ("http://", "https://", "mailto:")


def card_text(text: str, ready: Sequence[tuple[int, int, str]] = ()) -> str:
    """A side of a card for a terminal or another place without typography.

    ready: stretches of the text that stay what they are given as: (start, end, text).

    >>> card_text("**a** [[B|c]] ==d== %%e%% $f$")
    'a c d  $f$'
    """
    if not ready and not _SIGN.search(text):
        return text
    source, marks = set_aside(text, ready)
    return _Writer(source, marks).written()


class _Writer:
    """One pass over the parser's events; `lines` grows, `prefix` stands before every line of a list or quote."""

    def __init__(self, source: str, marks: Sequence[Mark]) -> None:
        self.source = source
        self.marks = marks
        self.lines: list[str] = [""]
        self.prefixes: list[str] = []
        self.lists: list[int | None] = []
        self.links: list[tuple[str, int]] = []
        self.is_marked = False  # nothing but the marker of an item or footnote stands on the line
        self.in_code = False
        self.cells = 0
        self.footnotes: dict[str, int] = {}

    def written(self) -> str:
        """The plain text of the whole card."""
        event: Any
        for event in pyromark.events(self.source, options=OPTIONS):
            if isinstance(event, str):
                self._line() if event != "Rule" else self._block("---")
                continue
            ((kind, value),) = event.items()
            if kind in ("Start", "End"):
                name, more = next(iter(value.items())) if isinstance(value, dict) else (value, None)
                (self._start if kind == "Start" else self._end)(name, more)
            elif kind == "Text":
                self._text(value)
            elif kind == "Code":
                self._write(self._restored(value))
            elif kind in ("InlineHtml", "Html"):
                self._html(self._restored(value))
            elif kind == "TaskListMarker":
                self._write("[x] " if value else "[ ] ")
            elif kind == "FootnoteReference":
                self._write(f"[{self._number(value)}]")
        text = "\n".join(line.rstrip() for line in self.lines)
        text = _HIGHLIGHT.sub(r"\1", text).replace("\ue002", "==")
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n")

    def _number(self, footnote: str) -> int:
        return self.footnotes.setdefault(footnote, len(self.footnotes) + 1)

    def _line(self) -> None:
        self.lines.append("".join(self.prefixes))

    def _write(self, text: str) -> None:
        self.is_marked = self.is_marked and not text
        first, *rest = text.split("\n")
        self.lines[-1] += first
        for line in rest:
            self._line()
            self.lines[-1] += line

    def _block(self, text: str = "") -> None:
        """Begin a block: on a line of its own, below a blank line outside of lists."""
        if self.lines[-1].strip() and self.lines[-1] != "".join(self.prefixes) and not self.is_marked:
            if not self.lists:
                self._line()
            self._line()
        self._write(text)

    def _start(self, name: str, more: Any) -> None:
        if name in ("Paragraph", "Heading", "HtmlBlock"):
            self._block()
        elif name == "BlockQuote":
            self._block()
            self.prefixes.append("> ")
            self.lines[-1] += "> "
        elif name == "CodeBlock":
            self._block()
            self.in_code = True
        elif name == "List":
            if self.lines[-1].strip(" >") and not self.lists and not self.is_marked:
                self._line()
            self.lists.append(more)
        elif name == "Item":
            number = self.lists[-1]
            marker = "- " if number is None else f"{number}. "
            if number is not None:
                self.lists[-1] = number + 1
            if self.lines[-1] != "".join(self.prefixes) and self.lines[-1].strip() and not self.is_marked:
                self._line()
            self.lines[-1] += marker
            self.is_marked = True
            self.prefixes.append(" " * len(marker))
        elif name == "Table":
            self._block()
        elif name in ("TableHead", "TableRow"):
            if self.lines[-1].strip(" >"):
                self._line()
            self.cells = 0
        elif name == "TableCell":
            self._write(" | " if self.cells else "")
            self.cells += 1
        elif name in ("Link", "Image"):
            self.links.append((self._restored(more["dest_url"]), len(self.lines[-1])))
        elif name == "FootnoteDefinition":
            self._block(f"[{self._number(more)}] ")
            self.is_marked = True

    def _end(self, name: str, more: Any) -> None:
        if name == "CodeBlock":
            self.in_code = False
            if not self.lines[-1].strip():
                self.lines.pop()
        elif name in ("BlockQuote", "Item"):
            if name == "BlockQuote" and self.lines[-1] == "".join(self.prefixes):
                self.lines.pop()
            self.prefixes.pop()
        elif name == "List":
            self.lists.pop()
        elif name == "Image":
            target, start = self.links.pop()
            self.lines[-1] = self.lines[-1][:start]
            self._write(f"[{target if target.startswith(_WEB) else unquote(target)}]")
        elif name == "Link":
            target, start = self.links.pop()
            if target.startswith(_WEB) and self.lines[-1][start:] not in (target, target.removeprefix("mailto:")):
                self._write(f" ({target})")
        if name in ("List", "Table", "CodeBlock", "BlockQuote") and not self.lists:
            self._line()

    def _restored(self, text: str) -> str:
        return PLACE.sub(lambda match: self.marks[int(match[1])].raw, text) if "⸢" in text else text

    def _text(self, text: str) -> None:
        if self.in_code:
            self._write(self._restored(text))
            return
        position = 0
        for match in PLACE.finditer(text):
            self._write(text[position : match.start()])
            self._mark(self.marks[int(match[1])])
            position = match.end()
        self._write(text[position:])

    def _mark(self, mark: Mark) -> None:
        if mark.kind == "link":
            self._write(mark.more or shown_target(mark.text))
        elif mark.kind == "embed":
            self._write(f"[{mark.text}]")
        elif mark.kind == "callout":
            self._write(mark.more)
        elif mark.kind == "math":
            self._write(f"$${mark.text}$$" if mark.more else f"${mark.text}$")
        elif mark.kind == "highlight":
            self._write("\ue002")
        elif mark.kind == "ready":
            self._write(mark.text)
        else:
            self._write(mark.raw)

    def _html(self, raw: str) -> None:
        """Raw HTML: tags that a page would show as text are text here, too."""
        kept = _TAG.sub(lambda tag: "" if is_tag(tag[0]) else tag[0], _BREAK.sub("\n", raw))
        self._write(html.unescape(kept))
