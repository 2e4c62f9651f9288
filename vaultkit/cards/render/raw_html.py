"""Raw HTML in a card: harmless formatting is kept, everything else is shown as text."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?)(/?)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_STYLE = re.compile(
    r"\s*(?:color|background(?:-color)?|font-(?:weight|style|size)|text-(?:align|decoration))\s*:[\w\s#%.,()-]*"
)
_ALLOWED = frozenset(
    "b i u s em strong del ins mark sub sup small kbd code samp var abbr cite dfn q span font center div p "
    "details summary ul ol li dl dt dd table thead tbody tr td th caption blockquote pre h1 h2 h3 h4 h5 h6 ruby rt rp".split()
)
_VOID = frozenset({"br", "hr", "wbr"})
_ATTRIBUTES = frozenset({"color", "align", "title", "lang", "dir", "colspan", "rowspan", "start", "open"})


def is_tag(raw: str) -> bool:
    """Whether ``raw`` is one tag that is kept."""
    match = _TAG.fullmatch(raw.strip())
    return match is not None and match[2].lower() in _ALLOWED | _VOID


class RawHtml:
    """The raw elements that are open while a card is written.

    Every element is closed with the block in which it was opened, so that it cannot run into the rest of the page.
    """

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []

    def written(self, raw: str, depth: int) -> str:
        """The output for raw HTML in a block at ``depth``: allowed tags, and the rest escaped."""
        pieces: list[str] = []
        position = 0
        for match in _TAG.finditer(raw):
            pieces += html.escape(raw[position : match.start()], quote=False), self._tag(match, depth)
            position = match.end()
        return "".join(pieces) + html.escape(raw[position:], quote=False)

    def _tag(self, match: re.Match[str], depth: int) -> str:
        name = match[2].lower()
        if name in _VOID:
            return f"<{name}>"
        if name not in _ALLOWED:
            return html.escape(match[0], quote=False)
        if match[1]:
            if (name, depth) not in self._open:
                return ""
            closing = []
            while (last := self._open.pop()) != (name, depth):
                closing.append(f"</{last[0]}>")
            return "".join([*closing, f"</{name}>"])
        if match[4]:
            return ""
        self._open.append((name, depth))
        return f"<{name}{_safe_attributes(match[3])}>"

    def closed(self, depth: int) -> str:
        """The closing tags of everything that was opened at ``depth`` or deeper."""
        pieces = []
        while self._open and self._open[-1][1] >= depth:
            pieces.append(f"</{self._open.pop()[0]}>")
        return "".join(pieces)


def _safe_attributes(text: str) -> str:
    pieces = []
    for match in _ATTRIBUTE.finditer(text):
        name, value = match[1].lower(), match[2] or match[3] or match[4] or ""
        if name == "style":
            rules = [rule.strip() for rule in value.split(";") if _STYLE.fullmatch(rule) and "url" not in rule.lower()]
            value = ";".join(rules)
        elif name not in _ATTRIBUTES:
            continue
        if value:
            pieces.append(f' {name}="{html.escape(value)}"')
    return "".join(pieces)
