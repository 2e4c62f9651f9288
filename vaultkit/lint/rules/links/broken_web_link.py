"""A web link that is none: ``[t] (url)``, ``[t](<url`` without its end, or a raw space in the address.

Why:     Obsidian shows the brackets as text; of the address at most a part can be clicked.
Fix:     removes the space before the parenthesis, closes it, or writes ``%20``. Unsafe.
Source:  CommonMark 0.31, links and link destinations.
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
from vaultkit.text import Edit

CODE = "LK014"
SEVERITY = "warning"
BAD = {"a.md": "See [the paper] (https://example.org)."}
GOOD = {"a.md": "See [the paper](https://example.org), [1] (https://example.org) and [x](<https://example.org/a b>)."}

_TEXT = r"(?<![\[\\])!?\[(?P<text>[^\[\]\n]{0,300})\]"
_APART = re.compile(rf"{_TEXT}(?P<gap>[ \t]{{1,3}})\((?P<url>https?://[^()\s]+)\)")
_OPEN = re.compile(rf"{_TEXT}\((?P<angle><?)(?P<url>https?://[^()\s<>\"|]+)(?P<rest>[^\n]*)")
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
    for match in _OPEN.finditer(text):
        if _is_alive(match, silent, known):
            yield from _open(note, text, match)


def _is_alive(match: re.Match[str], silent: Spans, known: set[int]) -> bool:
    return silent.end_around(match.start()) < 0 and match.start() not in known


def _is_label(text: str, match: re.Match[str]) -> bool:
    """The brackets hold words: no citation number, footnote, task, callout or name of a definition."""
    label = match["text"].strip()
    if len(label) < 2 or label.isdigit() or label[0] in "^!@" or not any(map(str.isalpha, label)):
        return False
    return re.search(rf"^[ ]{{0,3}}\[{re.escape(label)}\]:", text, re.MULTILINE | re.IGNORECASE) is None


def _open(note: Note, text: str, match: re.Match[str]) -> Iterator[Fault]:
    """A destination that is not closed, or closed only behind a space."""
    rest = match["rest"]
    nested = _BALANCED.match(rest)
    if nested is not None:
        rest = rest[nested.end() :]
    start = match.end() - len(rest)
    if match["angle"]:
        if ">" not in rest:
            stop = start + (rest.index(")") if rest.startswith(")") else 0)
            fix = Fix("close the address", (Edit(stop, stop, ">" if rest.startswith(")") else ">)"),), is_safe=False)
            yield _fault(note, match, start, f"address without its closing `>`: `{_shown(text, match, start)}`", fix)
        return
    if rest.startswith(")") or _TITLE.match(rest):
        return
    spaced = _SPACED.match(rest)
    if spaced is not None:
        more = spaced["more"].strip()
        end = start + spaced.end()
        at = start + spaced.start("more")
        words = text[at : at + len(spaced["more"].rstrip())]
        encoded = words.replace(" ", "%20").replace("\t", "%20")
        is_size = more.startswith("=")  # of a picture, as other programs write it
        encode = None if is_size else Fix("write %20", (Edit(at, at + len(words), encoded),), is_safe=False)
        yield _fault(note, match, end, f"space in the address `{match['url']}{words}`: write `%20`", encode)
    elif ")" not in rest and (not rest or rest[0] in " \t\r"):
        fix = Fix("close the parenthesis", (Edit(start, start, ")"),), is_safe=False)
        yield _fault(note, match, start, f"link without its closing `)`: `{_shown(text, match, start)}`", fix)


def _shown(text: str, match: re.Match[str], end: int) -> str:
    return text[match.start() : end]


def _fault(note: Note, match: re.Match[str], end: int, message: str, fix: Fix | None) -> Fault:
    return Fault(
        match.start(), end, message + "; shown as text", match["url"], fix, (), severity_at(note, match.start())
    )
