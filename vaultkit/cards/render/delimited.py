"""Pieces of a text between two signs, found in linear time, where a lazy regular expression looks to the end for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

# Opening sign -> closing sign of Anki's formulas: MathJax, and the two older ways to write LaTeX.
FORMULAS = {r"\(": r"\)", r"\[": r"\]", "[$]": "[/$]", "[$$]": "[/$$]", "[latex]": "[/latex]"}


def replace_delimited(text: str, signs: Mapping[str, str], replace: Callable[[str, str, str], str]) -> str:
    """The text with each piece between two signs replaced; a piece has at least one character.

    replace: (opening sign, text between, closing sign) -> what stands for all three.

    >>> replace_delimited(r"a \\(b\\) \\(c", FORMULAS, lambda opening, inner, closing: f"<{inner}>")
    'a <b> \\\\(c'
    """
    pieces: list[str] = []
    position = 0
    unclosed: set[str] = set()
    opening = re.compile("|".join(map(re.escape, sorted(signs, key=len, reverse=True))))
    at = 0
    while match := opening.search(text, at):
        sign = match[0]
        end = -1 if sign in unclosed else text.find(signs[sign], match.end() + 1)
        if end < 0:
            unclosed.add(sign)
            at = match.end()
            continue
        pieces += text[position : match.start()], replace(sign, text[match.end() : end], signs[sign])
        position = at = end + len(signs[sign])
    return "".join(pieces) + text[position:]
