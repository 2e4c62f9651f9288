"""A bare name fits two or more files, so what it opens depends on where the link stands.

Why:     Obsidian takes the file in the link's own folder, else the one with the shortest path. Moving
         the note or adding a file changes what the link opens, without a word.
Fix:     writes the path of the file that the link opens today. Safe.
Source:  Obsidian 1.13.7, measured; Obsidian Help, "Internal links".
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.index.files import extension
from vaultkit.index.linktext import destination, display_name
from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault, Fix, Related
from vaultkit.lint.rule import vault_rule
from vaultkit.lint.rules._links import bar_at, severity_of
from vaultkit.note.model import Link, Note
from vaultkit.text import Edit

CODE = "LK005"
SEVERITY = "warning"
BAD = {"a.md": "[[Notes]]", "x/Notes.md": "", "y/Notes.md": ""}
GOOD = {"a.md": "[[x/Notes]]", "x/Notes.md": "", "y/Notes.md": ""}


@vault_rule
def check(vault: Vault, options: object) -> Iterator[tuple[str, Fault]]:
    """Links by bare name to one of several files of that name."""
    for path, bound in vault.bound_links():
        link, resolution = bound.link, bound.resolution
        if resolution.path is None or resolution.is_exact or len(resolution.candidates) < 2 or "/" in link.linkpath:
            continue
        others = [candidate for candidate in resolution.candidates if candidate != resolution.path]
        opens = f"opens {resolution.path}" + (", by our guess" if resolution.is_tie else "")
        message = f"{link.linkpath} also fits {', '.join(others[:3])}{' …' if len(others) > 3 else ''}; it {opens}"
        related = tuple(Related(candidate, 0, "has the same name") for candidate in resolution.candidates)
        fix = None if resolution.is_tie else _spell_out(vault.notes[path], link, resolution.path)
        yield path, Fault(link.start, link.end, message, link.linkpath, fix, related, severity_of(link))


def _spell_out(note: Note, link: Link, target: str) -> Fix:
    if link.syntax == "markdown":
        text = destination(target) + link.subpath.replace(" ", "%20")
    else:
        text = (target.removesuffix(".md") if extension(target) == "md" else target) + link.subpath
        if link.display is None and not link.is_embed and not link.subpath:
            text += bar_at(note, link.start) + display_name(target)
    return Fix(f"write the path {target}", (Edit(link.target_start, link.target_end, text),), is_safe=True)
