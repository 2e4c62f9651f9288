"""Properties that are invalid YAML, or not a list of names with values.

Why:     Obsidian ignores all properties of the note: no tags, no aliases, no links from them.
Fix:     none: the intended value is unknown.
Source:  Obsidian Help, "Properties"; release notes 1.4; npm packages ``yaml`` and ``js-yaml``.

The rule undecodable reports control characters in values, since Obsidian reads them.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.lint.finding import Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Note

CODE = "PR001"
SEVERITY = "error"
NEEDS = "frontmatter"
BAD = {"a.md": "---\ntitle: [unclosed\n---\n"}
GOOD = {"a.md": "---\ntitle: closed\n---\n"}

_PLAIN = (
    ("mapping values are not allowed", "unquoted `: ` inside a value"),
    ("did not find expected ',' or ']'", "unclosed `[`, or a missing comma"),
    ("expected ',' or ']'", "unclosed `[`, or a missing comma"),
    ("did not find expected ',' or '}'", "unclosed `{`, or a missing comma"),
    ("expected ',' or '}'", "unclosed `{`, or a missing comma"),
    ("did not find expected key", "wrong indentation, or a line without `name:`"),
    ("could not find expected ':'", "a line without `name:`"),
    ("did not find expected '-' indicator", "a list item with the wrong indentation"),
    ("block sequence entries are not allowed", "a list item in the wrong place"),
    ("cannot start any token", "a tab, or an unquoted character such as `@` or a backtick"),
    ("unexpected end of stream", "unclosed quotation mark"),
    ("undefined alias", "an unquoted `*`"),
    ("alphabetic or numeric character", "an unquoted `*` or `&`"),
    ("could not determine a constructor", "an unquoted `!`"),
    ("unknown escape character", "a backslash inside double quotes"),
)


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report invalid property blocks, except for duplicate keys."""
    matter = note.frontmatter
    if matter is None or matter.error is None or matter.error.kind == "duplicate-key":
        return
    error = matter.error
    if error.message.startswith("unacceptable character"):
        return
    start = min(error.start, max(matter.content_end - 1, matter.content_start))
    line = text.rfind("\n", 0, start) + 1
    if not text[line:].partition("\n")[0].strip() and text[matter.content_start : start].strip():
        # The reader notices the fault of a line in the blank line below it.
        start = text.rfind("\n", 0, len(text[:start].rstrip())) + 1
    newline = text.find("\n", start, matter.content_end)
    end = newline if newline >= 0 else max(start, matter.content_end)
    yield Violation(start, end, _message(error.message), "yaml")


def _message(message: str) -> str:
    """Return the YAML library's message in plain words."""
    plain = next((words for jargon, words in _PLAIN if jargon in message), message)
    return f"invalid YAML in the properties: {plain}; Obsidian ignores all properties of this note"
