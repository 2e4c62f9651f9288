"""An unclosed code block, math block (``$$``) or comment (``%%``, ``<!--``).

Why:     the rest of the note becomes part of it: its links, headings and cards are ignored.
Fix:     closes it before the next blank line. Unsafe: only the author knows where it should end. None where no text
         follows the mark, and for a ``$$`` that looks like the end of a block.
Source:  CommonMark 0.31, fenced code and HTML blocks; Obsidian's recorded cache of unclosed blocks.

A block that ends with its quote or list is reported as info. Excalidraw drawings and scripts are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.base.text import Edit, line_of
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import note_rule
from vaultkit.note.model import Malformed, Note

CODE = "ST002"
SEVERITY = "error"
NEEDS = "malformed"
BAD = {"a.md": "```python\nprint(1)\n"}
GOOD = {"a.md": "```python\nprint(1)\n```\n"}

# kind -> (what it is, what the text in it is shown as)
_OPENED = {
    "unclosed-fence": ("code block", "shown as code"),
    "unclosed-math": ("math block `$$`", "shown as math"),
    "unclosed-comment": ("comment `%%`", "hidden"),
    "unclosed-html-comment": ("HTML comment `<!--`", "hidden"),
}
_CLOSED_BY = {"unclosed-math": "$$", "unclosed-comment": "%%", "unclosed-html-comment": "-->"}
_CONTAINERS = {"blockquote": "quote", "callout": "callout", "list": "list", "footnoteDefinition": "footnote"}
_FENCE = lazy_pattern(r"`{3,}|~{3,}")
_BLANK = lazy_pattern(r"\r?\n[ \t]*(?=\r?\n|\Z)")
# Every script that the plugin downloads shows a picture of its own repository.
_DOWNLOADED = "zsviczian/obsidian-excalidraw-plugin/"
MAX_INDENT = 3
# Lines between a block that its quote ended and the mark that was to close it; farther ones have nothing to do with it.
MAX_PAIR = 100


@note_rule
def check(note: Note, text: str, options: object) -> Iterator[Violation]:
    """Report blocks that run to the end of the note, or of the list or quote they are in."""
    items = [item for item in note.malformed if item.kind in _OPENED]
    if not items or "excalidraw-plugin" in note.properties or _DOWNLOADED in text:
        return
    cut: dict[str, tuple[int, str]] = {}  # the line of the last block of a kind that a quote or list ended
    for item in items:
        name, effect = _OPENED[item.kind]
        container = _container(note, text, item)
        line = line_of(note.line_starts, item.start) + 1
        opener = cut.pop(item.kind, None) if _may_close(text, item) else None
        if opener is not None and line - opener[0] <= MAX_PAIR:
            message = (
                f"unclosed {name}: the rest of the {container or 'note'} is {effect}; the block opened in line {opener[0]} ends "
                f"with its {opener[1]}, so this mark does not close it"
            )
            yield Violation(item.start, item.end, message, item.kind)
        elif container:
            cut[item.kind] = line, container
            message = f"unclosed {name}: ends with its {container}"
            yield Violation(item.start, item.end, message, item.kind, severity="info")
        else:
            yield _running_on(note, text, item, items)


def _running_on(note: Note, text: str, item: Malformed, items: list[Malformed]) -> Violation:
    """The finding for a block that the note's end closes, with the ``$$`` that is the likely cause."""
    name, effect = _OPENED[item.kind]
    message = f"unclosed {name}: the rest of the note is {effect}"
    cause = _stray_dollars(note, text, item, items) if item.kind == "unclosed-math" else None
    if cause is None:
        return Violation(item.start, item.end, message, item.kind, _close(note, text, item))
    message += f"; the `$$` in line {line_of(note.line_starts, cause[0]) + 1} {cause[1]}"
    return Violation(item.start, item.end, message, item.kind)


def _may_close(text: str, item: Malformed) -> bool:
    """Nothing follows the mark on its line, so it may be meant to close a block."""
    newline = text.find("\n", item.start)
    return not text[item.start : newline if newline >= 0 else len(text)].strip("`~$ \t\r")


def _is_below_text(text: str, line: int) -> bool:
    """The line before the one that starts at ``line`` has text."""
    return line > 0 and bool(text[text.rfind("\n", 0, line - 1) + 1 : line].strip())


def _container(note: Note, text: str, item: Malformed) -> str:
    """The quote or list that ends the block before the note ends; "" when the block runs on."""
    last = len(text.rstrip())
    for start, end, kind, _ in note.section_rows:
        if start <= item.start < end:
            is_whole = end >= last and not text[text.rfind("\n", 0, item.start) + 1 :].lstrip().startswith(">")
            return "" if kind not in _CONTAINERS or is_whole else _CONTAINERS[kind]
    return ""


def _stray_dollars(note: Note, text: str, item: Malformed, items: list[Malformed]) -> tuple[int, str] | None:
    """A ``$$`` that opens or closes no block: inside this one, else the last above it; with what is wrong with it."""
    inside = text.find("$$", item.end)
    if inside >= 0:
        return inside, "does not close it: text follows on its line"
    others = {other.start for other in items if other.kind == "unclosed-math"} - {item.start}
    dead = [span for span in note.dead if span.start not in others and span.start < item.start]
    at = text.rfind("$$", 0, item.start)
    while at >= 0:
        span = next((span for span in dead if span.start <= at + 1 and at < span.end), None)
        if span is None and text[at - 1 : at] != "\\":
            is_cut = at in others
            return (
                at,
                "opens a block that ends with its list or quote" if is_cut else "neither opens nor closes a block",
            )
        if (
            span is not None
            and span.kind == "math"
            and span.start + 2 <= at < span.end - 2
            and "\n" in text[span.start : at]
        ):
            return at, "does not close the block above it: text follows on its line"
        at = text.rfind("$$", 0, at)
    return None


def _close(note: Note, text: str, item: Malformed) -> Fix | None:
    """The closing mark where the block's first paragraph ends.

    None inside a quote or a list, where it has a prefix; where the paragraph is empty; and for a ``$$`` right below
    text in a note with other blocks, which may be meant to close one.
    """
    line = text.rfind("\n", 0, item.start) + 1
    if text[line : item.start].strip() or len(text[line : item.start]) > MAX_INDENT:
        return None
    fence = _FENCE.match(text, item.start)
    mark = fence[0] if fence else _CLOSED_BY[item.kind]
    blank = _BLANK.search(text, item.end)
    end = blank.start() if blank else len(text.rstrip())
    opening_end = text.find("\n", item.start, end) if fence else item.end
    if opening_end < 0 or not text[opening_end:end].strip():
        return None
    if item.kind == "unclosed-math" and _is_below_text(text, line) and "$$" in text[:line] and _may_close(text, item):
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    return Fix(f"close it with `{mark}`", (Edit(end, end, newline + mark),), is_safe=False)
