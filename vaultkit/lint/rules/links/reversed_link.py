"""A Markdown link with swapped brackets: ``(text)[https://example.org]``.

Why:     Obsidian shows the brackets and the URL as text.
Fix:     swaps the brackets. Unsafe: the words in parentheses may be a remark.
Source:  CommonMark 0.31, links.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit
from vaultkit.lint.facts.links import severity_at
from vaultkit.lint.facts.prose import dead_spans
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "LK013"
SEVERITY = "warning"
BAD = {"a.md": "See (the paper)[https://example.org]."}
GOOD = {"a.md": "See [the paper](https://example.org)."}

_REVERSED = lazy_pattern(
    r"(?<![\w\])\\!])(?P<bang>!?)\((?P<text>[^()\[\]\n]{1,200})\)"
    r"\[(?P<target>(?:https?://|www\.|mailto:|obsidian://)[^\[\]\s]+|[^\[\]\n|]{1,200}\.(?:md|pdf|png|jpe?g|gif|svg|webp))\](?![(:\[])"
)


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report parentheses followed by a URL or a file name in brackets."""
    if ")[" not in text:
        return
    silent = dead_spans(note)
    for match in _REVERSED.finditer(text):
        if silent.end_around(match.start()) >= 0 or text[match.start() - 1 : match.start()] == "]":
            continue
        target = f"<{match['target']}>" if " " in match["target"] else match["target"]
        good = f"{match['bang']}[{match['text']}]({target})"
        fix = Fix("swap the brackets", (Edit(*match.span(), good),), is_safe=False)
        message = f"reversed link `{match[0]}`, shown as text"
        severity = severity_at(note, match.start())
        yield Violation(*match.span(), message, match["target"], fix, (), severity, f"write `{good}`")
