"""Obsidian's search syntax over notes.

Words (all must be there), ``OR``, ``-``, parentheses, "quotes", /regular expressions/, and the
operators file path content tag line block section task task-todo task-done match-case ignore-case,
and [property], [property:value], [property:null]. A word matches anywhere in the text or in the
file's path, case does not count. Source: Obsidian Help, "Search" (R106).

Properties of a note are part of its text. What is searched is written in NFC first, so that the
two spellings of "é" are one.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.base.javascript_regex import python_pattern
from vaultkit.base.patterns import UnboundedError, compile_quick
from vaultkit.base.record import record
from vaultkit.base.text import line_of
from vaultkit.query.metadata import note_tags, property_value
from vaultkit.query.search_scope import SCOPES, SearchDocument, SearchScope, Span
from vaultkit.vault.resolve import fold

_OPERATORS = frozenset((*SCOPES, "tag", "match-case", "ignore-case"))

# None: no match. A list: a match, and where in the page's text it is.
Matcher = Callable[[SearchScope], list[Span] | None]


@record
class FoundLine:
    """A line of a note with a match. line: from 1."""

    file: str
    line: int
    text: str


def compile_query(query: str, *, match_case: bool = False) -> Matcher:
    """The query as a function over a scope.

    Raises:
        VaultkitError: the query cannot be read.
    """
    parser = _Parser(unicodedata.normalize("NFC", query))
    if not parser.tokens:
        raise VaultkitError("query: empty; say what to look for, such as query=word")
    try:
        found = parser.either(match_case)
    except RecursionError:
        raise VaultkitError("query: its parentheses are nested too deeply") from None
    if parser.at < len(parser.tokens):
        raise VaultkitError(f"query: unexpected {parser.tokens[parser.at][1]!r}; check the parentheses")
    return found


def asks_for_files(query: str) -> bool:
    """Return whether the query has ``file:`` or ``path:``, which match any file, not only notes and canvases."""
    return any(kind == "op" and value.lower() in ("file", "path") for kind, value in _Parser(query).tokens)


def matches(matcher: Matcher, page: SearchDocument) -> list[Span] | None:
    """Where the page matches: None when it does not, an empty list when only its name or properties do."""
    return matcher(SearchScope(page, 0, len(page.text), True))


def found_lines(page: SearchDocument, spans: list[Span]) -> list[FoundLine]:
    """The lines in which matches begin, each once."""
    starts = page.note.line_starts
    lines = sorted({line_of(starts, start) for start, _ in spans})
    texts = page.text.split("\n")
    return [FoundLine(page.path, line + 1, texts[line].rstrip("\r")) for line in lines]


_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\()|(?P<close>\))
        |(?P<minus>-)(?=\S)
        |(?P<op>[A-Za-z][A-Za-z-]*):(?=\S)
        |"(?P<quoted>(?:[^"\\]|\\.)*)"
        |/(?P<regex>(?:[^/\\\n]|\\.)+)/
        |\[(?P<prop>[^\[\]]+)\]
        |(?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)


class _Parser:
    """Recursive descent over the tokens of a query; lives for one call."""

    def __init__(self, query: str) -> None:
        self.names_tags = False
        self.tokens: list[tuple[str, str]] = []
        self.at = 0
        position = 0
        query = query.rstrip()
        while position < len(query):
            token = _TOKEN.match(query, position)
            if token is None:
                raise VaultkitError(f"query: cannot read {query[position:].strip()!r}; close the quotes")
            kind = token.lastgroup or ""
            value = token[kind]
            if kind == "op" and value.lower() not in _OPERATORS:
                if re.match(r"\s*https?://", query[position:]):
                    kind = "word"
                    end = re.compile(r"[^\s()\"]+").match(query, token.start("op"))
                    assert end is not None
                    value, position = end[0], end.end()
                    self.tokens.append((kind, value))
                    continue
                raise VaultkitError(f'query: there is no operator "{value}:"; put the text in quotes to search for it')
            if (
                kind == "word"
                and value.endswith(":")
                and value[:-1].lower() in _OPERATORS
                and query[token.end() :].strip()
            ):
                kind, value = "op", value[:-1]  # a space behind the colon
            self.tokens.append(("or", "OR") if kind == "word" and value == "OR" else (kind, value))
            position = token.end()

    def either(self, case: bool) -> Matcher:
        """Terms between OR."""
        choices = [self.every(case)]
        while self.peek() == "or":
            self.at += 1
            choices.append(self.every(case))
        if len(choices) == 1:
            return choices[0]

        def match(scope: SearchScope) -> list[Span] | None:
            found = [spans for choice in choices if (spans := choice(scope)) is not None]
            return [span for spans in found for span in spans] if found else None

        return match

    def every(self, case: bool) -> Matcher:
        """Terms side by side."""
        terms: list[Matcher] = []
        while self.peek() not in ("", "or", "close"):
            terms.append(self.term(case))
        if not terms:
            raise VaultkitError("query: a term is missing beside OR or in parentheses")
        if len(terms) == 1:
            return terms[0]

        def match(scope: SearchScope) -> list[Span] | None:
            found: list[Span] = []
            for term in terms:
                spans = term(scope)
                if spans is None:
                    return None
                found += spans
            return found

        return match

    def term(self, case: bool) -> Matcher:
        """One term with what binds to it."""
        if self.peek() == "":
            raise VaultkitError("query: it ends where a term is expected")
        kind, value = self.tokens[self.at]
        self.at += 1
        if kind == "minus":
            inner = self.term(case)
            return lambda scope: [] if inner(scope) is None else None
        if kind == "open":
            inner = self.either(case)
            if self.peek() != "close":
                raise VaultkitError("query: a parenthesis is not closed")
            self.at += 1
            return inner
        if self.names_tags and kind in ("word", "quoted"):
            return _tag(value)
        if kind == "op":
            return self.scoped(value.lower(), case)
        if kind == "prop":
            return _property(value, case)
        if kind == "regex":
            return _pattern(value, case, is_regex=True)
        if kind == "quoted":
            return _pattern(re.sub(r"\\(.)", r"\1", value), case)
        if kind == "word":
            return _pattern(value, case)
        raise VaultkitError(f"query: unexpected {value!r}; check the parentheses")

    def scoped(self, name: str, case: bool) -> Matcher:
        """``name:`` with the term behind it."""
        if name == "tag":
            if self.peek() not in ("word", "quoted", "open"):
                raise VaultkitError("query: tag: needs the name of a tag")
            before, self.names_tags = self.names_tags, True
            inner = self.term(case)
            self.names_tags = before
            return inner
        if name in ("match-case", "ignore-case"):
            return self.term(name == "match-case")
        inner = self.term(case)
        scopes = SCOPES[name]

        def match(scope: SearchScope) -> list[Span] | None:
            found = [spans for part in scopes(scope) if (spans := inner(part)) is not None]
            return [span for spans in found for span in spans] if found else None

        return match

    def peek(self) -> str:
        """Kind of the next token; "" at the end."""
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""


def _pattern(text: str, case: bool, *, is_regex: bool = False) -> Matcher:
    try:
        flags = re.MULTILINE | (0 if case else re.IGNORECASE)
        pattern = compile_quick(python_pattern(text, "m"), flags) if is_regex else re.compile(re.escape(text), flags)
    except UnboundedError as error:
        raise VaultkitError(f"query: /{text}/ is not searched for: {error}") from error
    except re.error as error:
        raise VaultkitError(f"query: /{text}/ is no regular expression ({error})") from error

    def match(scope: SearchScope) -> list[Span] | None:
        if scope.other is not None:
            return [] if pattern.search(scope.other) else None
        spans = [found.span() for found in pattern.finditer(scope.page.text, scope.start, scope.end)]
        if not spans and not (scope.is_whole and pattern.search(scope.page.path)):
            return None
        return spans

    return match


def _tag(name: str) -> Matcher:
    wanted = fold("#" + name.lstrip("#"))

    def match(scope: SearchScope) -> list[Span] | None:
        if not scope.page.path.lower().endswith(".md"):  # the help: "ignores matches in non-Markdown content"
            return None
        carried = [fold(tag) for tag in note_tags(scope.page.note)]
        return [] if any(tag == wanted or tag.startswith(wanted + "/") for tag in carried) else None

    return match


class _ValueParser(_Parser):
    """A sub-query about a property's name or value: quotes are exact, and ``<`` and ``>`` compare."""

    def term(self, case: bool) -> Matcher:
        """One term with what binds to it."""
        kind, value = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind == "quoted":
            self.at += 1
            return _exact(re.sub(r"\\(.)", r"\1", value), case)
        compared = re.fullmatch(r"(<=?|>=?)(.*)", value) if kind == "word" else None
        if compared is not None:
            self.at += 1
            bound = compared[2]
            if not bound and self.peek() in ("word", "quoted"):
                bound = self.tokens[self.at][1]
                self.at += 1
            return _compared(compared[1], bound)
        return super().term(case)


def _sub_query(text: str, case: bool) -> Matcher:
    parser = _ValueParser(text)
    if not parser.tokens:
        raise VaultkitError("query: a property has an empty sub-query; write [property] or [property:value]")
    found = parser.either(case)
    if parser.at < len(parser.tokens):
        raise VaultkitError(f"query: unexpected {parser.tokens[parser.at][1]!r} in [{text}]; check the parentheses")
    return found


def _exact(text: str, case: bool) -> Matcher:
    wanted = text if case else text.casefold()
    return lambda scope: [] if (scope.other if case else (scope.other or "").casefold()) == wanted else None


def _compared(sign: str, bound: str) -> Matcher:
    """A comparison of numbers, or of dates and other texts of one form."""
    compare = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}[sign]

    def match(scope: SearchScope) -> list[Span] | None:
        text = (scope.other or "").strip()
        try:
            holds = compare(float(text), float(bound))
        except ValueError:
            if not (_DATE.match(text) and _DATE.match(bound)):
                return None
            holds = compare(text, bound)
        return [] if holds else None

    return match


_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d|\Z)", re.ASCII)
# What makes the text of a name or value a sub-query, and not just words.
_SUB_QUERY = re.compile(r"(?:^|\s)OR(?:\s|$)|[()\"]|^\s*[-/<>]")


def _property(written: str, case: bool) -> Matcher:
    """``[name]`` or ``[name:value]``; both may be sub-queries. Source: Obsidian Help, "Search properties"."""
    name, colon, value = _parted(written)
    is_plain = not _SUB_QUERY.search(name)
    names = None if is_plain else _sub_query(name, case)
    inner = _sub_query(value, case) if _SUB_QUERY.search(value) else _pattern(value, case) if value else None

    def holds(scope: SearchScope, found: Any) -> bool:
        if value == "null":
            return found is None
        texts = ["" if one is None else str(one) for one in (found if isinstance(found, list) else [found])]
        if isinstance(found, bool):
            texts = [str(found).lower()]
        return inner is None or any(inner(SearchScope(scope.page, 0, 0, False, text)) is not None for text in texts)

    def match(scope: SearchScope) -> list[Span] | None:
        note = scope.page.note
        if names is None:
            has, found = property_value(note, name)
            values = [found] if has else []
        else:
            values = [
                one
                for key, one in note.properties.items()
                if names(SearchScope(scope.page, 0, 0, False, key)) is not None
            ]
        return [] if values and (not colon or any(holds(scope, one) for one in values)) else None

    return match


def _parted(written: str) -> tuple[str, str, str]:
    """Name, colon and value; a colon in quotes or slashes is none."""
    match = re.match(r"((?:\"(?:[^\"\\]|\\.)*\"|/(?:[^/\\]|\\.)+/|[^:\"/]|/)*)(:?)(.*)", written, re.DOTALL)
    assert match is not None
    name = match[1].strip()
    if re.fullmatch(r"\"[^\"]*\"", name):
        name = name.strip('"')
    return name, match[2], match[3].strip()
