"""Two attachments with the same content.

Why:     the copy takes space, and edits to one file do not change the other.
Fix:     embeds the file that comes first by path. Unsafe: the copies may be intended. None for similar pictures.
Options: compare: "bytes" for equal files, "pixels" for equal pictures as well, "similar" for equal files and pictures
         that look the same: recompressed, resized, recoloured or slightly cropped (slow; see `vaultkit pictures similar`).
Source:  the content of the files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from vaultkit.base.hashes import blake2b
from vaultkit.base.record import record
from vaultkit.base.text import Edit, code_span
from vaultkit.lint.facts.links import severity_of
from vaultkit.lint.facts.source_text import bytes_of
from vaultkit.lint.finding import Fix, RelatedPlace, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.aspects import EVERYTHING
from vaultkit.vault.files import IMAGE_EXTENSIONS, extension
from vaultkit.vault.linktext import destination, linktext
from vaultkit.vault.snapshot import Snapshot

CODE = "EM011"
SEVERITY = "info"
WHOLE = True
DEPENDS = EVERYTHING
PRESETS = ()
COMPARES_ALL = True
BAD = {"a.md": "![[plot.png]] ![[plot 1.png]]", "plot.png": b"the same bytes", "plot 1.png": b"the same bytes"}
GOOD = {"a.md": "![[plot.png]] ![[plot 1.png]]", "plot.png": b"some bytes", "plot 1.png": b"other bytes"}


@record
class Options:
    """compare: "bytes", "pixels" or "similar"."""

    compare: str = "bytes"


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report embeds of copies, and copies if neither file is embedded."""
    first = _originals(vault, options.compare)
    alike = _alike(vault, first) if options.compare == "similar" and vault.root else {}
    if not first and not alike:
        return
    for path, bound in vault.bound_links():
        link, target = bound.link, bound.target
        if target is None or not link.is_embed:
            continue
        if target in alike:
            related = (RelatedPlace(alike[target], 0, "looks the same"),)
            message = f"similar picture: {code_span(target)} looks the same as {code_span(alike[target])}"
            yield path, Violation(link.start, link.end, message, target, None, related, severity_of(link))
        if target not in first:
            continue
        original = first[target]
        written = destination(original) if link.syntax == "markdown" else linktext(vault, original)
        edit = Edit(link.target_start, link.target_end, written + link.subpath)
        fix = Fix(f"embed {code_span(original)}", (edit,), is_safe=False)
        related = (RelatedPlace(original, 0, "identical file"),)
        message = f"duplicate file: {code_span(target)} is identical to {code_span(original)}"
        yield path, Violation(link.start, link.end, message, target, fix, related, severity_of(link))
    for copy, original in sorted(first.items()):
        if copy not in vault.backlinks and original not in vault.backlinks:
            related = (RelatedPlace(original, 0, "identical file"),)
            message = f"duplicate file: {code_span(copy)} is identical to {code_span(original)}"
            yield copy, Violation(0, 0, message, copy, None, related)


def _originals(vault: Snapshot, compare: str) -> dict[str, str]:
    """Copy -> the file of the same content that comes first: shorter paths before longer ones."""
    if not vault.root:
        return {}
    groups: dict[tuple[object, ...], list[str]] = {}
    for path, file in vault.files.items():
        if file.kind == "attachment":
            pixels = _pixels(vault, path) if compare == "pixels" and extension(path) in IMAGE_EXTENSIONS else None
            try:
                size = os.stat(os.path.join(vault.root, path)).st_size
            except OSError:
                continue
            if size:
                groups.setdefault(("pixels", pixels) if pixels else ("size", size), []).append(path)
    first: dict[str, str] = {}
    for key, paths in groups.items():
        if len(paths) < 2:
            continue
        seen: dict[str, str] = {}
        for path in sorted(paths, key=lambda path: (len(path), path)):
            digest = "" if key[0] == "pixels" else _digest(vault, path)
            if digest is None:
                continue
            original = seen.setdefault(digest, path)
            if original != path:
                first[path] = original
    return first


def _alike(vault: Snapshot, equal: Mapping[str, str]) -> dict[str, str]:
    """Picture -> the picture that shows the same and comes first; not for files that are equal."""
    from vaultkit.pictures.duplicates import similar_pictures
    from vaultkit.pictures.similar import groups

    first: dict[str, str] = {}
    for paths in groups(similar_pictures(vault.root, vault.files)):
        original, *others = sorted((path for path in paths if path not in equal), key=lambda path: (len(path), path))
        first |= dict.fromkeys(others, original)
    return first


def _digest(vault: Snapshot, path: str) -> str | None:
    data = bytes_of(vault, path)
    return None if data is None else blake2b(data).hexdigest()


def _pixels(vault: Snapshot, path: str) -> str | None:
    from PIL import Image

    from vaultkit.vault.image_headers import damage

    place = os.path.join(vault.root, path)
    if damage(place):
        return None
    with Image.open(place) as picture:
        return f"{picture.size} {blake2b(picture.convert('RGBA').tobytes()).hexdigest()}"
