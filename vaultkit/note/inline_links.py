"""Links, embeds and references in running text, as Obsidian's parser reads them."""

from __future__ import annotations

import re

from vaultkit.note.links import has_scheme, markdown_destination, wikilink_parts
from vaultkit.note.model import ExternalLink, Footnote, Link, Malformed, ReferenceLink
from vaultkit.note.reading import MAX_DEPTH, InlineReading
from vaultkit.note.whitespace import JS_SPACE, JS_SPACE_CLASS

# The characters that a backslash makes plain text.
ESCAPABLE = "\\`*{}[]()#+-.!_>~|\n\"$%&',/:;<=?@^"

_WIKILINK = re.compile(r"\[\[([^\[\]\n]*+(?:\[(?!\[)[^\[\]\n]*+|\](?!\])[^\[\]\n]*+)*+)\]\]")
_WHITES = re.compile(rf"[{JS_SPACE_CLASS}]*+")
_ANGLE_DESTINATION = re.compile(r"<([^>\n]*)>")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.DOTALL)
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class LinkReader(InlineReading):
    """Reads what begins with ``[`` or ``![``; out: gets the text that is shown, None when nobody wants it."""

    __slots__ = ()

    def read_bracket(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        """Read what begins with ``[``."""
        text = self.text
        if text.startswith("[", at + 1, end):
            behind = self._wikilink(at, at, end, is_embed=False, out=out)
            if behind >= 0:
                return behind
        close = self.searches().bracket(at, end)
        if close < 0 and not text.startswith("^", at + 1, end):
            return -1
        if close >= 0 and not self.is_in_link and text.startswith("(", close + 1, end):
            behind = self._link(at, at, close, end, depth, out)
            if behind >= 0:
                return behind
        if text.startswith("^", at + 1, end):
            return self._footnote_ref(at, end)
        return self._reference(at, at, close, end, depth, out)

    def read_embed(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        """Read what begins with ``![``."""
        text = self.text
        if text.startswith("[", at + 2, end):
            behind = self._wikilink(at, at + 1, end, is_embed=True, out=out)
            if behind >= 0:
                return behind
        close = self.searches().bracket(at + 1, end)
        if close < 0:
            return -1
        if text.startswith("(", close + 1, end):
            behind = self._link(at, at + 1, close, end, depth, out)
            if behind >= 0:
                return behind
        if text.startswith("^", at + 2, end):
            return -1
        return self._reference(at, at + 1, close, end, depth, out)

    def _wikilink(self, start: int, opening: int, end: int, *, is_embed: bool, out: list[str] | None) -> int:
        found = _WIKILINK.match(self.text, opening, end)
        if found is None:
            return -1
        content = found[1]
        if not content:
            return -1
        self.opaque.append((start, found.end()))
        if out is not None:
            out.append(content)
        if not content.strip(JS_SPACE):
            return found.end()
        linkpath, subpath, display, length = wikilink_parts(content)
        first = self.view.source(start)
        inside = first + opening + 2 - start
        self.found.links.append(
            Link(first, first + found.end() - start, linkpath, subpath, display, is_embed, "wiki",
                 inside, inside + length, False)
        )  # fmt: skip
        return found.end()

    def _link(self, start: int, opening: int, close: int, end: int, depth: int, out: list[str] | None) -> int:
        """Read ``[text](destination "title")``, whose brackets are known."""
        text = self.text
        written = self._destination(close + 2, end)
        if written is None:
            return -1
        target_start, target_end, at = written
        behind = self._behind_white(at, end)
        if behind > at and text[behind : behind + 1] in ('"', "'", "(") and behind < end:
            behind = self.searches().title(text[behind], behind + 1, end)
            if behind < 0:
                return -1
            behind = self._behind_white(behind, end)
        if not text.startswith(")", behind, end):
            return -1
        behind += 1
        is_embed = opening > start
        if is_embed:
            self.opaque.append((start, behind))
        else:
            self.opaque += (start, opening + 1), (close, behind)
            self.link_texts.append((opening + 1, close))
        display = self._link_text(opening + 1, close, depth, is_embed=is_embed)
        if out is not None:
            out.append(display)
        self.keep_link(start, behind, target_start, target_end, display, is_embed=is_embed)
        return behind

    def keep_link(
        self, start: int, end: int, target_start: int, target_end: int, display: str, *, is_embed: bool
    ) -> None:
        """Keep a Markdown link as a link of the vault, an external link or an empty one."""
        source, destination = self.view.source, self.text[target_start:target_end]
        first, last = source(start), source(end)
        if has_scheme(destination):
            self.found.external_links.append(ExternalLink(first, last, destination, is_embed))
            return
        target = markdown_destination(destination)
        if target is None:
            self.found.malformed.append(Malformed(first, last, "empty-link", display))
            return
        where = source(target_start), source(target_end)
        self.found.links.append(Link(first, last, *target, display, is_embed, "markdown", *where, False))

    def _link_text(self, start: int, end: int, depth: int, *, is_embed: bool) -> str:
        """Read the text of a link and return what is shown of it."""
        if is_embed:
            content = self.text[start:end]
            return decoded(_unescaped(content)) if "\\" in content or "&" in content else content
        outer, self.is_in_link = self.is_in_link, True
        shown: list[str] = []
        if depth < MAX_DEPTH:
            self.read(start, end, depth + 1, shown)
        self.is_in_link = outer
        return "".join(shown)

    def _destination(self, at: int, end: int) -> tuple[int, int, int] | None:
        """Return the span of the destination and where it ends with its brackets; None when it is none."""
        at = self._behind_white(at, end)
        if self.text.startswith("<", at, end):
            found = _ANGLE_DESTINATION.match(self.text, at, end) if self.searches().has(">", at, end) else None
            return (found.start(1), found.end(1), found.end()) if found else None
        stop = self.searches().paren(at, end)
        if stop < 0:
            stop = self.searches().white(at, end)
        return at, stop, stop

    def _behind_white(self, at: int, end: int) -> int:
        found = _WHITES.match(self.text, at, end)
        return found.end() if found else at

    def _reference(self, start: int, opening: int, close: int, end: int, depth: int, out: list[str] | None) -> int:
        """Read ``[text][id]``, ``[id][]`` or ``[id]``; it is one whether or not the id is defined."""
        text = self.text
        behind = close + 1
        identifier = ""
        if text.startswith("[", behind, end):
            label = _LABEL.match(text, behind, end)
            identifier = label[1] if label else ""
            behind = label.end() if label else behind + 1
        elif close == opening + 1:
            return -1
        if not identifier and _has_bracket(text, opening + 1, close):
            return -1
        is_embed = opening > start
        if self.is_in_link and not is_embed:
            return -1
        if is_embed:
            self.opaque.append((start, behind))
        if behind > close + 1:
            self.opaque.append((close, behind))
        source = self.view.source
        content = text[opening + 1 : close]
        display = self._link_text(opening + 1, close, depth, is_embed=is_embed)
        if out is not None:
            out.append(display)
        self.found.reference_links.append(
            ReferenceLink(source(start), source(behind), identifier or content, content, is_embed)
        )
        return behind

    def _footnote_ref(self, at: int, end: int) -> int:
        close = self.searches().label(at + 2, end)
        if close <= at + 2:
            return -1
        label = self.text[at + 2 : close]
        self.opaque.append((at, close + 1))
        if not label.startswith("^"):
            source = self.view.source
            self.found.footnote_refs.append(Footnote(source(at), source(close + 1), label))
        return close + 1


def _has_bracket(text: str, start: int, end: int) -> bool:
    """Return whether an opening bracket without a backslash is in ``text[start:end]``."""
    if text.find("[", start, end) < 0:
        return False
    return any(found[0] == "[" for found in _BRACKET.finditer(text, start, end))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: found[1] if found[1] in ESCAPABLE else found[0], text)


def decoded(text: str) -> str:
    """Return the text with its HTML entities as characters."""
    if "&" not in text:
        return text
    from html import unescape  # 1 ms that most runs need not pay

    return unescape(text)
