"""A picture whose format does not match its extension: a JPEG, WebP or web page named ``.png``.

Why:     Obsidian cannot show a web page saved as a picture, or an SVG with another extension. JPEG, PNG, WebP, AVIF,
         GIF and BMP in place of each other are info: Obsidian detects the format and shows them; some exporters do not.
Fix:     changes the extension to the real format and updates the embeds. Unsafe: other programs may refer to the old
         name. None for a web page, or if the new name exists already.
Source:  the first bytes of each format.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.base.text import code_span
from vaultkit.lint.facts.pictures import looks, shown_pictures, shown_severity
from vaultkit.lint.finding import Fix, RelatedPlace, Severity, Violation
from vaultkit.lint.rule import vault_rule
from vaultkit.vault.aspects import EMBEDS
from vaultkit.vault.files import extension, file_kind
from vaultkit.vault.image_headers import promised_format
from vaultkit.vault.snapshot import Snapshot

CODE = "EM006"
SEVERITY = "warning"
WHOLE = True
DEPENDS = (EMBEDS,)
BAD = {"a.md": "![[plot.png]]", "plot.png": b"<!DOCTYPE html><html><body>Not found</body></html>"}
GOOD = {
    "a.md": "![[dot.gif]]",
    "dot.gif": b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
}

# What Chromium and WebKit, and so Obsidian, tell by the bytes, whatever the name says.
_SNIFFED = frozenset({"AVIF", "BMP", "GIF", "JPEG", "PNG", "WebP"})


@vault_rule
def check(vault: Snapshot, options: object) -> Iterator[tuple[str, Violation]]:
    """Report pictures whose first bytes are of another format; corrupt-image reports unknown bytes."""
    seen = vault.get(looks)
    for path, link, target in shown_pictures(vault):
        look = seen.get(target)
        promised = promised_format(extension(target))
        if look is not None and not look.fault and look.format not in ("", promised):
            real = "a web page" if look.format == "HTML" else f"a {look.format} file"
            message = f"wrong file extension: {code_span(target)} is {real}, not {promised}"
            related = (RelatedPlace(target, 0, "the picture"),)
            fix = _renamed(vault, target, look.format)
            severity: Severity | None = "info" if {look.format, promised} <= _SNIFFED else shown_severity(link)
            yield path, Violation(link.start, link.end, message, target, fix, related, severity)


def _renamed(vault: Snapshot, path: str, real: str) -> Fix | None:
    suffix = "jpg" if real == "JPEG" else real.lower()
    new = f"{path.rpartition('.')[0]}.{suffix}"
    name = new.rpartition("/")[2]
    if file_kind(new) != "attachment" or vault.files_named(name):
        return None
    return Fix(f"rename to {code_span(name)} and update its embeds", (), False, (path, new))
