"""An invalid web link: ``[t] (url)``, an unclosed ``[t](<url``, or an unescaped space in the URL.

Why:     Obsidian shows the brackets as text, and the URL is not clickable or only in part.
Fix:     removes the space before the parenthesis, closes it, or puts the URL between ``<`` and ``>``. Unsafe.
Source:  CommonMark 0.31, links and link destinations.

Spaces in URLs are reported once per note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import changed
from vaultkit.base.text import Edit
from vaultkit.lint.facts.links import severity_at
from vaultkit.lint.facts.prose import dead_spans
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "LK014"
SEVERITY = "warning"
BAD = {"a.md": "See [the paper] (https://example.org)."}
GOOD = {"a.md": "See [the paper](https://example.org), [1] (https://example.org) and [x](<https://example.org/a b>)."}

_URL = r"https?://[^()\s<>\"|]*+"
_APART = lazy_pattern(r"\](?P<gap>[ \t]{1,3})\((?P<url>https?://[^()\s]+)\)")
# What is closed at once, as nearly all are, is passed over.
_OPEN = lazy_pattern(rf"\]\((?:(?P<plain>{_URL})(?!\))|<(?P<angled>{_URL})(?!>))")
_LABEL = lazy_pattern(r"(?<![\[\\])!?\[(?P<text>[^\[\]\n]{0,300})\Z")
_SPACED = lazy_pattern(r"(?P<more>[ \t]+[^()<>\n\"]*(?:\([^()\n]*\)[^()<>\n\"]*)?)\)")
_TITLE = lazy_pattern(r"""[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\))[ \t]*\)""")
_BALANCED = lazy_pattern(r"\([^()\s]*\)[^()\s]*")


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report text that looks like a Markdown link to the web but is not a link."""
    if "](" not in text and "] (" not in text and "]\t(" not in text:
        return
    found = [*_APART.finditer(text), *_OPEN.finditer(text)]
    if not found:
        return
    silent = dead_spans(note)
    known = {link.start for link in note.external_links} | {link.start for link in note.links}
    spaced: list[Violation] = []
    for match in found:
        label = _label_before(text, match.start())
        if label is None or label.start() in known or silent.end_around(label.start()) >= 0:
            continue
        if "gap" in match.re.groupindex:
            if _is_label(text, label["text"].strip()):
                fix = Fix("remove the space", (Edit(*match.span("gap"), ""),), is_safe=False)
                good = f"{label[0]}]({match['url']})"
                message = "space between `]` and `(` of a link"
                yield _fault(note, label.start(), match.end(), match["url"], message, fix, f"write `{good}`")
        elif (fault := _spaced(note, text, label.start(), match)) is not None:
            spaced.append(fault)
        else:
            yield from _open(note, text, label.start(), match)
    if spaced:
        yield _together(spaced)


def _together(spaced: list[Violation]) -> Violation:
    """The first of the findings, with the number and the edits of all."""
    more = len(spaced) - 1
    others = f"; the same in {more} more link{'s' if more > 1 else ''} of this note" if more else ""
    edits = tuple(edit for fault in spaced if fault.fix is not None for edit in fault.fix.edits)
    fix = Fix("wrap the URL in `< >`", edits, is_safe=False) if edits else None
    return changed(spaced[0], message=spaced[0].message + others, fix=fix)


def _label_before(text: str, end: int) -> re.Match[str] | None:
    """The brackets that end at ``end``."""
    start = max(text.rfind("\n", 0, end) + 1, end - 304)
    opening = text.rfind("[", start, end)
    return _LABEL.search(text, max(opening - 1, 0), end) if opening >= 0 else None


def _is_label(text: str, label: str) -> bool:
    """The brackets hold words: no citation number, footnote, task, callout or name of a definition."""
    if len(label) < 2 or label.isdigit() or label[0] in "^!@" or not any(map(str.isalpha, label)):
        return False
    return re.search(rf"^[ ]{{0,3}}\[{re.escape(label)}\]:", text, re.MULTILINE | re.IGNORECASE) is None


def _rest(text: str, match: re.Match[str]) -> tuple[int, str]:
    """Where the address ends, parentheses inside it left out, and what follows on its line."""
    newline = text.find("\n", match.end())
    rest = text[match.end() : newline if newline >= 0 else len(text)]
    nested = _BALANCED.match(rest)
    skipped = nested.end() if nested is not None else 0
    return match.end() + skipped, rest[skipped:]


def _spaced(note: Note, text: str, start: int, match: re.Match[str]) -> Violation | None:
    """A destination that is closed only behind a space; None for others, and for one with a title."""
    at, rest = _rest(text, match)
    found = _SPACED.match(rest) if match["plain"] and not _TITLE.match(rest) else None
    if found is None:
        return None
    words = found["more"].rstrip()
    fix = None
    if not words.lstrip().startswith("="):  # the size of a picture, as other programs write it
        edits = Edit(match.start("plain"), match.start("plain"), "<"), Edit(at + len(words), at + len(words), ">")
        fix = Fix("wrap the URL in `< >`", edits, is_safe=False)
    message = f"unescaped space in the URL `{text[match.start('plain') : at]}{words}`"
    return _fault(note, start, at + found.end(), match["plain"], message, fix, "write `<URL>`")


def _open(note: Note, text: str, start: int, match: re.Match[str]) -> Iterator[Violation]:
    """A destination that is not closed."""
    at, rest = _rest(text, match)
    shown = text[start:at]
    if match["angled"]:
        if ">" not in rest:
            stop = at + (rest.index(")") if rest.startswith(")") else 0)
            fix = Fix("close the URL", (Edit(stop, stop, ">" if rest.startswith(")") else ">)"),), is_safe=False)
            yield _fault(note, start, at, match["angled"], f"unclosed `<` in a link: `{shown}`", fix)
    elif ")" not in rest and (not rest or rest[0] in " \t\r"):
        fix = Fix("close the parenthesis", (Edit(at, at, ")"),), is_safe=False)
        yield _fault(note, start, at, match["plain"], f"unclosed `(` in a link: `{shown}`", fix)


def _fault(note: Note, start: int, end: int, about: str, message: str, fix: Fix | None, help_: str = "") -> Violation:
    return Violation(start, end, message + "; shown as text", about, fix, (), severity_at(note, start), help_)
