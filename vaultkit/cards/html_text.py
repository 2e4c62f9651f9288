"""Card text between Anki's HTML and Obsidian's Markdown."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_WRAPS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "mark": "==", "s": "~~", "del": "~~"}
_KEPT = ("u", "sub", "sup")
_BLOCKS = ("div", "p", "section", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tbody", "thead")


class _Markdown(HTMLParser):
    """Collects Markdown for the small HTML that Anki's editor writes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.lists: list[list[int | str]] = []
        self.media: list[str] = []
        self.in_pre = False
        self.hidden = 0
        self.after = ""  # the element that has just ended
        self.is_head = False
        self.cells = 0

    def _newline(self) -> None:
        text = "".join(self.pieces[-3:])
        if self.pieces and not text.endswith("\n"):
            self.pieces.append("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self.after in ("p", "ul", "ol") and tag in ("p", "table") and not self.lists:
            self._newline()
            self.pieces.append("\n")  # a paragraph or table below a paragraph or list stands behind a blank line
        self.after = ""
        if tag == "br":
            self.pieces.append("\n")
        elif tag in ("style", "script"):
            self.hidden += 1
        elif tag == "pre":
            self._newline()
            self.pieces.append("```\n")
            self.in_pre = True
        elif tag == "code" and self.in_pre and self.pieces[-1] == "```\n":
            language = re.fullmatch(r"language-([\w+#.-]+)", values.get("class") or "")
            self.pieces[-1] = f"```{language[1]}\n" if language else "```\n"
        elif tag in _WRAPS and not self.in_pre:
            self.pieces.append(_WRAPS[tag])
        elif tag in _KEPT:
            self.pieces.append(f"<{tag}>")
        elif tag in ("ul", "ol"):
            self.lists.append([tag, 0])
        elif tag == "li":
            self._newline()
            kind, count = self.lists[-1] if self.lists else ("ul", 0)
            mark = "- "
            if kind == "ol":
                self.lists[-1][1] = int(count) + 1
                mark = f"{int(count) + 1}. "
            self.pieces.append("    " * max(len(self.lists) - 1, 0) + mark)
        elif tag == "img" and values.get("src"):
            name = html.unescape(values["src"] or "")
            width = values.get("width")
            size = f"|{width}" if width and width.isdigit() else ""
            self.media.append(name)
            self.pieces.append(f"![[{name}{size}]]" if "://" not in name else f"![]({name})")
        elif tag in ("td", "th"):
            self.cells += 1
            self.pieces.append("| ")
        elif tag == "a" and values.get("href"):
            self.pieces.append("[")
            self.lists.append(["a", values["href"] or ""])
        elif tag in _BLOCKS:
            if tag == "table":
                self.is_head = True
            self.cells = 0
            self._newline()

    def handle_endtag(self, tag: str) -> None:
        self.after = tag
        if tag in ("style", "script"):
            self.hidden = max(self.hidden - 1, 0)
        elif tag == "pre":
            self._newline()
            self.pieces.append("```\n")
            self.in_pre = False
        elif tag in _WRAPS and not self.in_pre:
            self.pieces.append(_WRAPS[tag])
        elif tag in _KEPT:
            self.pieces.append(f"</{tag}>")
        elif tag in ("ul", "ol"):
            if self.lists:
                self.lists.pop()
            self._newline()
        elif tag == "a" and self.lists and self.lists[-1][0] == "a":
            self.pieces.append(f"]({self.lists.pop()[1]})")
        elif tag == "tr":
            self.pieces.append("|\n")
            if self.is_head and self.cells:  # Markdown knows a table by the rule below its first row
                self.pieces.append("|" + " --- |" * self.cells + "\n")
                self.is_head = False
        elif tag in ("td", "th"):
            self.pieces.append(" ")
        elif tag in _BLOCKS:
            self._newline()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.after = ""
        if not self.hidden:
            self.pieces.append(data)


_SOUND = re.compile(r"\[sound:([^\]]+)\]")


def markdown_of(field: str) -> str:
    """Markdown for one Anki field.

    >>> markdown_of("<b>a</b><br>b &amp; c")
    '**a**\\nb & c'
    """
    return field_to_markdown(field)[0]


def field_to_markdown(field: str) -> tuple[str, tuple[str, ...]]:
    """Markdown for one Anki field, and the media it names."""
    media = tuple(_SOUND.findall(field))
    if "<" in field or "&" in field:
        parser = _Markdown()
        parser.feed(field)
        parser.close()
        text = "".join(parser.pieces)
        media += tuple(name for name in parser.media if "://" not in name)
    else:
        text = field
    text = _SOUND.sub(r"![[\1]]", text)
    text = re.sub(r"\\\((.*?)\\\)", r"$\1$", text)
    text = re.sub(r"\\\[(.*?)\\\]", r"$$\1$$", text, flags=re.DOTALL)
    text = text.replace("\u00a0", " ").replace("\r", "")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip(), media


_CLOZE = re.compile(r"\{\{c(\d+)::(.*?)(?:::((?:(?!\}\}).)*))?\}\}", re.DOTALL)


def cloze_to_markdown(text: str) -> tuple[str, bool]:
    """Anki's deletions as ``==1;;answer;;hint==``; False when they are nested and stay as they are.

    >>> cloze_to_markdown("{{c1::Oslo::city}} is cold")
    ('==1;;Oslo;;city== is cold', True)
    """
    if re.search(r"\{\{c\d+::(?:(?!\}\}).)*\{\{c\d+::", text, re.DOTALL):
        return text, False
    return _CLOZE.sub(lambda m: f"=={m[1]};;{m[2]}{';;' + m[3] if m[3] else ''}==", text), True
