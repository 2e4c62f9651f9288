"""A bare name fits two or more files, so what it opens depends on where the link stands.

Why:     Obsidian takes the file in the link's own folder, else the one with the shortest path. Moving
         the note or adding a file changes what the link opens, without a word.
Fix:     writes the path of the file that the link opens today. Safe, but where two are equally near: which of them
         Obsidian takes is then a guess.
Options: style: "absolute" writes the whole path, "shortest-unique" as much of its end as one file fits.
Source:  Obsidian 1.13.7, measured; Obsidian Help, "Internal links".
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.index.files import extension
from vaultkit.index.linktext import destination
from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault, Fix, Related
from vaultkit.lint.rule import vault_rule
from vaultkit.lint.rules._links import bar_at, severity_of
from vaultkit.note.model import Link
from vaultkit.record import record
from vaultkit.text import Edit

CODE = "LK005"
SEVERITY = "warning"
BAD = {"a.md": "[[Notes]]", "x/Notes.md": "", "y/Notes.md": ""}
GOOD = {"a.md": "[[x/Notes]]", "x/Notes.md": "", "y/Notes.md": ""}


@record
class Options:
    """style: "absolute" or "shortest-unique"."""

    style: str = "absolute"


@vault_rule
def check(vault: Vault, options: Options) -> Iterator[tuple[str, Fault]]:
    """Links by bare name to one of several files of that name."""
    for path, bound in vault.written_links():
        link, resolution = bound.link, bound.resolution
        if resolution.path is None or resolution.is_exact or len(resolution.candidates) < 2 or "/" in link.linkpath:
            continue
        others = [candidate for candidate in resolution.candidates if candidate != resolution.path]
        opens = f"opens {resolution.path}" + (", by our guess" if resolution.is_tie else "")
        message = f"{link.linkpath} also fits {', '.join(others[:3])}{' …' if len(others) > 3 else ''}; it {opens}"
        related = tuple(Related(candidate, 0, "has the same name") for candidate in resolution.candidates)
        fix = None
        if path in vault.notes:  # the cards of a canvas are written with the escapes of JSON
            fix = _spell_out(vault, path, link, resolution.path, options.style, is_safe=not resolution.is_tie)
        yield path, Fault(link.start, link.end, message, link.linkpath, fix, related, severity_of(link))
    for path, note in vault.notes.items():
        for entry in note.property_links:
            found = vault.resolve(entry.linkpath, path)
            if found.path is None or found.is_exact or len(found.candidates) < 2 or "/" in entry.linkpath:
                continue
            fits = ", ".join(candidate for candidate in found.candidates if candidate != found.path)
            message = f"property {entry.key}: {entry.linkpath} also fits {fits}; it opens {found.path}"
            yield path, Fault(entry.start, entry.end, message, f"{entry.key}:{entry.linkpath}")


def _spell_out(vault: Vault, path: str, link: Link, target: str, style: str, *, is_safe: bool) -> Fix:
    if style == "shortest-unique":
        target = _shortest(vault, path, target)
    if link.syntax == "markdown":
        text = destination(target) + link.subpath.replace(" ", "%20")
    else:
        text = (target.removesuffix(".md") if extension(target) == "md" else target) + link.subpath
        if link.display is None and not link.is_embed and not link.subpath:
            text += bar_at(vault.notes[path], link.start) + link.linkpath
    return Fix(f"write the path {target}", (Edit(link.target_start, link.target_end, text),), is_safe)


def _shortest(vault: Vault, path: str, target: str) -> str:
    """As many folders before the name as it takes until no other file fits."""
    parts = target.split("/")
    for count in range(2, len(parts)):
        tail = "/".join(parts[-count:])
        found = vault.resolve(tail.removesuffix(".md"), path)
        if found.path == target and len(found.candidates) == 1:
            return tail
    return target
