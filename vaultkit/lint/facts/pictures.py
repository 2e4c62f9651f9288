"""The picture files embedded in notes, each read once for all rules."""

from __future__ import annotations

import os
from collections.abc import Iterator

from vaultkit.lint.facts.links import severity_of
from vaultkit.lint.finding import Severity
from vaultkit.note.model import Link
from vaultkit.vault.aspects import EMBEDS
from vaultkit.vault.canvas import CanvasNode
from vaultkit.vault.files import extension
from vaultkit.vault.image_headers import ImageHeader, look_at, promised_format
from vaultkit.vault.memo import depends_on
from vaultkit.vault.snapshot import Snapshot

Shown = Link | CanvasNode


def shown_pictures(vault: Snapshot) -> Iterator[tuple[str, Shown, str]]:
    """The first embed or canvas node of every picture: (note or canvas, embed or node, path of the picture)."""
    seen: set[str] = set()
    for path, bound in vault.bound_links():
        target = bound.target
        if target is None or not bound.link.is_embed or target in seen:
            continue
        if promised_format(extension(target)):
            seen.add(target)
            yield path, bound.link, target
    for path, canvas in vault.canvases.items():
        for node in canvas.nodes:
            target = vault.file_at(node.path)
            if target is not None and target not in seen and promised_format(extension(target)):
                seen.add(target)
                yield path, node, target


def shown_severity(shown: Shown) -> Severity | None:
    """As `severity_of`, also of what a canvas shows."""
    return severity_of(shown) if isinstance(shown, Link) else None


@depends_on(EMBEDS)
def looks(vault: Snapshot) -> dict[str, ImageHeader]:
    """Return picture -> its header, for every readable picture that a note embeds."""
    found: dict[str, ImageHeader] = {}
    if vault.root:
        for _, _, target in shown_pictures(vault):
            look = look_at(os.path.join(vault.root, target))
            if look is not None:
                found[target] = look
    return found
