"""An embed of a file type that Obsidian cannot show: ``.heic``, ``.tif``, ``.psd``, ``.docx``.

Why:     Obsidian shows a grey line instead of the file.
Fix:     none: the file must be converted.
Options: allow: extensions that a plugin shows, or patterns of paths.
Source:  Obsidian Help, "Accepted file formats".
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.record import record
from vaultkit.base.text import code_span
from vaultkit.lint.facts.links import every_file, is_allowed, severity_of
from vaultkit.lint.finding import RelatedPlace, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.files import extension
from vaultkit.vault.snapshot import Snapshot

CODE = "EM007"
SEVERITY = "warning"
BAD = {"a.md": "![[photo.heic]]", "photo.heic": None}
GOOD = {"a.md": "![[photo.jpg]] and the source as a link: [[photo.heic]]", "photo.jpg": None, "photo.heic": None}


@record
class Options:
    """allow: extensions, without the dot, or patterns of paths."""

    allow: tuple[str, ...] = (
        "excalidraw",
        "drawio",
        "svgz",
        "csv",
        "json",
        "txt",
        "html",
        "htm",
        "pgn",
        "geojson",
        "ipynb",
    )


@vault_rule
def check(vault: Snapshot, options: Options) -> Iterator[tuple[str, Violation]]:
    """Report embeds of existing files that Obsidian cannot show."""
    if not any(file.kind == "unsupported" for file in vault.files.values()):
        return
    allowed = {suffix.lower().lstrip(".") for suffix in options.allow}
    for path, bound in vault.bound_links():
        link = bound.link
        if not link.is_embed or (bound.target is not None and vault.files[bound.target].kind != "unsupported"):
            continue
        suffix = extension(link.linkpath.strip())
        if not suffix or suffix in allowed:
            continue
        target = vault.get(every_file).resolve(link.linkpath, path).path
        if target is not None and vault.files[target].kind == "unsupported" and not is_allowed(target, options.allow):
            message = f"unsupported file type `.{suffix}`: Obsidian shows {code_span(target)} as a grey line"
            related = (RelatedPlace(target, 0, "the file"),)
            yield path, Violation(link.start, link.end, message, target, None, related, severity_of(link))
