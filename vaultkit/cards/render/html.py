"""The text of a card as HTML, for Anki's fields and the quiz page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote

import pyromark

from vaultkit.base.record import record
from vaultkit.cards.render.marks import PLACE, Mark, set_aside
from vaultkit.cards.render.raw_html import RawHtml

Embed = Callable[[str, str], str]
"""(target, size or alternative text) -> HTML for a picture or another file."""

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_FOOTNOTES
)
_PLAIN = re.compile(r"(?:[^\W_]|[ ,.;'\"()/–—…“”’‘?°€-])*")
_WEB = re.compile(r"(?:https?|mailto|obsidian|zotero|tel|ftp):", re.IGNORECASE)
_LANGUAGE = re.compile(r"[\w+#.-]+")
# Longer texts than any card has are only escaped, so that no text is slow.
_MOST = 200_000


@record
class HtmlOutput:
    """What the HTML is for.

    math:  (formula, whether it stands on lines of its own) -> HTML.
    guard: changes text that the program would take for something else.
    """

    math: Callable[[str, bool], str]
    guard: Callable[[str], str]


def mathjax(formula: str, is_display: bool) -> str:
    r"""A formula in the signs that Anki knows: ``\(…\)`` and ``\[…\]``."""
    escaped = html.escape(formula, quote=False)
    return f"\\[{escaped}\\]" if is_display else f"\\({escaped}\\)"


def guarded(text: str) -> str:
    r"""Text in which ``\(`` and ``\[`` begin no formula in Anki: a word joiner stands between the two signs."""
    return re.sub(r"\\(?=[(\[])", "\\\\\u2060", text)


def _plain_embed(target: str, size: str) -> str:
    return f'<span class="missing">{html.escape(target)}</span>'


ANKI = HtmlOutput(mathjax, guarded)


def card_html(
    text: str, embed: Embed = _plain_embed, output: HtmlOutput = ANKI, ready: Sequence[tuple[int, int, str]] = ()
) -> str:
    """A side of a card, safe to show: every raw tag that is not harmless is escaped.

    ready: stretches of the text that stay what they are given as: (start, end, HTML).

    >>> card_html("**a** and $x$")
    '<p><strong>a</strong> and \\\\(x\\\\)</p>'
    """
    if not ready and ("\n" not in text) and _PLAIN.fullmatch(text) and not text[:1].isdigit() and text[:1] not in "- ":
        return f"<p>{html.escape(text, quote=False)}</p>" if text else ""
    if len(text) > _MOST:
        return f"<p>{html.escape(text, quote=False)}</p>"
    source, marks = set_aside(text, ready)
    writer = _Writer(source, marks, embed, output)
    return writer.written()


def field_html(
    text: str, embed: Embed = _plain_embed, output: HtmlOutput = ANKI, ready: Sequence[tuple[int, int, str]] = ()
) -> str:
    """As `card_html`, but one paragraph alone needs no element of its own: Anki compares and sorts the bare words."""
    made = card_html(text, embed, output, ready)
    if made.startswith("<p>") and made.endswith("</p>") and made.count("<p>") == 1:
        return made[3:-4]
    return made


_SIMPLE = {
    "Emphasis": "em", "Strong": "strong", "Strikethrough": "s", "Item": "li", "TableHead": "tr", "TableRow": "tr",
}  # fmt: skip
_BLOCKS = ("Paragraph", "Heading", "Item", "TableCell", "BlockQuote", "FootnoteDefinition")


class _Writer:
    """One pass over the parser's events."""

    def __init__(self, source: str, marks: Sequence[Mark], embed: Embed, output: HtmlOutput) -> None:
        self.source = source
        self.marks = marks
        self.embed = embed
        self.output = output
        self.out: list[str] = []
        self.stack: list[str] = []
        self.raw = RawHtml()
        self.highlights: list[tuple[int, int]] = []  # (place in `out`, depth) of those that are open
        self.text: list[str] = []
        self.image: list[str] | None = None
        self.code: list[str] | None = None
        self.footnotes: dict[str, int] = {}
        self.notes: dict[str, str] = {}
        self.outside: list[list[str]] = []
        self.in_head = False
        self.column = 0
        self.aligned: tuple[str, ...] = ()

    def written(self) -> str:
        """The HTML of the whole text."""
        encoded = self.source.encode()
        for event, span in pyromark.events_with_range(self.source, options=OPTIONS):
            self._event(event, encoded, span["start"], span["end"])
        self._flush()
        self.out.append(self.raw.closed(0))
        if self.notes:
            items = [self.notes[name] for name in sorted(self.notes, key=lambda name: self.footnotes.get(name, 10**6))]
            self.out.append('<ol class="footnotes">' + "".join(f"<li>{item}</li>" for item in items) + "</ol>")
        return "".join(self.out)

    def _event(self, event: Any, encoded: bytes, start: int, end: int) -> None:
        if isinstance(event, str):
            self._flush()
            self.out.append({"SoftBreak": "<br>", "HardBreak": "<br>", "Rule": "<hr>"}[event])
            return
        ((kind, value),) = event.items()
        if kind == "Text":
            self.text.append(value)
            return
        self._flush()
        if kind == "Start":
            name, more = next(iter(value.items())) if isinstance(value, dict) else (value, None)
            self._start(name, more, encoded[start : start + 2])
        elif kind == "End":
            name, more = next(iter(value.items())) if isinstance(value, dict) else (value, None)
            self._end(name, encoded[start : start + 2])
        elif kind == "Code":
            shown = f"<code>{html.escape(self._restored(value), quote=False)}</code>"
            self._put(shown, self._restored(value))
        elif kind in ("InlineHtml", "Html"):
            self._put(self.raw.written(self._restored(value), len(self.stack)), "")
        elif kind == "TaskListMarker":
            self.out.append(f'<input type="checkbox" disabled{" checked" if value else ""}> ')
        elif kind == "FootnoteReference":
            number = self.footnotes.setdefault(value, len(self.footnotes) + 1)
            self._put(f'<sup class="footnote">{number}</sup>', "")

    def _put(self, markup: str, plain: str) -> None:
        if self.image is not None:
            self.image.append(plain)
        else:
            self.out.append(markup)

    def _start(self, name: str, more: Any, signs: bytes) -> None:
        if name == "Image":
            self.image = []
            self.stack.append(f"Image {more['dest_url']}")
            return
        self.stack.append(name)
        if name in _SIMPLE:
            self._tag_or_sign(name, signs, f"<{_SIMPLE[name]}>")
            self.in_head = name == "TableHead" or (self.in_head and name != "TableRow")
            self.column = 0
        elif name == "Paragraph":
            self.out.append("<p>")
        elif name == "Heading":
            self.out.append(f"<{more['level'].lower()}>")
        elif name == "BlockQuote":
            self.out.append("<blockquote>")
        elif name == "List":
            number = f' start="{more}"' if more not in (None, 1) else ""
            self.out.append("<ul>" if more is None else f"<ol{number}>")
        elif name == "CodeBlock":
            self.code = []
            info = more["Fenced"].split() if isinstance(more, dict) else []
            language = _LANGUAGE.match(self._restored(info[0])) if info else None
            attribute = f' class="language-{language[0]}"' if language else ""
            self.out.append(f"<pre><code{attribute}>")
        elif name == "Table":
            self.aligned = more
            self.out.append("<table><thead>")
        elif name == "TableCell":
            side = self.aligned[self.column] if self.column < len(self.aligned) else "None"
            style = "" if side == "None" else f' style="text-align:{side.lower()}"'
            self.out.append(f"<th{style}>" if self.in_head else f"<td{style}>")
            self.column += 1
        elif name == "Link":
            self.stack[-1] = f"Link {more['dest_url']}"
            self.out.append(self._link_start(self._restored(more["dest_url"])))
        elif name == "FootnoteDefinition":
            self.outside.append(self.out)
            self.stack[-1] = f"FootnoteDefinition {more}"
            self.out = []

    def _end(self, name: str, signs: bytes) -> None:
        begun = self.stack[-1]
        if name in _BLOCKS:
            self.out.append(self.raw.closed(len(self.stack)))
        self.highlights = [entry for entry in self.highlights if entry[1] < len(self.stack)]
        self.stack.pop()
        if name in _SIMPLE:
            self._tag_or_sign(name, signs, f"</{_SIMPLE[name]}>")
            if name == "TableHead":
                self.in_head = False
                self.out.append("</thead><tbody>")
        elif name == "Image":
            target = begun.removeprefix("Image ")
            alt = "".join(self.image or ())
            self.image = None
            self.out.append(self.embed(unquote(self._restored(target)), alt.rpartition("|")[2]))
        elif name == "Paragraph":
            self.out.append("</p>")
        elif name == "Heading":
            level = next(piece for piece in reversed(self.out) if re.fullmatch("<h[1-6]>", piece))
            self.out.append(f"</{level[1:]}")
        elif name == "BlockQuote":
            self.out.append("</div>" if begun == "Callout" else "</blockquote>")
        elif name == "List":
            opening = next(self._unclosed_lists())
            self.out.append("</ul>" if opening == "<ul>" else "</ol>")
        elif name == "CodeBlock":
            self.out.append("</code></pre>")
            self.code = None
        elif name == "Table":
            self.out.append("</tbody></table>")
        elif name == "TableCell":
            self.out.append("</th>" if self.in_head else "</td>")
        elif name == "Link":
            target = self._restored(begun.removeprefix("Link "))
            self.out.append("</a>" if _WEB.match(target) else "</span>")
        elif name == "FootnoteDefinition":
            made = "".join(self.out)
            self.out = self.outside.pop()
            is_one = made.startswith("<p>") and made.endswith("</p>") and made.count("<p>") == 1
            self.notes[begun.removeprefix("FootnoteDefinition ")] = made[3:-4] if is_one else made

    def _unclosed_lists(self) -> Iterator[str]:
        depth = 0
        for piece in reversed(self.out):
            if piece in ("</ul>", "</ol>"):
                depth += 1
            elif piece.startswith(("<ul>", "<ol")):
                if not depth:
                    yield piece
                depth -= 1

    def _tag_or_sign(self, name: str, signs: bytes, tag: str) -> None:
        """One tilde on each side strikes nothing through in Obsidian."""
        self.out.append("~" if name == "Strikethrough" and signs != b"~~" else tag)

    def _link_start(self, target: str) -> str:
        if _WEB.match(target):
            return f'<a href="{html.escape(target)}" rel="noreferrer noopener">'
        to = "" if re.match(r"[A-Za-z][\w+.-]*:", target) else f' data-href="{html.escape(target)}"'
        return f'<span class="link"{to}>'

    # Text, with the marks in it

    def _restored(self, text: str) -> str:
        """Text with the marks as they were written: in code and addresses they mean nothing."""
        return PLACE.sub(lambda match: self.marks[int(match[1])].raw, text) if "⸢" in text else text

    def _flush(self) -> None:
        if not self.text:
            return
        text, self.text = "".join(self.text), []
        if self.image is not None:
            self.image.append(self._restored(text))
            return
        if self.code is not None:
            self.out.append(html.escape(self._restored(text).removesuffix("\n"), quote=False))
            return
        position = 0
        for match in PLACE.finditer(text):
            self._plain(text[position : match.start()])
            self._mark(self.marks[int(match[1])], text[match.end() : match.end() + 1])
            position = match.end()
        self._plain(text[position:])

    def _plain(self, text: str) -> None:
        if text:
            self.out.append(html.escape(self.output.guard(text), quote=False))

    def _mark(self, mark: Mark, following: str) -> None:
        if mark.kind == "highlight":
            self._highlight(following)
        elif mark.kind == "callout":
            self._callout(mark)
        elif mark.kind == "math":
            self.out.append(self.output.math(mark.text, mark.more == "display"))
        elif mark.kind == "embed":
            self.out.append(self.embed(mark.text, mark.more))
        elif mark.kind == "ready":
            self.out.append(mark.text)
        elif mark.kind == "tag":
            self.out.append(f'<span class="tag">{html.escape(mark.text, quote=False)}</span>')
        elif mark.kind == "url" and not any(name.startswith("Link") for name in self.stack):
            address = html.escape(mark.text)
            self.out.append(f'<a href="{address}" rel="noreferrer noopener">{address}</a>')
        elif mark.kind == "link":
            shown = mark.more or shown_target(mark.text)
            self.out.append(
                f'<span class="link" data-to="{html.escape(mark.text)}">{html.escape(shown, quote=False)}</span>'
            )
        else:
            self._plain(mark.raw)

    def _highlight(self, following: str) -> None:
        """A mark opens or closes a highlight; one that finds no partner in its own element stays as it is."""
        depth = len(self.stack)
        before = "".join(self.out[-1:])[-1:]
        if self.highlights and self.highlights[-1][1] == depth and before.strip():
            place, _ = self.highlights.pop()
            self.out[place] = "<mark>"
            self.out.append("</mark>")
            return
        self.out.append("==")
        if following.strip() or not following:
            self.highlights.append((len(self.out) - 1, depth))

    def _callout(self, mark: Mark) -> None:
        quotes = [at for at, name in enumerate(self.stack) if name == "BlockQuote"]
        if not quotes or self.stack[-1] != "Paragraph":
            self._plain(mark.raw)
            return
        self.stack[quotes[-1]] = "Callout"
        self.out[-1] = '<p class="callout-title">'
        place = max(at for at, piece in enumerate(self.out) if piece == "<blockquote>")
        self.out[place] = f'<div class="callout" data-callout="{html.escape(mark.text)}">'
        self.out.append(html.escape(mark.more, quote=False))


def shown_target(target: str) -> str:
    """The target of a link as Obsidian shows it when it has no text of its own."""
    return target.replace("#", " > ").strip(" >")
