"""Inline syntax as Obsidian's parser reads it: from left to right, what begins first wins.

Each construct is tried where its first character is, in a fixed order; what it takes is not looked
at again, what it refuses stays text. Emphasis is closed by the next mark, whatever is around it.
Source: Obsidian's cache of 2,824 notes, which is that of remark-parse 8 and remark-math 3.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from vaultkit.note import flanking
from vaultkit.note.found import Found
from vaultkit.note.html import INLINE
from vaultkit.note.inline_links import ESCAPABLE, decoded
from vaultkit.note.inline_marks import MarkReader
from vaultkit.note.inline_patterns import (
    ANY_MARK,
    DEAD_KINDS,
    IS_EMPHASIS,
    IS_LINK,
    IS_STRONG,
    IS_WIKILINK,
    TOKEN,
    TOKEN_OR_EMAIL,
    token_pattern,
)
from vaultkit.note.model import Dead, Link, Malformed, Tag
from vaultkit.note.reading import MAX_DEPTH
from vaultkit.note.view import TextView
from vaultkit.note.whitespace import JS_SPACE, JS_SPACE_CLASS

# Inline notes that are not closed may cost this many passes over their block.
LOOKAHEAD = 40

_TAG = re.compile(r"""#[^\s\u2000-\u206F\u2E00-\u2E7F'!"#$%&()*+,.:;<=>?@^`{|}~\[\]\\]+""")
_AUTOLINK_HEAD = re.compile(rf"<(?:[^{JS_SPACE_CLASS}>@:]|:(?!/))++")
_AUTOLINK_TAIL = re.compile(rf"(?:@|:(?=//)/)[^{JS_SPACE_CLASS}>]++>")
_BACKTICKS = re.compile(r"`+")
_NOTE_PIECE = re.compile(r"\\.?|[\[\]]|`+", re.DOTALL)
_MATH_PIECE = re.compile(r"\\.|\$", re.DOTALL)


class InlineReader(MarkReader):
    """Reads the inline syntax of one note into `Found`.

    note:      the note's text.
    next_mark: nothing begins in ``note`` from the last question up to here.
    next_url:  the same for addresses; next_at, next_scheme, next_www: for what one has in it.
    has_marks: the block may have marks of emphasis.
    lookahead: characters that may still be read in vain for the end of an inline note; -1 before the first.
    strongs:   how many ``**…**`` of the block are surely shown as such.
    token:     the pattern of what may begin in the block.
    """

    __slots__ = (
        "has_marks",
        "lookahead",
        "next_at",
        "next_mark",
        "next_scheme",
        "next_url",
        "next_www",
        "note",
        "strongs",
        "token",
    )

    def __init__(self, view: TextView, found: Found) -> None:
        self.found = found
        self.is_in_link = False
        self.urls = None
        self.note = view.text
        self.next_mark = self.next_url = -1
        self.next_at = self.next_scheme = self.next_www = -1
        self.lookahead = self.strongs = 0
        self.has_marks = False
        self.token = TOKEN

    def is_quiet(self, start: int, end: int) -> bool:
        """Return whether nothing but text is in ``note[start:end]``; ask from left to right, to search once."""
        if self.next_mark < start:
            found = ANY_MARK.search(self.note, start)
            self.next_mark = found.start() if found else len(self.note) + 1
        if self.next_url < start:
            self.next_at = self._next("@", self.next_at, start)
            self.next_scheme = self._next("://", self.next_scheme, start)
            self.next_www = self._next("www.", self.next_www, start)
            self.next_url = min(self.next_at, self.next_scheme, self.next_www)
        return end <= self.next_mark and end <= self.next_url

    def _next(self, piece: str, known: int, start: int) -> int:
        """Return where ``piece`` is next in the note from ``start`` on; known: where it was when asked before."""
        if known >= start:
            return known
        place = self.note.find(piece, start)
        return place if place >= 0 else len(self.note) + 1

    def read_block(self, view: TextView, start: int, end: int) -> None:
        """Read the content of a paragraph, heading, cell or comment."""
        text = view.text
        if text is self.note:
            if self.is_quiet(start, end):
                return
            self.token = TOKEN if end <= self.next_url else token_pattern(text, start, end)
        else:
            self.token = token_pattern(text, start, end)
            if self.token.search(text, start, end) is None:
                return
        self.enter(view, start, end)
        self.lookahead = -1
        self.strongs = 0
        self.has_marks = False
        self.read(start, end, 0, None)
        if self.has_marks and (text.find("**", start, end) >= 0 or text.find("~~", start, end) >= 0):
            if self._are_marks_usual():
                return
            for mark_start, mark_end in flanking.literal_marks(text, start, end, self.opaque, self.link_texts):
                at = view.source(mark_start)
                shown = text[mark_start:mark_end]
                self.found.malformed.append(Malformed(at, at + len(shown), "literal-mark", shown))

    def _are_marks_usual(self) -> bool:
        """Return whether every ``*`` belongs to a ``**…**`` that is surely shown as strong, and no other mark is there."""
        text, start, end = self.text, self.start, self.end
        if not self.strongs or text.find("_", start, end) >= 0 or text.find("~", start, end) >= 0:
            return False
        return text.count("*", start, end) == 4 * self.strongs

    def read(self, start: int, end: int, depth: int, shown: list[str] | None) -> None:
        """Read ``text[start:end]``; shown: gets the plain text that a reader sees, None when nobody wants it."""
        text, search = self.text, self.token.search
        has_urls = self.token is not TOKEN
        if depth >= MAX_DEPTH:  # what is deeper is not read
            self.has_marks = True
        token = position = start
        while True:
            if has_urls and token == position and not self.is_in_link:
                behind = self._address(position, end)
                if behind >= 0:
                    if shown is not None:
                        shown.append(text[position:behind])
                    token = position = behind
                    continue
            found = search(text, position, end)
            if found is None:
                break
            at = found.start()
            kind = found.lastindex
            if kind is not None and shown is None and (kind != IS_LINK or not self.is_in_link):
                behind = self._usual(found, at, kind)
            else:
                behind = -1
            if behind < 0:
                behind = self._token(at, end, token, depth, shown)
                if behind < 0:
                    position = at + 1
                    continue
            token = position = behind
        if shown is not None:
            shown.append(decoded(text[token:end]))

    def _usual(self, found: re.Match[str], at: int, kind: int) -> int:
        """Keep a construct that its pattern took whole; -1 for one that has to be read."""
        behind = found.end()
        if kind == IS_WIKILINK:
            linkpath, subpath, display = found.group(1, 2, 3)
            length = len(linkpath)
            if subpath is None:
                linkpath, subpath = linkpath.strip(), ""
                if not linkpath:
                    return -1
            else:
                length += len(subpath)
                linkpath, subpath = linkpath.lstrip(), subpath.rstrip()
                if not subpath.isascii():
                    subpath = normalize("NFC", subpath)
            if not linkpath.isascii():
                linkpath = normalize("NFC", linkpath)
            if display is not None:
                display = display.strip()
            is_embed = self.text[at] == "!"
            start = at if self.view.origins is None else self.view.source(at)
            inside = start + 2 + is_embed
            self.opaque.append((at, behind))
            self.found.links.append(
                Link(
                    start,
                    start + behind - at,
                    linkpath,
                    subpath,
                    display,
                    is_embed,
                    "wiki",
                    inside,
                    inside + length,
                    False,
                )
            )
        elif kind == IS_LINK:
            is_embed = self.text[at] == "!"
            close = found.end(5)
            if is_embed:
                self.opaque.append((at, behind))
            else:
                self.opaque += (at, at + 1), (close, behind)
                self.link_texts.append((at + 1, close))
            self.keep_link(at, behind, close + 2, behind - 1, found[5], is_embed=is_embed)
        elif kind in DEAD_KINDS:
            self.opaque.append((at, behind))
            if self.view.origins is None:
                self.found.dead.append(Dead(at, behind, DEAD_KINDS[kind]))
            else:
                source = self.view.source
                self.found.dead.append(Dead(source(at), source(behind), DEAD_KINDS[kind]))
        elif kind == IS_STRONG:
            self.has_marks = True
            self.strongs += 1
        elif kind == IS_EMPHASIS:
            self.has_marks = True
        return behind

    def _token(self, at: int, end: int, token: int, depth: int, shown: list[str] | None) -> int:
        """Read the construct at ``at`` and return the offset behind it, -1 for none; token: where the last one ended."""
        out: list[str] | None = None if shown is None else []
        behind = self._construct(self.text[at], at, end, token, depth, out)
        if behind >= 0 and shown is not None and out is not None:
            shown.append(decoded(self.text[token:at]))
            shown.extend(out)
        return behind

    def _construct(self, mark: str, at: int, end: int, token: int, depth: int, out: list[str] | None) -> int:
        if mark == "*" or mark == "_":
            self.has_marks = True
            return self._mark(mark, at, end, depth, out)
        if mark == "[":
            return self.read_bracket(at, end, depth, out)
        if mark == "`":
            return self._code(at, end, out)
        if mark == "#":
            return self._tag(at, end, token, out)
        if mark == "\\":
            return self._escape(at, end, out)
        if mark == "$":
            return self._math(at, end, out)
        if mark == "<":
            return self._angle(at, end, out)
        if mark == "!":
            return self.read_embed(at, end, depth, out)
        if mark == "~":
            self.has_marks = True
            return self.read_struck(at, end, depth, out)
        if mark == "^":
            return self._inline_note(at, end, depth, out)
        behind = -1 if self.is_in_link else self._address(at, end, is_email=True)
        if behind >= 0 and out is not None:
            out.append(self.text[at:behind])
        return behind

    def _address(self, at: int, end: int, *, is_email: bool = False) -> int:
        """Read a bare address; one of e-mail only where the block has any."""
        behind = self.addresses().url_end(at, end)
        if behind >= 0:
            self.opaque.append((at, behind))
        elif is_email or self.token is TOKEN_OR_EMAIL:
            behind = self.addresses().email_end(at, end)
        return behind

    def _mark(self, mark: str, at: int, end: int, depth: int, out: list[str] | None) -> int:
        if mark == "_" and self.token is TOKEN_OR_EMAIL and not self.is_in_link:
            behind = self.addresses().email_end(at, end)
            if behind >= 0:
                if out is not None:
                    out.append(self.text[at:behind])
                return behind
        behind = self.read_strong(at, end, depth, out)
        return behind if behind >= 0 else self.read_emphasis(at, end, depth, out)

    def _escape(self, at: int, end: int, out: list[str] | None) -> int:
        if at + 1 >= end or self.text[at + 1] not in ESCAPABLE:
            return -1
        if out is not None:
            out.append(self.text[at + 1])
        return at + 2

    def _inline_note(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        """Read ``^[text]``: brackets pair up, but not inside code."""
        balance = fence = 0
        if self.lookahead < 0:
            self.lookahead = LOOKAHEAD * (self.end - self.start)
        limit = at + self.lookahead
        for piece in _NOTE_PIECE.finditer(self.text, at + 2, end):
            mark = piece[0]
            if piece.start() > limit:
                break
            if mark[0] == "`":
                if not fence:
                    fence = len(mark)
                elif fence == len(mark):
                    fence = 0
            elif fence or mark[0] == "\\":
                continue
            elif mark == "[":
                balance += 1
            elif balance:
                balance -= 1
            else:
                self.found.inline_notes.append((self.view.source(at), self.view.source(piece.end())))
                if depth < MAX_DEPTH:
                    self.read(at + 2, piece.start(), depth + 1, out)
                return piece.end()
        self.lookahead = max(0, self.lookahead - min(end, limit) + at)
        return -1

    def _code(self, at: int, end: int, out: list[str] | None) -> int:
        """Read a code span: closed by the next run of as many backticks."""
        text = self.text
        opening = _BACKTICKS.match(text, at, end)
        if opening is None or opening.end() == end:
            return -1
        length = opening.end() - at
        close = self.searches().code(length, opening.end(), end)
        if close < 0:
            return -1
        if out is not None:
            content = text[opening.end() : close]
            if len(content) > 2 and content[0] in " \n" and content[-1] in " \n" and content.strip(" \n"):
                content = content[1:-1]
            out.append(content)
        return self.dead(at, close + length, "code")

    def _math(self, at: int, end: int, out: list[str] | None) -> int:
        """Read ``$…$`` or ``$$…$$`` in a line: no space inside the marks, no digit behind."""
        text, searches = self.text, self.searches()
        is_double = text.startswith("$", at + 1, end)
        mark = "$$" if is_double else "$"
        content = at + len(mark)
        if text[content : content + 1] in (" ", "\t") and content < end:
            return -1
        if searches.is_unclosed(mark, at, end):
            return -1
        for found in _MATH_PIECE.finditer(text, content, end):
            close = found.start()
            if text[close] == "\\" or text[close - 1] in " \t":
                continue
            following = text[close + 1] if close + 1 < end else " "
            if following in "0123456789" or (is_double and following != "$"):
                continue
            if out is not None:
                out.append(text[content:close])
            return self.dead(at, close + len(mark), "math")
        searches.unclosed[mark, end] = at
        return -1

    def _angle(self, at: int, end: int, out: list[str] | None) -> int:
        """Read an autolink or an HTML tag."""
        text, searches = self.text, self.searches()
        if not searches.has(">", at, end):
            return -1
        if not self.is_in_link and at >= searches.unclosed.get(("autolink", end), -1):
            head = _AUTOLINK_HEAD.match(text, at, end)
            tail = _AUTOLINK_TAIL.match(text, head.end(), end) if head else None
            if tail is not None:
                self.opaque.append((at, tail.end()))
                if out is not None:
                    out.append(text[at + 1 : tail.end() - 1])
                return tail.end()
            if head is not None:
                searches.unclosed["autolink", end] = head.end()
        if text.startswith("?", at + 1) and not searches.has("?>", at, end):
            return -1
        if text.startswith("![", at + 1) and not searches.has("]]>", at, end):
            return -1
        found = INLINE.match(text, at, end)
        if found is None:
            return -1
        tag = found[0][:4].lower()
        if not self.is_in_link and tag.startswith("<a "):
            self.is_in_link = True
        elif self.is_in_link and tag == "</a>":
            self.is_in_link = False
        return self.dead(at, found.end(), "html")

    def _tag(self, at: int, end: int, token: int, out: list[str] | None) -> int:
        """Read a tag, which begins behind white space or where another construct ends."""
        text = self.text
        if at != token and text[at - 1] not in JS_SPACE and text[max(at - 2, self.start) : at] != "==":
            return -1
        found = _TAG.match(text, at, end)
        if found is None:
            return -1
        tag = found[0].rstrip("/")
        if len(tag) == 1 or tag[1:].isdigit():
            return -1
        first = self.view.source(at)
        self.found.tags.append(Tag(first, first + len(tag), tag, False))
        if out is not None:
            out.append(found[0])
        return found.end()
