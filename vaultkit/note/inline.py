"""Inline syntax as Obsidian's parser reads it: from left to right, what begins first wins.

Each construct is tried where its first character is, in a fixed order; what it takes is not looked
at again, what it refuses stays text. Emphasis is closed by the next mark, whatever is around it.
Source: Obsidian's cache of 2,824 notes, which is that of remark-parse 8 and remark-math 3.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from html import unescape

from vaultkit.note import flanking
from vaultkit.note.found import Found
from vaultkit.note.links import has_scheme, markdown_destination, wikilink_parts
from vaultkit.note.model import Dead, DeadKind, ExternalLink, Footnote, Link, Malformed, ReferenceLink, Tag
from vaultkit.note.view import View
from vaultkit.note.whitespace import JS_SPACE, JS_SPACE_CLASS, is_blank

# Emphasis in emphasis beyond this depth is text; it bounds the work on text that is made of marks.
MAX_DEPTH = 40
# Inline notes that are not closed may cost this many passes over their block.
LOOKAHEAD = 40

_ESCAPABLE = "\\`*{}[]()#+-.!_>~|\n\"$%&',/:;<=?@^"
_MARKS = r"\\`*_$<\[#~^!"
_SPECIAL = re.compile(rf"[{_MARKS}]")
_SPECIAL_OR_URL = re.compile(rf"[{_MARKS}]|https?://|www\.")
_ATEXT = r"A-Za-z0-9+\-._"
_SPECIAL_OR_EMAIL = re.compile(rf"[{_MARKS}]|https?://|www\.|(?<![{_ATEXT}])[{_ATEXT}]++@")
_EMAIL = re.compile(rf"[{_ATEXT}]++@([A-Za-z0-9\-._]*+)")
_URL = re.compile(r"(?:www\.|[hH][tT][tT][pP][sS]?://)")
_DOMAIN = re.compile(r"[A-Za-z0-9\-_]+(?:\.[A-Za-z0-9\-_]+)*")
_URL_PATH = re.compile(rf"[^{JS_SPACE_CLASS}<]*")
_WIKILINK = re.compile(r"\[\[([^\[\]\n]*+(?:\[(?!\[)[^\[\]\n]*+|\](?!\])[^\[\]\n]*+)*+)\]\]")
_TAG = re.compile(r"""#[^\s\u2000-\u206F\u2E00-\u2E7F'!"#$%&()*+,.:;<=>?@^`{|}~\[\]\\]+""")
_AUTOLINK_HEAD = re.compile(rf"<(?:[^{JS_SPACE_CLASS}>@:]|:(?!/))++")
_AUTOLINK_TAIL = re.compile(rf"(?:@|:(?=//)/)[^{JS_SPACE_CLASS}>]++>")
_ATTRIBUTE = r"""(?:\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\s*=\s*(?:[^"'=<>`\x00-\x20]+|'[^']*'|"[^"]*"))?)"""
_HTML = re.compile(
    rf"<(?:[A-Za-z][A-Za-z0-9-]*{_ATTRIBUTE}*\s*/?>|/[A-Za-z][A-Za-z0-9-]*\s*>|!---->|!--(?:-?[^>-])(?:-?[^-])*-->"
    r"|\?[^\n\r\u2028\u2029]*?\?>|![A-Za-z]+\s+[^>]*>|!\[CDATA\[[\s\S]*?\]\]>)"
)
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_PAREN = re.compile(rf"\\.|[()]|[{JS_SPACE_CLASS}]", re.DOTALL)
_WHITE = re.compile(rf"[{JS_SPACE_CLASS}]")
_WHITES = re.compile(rf"[{JS_SPACE_CLASS}]*+")
_ANGLE_DESTINATION = re.compile(r"<([^>\n]*)>")
_TITLES = {
    '"': re.compile(r'(?:[^"\\]|\\.)*+"', re.DOTALL),
    "'": re.compile(r"(?:[^'\\]|\\.)*+'", re.DOTALL),
    "(": re.compile(r"(?:[^)\\]|\\.)*+\)", re.DOTALL),
}
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^([^\] \t\n]+)\]")
_BACKTICKS = re.compile(r"`+")
_NOTE_PIECE = re.compile(r"\\.?|[\[\]]|`+", re.DOTALL)
_STRONG = {"*": re.compile(r"\\.|\*\*(?!\*)", re.DOTALL), "_": re.compile(r"\\.|__(?!_)", re.DOTALL)}
_EMPHASIS = {"*": re.compile(r"\\.|\*\*?", re.DOTALL), "_": re.compile(r"\\.|__?", re.DOTALL)}
_WORD = re.compile(r"\w", re.ASCII)
_MATH_PIECE = re.compile(r"\\.|\$", re.DOTALL)


class InlineReader:
    """Reads the inline syntax of one note into `Found`.

    text:       the note.
    is_in_link: inside the text of a link, or behind ``<a …>`` until ``</a>``, where no link begins.
    """

    __slots__ = ("found", "has_at", "has_url", "is_in_link", "text")

    def __init__(self, text: str, found: Found) -> None:
        self.text = text
        self.found = found
        self.is_in_link = False
        self.has_at = "@" in text
        self.has_url = "://" in text or "www." in text

    def read_block(self, view: View, start: int, end: int) -> None:
        """Read the content of a paragraph, heading, cell or comment."""
        special = _SPECIAL
        if self.has_at and view.text.find("@", start, end) >= 0:
            special = _SPECIAL_OR_EMAIL
        elif self.has_url and (view.text.find("://", start, end) >= 0 or view.text.find("www.", start, end) >= 0):
            special = _SPECIAL_OR_URL
        if special.search(view.text, start, end) is None:
            return
        reading = _Reading(self, view, start, end, special)
        reading.read(start, end, 0, None)
        text = view.text
        if text.find("**", start, end) >= 0 or text.find("~~", start, end) >= 0:
            for mark_start, mark_end in flanking.literal_marks(text, start, end, reading.opaque, reading.link_texts):
                first = view.source(mark_start)
                shown = text[mark_start:mark_end]
                self.found.malformed.append(Malformed(first, first + len(shown), "literal-mark", shown))


class _Reading:
    """The reading of one block.

    opaque:     spans in the view whose characters are no marks of emphasis.
    link_texts: spans in the view of what is between a link's brackets.
    lookahead:  characters that may still be read in vain for the end of an inline note.
    nothing:    (what, end) -> offset from which on it is known that nothing closes it.
    """

    __slots__ = (
        "backticks", "brackets", "end", "found", "link_texts", "lookahead", "no_white", "nothing", "opaque", "parens", "reader",
        "special", "start", "text", "view",
    )  # fmt: skip

    def __init__(self, reader: InlineReader, view: View, start: int, end: int, special: re.Pattern[str]) -> None:
        self.reader = reader
        self.found = reader.found
        self.view = view
        self.text = view.text
        self.start = start
        self.end = end
        self.special = special
        self.opaque: list[tuple[int, int]] = []
        self.link_texts: list[tuple[int, int]] = []
        self.nothing: dict[tuple[str, int], int] = {}
        self.no_white = (0, 0)
        self.lookahead = LOOKAHEAD * (end - start)
        self.brackets: dict[int, int] | None = None
        self.parens: dict[int, int] | None = None
        self.backticks: dict[int, list[int]] | None = None

    def read(self, start: int, end: int, depth: int, shown: list[str] | None) -> None:
        """Read ``text[start:end]``; shown: gets the plain text that a reader sees, None when nobody wants it."""
        text, search = self.text, self.special.search
        token = position = start
        while True:
            if token == position and self.special is not _SPECIAL and not self.reader.is_in_link:
                behind = self._url(position, end)
                if behind < 0 and self.special is _SPECIAL_OR_EMAIL:
                    behind = self._email(position, end)
                if behind >= 0:
                    if shown is not None:
                        shown.append(text[position:behind])
                    token = position = behind
                    continue
            found = search(text, position, end)
            if found is None:
                break
            at = found.start()
            behind = self._token(at, end, token, depth, shown)
            if behind < 0:
                position = at + 1
                continue
            token = position = behind
        if shown is not None:
            shown.append(_decoded(text[token:end]))

    def _token(self, at: int, end: int, token: int, depth: int, shown: list[str] | None) -> int:
        """Read the construct at ``at`` and return the offset behind it, -1 for none; token: where the last one ended."""
        text = self.text
        character = text[at]
        out: list[str] | None = None if shown is None else []
        if character == "*" or character == "_":
            behind = -1
            if character == "_" and self.special is _SPECIAL_OR_EMAIL and not self.reader.is_in_link:
                behind = self._email(at, end)
                if behind >= 0 and out is not None:
                    out.append(text[at:behind])
            if behind < 0:
                behind = self._strong(at, end, depth, out)
            if behind < 0:
                behind = self._emphasis(at, end, depth, out)
        elif character == "[":
            behind = self._bracket(at, end, depth, out)
        elif character == "`":
            behind = self._code(at, end, out)
        elif character == "#":
            behind = self._tag(at, end, token, out)
        elif character == "\\":
            behind = at + 2 if at + 1 < end and text[at + 1] in _ESCAPABLE else -1
            if behind >= 0 and out is not None:
                out.append(text[at + 1])
        elif character == "$":
            behind = self._math(at, end, out)
        elif character == "<":
            behind = self._angle(at, end, out)
        elif character == "!":
            behind = self._embed(at, end, depth, out) if text.startswith("[", at + 1, end) else -1
        elif character == "~":
            behind = self._struck(at, end, depth, out)
        elif character == "^":
            behind = self._inline_note(at, end, depth, out) if text.startswith("[", at + 1, end) else -1
        elif self.reader.is_in_link:
            behind = -1
        else:
            behind = self._url(at, end)
            if behind < 0:
                behind = self._email(at, end)
            if behind >= 0 and out is not None:
                out.append(text[at:behind])
        if behind >= 0 and shown is not None and out is not None:
            shown.append(_decoded(text[token:at]))
            shown.extend(out)
        return behind

    def _dead(self, start: int, end: int, kind: DeadKind) -> int:
        self.opaque.append((start, end))
        self.found.dead.append(Dead(self.view.source(start), self.view.source(end), kind))
        return end

    def _bracket(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        text = self.text
        if text.startswith("[", at + 1, end):
            behind = self._wikilink(at, at, end, is_embed=False, out=out)
            if behind >= 0:
                return behind
        close = self._closing_bracket(at, end)
        if close < 0 and not text.startswith("^", at + 1, end):
            return -1
        if close >= 0 and not self.reader.is_in_link and text.startswith("(", close + 1, end):
            behind = self._link(at, at, close, end, depth, out)
            if behind >= 0:
                return behind
        if text.startswith("^", at + 1, end):
            return self._footnote_ref(at, end)
        return self._reference(at, at, close, end, depth, out)

    def _embed(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        text = self.text
        if text.startswith("[", at + 2, end):
            behind = self._wikilink(at, at + 1, end, is_embed=True, out=out)
            if behind >= 0:
                return behind
        close = self._closing_bracket(at + 1, end)
        if close < 0:
            return -1
        if text.startswith("(", close + 1, end):
            behind = self._link(at, at + 1, close, end, depth, out)
            if behind >= 0:
                return behind
        if text.startswith("^", at + 2, end):
            return -1
        return self._reference(at, at + 1, close, end, depth, out)

    def _closing_bracket(self, opening: int, end: int) -> int:
        """Return where the bracket that closes the one at ``opening`` is, -1 when it is not before ``end``."""
        if self.brackets is None:
            self.brackets = {}
            opened: list[int] = []
            text = self.text
            for found in _BRACKET.finditer(text, self.start, self.end):
                if found.end() - found.start() == 2:
                    continue
                at = found.start()
                if text[at] == "[":
                    opened.append(at)
                elif opened:
                    self.brackets[opened.pop()] = at
        close = self.brackets.get(opening, -1)
        return close if close < end else -1

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
        source = self.view.source
        linkpath, subpath, display, length = wikilink_parts(content)
        first = source(start)
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
        found = _WHITES.match(text, at, end)
        behind = found.end() if found else at
        if behind > at and text[behind : behind + 1] in ('"', "'", "(") and behind < end:
            behind = self._title(text[behind], behind + 1, end)
            if behind < 0:
                return -1
            found = _WHITES.match(text, behind, end)
            behind = found.end() if found else behind
        if not text.startswith(")", behind, end):
            return -1
        behind += 1
        is_embed = opening > start
        content = text[opening + 1 : close]
        self.opaque.append((start, behind) if is_embed else (start, opening + 1))
        if not is_embed:
            self.opaque.append((close, behind))
            self.link_texts.append((opening + 1, close))
        display = self._link_text(opening + 1, close, content, depth, is_embed=is_embed)
        if out is not None:
            out.append(display)
        self._keep_link(start, behind, target_start, target_end, display, is_embed=is_embed)
        return behind

    def _keep_link(
        self, start: int, end: int, target_start: int, target_end: int, display: str, *, is_embed: bool
    ) -> None:
        source, destination = self.view.source, self.text[target_start:target_end]
        first, last = source(start), source(end)
        target = None if has_scheme(destination) else markdown_destination(destination)
        if target is not None:
            self.found.links.append(
                Link(
                    first, last, *target, display, is_embed, "markdown", source(target_start), source(target_end), False
                )
            )
        elif has_scheme(destination):
            self.found.external_links.append(ExternalLink(first, last, destination, is_embed))
        else:
            self.found.malformed.append(Malformed(first, last, "empty-link", display))

    def _link_text(self, start: int, end: int, content: str, depth: int, *, is_embed: bool) -> str:
        """Read the text of a link and return what is shown of it."""
        if is_embed:
            return _decoded(_unescaped(content)) if "\\" in content or "&" in content else content
        outer, self.reader.is_in_link = self.reader.is_in_link, True
        shown: list[str] = []
        if depth < MAX_DEPTH:
            self.read(start, end, depth + 1, shown)
        self.reader.is_in_link = outer
        return "".join(shown)

    def _destination(self, at: int, end: int) -> tuple[int, int, int] | None:
        """Return the span of the destination and where it ends with its brackets; None when it is none."""
        text = self.text
        white = _WHITES.match(text, at, end)
        at = white.end() if white else at
        if text.startswith("<", at, end):
            found = _ANGLE_DESTINATION.match(text, at, end)
            return (found.start(1), found.end(1), found.end()) if found else None
        stop = self._closing_paren(at, end)
        if stop < 0:
            stop = self._white_after(at, end)
        return at, stop, stop

    def _white_after(self, at: int, end: int) -> int:
        """Return where the next white space is, ``end`` for none; one run of characters is searched once."""
        first, last = self.no_white
        if not first <= at < last:
            found = _WHITE.search(self.text, at, self.end)
            last = found.start() if found else self.end
            self.no_white = at, last
        return min(last, end)

    def _closing_paren(self, at: int, end: int) -> int:
        """Return where the parenthesis that is open at ``at`` closes, with no white space before; -1 for nowhere.

        The whole block is matched once, so that many open parentheses cost no more than one.
        """
        text = self.text
        if self.parens is None:
            self.parens = {}
            opened: list[int] = []
            for found in _PAREN.finditer(text, self.start, self.end):
                character = text[found.start()]
                if character == "(":
                    opened.append(found.start())
                elif character == ")":
                    if opened:
                        self.parens[opened.pop()] = found.start()
                elif character != "\\":
                    opened.clear()
        if text[at - 1] == "(":
            close = self.parens.get(at - 1, -1)
            return close if close < end else -1
        while at < end:
            found = _PAREN.search(text, at, end)
            if found is None or (text[found.start()] not in "()\\"):
                return -1
            if text[found.start()] == ")":
                return found.start()
            at = found.end() if text[found.start()] == "\\" else self.parens.get(found.start(), end) + 1
        return -1

    def _title(self, mark: str, at: int, end: int) -> int:
        """Return the offset behind a title, -1 when it is not closed."""
        if self.nothing.get((mark + "title", end), end + 1) <= at:
            return -1
        found = _TITLES[mark].match(self.text, at, end)
        if found is None:
            self.nothing[mark + "title", end] = at
            return -1
        return found.end()

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
        if self.reader.is_in_link and not is_embed:
            return -1
        if is_embed:
            self.opaque.append((start, behind))
        if behind > close + 1:
            self.opaque.append((close, behind))
        source = self.view.source
        content = text[opening + 1 : close]
        display = self._link_text(opening + 1, close, content, depth, is_embed=is_embed)
        if out is not None:
            out.append(display)
        self.found.reference_links.append(
            ReferenceLink(source(start), source(behind), identifier or content, content, is_embed)
        )
        return behind

    def _footnote_ref(self, at: int, end: int) -> int:
        found = _FOOTNOTE.match(self.text, at, end)
        if found is None:
            return -1
        self.opaque.append((at, found.end()))
        if not found[1].startswith("^"):
            source = self.view.source
            self.found.footnote_refs.append(Footnote(source(at), source(found.end()), found[1]))
        return found.end()

    def _inline_note(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        """Read ``^[text]``: brackets pair up, but not inside code."""
        balance = fence = 0
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
        self.lookahead -= min(end, limit) - at
        return -1

    def _strong(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        text = self.text
        mark = text[at]
        if not text.startswith(mark, at + 1, end) or self.nothing.get((mark * 2, end), end + 1) <= at:
            return -1
        for found in _STRONG[mark].finditer(text, at + 2, end):
            if text[found.start()] == "\\":
                continue
            close = found.start()
            if is_blank(text, at + 2, close):
                return -1
            if depth < MAX_DEPTH:
                self.read(at + 2, close, depth + 1, out)
            return close + 2
        self.nothing[mark * 2, end] = at
        return -1

    def _emphasis(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        text = self.text
        mark = text[at]
        known = self.nothing.get((mark, end), end + 1)
        run = at + 1
        while run < end and text[run] == mark:
            run += 1
        for found in _EMPHASIS[mark].finditer(text, at + 1, end):
            close = found.start()
            if close >= known and close >= run:
                return -1
            if text[close] == "\\" or found.end() - close == 2:
                continue
            if (close > at + 1 and text[close - 1] == mark) or is_blank(text, at + 1, close):
                return -1
            if mark == "_" and close + 1 < end and _WORD.match(text, close + 1):
                continue
            if depth < MAX_DEPTH:
                self.read(at + 1, close, depth + 1, out)
            return close + 1
        self.nothing[mark, end] = min(known, at)
        return -1

    def _struck(self, at: int, end: int, depth: int, out: list[str] | None) -> int:
        text = self.text
        if not text.startswith("~", at + 1, end) or self.nothing.get(("~~", end), end + 1) <= at:
            return -1
        if at + 2 >= end or text[at + 2] in JS_SPACE:
            return -1
        close = text.find("~~", at + 2, end)
        while close > at + 2 and text[close - 1] in JS_SPACE:
            close = text.find("~~", close + 1, end)
        if close < 0:
            self.nothing["~~", end] = at
            return -1
        if depth < MAX_DEPTH:
            self.read(at + 2, close, depth + 1, out)
        return close + 2

    def _code(self, at: int, end: int, out: list[str] | None) -> int:
        """Read a code span: closed by the next run of as many backticks."""
        text = self.text
        if self.backticks is None:
            self.backticks = {}
            for run in _BACKTICKS.finditer(text, self.start, self.end):
                self.backticks.setdefault(run.end() - run.start(), []).append(run.start())
        opening = _BACKTICKS.match(text, at, end)
        if opening is None or opening.end() == end:
            return -1
        length = opening.end() - at
        closers = self.backticks.get(length, ())
        index = bisect_left(closers, opening.end())
        if index == len(closers) or closers[index] + length > end:
            return -1
        if out is not None:
            content = text[opening.end() : closers[index]]
            if len(content) > 2 and content[0] in " \n" and content[-1] in " \n" and content.strip(" \n"):
                content = content[1:-1]
            out.append(content)
        return self._dead(at, closers[index] + length, "code")

    def _math(self, at: int, end: int, out: list[str] | None) -> int:
        """Read ``$…$`` or ``$$…$$`` in a line: no space inside the marks, no digit behind."""
        text = self.text
        is_double = text.startswith("$", at + 1, end)
        mark = "$$" if is_double else "$"
        content = at + len(mark)
        if text[content : content + 1] in (" ", "\t") and content < end:
            return -1
        if self.nothing.get((mark, end), end + 1) <= at:
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
            return self._dead(at, close + len(mark), "math")
        self.nothing[mark, end] = at
        return -1

    def _angle(self, at: int, end: int, out: list[str] | None) -> int:
        """Read an autolink or an HTML tag."""
        text, reader = self.text, self.reader
        if not self._has(">", at, end):
            return -1
        if not reader.is_in_link and at >= self.nothing.get(("autolink", end), -1):
            head = _AUTOLINK_HEAD.match(text, at, end)
            tail = _AUTOLINK_TAIL.match(text, head.end(), end) if head else None
            if tail is not None:
                self.opaque.append((at, tail.end()))
                if out is not None:
                    out.append(text[at + 1 : tail.end() - 1])
                return tail.end()
            if head is not None:
                self.nothing["autolink", end] = head.end()
        if text.startswith("?", at + 1) and not self._has("?>", at, end):
            return -1
        if text.startswith("![", at + 1) and not self._has("]]>", at, end):
            return -1
        found = _HTML.match(text, at, end)
        if found is None:
            return -1
        tag = found[0][:4].lower()
        if not reader.is_in_link and tag.startswith("<a "):
            reader.is_in_link = True
        elif reader.is_in_link and tag == "</a>":
            reader.is_in_link = False
        return self._dead(at, found.end(), "html")

    def _has(self, mark: str, at: int, end: int) -> bool:
        """Return whether ``mark`` is anywhere in ``text[at:end]``; what is not there is searched once."""
        if self.nothing.get((mark, end), end + 1) <= at:
            return False
        if self.text.find(mark, at, end) >= 0:
            return True
        self.nothing[mark, end] = at
        return False

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

    def _email(self, at: int, end: int) -> int:
        found = _EMAIL.match(self.text, at, end)
        if found is None:
            return -1
        domain = found[1]
        dot = domain.find(".")
        if dot < 0 or dot == len(domain) - 1 or domain[-1] in "-_":
            return -1
        return found.end() - (domain[-1] == ".")

    def _url(self, at: int, end: int) -> int:
        """Read a bare address; return where it ends, -1 when there is none."""
        text = self.text
        if text[at : at + 1] not in ("h", "w", "H"):
            return -1
        scheme = _URL.match(text, at, end)
        if scheme is None:
            return -1
        domain = _DOMAIN.match(text, scheme.end(), end)
        if domain is None:
            return -1
        domain_end, parts = domain.end(), domain[0].split(".")
        if text.startswith(".", domain_end, end) and domain_end + 1 < end and text[domain_end + 1] != ".":
            domain_end += 1
            parts.append("")
        if len(parts) < 2 or "_" in "".join(parts[-2:]):
            return -1
        path = _URL_PATH.match(text, domain_end, end)
        path_end = path.end() if path else domain_end
        stop = domain_end + len(text[domain_end:path_end].rstrip("!*,.:?_~"))
        if text[stop - 1] == ")":
            surplus = text.count(")", domain_end, stop) - text.count("(", domain_end, stop)
            while surplus > 0:
                stop = text.rindex(")", domain_end, stop)
                surplus -= 1
        if text[stop - 1] == ";":
            stop -= 1
            entity = stop
            while text[entity - 1 : entity].isascii() and text[entity - 1 : entity].isalpha():
                entity -= 1
            if entity < stop and text[entity - 1] == "&":
                stop = entity - 1
        self.opaque.append((at, stop))
        return stop


def _has_bracket(text: str, start: int, end: int) -> bool:
    """Return whether an opening bracket without a backslash is in ``text[start:end]``."""
    if text.find("[", start, end) < 0:
        return False
    return any(found[0] == "[" for found in _BRACKET.finditer(text, start, end))


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: found[1] if found[1] in _ESCAPABLE else found[0], text, flags=re.DOTALL)


def _decoded(text: str) -> str:
    return unescape(text) if "&" in text else text
