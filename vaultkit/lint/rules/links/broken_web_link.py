"""A web link that is none: ``[t] (url)``, ``[t](<url`` without its end, or a raw space in the address.

Why:     Obsidian shows the brackets as text; of the address at most a part can be clicked.
Fix:     removes the space before the parenthesis, closes it, or writes ``%20``. Unsafe.
Source:  CommonMark 0.31, links and link destinations.

Spaces in addresses are reported once a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.lint.finding import Fault, Fix
from vaultkit.lint.rule import note_rule
from vaultkit.lint.rules._links import severity_at
from vaultkit.lint.rules._prose import dead_spans
from vaultkit.note.inline import Spans
from vaultkit.note.model import Note
from vaultkit.record import changed
from vaultkit.text import Edit

CODE = "LK014"
SEVERITY = "warning"
BAD = {"a.md": "See [the paper] (https://example.org)."}
GOOD = {"a.md": "See [the paper](https://example.org), [1] (https://example.org) and [x](<https://example.org/a b>)."}

_TEXT = r"(?<![\[\\])!?\[(?P<text>[^\[\]\n]{0,300})\]"
_APART = re.compile(rf"{_TEXT}(?P<gap>[ \t]{{1,3}})\((?P<url>https?://[^()\s]+)\)")
_OPEN = re.compile(rf"{_TEXT}\((?P<angle><?)(?P<url>https?://[^()\s<>\"|]+)(?=(?P<rest>[^\n]*))")
_SPACED = re.compile(r"(?P<more>[ \t]+[^()<>\n\"]*(?:\([^()\n]*\)[^()<>\n\"]*)?)\)")
_TITLE = re.compile(r"""[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\))[ \t]*\)""")
_BALANCED = re.compile(r"\([^()\s]*\)[^()\s]*")


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Fault]:
    """Report what looks like a Markdown link to the web and is none."""
    if "](" not in text and "] (" not in text and "]\t(" not in text:
        return
    silent = dead_spans(note)
    known = {link.start for link in note.external_links} | {link.start for link in note.links}
    for match in _APART.finditer(text):
        if _is_alive(match, silent, known) and _is_label(text, match):
            good = f"[{match['text']}]({match['url']})"
            fix = Fix("remove the space", (Edit(*match.span("gap"), ""),), is_safe=False)
            yield _fault(note, match, match.end(), f"space between `]` and `(`: write `{good}`", fix)
    spaced: list[Fault] = []
    for match in _OPEN.finditer(text):
        if _is_alive(match, silent, known):
            fault = _spaced(note, text, match)
            if fault is not None:
                spaced.append(fault)
            else:
                yield from _open(note, text, match)
    if spaced:
        more = len(spaced) - 1
        others = (
            f"; so {'are' if more > 1 else 'is'} {more} more link{'s' if more > 1 else ''} of this note" if more else ""
        )
        edits = tuple(edit for fault in spaced if fault.fix is not None for edit in fault.fix.edits)
        encode = Fix("write %20", edits, is_safe=False) if edits else None
        yield changed(spaced[0], message=spaced[0].message + others, fix=encode)


def _is_alive(match: re.Match[str], silent: Spans, known: set[int]) -> bool:
    return silent.end_around(match.start()) < 0 and match.start() not in known


def _is_label(text: str, match: re.Match[str]) -> bool:
    """The brackets hold words: no citation number, footnote, task, callout or name of a definition."""
    label = match["text"].strip()
    if len(label) < 2 or label.isdigit() or label[0] in "^!@" or not any(map(str.isalpha, label)):
        return False
    return re.search(rf"^[ ]{{0,3}}\[{re.escape(label)}\]:", text, re.MULTILINE | re.IGNORECASE) is None


def _rest(match: re.Match[str]) -> str:
    """What follows the address, without parentheses inside it."""
    nested = _BALANCED.match(match["rest"])
    return match["rest"][nested.end() :] if nested is not None else match["rest"]


def _spaced(note: Note, text: str, match: re.Match[str]) -> Fault | None:
    """A destination that is closed only behind a space; None for others, and for one with a title."""
    rest = _rest(match)
    found = _SPACED.match(rest) if not match["angle"] and not _TITLE.match(rest) else None
    if found is None:
        return None
    words = found["more"].rstrip()
    at = match.end() + len(match["rest"]) - len(rest)
    fix = None
    if not words.lstrip().startswith("="):  # the size of a picture, as other programs write it
        encoded = words.replace(" ", "%20").replace("\t", "%20")
        fix = Fix("write %20", (Edit(at, at + len(words), encoded),), is_safe=False)
    return _fault(
        note,
        match,
        at + found.end(),
        f"space in the address `{text[match.start('url') : at]}{words}`: write `%20`",
        fix,
    )


def _open(note: Note, text: str, match: re.Match[str]) -> Iterator[Fault]:
    """A destination that is not closed."""
    rest = _rest(match)
    start = match.end() + len(match["rest"]) - len(rest)
    shown = text[match.start() : start]
    if match["angle"]:
        if ">" not in rest:
            stop = start + (rest.index(")") if rest.startswith(")") else 0)
            fix = Fix("close the address", (Edit(stop, stop, ">" if rest.startswith(")") else ">)"),), is_safe=False)
            yield _fault(note, match, start, f"address without its closing `>`: `{shown}`", fix)
    elif ")" not in rest and (not rest or rest[0] in " \t\r"):
        fix = Fix("close the parenthesis", (Edit(start, start, ")"),), is_safe=False)
        yield _fault(note, match, start, f"link without its closing `)`: `{shown}`", fix)


def _fault(note: Note, match: re.Match[str], end: int, message: str, fix: Fix | None) -> Fault:
    return Fault(
        match.start(), end, message + "; shown as text", match["url"], fix, (), severity_at(note, match.start())
    )
