"""A file with a default name: ``Untitled 3.md``, ``Pasted image 20240528225721.png``.

Why:     a search by name does not find it, and pictures can be found by name only.
Fix:     names a picture after the note that shows it and its caption, a note after its title, and updates the links
         to it. Unsafe: only the author knows the right name. None without a caption, heading or title.
Source:  Obsidian's own default names, also in other languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.base.lazy_pattern import lazy_pattern
from vaultkit.lint.facts.portable_names import plain_name
from vaultkit.lint.finding import Fix, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.note.model import Link, Note
from vaultkit.vault.aspects import EVERYTHING
from vaultkit.vault.resolve import fold
from vaultkit.vault.snapshot import Snapshot, basename

CODE = "NM005"
SEVERITY = "info"
WHOLE = True
DEPENDS = EVERYTHING
PRESETS = ()
BAD = {"a.md": "![[Pasted image 20240528225721.png]]", "Pasted image 20240528225721.png": None, "Untitled 3.md": ""}
GOOD = {"a.md": "![[top-p sampling.png]]", "top-p sampling.png": None, "Sampling.md": ""}

_PICTURE = lazy_pattern(
    r"(?:Pasted image|Screenshot|Screen Shot|Bildschirmfoto|Capture d.écran|Captura de pantalla|Recording|image|IMG|Clipboard)"
    r"[ _-]?(?:from[ _])?\d[\d _.,:-]*(?:at[ _]|um[ _]|à[ _])?[\d _.:-]*(?:[AP]M)?",
    re.IGNORECASE,
)
_NOTE = lazy_pattern(
    r"(?:Untitled|Unbenannt|Sans titre|Sin título|Senza nome|Naamloos|Без названия|未命名|無題)(?: \d+)?",
    re.IGNORECASE,
)
MAX_LETTERS = 80
_SIZE = lazy_pattern(r"\d+(?:x\d+)?")
# Shorter ones are stand-ins, as in ``![x](y.png)``.
MIN_CAPTION = 3
_MARKUP = lazy_pattern(r"\[\[(?:[^\]|]*\|)?|\]\]|[*_`=~]{1,3}(?=\S)|(?<=\S)[*_`=~]{1,3}|/")


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Default names, each reported once: at its first embed, else at the file."""
    told: set[str] = set()
    given: set[str] = set()
    for path, note in vault.notes.items():
        places: list[tuple[int, int, str, Link | None]] = [
            (link.start, link.end, link.linkpath, link) for link in note.links if link.is_embed
        ]
        places += [
            (item.start, item.end, item.text.partition("|")[0], None)
            for item in note.malformed
            if item.kind == "unclosed-embed"
        ]
        for start, end, linkpath, link in places:
            name = linkpath.strip().rpartition("/")[2]
            if name not in told and "." in name and _PICTURE.fullmatch(basename(name)):
                told.add(name)
                target = vault.resolve(linkpath, path).path if link is not None else None
                fix = _after_caption(vault, path, link, target, given) if link is not None and target else None
                yield path, Violation(start, end, f"default name `{name}`", name, fix)
    for path, file in vault.files.items():
        name = path.rpartition("/")[2]
        if file.kind == "attachment" and name not in told and _PICTURE.fullmatch(basename(name)):
            yield path, Violation(0, 0, f"default name `{name}`", name)
        elif file.kind in ("note", "canvas", "base") and _NOTE.fullmatch(basename(name)):
            fix = _after_title(vault, path, vault.notes[path], given) if file.kind == "note" else None
            yield path, Violation(0, 0, f"default name `{name}`", name, fix)


def _after_caption(vault: Snapshot, path: str, link: Link, target: str, given: set[str]) -> Fix | None:
    """Name the picture after the note and the embed's caption, or else the heading above it."""
    fields = (link.display or "").split("|")
    while fields and _SIZE.fullmatch(fields[-1].strip()):
        fields.pop()
    caption = "|".join(fields).strip()
    if len(caption) < MIN_CAPTION or fold(caption) == fold(link.linkpath.rpartition("/")[2]):
        above = [heading.text for heading in vault.notes[path].headings if heading.start < link.start]
        caption = above[-1] if above else ""
    note = basename(path)
    words = [note, caption] if caption and fold(caption) != fold(note) else [note]
    return None if _NOTE.fullmatch(note) else _renamed(vault, target, " - ".join(words), given)


def _after_title(vault: Snapshot, path: str, note: Note, given: set[str]) -> Fix | None:
    """Name the note after its title property, else its first heading."""
    title = note.properties.get("title")
    name = title if isinstance(title, str) and title.strip() else next((heading.text for heading in note.headings), "")
    return _renamed(vault, path, name, given)


def _renamed(vault: Snapshot, path: str, name: str, given: set[str]) -> Fix | None:
    """The fix that gives a file this name, with a number where it is taken; None when it would be no better."""
    folder, slash, old = path.rpartition("/")
    suffix = old[len(basename(old)) :]
    stem = _cut(plain_name(_MARKUP.sub("", name)))
    if not stem or _PICTURE.fullmatch(stem) or _NOTE.fullmatch(stem):
        return None
    new, number = stem + suffix, 1
    while fold(new) in given or vault.files_named(new):
        number += 1
        new = f"{stem} {number}{suffix}"
    given.add(fold(new))
    return Fix(f"rename to `{new}` and update its links", (), False, (path, folder + slash + new))


def _cut(name: str) -> str:
    """At most so many letters that a name can still be read at a glance, whole words."""
    return name if len(name) <= MAX_LETTERS else name[: MAX_LETTERS + 1].rpartition(" ")[0] or name[:MAX_LETTERS]
