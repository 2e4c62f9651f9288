"""An ambiguous link: two or more files have its name, and the length of their paths decides which one opens.

Why:     Obsidian opens the file with the shortest path. Adding, moving or renaming a file can change what the link
         opens. Not reported if the link opens a file in the vault's root or in the note's folder: those come first.
Fix:     writes the path of the file that the link opens, relative if the vault's settings use relative links. Safe,
         except where two paths are equally short: which of them Obsidian opens is then a guess.
Options: style: "absolute" writes the whole path, "shortest-unique" the shortest end of the path that is unique.
Source:  Obsidian 1.13.7, measured; Obsidian Help, "Internal links".
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.links import bar_at, severity_of
from vaultkit.lint.finding import Fix, RelatedPlace, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.model import Link
from vaultkit.vault.linktext import destination, link_target
from vaultkit.vault.resolve import Resolution, fold
from vaultkit.vault.snapshot import Snapshot

CODE = "LK005"
SEVERITY = "warning"
BAD = {"a.md": "[[Notes]]", "x/Notes.md": "", "y/Notes.md": ""}
GOOD = {"a.md": "[[x/Notes]]", "x/Notes.md": "", "y/Notes.md": ""}

# Files of one name that a finding lists: thousands of `index.md` would fill the memory.
MOST_RELATED = 20


@record
class Options:
    """style: "absolute" or "shortest-unique"."""

    style: str = "absolute"


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report links by name to one of several files of that name, unless the note's folder decides."""
    for path, bound in vault.written_links():
        link, found = bound.link, bound.resolution
        if found.path is None or not is_ambiguous(found, link.linkpath, path):
            continue
        message = _opens(link.linkpath, found)
        related = tuple(
            RelatedPlace(candidate, 0, "has the same name") for candidate in found.candidates[:MOST_RELATED]
        )
        fix = None
        if path in vault.notes:  # the cards of a canvas are written with the escapes of JSON
            fix = _spell_out(vault, path, link, found.path, options.style, is_safe=not found.is_tie)
        yield path, Violation(link.start, link.end, message, link.linkpath, fix, related, severity_of(link))
    for path, note in vault.source_notes():
        for entry in note.property_links:
            found = vault.resolve(entry.linkpath, path)
            if is_ambiguous(found, entry.linkpath, path):
                message = f"property {code_span(entry.key)}: {_opens(entry.linkpath, found)}"
                yield path, Violation(entry.start, entry.end, message, f"{entry.key}:{entry.linkpath}")


def is_ambiguous(found: Resolution, linkpath: str, source: str) -> bool:
    """Return whether several files have the name and the link opens one of them by path length only.

    A file with exactly this path and a file in the note's folder come first.
    """
    target = found.path
    if target is None or found.is_exact or "/" in linkpath or len(found.candidates) < 2:
        return False
    if not found.is_tie and fold(target.rpartition("/")[0]) == fold(source.rpartition("/")[0]):
        return False
    name = fold(target[target.rfind("/") + 1 :])
    return sum(fold(one[one.rfind("/") + 1 :]) == name for one in found.candidates) > 1


def _opens(linkpath: str, found: Resolution) -> str:
    others = [candidate for candidate in found.candidates if candidate != found.path]
    shown = ", ".join(map(code_span, others[:3])) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    have = "have" if len(others) > 1 else "has"
    opens = f"{'probably ' if found.is_tie else ''}opens {code_span(found.path or '')}"
    return f"{code_span(linkpath)} is ambiguous: {opens}, but {shown} {have} the same name"


def _spell_out(vault: Snapshot, path: str, link: Link, target: str, style: str, *, is_safe: bool) -> Fix:
    if style == "shortest-unique" and vault.settings.new_link_format != "relative":
        text = _shortest(vault, path, target)
        text = destination(text) if link.syntax == "markdown" else text.removesuffix(".md")
    else:
        text = link_target(vault, path, target, link.syntax, link.linkpath)
    shown = text
    if link.syntax == "markdown":
        text += link.subpath.replace(" ", "%20")
    else:
        text += link.subpath
        if link.display is None and not link.is_embed and not link.subpath:
            text += bar_at(vault.notes[path], link.start) + link.linkpath
    return Fix(f"write {code_span(shown)}", (Edit(link.target_start, link.target_end, text),), is_safe)


def _shortest(vault: Snapshot, path: str, target: str) -> str:
    """As many folders before the name as it takes until no other file fits."""
    parts = target.split("/")
    for count in range(2, len(parts)):
        tail = "/".join(parts[-count:])
        found = vault.resolve(tail.removesuffix(".md"), path)
        if found.path == target and len(found.candidates) == 1:
            return tail
    return target
