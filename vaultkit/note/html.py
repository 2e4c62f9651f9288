"""Patterns of HTML in Markdown: what begins and ends a block of it, and what a tag in a line is."""

from __future__ import annotations

import re

from vaultkit.note.whitespace import JS_SPACE_IN_LINE

_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hgroup|hr|html|iframe|legend|"
    "li|link|main|menu|menuitem|meta|nav|noframes|ol|optgroup|option|p|param|pre|section|source|title|summary|table|"
    "tbody|td|tfoot|th|thead|tr|track|ul"
)
_ATTRIBUTE = r"""(?:\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\s*=\s*(?:[^"'=<>`\x00-\x20]+|'[^']*'|"[^"]*"))?)"""
_TAG = rf"<[A-Za-z][A-Za-z0-9-]*{_ATTRIBUTE}*\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>"
_START = (
    rf"(?i:(?P<raw><(?:script|pre|style)(?=\s|>|\Z))|(?P<comment><!--)|(?P<instruction><\?)"
    rf"|(?P<declaration><![A-Za-z])|(?P<cdata><!\[CDATA\[)|(?P<element></?(?:{_NAMES})(?=\s|/?>|\Z)))"
)

# The start of a block that interrupts a paragraph; the group that matched names its kind.
BLOCK_START = re.compile(_START)
# The same without groups, for use inside other patterns.
BLOCK_START_PATTERN = re.sub(r"\?P<\w+>", "?:", _START)
# What ends each kind; "element" and a tag alone on its line end at an empty line.
BLOCK_END = {
    "raw": re.compile(r"</(?:script|pre|style)>", re.IGNORECASE),
    "comment": re.compile(r"-->"),
    "instruction": re.compile(r"\?>"),
    "declaration": re.compile(r">"),
    "cdata": re.compile(r"\]\]>"),
}
TAG_ALONE = re.compile(rf"(?:{_TAG})[{JS_SPACE_IN_LINE}]*(?=\n|\Z)")
INLINE = re.compile(
    rf"{_TAG}|<!---->|<!--(?:-?[^>-])(?:-?[^-])*-->|<\?[^\n\r\u2028\u2029]*?\?>|<![A-Za-z]+\s+[^>]*>"
    r"|<!\[CDATA\[[\s\S]*?\]\]>"
)
