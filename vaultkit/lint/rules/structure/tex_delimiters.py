r"""Math between ``\( \)`` or ``\[ \]``, or ``\begin{align}`` without ``$$``, which Obsidian shows as text.

Why:     Obsidian renders ``$…$`` and ``$$…$$`` only. Chat models and web pages use other delimiters, so
         pasted formulas are shown as raw TeX.
Fix:     writes ``$`` and ``$$``. Unsafe: a plugin may render the other delimiters.
Source:  Obsidian Help, "Advanced formatting syntax", math; CommonMark 0.31, backslash escapes.

One finding per note. Escaped brackets in prose, such as ``\[15\]``, are not reported: the text between the delimiters
must look like a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit
from vaultkit.lint.facts.prose import dead_spans
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST012"
SEVERITY = "warning"
BAD = {"a.md": "The loss is \\(L = \\sum_i l_i\\)."}
GOOD = {"a.md": "The loss is $L = \\sum_i l_i$. See \\[15\\] and \\(above\\)."}

_MATH = lazy_pattern(
    r"(?<!\\)\\\((?P<inline>[^\n]{1,300}?)(?<!\\)\\\)"
    r"|(?<!\\)\\\[(?P<block>(?:(?!\n[ \t>]*\r?\n|\\\[)[\s\S]){1,3000}?)(?<!\\)\\\]"
    r"|(?<![\\$])\\begin\{(?P<name>(?:equation|align|aligned|gather|multline|eqnarray|cases|[pbvB]?matrix)\*?)\}"
    r"(?P<body>(?:(?!\n[ \t>]*\r?\n)[^$]){1,3000}?)\\end\{(?P=name)\}(?!\$)"
)
_COMMAND = lazy_pattern(r"\\[A-Za-z]{2,}")
_SCRIPT = lazy_pattern(
    r"[\w)\]}]\s?\^\s?(?:[{(\\]|-?[\w*+])|(?:(?<![A-Za-z])[A-Za-z]|[)\]}]|\d)\s?_\s?(?:[{(\\]|[A-Za-z0-9](?![A-Za-z]{2}))"
)
_WORD = lazy_pattern(r"[^\W\d_]+")
_ONLY_SIGNS = lazy_pattern(r"[A-Za-zα-ωΑ-Ω0-9\s=+\-*/<>≤≥≠≈∈∑∏∂∞×·→.,:;|()'!^_{}]+")
_FUNCTIONS = frozenset("sin cos tan log ln exp max min lim mod det gcd dx dy dt".split())
_OPERATOR = lazy_pattern(r"[=<>+*/≤≥≠≈∈→]|\b[A-Za-z]\(")
_ITEM = lazy_pattern(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?")
_VARIABLE = lazy_pattern(r"[A-Za-zα-ωΑ-Ω]'*|-?\d+(?:\.\d+)?")
_SHOWN = 40


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report the first formula of the note, with the number of the others."""
    if "\\(" not in text and "\\[" not in text and "\\begin{" not in text:
        return
    silent = dead_spans(note)
    found = [
        match
        for match in _MATH.finditer(text)
        if silent.end_around(match.start()) < 0 and silent.end_around(match.end() - 1) < 0
    ]
    found = [match for match in found if _is_formula(match) or _is_variable(text, match)]
    if not any(map(_is_formula, found)):
        return  # a lone letter is as often an item or "(c)"
    first, more = found[0], len(found) - 1
    shown = " ".join(first[0].split())
    shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
    others = f"; the same in {more} more formula{'s' if more > 1 else ''} of this note" if more else ""
    edits = tuple(edit for match in found for edit in _edits(text, match))
    fix = Fix("write `$` and `$$`", edits, is_safe=False) if edits else None
    message = f"unsupported math delimiters: `{shown}` is shown as text{others}"
    yield Violation(first.start(), first.end(), message, shown, fix, help="write `$…$` or `$$…$$`")


def _content(match: re.Match[str]) -> str:
    return next(match[part] for part in ("inline", "block", "body") if match[part] is not None)


def _is_formula(match: re.Match[str]) -> bool:
    """A command, an index or power, or letters with an operator between them."""
    if match["body"] is not None:
        return _is_alone(match)
    content = _content(match)
    if not content.strip() or "](" in content or "[[" in content:
        return False
    if _COMMAND.search(content) or _SCRIPT.search(content):
        return True
    words = [word for word in _WORD.findall(content) if word not in _FUNCTIONS]
    if not words or not _ONLY_SIGNS.fullmatch(content) or any(len(word) > 1 for word in words):
        return False
    return _OPERATOR.search(content) is not None


def _is_alone(match: re.Match[str]) -> bool:
    """The environment begins its line, and no dollar is near that was meant to open it, which unclosed-block reports."""
    text, start = match.string, match.start()
    line = text.rfind("\n", 0, start) + 1
    above = text.rfind("\n", 0, max(line - 1, 0)) + 1
    return not text[line:start].strip(" \t>") and "$" not in text[above:start]


def _is_variable(text: str, match: re.Match[str]) -> bool:
    """A lone letter or number in a sentence, not in front of an item or at the end of a word."""
    if match["inline"] is None or _VARIABLE.fullmatch(match["inline"].strip()) is None:
        return False
    start = match.start()
    line = text.rfind("\n", 0, start) + 1
    return _ITEM.fullmatch(text, line, start) is None and not text[start - 1 : start].isalnum()


def _edits(text: str, match: re.Match[str]) -> list[Edit]:
    """The two delimiters, with the spaces inside that ``$`` does not allow; none where a dollar or a digit is in the way."""
    content = _content(match)
    start, end = match.span()
    if "$" in content or text[start - 1 : start] == "$" or text[end : end + 1] == "$":
        return []
    if match["body"] is not None:
        return [Edit(start, start, "$$"), Edit(end, end, "$$")]
    if match["inline"] is None:
        return [Edit(start, start + 2, "$$"), Edit(end - 2, end, "$$")]
    if text[end : end + 1].isdigit():
        return []
    lead, tail = len(content) - len(content.lstrip()), len(content) - len(content.rstrip())
    return [Edit(start, start + 2 + lead, "$"), Edit(end - 2 - tail, end, "$")]
