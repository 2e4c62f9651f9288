"""A callout that Obsidian shows as plain text: ``> [! Note]``, ``[!note]`` without ``>``, or one in the middle of a quote.

Why:     Obsidian shows the brackets in a plain quote, and a folded callout does not fold.
Fix:     removes the space, adds ``>`` or the blank line above. Unsafe.
Source:  Obsidian Help, "Callouts": ``[!type]`` starts the first line of a quote.

Only the callout types of Obsidian are reported.
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

CODE = "ST014"
SEVERITY = "warning"
BAD = {"a.md": "> [! Note]\n> Read this first.\n"}
GOOD = {"a.md": "> [!note]\n> Read this first.\n"}

_TYPES = (
    "note|abstract|summary|tldr|info|todo|tip|hint|important|success|check|done|question|help|faq|warning|caution|attention"
    "|failure|fail|missing|danger|error|bug|example|quote|cite"
)
# One of these is in every note with a finding, and in few others.
_SIGNS = ("[!", "[ !", "!]", "> ![", "［", "【！", "！]")
_HEAD = lazy_pattern(
    rf"^(?P<indent>[ \t]*)(?P<marks>(?:>[ \t]?)*)(?P<space>[ \t]*)"
    rf"(?P<mark>!?[\[［【][ \t\u00a0]*[!！]?[ \t\u00a0]*(?P<type>{_TYPES})[ \t\u00a0]*[!！]?[ \t\u00a0]*(?:[\]］】]|\|[^\]\n]*\]))"
    r"(?P<rest>[+-]?[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_UNCLOSED = lazy_pattern(
    rf"^[ \t]*(?:>[ \t]?)+(?P<mark>\[!(?:{_TYPES}))(?=[ \t][^\]\n]*$|[ \t\r]*$)", re.IGNORECASE | re.MULTILINE
)
_RIGHT = lazy_pattern(r"\[![^\[\]\s][^\[\]\n]*\]")


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report first lines of callouts that Obsidian does not read as callouts."""
    if not any(map(text.__contains__, _SIGNS)):
        return
    silent = dead_spans(note)
    for match in _UNCLOSED.finditer(text):
        if silent.end_around(match.start("mark")) < 0:
            start, end = match.span("mark")
            fix = Fix("close the bracket", (Edit(end, end, "]"),), is_safe=False)
            yield Violation(start, end, f"unclosed callout `{match['mark']}`, shown as text", match["mark"], fix)
    for match in _HEAD.finditer(text):
        written = match["mark"]
        if silent.end_around(match.start("mark")) >= 0 or not _is_meant(match):
            continue
        kind = match["type"].lower()
        depth = match["marks"].count(">")
        start, end = match.span("mark")
        if _RIGHT.fullmatch(written) is None:
            fix = Fix(f"write `[!{kind}]`", (Edit(start, end, f"[!{kind}]"),), is_safe=False)
            message = f"invalid callout `{written}`, shown as text"
            yield Violation(start, end, message, written, fix, help=f"write `[!{kind}]`")
        elif not depth:
            at = match.start() + len(match["indent"])
            fix = Fix("start the line with `>`", (Edit(at, at, "> "),), is_safe=False)
            yield Violation(start, end, f"callout `{written}` without `>` before it, shown as text", written, fix)
        elif _depth_above(text, match.start()) >= depth:
            line = match.start()
            above = Fix("add a blank line above", (Edit(line, line, "\n"),), is_safe=False) if depth == 1 else None
            message = f"callout `{written}` in the middle of a quote, shown as text"
            yield Violation(start, end, message, written, above, help="add a blank line above it")


def _is_meant(match: re.Match[str]) -> bool:
    """There is a sign of a callout: the exclamation mark inside the brackets, and in a line without ``>`` text behind it."""
    written = match["mark"]
    if "!" not in written[1:] and "！" not in written[1:]:
        return False
    if match["marks"]:
        return not match["rest"].startswith(("(", "["))
    return not match["indent"].strip(" ") and len(match["indent"]) < 4 and not match["rest"].startswith(("(", "[", ":"))


def _depth_above(text: str, start: int) -> int:
    """How many quotes the line above is in; 0 for a blank one and at the beginning."""
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    marks = re.match(r"[ \t]*((?:>[ \t]?)*)", above)
    return marks[1].count(">") if marks is not None and start else 0
