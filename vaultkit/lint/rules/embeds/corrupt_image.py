"""A damaged picture: empty, truncated, too large, or a Git LFS pointer.

Why:     Obsidian shows a broken frame. An interrupted download or sync often causes this.
Fix:     none: restore the picture from a backup or from its source.
Options: verify: "header" reads the first and last bytes, "full" decodes every picture.
         max-pixels: larger pictures are reported, since showing them takes gigabytes of memory.
Source:  the specifications of the formats; Pillow where the first and last bytes are inconclusive.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.base.text import code_span
from vaultkit.lint.facts.pictures import looks, shown_pictures, shown_severity
from vaultkit.lint.finding import RelatedPlace, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.aspects import EMBEDS
from vaultkit.vault.files import extension
from vaultkit.vault.image_headers import EMPTY, MAX_PIXELS, damage
from vaultkit.vault.snapshot import Snapshot

CODE = "EM005"
SEVERITY = "error"
WHOLE = True
DEPENDS = (EMBEDS,)
BAD = {"a.md": "![[plot.png]]", "plot.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1"}
GOOD = {
    "a.md": "![[dot.gif]]",
    "dot.gif": b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
}

# What Pillow is not asked about: other formats than pictures, drawings, and those it may come without.
NOT_PILLOWS = frozenset({"HTML", "PDF", "SVG", "AVIF", "HEIC", "MP4"})
# From so many pictures on, all of them being empty has one cause and is reported once.
MANY = 10


@record
class Options:
    """verify: "header" or "full"; max_pixels: the largest picture that is not reported."""

    verify: str = "header"
    max_pixels: int = MAX_PIXELS


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report damaged pictures at the first embed of each."""
    seen = vault.get(looks)
    told_once = len(seen) >= MANY and all(look.fault == EMPTY for look in seen.values())
    for path, link, target in shown_pictures(vault):
        look = seen.get(target)
        if look is None:
            continue
        if told_once:
            message = f"all {len(seen)} pictures shown in notes are empty files"
            yield path, Violation(link.start, link.end, message, "all empty")
            return
        fault = look.fault
        if not fault and look.width * look.height > options.max_pixels:
            fault = f"{look.width} × {look.height} pixels exceed the limit of {options.max_pixels:,}"
        is_known = look.format not in NOT_PILLOWS and extension(target) != "svg"
        if not fault and is_known and (look.is_doubtful or options.verify == "full"):
            fault = damage(os.path.join(vault.root, target), options.max_pixels)
        if fault:
            related = (RelatedPlace(target, 0, "the picture"),)
            message = f"damaged picture {code_span(target)}: {fault}; Obsidian cannot show it"
            yield path, Violation(link.start, link.end, message, target, None, related, shown_severity(link))
