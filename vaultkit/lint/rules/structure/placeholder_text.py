"""An unfilled placeholder: ``[answer goes here]``, ``{{title}}``, ``<% tp.date.now() %>``.

Why:     readers see the placeholder instead of the content.
Fix:     none: only the author knows the answer.
Options: patterns: further regular expressions for placeholders.

Not reported: notes that explain templates, menu paths (``Settings → [Your Name]``) and names of buttons. Filler
text (``lorem ipsum``) is reported as info.
Source:  real worksheets; Obsidian Help, "Templates"; Templater's commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.lint.facts.option_patterns import expression
from vaultkit.lint.facts.prose import dead_spans
from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "ST001"
SEVERITY = "warning"
BAD = {"a.md": "- What is attention? [answer goes here]"}
GOOD = {"a.md": "- What is attention? A weighted mean of values."}

_FILL_IN = lazy_pattern(
    r"\[(?:[^\[\]\n]{0,40}\bgoes here\b[^\[\]\n]{0,200}"
    r"|(?:insert|enter|add|write|type|put|fill in|your)\b[^\[\]\n]{0,60}\bhere"
    r"|(?:insert|enter|add|write|describe|type|put)\s+(?:\w+\s+){0,3}"
    r"(?:text|answer|description|name|title|content|summary|notes?|definition|example|explanation|image|link|date)"
    r"|(?:your\s+)?(?:text|answer|description|name|title|content|summary|notes?|definition|example|details)\s+here"
    r"|your\s+(?:\w+\s+)?(?:answer|name|text|notes|response)"
    r"|placeholder|fill (?:me )?in|tb[da]|to be (?:determined|added|written|done|filled in)|lorem ipsum)\]",
    re.IGNORECASE,
)
_TEMPLATE = lazy_pattern(
    r"\{\{(?:title|date|time|yesterday|tomorrow|value|name)(?::[^{}\n]{0,40})?\}\}"
    r"|<%[-_*+~]*\s*(?:await\s+)?(?:tp\.|tR\b)[^%\n]{0,200}%>",
    re.IGNORECASE,
)
_LOREM = re.compile(r"\blorem ipsum dolor\b", re.IGNORECASE)
# In a note with one of these words, "{{date}}" explains a template.
_TEMPLATE_WORD = lazy_pattern(
    r"templat|placeholder|vorlage|plantilla|mod[eè]l[eo]|szablon|шаблон|模板|范本|範本|テンプレ|템플릿", re.IGNORECASE
)
_EXPRESSION = lazy_pattern(r"\{\{[^{}\n]*\}\}|<%[^\n]*?%>")
# "[Your name]" in running text speaks to the reader; as a whole line or behind a label it waits for a name.
_OF_READER = lazy_pattern(r"\[your\s+(?:\w+\s+)?(?:name|text|notes|response)\]", re.IGNORECASE)
_LABEL = lazy_pattern(r"[\s>*+#-]*(?:\d+[.)]\s*)?(?:[^\n]*:[\s*_]*)?")
_MENU_BEFORE = lazy_pattern(
    r"(?:\w[^\n]*?(?:→|->|=>|›|»|>)|[\"“„'‘«「`]|\b(?:click|press|tap|select|choose|hit)(?: on)?(?: the)?)[ *_]*\Z",
    re.IGNORECASE,
)
_MENU_AFTER = lazy_pattern(r"[ *_]*(?:→|->|=>|›|»|>|[\"”“'’»」`]|\s(?:button|menu|tab)\b)", re.IGNORECASE)
# A text in brackets that is no link; looked for first, since the pattern above is slow to search with.
_BRACKETED = lazy_pattern(r"\[(?<![\[!\\].)(?=[^\[\]\n]*\](?![\[(:]))")


@record
class Options:
    """patterns: further regular expressions."""

    patterns: tuple[str, ...] = ()


def is_fill_in(text: str) -> bool:
    """Return whether the whole text is a placeholder."""
    return _FILL_IN.fullmatch(text.strip()) is not None or _TEMPLATE.fullmatch(text.strip()) is not None


@note_rule
def check(note: Note, text: str, options: Options) -> Iterator[Violation]:
    """Report placeholders outside code, math and HTML."""
    found = sorted([*_candidates(note, text), *_own(text, options.patterns)])
    silent = dead_spans(note, with_properties=False) if found else None
    for start, end in found:
        if silent is not None and end > start and silent.end_around(start) < 0:
            shown = text[start:end]
            is_filler = _LOREM.fullmatch(shown) is not None
            message = f"filler text `{shown}`" if is_filler else f"unfilled placeholder `{shown}`"
            yield Violation(start, end, message, shown, severity="info" if is_filler else None)


def _candidates(note: Note, text: str) -> Iterator[tuple[int, int]]:
    for begin in _BRACKETED.finditer(text):
        match = _FILL_IN.match(text, begin.start())
        if match is not None and not _is_mentioned(text, *match.span()):
            yield match.span()
    if ("{{" in text or "<%" in text) and (found := [match.span() for match in _TEMPLATE.finditer(text)]):
        body = text[note.frontmatter.end :] if note.frontmatter is not None else text
        if _TEMPLATE_WORD.search(_EXPRESSION.sub("", body)) is None:
            yield from found
    if "orem ipsum" in text or "OREM IPSUM" in text:
        yield from (match.span() for match in _LOREM.finditer(text))


def _own(text: str, patterns: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        yield from (match.span() for match in expression(pattern).finditer(text))


def _is_mentioned(text: str, start: int, end: int) -> bool:
    """The brackets are a step of a menu path, a button, a quotation, or speak to the reader in running text."""
    line = text.rfind("\n", 0, start) + 1
    newline = text.find("\n", end)
    before, after = text[line:start], text[end : newline if newline >= 0 else len(text)]
    if _MENU_BEFORE.search(before) or _MENU_AFTER.match(after):
        return True
    if _OF_READER.fullmatch(text, start, end) is None:
        return False
    return _LABEL.fullmatch(before) is None or any(map(str.isalnum, after))
