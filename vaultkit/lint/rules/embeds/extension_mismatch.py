"""The bytes of a picture are of another format than its name says: a JPEG, WebP or web page called ``.png``.

Why:     Obsidian on the desktop guesses and shows it; iOS, exporters and site builders refuse. A web page
         saved as a picture shows nowhere.
Fix:     none: the file would have to be renamed, and its embeds with it; Obsidian does both at once.
Source:  the formats' first bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.index.attachments import promised_format
from vaultkit.index.files import extension
from vaultkit.index.vault import Vault
from vaultkit.lint.finding import Fault, Related
from vaultkit.lint.rule import vault_rule
from vaultkit.lint.rules._links import severity_of
from vaultkit.lint.rules.embeds._pictures import looks, shown_pictures

CODE = "EM006"
SEVERITY = "warning"
BAD = {"a.md": "![[plot.png]]", "plot.png": b"<!DOCTYPE html><html><body>Not found</body></html>"}
GOOD = {
    "a.md": "![[dot.gif]]",
    "dot.gif": b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
}


@vault_rule
def check(vault: Vault, options: object) -> Iterator[tuple[str, Fault]]:
    """Pictures whose first bytes announce another format; unknown bytes are corrupt-image's matter."""
    seen = looks(vault)
    for path, link, target in shown_pictures(vault):
        look = seen.get(target)
        promised = promised_format(extension(target))
        if look is not None and not look.fault and look.format not in ("", promised):
            real = "a web page" if look.format == "HTML" else look.format
            message = f"{target} is {real} inside, not {promised}"
            related = (Related(target, 0, "the picture"),)
            yield path, Fault(link.start, link.end, message, target, None, related, severity_of(link))
