"""Text left over from an AI chat: citation marks (``citeturn0search1``, ``【4†source】``, ``:contentReference[oaicite:0]``).

Why:     they refer to sources that exist only in the chat, and are shown as boxes or as raw text.
Fix:     removes citation marks; a link keeps its text and URL. Unsafe. None for URLs.
Source:  texts copied from ChatGPT, Gemini and Copilot, 2023 to 2025.

One finding per note and kind. URLs with ``utm_source=chatgpt.com`` and a greeting such as "Certainly! Here is …" at the
start of a note are reported as info.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.record import record
from vaultkit.base.text import Edit
from vaultkit.lint.facts.prose import dead_spans
from vaultkit.lint.finding import Fix, Severity, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "TX006"
SEVERITY = "warning"
BAD = {"a.md": "Transformers need data.:contentReference[oaicite:0]{index=0}"}
GOOD = {"a.md": "Transformers need data.[^1]\n\n[^1]: A book.\n"}


@record
class _Kind:
    """One kind of leftover. signs: texts one of which a note with it contains."""

    name: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    severity: Severity | None = None


_PRIVATE = "\ue200\ue201\ue202\ue203\ue204\ue205\ue206"
_TURN = r"turn\d+(?:search|view|news|image|file|academia|product|fetch|forecast|finance|sports|maps?|reddit|youtube)\d+"
_KINDS = (
    _Kind(
        "chat citation mark",
        ("\ue200", "citeturn", "oaicite", "oai_citation", "†", "[cite"),
        lazy_pattern(
            rf"[ ]?[{_PRIVATE}](?:[^\n{_PRIVATE}]{{0,200}}[{_PRIVATE}])*"
            rf"|[ ]?(?:file)?cite(?:{_TURN})+"
            r"|[ ]?:contentReference\[oaicite:\d+\](?:\{[^{}\n]*\})?"
            r"|[ ]?\[oai_citation(?:_attribution)?:\d+‡[^\]\n]*\](?:\([^)\n]*\))?"
            r"|[ ]?\[oaicite:\d+\](?:\{[^{}\n]*\})?"
            r"|[ ]?【\d+(?::\d+)?†[^】\n]{0,80}】"
            r"|\[cite_start\]|[ ]?\[cite: ?\d+(?:[ ,-]+\d+)*\]"
        ),
    ),
    _Kind(
        "link to a file in a chat",
        ("sandbox:/mnt/",),
        lazy_pattern(r"(?<=\]\()sandbox:/mnt/[^)\n]*(?=\))"),
    ),
    _Kind(
        "chat tracking parameter in a URL",
        ("utm_source=",),
        lazy_pattern(
            r"(?<=[?&])utm_source=(?:chatgpt\.com|openai|perplexity(?:\.ai)?|copilot\.com|gemini)(?:&|(?=[^\w.-])|\Z)"
        ),
        "info",
    ),
)
_GREETING = lazy_pattern(
    r"\s*(?:#+[^\n]*\n\s*)?(?P<said>(?:Certainly|Sure|Absolutely|Of course)(?: thing)?[!,.][ ]+"
    r"(?:[Hh]ere(?:'s|’s| is| are)|Below (?:is|are)|I can)\b[^\n]*)"
)


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report the first leftover of each kind, with the number of the others."""
    silent = None
    for kind in _KINDS:
        if not any(map(text.__contains__, kind.signs)):
            continue
        silent = silent or dead_spans(note)
        found = [match for match in kind.pattern.finditer(text) if silent.end_around(match.start()) < 0]
        if found:
            yield _fault(kind, found)
    start = note.frontmatter.end if note.frontmatter is not None else 0
    greeting = _GREETING.match(text, start)
    if greeting is not None:
        said = greeting["said"][:60].rstrip()
        yield Violation(
            *greeting.span("said"), f"chat greeting at the start of the note: `{said}`", said, severity="info"
        )


def _fault(kind: _Kind, found: list[re.Match[str]]) -> Violation:
    first, more = found[0], len(found) - 1
    start, end = first.span()
    written = first[0].lstrip()
    start = end - len(written)
    shown = "".join(f"\\u{ord(sign):04x}" if sign in _PRIVATE else sign for sign in written)[:60]
    others = f", and {more} more in this note" if more else ""
    fix = None
    if kind is _KINDS[0]:
        fix = Fix("remove the citation mark", tuple(map(_removed, found)), is_safe=False)
    return Violation(start, end, f"{kind.name}: `{shown}`{others}", kind.name, fix, (), kind.severity)


def _removed(match: re.Match[str]) -> Edit:
    """The whole mark; a link keeps its text and address."""
    start, end = match.span()
    if "](" in match[0]:
        start += match[0].index("oai_citation")
        end = match.start() + match[0].index("‡") + 1
    return Edit(start, end, "")
